from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, posts, rss

FEEDS, POSTS = 24, 12


def serve(server: FeedServer, *, first: int = 0) -> list[str]:
    """Serve feeds whose posts begin at ``first``; a later one holds none of an earlier one."""
    return [
        server.add(
            f"/{number}.xml",
            rss(f"Blog {number}", "https://a.example/", posts(number * 1000 + first, POSTS)),
        )
        for number in range(FEEDS)
    ]


def counts(planet: Planet) -> tuple[int, int, int]:
    """Return entries counted in feeds, entries that can be streamed, and distinct uids."""
    with open_store(planet.state) as store:
        entries = list(store.newest())
        return (
            sum(feed.entries for feed in store.feeds()),
            len(entries),
            len({entry.uid for entry in entries}),
        )


def assert_whole(planet: Planet) -> None:
    """The site is of one build: every page is closed, and the feeds agree with the page."""
    if not planet.site.exists():
        return
    page = planet.read("index.html")
    assert page.rstrip().endswith("</html>")
    top = page.split("<h4", 2)[1]
    assert planet.read("atom.xml").rstrip().endswith("</feed>")
    assert top.split("</a>")[0].rsplit(">", 1)[1] in planet.read("atom.xml")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_build_when_killed_at_any_moment_then_nothing_is_lost_or_doubled(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, serve(server), items_per_page=20, flood_items=0)
    chance = random.Random(2018)
    took = 1.5
    for attempt in range(25):
        serve(server, first=attempt * 20)
        run = planet.start()
        time.sleep(chance.uniform(0.05, took))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        assert_whole(planet)
    planet.build("--all")
    total, streamed, distinct = counts(planet)
    assert total == streamed == distinct
    assert total >= FEEDS * POSTS
    with open_store(planet.state) as store:
        for feed in store.feeds():
            links = {entry.link for entry in store.newest(feed.id)}
            newest = range(feed.position * 1000 + 480, feed.position * 1000 + 480 + POSTS)
            assert {f"https://blog.example/{number}" for number in newest} <= links
    assert planet.build()["pages"]["written"] == 0


def test_build_when_another_runs_then_it_says_who_and_exits_with_1(
    tmp_path: Path, server: FeedServer
) -> None:
    slow = server.add("/slow.xml", rss("Slow", "https://a.example/", posts(1, 1)), delay=3)
    planet = Planet(tmp_path, [slow])
    first = planet.start()
    try:
        lock = tmp_path / "planet.sqlite.lock"
        deadline = time.monotonic() + 60
        while not (lock.exists() and lock.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        second = planet.run("build")
        assert second.returncode == 1
        assert f"process {first.pid}, `build`" in second.stderr
    finally:
        first.wait(timeout=30)
    assert planet.build("--all")["feeds"]["not_modified"] == 1


def test_build_when_its_worker_dies_then_the_feed_is_read_by_another(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, serve(server))
    run = planet.start()
    killed = 0
    while run.poll() is None and not killed:
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
            killed += 1
        time.sleep(0.005)
    assert run.wait(timeout=60) == 0
    assert killed
    planet.build()
    assert counts(planet) == (FEEDS * POSTS,) * 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1.5 MB, where we may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_build_when_the_disk_is_full_then_it_says_so_and_the_old_site_stays(
    small_disk: Path, server: FeedServer
) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    planet = Planet(small_disk, [url])
    planet.build()
    before = planet.files()
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - 8192))
    body = "<p>" + "many words " * 4000
    start_at = [*posts(10, 20), *posts(1, 3)]
    server.add(
        "/a.xml", rss("A", "https://a.example/", [p.replace("Body", body) for p in start_at])
    )
    done = planet.run("build")
    assert done.returncode == 1
    assert "disk is full" in done.stderr.lower() or "no space" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert planet.files() == before
    filler.unlink()


def test_build_when_the_disk_of_the_state_is_full_then_it_says_so_and_the_next_carries_on(
    small_disk: Path, server: FeedServer
) -> None:
    body = "<p>" + "many words " * 4000
    urls = [
        server.add(
            f"/{number}.xml",
            rss("A", "https://a.example/", [p.replace("Body", body) for p in posts(1, 20)]),
        )
        for number in range(8)
    ]
    planet = Planet(small_disk, urls, duplicates="off")
    done = planet.run("build")
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert planet.build()["feeds"]["failed"] == 0
    assert counts(planet) == (160,) * 3


@pytest.mark.parametrize("moment", ["a worker starts", "workers wait"])
def test_build_when_interrupted_at_a_terminal_then_it_says_one_line_and_leaves_no_worker(
    tmp_path: Path, server: FeedServer, moment: str
) -> None:
    urls = [*serve(server), server.add("/slow.xml", rss("S", "https://a.example/", []), delay=20)]
    planet = Planet(tmp_path, urls)
    run = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "ecliptic",
            "build",
            str(planet.config),
            "--quiet",
            "--all",
            *LOOPBACK,
        ],
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    workers: list[str] = []
    while not workers or os.getpgid(int(workers[0])) == run.pid:
        workers = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    if moment == "workers wait":
        time.sleep(1)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said.strip() == "ecliptic: stopped; nothing is lost, the next run carries on"
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
