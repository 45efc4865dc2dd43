"""Which of the copies of a post is the original."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.decide.folding import amended
from ecliptic.decide.originals import folds, origin_of
from ecliptic.model.entry import FeedInfo, Reason
from ecliptic.model.parsed import EntrySource
from ecliptic.model.twin import Copy, Fold, Likeness, Origin
from making import NOON, make_copy
from rendering import make_feed

LINK = "https://ann.example/post"
EXACT = Likeness(how="link")
BY_TEXT = Likeness(how="text", percent=93)


def origin(number: int, site: str, links: Iterable[str] = ()) -> Origin:
    feed = make_feed(number, info=FeedInfo(title=f"Feed {number}", link=site))
    return origin_of(feed, links)


def copy_of(number: int, **fields: Any) -> Copy:
    return make_copy(number, **{"link": LINK, "published": NOON, **fields})


def folded(
    copies: list[Copy],
    origins: Iterable[Origin],
    edges: dict[tuple[int, int], Likeness] | None = None,
) -> dict[int, Fold]:
    """Return the folds by the row of the copy; ``edges`` connect all copies, unless given."""
    rows = [copy.row for copy in copies]
    every = {(one, other): EXACT for one in rows for other in rows if one < other}
    found = folds(
        copies, every if edges is None else edges, {each.feed_id: each for each in origins}
    )
    return {fold.copy.row: fold for fold in found}


def shown(copies: list[Copy], origins: Iterable[Origin]) -> tuple[int, str]:
    """Return the row of the one shown of two, and why."""
    (fold,) = folded(copies, origins).values()
    return fold.shown.row, fold.because


HERE, THERE = origin(2, "https://ann.example/"), origin(1, "https://planet.example/")


def test_original_when_it_stands_on_its_own_site_wins_over_the_earlier_feed() -> None:
    assert shown([copy_of(1), copy_of(2)], [THERE, HERE]) == (
        2,
        "it stands on its feed's own site",
    )


def test_original_when_the_other_names_its_source_wins() -> None:
    taken = copy_of(1, source=EntrySource(feed_url="https://ann.example/feed"))
    own = copy_of(2, source=EntrySource(feed_url="https://blog2.example/feed"))  # its own feed
    both = [origin(1, "https://ann.example/"), origin(2, "https://ann.example/")]
    assert shown([taken, own], both)[0] == 2


def test_original_when_the_other_feed_gathers_wins() -> None:
    many = [f"https://{name}.example/post" for name in "abcdef"]
    gathering = origin(1, "https://planet.example/", many)
    single = origin(2, "https://site.example/", ["https://ann.example/1", "https://ann.example/2"])
    assert gathering.gathers
    assert not single.gathers
    assert shown([copy_of(1), copy_of(2)], [gathering, single])[0] == 2


def test_original_when_a_site_is_deeper_in_the_host_is_nearer() -> None:
    link = "https://blogs.example/ann/post"
    both = [origin(1, "https://blogs.example/"), origin(2, "https://blogs.example/ann/")]
    assert shown([copy_of(1, link=link), copy_of(2, link=link)], both)[0] == 2


def test_original_when_a_subdomain_is_of_the_site_is_nearer_than_a_strange_host() -> None:
    link = "https://blog.ann.example/post"
    both = [origin(1, "https://planet.example/"), origin(2, "https://ann.example/")]
    assert shown([copy_of(1, link=link), copy_of(2, link=link)], both)[0] == 2


def test_original_when_published_earlier_wins_and_then_the_earlier_feed() -> None:
    both = [origin(1, "https://x.example/"), origin(2, "https://y.example/")]
    late = copy_of(1, published=NOON + timedelta(hours=1))
    assert shown([late, copy_of(2)], both) == (2, "it was published earlier")
    assert shown([copy_of(1), copy_of(2)], both) == (1, "its feed is listed first")


HIDDEN = Reason(code="decide.filtered", at=NOON)


def standing(copy: Copy, hidden: Reason | None = None, ruling: str = "") -> Copy:
    return replace(copy, stands=replace(copy.stands, hidden=hidden, ruling=ruling))


def test_original_when_hidden_by_another_rule_leaves_its_place_to_the_next() -> None:
    copies = [copy_of(1), standing(copy_of(2), HIDDEN), copy_of(3)]
    origins = [THERE, HERE, origin(3, "https://other.example/")]
    assert {row: fold.shown.row for row, fold in folded(copies, origins).items()} == {3: 1}


def test_copies_when_none_may_be_shown_are_left_as_they_are() -> None:
    assert not folded([standing(copy_of(1), HIDDEN), standing(copy_of(2), HIDDEN)], [THERE, HERE])


def test_copy_when_the_operator_shows_it_is_not_folded() -> None:
    assert not folded([standing(copy_of(1), ruling="show"), copy_of(2)], [THERE, HERE])


def test_copies_when_links_lead_from_one_to_the_next_are_one_post() -> None:
    copies = [copy_of(1), copy_of(2), copy_of(3)]
    origins = [origin(n, f"https://site{n}.example/") for n in (1, 2, 3)]
    assert folded(copies, origins, {(1, 2): EXACT, (2, 3): EXACT}).keys() == {2, 3}


def test_copies_when_texts_lead_from_one_to_the_next_must_resemble_the_one_shown() -> None:
    copies = [copy_of(1), copy_of(2), copy_of(3)]
    origins = [origin(n, f"https://site{n}.example/") for n in (1, 2, 3)]
    found = folded(copies, origins, {(1, 2): BY_TEXT, (2, 3): BY_TEXT})
    assert {row: fold.shown.row for row, fold in found.items()} == {2: 1}


@given(st.permutations(range(1, 7)), st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_copies_when_given_in_another_order_are_folded_alike(
    order: list[int], pairs: set[tuple[int, int]]
) -> None:
    edges = {(a, b): BY_TEXT if (a + b) % 2 else EXACT for a, b in pairs if a < b}
    origins = [origin(n, f"https://site{n % 3}.example/") for n in range(1, 7)]
    copies = [copy_of(n, link=f"https://site{n % 2}.example/post") for n in order]
    found = folded(copies, origins, edges)
    straight = folded(sorted(copies, key=lambda copy: copy.row), origins, edges)
    assert {r: f.shown.row for r, f in found.items()} == {
        r: f.shown.row for r, f in straight.items()
    }
    # Nothing is lost: what is folded is folded into something that is shown.
    assert not found.keys() & {fold.shown.row for fold in found.values()}


def test_amended_when_folded_twice_changes_nothing_more() -> None:
    copies = [copy_of(1), copy_of(2)]
    origins = {1: THERE, 2: HERE}
    found = folded(copies, origins.values())
    (change,) = amended(copies, found, origins, NOON)
    assert change.hidden is not None
    assert change.hidden.code == "decide.duplicate"
    assert change.hidden.params["shown"] == copies[1].uid
    after = [replace(copies[0], stands=change), copies[1]]
    assert not amended(after, folded(after, origins.values()), origins, NOON + timedelta(days=1))
    (back,) = amended(after, {}, origins, NOON)
    assert back.hidden is None
    assert [note.code for note in back.notes] == ["decide.duplicate", "decide.unfolded"]
