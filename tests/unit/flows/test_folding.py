"""Folding the copies of posts: which one is shown, and when that ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.decide import Sieves, hidden_by_hand, shown_by_hand
from ecliptic.flows.duplicates import fold
from ecliptic.flows.sifting import sift_again
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.site import Site, Subscription
from ecliptic.model.text import SafeHTML
from ecliptic.store import Store, open_store
from making import NOON, make_change, make_entry

HOSTS = ("planet", "ann", "bert", "carla")
DAY = timedelta(days=1)
OUT = Reason(code="decide.removed", at=NOON, params={"how": "it is missing there"})
LINK = "https://ann.example/post"
TEXT = " ".join(f"w{number}" for number in range(60))


class Planet:
    """A store with a feed for each of ``HOSTS``, of which the first is a planet."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.site = Site(name="Planet")
        self.subscribe(*HOSTS)

    def subscribe(self, *hosts: str, hidden: str = "") -> None:
        self.store.subscribe(
            [
                Subscription(url=f"https://{host}.example/feed", hidden=host == hidden)
                for host in hosts
            ]
        )

    def add(self, host: str, number: int = 1, **fields: Any) -> Entry:
        """Store an entry of a feed: of the same post, unless ``fields`` say otherwise."""
        feed_id = HOSTS.index(host) + 1
        values = {"link": LINK, "id": f"{host}-{number}", "title": "The post", "published": NOON}
        entry = make_entry(number, feed_id=feed_id, **{**values, **fields})
        info = FeedInfo(title=host, link=f"https://{host}.example/")
        self.store.apply(make_change(entry, feed_id=feed_id, info=info))
        return entry

    def fold(self, duplicates: str = "exact", *, days: int = 0) -> int:
        site = replace(self.site, duplicates=duplicates)
        return fold(site, self.store, now=NOON + timedelta(days=days))

    def shown(self) -> list[str]:
        return sorted(HOSTS[entry.feed_id - 1] for entry in self.store.newest())

    def also_at(self) -> list[str]:
        found = self.store.twins().also_at(self.store.newest())
        return [HOSTS[copy.feed_id - 1] for copies in found.values() for copy in copies]


@pytest.fixture
def planet(tmp_path: Path) -> Iterator[Planet]:
    with open_store(tmp_path / "planet.sqlite") as store:
        yield Planet(store)


def test_copies_when_the_original_is_there_are_folded_into_it(planet: Planet) -> None:
    planet.add("planet")
    planet.add("ann", link=f"{LINK}/?utm_source=rss")
    assert planet.fold() == 1
    assert planet.shown() == ["ann"]
    assert planet.also_at() == ["planet"]
    (copy,) = planet.store.hidden()
    assert copy.hidden is not None
    assert copy.hidden.params == {
        "shown": "e2x1",
        "feed": "ann",
        "how": "the same link",
        "because": "it stands on its feed's own site",
    }


def test_copy_when_it_came_first_gives_way_to_the_original(planet: Planet) -> None:
    planet.add("planet")
    assert planet.fold() == 0
    assert planet.shown() == ["planet"]
    planet.add("ann")
    assert planet.fold() == 1
    assert planet.shown() == ["ann"]


def test_copies_when_nothing_tells_the_original_are_those_of_the_first_feed(planet: Planet) -> None:
    link = "https://elsewhere.example/post"
    for host in ("carla", "bert"):
        planet.add(host, link=link)
    planet.fold()
    assert planet.shown() == ["bert"]


def test_original_when_hidden_by_hand_leaves_its_place_and_takes_it_again(planet: Planet) -> None:
    planet.add("planet")
    original = planet.add("ann")
    planet.fold()
    planet.store.amend([hidden_by_hand(original, NOON)], NOON)
    planet.fold()
    assert planet.shown() == ["planet"]
    planet.store.amend([shown_by_hand(original, NOON)], NOON)
    planet.fold()
    assert planet.shown() == ["ann"]


