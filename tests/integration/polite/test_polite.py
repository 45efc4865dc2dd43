"""Weeks of runs against a server that counts every needless or rude question."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecliptic import Planet
from polite.scoring import ETAGS, Feed, ScoringServer, feeds

START = datetime(2018, 4, 2, 0, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEEDS = 336
# Every hour of a week, then every fourth hour of another: what is due waits for its run.
RUNS = (*range(7 * 24), *range(7 * 24, 14 * 24, 4))
FAULTS = (
    "needless unconditional", "made-up If-None-Match", "made-up If-Modified-Since",
    "before it was due", "during Retry-After", "in a skipped hour", "twice within an hour",
    "A-IM without If-None-Match", "with Cookie", "with Referer", "with Pragma", "without a name",
    "without each coding",
)  # fmt: skip


def settings(folder: Path, urls: list[str]) -> Path:
    lines = ['[planet]\nname = "Polite"\nlink = "https://planet.example/"\nfaces = false\n']
    lines += [f'[[feed]]\nurl = "{url}"\n' for url in urls]
    config = folder / "planet.toml"
    config.write_text("\n".join(lines), "utf-8")
    return config


def publish(served: list[Feed], hour: int) -> None:
    """Let each feed publish at its own pace, once a day to once a week."""
    for feed in served:
        period = 24 * (1 + feed.number % 7)
        feed.version = 1 + (hour + period - feed.number % period) // period


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_client_when_it_runs_for_two_weeks_then_nothing_is_needless_or_rude(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served = feeds(FEEDS)
    with ScoringServer(served, START) as server:
        config = settings(tmp_path, server.urls())
        for run in RUNS:
            publish(served, run)
            server.now = START + run * HOUR
            planet = Planet.open(config, now=server.now, allow_networks=["127.0.0.0/8"], jobs=1)
            summary = planet.refresh()
            assert summary.feeds.total == FEEDS
    total: Counter[str] = Counter()
    for feed in served:
        total.update(feed.score)
    report = [f"{name:28} {total[name]:8,}" for name in ("requests", "conditional", *FAULTS)]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(report) + "\n")
    rude = {f.path: dict(f.score) for f in served if any(f.score[name] for name in FAULTS)}
    assert rude == {}
    assert {feed.etag for feed in served} == set(ETAGS)
    assert all(feed.score["requests"] > 5 for feed in served)
    assert all(feed.version - 3 <= stored(feed, planet) for feed in served)


def stored(feed: Feed, planet: Planet) -> int:
    """Return how many entries of a feed are in store."""
    with planet.store() as store:
        return next(f.entries for f in store.feeds() if f.url.endswith(feed.path))
