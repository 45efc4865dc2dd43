"""Feeds that change under us, as operators and readers have complained of for years.

What the docstrings name are the threads where somebody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ecliptic.flows.curating import hide
from replaying import Replay, feed, post


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    with Replay(tmp_path) as opened:
        yield opened


@pytest.fixture
def hiding(tmp_path: Path) -> Iterator[Replay]:
    (tmp_path / "hiding").mkdir()
    with Replay(tmp_path / "hiding", removed="hide") as opened:
        yield opened


def all_is_well(replay: Replay) -> bool:
    wrong = [*replay.twice(), *replay.floated, *replay.lost, *replay.joined]
    return not wrong


def test_permalinks_when_they_change_then_no_post_is_shown_twice(replay: Replay) -> None:
    """A permalink change shows the post twice: dewp-planet-feed#21."""
    replay.read(feed(*(post(n, guid=f"https://blog.example/?p={n}") for n in (1, 2, 3))))
    moved = [
        post(n, guid=f"https://blog.example/2018/{n}", link=f"https://blog.example/2018/{n}/post/")
        for n in (1, 2, 3)
    ]
    change = replay.read(feed(*moved))
    assert change.check.new == 0
    assert replay.shown() == ["Post 1", "Post 2", "Post 3"]
    assert {alias.reason.code for alias in change.aliases} == {"decide.known_by_title"}
    assert replay.entry("Post 2").link == "https://blog.example/2018/2/post/"
    assert all_is_well(replay)
    assert replay.read(feed(*moved)).entries == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("http://blog.example/{}/post", "https://blog.example/{}/post/", "decide.known_by_id"),
        ("http://www.blog.example/{}/post", "https://blog.example/{}/post", "decide.known_by_id"),
        (
            "https://old.example/18/{}/post",
            "https://new.example/18/{}/post",
            "decide.known_by_path",
        ),
    ],
)
def test_addresses_when_scheme_or_host_changes_then_entries_stay_the_same(
    replay: Replay, old: str, new: str, code: str
) -> None:
    """Unstable permalinks are grounds to be refused (wiki.debian.org/PlanetDebian); plone#71."""
    replay.read(feed(*(post(n, guid=old.format(n), link=old.format(n)) for n in (1, 2, 3))))
    uids = {entry.uid for entry in replay.entries()}
    edited = [
        post(n, guid=new.format(n), link=new.format(n), title=f"Post {n}", body=f"Edited {n}")
        for n in (1, 2, 3)
    ]
    change = replay.read(feed(*edited))
    assert {alias.reason.code for alias in change.aliases} == {code}
    assert {entry.uid for entry in replay.entries()} == uids
    assert all_is_well(replay)


def test_ids_when_each_fetch_has_new_ones_then_entries_are_known_by_their_links(
    replay: Replay,
) -> None:
    """A guid that changes with each fetch: FreshRSS#2104's policy chain; plone#71."""
    for fetch in range(8):
        replay.read(feed(*(post(n, guid=f"{fetch}-{n}") for n in range(1, 6))))
    assert len(replay.entries()) == 5
    memory = replay.store.memory(1)
    assert (memory.trust, memory.reason and memory.reason.code) == ("link", "decide.ids_unstable")
    assert replay.read(feed(*(post(n, guid=f"x-{n}") for n in range(1, 6)))).entries == ()
    new = replay.read(feed(*(post(n, guid=f"y-{n}") for n in range(6))))
    assert [entry.title for entry in new.entries] == ["Post 0"]
    assert all_is_well(replay)


def test_ids_when_they_are_stable_again_then_they_are_used_and_nothing_is_doubled(
    replay: Replay,
) -> None:
    for fetch in range(4):
        replay.read(feed(*(post(n, guid=f"{fetch}-{n}") for n in range(1, 6))))
    for first in range(6, 26):
        replay.read(feed(*(post(n, guid=f"good-{n}") for n in range(first, first - 5, -1))))
    memory = replay.store.memory(1)
    assert (memory.trust, memory.reason and memory.reason.code) == ("id", "decide.ids_steady")
    assert len(replay.entries()) == 25
    renamed = [post(n, guid=f"good-{n}", link=f"https://blog.example/new/{n}") for n in (25, 24)]
    assert replay.read(feed(*renamed)).check.new == 0
    assert all_is_well(replay)


def test_ids_and_links_when_both_change_at_each_fetch_then_the_text_is_the_identity(
    replay: Replay,
) -> None:
    for fetch in range(12):
        items = [
            post(n, guid=f"{fetch}-{n}", link=f"https://blog.example/s{fetch}x/{n}")
            for n in range(1, 6)
        ]
        replay.read(feed(*items))
    assert replay.store.memory(1).trust == "text"
    assert len(replay.entries()) == 5
    assert all_is_well(replay)