def test_copy_when_shown_by_hand_stays_beside_the_original(planet: Planet) -> None:
    copy = planet.add("planet")
    planet.add("ann")
    planet.fold()
    planet.store.amend([shown_by_hand(copy, NOON)], NOON)
    planet.fold()
    planet.fold("near")
    assert planet.shown() == ["ann", "planet"]
    assert planet.also_at() == []


def test_copy_when_a_filter_came_meanwhile_does_not_come_back(planet: Planet) -> None:
    planet.add("planet", link=f"{LINK}?utm_source=planet")
    original = planet.add("ann")
    planet.fold()
    planet.site = replace(planet.site, filter='not link:~"utm_"')
    sift_again(Sieves(planet.site), planet.store, planet.store.feeds(), NOON)
    planet.store.amend([hidden_by_hand(original, NOON)], NOON)
    planet.fold()
    assert planet.shown() == []
    codes = {entry.hidden.code for entry in planet.store.hidden() if entry.hidden}
    assert codes == {"decide.filtered", "decide.hidden_by_hand"}


def test_copies_when_filters_hide_one_after_the_other_are_all_asked(planet: Planet) -> None:
    """Each one that takes the place of the last must pass the filter too."""
    hosts = ("planet", "bert", "carla")
    for host in hosts:
        planet.add(host, link="https://elsewhere.example/post")
    planet.fold()
    planet.site = replace(planet.site, filter="not title:post")
    sift_again(Sieves(planet.site), planet.store, planet.store.feeds(), NOON)
    planet.fold()
    assert planet.shown() == []
    codes = [entry.hidden.code for entry in planet.store.hidden() if entry.hidden]
    assert codes == ["decide.filtered"] * len(hosts)


def test_copies_when_the_better_one_was_taken_out_meanwhile_show_the_other(planet: Planet) -> None:
    for host in ("bert", "carla"):
        planet.add(host, link="https://elsewhere.example/post")
    planet.fold()
    (copy,) = planet.store.hidden()
    out = replace(as_it_stands(copy, copy.feed_id), notes=(*copy.notes, OUT))
    planet.store.amend([out], NOON)
    planet.subscribe(*reversed(HOSTS))
    planet.fold()
    assert planet.shown() == ["bert"]
    assert planet.fold() == 0


def test_filter_when_it_goes_before_a_feed_was_asked_as_a_whole_then_nothing_is_filtered(
    planet: Planet,
) -> None:
    """A worker filters what it reads; a filter taken out right after that left it hidden."""
    filtered = Reason(code="decide.filtered", at=NOON, params={"of": "the planet", "filter": "x"})
    planet.add("ann", hidden=filtered, notes=(filtered,))
    sift_again(Sieves(planet.site), planet.store, planet.store.feeds(), NOON)
    assert planet.shown() == ["ann"]
    assert not sift_again(Sieves(planet.site), planet.store, planet.store.feeds(), NOON)


def test_original_when_its_feed_goes_or_is_hidden_leaves_its_place(planet: Planet) -> None:
    planet.add("planet")
    planet.add("ann")
    planet.fold()
    planet.subscribe("planet", "bert")
    planet.fold()
    assert planet.shown() == ["planet"]
    planet.subscribe(*HOSTS)
    planet.fold()
    assert planet.shown() == ["ann"]
    planet.subscribe(*HOSTS, hidden="ann")
    planet.fold()
    assert planet.shown() == ["planet"]


def test_original_when_the_operator_orders_feeds_otherwise_is_another(planet: Planet) -> None:
    for host in ("bert", "carla"):
        planet.add(host, link="https://elsewhere.example/post")
    planet.fold()
    planet.subscribe(*reversed(HOSTS))
    planet.fold()
    assert planet.shown() == ["carla"]


def test_copies_when_one_is_edited_into_another_post_are_none_any_more(planet: Planet) -> None:
    planet.add("planet")
    planet.add("ann")
    planet.fold()
    other: dict[str, Any] = {
        "title": "Another",
        "published": NOON + DAY,
        "content": SafeHTML("<p>Other words.</p>"),
    }
    planet.add("ann", link="https://ann.example/other", fingerprint=b"edited", **other)
    planet.fold()
    assert planet.shown() == ["ann", "planet"]


