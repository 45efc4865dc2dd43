"""What holds for any feed whatever it does from one version to the next."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ecliptic.model.entry import Entry
from replaying import Replay, feed, post

LONG = "<p>A text that is long enough to be known again by, all of it, in every version.</p>" * 2

VERSIONS = [
    version
    for n in (1, 2)
    for version in (
        post(n),
        post(n, guid=f"other-{n}"),
        post(n, guid=f"https://blog.example/{n}-a-post", body="<p>Edited</p>"),
        post(n, guid=f"moved-{n}", link=f"https://new.example/{n}-a-post/"),
        post(n, guid="", link=f"https://blog.example/{n}"),
    )
]
"""Posts as they come again after moves and edits: what must be known again, and kept apart."""

strange = st.builds(
    post,
    st.integers(1, 4),
    guid=st.sampled_from(["", "one", "two", "https://blog.example/a", "http://blog.example/a"]),
    link=st.sampled_from(["", "https://blog.example/", "https://blog.example/a"]),
    title=st.sampled_from([None, "", "Weekly notes"]),
    body=st.sampled_from(["", LONG, "<p>Short</p>"]),
    is_dated=st.booleans(),
)
documents = st.lists(st.sampled_from(VERSIONS) | strange, max_size=5)
histories = st.lists(documents, min_size=1, max_size=5)
many = settings(max_examples=60)


@many
@given(histories)
def test_any_history_then_no_entry_is_lost_joined_or_moved_up(history: list[list[str]]) -> None:
    with Replay(removed="hide") as replay:
        for document in history:
            replay.read(feed(*document))
            assert not replay.lost
            assert not replay.joined
            assert not replay.floated
            assert replay.feed.entries == len(replay.entries())


@many
@given(histories)
def test_any_history_when_its_last_document_is_read_again_then_nothing_more_is_decided(
    history: list[list[str]],
) -> None:
    with Replay() as replay:
        for document in history:
            replay.read(feed(*document))
        replay.read(feed(*history[-1]))  # what left the feed is noted at the second look
        before = stored(replay)
        again = replay.read(feed(*history[-1]))
        assert (again.entries, again.amendments, again.aliases) == ((), (), ())
        assert stored(replay) == before


@settings(max_examples=30)
@given(histories, histories)
def test_feeds_when_read_in_any_order_then_each_is_decided_alike(
    one: list[list[str]], other: list[list[str]]
) -> None:
    apart = read(one, other, order=[0] * len(one) + [1] * len(other))
    turns = [turn for pair in zip([1] * 5, [0] * 5, strict=True) for turn in pair]
    assert read(one, other, order=turns) == apart


def read(
    one: Sequence[list[str]], other: Sequence[list[str]], *, order: Sequence[int]
) -> list[Entry]:
    """Read the documents of two feeds, each of them at the same time in any order."""
    with Replay(feeds=2) as replay:
        waiting = [list(enumerate(one)), list(enumerate(other))]
        start = replay.now
        for turn in order:
            if waiting[turn]:
                day, document = waiting[turn].pop(0)
                replay.now = start
                replay.read(feed(*document), hours=24 * (day + 1), feed=turn)
        return stored(replay)


def stored(replay: Replay) -> list[Entry]:
    return sorted(replay.entries(), key=lambda entry: entry.uid)
