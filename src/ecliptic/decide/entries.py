"""What becomes of each entry of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ecliptic.decide.dates import Timeline, placed
from ecliptic.decide.edits import edited
from ecliptic.decide.flood import guarded
from ecliptic.decide.identity import fingerprint_of, keys_of, uid_of
from ecliptic.decide.moved_dates import amended, stands_otherwise
from ecliptic.decide.past import Past
from ecliptic.model.amendment import Amendment
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.kin import Trust
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules

_PAST = Past()
_RULES = EntryRules()


def decide(
    entries: Sequence[ParsedEntry],
    known: Mapping[str, KnownEntry],
    *,
    feed_url: str,
    now: datetime,
    policy: str,
    feed_id: int = 0,
    feed_date: datetime | None = None,
    past: Past = _PAST,
    rules: EntryRules = _RULES,
    keys: Sequence[str] | None = None,
    trust: Trust = "id",
) -> Decision:
    """Compare what a document says with what is known, and say what must be written.

    An edit changes the text of an entry, and leaves it where it stands.

    ``known`` holds the stored entries by key; ``policy`` names the present
    cleaning rules, so that an entry cleaned by older ones is cleaned again.
    ``feed_date`` is what the document gives as its own date.
    ``keys`` are those of the entries as far as they are not plain to see, ``""``
    for one to be passed over; ``trust`` says what of the entries lasts.
    """
    timeline = Timeline(entries, now, feed_date)
    amendments: list[Amendment] = []
    fresh: list[Verdict] = []
    changed: list[Verdict] = []
    unchanged = waiting = 0
    seen = {""}
    notes_of_new = (Reason(code="decide.first_seen", at=now),)
    for entry, key in zip(entries, keys_of(entries) if keys is None else keys, strict=True):
        if key in seen:
            continue
        seen.add(key)
        fingerprint = fingerprint_of(entry, trust)
        before = known.get(key)
        if before is None:
            fresh.append(
                _new(
                    entry,
                    key,
                    fingerprint,
                    uid=uid_of(feed_url, key),
                    now=now,
                    shown_at=timeline.first_place(entry),
                    notes=notes_of_new,
                )
            )
            continue
        stand = stands_otherwise(entry, before, timeline, rules, now, feed_id=feed_id)
        is_same = before.fingerprint == fingerprint
        if not is_same and (notes := edited(before, now)) is not None:
            verdict = _known(entry, before, fingerprint, notes, is_changed=True)
            changed.append(amended(verdict, stand))
            continue
        unchanged += 1
        waiting += not is_same
        if is_same and before.policy != policy:
            changed.append(amended(_cleaned_again(entry, before), stand))
        elif stand is not None:
            amendments.append(stand)
    fresh = guarded(placed(fresh, timeline, past, rules, now), past, rules, now)
    return Decision(
        verdicts=(*fresh, *changed),
        unchanged=unchanged,
        waiting=waiting,
        amendments=tuple(amendments),
    )


def _new(
    entry: ParsedEntry,
    key: str,
    fingerprint: bytes,
    *,
    uid: str,
    now: datetime,
    shown_at: datetime,
    notes: tuple[Reason, ...],
) -> Verdict:
    return Verdict(
        entry=entry,
        key=key,
        uid=uid,
        fingerprint=fingerprint,
        is_new=True,
        is_changed=False,
        first_seen_at=now,
        shown_at=shown_at,
        published=entry.published,
        position=entry.position,
        hidden=None,
        notes=notes,
    )


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
