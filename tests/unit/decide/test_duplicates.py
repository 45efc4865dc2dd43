"""Which subscriptions are one feed."""

from __future__ import annotations

from ecliptic.decide import duplicates
from ecliptic.model.codes import words
from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FeedState, FetchState
from making import NOON
from rendering import make_feed

END = "https://blog.example/feed"


def feed(
    number: int, *, end: str = "", feed_id: str = "", self_link: str = "", url: str = ""
) -> FeedState:
    return make_feed(
        number,
        url=url or f"https://blog{number}.example/feed",
        fetch=FetchState(validators_url=end),
        info=FeedInfo(title=f"Blog {number}", id=feed_id, self_link=self_link),
    )


def named(*feeds: FeedState, sharing: bool = True) -> list[tuple[int, str]]:
    found = duplicates(feeds, lambda *_: sharing, NOON)
    return [(each.feed_id, each.reason.code) for each in found]


def test_duplicates_when_two_end_at_one_address_then_the_later_is_named() -> None:
    found = duplicates([feed(1, end=END), feed(2), feed(3, end=END)], lambda *_: False, NOON)
    ((only),) = found
    assert (only.feed_id, only.other) == (3, "https://blog1.example/feed")
    said = words(only.reason.code, only.reason.params)
    assert "https://blog1.example/feed" in said
    assert END in said


def test_duplicates_when_nothing_was_fetched_yet_then_nothing_is_said() -> None:
    assert named(feed(1), feed(2)) == []


def test_duplicates_when_ids_are_equal_then_they_must_share_entries() -> None:
    feeds = feed(1, end="https://a.example/", feed_id="tag:x"), feed(2, end=END, feed_id="tag:x")
    assert named(*feeds) == [(2, "decide.same_feed")]
    assert named(*feeds, sharing=False) == []


def test_duplicates_when_self_links_are_equal_then_they_must_share_entries() -> None:
    feeds = feed(1, self_link=END), feed(2, self_link=END)
    assert named(*feeds) == [(2, "decide.same_feed")]
    assert named(*feeds, sharing=False) == []


def test_duplicates_when_one_is_the_same_in_every_way_then_it_is_named_once() -> None:
    feeds = [feed(n, end=END, feed_id="tag:x", self_link=END) for n in (1, 2, 3)]
    assert named(*feeds) == [(2, "decide.same_address"), (3, "decide.same_address")]


def test_duplicates_when_a_thousand_feeds_have_one_id_then_few_are_compared() -> None:
    asked: list[tuple[int, int]] = []

    def share(feed_id: int, other_id: int) -> bool:
        asked.append((feed_id, other_id))
        return False

    assert duplicates([feed(n, feed_id="tag:generator") for n in range(1000)], share, NOON) == []
    assert len(asked) <= 5_000


def test_duplicates_when_an_address_holds_a_password_then_it_is_not_told() -> None:
    secret = "https://ann:secret@blog.example/feed"
    other = "https://bob:hidden@blog.example/feed"
    assert named(feed(1, end=END, url=secret), feed(2, end=END, url=other)) == []
    found = duplicates(
        [feed(1, feed_id="x", url=secret), feed(2, feed_id="x")], lambda *_: True, NOON
    )
    assert "secret" not in words(found[0].reason.code, found[0].reason.params)
    assert found[0].other == "Blog 1"
