"""Doors for programs written for others: the same calls, our reading behind them.

``feedparser`` (the door) ← ``document`` ← ``reader`` ← ``elements/*`` (one table a
vocabulary) ← ``values``, ``people``, ``names``; what all of them fill is ``result``.
"""
