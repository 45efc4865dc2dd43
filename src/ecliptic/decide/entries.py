"""What becomes of each entry of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from ecliptic.decide.edits import edited
from ecliptic.decide.identity import fingerprint_of, keys_of, uid_of
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.kin import Trust
from ecliptic.model.parsed import ParsedEntry


def decide(
    entries: Sequence[ParsedEntry],
    known: Mapping[str, KnownEntry],
    *,
    feed_url: str,
    now: datetime,
    policy: str,
    new_feed_items: int = 0,
    keys: Sequence[str] | None = None,
    trust: Trust = "id",
) -> Decision:
    """Compare what a document says with what is known, and say what must be written.

    An edit changes the text of an entry, and leaves it where it stands.

    ``known`` holds the stored entries by key; ``policy`` names the present
    cleaning rules, so that an entry cleaned by older ones is cleaned again.
    ``new_feed_items`` is above 0 only at a feed's first successful fetch.
    ``keys`` are those of the entries as far as they are not plain to see, ``""``
    for one to be passed over; ``trust`` says what of the entries lasts.
    """
    fresh: list[Verdict] = []
    changed: list[Verdict] = []
    unchanged = waiting = 0
    seen = {""}
    for entry, key in zip(entries, keys_of(entries) if keys is None else keys, strict=True):
        if key in seen:
            continue
        seen.add(key)
        fingerprint = fingerprint_of(entry, trust)
        before = known.get(key)
        if before is None:
            fresh.append(_new(entry, key, fingerprint, feed_url=feed_url, now=now))
        elif before.fingerprint != fingerprint:
            notes = edited(before, now)
            if notes is None:
                waiting += 1
            else:
                changed.append(_known(entry, before, fingerprint, notes, is_changed=True))
        else:
            unchanged += 1
            if before.policy != policy:
                changed.append(_cleaned_again(entry, before))
    if new_feed_items:
        fresh = _hold_back(fresh, new_feed_items, now)
    return Decision(verdicts=(*fresh, *changed), unchanged=unchanged + waiting, waiting=waiting)


def _new(
    entry: ParsedEntry, key: str, fingerprint: bytes, *, feed_url: str, now: datetime
) -> Verdict:
    shown_at, note = _place(entry, now)
    return Verdict(
        entry=entry,
        key=key,
        uid=uid_of(feed_url, key),
        fingerprint=fingerprint,
        is_new=True,
        is_changed=False,
        first_seen_at=now,
        shown_at=shown_at,
        published=entry.published,
        position=entry.position,
        hidden=None,
        notes=(Reason(code="decide.first_seen", at=now), *note),
    )


def _place(entry: ParsedEntry, now: datetime) -> tuple[datetime, tuple[Reason, ...]]:
    """Return where a new entry stands in time: its date, but never after it was seen."""
    date = entry.published or entry.updated
    if date is None:
        return now, (Reason(code="decide.undated", at=now),)
    if date > now:
        stamp = date.isoformat(timespec="seconds")
        return now, (Reason(code="decide.dated_later", at=now, params={"date": stamp}),)
    return date, ()


def _cleaned_again(entry: ParsedEntry, before: KnownEntry) -> Verdict:
    return _known(entry, before, before.fingerprint, before.notes, is_changed=False)


def _known(
    entry: ParsedEntry,
    before: KnownEntry,
    fingerprint: bytes,
    notes: tuple[Reason, ...],
    *,
    is_changed: bool,
) -> Verdict:
    return Verdict(
        entry=entry,
        key=before.key,
        uid=before.uid,
        fingerprint=fingerprint,
        is_new=False,
        is_changed=is_changed,
        first_seen_at=before.first_seen_at,
        shown_at=before.shown_at,
        published=before.published or entry.published,
        position=before.position,
        hidden=before.hidden,
        hidden_until=before.hidden_until,
        ruling=before.ruling,
        notes=notes,
    )


def _hold_back(fresh: list[Verdict], most: int, now: datetime) -> list[Verdict]:
    """Hide all but the newest entries that a feed brings along at its first fetch."""
    order = sorted(fresh, key=lambda verdict: (verdict.shown_at, -verdict.position), reverse=True)
    reason = Reason(
        code="decide.back_catalogue", at=now, params={"limit": most, "count": len(fresh)}
    )
    held = {verdict.key for verdict in order[most:]}
    return [_hidden(verdict, reason) if verdict.key in held else verdict for verdict in fresh]


def _hidden(verdict: Verdict, reason: Reason) -> Verdict:
    return replace(verdict, hidden=reason, notes=(*verdict.notes, reason))