@pytest.mark.parametrize("is_copy_first", [True, False])
def test_copies_when_the_author_moves_house_stay_folded(
    planet: Planet, *, is_copy_first: bool
) -> None:
    """A planet of planets keeps the links of old: they are still those of one post."""
    for host in ("planet", "ann") if is_copy_first else ("ann", "planet"):
        planet.add(host)
        planet.fold()
    for number in range(1, 4):  # and once more, to places of which each is remembered
        link = f"https://ann{number}.example/posts/the-post"
        planet.add("ann", link=link, fingerprint=str(number).encode())
        planet.fold()
        assert planet.shown() == ["ann"]
        assert planet.also_at() == ["planet"]
    (copy,) = planet.store.hidden()
    assert copy.hidden is not None
    assert copy.hidden.params["how"] == "the link that one of them had before it was moved"


def test_copy_when_it_comes_after_the_author_moved_house_is_folded(planet: Planet) -> None:
    planet.add("ann")
    planet.add("ann", link="https://new.example/the-post", fingerprint=b"moved")
    planet.fold()
    planet.add("planet")
    assert planet.fold() == 1
    assert planet.shown() == ["ann"]


def test_copy_when_another_post_has_the_link_of_old_is_a_copy_of_that_one(planet: Planet) -> None:
    planet.add("ann", 1)
    planet.add("ann", 1, link="https://ann.example/renamed", fingerprint=b"moved")
    planet.add("ann", 2, title="The next post", published=NOON + DAY)
    planet.add("planet", 2, title="The next post", published=NOON + DAY)
    planet.fold()
    (copy,) = planet.store.hidden()
    assert copy.hidden is not None
    assert (copy.hidden.params["shown"], copy.hidden.params["how"]) == ("e2x2", "the same link")


def test_links_of_old_when_an_entry_moves_on_and_on_are_few(planet: Planet) -> None:
    planet.add("ann")
    for number in range(9):
        planet.add("ann", link=f"{LINK}/{number}", fingerprint=str(number).encode())
    (copy,) = planet.store.twins().copies([1])
    assert copy.former_links == tuple(f"{LINK}/{number}" for number in (4, 5, 6, 7))
    assert [entry.uid for entry in planet.store.look_up(f"{LINK}/7")] == ["e2x1"]


def test_copies_when_the_setting_changes_follow_it(planet: Planet) -> None:
    for host in ("planet", "ann"):
        planet.add(host, content=SafeHTML(TEXT), link=f"https://{host}.example/post")
    assert planet.fold("exact") == 0
    assert planet.fold("near") == 1
    assert planet.shown() == ["planet"]
    assert planet.fold("off") == 0
    assert planet.shown() == ["ann", "planet"]
    assert planet.also_at() == []
    assert planet.fold("off") == planet.fold("exact") == 0


def test_copies_when_the_text_is_edited_are_looked_for_again(planet: Planet) -> None:
    planet.add("planet", content=SafeHTML(TEXT), link="https://planet.example/post")
    planet.add("ann", content=SafeHTML("Something else."))
    assert planet.fold("near") == 0
    planet.add("ann", content=SafeHTML(TEXT), fingerprint=b"edited")
    assert planet.fold("near") == 1


def test_link_when_many_posts_of_a_feed_have_it_makes_no_copies(planet: Planet) -> None:
    page = "https://ann.example/news"
    for number in range(1, 5):
        planet.add("ann", number, link=page, title=f"News of {number}")
        planet.add("planet", number, link=page, title=f"News of {number}", published=None)
    assert planet.fold() == 0


def test_link_when_another_post_gets_it_too_makes_copies_no_more(planet: Planet) -> None:
    planet.add("planet", 1)
    planet.add("ann", 1, published=None)
    assert planet.fold() == 1
    planet.add("planet", 2, title="Another post", published=None)
    planet.fold()
    assert planet.shown() == ["ann", "planet", "planet"]


