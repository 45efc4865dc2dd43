"""Feeds whose dates are wrong, read again and again: complaints of planets' operators.

Numbers are of issues where people complained: of python/planet where nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecliptic.flows.curating import unhide
from ecliptic.model.rules import EntryRules
from sequences import DAY, HOUR, START, Replay, daily, post, rss

MINUTE = timedelta(minutes=1)


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    with Replay(tmp_path) as running:
        yield running


def test_dates_when_they_move_at_each_edit_then_the_post_stays(replay: Replay) -> None:
    """Posts float to the top again and again: #97, #121, #171, #489, #570."""
    replay.read(rss(post("new", START - HOUR), post("old", START - 9 * DAY)), START)
    for day in range(1, 6):
        moved = post("old", START + day * DAY - HOUR, body=f"<p>Edit {day}</p>")
        replay.read(rss(post("new", START - HOUR), moved), START + day * DAY)
    assert replay.places() == {"new": START - HOUR, "old": START - 9 * DAY}
    assert replay.notes("old").count("decide.date_moved") == 1


def test_dates_when_only_they_move_then_it_is_noted_once_and_nothing_is_cleaned(
    replay: Replay,
) -> None:
    """PyCharm's feed, whose dates moved while the text stayed: #570."""
    replay.read(rss(post("a", START - HOUR), post("b", START - DAY)), START)
    changes = [
        replay.read(
            rss(post("a", START - HOUR), post("b", START + day * DAY - HOUR)), START + day * DAY
        )
        for day in range(1, 4)
    ]
    assert [(len(c.entries), len(c.amendments)) for c in changes] == [(0, 1), (0, 0), (0, 0)]
    assert replay.places()["b"] == START - DAY


def test_dates_when_the_operator_wants_venus_way_then_a_newer_date_lifts_the_post(
    replay: Replay,
) -> None:
    """As Venus did, and some want it: an edit bumps, but never into the future."""
    replay.with_rules(EntryRules(bump_on_update=True))
    replay.read(rss(post("a", START - HOUR), post("b", START - DAY)), START)
    later = START + 2 * DAY
    replay.read(rss(post("a", START - HOUR), post("b", later - HOUR)), later)
    assert replay.shown() == ["b", "a"]
    replay.read(rss(post("a", START - HOUR), post("b", later + 9 * DAY)), later + HOUR)
    assert replay.places()["b"] == later - HOUR
    again = replay.read(rss(post("a", START - HOUR), post("b", later - HOUR)), later + DAY)
    assert again.amendments == ()


def test_dates_when_they_lift_posts_then_one_that_was_ahead_does_not_rise_when_its_time_comes(
    replay: Replay,
) -> None:
    replay.with_rules(EntryRules(bump_on_update=True, future_dates="now"))
    document = rss(post("ahead", START + 2 * DAY), post("a", START - HOUR))
    replay.read(document, START)
    assert replay.read(document + " ", START + 3 * DAY).amendments == ()
    assert replay.places()["ahead"] == START


def test_dates_when_each_request_makes_them_then_none_is_believed(replay: Replay) -> None:
    """A feed that stamps all entries with the time of the request: #97, #151."""
    for hour in range(4):
        at = START + hour * HOUR
        change = replay.read(rss(*(post(f"p{n}", at) for n in range(6))), at)
        assert change.amendments == ()
    assert replay.shown() == ["p0", "p1", "p2"]
    assert set(replay.places().values()) == {START}
    assert set(replay.hidden().values()) == {"decide.back_catalogue"}
    assert "decide.same_dates" in replay.notes("p0")


def test_dates_when_all_are_that_of_the_build_then_no_old_post_is_news(replay: Replay) -> None:
    """A site that was built months ago and dates all its posts by that."""
    built = START - 90 * DAY
    replay.read(rss(*(post(f"p{n}", built) for n in range(6))), START)
    assert set(replay.places().values()) == {built}
    rebuilt = START + DAY
    replay.read(rss(*(post(f"p{n}", rebuilt) for n in range(-1, 6))), rebuilt + HOUR)
    assert replay.shown()[0] == "p-1"
    assert list(replay.places().values())[1:] == [built] * 6


