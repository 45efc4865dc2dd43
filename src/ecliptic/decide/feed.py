"""How a feed stands after each check."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.moves import Kinship, next_move
from ecliptic.decide.rhythm import next_rhythm
from ecliptic.model.feed import Check, FetchState, Hints, Rhythm
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome

BAD_DELTA: Final = "fetch.bad_delta"
HELD: Final = frozenset({"fetch.held", "fetch.unreached"})
"""Codes of checks at which nothing was asked, for a reason of the host."""

_GONE: Final = 410
_PART: Final = 226
_ASK_AGAIN_AFTER_GONE: Final = timedelta(days=30)
_LONGEST_WAIT: Final = timedelta(days=31)
"""A server may ask us to stay away, but not by mistake for ever."""

_LONGEST_DETAIL: Final = 2_000
"""Characters of an address in the ledger; longer ones are not worth their room."""


def body_fingerprint(body: bytes) -> bytes:
    """Return the hash by which a body is known again."""
    return blake2b(body, digest_size=16).digest()


def is_same_body(state: FetchState, outcome: Fetched) -> bool:
    """Whether a server that knows no 304 sent what we already read."""
    last = b"" if state.code or outcome.status == _PART else state.body_fingerprint
    return bool(last) and last == body_fingerprint(outcome.body)


def unread(state: FetchState) -> FetchState:
    """Return the state of a feed whose document is to be read again, changed or not."""
    return replace(state, etag="", last_modified="", body_fingerprint=b"")


def next_state(
    state: FetchState,
    outcome: Outcome,
    now: datetime,
    *,
    url: str,
    changed: bool = False,
    hints: Hints | None = None,
    rhythm: Rhythm | None = None,
    kin: Kinship | None = None,
) -> FetchState:
    """Return how the feed stands after ``outcome``; ``changed``: it brought something.

    ``url`` is the subscribed address. ``hints`` and ``rhythm`` are what a document
    that was read says of the next one, ``kin`` what it shares with what is known.

    Validators are replaced by each new document and kept by a 304, but for
    those the 304 brings itself (RFC 9110, 15.4.5). A failure keeps them.
    """
    after = _answered(state, outcome, now, changed=changed, hints=hints, rhythm=rhythm)
    move = next_move(state, outcome, now, url=url, kin=kin)
    if move is state.move:
        return after
    after = replace(after, move=move)
    if after.code and state.move.adopted and not move.adopted:
        # What the other address did is no reason to let the subscribed one wait.
        after = replace(after, failures=1, retry_at=None)
    return after


def _answered(
    state: FetchState,
    outcome: Outcome,
    now: datetime,
    *,
    changed: bool,
    hints: Hints | None,
    rhythm: Rhythm | None,
) -> FetchState:
    match outcome:
        case Fetched():
            return FetchState(
                etag=outcome.etag,
                last_modified=outcome.last_modified,
                validators_url=outcome.url,
                # After a part, even the last whole document may tell us something: what
                # the part changed may have been changed back.
                body_fingerprint=b"" if outcome.status == _PART else body_fingerprint(outcome.body),
                checked_at=now,
                succeeded_at=now,
                changed_at=now if changed else state.changed_at,
                status=outcome.status,
                fresh_seconds=max(outcome.fresh_seconds, 0),
                hints=state.hints if hints is None else hints,
                rhythm=next_rhythm(state, (), now) if rhythm is None else rhythm,
                retry_at=_bounded(outcome.retry_at, now),
                move=state.move,
                push=state.push,
            )
        case NotModified():
            return replace(
                state,
                etag=outcome.etag or state.etag,
                last_modified=outcome.last_modified or state.last_modified,
                checked_at=now,
                succeeded_at=now,
                retry_at=_bounded(outcome.retry_at, now),
                failing_since=None,
                failures=0,
                code="",
                detail="",
                status=304,
                # A 304 that does not say renews what the answer it stands for said.
                fresh_seconds=state.fresh_seconds
                if outcome.fresh_seconds < 0
                else outcome.fresh_seconds,
                rhythm=next_rhythm(state, (), now),
            )
        case Held():
            return state  # nothing was heard of it
        case Failed():
            return replace(
                state,
                checked_at=now,
                retry_at=_retry_at(state, outcome, now),
                failing_since=state.failing_since or now,
                failures=state.failures + 1,
                code=outcome.code,
                detail=outcome.detail,
                status=outcome.status,
            )


def _retry_at(state: FetchState, outcome: Failed, now: datetime) -> datetime | None:
    if outcome.status == _GONE and not state.move.adopted:
        return now + _ASK_AGAIN_AFTER_GONE
    return _bounded(outcome.retry_at, now)


def _bounded(retry_at: datetime | None, now: datetime) -> datetime | None:
    return None if retry_at is None else min(retry_at, now + _LONGEST_WAIT)


def check_of(
    outcome: Outcome,
    now: datetime,
    *,
    before: FetchState,
    after: FetchState,
    same_body: bool = False,
    new: int = 0,
    changed: int = 0,
) -> Check:
    """Return the line that a check writes into the feed's ledger.

    ``before`` and ``after`` are how the feed stood and stands now.
    """
    match outcome:
        case Fetched():
            code, detail, status = "fetch.ok", "", outcome.status
            if same_body:
                code = "fetch.same_body"
        case NotModified():
            code, detail, status = "fetch.not_modified", "", 304
        case Held():
            code, detail, status = (
                "fetch.unreached" if outcome.is_unreached else "fetch.held",
                "",
                0,
            )
        case Failed():
            code, detail, status = outcome.code, outcome.detail, outcome.status
    if isinstance(outcome, Fetched | NotModified) and outcome.permanent_url:
        detail = f"moved for good to {outcome.permanent_url}"[:_LONGEST_DETAIL]
    return Check(
        at=now,
        code=code,
        detail=detail,
        status=status,
        received=outcome.received,
        seconds=round(outcome.seconds, 4),
        new=new,
        changed=changed,
        why="" if isinstance(outcome, Held) else _why(before, now),
        next_at=after.next_at,
    )


def _why(before: FetchState, now: datetime) -> str:
    """Return the code of the reason to ask a feed now."""
    if before.checked_at is None:
        return "decide.first_check"
    if before.next_at is not None and before.next_at > now:
        return "decide.forced"
    return before.next_reason.code if before.next_reason is not None else "decide.next_run"