def test_post_when_an_aggregator_lists_it_twice_is_shown_once(planet: Planet) -> None:
    planet.add("planet", 1)
    planet.add("planet", 2)
    planet.add("ann")
    assert planet.fold() == 2
    assert planet.shown() == ["ann"]


def test_feed_when_it_turns_out_to_gather_gives_up_what_it_had(planet: Planet) -> None:
    link = "https://elsewhere.example/post"
    planet.add("planet", link=link)
    planet.add("bert", link=link)
    planet.fold()
    assert planet.shown() == ["planet"]
    for number, name in enumerate(("one", "two", "three", "four"), 2):
        planet.add("planet", number, link=f"https://{name}.example/", title=name)
    planet.fold()
    assert planet.shown() == ["bert", *["planet"] * 4]


def test_keys_when_texts_are_old_are_forgotten_and_links_are_not(planet: Planet) -> None:
    planet.add("ann", content=SafeHTML(TEXT))
    planet.fold("near")
    planet.add("bert", content=SafeHTML(TEXT), link="https://bert.example/1")
    planet.fold("near", days=500)
    planet.add("carla", content=SafeHTML(TEXT), link="https://carla.example/1", shown_at=NOON)
    assert planet.fold("near", days=501) == 0
    planet.add("planet", shown_at=NOON)
    assert planet.fold("near", days=501) == 1


# Entries of four feeds, drawn from so few links, ids, titles and texts that many are copies.
entries = st.lists(
    st.tuples(
        st.sampled_from(HOSTS),
        st.integers(1, 4),
        st.fixed_dictionaries(
            {
                "link": st.sampled_from([LINK, "https://bert.example/2", "https://carla.example/"]),
                "id": st.sampled_from(
                    ["", "1", "tag:ann.example,2018:1", "tag:bert.example,2018:2"]
                ),
                "title": st.sampled_from(["The post", "Another post that is long", ""]),
                "published": st.sampled_from([None, NOON, NOON - timedelta(days=1)]),
                "content": st.sampled_from([SafeHTML(""), SafeHTML(TEXT), SafeHTML(TEXT[:100])]),
                "ruling": st.sampled_from(["", "", "", "show"]),
            }
        ),
    ),
    max_size=9,
    unique_by=lambda row: row[:2],
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty state file; to copy it is quicker than to make one for each example."""
    path = tmp_path_factory.mktemp("folding") / "empty.sqlite"
    open_store(path).close()
    return path


def fold_in_turns(
    empty: Path, rows: Sequence[tuple[str, int, dict[str, Any]]], *, after_each: bool
) -> dict[str, str]:
    """Return by uid what each entry is folded into, or ``""``; check what must always hold."""
    with open_store(copyfile(empty, empty.with_name("planet.sqlite"))) as store:
        planet = Planet(store)
        for host, number, fields in rows:
            planet.add(host, number, **fields)
            if after_each:
                planet.fold("near")
        planet.fold("near")
        revision = store.revision()
        assert planet.fold("near") == 0
        assert store.revision() == revision
        found = {entry.uid: "" for entry in store.newest()}
        for entry in store.hidden():
            assert entry.hidden is not None
            shown = str(entry.hidden.params["shown"])
            assert entry.ruling != "show"
            assert shown in found, "what a copy is folded into must be shown"
            found[entry.uid] = shown
        return {uid: found[uid] for uid in sorted(found)}


@pytest.mark.slow
@settings(max_examples=50)
@given(entries, st.data())
def test_copies_when_they_come_in_any_order_are_folded_alike(
    empty: Path,
    rows: list[tuple[str, int, dict[str, Any]]],
    data: st.DataObject,
) -> None:
    one = fold_in_turns(empty, rows, after_each=False)
    other = data.draw(st.permutations(rows))
    assert fold_in_turns(empty, other, after_each=True) == one
    assert len(one) == len(rows)  # none is lost
