"""Feeds that bring more at once than a page can bear: complaints of planets' operators.

Numbers are of issues where people complained: of python/planet where nothing else is said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecliptic.decide.past import Past
from ecliptic.errors import UsageError
from ecliptic.flows.curating import hide
from ecliptic.flows.releasing import release
from ecliptic.model.rules import EntryRules
from sequences import DAY, HOUR, START, URL, Replay, daily, post, rss


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    with Replay(tmp_path) as running:
        yield running


def weekly(count: int, last: datetime, *, prefix: str = "p", guid: str = "") -> list[str]:
    """Return posts of successive weeks, the newest first."""
    return [
        post(f"{prefix}{n}", last - n * 7 * DAY, guid=f"{guid}{n}" if guid else "")
        for n in range(count)
    ]


def test_flood_when_a_feed_is_new_then_only_its_newest_posts_are_shown(replay: Replay) -> None:
    """Adding a feed floods the page and the subscribers: plone/planet.plone.org#71."""
    change = replay.read(rss(*weekly(40, START - HOUR)), START)
    assert replay.shown() == [f"p{n}" for n in range(10)]
    assert change.hidden == 30
    assert set(replay.hidden().values()) == {"decide.back_catalogue"}


def test_flood_when_the_planet_is_new_then_everything_is_shown(tmp_path: Path) -> None:
    with Replay(tmp_path, is_new_planet=True) as replay:
        replay.read(rss(*weekly(40, START - HOUR)), START)
        assert len(replay.shown()) == 40


def test_flood_when_the_operator_says_what_a_new_feed_may_bring_then_that_holds(
    tmp_path: Path,
) -> None:
    with Replay(tmp_path, EntryRules(new_feed_items=15), is_new_planet=True) as replay:
        replay.read(rss(*weekly(40, START - HOUR)), START)
        assert len(replay.shown()) == 15


def test_flood_when_the_feed_moves_and_renumbers_then_no_old_post_comes_again(
    replay: Replay,
) -> None:
    """Moving a feed floods the page, with all its ids new: djangoproject.com#762."""
    replay.read(rss(*weekly(9, START - 3 * DAY)), START)
    later = START + 7 * DAY
    moved = weekly(9, START - 3 * DAY, prefix="moved", guid="https://new.example/?p=")
    fresh = post("fresh", later - HOUR, guid="https://new.example/?p=fresh")
    replay.read(rss(fresh, *moved), later)
    assert replay.shown() == ["fresh", *(f"p{n}" for n in range(9))]
    assert replay.hidden() == {f"moved{n}": "decide.flood" for n in range(9)}


@pytest.mark.parametrize(
    ("url", "most"),
    [
        ("https://elsewhere.example/feed.xml", 10),
        ("https://blog.example/new/feed.xml", 10),
        ("http://www.blog.example/feed.xml?reader=7", 24),
    ],
)
def test_flood_when_a_busy_feed_moves_then_what_it_used_to_bring_is_not_believed(
    replay: Replay, url: str, most: int
) -> None:
    """Moving a feed floods the page: djangoproject.com#762. Where it is the same, it may."""
    for day in range(30):
        at = START + day * DAY
        replay.read(rss(*(post(f"{day}-{n}", at - n * HOUR) for n in range(24))), at)
    before = len(replay.shown())
    at = START + 30 * DAY
    change = replay.read(rss(*(post(f"30-{n}", at - n * HOUR) for n in range(24))), at, url=url)
    assert len(replay.shown()) - before == most
    if change.hidden:
        whys = {str(entry.hidden.params["why"]) for entry in change.entries if entry.hidden}
        assert whys == {
            f"the feed came from another address before, {URL}, so only the newest 10 are shown"
        }
    replay.read(rss(post("31", at + 2 * HOUR)), at + DAY, url=url)
    assert replay.shown()[0] == "31"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40)), max_size=6))
