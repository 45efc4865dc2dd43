"""What becomes of an entry by its topic: shown, put up for review, or hidden."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.lifted import IN_REVIEW, OFF_TOPIC, is_off, still_hidden_by
from ecliptic.decide.notes import noted
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.site import TopicSettings
from ecliptic.model.topic import Opinion

_NOTED: Final = "decide.topic"
_LABELLED: Final = "decide.topic_labelled"
_CODES: Final = frozenset({OFF_TOPIC, IN_REVIEW, _NOTED, _LABELLED})

_MOVED: Final = 0.1
"""A probability that moved by less is not written again: a page would be made for nothing."""


def by_topic(
    entry: Entry,
    opinion: Opinion | None,
    label: bool | None,  # noqa: FBT001 - it is data: what the operator said
    settings: TopicSettings,
    now: datetime,
) -> Entry:
    """Return how an entry stands by its topic.

    Without a threshold nothing is hidden, and the probability only noted. An entry of
    which nothing can be said (``opinion`` is ``None``) is shown. A ``label`` is the operator's word
    on the topic, whatever the model says; ``Entry.ruling`` goes before both.
    """
    is_ours = entry.hidden is not None and entry.hidden.code in _CODES
    others = None if is_ours else entry.hidden
    verdict = _on_opinion(opinion, settings, now) if opinion else None
    if label is not None:
        verdict = _on_label(settings, now, on_topic=label)
    hides = verdict is not None and is_off(verdict)
    mine = verdict if hides and not others and entry.ruling != "show" else None
    before = topic_note(entry)
    if before and verdict and _says_the_same(before, verdict) and (mine is None) == (not is_ours):
        return entry
    notes = tuple(note for note in entry.notes if note.code not in _CODES)
    if is_ours and mine is None and entry.ruling != "show":
        others = still_hidden_by(notes)
    return replace(
        entry,
        hidden=others or mine,
        notes=noted(notes, verdict) if verdict else notes,
    )


def amended_by_topic(before: Entry, after: Entry) -> Amendment | None:
    """Return the change from one judgement to the next, or ``None`` where there is none."""
    if before is after or (before.hidden == after.hidden and before.notes == after.notes):
        return None
    return as_it_stands(after, after.feed_id)


def by_thresholds(
    entry: Entry,
    label: bool | None,  # noqa: FBT001 - it is data: what the operator said
    settings: TopicSettings,
    now: datetime,
) -> Entry:
    """Return how a stored entry stands by thresholds that changed, as it was judged before.

    One that nothing was thought of stands as it did.
    """
    note = topic_note(entry)
    if note is None:
        return entry
    probability, words = float(note.params["probability"]), str(note.params.get("words", ""))
    opinion = Opinion(probability=probability, kept=words)
    return by_topic(entry, opinion, label, settings, now)


def topic_note(entry: Entry) -> Reason | None:
    """Return the note of how an entry's topic was judged; it has the ``probability``."""
    return next((note for note in reversed(entry.notes) if note.code in _CODES), None)


def _on_label(settings: TopicSettings, now: datetime, *, on_topic: bool) -> Reason:
    params: dict[str, str | int] = {"probability": "1.00" if on_topic else "0.00"}
    if not on_topic and settings.drop_below is not None:
        params |= {"limit": f"{settings.drop_below:g}", "words": "your label"}
        return Reason(code=OFF_TOPIC, at=now, params=params)
    params["label"] = "on" if on_topic else "off"
    return Reason(code=_LABELLED, at=now, params=params)


def _on_opinion(opinion: Opinion, settings: TopicSettings, now: datetime) -> Reason:
    probability = f"{opinion.probability:.2f}"
    params: dict[str, str | int] = {"probability": probability}
    for code, limit in ((OFF_TOPIC, settings.drop_below), (IN_REVIEW, settings.review_below)):
        # As it is told and kept, so that a threshold says the same of it at any later time.
        if limit is not None and float(probability) < limit:
            params |= {"limit": f"{limit:g}", "words": opinion.told() or "no single word"}
            if code == IN_REVIEW and settings.grey == "hold":
                params["grey"] = settings.grey
            return Reason(code=code, at=now, params=params)
    if opinion.told():
        params["words"] = opinion.told()
    return Reason(code=_NOTED, at=now, params=params)


def _says_the_same(before: Reason, after: Reason) -> bool:
    was, now = (float(reason.params["probability"]) for reason in (before, after))
    if before.code != after.code or abs(was - now) >= _MOVED:
        return False
    return all(before.params.get(name) == after.params.get(name) for name in ("limit", "grey"))
