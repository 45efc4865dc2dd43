from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from ecliptic.plugins import Answer, Content, Dropped, FeedContext, ParsedEntry
from ecliptic.plugins.course import (
    MOST_FOR_DOCUMENT,
    MOST_FOR_ENTRY,
    MOST_ROUNDS,
    MOST_SECONDS,
    TOO_MUCH,
    Course,
    Step,
)
from ecliptic.plugins.progress import Pending, Progress
from making import make_parsed

FEED = FeedContext(url="https://a.example/feed")


def filtering(*filters: Callable[..., Any]) -> tuple[Step, ...]:
    return tuple(Step(f"f{n}", FEED, filter=each) for n, each in enumerate(filters, 1))


def enriching(*enrichers: Callable[..., Any]) -> tuple[Step, ...]:
    return tuple(Step(f"e{n}", FEED, enricher=each) for n, each in enumerate(enrichers, 1))


def through(steps: tuple[Step, ...], pending: Pending | None = None) -> Progress:
    pending = pending or Pending()
    return Course(steps, pending).advance(Progress(key="k", entry=make_parsed()))


def titled(entry: ParsedEntry, title: str) -> ParsedEntry:
    return replace(entry, title=Content(value=title, kind="text"))


def marked(mark: str) -> Callable[[ParsedEntry, FeedContext], ParsedEntry]:
    def run(entry: ParsedEntry, feed: FeedContext) -> ParsedEntry:
        del feed
        return titled(entry, (entry.title.value if entry.title else "") + mark)

    return run


def broken(entry: ParsedEntry, feed: FeedContext) -> ParsedEntry:
    del entry, feed
    raise ZeroDivisionError("no luck")


def title_of(stand: Progress) -> str:
    return stand.entry.title.value if stand.entry.title else ""


def test_advance_when_filters_follow_each_other_then_each_sees_what_the_one_before_made() -> None:
    stand = through(filtering(marked("a"), marked("b")))
    assert title_of(stand) == "Post 1ab"
    assert stand.skipped == ()


def test_advance_when_a_filter_raises_then_its_step_alone_is_skipped_and_named() -> None:
    stand = through(filtering(marked("a"), broken, marked("b")))
    assert title_of(stand) == "Post 1ab"
    assert stand.skipped == ("f2: ZeroDivisionError: no luck",)


@pytest.mark.parametrize(
    "given",
    [
        7,
        "text",
        [make_parsed()],
        make_parsed(title="no Content"),
        make_parsed(title=Content(value="\ud800")),
        make_parsed(published=datetime(2018, 4, 25)),  # noqa: DTZ001
        make_parsed(categories=("a",)),
        Dropped(reason=7),  # type: ignore[arg-type]
    ],
)
def test_advance_when_a_filter_returns_rubbish_then_the_entry_goes_on_unchanged(given: Any) -> None:
    stand = through(filtering(marked("a"), lambda *_: given))
    assert title_of(stand) == "Post 1a"
    assert len(stand.skipped) == 1
    assert stand.skipped[0].startswith("f2: ")


@pytest.mark.parametrize(
    ("given", "reason"), [(None, ""), (Dropped(), ""), (Dropped(reason=" too\n long "), "too long")]
)
def test_advance_when_a_filter_drops_an_entry_then_no_other_is_asked(
    given: Dropped | None, reason: str
) -> None:
    stand = through(filtering(lambda *_: given, broken))
    assert (stand.dropped_by, stand.reason, stand.skipped) == ("f1", reason, ())


def test_advance_when_a_filter_changes_the_identity_then_it_stays() -> None:
    stand = through(filtering(lambda entry, _: replace(entry, id="other", position=99)))
    assert (stand.entry.id, stand.entry.position) == (make_parsed().id, make_parsed().position)