def test_flood_when_a_feed_moves_about_then_no_move_brings_more_than_the_limit(
    moves: list[tuple[int, int]],
) -> None:
    with TemporaryDirectory() as folder, Replay(Path(folder)) as replay:
        at, before = START, 0
        for turn, (place, count) in enumerate([(0, 12), *moves]):
            at += DAY
            items = [post(f"{turn}-{n}", at - n * HOUR / 4) for n in range(count)]
            is_moved = turn and place != before
            stood = set(replay.shown())
            replay.read(rss(*items), at, url=f"https://host{place}.example/feed")
            if is_moved:
                assert len(set(replay.shown()) - stood) <= EntryRules().flood_items
            before = place


def test_flood_when_ids_change_at_each_fetch_then_the_page_stands_still(replay: Replay) -> None:
    """Unstable permalinks, for which some planets exclude a feed: Debian's rules."""
    for hour in range(6):
        items = [
            post(f"f{hour}-{n}", START - n * 7 * DAY - HOUR, title=f"p{n}", guid=f"{hour}/{n}")
            for n in range(8)
        ]
        replay.read(rss(*items), START + hour * HOUR)
    # Posts younger than two days may be new under any id; the others cannot.
    assert [title for title in replay.shown() if title != "p0"] == [f"p{n}" for n in range(1, 8)]


def test_flood_when_a_feed_comes_back_after_a_year_then_it_may_show_a_few(replay: Replay) -> None:
    replay.read(rss(*weekly(10, START - HOUR)), START)
    later = START + 365 * DAY
    replay.read(rss(*weekly(30, later - HOUR, prefix="back")), later)
    assert replay.shown()[:10] == [f"back{n}" for n in range(10)]
    assert set(replay.hidden().values()) == {"decide.flood"}
    assert len(replay.hidden()) == 20


def test_flood_when_a_feed_of_many_posts_comes_back_then_it_may_show_no_more(
    replay: Replay,
) -> None:
    """What it published daily before it went is no measure of what it may bring along."""
    replay.read(rss(*daily(10, START - HOUR)), START)
    later = START + 365 * DAY
    replay.read(rss(*daily(40, later - HOUR, first=400)), later)
    assert (len(replay.shown()), len(replay.hidden())) == (20, 30)


def test_flood_when_an_archive_is_imported_then_the_newest_are_shown_at_their_dates(
    replay: Replay,
) -> None:
    new = post("new", START + DAY - HOUR)
    replay.read(rss(*weekly(5, START - HOUR)), START)
    old = [post(f"old{n}", START - (400 + n) * DAY) for n in range(50)]
    replay.read(rss(new, *weekly(5, START - HOUR), *old), START + DAY)
    assert replay.shown()[:6] == ["new", "p0", "p1", "p2", "p3", "p4"]
    assert replay.shown()[6:] == [f"old{n}" for n in range(9)]


def test_flood_when_a_news_site_writes_much_every_day_then_all_is_shown(replay: Replay) -> None:
    """An honest feed of forty posts a day must not be cut: its rhythm is known."""
    hourly = [post(f"d0-{n}", START - n * HOUR / 2) for n in range(40)]
    replay.read(rss(*hourly), START)
    for day in range(1, 12):
        for part in (1, 2, 3, 4):
            at = START + day * DAY + part * 6 * HOUR
            replay.read(rss(*(post(f"{day}-{part}-{n}", at - n * HOUR / 2) for n in range(10))), at)
    weekend = START + 14 * DAY
    before = len(replay.hidden())
    replay.read(rss(*(post(f"w{n}", weekend - n * HOUR / 2) for n in range(48))), weekend)
    assert len(replay.hidden()) == before


def test_flood_when_a_hub_sends_new_posts_alone_then_they_are_not_taken_for_renumbered(
    replay: Replay,
) -> None:
    replay.read(rss(*weekly(9, START - HOUR)), START)
    sent = [post(f"sent{n}", START - (30 + n) * DAY) for n in range(5)]
    replay.read(rss(*sent), START + HOUR, is_pushed=True)
    assert replay.hidden() == {}


