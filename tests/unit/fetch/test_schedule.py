from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.fetch.host import AT_ONCE, FORGIVEN_AFTER, Manners
from ecliptic.fetch.job import Job
from ecliptic.fetch.schedule import Schedule
from ecliptic.fetch.target import read_target
from ecliptic.model.access import Access, Proxy
from ecliptic.model.outcome import Failed, NotModified, Request

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
BUSY = Failed(url="", code="fetch.http_429", status=429)
FINE = NotModified(url="")


class Bench:
    """A schedule, what it held back, and a clock that the test moves on."""

    def __init__(self, source: Iterable[Job], *, per_host: int = 1, spacing: float = 0.0) -> None:
        self.time = 100.0
        self.held: list[tuple[str, datetime]] = []
        self.schedule = Schedule(
            iter(source),
            manners=Manners(
                per_host=per_host, spacing=spacing, rest=3_600, longest_rest=86_400, now=NOW
            ),
            hold=lambda job, held: self.held.append((job.request.url, held.until)),
            clock=lambda: self.time,
        )

    def answer(self, job: Job, outcome: Failed | NotModified) -> None:
        """End a job that is under way."""
        self.schedule.heed(job, outcome)
        self.schedule.leave(job.target.host)

    def next(self) -> Job:
        """Take a job, at the time when there is one."""
        if (job := self.schedule.take()) is None:
            assert self.schedule.next_at is not None
            self.time = self.schedule.next_at
            job = self.schedule.take()
        assert job is not None
        return job


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
    schedule = Bench(jobs("a", "a", "a", "b", "c"), per_host=2).schedule
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

    schedule = Bench(source(), per_host=1).schedule
    assert schedule.take() is not None
    assert read == [0]


def test_take_when_one_host_has_endless_jobs_then_few_of_them_wait() -> None:
    count = 0

    def source() -> Iterator[Job]:
        nonlocal count
        while True:
            count += 1
            yield job("http://a/")

    schedule = Bench(source(), per_host=1).schedule
    assert schedule.take() is not None
    assert schedule.take() is None
    assert count < 10_000


def test_move_when_redirected_to_a_busy_host_then_it_waits_its_turn() -> None:
    first, second = jobs("a", "b")
    schedule = Bench([first, second], per_host=1).schedule
    assert taken(schedule) == ["http://a/0", "http://b/1"]
    second.follow("http://a/moved", 301)
    schedule.move(second, "b")
    assert taken(schedule) == []
    assert not schedule.is_finished
    schedule.leave("a")
    assert taken(schedule) == ["http://a/moved"]


def test_move_when_redirected_within_a_host_then_it_keeps_its_place() -> None:
    (only,) = jobs("a")
    schedule = Bench([only], per_host=1).schedule
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
    schedule = Bench(jobs(*hosts), per_host=per_host).schedule
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


# Not too fast, and no more than a host wants


def test_take_when_a_host_has_many_feeds_then_the_first_at_once_and_the_others_spaced() -> None:
    bench = Bench(jobs(*["a"] * (AT_ONCE + 3)), spacing=0.5)
    began = []
    for _ in range(AT_ONCE + 3):
        job = bench.next()
        began.append(bench.time - 100.0)
        bench.answer(job, FINE)
    assert began == [0.0] * AT_ONCE + [0.5, 1.0, 1.5]
    assert bench.schedule.is_finished


def test_take_when_a_host_has_to_wait_for_its_time_then_others_do_not() -> None:
    bench = Bench(jobs(*["a"] * (AT_ONCE + 1), "b"), spacing=9.0)
    for _ in range(AT_ONCE):
        bench.answer(bench.next(), FINE)
    assert bench.next().home == "b"
    assert bench.time == 100.0


def test_take_when_one_feed_was_refused_then_one_connection_slower_and_all_are_asked() -> None:
    bench = Bench(jobs(*["a"] * 40), per_host=2, spacing=0.5)
    first, second = bench.next(), bench.next()
    bench.answer(first, BUSY)
    assert bench.schedule.take() is None  # the second is under way, and alone
    bench.answer(second, FINE)
    began = []
    for _ in range(38):
        job = bench.next()
        began.append(bench.time)
        bench.answer(job, FINE)
    gaps = [later - before for before, later in pairwise(began)]
    assert gaps[: FORGIVEN_AFTER - 2] == [2.0] * (FORGIVEN_AFTER - 2)
    assert set(gaps[FORGIVEN_AFTER:]) == {0.5}
    assert bench.held == []


def test_heed_when_two_feeds_are_refused_then_the_rest_of_the_host_is_held_back() -> None:
    bench = Bench(jobs(*["a"] * 5, "b.a", "a"))
    bench.answer(bench.next(), BUSY)
    other = bench.next()  # while the first host waits for its time
    bench.answer(bench.next(), BUSY)
    assert [url for url, _ in bench.held] == [f"http://a/{number}" for number in (2, 3, 4, 6)]
    assert bench.schedule.take() is None
    assert other.target.url == "http://b.a/5"
    assert {until for _, until in bench.held} == {NOW + timedelta(hours=1)}
    assert bench.schedule.is_finished


def test_heed_when_refusals_say_how_long_then_the_longer_and_a_day_at_most() -> None:
    for asked, expected in ((2, 2), (20, 20), (500, 24)):
        wish = Failed(url="", code="", status=503, retry_at=NOW + timedelta(hours=asked))
        short = Failed(url="", code="", status=503, retry_at=NOW + timedelta(minutes=1))
        bench = Bench(jobs("a", "a", "a"))
        bench.answer(bench.next(), wish)
        bench.answer(bench.next(), short)
        assert bench.held == [("http://a/2", NOW + timedelta(hours=expected))]


