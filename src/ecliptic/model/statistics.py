"""How much is published, by whom, in which language and about what."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ecliptic.model.archive import Month
from ecliptic.model.terms import Term


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of statistics counts: entries that pages may show.

    ``months`` has all that have entries, newest first. ``recent`` are the names of the
    last twelve (as ``2018-04``), oldest first; by these, ``feeds`` (by id) and ``terms``
    (by row) are counted. ``listed`` are the terms that most entries have.
    """

    months: tuple[Month, ...]
    recent: tuple[str, ...] = ()
    feeds: Mapping[int, Mapping[str, int]] = {}
    terms: Mapping[int, Mapping[str, int]] = {}
    listed: tuple[Term, ...] = ()