def test_dates_when_a_new_feed_has_none_then_only_the_first_few_are_news(replay: Replay) -> None:
    """Years-old posts came up as new: #151, #124."""
    replay.read(rss(*(post(f"p{n}") for n in range(20))), START)
    assert replay.shown() == ["p0", "p1", "p2"]
    assert len(replay.all()) == 20
    replay.read(rss(post("next"), *(post(f"p{n}") for n in range(19))), START + DAY)
    assert replay.shown() == ["next", "p0", "p1", "p2"]
    assert replay.places()["next"] == START + DAY


def test_dates_when_the_planet_is_new_then_undated_posts_are_no_news_either(tmp_path: Path) -> None:
    """After a cache wipe years-old posts came up: #124."""
    with Replay(tmp_path, is_new_planet=True) as replay:
        replay.read(rss(*(post(f"p{n}") for n in range(20))), START)
        assert len(replay.shown()) == 3


def test_dates_when_some_posts_have_none_then_their_neighbours_tell(replay: Replay) -> None:
    """A back catalogue that is dated here and there: biostar-central#139."""
    dated = START - 400 * DAY
    replay.read(rss(post("a", START - DAY), post("b"), post("c", dated), post("d")), START)
    assert replay.places() == {"a": START - DAY, "b": dated, "c": dated, "d": dated}
    assert replay.notes("b") == ["decide.first_seen", "decide.undated_between"]


def test_dates_when_the_oldest_is_first_then_neighbours_are_read_that_way(replay: Replay) -> None:
    dated = START - 400 * DAY
    replay.read(rss(post("d"), post("c", dated), post("b"), post("a", START - DAY)), START)
    assert replay.places() == {"a": START - DAY, "b": dated, "c": dated, "d": dated}


def test_dates_when_only_the_feed_has_one_then_its_back_catalogue_stands_there(
    replay: Replay,
) -> None:
    built = START - 30 * DAY
    replay.read(rss(*(post(f"p{n}") for n in range(6)), built=built), START)
    assert set(replay.places().values()) == {built}


def test_dates_when_the_feed_is_built_at_the_request_then_that_tells_nothing(
    replay: Replay,
) -> None:
    replay.read(rss(*(post(f"p{n}") for n in range(6)), built=START - HOUR), START)
    assert len(replay.shown()) == 3


@pytest.mark.parametrize("ahead", [MINUTE, 9 * HOUR, 14 * HOUR])
def test_dates_when_hours_ahead_then_it_is_a_wrong_zone_and_shown(
    replay: Replay, ahead: timedelta
) -> None:
    """Local time that calls itself GMT: it must not wait, nor stand above all for half a day."""
    replay.read(rss(post("a", START + ahead)), START)
    assert replay.places() == {"a": START}


def test_dates_when_days_ahead_then_it_is_shown_when_its_time_comes(replay: Replay) -> None:
    """A future post sat on top until its time came (Planet 2.0), or was lost (Venus)."""
    coming = START + 5 * DAY
    replay.read(rss(post("later", coming), post("a", START - HOUR)), START)
    assert replay.shown() == ["a"]
    assert replay.hidden() == {"later": "decide.dated_later"}
    assert replay.wake(coming - MINUTE) == 0
    assert replay.wake(coming + HOUR) == 1
    assert replay.places() == {"later": coming, "a": START - HOUR}
    replay.read(rss(post("later", coming), post("a", START - HOUR)), coming + 2 * HOUR)
    assert replay.shown() == ["later", "a"]


def test_dates_when_a_waiting_post_is_dated_anew_then_it_waits_for_that(replay: Replay) -> None:
    replay.read(rss(post("later", START + 9 * DAY)), START)
    replay.read(rss(post("later", START + 3 * DAY)), START + DAY)
    assert replay.wake(START + 3 * DAY) == 1
    assert replay.places() == {"later": START + 3 * DAY}


