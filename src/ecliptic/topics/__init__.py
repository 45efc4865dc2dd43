"""Of what topic and in which language an entry is.

Functions of values. Training needs scikit-learn and telling languages needs
py3langid (both from the extra ``[topics]``); ``topics.train`` and ``topics.language``
alone import them. Judging an entry by a model that was trained needs neither, so it costs a
worker no more than the model itself.
"""
