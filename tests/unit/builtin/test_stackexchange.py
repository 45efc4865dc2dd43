from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.builtin.stackexchange import api_address, read
from ecliptic.plugins import Document, ParsedFeed
from making import NOON
from recorded import question, stackexchange

TAGGED = "https://stackoverflow.com/questions/tagged/python"


def asked(address: str, now: datetime = NOON) -> dict[str, str]:
    return {
        key: value for key, (value,) in parse_qs(urlsplit(api_address(address, now)).query).items()
    }


def feed(body: bytes, address: str = TAGGED) -> ParsedFeed:
    return read(
        Document(address=address, url="https://api.stackexchange.com/2.3/questions", body=body)
    )


def test_address_when_a_tag_is_given_then_the_api_is_asked_for_its_best_of_seven_days() -> None:
    assert api_address(TAGGED, NOON).startswith("https://api.stackexchange.com/2.3/questions?")
    assert asked(TAGGED) == {
        "site": "stackoverflow", "tagged": "python", "fromdate": "1524009600", "order": "desc",
        "sort": "votes", "pagesize": "10", "filter": "withbody",
    }  # fmt: skip
    assert datetime.fromtimestamp(1524009600, UTC) == datetime(2018, 4, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "site", "tags"),
    [
        (TAGGED + "?tab=Votes", "stackoverflow", "python"),
        (
            "https://stackoverflow.com/questions/tagged/python+pandas",
            "stackoverflow",
            "python;pandas",
        ),
        ("https://stackoverflow.com/questions/tagged/c%2b%2b", "stackoverflow", "c++"),
        ("https://stackoverflow.com/questions/tagged/c%23%20linq/", "stackoverflow", "c#;linq"),
        ("https://www.stackoverflow.com/questions", "stackoverflow", ""),
        ("https://pt.stackoverflow.com/questions/tagged/python", "pt.stackoverflow", "python"),
        ("https://unix.stackexchange.com/questions/tagged/bash", "unix", "bash"),
        ("https://mathoverflow.net/questions/tagged/knots", "mathoverflow.net", "knots"),
        ("https://askubuntu.com/questions/tagged/apt", "askubuntu", "apt"),
    ],
)
def test_address_when_written_for_people_then_site_and_tags_are_those_of_the_api(
    address: str, site: str, tags: str
) -> None:
    assert (asked(address)["site"], asked(address).get("tagged", "")) == (site, tags)


@given(
    minutes=st.integers(0, 1_439),
    zone=st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours))),
)
def test_address_when_asked_within_one_day_then_it_does_not_move(
    minutes: int, zone: timezone
) -> None:
    midnight = datetime(2018, 4, 25, tzinfo=UTC)
    then = (midnight + timedelta(minutes=minutes)).astimezone(zone)
    assert api_address(TAGGED, then) == api_address(TAGGED, midnight)
    assert api_address(TAGGED, midnight + timedelta(days=1)) != api_address(TAGGED, midnight)


def test_read_when_given_questions_then_each_is_an_entry_with_score_and_answers() -> None:
    (entry,) = feed(stackexchange(question(50000001))).entries
    assert entry.title is not None
    assert entry.title.value == "Why is &quot;a &lt; b &lt; c&quot; not (a &lt; b) &lt; c? - [8/3]"
    assert entry.title.kind == "html"
    assert (entry.id, entry.link) == (
        "50000001",
        "https://stackoverflow.com/questions/50000001/why",
    )
    assert [category.term for category in entry.categories] == ["python", "list"]
    assert [(author.name, author.url) for author in entry.authors] == [
        ("Ada Löv", "https://stackoverflow.com/users/7/ada")
    ]
    assert entry.published == datetime(2018, 4, 23, 8, tzinfo=UTC)
    assert entry.content is not None
    assert entry.content.value == "<p>I wrote <code>a &lt; b &lt; c</code>.</p>"


def test_read_when_given_questions_then_the_feed_is_named_and_asks_to_be_read_once_a_day() -> None:
    made = feed(stackexchange(question(1)))
    assert made.is_feed
    assert made.title is not None
    assert made.title.value == "stackoverflow.com: python, top of the week"
    assert (made.link, made.ttl) == (TAGGED, 1440)


def test_read_when_the_api_wants_us_to_back_off_for_longer_then_the_feed_asks_for_that() -> None:
    assert feed(stackexchange(backoff=10)).ttl == 1440
    assert feed(stackexchange(backoff=172_800)).ttl == 2881


def test_read_when_there_is_no_question_then_it_is_a_feed_without_entries() -> None:
    made = feed(stackexchange())
    assert (made.is_feed, made.entries) == (True, ())


def test_read_when_there_is_no_body_and_no_owner_then_the_entry_has_none() -> None:
    (entry,) = feed(stackexchange({"question_id": 5})).entries
    assert (entry.id, entry.content, entry.authors, entry.published) == ("5", None, (), None)


def test_read_when_there_are_more_than_ten_then_ten_are_read() -> None:
    many = feed(stackexchange(*map(question, range(1, 40))))
    assert [entry.id for entry in many.entries] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            b'{"error_id":502,"error_message":"wait 82 seconds","error_name":"throttle_violation"}',
            "error 502 throttle_violation wait 82 seconds",
        ),
        (b"{}", "no questions"),
        (b"<!doctype html>", "not an answer of the API"),
        (b'{"items":[{"question_id":"x"}]}', "not an answer of the API"),
        (b"[" * 100_000, "not an answer of the API"),
        (b'{"x":' * 100_000, "not an answer of the API"),
        (b'{"items":[{"question_id":1,"title":"\xff"}]}', "not an answer of the API"),
    ],
)
def test_read_when_it_is_no_list_of_questions_then_it_says_why(body: bytes, said: str) -> None:
    refused = feed(body)
    assert not refused.is_feed
    assert said in refused.problems[0].detail
    assert len(refused.problems[0].detail) <= 200


@pytest.mark.slow
@given(
    st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(
            st.sampled_from(["items", "question_id", "creation_date", "owner", "backoff", "tags"]),
            inner,
        ),
    ).map(lambda value: json.dumps(value).encode())
)  # fmt: skip
def test_read_when_given_any_bytes_then_never_raises(body: bytes) -> None:
    assert isinstance(feed(body), ParsedFeed)


@given(st.integers(-(1 << 63), (1 << 63) - 1), st.integers(-(1 << 63), (1 << 63) - 1))
def test_read_when_numbers_are_out_of_all_bounds_then_never_raises(date: int, backoff: int) -> None:
    body = stackexchange(question(1, creation_date=date, last_edit_date=date), backoff=backoff)
    assert len(feed(body).entries) == 1