def test_heed_when_the_same_feed_is_refused_twice_then_nothing_is_held_back() -> None:
    bench = Bench([job("http://a/0"), job("http://a/0"), job("http://a/1")])
    for _ in range(2):
        bench.answer(bench.next(), BUSY)
    assert bench.next().target.url == "http://a/1"


def test_heed_when_good_answers_lie_between_two_refusals_then_nothing_is_held_back() -> None:
    bench = Bench(jobs(*["a"] * (FORGIVEN_AFTER + 3)))
    for number in range(FORGIVEN_AFTER + 2):
        bench.answer(bench.next(), FINE if 0 < number <= FORGIVEN_AFTER else BUSY)
    bench.next()
    assert bench.held == []


def test_heed_when_no_answer_came_then_it_is_no_good_one() -> None:
    bench = Bench(jobs(*["a"] * (FORGIVEN_AFTER + 3)))
    silent = Failed(url="", code="fetch.timeout")
    for number in range(FORGIVEN_AFTER + 2):
        bench.answer(bench.next(), silent if 0 < number <= FORGIVEN_AFTER else BUSY)
    assert len(bench.held) == 1


def test_heed_when_redirects_lead_to_a_host_then_they_do_not_speak_for_it() -> None:
    away = jobs("a", "b", "c")
    bench = Bench([*away, *jobs("x", "x", "x")])
    for one in [bench.next() for _ in away]:
        before = one.target.host
        one.follow("http://x/", 302)
        bench.schedule.move(one, before)
    for _ in away:
        bench.answer(bench.next(), BUSY)
    for _ in range(3):
        bench.answer(bench.next(), FINE)
    assert (bench.held, bench.time) == ([], 100.0)


def test_move_when_the_host_rests_then_the_redirected_is_held_back() -> None:
    bench = Bench(jobs("x", "x", "a"))
    bench.answer(bench.next(), BUSY)
    away = bench.schedule.take()
    assert away is not None
    assert away.home == "a"
    bench.answer(bench.next(), BUSY)
    away.follow("http://x./2", 301)
    bench.schedule.move(away, "a")
    assert bench.held == [("http://a/2", NOW + timedelta(hours=1))]
    assert bench.schedule.is_finished


UNREACHED = Failed(url="", code="fetch.connect")


def test_heed_when_three_feeds_cannot_be_connected_to_then_the_rest_is_held_back() -> None:
    bench = Bench(jobs(*["a"] * 5, "b", "a"))
    late = Failed(url="", code="fetch.timeout", detail="connection")
    unnamed = Failed(url="", code="fetch.timeout", detail="name")
    for outcome in (UNREACHED, late, unnamed):
        bench.answer(bench.next(), outcome)
    assert bench.next().target.url == "http://b/5"
    assert bench.schedule.take() is None
    assert [url for url, _ in bench.held] == [f"http://a/{number}" for number in (3, 4, 6)]
    assert {until for _, until in bench.held} == {NOW + timedelta(minutes=30)}
    assert bench.schedule.is_finished


def test_heed_when_what_fails_is_another_thing_then_nothing_is_held_back() -> None:
    slow = Failed(url="", code="fetch.timeout", detail="answer")
    mixed: list[Failed | NotModified] = [UNREACHED, UNREACHED, FINE, UNREACHED, UNREACHED]
    for outcomes in (mixed, [slow] * 5):
        bench = Bench(jobs(*["a"] * 6))
        for outcome in outcomes:
            bench.answer(bench.next(), outcome)
        assert bench.next().target.url == "http://a/5"
        assert bench.held == []


def test_heed_when_one_port_is_dead_then_feeds_at_others_are_asked() -> None:
    bench = Bench([job(f"http://a:{8000 + number % 2}/{number}") for number in range(10)])
    asked = []
    while (one := bench.schedule.take()) is not None:
        asked.append(one.target.url)
        bench.answer(one, UNREACHED if one.target.port == 8000 else FINE)
    assert asked == [f"http://a:{8000 + n % 2}/{n}" for n in (0, 1, 2, 3, 4, 5, 7, 9)]
    assert [url for url, _ in bench.held] == ["http://a:8000/6", "http://a:8000/8"]


def test_heed_when_a_feed_has_its_own_proxy_then_it_neither_counts_nor_is_held_back() -> None:
    own = Access(home="http://a/", proxy=Proxy(""))
    apart = [Job(Request(url=one.target.url, access=own), one.target) for one in jobs(*["a"] * 4)]
    bench = Bench([*apart[:3], *jobs("a", "a", "a", "a"), apart[3]])
    for _ in range(6):
        bench.answer(bench.next(), UNREACHED)
    assert bench.next() is apart[3]
    assert len(bench.held) == 1


@given(
    st.lists(st.sampled_from("abc"), max_size=80),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.5]),
    st.data(),
)
def test_schedule_when_hosts_refuse_at_random_then_each_job_is_asked_or_held_back_once(
    hosts: list[str], per_host: int, spacing: float, data: st.DataObject
) -> None:
    bench = Bench(jobs(*hosts), per_host=per_host, spacing=spacing)
    active: list[Job] = []
    asked: list[str] = []
    while not bench.schedule.is_finished or active:
        while (found := bench.schedule.take()) is not None:
            active.append(found)
        if active:
            one = active.pop(data.draw(st.integers(0, len(active) - 1)))
            asked.append(one.target.url)
            bench.answer(one, BUSY if data.draw(st.integers(0, 2)) == 0 else FINE)
        elif bench.schedule.next_at is not None:
            bench.time = bench.schedule.next_at
    held = [url for url, _ in bench.held]
    assert sorted(asked + held) == sorted(one.target.url for one in jobs(*hosts))
