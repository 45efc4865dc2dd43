from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from ecliptic.errors import EclipticError
from ecliptic.flows import frames
from ecliptic.flows.crew import Crew
from ecliptic.flows.job import Job, Refined
from ecliptic.flows.worker import work
from ecliptic.model.feed import FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.site import Subscription
from ecliptic.store import open_known, open_store
from ecliptic.testing import FeedServer
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


def wait_for_end(process: int) -> None:
    while " Z " not in Path(f"/proc/{process}/stat").read_text():
        time.sleep(0.01)


async def killed(state: str, signaled: signal.Signals, of: Callable[[], list[int]]) -> Refined:
    """Refine a document twice; before the second time something happens to a process."""
    async with Crew(state, jobs=1) as crew:
        await crew.refine(make_job(rss("A", "https://a.example/", posts(1, 1))))
        (process,) = of()
        os.kill(process, signaled)
        return await crew.refine(make_job(rss("A", "https://a.example/", posts(1, 2))))


def test_crew_when_a_worker_is_killed_as_it_starts_then_its_job_is_done_as_plain_text(
    tmp_path: Path,
) -> None:
    async def killed_once() -> Refined:
        async with Crew(make_state(tmp_path), jobs=1) as crew:
            under_way = asyncio.create_task(
                crew.refine(make_job(rss("A", "https://a.example/", posts(1, 2))))
            )
            await asyncio.sleep(0)
            (nursery,) = children()
            os.kill(nursery, signal.SIGKILL)
            return await under_way

    refined = asyncio.run(killed_once())
    assert refined.change.check.new == 2
    for entry in refined.change.entries:
        assert "&lt;p&gt;Body" in entry.content
        assert entry.notes[-1].code == "clean.escaped"


def test_crew_when_a_worker_is_killed_then_another_is_forked_and_the_signal_is_told(
    tmp_path: Path,
) -> None:
    refined = asyncio.run(killed(make_state(tmp_path), signal.SIGKILL, workers))
    assert refined.change.check.new == 2
    assert "signal 9" in str(refined.change.entries[0].notes[-1].params)


def test_crew_when_its_nursery_is_killed_then_workers_go_on(tmp_path: Path) -> None:
    refined = asyncio.run(killed(make_state(tmp_path), signal.SIGKILL, children))
    assert refined.change.check.new == 2
    assert refined.change.entries[0].notes[-1].code != "clean.escaped"


def test_crew_when_its_nursery_is_gone_then_a_new_one_starts_workers(tmp_path: Path) -> None:
    async def both_killed() -> Refined:
        async with Crew(make_state(tmp_path), jobs=1) as crew:
            await crew.refine(make_job(rss("A", "https://a.example/", posts(1, 1))))
            (nursery,), (worker,) = children(), workers()
            os.kill(nursery, signal.SIGKILL)
            os.kill(worker, signal.SIGKILL)
            wait_for_end(nursery)
            return await crew.refine(make_job(rss("A", "https://a.example/", posts(1, 2))))

    assert asyncio.run(both_killed()).change.check.new == 2


def test_crew_when_it_ends_then_no_process_is_left(tmp_path: Path) -> None:
    async def left() -> list[int]:
        async with Crew(make_state(tmp_path), jobs=2) as crew:
            job = make_job(rss("A", "https://a.example/", posts(1, 1)))
            await asyncio.gather(crew.refine(job), crew.refine(job))
            return [*children(), *workers()]

    processes = asyncio.run(left())
    assert len(processes) == 3
    assert not any(Path(f"/proc/{process}").exists() for process in processes)


def children(parent: int = 0) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(parent or os.getpid()), "-f", "ecliptic.flows.worker"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def workers() -> list[int]:
    """Return the processes that read documents: each is forked from the nursery, our child."""
    return [worker for nursery in children() for worker in children(nursery)]


def test_work_when_the_run_ends_before_it_is_answered_then_it_ends_without_a_word(
    tmp_path: Path,
) -> None:
    run, worker = socket.socketpair()
    job = make_job(rss("A", "https://a.example/", posts(1, 3)))
    frames.send(run, msgspec.msgpack.encode(job))
    run.close()
    with worker:
        work(worker, open_known(Path(make_state(tmp_path))))


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


def test_crew_when_a_worker_does_not_listen_then_its_job_runs_out_of_time(tmp_path: Path) -> None:
    async def stopped() -> Refined:
        async with Crew(make_state(tmp_path), jobs=1, deadline=2) as crew:
            await crew.refine(make_job(rss("A", "https://a.example/", posts(1, 1))))
            (worker,) = workers()
            os.kill(worker, signal.SIGSTOP)
            return await crew.refine(make_job(rss("A" * 5_000_000, "https://a.example/", [])))

    refined = asyncio.run(stopped())
    assert not refined.change.fetch.code


def test_crew_when_no_worker_can_be_started_then_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(rss("A", "https://a.example/", posts(1, 1)))
    with pytest.raises(EclipticError, match="cannot be started") as raised:
        asyncio.run(refine(str(tmp_path / "missing" / "planet.sqlite"), job))
    assert raised.value.code == "refresh.no_worker"
    monkeypatch.setattr("sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(EclipticError, match="no-python"):
        asyncio.run(refine(make_state(tmp_path), job))


def test_crew_when_modules_are_found_by_the_run_alone_then_its_workers_find_them_too(
    tmp_path: Path,
) -> None:
    config = tmp_path / "planet.toml"
    with FeedServer() as server:
        url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 2)))
        config.write_text(
            f'[planet]\nname = "P"\nlink = "https://p.example/"\n\n[[feed]]\nurl = "{url}"\n'
        )
        script = (
            f"import sys; sys.path[:] = {sys.path!r}\n"
            "from ecliptic import Planet\n"
            f"planet = Planet.open({str(config)!r}, allow_networks=['127.0.0.0/8'])\n"
            "print(planet.refresh().entries.new)"
        )
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", script],
            env=bare, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (done.stdout, done.stderr) == ("2\n", "")
