from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from msgspec.structs import replace

from ecliptic.decide import Sieves, hidden_by_hand, shown_by_hand, sifted
from ecliptic.decide.sift import sift
from ecliptic.filters import Filter, follows_state
from ecliptic.model.amendment import Amendment, as_it_stands
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.naming import FeedFacts
from ecliptic.model.sieve import Sieve
from ecliptic.model.site import Site, Subscription
from filtering import filters
from making import NOON, make_entry

LATER = NOON + timedelta(hours=1)
PLANET = Sieve(of="the planet", filter="not title:jobs")
OWN = Sieve(of="its feed", filter="title:python")
FLOOD = Reason(code="decide.flood", at=NOON)


def sift_now(entry: Entry, *rules: Sieve) -> Entry:
    return sift(entry, FeedFacts(), rules, LATER)


def amended(entry: Entry, amendment: Amendment) -> Entry:
    return replace(entry, hidden=amendment.hidden, ruling=amendment.ruling, notes=amendment.notes)


def test_judge_when_a_filter_leaves_the_entry_then_it_is_hidden_with_the_expression() -> None:
    entry = sift_now(make_entry(title="Jobs, jobs"), PLANET, OWN)
    assert entry.hidden == Reason(
        code="decide.filtered",
        at=LATER,
        params={"of": "the planet", "filter": "not title:jobs"},
    )
    assert entry.notes[-1] == entry.hidden


def test_judge_when_all_filters_take_the_entry_then_it_is_the_same_one() -> None:
    entry = make_entry(title="Python jokes")
    assert sift_now(entry, PLANET, OWN) is entry
    assert sift_now(entry) is entry


def test_judge_when_the_feeds_own_filter_leaves_the_entry_then_that_one_is_named() -> None:
    entry = sift_now(make_entry(title="Holidays"), PLANET, OWN)
    assert entry.hidden is not None
    assert entry.hidden.params["of"] == "its feed"


def test_judge_when_the_author_mends_the_entry_then_it_is_shown_again() -> None:
    hidden = sift_now(make_entry(title="Holidays"), OWN)
    mended = sift_now(replace(hidden, title="Python holidays"), OWN)
    assert mended.hidden is None
    assert [note.code for note in mended.notes] == ["decide.filtered", "decide.filter_passed"]


def test_judge_when_it_is_judged_twice_then_the_first_judgement_stands() -> None:
    hidden = sift_now(make_entry(title="Holidays"), OWN)
    assert sift(hidden, FeedFacts(), (OWN,), LATER + timedelta(days=1)) is hidden


def test_judge_when_another_filter_hides_it_now_then_the_reason_is_that_one() -> None:
    hidden = sift_now(make_entry(title="Jobs"), OWN)
    again = sift_now(hidden, PLANET)
    assert again.hidden is not None
    assert again.hidden.params["filter"] == "not title:jobs"


def test_judge_when_the_operator_has_spoken_then_no_filter_is_asked() -> None:
    entry = make_entry(title="Jobs")
    shown = amended(entry, shown_by_hand(entry, NOON))
    assert sift_now(shown, PLANET) is shown
    hidden = amended(entry, hidden_by_hand(entry, NOON))
    assert sift_now(hidden, OWN) is hidden


def test_judge_when_another_rule_hides_the_entry_then_that_reason_stays() -> None:
    entry = make_entry(title="Jobs", hidden=FLOOD)
    assert sift_now(entry, PLANET) is entry
    assert sift_now(entry, Sieve(of="the planet", filter="title:jobs")) is entry


def test_judged_when_the_expression_is_long_then_a_part_of_it_is_evidence() -> None:
    rule = Sieve(of="the planet", filter=" or ".join(["title:python"] * 300))
    after = sifted(as_it_stands(make_entry(), 1), [rule], [False], NOON)
    assert after.hidden is not None
    assert len(str(after.hidden.params["filter"])) == 301


settled = filters.filter(lambda one: not follows_state(one))


@given(settled, settled)
def test_judge_when_filters_change_and_change_back_then_the_entry_stands_as_before(
    one: Filter, other: Filter
) -> None:
    first, second = (Sieve(of="the planet", filter=str(each)) for each in (one, other))
    once = sift_now(make_entry(), first)
    there_and_back = sift_now(sift_now(once, second), first)
    assert (there_and_back.hidden is None) == (once.hidden is None)
    assert sift_now(once).hidden is None


def feed(**fields: object) -> FeedState:
    values: dict[str, object] = {
        "id": 1, "url": "https://a.example/f", "position": 0, "name": "Ada", "link": "",
        "paused": False, "hidden_feed": False, "extra": {}, "info": FeedInfo(title="A"),
        "fetch": FetchState(), "entries": 0, "hidden": {}, "revision": 0,
    }  # fmt: skip
    return FeedState(**{**values, **fields})  # type: ignore[arg-type]


def book(planet: str = "", own: str = "") -> Sieves:
    subscription = Subscription(url="https://a.example/f", filter=own)
    return Sieves(Site(name="P", filter=planet, subscriptions=(subscription,)))


def test_rulebook_when_planet_and_feed_have_filters_then_both_are_asked() -> None:
    assert [rule.filter for rule in book("tag:a", "tag:b").of("https://a.example/f")] == [
        "tag:a",
        "tag:b",
    ]
    assert [rule.of for rule in book("", "tag:b").of("https://a.example/f")] == ["its feed"]
    assert book("tag:a").of("https://other.example/f")[0].of == "the planet"
    assert book().of("https://a.example/f") == ()


def test_mark_when_a_filter_changes_then_it_does_too() -> None:
    marks = {
        book(*each).mark(feed())
        for each in (("", ""), ("tag:a", ""), ("", "tag:a"), ("tag:b", ""), ("tag:a", "tag:b"))
    }
    assert len(marks) == 4  # whose filter it is makes no difference to what is taken
    assert book().mark(feed()) == ""


@pytest.mark.parametrize(("text", "marks"), [("feed:Ada", 2), ("title:Ada", 1)])
def test_mark_when_the_feed_changes_its_name_then_it_follows_if_a_filter_asks_for_it(
    text: str, marks: int
) -> None:
    found = {book(text).mark(feed(info=FeedInfo(title=title))) for title in ("A", "B")}
    assert len(found) == marks
