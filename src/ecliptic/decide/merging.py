"""Entries that the operator says are one, or are not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.decide.lifted import lifted
from ecliptic.decide.notes import noted
from ecliptic.decide.ruling import BY_HAND, hidden_by_hand
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.kin import Alias

MERGED: Final = "decide.merged"


class Merge(NamedTuple):
    """How entries stand from now on, and the keys by which one of them is known."""

    amendments: tuple[Amendment, ...]
    aliases: tuple[Alias, ...] = ()
    wrong: tuple[str, ...] = ()


def is_merged(entry: Entry) -> bool:
    """Whether an entry was merged into another by hand."""
    return entry.hidden is not None and entry.hidden.code == MERGED


def merged(into: Entry, other: Entry, now: datetime) -> Merge:
    """Return how two entries stand of which ``other`` is hidden, as the same as ``into``.

    Both stay in store. Of one feed, what the feed says of the other from now on is
    said of the first; of two feeds, each goes on for itself.
    """
    params: dict[str, str | int] = {"into": into.uid}
    if other.ruling:
        params["ruling"] = other.ruling  # for `split`, which gives it back
    reason = Reason(code=MERGED, at=now, params=params)
    note = Reason(code="decide.merged_with", at=now, params={"other": other.uid})
    hidden = replace(
        as_it_stands(other, other.feed_id),
        hidden=reason,
        hidden_until=None,
        ruling="",
        notes=noted(other.notes, reason),
    )
    shown = replace(as_it_stands(into, into.feed_id), notes=noted(into.notes, note))
    if into.feed_id != other.feed_id:
        return Merge((hidden, shown))
    alias = Alias(key=other.key, entry_key=into.key, reason=reason, id=other.id, by_hand=True)
    return Merge((hidden, shown), (alias,))


def split(entry: Entry, aliases: Iterable[Alias], now: datetime) -> Merge:
    """Return how an entry stands that is none with another, as was thought.

    One that was merged stands as before. Else the keys that a rule took for the
    entry's are not: what comes by them is an entry of its own.
    """
    if entry.hidden is not None and is_merged(entry):
        return Merge((_as_before(entry, entry.hidden, now),), wrong=(entry.key,))
    wrong = [alias for alias in aliases if not alias.by_hand]
    if not wrong:
        return Merge(())
    note = Reason(code="decide.split_keys", at=now, params={"count": len(wrong)})
    strangers = tuple(replace(alias, entry_key="", reason=note, by_hand=True) for alias in wrong)
    stands = replace(as_it_stands(entry, entry.feed_id), notes=noted(entry.notes, note))
    return Merge((stands,), strangers)


def _as_before(entry: Entry, merge: Reason, now: datetime) -> Amendment:
    """Return how a merged entry stands that is split again: by the operator's earlier word."""
    note = Reason(code="decide.split", at=now, params={"other": merge.params["into"]})
    if merge.params.get("ruling") == "hide":
        why = next(
            (note.params["why"] for note in reversed(entry.notes) if note.code == BY_HAND), ""
        )
        return hidden_by_hand(replace(entry, notes=noted(entry.notes, note)), now, why=str(why))
    stands = as_it_stands(entry, entry.feed_id)
    return lifted(replace(stands, ruling=merge.params.get("ruling", "")), note, now)