@pytest.mark.parametrize("link", ["https://blog.example/", None])
def test_ids_when_all_posts_have_one_then_none_is_lost(replay: Replay, link: str | None) -> None:
    """One guid for all, and one link for all: FreshRSS unicity policy, Miniflux' guid|url."""
    items = [post(n, guid="the-blog", link=link) for n in (1, 2, 3)]
    replay.read(feed(*items))
    assert replay.shown() == ["Post 1", "Post 2", "Post 3"]
    again = replay.read(feed(post(4, guid="the-blog", link=link), *items[:2]))
    assert again.check.new == 1
    assert all_is_well(replay)


def test_titles_when_they_repeat_then_new_posts_are_new(replay: Replay) -> None:
    """Weekly notes share a title, and a picture of the day its address."""
    for week in range(1, 7):
        link = "https://apod.example/today.html"
        replay.read(feed(post(week, title="Weekly notes", link=link, days=7 * week)))
    assert len(replay.entries()) == 6


def test_openings_when_they_repeat_then_new_posts_are_new(replay: Replay) -> None:
    opening = "<p>Welcome to another issue of this letter, which tells what happened.</p>" * 3
    for week in range(1, 7):
        body = f"{opening}<p>In week {week}, this.</p>"
        replay.read(feed(post(week, title="This week", body=body, days=7 * week)))
    assert len(replay.entries()) == 6


def test_two_entries_when_a_document_has_both_then_they_are_never_one(replay: Replay) -> None:
    """A planet lists a post twice, from its author and from a newsletter: oursqlcommunity#1."""
    replay.read(feed(post(1)))
    copy = post(1, guid="https://weekly.example/1", body="In short.")
    assert replay.read(feed(copy)).aliases
    both = replay.read(feed(post(1), copy))
    assert both.check.new == 1
    assert len(replay.entries()) == 2
    assert replay.read(feed(copy, post(1))).entries == ()
    assert replay.read(feed(copy)).entries == ()


def test_hidden_entry_when_it_returns_under_another_id_then_it_stays_hidden(
    replay: Replay,
) -> None:
    replay.read(feed(*(post(n) for n in range(1, 8))))
    hide(replay.store, replay.entry("Post 3").uid, why="advert", now=replay.now)
    replay.read(feed(*(post(n, guid=f"other-{n}") for n in range(1, 8))))
    assert "Post 3" not in replay.shown()


def test_edit_when_made_then_it_is_taken_and_the_text_before_is_kept(replay: Replay) -> None:
    """Edits are not propagated: nikola#461; and bump a post, python/planet#97."""
    replay.read(feed(post(1), post(2)))
    stood = replay.entry("Post 2").shown_at
    replay.read(feed(post(1), post(2, body="<p>Better.</p>", days=1)))
    entry = replay.entry("Post 2")
    assert (entry.shown_at, "Better" in entry.content or "Better" in entry.summary) == (stood, True)
    (before,) = replay.store.revisions(1, entry.key)
    assert (before.until, "long text" in before.content + before.summary) == (replay.now, True)


def test_edit_when_there_is_one_at_every_fetch_then_a_few_a_day_are_taken(replay: Replay) -> None:
    """A counter in the text changes an entry for ever; NewsBlur and others cap such updates."""
    replay.read(feed(post(1), post(2)))
    taken = 0
    for fetch in range(48):
        change = replay.read(feed(post(1, body=f"<p>Seen {fetch} times</p>"), post(2)), hours=0.5)
        taken += change.check.changed
        if not change.check.changed:
            assert change.fetch.etag == ""
    assert taken == 6
    assert replay.codes("Post 1").count("decide.restless") == 1
    assert len(replay.store.revisions(1, replay.entry("Post 1").key)) == 5
    last = replay.read(feed(post(1, body="<p>Seen often</p>"), post(2)), hours=24)
    assert (last.check.changed, last.fetch.etag) == (1, '"1"')
    assert "often" in replay.entry("Post 1").content + replay.entry("Post 1").summary


