"""What in a feed breaks the specifications: for `ecliptic check`, never for a refresh.

``door`` reads a document and chooses a table; ``walk`` holds the document against it. The
tables are ``atom``, ``rss``, ``rdf`` and ``modules``, in the words of ``rules``; their checks of
values are ``addresses``, ``dates``, ``values`` and ``markup``. ``report`` keeps it short.
"""

from __future__ import annotations

from ecliptic.parse.validate.door import validate

__all__ = ["validate"]
