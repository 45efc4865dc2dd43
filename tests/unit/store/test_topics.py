"""Labels of topics are kept by entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.model.entry import Reason
from ecliptic.model.site import Subscription
from ecliptic.model.topic import TopicLabel
from ecliptic.store import Store, open_known, open_store
from making import NOON, make_change, make_entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "planet.sqlite") as opened:
        opened.subscribe([Subscription(url=f"https://blog{n}.example/feed") for n in (1, 2)])
        off = Reason(code="decide.off_topic", at=NOON, params={"probability": "0.10"})
        noted = Reason(code="decide.topic_review", at=NOON, params={"probability": "0.40"})
        opened.apply(
            make_change(
                make_entry(1, notes=(noted,)),
                make_entry(2, ruling="show"),
                make_entry(3, ruling="hide", hidden=Reason(code="decide.hidden_by_hand", at=NOON)),
                make_entry(4, hidden=off, notes=(off,)),
            ),
            make_change(make_entry(1, feed_id=2), feed_id=2),
        )
        yield opened


def label(number: int, on_topic: bool | None, feed_id: int = 1) -> TopicLabel:  # noqa: FBT001
    return TopicLabel(feed_id=feed_id, key=f"key{number}", on_topic=on_topic, at=NOON)


def test_topic_labels_when_written_then_they_are_of_that_feed_and_those_keys(
    store: Store, tmp_path: Path
) -> None:
    store.write_topic_labels([label(1, True), label(4, False), label(1, False, 2), label(99, True)])
    assert store.topic_labels(1, ["key1", "key2", "key4"]) == {"key1": True, "key4": False}
    assert store.topic_labels(1, ["key2"]) == {}
    reader = open_known(tmp_path / "planet.sqlite")
    assert reader.topic_labels(2, ["key1"]) == {"key1": False}
    reader.close()


def test_topic_labels_when_said_again_then_the_last_word_holds(store: Store) -> None:
    store.write_topic_labels([label(1, True)])
    store.write_topic_labels([label(1, False)])
    assert store.topic_labels(1, ["key1"]) == {"key1": False}
    store.write_topic_labels([label(1, None)])
    assert store.topic_labels(1, ["key1"]) == {}


def test_labelled_when_hidden_or_shown_by_hand_then_that_counts_unless_a_label_says_other(
    store: Store,
) -> None:
    def said() -> dict[str, bool]:
        return {f"{entry.feed_id}/{entry.key}": is_on for entry, is_on in store.labelled()}

    assert said() == {"1/key2": True, "1/key3": False}
    store.write_topic_labels([label(3, True), label(1, False, 2)])
    assert said() == {"1/key2": True, "1/key3": True, "2/key1": False}


def test_noted_when_a_code_begins_so_then_shown_and_hidden_entries_come(store: Store) -> None:
    assert [entry.key for entry in store.noted("decide.topic")] == ["key1"]
    assert [entry.key for entry in store.noted("decide.")] == ["key1", "key4"]
    store.subscribe([Subscription(url="https://blog2.example/feed")])
    assert list(store.noted("decide.")) == []


def test_all_of_a_feed_are_shown_and_hidden_ones_newest_first(store: Store) -> None:
    assert [entry.key for entry in store.all_of(1)] == ["key1", "key2", "key3", "key4"]
