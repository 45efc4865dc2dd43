"""How a feed stands after each check, and whether to ask at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from ecliptic.model.entry import Reason
from ecliptic.model.feed import Check, FeedState, FetchState
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome

_GONE: Final = 410
_ASK_AGAIN_AFTER_GONE: Final = timedelta(days=30)
_LONGEST_WAIT: Final = timedelta(days=31)
"""A server may ask us to stay away, but not by mistake for ever."""


def skip_reason(feed: FeedState, now: datetime) -> Reason | None:
    """Return why a feed is not to be asked now, or ``None`` when it is due."""
    if feed.paused:
        return Reason(code="decide.paused", at=now)
    wait = feed.fetch.retry_at
    if wait is None or wait <= now:
        return None
    code = "decide.gone" if feed.fetch.status == _GONE else "decide.wait"
    return Reason(code=code, at=now, params={"until": f"{wait:%Y-%m-%d %H:%M} UTC"})


def body_fingerprint(body: bytes) -> bytes:
    """Return the hash by which a body is known again."""
    return blake2b(body, digest_size=16).digest()


def is_same_body(state: FetchState, outcome: Fetched) -> bool:
    """Whether a server that knows no 304 sent what we already read."""
    last = b"" if state.code else state.body_fingerprint
    return bool(last) and last == body_fingerprint(outcome.body)


def next_state(state: FetchState, outcome: Outcome, now: datetime, *, changed: bool) -> FetchState:
    """Return how the feed stands after ``outcome``; ``changed``: it brought something.

    Validators are replaced by each new document and kept by a 304, but for
    those the 304 brings itself (RFC 9110, 15.4.5). A failure keeps them.
    """
    match outcome:
        case Fetched():
            return FetchState(
                etag=outcome.etag,
                last_modified=outcome.last_modified,
                validators_url=outcome.url,
                body_fingerprint=body_fingerprint(outcome.body),
                checked_at=now,
                succeeded_at=now,
                changed_at=now if changed else state.changed_at,
                status=outcome.status,
            )
        case NotModified():
            return replace(
                state,
                etag=outcome.etag or state.etag,
                last_modified=outcome.last_modified or state.last_modified,
                checked_at=now,
                succeeded_at=now,
                retry_at=None,
                failing_since=None,
                failures=0,
                code="",
                detail="",
                status=304,
            )
        case Failed():
            return replace(
                state,
                checked_at=now,
                retry_at=_retry_at(outcome, now),
                failing_since=state.failing_since or now,
                failures=state.failures + 1,
                code=outcome.code,
                detail=outcome.detail,
                status=outcome.status,
            )


def _retry_at(outcome: Failed, now: datetime) -> datetime | None:
    if outcome.status == _GONE:
        return now + _ASK_AGAIN_AFTER_GONE
    if outcome.retry_at is None:
        return None
    return min(outcome.retry_at, now + _LONGEST_WAIT)


def check_of(
    outcome: Outcome, now: datetime, *, same_body: bool = False, new: int = 0, changed: int = 0
) -> Check:
    """Return the line that a check writes into the feed's ledger."""
    match outcome:
        case Fetched():
            code, detail, status = "fetch.ok", "", outcome.status
            if same_body:
                code = "fetch.same_body"
            if outcome.permanent_url:
                detail = f"moved for good to {outcome.permanent_url}"
        case NotModified():
            code, detail, status = "fetch.not_modified", "", 304
        case Failed():
            code, detail, status = outcome.code, outcome.detail, outcome.status
    return Check(
        at=now,
        code=code,
        detail=detail,
        status=status,
        received=outcome.received,
        seconds=round(outcome.seconds, 4),
        new=new,
        changed=changed,
    )