def test_dates_when_a_waiting_post_is_read_again_half_a_day_before_then_it_waits_on(
    replay: Replay,
) -> None:
    coming = START + 5 * DAY
    replay.read(rss(post("later", coming)), START)
    replay.read(rss(post("later", coming), post("a", START)), coming - 10 * HOUR)
    assert replay.hidden() == {"later": "decide.dated_later"}
    replay.read(rss(post("later", coming - HOUR), post("a", START)), coming - 9 * HOUR)
    assert replay.hidden() == {"later": "decide.dated_later"}
    assert replay.wake(coming - HOUR) == 1
    assert replay.places()["later"] == coming - HOUR


def test_dates_when_a_waiting_post_is_published_early_then_it_is_shown(replay: Replay) -> None:
    replay.read(rss(post("later", START + 9 * DAY)), START)
    early = START + DAY
    replay.read(rss(post("later", early - HOUR)), early)
    assert replay.places() == {"later": early - HOUR}


def test_dates_when_a_waiting_post_is_unhidden_then_it_stands_at_that_time(replay: Replay) -> None:
    replay.read(rss(post("later", START + 9 * DAY)), START)
    (entry,) = replay.all()
    unhide(replay.store, entry.uid, now=START + DAY)
    assert replay.places() == {"later": START + DAY}
    assert replay.wake(START + 10 * DAY) == 0


def test_dates_when_the_operator_wants_future_posts_at_once_then_they_stand_first_seen(
    replay: Replay,
) -> None:
    replay.read(rss(post("later", START + 9 * DAY)), START)
    replay.with_rules(EntryRules(future_dates="now"))
    replay.read(rss(post("later", START + 9 * DAY)), START + HOUR)
    assert replay.places() == {"later": START + HOUR}


def test_dates_when_the_operator_wants_no_future_posts_then_they_never_come(
    replay: Replay,
) -> None:
    replay.with_rules(EntryRules(future_dates="never"))
    replay.read(rss(post("later", START + 9 * DAY)), START)
    assert replay.wake(START + 30 * DAY) == 0
    replay.read(rss(post("later", START + 9 * DAY)), START + 30 * DAY)
    assert replay.hidden() == {"later": "decide.dated_never"}


@pytest.mark.parametrize(
    "date", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2106, 2, 7, tzinfo=UTC)]
)
def test_dates_when_they_cannot_be_then_the_post_counts_as_undated(
    replay: Replay, date: datetime
) -> None:
    """A post dated 2106 topped a planet for months; one of 1970 was never seen."""
    replay.read(rss(post("a", START - DAY)), START)
    replay.read(rss(post("odd", date), post("a", START - DAY)), START + DAY)
    assert replay.places()["odd"] == START + DAY
    assert replay.notes("odd")[1] in {"decide.no_date", "decide.undated"}


_DATES = st.none() | st.integers(-400, 400).map(lambda hours: START + hours * HOUR)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_DATES, min_size=1, max_size=6), min_size=2, max_size=5))
def test_dates_when_they_do_what_they_like_then_what_is_shown_never_moves(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[datetime | None]]
) -> None:
    """Without ``bump_on_update``, an entry once shown stays where it is, and twice is once."""
    with Replay(tmp_path_factory.mktemp("replay")) as replay:
        before: dict[str, datetime] = {}
        for number, dates in enumerate(versions):
            at = START + number * DAY
            replay.wake(at)
            document = rss(*(post(f"p{n}", date) for n, date in enumerate(dates)))
            replay.read(document, at)
            places = replay.places()
            assert {name: places[name] for name in before} == before
            assert all(place <= at for place in places.values())
            again = replay.read(document, at)
            assert (again.entries, again.amendments) == ((), ())
            before = places
        assert len(replay.all()) == max(map(len, versions))


def test_dates_when_a_blog_is_honest_then_each_post_stands_at_its_date(replay: Replay) -> None:
    replay.read(rss(*daily(8, START - HOUR)), START)
    assert replay.shown() == [f"p{n}" for n in range(8, 0, -1)]
    assert replay.notes("p8") == ["decide.first_seen"]
