"""Whether a feed has moved: a redirect is believed only when it lasts and leads to the feed.

Redirects are always followed; here is decided which address is asked first. A
permanent one may still be a mistake, or the page of a host that ended, so the
new address is asked only when days of checks agree, and is given up for the
subscribed one when it stops being the feed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.move import Move
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Outcome

LEAST_SIGHTINGS: Final = 3
LEAST_DAYS: Final = timedelta(days=3)
"""How often and for how long a redirect must be the same before it is believed."""

LONGEST_LOSS: Final = timedelta(days=7)
"""How long an adopted address may fail for good before the subscribed one is asked again."""

_LONGEST_ADDRESS: Final = 2_000
_NO_FEED: Final = frozenset({"fetch.http_404", "fetch.http_410", "fetch.dns", "parse.not_a_feed"})

_NOTHING: Final = Move()


class Kinship(NamedTuple):
    """What a document that was read shares with what is known of its feed.

    ``known_since`` is when the oldest of its entries was first seen, if any was;
    ``is_first`` says that no entry of the feed was known at all.
    """

    entries: int
    known_since: datetime | None = None
    is_first: bool = False


def kinship(entries: int, known: Mapping[str, KnownEntry], *, stored: int) -> Kinship:
    """Return the kinship of a document of so many entries, some of them ``known``.

    ``stored`` is how many entries of the feed there are.
    """
    since = min((entry.first_seen_at for entry in known.values()), default=None)
    return Kinship(entries, since, is_first=not stored)


def next_move(
    state: FetchState, outcome: Outcome, now: datetime, *, url: str, kin: Kinship | None = None
) -> Move:
    """Return what is known of a feed's move after ``outcome``.

    ``url`` is the subscribed address. ``kin`` is given when a document was read;
    without it the answer was the document that is known already.
    """
    move = state.move
    if isinstance(outcome, Held):  # nobody was asked
        return move
    if move.reason is not None and move.reason.at == now:  # this check was told already
        return move
    if isinstance(outcome, Failed):
        move = _after_failure(move, outcome, now, url)
    elif outcome.permanent_url or move != _NOTHING:
        move = _sighted(_answered(move, now, kin), outcome, now, url=url, kin=kin)
        if _is_settled(move, now):
            return _adopted(move, url, now)
    if move.lost_since is not None and now - move.lost_since >= LONGEST_LOSS:
        return _turned(move, now)
    return move


def _sighted(
    move: Move, outcome: Fetched | NotModified, now: datetime, *, url: str, kin: Kinship | None
) -> Move:
    """Count one more answer from where a permanent redirect leads, or forget the earlier ones."""
    target = outcome.permanent_url
    asked = move.adopted or url
    if target == asked or not _may_be_asked(target, asked):
        return _unsighted(move)
    if target != move.target:
        move = replace(_unsighted(move), target=target, since=now, is_same=kin is None)
    if move.seen_at is None or now > move.seen_at:
        count = min(move.sightings + 1, LEAST_SIGHTINGS)
        move = replace(move, seen_at=now, sightings=count)
    if kin is None or not kin.entries:
        return move
    # Once it is the feed, it still is when all that is old has left the document.
    is_known = kin.known_since is not None if move.is_same else _is_known_before(kin, move.since)
    if kin.is_first or is_known:
        return replace(move, is_same=True)
    return replace(move, is_same=False, refused=target)


def _unsighted(move: Move) -> Move:
    return replace(move, target="", since=None, seen_at=None, sightings=0, is_same=False)


def _may_be_asked(target: str, url: str) -> bool:
    """Whether an address may take the place of ``url``: short, and not less secure."""
    is_downgrade = url.startswith("https:") and not target.startswith("https:")
    return 0 < len(target) <= _LONGEST_ADDRESS and not is_downgrade


def _is_known_before(kin: Kinship, time: datetime | None) -> bool:
    """Whether a document holds what was known before ``time``, not only what came with it."""
    return kin.known_since is not None and (time is None or kin.known_since < time)


def _is_settled(move: Move, now: datetime) -> bool:
    return (
        move.is_same
        and move.target != move.refused
        and move.sightings >= LEAST_SIGHTINGS
        and move.since is not None
        and now - move.since >= LEAST_DAYS
    )


def _adopted(move: Move, url: str, now: datetime) -> Move:
    """Ask at the target from now on; it may be the subscribed address, to which it moved back."""
    kept = Move(refused=move.refused, former=move.former)
    if move.target == url:
        return kept
    return replace(kept, adopted=move.target, reason=_reason("decide.moved", move.target, now))


def _answered(move: Move, now: datetime, kin: Kinship | None) -> Move:
    """Note whether the adopted address still gives the feed."""
    if kin is None or not kin.entries:
        return move if move.is_other else replace(move, lost_since=None)
    if not move.adopted or _is_known_before(kin, move.lost_since):
        return replace(move, lost_since=None, is_other=False)
    return replace(move, lost_since=move.lost_since or now, is_other=True)


def _after_failure(move: Move, failed: Failed, now: datetime, url: str) -> Move:
    """Note a loss, and forget a redirect that now leads elsewhere."""
    if move.target and failed.url not in {url, move.adopted, move.target}:
        move = _unsighted(move)
    other = url if move.adopted else move.left
    if not other or failed.url == other:  # nothing is won by asking there instead
        return move
    if failed.code in _NO_FEED and move.lost_since is None:
        move = replace(move, lost_since=now)
    return move


def _turned(move: Move, now: datetime) -> Move:
    """Ask at the other address: the subscribed one, or again the one that was left for it."""
    if not move.adopted:
        again = Move(adopted=move.left, refused=move.refused, former=move.former)
        return replace(again, reason=_reason("decide.moved", move.left, now))
    if move.is_other:
        reason = _reason("decide.moved_other", move.adopted, now)
        return Move(refused=move.adopted, former=move.former, reason=reason)
    reason = _reason("decide.moved_back", move.adopted, now)
    return Move(left=move.adopted, refused=move.refused, former=move.former, reason=reason)


def _reason(code: str, url: str, now: datetime) -> Reason:
    return Reason(code=code, at=now, params={"url": url})