def reading(*urls: str) -> Callable[..., Generator[str, Answer, ParsedEntry]]:
    """Return an enricher that reads pages, one after the other, and notes what came of each."""

    def run(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
        del feed
        for url in urls:
            answer = yield url
            said = answer.body.decode() if answer.is_document else f"[{answer.code}]"
            entry = titled(entry, f"{entry.title.value if entry.title else ''} {said}")
        return entry

    return run


def page(url: str) -> Answer:
    return Answer(asked=url, url=url, body=url.rpartition("/")[2].encode())


def rounds(steps: tuple[Step, ...], *stands: Progress) -> tuple[list[list[str]], list[Progress]]:
    """Answer what a course wants until it ends; return what was asked in each round."""
    asked: list[list[str]] = []
    pending = Pending(entries=stands)
    while True:
        course = Course(steps, pending)
        after = tuple(course.advance(stand) for stand in pending.entries)
        if all(map(course.is_through, after)):
            return asked, list(after)
        asked.append(list(course.wanted))
        pending = course.pending(after)
        answers = (*pending.answers, *map(page, course.wanted))
        pending = replace(pending, answers=answers)


def stands(count: int) -> list[Progress]:
    return [Progress(key=str(n), entry=make_parsed(n)) for n in range(count)]


def test_advance_when_an_enricher_asks_then_it_is_run_again_with_the_answer() -> None:
    steps = (
        *enriching(reading("https://a.example/x", "https://a.example/y")),
        *filtering(marked("!")),
    )
    asked, (stand,) = rounds(steps, *stands(1))
    assert asked == [["https://a.example/x"], ["https://a.example/y"]]
    assert title_of(stand) == "Post 0 x y!"


def test_advance_when_steps_are_behind_an_entry_then_they_are_not_run_again() -> None:
    calls = []

    def counted(entry: ParsedEntry, feed: FeedContext) -> ParsedEntry:
        del feed
        calls.append(entry.id)
        return entry

    steps = (*filtering(counted), *enriching(reading("https://a.example/x", "https://a.example/y")))
    rounds(steps, *stands(3))
    assert len(calls) == 3


def test_advance_when_two_entries_want_one_page_then_it_is_asked_for_once() -> None:
    asked, done = rounds(enriching(reading("https://a.example/x")), *stands(2))
    assert asked == [["https://a.example/x"]]
    assert [title_of(stand) for stand in done] == ["Post 0 x", "Post 1 x"]


def test_advance_when_an_entry_asks_for_too_much_then_the_rest_is_answered_with_a_failure() -> None:
    urls = [f"https://a.example/{n}" for n in range(MOST_FOR_ENTRY + 1)]
    known = Pending(answers=tuple(map(page, urls)))
    stand = through(enriching(reading(*urls)), known)
    assert title_of(stand) == "Post 1 0 1 2 3 4"  # what is there already costs nothing
    asked, (stand,) = rounds(enriching(reading(*urls)), *stands(1))
    assert len(asked) == MOST_ROUNDS
    assert title_of(stand) == f"Post 0 0 1 2 [{TOO_MUCH}] [{TOO_MUCH}]"


def test_advance_when_a_document_asks_for_too_much_then_the_rest_is_answered_with_a_failure() -> (
    None
):
    def own_page(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
        return (yield from reading(entry.link)(entry, feed))

    (asked,), done = rounds(enriching(own_page), *stands(MOST_FOR_DOCUMENT + 5))
    assert len(asked) == MOST_FOR_DOCUMENT
    assert sum(TOO_MUCH in title_of(stand) for stand in done) == 5


def endless(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
    while True:
        yield f"{feed.url}/{entry.id}"


def asking_for_a_number(
    entry: ParsedEntry, feed: FeedContext
) -> Generator[Any, Answer, ParsedEntry]:
    del feed
    yield 7
    return entry


def raising_late(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
    yield feed.url
    raise ZeroDivisionError(entry.id)


def holding_on(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
    try:
        yield feed.url
    finally:
        yield "once more"
    return entry


@pytest.mark.parametrize(
    "enricher", [endless, asking_for_a_number, raising_late, marked("no generator"), broken]
)
def test_advance_when_an_enricher_is_broken_then_the_entry_goes_on_unchanged(
    enricher: Callable[..., Any],
) -> None:
    _, (stand,) = rounds((*enriching(enricher), *filtering(marked("!"))), *stands(1))
    assert title_of(stand) == "Post 0!"
    assert [text.partition(":")[0] for text in stand.skipped] == ["e1"]


def test_advance_when_an_enricher_does_not_let_go_then_it_is_left_alone() -> None:
    course = Course(enriching(holding_on), Pending())
    stand = course.advance(stands(1)[0])
    assert list(course.wanted) == [FEED.url]
    assert not course.is_through(stand)


def test_advance_when_the_time_of_a_document_is_over_then_what_is_left_is_skipped() -> None:
    stand = through(filtering(marked("a"), marked("b")), Pending(seconds=MOST_SECONDS + 1))
    assert title_of(stand) == "Post 1"
    assert stand.skipped == ("f1: 60 seconds were over before it was its turn",)


def test_pending_when_a_plugin_takes_long_then_its_time_is_counted() -> None:
    course = Course(filtering(marked("a")), Pending(seconds=3.0, rounds=1))
    pending = course.pending(tuple(map(course.advance, stands(1))))
    assert pending.seconds > 3.0
    assert pending.rounds == 1


def test_step_when_its_plugin_cannot_be_loaded_then_it_is_skipped_with_the_reason() -> None:
    stand = through((Step("x", FEED, fault="x: ImportError: no"), *filtering(marked("!"))))
    assert title_of(stand) == "Post 1!"
    assert stand.skipped == ("x: ImportError: no",)
