"""Bytes and headers → ``ParsedFeed``: pure, total, bounded.

Data flows through the modules in this order: ``document`` (the door), ``unpack``,
``detect``, ``encoding``, ``bounds``, ``repair``, ``pieces``, ``tree``, ``names``, ``shape``,
``feed``, ``entry`` and what they read with: ``fields``, ``text``, ``xhtml``, ``links``,
``address``, ``credits``, ``people``, ``media``, ``dates``, ``schedule``. ``jsonfeed`` and
``discover`` stand apart, and ``hub``, ``icons`` and ``pictures``.
"""

from __future__ import annotations

from ecliptic.parse.discover import FeedLink, discover
from ecliptic.parse.document import parse
from ecliptic.parse.hub import hub_of
from ecliptic.parse.icons import icons
from ecliptic.parse.pictures import picture_of

__all__ = ["FeedLink", "discover", "hub_of", "icons", "parse", "picture_of"]
