"""Whether copies of posts must be looked for: in most runs nothing changed, and little is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.model.amendment import Amendment
from ecliptic.model.site import Site
from ecliptic.store import Store

_RULES: Final = "1"
"""Moves when copies are found in another way; all are then looked for anew."""


def fold(site: Site, store: Store, *, now: datetime) -> int:
    """Hide the copies of posts whose original is shown, and show those that are copies no more.

    Returns how many were hidden. Raises ``ConfigError`` when the settings ask
    for what is not installed.
    """
    changes = _fold(site, store, now)
    hidden = _hidden(changes)
    # While they were hidden as copies no filter hid them; and what one hides now has no copies.
    while any(change.hidden is None for change in changes) and _sift_again(site, store, now):
        changes = _fold(site, store, now)
        hidden += _hidden(changes)
    return hidden


def _hidden(changes: Iterable[Amendment]) -> int:
    return sum(change.hidden is not None for change in changes)


def _fold(site: Site, store: Store, now: datetime) -> tuple[Amendment, ...]:
    index = store.twins()
    before = index.mark()
    after, is_changed = index.ahead(before)
    after = replace(after, rules=_rules(site.duplicates))
    if before == after and not is_changed:
        return ()
    from ecliptic.flows.folding import look, unfold_all  # noqa: PLC0415 - see this module's line

    if after.rules:
        return look(site, store, before, after, now)
    return unfold_all(index, before, after, now)


def _sift_again(site: Site, store: Store, now: datetime) -> bool:
    from ecliptic.decide import Sieves  # noqa: PLC0415 - copies seldom come back
    from ecliptic.flows.sifting import sift_again  # noqa: PLC0415 - as above

    return sift_again(Sieves(site), store, store.feeds(), now)


def _rules(duplicates: str) -> str:
    """Return by what copies are found, ``""`` for nothing."""
    if duplicates != "near":
        return f"exact {_RULES}" if duplicates == "exact" else ""
    from ecliptic.decide import bands  # noqa: PLC0415 - an extra, and most planets do without

    return f"near {_RULES} {bands.rules()}"
