"""When a redirect is believed, and when its target is given up again."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.decide import kinship, next_state
from ecliptic.decide.moves import LEAST_DAYS, LEAST_SIGHTINGS, LONGEST_LOSS, Kinship, next_move
from ecliptic.model.codes import words
from ecliptic.model.entry import KnownEntry
from ecliptic.model.feed import FetchState
from ecliptic.model.move import Move
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome
from making import NOON

OLD = "https://old.example/feed"
NEW = "https://new.example/feed"
OTHER = "https://other.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KIN = Kinship(entries=3, known_since=NOON - 9 * DAY)
STRANGER = Kinship(entries=3)


def fetched(url: str = NEW, *, permanent: bool = True) -> Fetched:
    return Fetched(url=url, body=b"<rss/>", permanent_url=url if permanent else "")


def failed(code: str = "fetch.http_404", url: str = NEW) -> Failed:
    status = int(code[-3:]) if code[-3:].isdigit() else 0
    return Failed(url=url, code=code, status=status)


def after(
    *checks: tuple[float, Outcome, Kinship | None],
    move: Move | None = None,
    url: str = OLD,
) -> Move:
    """Return the move of a feed after checks, each so many days after noon."""
    state = FetchState(succeeded_at=NOON - DAY, move=move or Move())
    for days, outcome, kin in checks:
        state = next_state(state, outcome, NOON + timedelta(days=days), url=url, kin=kin)
    return state.move


SEEN = [(day, fetched(), KIN) for day in range(4)]
ADOPTED = Move(adopted=NEW)


def test_move_when_the_same_feed_is_there_for_days_then_it_is_asked_there() -> None:
    move = after(*SEEN)
    assert move.adopted == NEW
    assert move.reason is not None
    assert (move.reason.code, move.reason.at) == ("decide.moved", NOON + 3 * DAY)
    assert NEW in words(move.reason.code, move.reason.params)


def test_move_when_nothing_is_modified_there_then_it_counts_too() -> None:
    moved = NotModified(url=NEW, permanent_url=NEW)
    assert after((0, fetched(), KIN), (1, moved, None), (3, moved, None)).adopted == NEW
    assert after((0, moved, None), (1, moved, None), (3, moved, None)).adopted == NEW


@pytest.mark.parametrize("days", [(0, 1, 2, 2.9), (0, 3)])
def test_move_when_seen_for_too_short_or_too_seldom_then_nothing_changes(
    days: tuple[float, ...],
) -> None:
    move = after(*((day, fetched(), KIN) for day in days))
    assert (move.adopted, move.target) == ("", NEW)
    assert move.told() is not None


@pytest.mark.parametrize(
    "between",
    [
        fetched(permanent=False),
        fetched(OLD, permanent=False),
        fetched(OTHER),
        NotModified(url=NEW),
        failed("fetch.http_404", OTHER),
    ],
)
def test_move_when_a_check_between_led_elsewhere_or_for_a_time_then_it_starts_anew(
    between: Outcome,
) -> None:
    assert after(*SEEN[:3], (2.5, between, KIN), SEEN[3]).adopted == ""


@pytest.mark.parametrize("between", [failed("fetch.timeout", OLD), failed("fetch.http_503")])
def test_move_when_a_check_between_failed_there_then_the_others_still_count(
    between: Failed,
) -> None:
    assert after(*SEEN[:2], (1.5, between, None), *SEEN[2:]).adopted == NEW


def test_move_when_another_feed_is_there_then_its_own_entries_are_no_evidence() -> None:
    theirs = Kinship(entries=3, known_since=NOON)
    move = after((0, fetched(), STRANGER), *((day, fetched(), theirs) for day in range(1, 9)))
    assert move.adopted == ""
    assert move.told() is not None
    assert move.told().code == "decide.redirected_other"  # type: ignore[union-attr]


def test_move_when_the_feed_there_gives_way_to_another_then_it_is_not_asked() -> None:
    move = after(*SEEN[:3], (3, fetched(), STRANGER), (4, fetched(), Kinship(3, NOON + 3 * DAY)))
    assert (move.adopted, move.refused) == ("", NEW)


def test_move_when_old_entries_leave_the_document_then_it_is_still_the_feed() -> None:
    later = [(day, fetched(), Kinship(3, NOON + (day - 1) * DAY)) for day in (1, 2, 3)]
    assert after(SEEN[0], *later).adopted == NEW


def test_move_when_the_first_document_there_is_empty_then_the_next_one_decides() -> None:
    empty = Kinship(entries=0)
    assert after((0, fetched(), empty), *SEEN[1:]).adopted == NEW
    assert after(*((day, fetched(), empty) for day in range(9))).adopted == ""


def test_move_when_nothing_was_known_then_any_feed_is_the_feed() -> None:
    first = Kinship(entries=3, is_first=True)
    theirs = Kinship(entries=3, known_since=NOON)
    assert after((0, fetched(), first), *((d, fetched(), theirs) for d in (1, 2, 3))).adopted == NEW


@pytest.mark.parametrize("target", ["http://new.example/feed", "https://new.example/" + "x" * 2000])
def test_move_when_the_target_is_less_secure_or_endless_then_it_is_never_asked(
    target: str,
) -> None:
    assert after(*((day, fetched(target), KIN) for day in range(9))) == Move()


def test_move_when_it_moves_on_then_the_last_address_is_asked() -> None:
    on = [(4 + day, fetched(OTHER), KIN) for day in range(4)]
    assert after(*SEEN, *on).adopted == OTHER


def test_move_when_it_moves_back_home_then_the_subscribed_address_is_asked() -> None:
    assert after(*((day, fetched(OLD), KIN) for day in range(4)), move=ADOPTED) == Move()


@pytest.mark.parametrize(
    "code", ["fetch.http_404", "fetch.http_410", "fetch.dns", "parse.not_a_feed"]
)
def test_move_when_the_new_address_fails_for_good_for_a_week_then_we_go_back(code: str) -> None:
    lost = [(day, failed(code), None) for day in (0, 3, 6.9)]
    assert after(*lost, move=ADOPTED).adopted == NEW
    move = after(*lost, (7, failed(code), None), move=ADOPTED)
    assert (move.adopted, move.left) == ("", NEW)
    assert move.reason is not None
    assert move.reason.code == "decide.moved_back"


@pytest.mark.parametrize(
    "answer", [(5, fetched(permanent=False), KIN), (5, NotModified(url=NEW), None)]
)
def test_move_when_the_new_address_answers_between_then_the_week_begins_again(
    answer: tuple[float, Outcome, Kinship | None],
) -> None:
    lost = [(day, failed(), None) for day in (0, 4)]
    assert after(*lost, answer, (8, failed(), None), move=ADOPTED).adopted == NEW


def test_move_when_the_new_address_only_times_out_then_we_stay() -> None:
    lost = [(day, failed("fetch.timeout"), None) for day in range(30)]
    assert after(*lost, move=ADOPTED) == ADOPTED


def test_move_when_the_new_address_becomes_another_feed_then_we_go_back_for_good() -> None:
    there = fetched(permanent=False)
    theirs = Kinship(entries=3, known_since=NOON)
    changed = [(0, there, STRANGER), *((day, there, theirs) for day in range(1, 7))]
    same = (7, NotModified(url=NEW), None)
    move = after(*changed, same, move=ADOPTED)
    assert (move.adopted, move.refused) == ("", NEW)
    assert move.reason is not None
    assert move.reason.code == "decide.moved_other"
    again = [(8 + day, fetched(), theirs) for day in range(9)]
    assert after(*changed, same, *again, move=ADOPTED).adopted == ""


def test_move_when_the_new_address_is_redirected_to_another_feed_then_we_go_back() -> None:
    there = (0, fetched(OTHER), STRANGER)
    same = [(day, NotModified(url=OTHER, permanent_url=OTHER), None) for day in (3, 7)]
    move = after(there, *same, move=ADOPTED)
    assert (move.adopted, move.refused, move.reason and move.reason.code) == (
        "", NEW, "decide.moved_other",
    )  # fmt: skip


def test_move_when_the_adopted_address_turns_to_plain_http_then_it_is_not_followed_there() -> None:
    plain = [(day, fetched("http://new.example/feed"), KIN) for day in range(9)]
    assert after(*plain, move=ADOPTED, url="http://old.example/feed") == ADOPTED


def test_move_when_old_entries_return_then_it_was_no_other_feed() -> None:
    there = fetched(permanent=False)
    move = after((0, there, STRANGER), (1, there, KIN), (9, there, KIN), move=ADOPTED)
    assert move == ADOPTED


def test_move_when_both_addresses_fail_for_good_then_they_are_asked_in_turn() -> None:
    left = Move(left=NEW)
    lost = [(day, failed("fetch.dns", OLD), None) for day in (0, 7)]
    assert after(*lost, move=left).adopted == NEW
    redirected = [(day, failed("fetch.http_404", NEW), None) for day in (0, 7)]
    assert after(*redirected, move=left).adopted == ""


def test_state_when_we_go_back_then_the_subscribed_address_is_not_made_to_wait() -> None:
    state = FetchState(
        code="fetch.http_410", failures=9, failing_since=NOON - 8 * DAY,
        move=Move(adopted=NEW, lost_since=NOON - LONGEST_LOSS),
    )  # fmt: skip
    later = replace(failed("fetch.http_410"), retry_at=NOON + 20 * DAY)
    back = next_state(state, later, NOON, url=OLD)
    assert (back.failures, back.retry_at, back.move.adopted) == (1, None, "")


def test_state_when_the_new_address_says_410_then_it_is_not_left_alone_for_a_month() -> None:
    gone = failed("fetch.http_410")
    assert next_state(FetchState(move=ADOPTED), gone, NOON, url=OLD).retry_at is None
    assert next_state(FetchState(), gone, NOON, url=OLD).retry_at == NOON + 30 * DAY


def test_state_when_nothing_is_redirected_then_the_move_is_the_same_object() -> None:
    state = FetchState()
    assert next_move(state, NotModified(url=OLD), NOON, url=OLD) is state.move


def test_move_when_it_was_turned_by_a_check_then_the_same_check_again_changes_nothing() -> None:
    lost = Move(adopted=NEW, lost_since=NOON - LONGEST_LOSS, is_other=True)
    back = next_move(FetchState(move=lost), fetched(OTHER), NOON, url=OLD, kin=STRANGER)
    assert (back.adopted, back.refused) == ("", NEW)
    again = next_move(FetchState(move=back), fetched(OTHER), NOON, url=OLD, kin=STRANGER)
    assert again == back


def test_kinship_when_some_entries_are_known_then_since_the_oldest() -> None:
    known = {
        str(n): KnownEntry(
            key=str(n), uid="", fingerprint=b"", policy="", first_seen_at=NOON - n * DAY,
            shown_at=NOON, published=None, hidden=None, notes=(), position=0,
        )
        for n in (1, 2)
    }  # fmt: skip
    assert kinship(5, known, stored=9) == Kinship(5, NOON - 2 * DAY, is_first=False)
    assert kinship(5, {}, stored=0) == Kinship(5, None, is_first=True)


OUTCOMES = st.sampled_from(
    [
        *[fetched()] * 6,
        *[NotModified(url=NEW, permanent_url=NEW)] * 3,
        fetched(permanent=False),
        fetched(OLD, permanent=False),
        fetched(OTHER),
        failed("fetch.timeout", OLD),
        failed("fetch.http_404"),
        failed("fetch.dns", OLD),
    ]
)
KINS = st.sampled_from([KIN, KIN, KIN, STRANGER, Kinship(0), Kinship(3, NOON)])
HISTORIES = st.lists(st.tuples(st.sampled_from([1, 12, 30, 80]), OUTCOMES, KINS), max_size=25)


class Check(NamedTuple):
    at: datetime
    outcome: Outcome
    kin: Kinship | None
    before: Move
    after: Move


def run(history: list[tuple[int, Outcome, Kinship]]) -> list[Check]:
    """Return each check of a history, with the move before and after it."""
    state, now, told = FetchState(), NOON, []
    for hours, drawn, drawn_kin in history:
        now += hours * HOUR
        before, outcome = state.move, drawn
        if isinstance(outcome, Fetched | NotModified) and outcome.permanent_url == before.adopted:
            outcome = replace(outcome, permanent_url="")  # it was asked there
        kin = drawn_kin if isinstance(outcome, Fetched) else None
        state = next_state(state, outcome, now, url=OLD, kin=kin)
        assert next_move(state, outcome, now, url=OLD, kin=kin) == state.move
        told.append(Check(now, outcome, kin, before, state.move))
    return told


def sightings(told: list[Check], target: str) -> list[Check]:
    """Return the last checks that all led to ``target``, the latest first."""
    answers = [check for check in reversed(told) if not isinstance(check.outcome, Failed)]
    return list(takewhile(lambda check: leads_to(check.outcome, target), answers))


def leads_to(outcome: Outcome, target: str) -> bool:
    return isinstance(outcome, Fetched | NotModified) and outcome.permanent_url == target


def is_the_feed(check: Check, since: datetime) -> bool:
    if check.kin is None:
        return check.at == since  # a 304 means the document that is known
    return check.kin.known_since is not None and check.kin.known_since < since


@given(HISTORIES)
def test_move_when_adopted_then_every_condition_holds_and_deciding_twice_changes_nothing(
    history: list[tuple[int, Outcome, Kinship]],
) -> None:
    told = run(history)
    for index, check in enumerate(told):
        target = check.after.adopted
        if not target or target in {check.before.adopted, check.before.left}:
            continue
        seen = sightings(told[: index + 1], target)
        assert len(seen) >= LEAST_SIGHTINGS
        assert check.at - seen[-1].at >= LEAST_DAYS
        assert any(is_the_feed(each, seen[-1].at) for each in seen)
        assert target != check.after.refused


@given(HISTORIES)
def test_move_whatever_happens_then_what_is_kept_is_bounded(
    history: list[tuple[int, Outcome, Kinship]],
) -> None:
    for check in run(history):
        assert check.after.sightings <= LEAST_SIGHTINGS
        assert set(check.after.names()) <= {NEW, OTHER}
