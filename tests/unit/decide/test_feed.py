from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from ecliptic.decide import check_of, is_same_body, next_state
from ecliptic.model.entry import Reason
from ecliptic.model.feed import Check, FetchState
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome
from making import NOON

URL = "https://blog.example/feed.xml"
FETCHED = Fetched(url=URL, body=b"<rss/>", etag='W/"1"', last_modified="yesterday, odd")


def test_state_after_a_document_then_both_validators_are_replaced() -> None:
    before = FetchState(etag='"old"', last_modified="old", failures=3, code="fetch.timeout")
    after = next_state(
        before, Fetched(url=URL, body=b"x", etag='"new"'), NOON, changed=True, url=URL
    )
    assert (after.etag, after.last_modified) == ('"new"', "")
    assert (after.failures, after.code, after.changed_at) == (0, "", NOON)


def test_state_after_304_then_only_validators_it_brings_are_replaced() -> None:
    before = next_state(FetchState(), FETCHED, NOON, changed=True, url=URL)
    after = next_state(before, NotModified(url=URL, etag='"2"'), NOON, changed=False, url=URL)
    assert (after.etag, after.last_modified) == ('"2"', "yesterday, odd")
    assert after.body_fingerprint == before.body_fingerprint


def test_state_after_failures_then_they_are_counted_and_validators_kept() -> None:
    state = next_state(FetchState(), FETCHED, NOON, changed=True, url=URL)
    later = NOON + timedelta(hours=1)
    failed = Failed(url=URL, code="fetch.http_500", status=500)
    once = next_state(state, failed, NOON, changed=False, url=URL)
    twice = next_state(once, failed, later, changed=False, url=URL)
    assert (twice.failures, twice.failing_since, twice.checked_at) == (2, NOON, later)
    assert twice.etag == 'W/"1"'


def test_state_after_410_then_the_feed_rests_for_a_month() -> None:
    gone = Failed(url=URL, code="fetch.http_410", status=410)
    assert next_state(
        FetchState(), gone, NOON, changed=False, url=URL
    ).retry_at == NOON + timedelta(days=30)


def test_state_after_a_mad_retry_after_then_the_wait_is_bounded() -> None:
    mad = Failed(url=URL, code="fetch.http_503", status=503, retry_at=NOON + timedelta(days=9999))
    assert next_state(FetchState(), mad, NOON, changed=False, url=URL).retry_at == NOON + timedelta(
        days=31
    )


def test_same_body_when_the_last_reading_failed_then_it_is_read_again() -> None:
    state = next_state(FetchState(), FETCHED, NOON, changed=True, url=URL)
    assert is_same_body(state, FETCHED)
    failing = next_state(state, Failed(url=URL, code="parse.crash"), NOON, changed=False, url=URL)
    assert not is_same_body(failing, FETCHED)


def line(outcome: Outcome, before: FetchState | None = None, **more: Any) -> Check:
    after = FetchState(next_at=NOON + timedelta(hours=2))
    return check_of(outcome, NOON, before=before or FetchState(), after=after, **more)


def test_check_of_each_outcome_then_the_ledger_line_says_what_came() -> None:
    assert line(FETCHED, new=2).new == 2
    assert line(FETCHED, same_body=True).code == "fetch.same_body"
    assert line(NotModified(url=URL)).code == "fetch.not_modified"
    assert line(Failed(url=URL, code="fetch.dns", detail="x")).detail == "x"


def test_check_of_any_outcome_then_the_ledger_line_says_why_and_when_next() -> None:
    early, late = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
    reason = Reason(code="decide.next_fresh", at=early)
    due = FetchState(checked_at=early, next_at=NOON, next_reason=reason)
    assert line(FETCHED).why == "decide.first_check"
    assert line(FETCHED, due).why == "decide.next_fresh"
    assert line(FETCHED, replace(due, next_at=late)).why == "decide.forced"
    assert line(FETCHED, FetchState(checked_at=early)).why == "decide.next_run"
    assert line(FETCHED, due).next_at == NOON + timedelta(hours=2)


def test_same_body_after_a_part_then_even_the_document_from_before_it_is_read() -> None:
    state = next_state(FetchState(), FETCHED, NOON, changed=True, url=URL)
    part = Fetched(url=URL, body=b"<rss>part</rss>", status=226, etag='"2"')
    merged = next_state(state, part, NOON, changed=True, url=URL)
    assert (merged.etag, merged.last_modified) == ('"2"', "")
    assert not is_same_body(merged, FETCHED)
    assert not is_same_body(merged, part)
    assert not is_same_body(state, Fetched(url=URL, body=FETCHED.body, status=226))
