"""How much is published, by whom, in which language and about what."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ecliptic.model.archive import Month
from ecliptic.model.terms import Term


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of statistics counts: entries that pages may show.

    ``months`` has all that have entries, newest first. ``feeds`` (by id) and ``terms`` (by
    row) have counts for the last twelve months, oldest first. ``listed`` are the terms that
    most entries have.
    """

    months: tuple[Month, ...]
    feeds: Mapping[int, tuple[int, ...]] = {}
    terms: Mapping[int, tuple[int, ...]] = {}
    listed: tuple[Term, ...] = ()
