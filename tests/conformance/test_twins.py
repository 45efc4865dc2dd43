"""Copies of posts: what is found of labelled pairs, and what is wrongly taken for a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest

from ecliptic.flows.duplicates import fold
from ecliptic.model.site import Site, Subscription
from ecliptic.store import open_store
from making import NOON, make_change
from twin_pairs import Pair, Side, pairs, posts, side

# Kinds that no id or link gives away; "exact" is not meant to find them.
BY_TEXT = {"cross-posted", "series"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty state file; to copy it is quicker than to make one for each pair."""
    path = tmp_path_factory.mktemp("twins") / "empty.sqlite"
    open_store(path).close()
    return path


def fold_sides(empty: Path, sides: list[Side], duplicates: str) -> int:
    """Return how many entries are folded when each side is in a feed of its own."""
    with open_store(copyfile(empty, empty.with_name("planet.sqlite"))) as store:
        site = Site(
            name="Planet",
            duplicates=duplicates,
            subscriptions=tuple(
                Subscription(url=f"https://{one.host}/{number}.xml")
                for number, one in enumerate(sides)
            ),
        )
        store.subscribe(site.subscriptions)
        store.apply(
            *(make_change(one.entry, feed_id=one.entry.feed_id, info=one.info) for one in sides)
        )
        return fold(site, store, now=NOON)


def judge(empty: Path, duplicates: str) -> tuple[list[Pair], list[Pair], int]:
    """Return the pairs that are wrongly folded, those not found, and how many are found."""
    wrong, missed, found = [], [], 0
    for pair in pairs():
        sides = [side(pair.one, 1), side(pair.other, 2)]
        is_folded = bool(fold_sides(empty, sides, duplicates))
        found += is_folded and pair.is_same
        if is_folded and not pair.is_same:
            wrong.append(pair)
        elif pair.is_same and not is_folded:
            missed.append(pair)
    return wrong, missed, found


@pytest.mark.parametrize(("duplicates", "least"), [("near", 0.95), ("exact", 0.5)])
def test_copies_when_pairs_are_labelled_then_few_are_missed_and_fewer_wrong(
    empty: Path, tell: Callable[[str], None], duplicates: str, least: float
) -> None:
    wrong, missed, found = judge(empty, duplicates)
    precision, recall = found / (found + len(wrong)), found / (found + len(missed))
    tell(
        f"copies of posts ({duplicates}): precision {precision:.3f}, recall {recall:.3f} on "
        f"{len(pairs())} labelled pairs"
    )
    assert precision >= 0.98, wrong
    assert recall >= least, missed


def test_copies_when_only_links_and_ids_count_then_all_that_share_one_are_found(
    empty: Path,
) -> None:
    _, missed, _ = judge(empty, "exact")
    assert not [pair for pair in missed if BY_TEXT.isdisjoint(pair.kind.split())], missed


def test_copies_when_all_posts_are_on_one_planet_then_none_is_folded(empty: Path) -> None:
    sides = [side(f"{name} day={-5 * number}", number) for number, name in enumerate(posts(), 1)]
    assert fold_sides(empty, sides, "near") == 0
