"""Real feeds as they stood one after the other for years, read in order with their times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.model.feed import FeedChange
from replaying import Replay
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

FOLDER = DATA / "sequences"
FEEDS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) if DATA.is_dir() else []

ALIASES = {
    "abarrak-github-io-feed-xml": 13,
    "fumi232323-github-io-atom-xml": 15,
    "planetperl-atom-xml": 5,
}
"""How many entries came back under other ids or links; of the other feeds none."""


def versions(name: str) -> list[Path]:
    return sorted((FOLDER / name).iterdir())


def time_of(path: Path) -> datetime:
    stamp = path.stem.partition("-")[2]
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def replayed(replay: Replay, name: str) -> list[FeedChange]:
    return [replay.read(path.read_bytes(), at=time_of(path)) for path in versions(name)]


def decisions(changes: list[FeedChange]) -> Counter[str]:
    """Return how often what was decided, by its code."""
    counts: Counter[str] = Counter()
    for change in changes:
        counts["new"] += change.check.new
        counts["changed"] += change.check.changed
        counts["unchanged"] += change.unchanged
        counts["kept apart"] += len(change.wrong_aliases)
        counts.update(alias.reason.code for alias in change.aliases)
        counts.update(amendment.notes[-1].code for amendment in change.amendments)
    return counts


def test_there_are_sequences_to_replay() -> None:
    assert len(FEEDS) >= 10
    assert sum(len(versions(name)) for name in FEEDS) > 90


@pytest.mark.parametrize("name", FEEDS)
def test_feed_when_its_versions_are_replayed_then_nothing_is_doubled_floats_or_is_lost(
    name: str, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    with Replay(tmp_path, removed="hide") as replay:
        changes = replayed(replay, name)
        counts = decisions(changes)
        table = ", ".join(f"{code} {count}" for code, count in sorted(counts.items()) if count)
        tell(f"sequence {name}: {len(changes)} versions, {len(replay.entries())} entries; {table}")
        assert list(replay.twice()) == []
        assert replay.floated == []
        assert replay.lost == []
        assert replay.joined == []
        assert all(entry.shown_at <= entry.first_seen_at for entry in replay.entries())
        known = sum(count for code, count in counts.items() if code.startswith("decide.known_by"))
        assert known == ALIASES.get(name, 0)


@pytest.mark.parametrize("name", FEEDS)
def test_feed_when_replayed_again_then_nothing_is_new_and_all_stands_where_it_stood(
    name: str, tmp_path: Path
) -> None:
    with Replay(tmp_path) as replay:
        replayed(replay, name)
        before = {entry.uid: (entry.first_seen_at, entry.shown_at) for entry in replay.entries()}
        again = replayed(replay, name)
        after = {entry.uid: (entry.first_seen_at, entry.shown_at) for entry in replay.entries()}
        assert sum(change.check.new for change in again) == 0
        assert after == before
        last = versions(name)[-1]
        assert replay.read(last.read_bytes(), at=time_of(last)).entries == ()


@pytest.mark.parametrize("name", FEEDS)
def test_feed_when_replayed_elsewhere_then_the_same_is_decided(name: str, tmp_path: Path) -> None:
    told = []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        with Replay(tmp_path / folder) as replay:
            changes = replayed(replay, name)
            told.append((decisions(changes), sorted(replay.entries(), key=lambda e: e.uid)))
    assert told[0] == told[1]
