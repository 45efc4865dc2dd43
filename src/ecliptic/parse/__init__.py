"""Bytes and headers → ``ParsedFeed``: pure, total, bounded.

Data flows through the modules in this order: ``document`` (the door), ``unpack``,
``detect``, ``encoding``, ``bounds``, ``repair``, ``pieces``, ``tree``, ``names``, ``shape``,
``feed``, ``entry`` and what they read with: ``fields``, ``text``, ``xhtml``, ``links``,
``address``, ``credits``, ``people``, ``media``, ``dates``, ``schedule``. ``jsonfeed`` and
``discover`` stand apart, and ``hub``.
"""

from __future__ import annotations

from ecliptic.parse.discover import FeedLink, discover
from ecliptic.parse.document import parse
from ecliptic.parse.hub import hub_of

__all__ = ["FeedLink", "discover", "hub_of", "parse"]
