from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from pathlib import Path

from ecliptic.flows.crew import Crew
from ecliptic.flows.job import Job, Refined
from ecliptic.model.feed import FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.site import Subscription
from ecliptic.store import open_store
from making import NOON, make_change, make_entry
from planets import posts, rss

URL = "https://a.example/feed.xml"


def make_job(body: str, **fields: object) -> Job:
    values: dict[str, object] = {
        "feed_id": 1,
        "feed_url": URL,
        "state": FetchState(),
        "fetched": Fetched(url=URL, body=body.encode(), etag='"1"'),
        "now": NOON,
    }
    return Job(**{**values, **fields})  # type: ignore[arg-type] # a plain mapping of fields


def make_state(folder: Path) -> str:
    path = folder / "planet.sqlite"
    with open_store(path) as store:
        store.subscribe((Subscription(url=URL),))
    return str(path)


async def refine(state: str, *jobs: Job, size: int = 1, deadline: float = 20.0) -> list[Refined]:
    async with Crew(state, jobs=size, deadline=deadline) as crew:
        return await asyncio.gather(*(crew.refine(job) for job in jobs))


def test_crew_when_jobs_outnumber_workers_then_all_are_done(tmp_path: Path) -> None:
    jobs = [make_job(rss("A", "https://a.example/", posts(1, n))) for n in range(1, 8)]
    done = asyncio.run(refine(make_state(tmp_path), *jobs, size=2))
    assert [refined.change.check.new for refined in done] == list(range(1, 8))
    assert set(done[0].seconds) == {"parse", "decide", "clean"}


def test_crew_when_the_deadline_passes_then_the_feed_fails_and_validators_stay(
    tmp_path: Path,
) -> None:
    job = make_job(rss("A", "https://a.example/", posts(1, 3)), state=FetchState(etag='"0"'))
    (refined,) = asyncio.run(refine(make_state(tmp_path), job, deadline=0.001))
    assert refined.change.fetch.code == "parse.timeout"
    assert refined.change.fetch.etag == '"0"'
    assert refined.change.entries == ()


def test_crew_when_a_worker_is_killed_then_its_job_is_done_as_plain_text(tmp_path: Path) -> None:
    async def killed_once() -> Refined:
        async with Crew(make_state(tmp_path), jobs=1) as crew:
            under_way = asyncio.create_task(
                crew.refine(make_job(rss("A", "https://a.example/", posts(1, 2))))
            )
            await asyncio.sleep(0)
            (worker,) = children()
            os.kill(worker, signal.SIGKILL)
            return await under_way

    refined = asyncio.run(killed_once())
    assert refined.change.check.new == 2
    for entry in refined.change.entries:
        assert "&lt;p&gt;Body" in entry.content
        assert entry.notes[-1].code == "clean.escaped"


def children() -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "ecliptic.flows.worker"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def test_crew_when_a_document_is_no_feed_then_the_failure_says_what_it_is(tmp_path: Path) -> None:
    (refined,) = asyncio.run(refine(make_state(tmp_path), make_job("<!doctype html><p>Hello")))
    assert refined.change.fetch.code == "parse.not_a_feed"
    assert "HTML" in refined.change.fetch.detail


def test_crew_when_entries_are_known_then_only_new_and_changed_ones_come_back(
    tmp_path: Path,
) -> None:
    state = make_state(tmp_path)
    first = make_job(rss("A", "https://a.example/", posts(1, 3)))
    (refined,) = asyncio.run(refine(state, first))
    with open_store(state) as store:
        store.apply(refined.change)
        store.apply(make_change(make_entry(99)))
    later = make_job(
        rss("A", "https://a.example/", posts(1, 4)), state=FetchState(succeeded_at=NOON)
    )
    (refined,) = asyncio.run(refine(state, later))
    assert (refined.change.check.new, refined.change.unchanged) == (1, 3)