def test_deleted_post_when_it_is_gone_twice_then_it_is_hidden(hiding: Replay) -> None:
    """Authors deleted a post, the planet still shows it: pluto#16, blogs.osm.org#17."""
    hiding.read(feed(*(post(n) for n in range(1, 6))))
    once = hiding.read(feed(*(post(n) for n in (1, 2, 4, 5))))
    assert "Post 3" in hiding.shown()
    assert once.fetch.etag == ""  # the second look is not put off by "not modified"
    twice = hiding.read(feed(*(post(n) for n in (0, 1, 2, 4, 5))))
    assert "Post 3" not in hiding.shown()
    assert twice.fetch.etag == '"1"'
    assert hiding.feed.hidden == {"decide.removed": 1}
    back = hiding.read(feed(*(post(n) for n in range(6))))
    assert "Post 3" in hiding.shown()
    assert back.check.changed == 0
    assert hiding.codes("Post 3")[-2:] == ["decide.removed", "decide.returned"]


def test_deleted_post_when_the_setting_is_keep_then_it_is_noted_once(replay: Replay) -> None:
    replay.read(feed(*(post(n) for n in range(1, 6))))
    for first in (1, 0, -1):
        replay.read(feed(*(post(n) for n in (*range(first, 3), 4, 5))))
    assert "Post 3" in replay.shown()
    assert replay.codes("Post 3").count("decide.left_feed") == 1


def test_deleted_post_when_it_was_the_newest_then_the_next_one_shows_it(hiding: Replay) -> None:
    hiding.read(feed(*(post(n) for n in range(3, 8))))
    hiding.read(feed(*(post(n) for n in range(4, 8))))
    hiding.read(feed(post(2), *(post(n) for n in range(4, 8))))
    assert "Post 3" not in hiding.shown()


@pytest.mark.parametrize(
    "later",
    [
        feed,
        lambda: feed(*(post(n, title=f"Shoes {n}") for n in range(60, 65))),
        lambda: feed(*(post(n) for n in range(-4, 1))),
        lambda: feed(*(post(n) for n in range(1, 4))),
        lambda: feed(*(post(n) for n in (0, 1, 9))),
        lambda: feed(*(post(n) for n in range(1, 10)))[:1500],
    ],
    ids=["emptied", "another site", "all new", "shortened", "thinned out", "cut off"],
)
def test_feed_when_it_goes_as_a_whole_then_nothing_counts_as_taken_out(
    hiding: Replay, later: Callable[[], bytes]
) -> None:
    """An empty feed crashed the run, and an error deleted all posts: pluto#18, pluto#24."""
    hiding.read(feed(*(post(n) for n in range(1, 10))))
    for _ in range(3):
        hiding.read(later())
    reasons = [entry.hidden for entry in hiding.entries() if entry.hidden]
    assert not any(reason.code == "decide.removed" for reason in reasons)


@pytest.mark.parametrize("part", [{"status": 226}, {"is_pushed": True}])
def test_part_when_it_lacks_entries_then_they_are_not_missing(
    hiding: Replay, part: dict[str, int]
) -> None:
    """RFC 3229: what a 226 does not have is still there."""
    hiding.read(feed(*(post(n) for n in range(1, 6))))
    for number in (0, -1, -2):
        hiding.read(feed(post(number), post(3)), **part)  # type: ignore[arg-type]
    hiding.read(feed(*(post(n) for n in (-2, -1, 0, 1, 2, 3, 4, 5))))
    assert not any(entry.hidden for entry in hiding.entries())


def test_tombstone_when_a_feed_has_one_then_its_entry_is_hidden_at_once(hiding: Replay) -> None:
    """RFC 6721: a feed says which entry it deleted."""
    hiding.read(feed(*(post(n) for n in range(1, 4))))
    stone = '<at:deleted-entry ref="tag:blog.example,2018:2" when="2018-04-26T00:00:00Z"/>'
    hiding.read(feed(post(1), post(3), around=stone))
    assert hiding.shown() == ["Post 1", "Post 3"]
    assert hiding.read(feed(post(1), post(3), post(4), around=stone)).amendments == ()
    hiding.read(feed(*(post(n) for n in range(1, 4)), around=stone))
    assert "Post 2" in hiding.shown()


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/article.pl?sid=18/04/25/{}",
        "https://news.example/article.php?utm_id={}",
        "https://news.example/notes#more-{}",
    ],
)
def test_entry_when_only_what_is_left_out_of_ids_tells_it_from_another_then_it_is_new(
    replay: Replay, address: str
) -> None:
    """Slash names its stories by ``sid``, which elsewhere is a session."""

    def story(number: int) -> str:
        page = address.format(number)
        return post(number, guid=page, link=page, title=f"Story {number}", days=number)

    replay.read(feed(*(story(number) for number in range(10, 0, -1))))
    change = replay.read(feed(*(story(number) for number in range(11, 1, -1))))
    assert (change.check.new, change.check.changed, change.aliases) == (1, 0, ())
