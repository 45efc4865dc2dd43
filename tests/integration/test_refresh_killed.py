"""``refresh``, killed at 200 random moments: nothing lost, nothing doubled, nothing vouched for
that is not there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ecliptic.decide.feed import body_fingerprint
from ecliptic.model.feed import FeedState
from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, Planet, item, rss

PLANETS, KILLS, FEEDS = 2, 100, 10
WINDOW = 60
"""Posts in a document: what a killed run missed is still in it for the next."""

START = datetime(2018, 4, 1, tzinfo=UTC)
Titles = dict[str, str]


def titles_at(version: int, *, most: int = WINDOW) -> Titles:
    """Return what a version of a blog says: a post more in each, and the one before it mended."""
    first = max(0, version + 1 - most)
    return {
        f"https://blog.example/{n}": f"Post {n}{', mended' if n < version else ''}"
        for n in reversed(range(first, version + 1))
    }


class Blog:
    """One feed, and all that its server ever sent.

    Every third gives no ETag, so that only the fingerprint of the body vouches
    for what was read.
    """

    def __init__(self, server: FeedServer, number: int) -> None:
        self._server = server
        self._number = number
        self._has_etag = number % 3 > 0
        self._versions: dict[bytes, int] = {}
        self.url = self.publish(0)

    def publish(self, version: int) -> str:
        """Serve a version, and remember it under the fingerprint that will vouch for it."""
        items = []
        for link, title in titles_at(version).items():
            n = int(link.rsplit("/", 1)[1])
            post = item(n, "x", START + timedelta(hours=n))
            items.append(post.replace("<title>x<", f"<title>{title}<"))
        body = rss(f"Blog {self._number}", "https://blog.example/", items)
        self._versions[body_fingerprint(body.encode())] = version
        etag = f'"{version}"' if self._has_etag else False
        # Answers come one after the other, so that a run writes as long as it can.
        path = f"/{self._number}.xml"
        return self._server.add(path, body, etag=etag, compress=False, delay=0.03)

    def vouched(self, feed: FeedState) -> int:
        """Return the version that the stored validators say has been read, -1 for none."""
        fetch = feed.fetch
        version = self._versions[fetch.body_fingerprint] if fetch.body_fingerprint else -1
        assert fetch.etag == (f'"{version}"' if self._has_etag and version >= 0 else "")
        return version


def stored(planet: Planet) -> list[tuple[FeedState, Titles]]:
    """Return each feed and the titles of its entries by link; none may be there twice."""
    found = []
    with open_store(planet.state) as store:
        for feed in store.feeds():
            entries = list(store.newest(feed.id))
            titles = {entry.link: entry.title for entry in entries}
            assert len(titles) == len(entries) == feed.entries
            found.append((feed, titles))
    return found


def assert_all_is_there_that_is_vouched_for(planet: Planet, blogs: list[Blog]) -> set[int]:
    """Compare what is stored with what was sent; return the versions that feeds are at."""
    versions = set()
    for feed, titles in stored(planet):
        version = blogs[feed.position].vouched(feed)
        said = titles_at(version)
        assert {link: titles.get(link) for link in said} == said
        assert bool(said) == bool(titles)
        versions.add(version)
    return versions


def start(planet: Planet) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "refresh", str(planet.config), "--quiet", "--all",
         "--jobs", "1", "--now", BUILT_AT, *LOOPBACK],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wait_for_a_request(server: FeedServer, run: subprocess.Popen[bytes]) -> None:
    while not server.count() and run.poll() is None:
        time.sleep(0.005)


def span_of_a_run(server: FeedServer, planet: Planet) -> tuple[float, float]:
    """Let a run end; return how long it took to the first request, and from there."""
    begin = time.monotonic()
    run = start(planet)
    wait_for_a_request(server, run)
    asked = time.monotonic()
    assert run.wait() == 0
    return asked - begin, time.monotonic() - asked


def kill_some_time(
    server: FeedServer, planet: Planet, spans: tuple[float, float], chance: random.Random
) -> bool:
    """Start a run and kill it, mostly while it asks and writes; say whether it was under way."""
    server.forget_requests()
    run = start(planet)
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, spans[0]))
    else:
        wait_for_a_request(server, run)
        time.sleep(chance.uniform(0, spans[1]))
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    return run.wait() == -signal.SIGKILL


def torment(folder: Path, seed: int) -> int:
    """Kill so many runs of one planet while they are under way; return how many were half done."""
    chance = random.Random(seed)
    with FeedServer() as server:
        blogs = [Blog(server, number) for number in range(FEEDS)]
        # All that was read is to be seen; a flood held, or copies folded, are another matter.
        planet = Planet(folder, [blog.url for blog in blogs], flood_items=0, duplicates="off")
        starting, asking = span_of_a_run(server, planet)
        version = killed = halves = 0
        while killed < KILLS:
            version += 1
            for blog in blogs:
                blog.publish(version)
            is_killed = kill_some_time(server, planet, (starting, asking), chance)
            killed += is_killed
            asking *= 1.02 if is_killed else 0.95  # a machine is not always as busy
            halves += len(assert_all_is_there_that_is_vouched_for(planet, blogs)) > 1
        span_of_a_run(server, planet)
    for _, titles in stored(planet):
        assert titles == titles_at(version, most=version + 1)
    return halves


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_refresh_when_killed_at_200_random_moments_then_nothing_is_lost_doubled_or_vouched_for(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / str(number) for number in range(PLANETS)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(PLANETS) as pool:
        halves = list(pool.map(torment, folders, range(PLANETS)))
    assert min(halves) > 0  # some died between the writing of two feeds