def test_flood_when_a_feed_holds_its_last_post_only_then_that_is_shown(replay: Replay) -> None:
    for week in range(4):
        at = START + week * 7 * DAY
        replay.read(rss(post(f"w{week}", at - 5 * DAY)), at)
    assert replay.shown() == ["w3", "w2", "w1", "w0"]


def test_flood_when_the_guard_is_off_then_all_is_shown(replay: Replay) -> None:
    replay.with_rules(EntryRules(flood_items=0))
    replay.read(rss(*weekly(40, START - HOUR)), START)
    replay.read(rss(*weekly(40, START - HOUR, prefix="again")), START + DAY)
    assert replay.hidden() == {}


def test_flood_when_it_is_read_twice_then_nothing_is_decided_anew(replay: Replay) -> None:
    document = rss(*weekly(40, START - HOUR))
    replay.read(document, START)
    again = replay.read(document, START + DAY)
    assert (again.entries, again.amendments, again.unchanged) == ((), (), 40)


def test_release_when_a_feed_is_named_then_its_newest_come_and_then_all(replay: Replay) -> None:
    replay.read(rss(*weekly(40, START - HOUR)), START)
    now = START + HOUR
    (told,) = release(replay.site, replay.store, URL, every=False, now=now)
    assert (told.released, told.held) == (10, 20)
    assert replay.shown() == [f"p{n}" for n in range(20)]
    (told,) = release(replay.site, replay.store, "", every=True, now=now)
    assert (told.released, told.held) == (20, 0)
    assert len(replay.shown()) == 40
    assert release(replay.site, replay.store, URL, every=True, now=now) == []
    assert replay.feed.hidden == {}
    assert replay.notes("p39")[-1] == "decide.released"


def test_release_when_a_post_was_hidden_by_hand_then_it_stays_hidden(replay: Replay) -> None:
    replay.read(rss(*weekly(12, START - HOUR)), START)
    held = next(entry for entry in replay.store.hidden() if entry.title == "p11")
    hide(replay.store, held.uid, why="advertising", now=START)
    release(replay.site, replay.store, URL, every=True, now=START + HOUR)
    assert replay.hidden() == {"p11": "decide.hidden_by_hand"}


def test_release_when_no_feed_has_that_name_then_it_says_so(replay: Replay) -> None:
    with pytest.raises(UsageError, match="feeds list"):
        release(replay.site, replay.store, "Nobody", every=False, now=START)


@settings(max_examples=30)
@given(
    seed=st.integers(0, 10_000),
    most=st.integers(0, 6),
    sizes=st.lists(st.integers(1, 25), min_size=1, max_size=5),
)
def test_flood_when_anything_comes_then_nothing_is_lost_and_no_more_is_shown_than_allowed(
    tmp_path_factory: pytest.TempPathFactory, seed: int, most: int, sizes: list[int]
) -> None:
    """No entry is lost by the guard: it is hidden, and can be released."""
    chance = random.Random(seed)
    with Replay(tmp_path_factory.mktemp("replay"), EntryRules(flood_items=most)) as replay:
        seen: set[str] = set()
        for number, size in enumerate(sizes):
            at = START + number * DAY
            names = [f"{chance.randrange(40)}" for _ in range(size)]
            before, fetch = len(replay.shown()), replay.feed.fetch
            replay.read(
                rss(*(post(name, START - int(name) * DAY - HOUR) for name in set(names))), at
            )
            seen |= set(names)
            assert {entry.title for entry in replay.all()} == seen
            usual = Past(read_at=fetch.succeeded_at, rhythm=fetch.rhythm).expected(at)
            if most:
                assert len(replay.shown()) - before <= max(most, usual)
        release(replay.site, replay.store, "", every=True, now=START + 9 * DAY)
        assert set(replay.shown()) == seen


def test_planet_when_its_first_run_is_not_finished_then_it_is_still_new(replay: Replay) -> None:
    assert replay.store.is_new()
    replay.store.settle()
    assert not replay.store.is_new()
