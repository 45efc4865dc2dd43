from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from ecliptic.decide.lists import after, by_rules, is_due
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified
from ecliptic.model.reading_list import Listed, ListedFeed, ListState
from making import NOON

URL = "https://l.example/"
FEEDS = (ListedFeed(url="https://a.example/feed"),)
FURTHER = ("https://b.example/foaf.rdf",)
LISTED = Listed(feeds=FEEDS, further=FURTHER)
DAY = timedelta(days=1)
GOOD = ListState(
    feeds=FEEDS, further=FURTHER, etag='"1"', validators_url=URL, checked_at=NOON,
    succeeded_at=NOON, next_at=NOON + DAY,
)  # fmt: skip


def test_after_when_a_list_came_keeps_it_with_its_validators_for_a_day() -> None:
    answer = Fetched(url=URL, body=b"", etag='"1"')
    assert after(ListState(), answer, LISTED, NOON) == GOOD


def test_after_when_the_server_says_longer_waits_longer() -> None:
    answer = Fetched(url=URL, body=b"", fresh_seconds=3 * 86_400)
    assert after(GOOD, answer, LISTED, NOON).next_at == NOON + 3 * DAY
    far = replace(answer, fresh_seconds=10**9)
    assert after(GOOD, far, LISTED, NOON).next_at == NOON + 30 * DAY
    assert after(GOOD, NotModified(url=URL, fresh_seconds=60), None, NOON).next_at == NOON + DAY


def test_after_when_it_is_no_list_or_empty_keeps_the_last_good_copy() -> None:
    later = NOON + DAY
    for listed, code in ((None, "sources.not_a_list"), (Listed(feeds=()), "sources.empty_list")):
        state = after(GOOD, Fetched(url=URL, body=b"", etag='"2"'), listed, later)
        assert (state.feeds, state.code, state.etag) == (FEEDS, code, '"1"')
        assert (state.next_at, state.succeeded_at) == (later + DAY, NOON)


def test_after_when_a_new_list_is_empty_it_is_taken_at_its_word() -> None:
    state = after(ListState(), Fetched(url=URL, body=b""), Listed(feeds=()), NOON)
    assert (state.code, state.succeeded_at) == ("", NOON)


def test_after_when_it_fails_keeps_the_copy_and_what_the_server_asked() -> None:
    refused = Failed(url=URL, code="fetch.http_503", retry_at=NOON + 2 * DAY)
    state = after(GOOD, refused, None, NOON)
    assert (state.feeds, state.code, state.next_at) == (FEEDS, "fetch.http_503", NOON + 2 * DAY)
    assert not is_due(state, NOON + DAY, every=True)
    new = after(ListState(), Failed(url=URL, code="fetch.timeout"), None, NOON)
    assert new.next_at == NOON + timedelta(hours=1)
    assert is_due(new, NOON, every=True)
    assert not is_due(new, NOON)


def test_after_when_it_is_well_again_says_nothing_more() -> None:
    ill = replace(GOOD, code="fetch.timeout", detail="x")
    assert after(ill, NotModified(url=URL), None, NOON) == GOOD


def test_after_when_the_host_is_left_alone_asks_later() -> None:
    held = Held(url=URL, until=NOON + DAY)
    assert not is_due(after(ListState(), held, None, NOON), NOON)


def test_by_rules_when_a_copy_was_read_by_others_then_it_is_asked_for_whole_and_now() -> None:
    held = replace(GOOD, retry_at=NOON + DAY / 2)
    again = by_rules(held, "2")
    assert (again.etag, again.next_at, again.feeds) == ("", held.retry_at, FEEDS)
    assert by_rules(again, "2") == again
    assert is_due(by_rules(GOOD, "2"), NOON)
    assert after(again, Fetched(url=URL, body=b""), LISTED, NOON).rules == "2"
