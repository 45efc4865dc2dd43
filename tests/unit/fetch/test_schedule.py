from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.fetch.job import Job
from ecliptic.fetch.schedule import Schedule
from ecliptic.fetch.target import read_target
from ecliptic.model.outcome import Request


def job(url: str) -> Job:
    return Job(Request(url=url), read_target(url))


def jobs(*hosts: str) -> list[Job]:
    return [job(f"http://{host}/{number}") for number, host in enumerate(hosts)]


def taken(schedule: Schedule, most: int = 100) -> list[str]:
    urls: list[str] = []
    while len(urls) < most and (found := schedule.take()) is not None:
        urls.append(found.target.url)
    return urls


def test_take_when_a_host_is_busy_then_others_go_first() -> None:
    schedule = Schedule(iter(jobs("a", "a", "a", "b", "c")), per_host=2)
    assert taken(schedule) == ["http://a/0", "http://a/1", "http://b/3", "http://c/4"]
    assert not schedule.is_finished
    schedule.leave("a")
    assert taken(schedule) == ["http://a/2"]
    assert schedule.is_finished


def test_take_then_the_source_is_read_no_further_than_needed() -> None:
    read = []

    def source() -> Iterator[Job]:
        for number, one in enumerate(jobs("a", "b", "c")):
            read.append(number)
            yield one

    schedule = Schedule(source(), per_host=1)
    assert schedule.take() is not None
    assert read == [0]


def test_take_when_one_host_has_endless_jobs_then_few_of_them_wait() -> None:
    count = 0

    def source() -> Iterator[Job]:
        nonlocal count
        while True:
            count += 1
            yield job("http://a/")

    schedule = Schedule(source(), per_host=1)
    assert schedule.take() is not None
    assert schedule.take() is None
    assert count < 10_000


def test_move_when_redirected_to_a_busy_host_then_it_waits_its_turn() -> None:
    first, second = jobs("a", "b")
    schedule = Schedule(iter([first, second]), per_host=1)
    assert taken(schedule) == ["http://a/0", "http://b/1"]
    second.follow("http://a/moved", 301)
    schedule.move(second, "b")
    assert taken(schedule) == []
    assert not schedule.is_finished
    schedule.leave("a")
    assert taken(schedule) == ["http://a/moved"]


def test_move_when_redirected_within_a_host_then_it_keeps_its_place() -> None:
    (only,) = jobs("a")
    schedule = Schedule(iter([only]), per_host=1)
    assert taken(schedule) == ["http://a/0"]
    only.follow("/1", 302)
    schedule.move(only, "a")
    assert taken(schedule) == ["http://a/1"]


@given(
    st.lists(st.sampled_from("abcde"), max_size=60),
    st.integers(1, 3),
    st.integers(1, 8),
    st.data(),
)
def test_schedule_in_any_order_then_each_job_once_and_no_host_crowded(
    hosts: list[str], per_host: int, places: int, data: st.DataObject
) -> None:
    schedule = Schedule(iter(jobs(*hosts)), per_host=per_host)
    active: list[Job] = []
    done: list[str] = []
    while True:
        while len(active) < places and (found := schedule.take()) is not None:
            active.append(found)
        busy = Counter(one.target.host for one in active)
        assert max(busy.values(), default=0) <= per_host
        if not active:
            break
        one = active.pop(data.draw(st.integers(0, len(active) - 1)))
        host = one.target.host
        if one.hops == 0 and data.draw(st.booleans()):
            one.follow(f"http://{data.draw(st.sampled_from('abcde'))}/x", 302)
            schedule.move(one, host)
        else:
            schedule.leave(host)
            done.append(one.request.url)
    assert schedule.is_finished
    assert sorted(done) == sorted(one.request.url for one in jobs(*hosts))
