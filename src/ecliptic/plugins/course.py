"""An entry's way through the plugins of its feed: whatever they do, it comes out sound.

A filter is called. An enricher is run until it asks for an address that has no
answer yet; when the answer is there, it is run again from its start. What raises,
or gives something else than it should, is logged and passed over. When a document
has taken a while, the rest of it waits for another turn: so a plugin may be slow,
and still each turn ends long before its deadline.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from inspect import isgenerator
from time import perf_counter
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.errors import PluginError
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.pipeline import Pipeline
from ecliptic.plugins import Answer, Dropped, Enricher, FeedContext, Filter
from ecliptic.plugins.call import sound
from ecliptic.plugins.fault import failed
from ecliptic.plugins.progress import Pending, Progress
from ecliptic.plugins.steps import steps_of

MOST_ROUNDS: Final = 3
"""How often the entries of a document may wait for pages, all together."""

MOST_FOR_ENTRY: Final = 4
MOST_FOR_DOCUMENT: Final = 30
"""Addresses that may be asked for; what is beyond is answered with a failure at once."""

TURN: Final = 4.0
"""Seconds after which the entries that are left wait for another turn."""

MOST_SECONDS: Final = 60.0
"""What the plugins of a document may take, all its turns together."""

TOO_MUCH: Final = "plugins.asked_too_much"
_MOST_YIELDS: Final = 4 * MOST_FOR_ENTRY
_LONGEST_REASON: Final = 200


class Step(NamedTuple):
    """One function of a plugin, or why there is none; ``name`` is the operator's for it."""

    name: str
    feed: FeedContext
    filter: Filter | None = None
    enricher: Enricher | None = None
    fault: str = ""


class _WaitingError(Exception):
    """An enricher has asked for what is not there yet."""


class Course:
    """The plugins of one document, and the addresses they want."""

    def __init__(self, steps: tuple[Step, ...], pending: Pending) -> None:
        self._steps = steps
        self._answers = {answer.asked: answer for answer in pending.answers}
        self._asked = pending.asked
        self._rounds = pending.rounds
        self._spent = pending.seconds
        self._began_at = perf_counter()
        self._used: dict[str, Answer] = {}
        self.wanted: dict[str, None] = {}

    def advance(self, stand: Progress) -> Progress:
        """Take an entry as far as it comes with the answers and the time that are there."""
        while not self.is_through(stand):
            took = perf_counter() - self._began_at
            step = self._steps[stand.step]
            if self._spent + took > MOST_SECONDS:
                late = f"{step.name}: {MOST_SECONDS:g} seconds were over before it was its turn"
                return replace(stand, skipped=(*stand.skipped, late), step=len(self._steps))
            if took > TURN:
                return stand
            try:
                stand = self._take(step, stand)
            except _WaitingError:
                return stand
            except PluginError as error:
                stand = replace(stand, skipped=(*stand.skipped, error.detail), step=stand.step + 1)
        return stand

    def is_through(self, stand: Progress) -> bool:
        """Whether nothing more is to be done with an entry."""
        return bool(stand.dropped_by) or stand.step >= len(self._steps)

    def pending(self, entries: tuple[Progress, ...]) -> Pending:
        """Return what must be kept until the wanted pages are there."""
        return Pending(
            entries=entries,
            answers=tuple(self._used.values()),
            asked=self._asked + len(self.wanted),
            rounds=self._rounds + bool(self.wanted),
            seconds=self._spent + perf_counter() - self._began_at,
        )

    def _take(self, step: Step, stand: Progress) -> Progress:
        if step.fault:
            return replace(stand, skipped=(*stand.skipped, step.fault), step=stand.step + 1)
        asked = stand.asked
        try:
            if step.enricher is None:
                assert step.filter is not None
                given: object = step.filter(stand.entry, step.feed)
            else:
                given, asked = self._enriched(step.enricher, step.feed, stand)
            after = _kept(stand, step.name, given)
        except _WaitingError:
            raise
        except Exception as error:
            raise failed(step.name, "filter" if step.filter else "enrich", error) from error
        return replace(after, step=stand.step + 1, asked=asked)

    def _enriched(
        self, enricher: Enricher, feed: FeedContext, stand: Progress
    ) -> tuple[object, int]:
        """Return what an enricher returns, and how many addresses the entry has asked for."""
        generator = enricher(stand.entry, feed)
        _require_generator(generator)
        used: list[Answer] = []
        try:
            asked = next(generator)
            while True:
                answer = self._answer(asked, stand.asked + len(used))
                used.append(answer)
                asked = generator.send(answer)
        except StopIteration as end:
            return end.value, stand.asked + len(used)
        except _WaitingError:
            self._used |= {answer.asked: answer for answer in used if answer.code != TOO_MUCH}
            raise
        finally:
            _close(generator)

    def _answer(self, asked: object, count: int) -> Answer:
        """Return the answer for an address; raises ``_WaitingError`` if there is none yet."""
        if not isinstance(asked, str):
            raise TypeError(f"it asked for {type(asked).__name__} instead of an address")
        if count >= _MOST_YIELDS:
            raise ValueError(f"it asked for {count} addresses and did not end")
        if asked in self._answers:
            return self._answers[asked]
        if count >= MOST_FOR_ENTRY or self._rounds >= MOST_ROUNDS:
            limit = MOST_FOR_ENTRY if count >= MOST_FOR_ENTRY else MOST_ROUNDS
            return Answer(asked=asked, code=TOO_MUCH, detail=f"{limit} for an entry")
        if asked not in self.wanted and self._asked + len(self.wanted) >= MOST_FOR_DOCUMENT:
            return Answer(asked=asked, code=TOO_MUCH, detail=f"{MOST_FOR_DOCUMENT} for a document")
        self.wanted[asked] = None
        raise _WaitingError


def steps_in(pipeline: Pipeline, feed: FeedContext) -> tuple[Step, ...]:
    """Return the steps in their order; a plugin that cannot be loaded is one that fails."""
    steps: list[Step] = []
    for use in pipeline.uses:
        context = replace(feed, params=use.params)
        try:
            found = steps_of(use.plugin)
        except PluginError as error:
            steps.append(Step(use.name, context, fault=error.detail))
            continue
        steps += [Step(use.name, context, filter=each) for each in found.filters]
        steps += [Step(use.name, context, enricher=each) for each in found.enrichers]
    return tuple(steps)


def _kept(stand: Progress, name: str, given: object) -> Progress:
    """Return how an entry stands after a step; its identity stays what its author made it."""
    if given is None:
        return replace(stand, dropped_by=name)
    if isinstance(given, Dropped):
        if not isinstance(given.reason, str):
            raise TypeError("its reason is no text")
        reason = given.reason.encode("utf-8", "replace").decode()
        return replace(stand, dropped_by=name, reason=" ".join(reason.split())[:_LONGEST_REASON])
    entry = sound(given, ParsedEntry)
    return replace(stand, entry=replace(entry, id=stand.entry.id, position=stand.entry.position))


def _require_generator(given: object) -> None:
    if not isgenerator(given):
        raise TypeError(f"it is no generator, and gave {type(given).__name__}")


def _close(generator: Generator[object, Answer, object]) -> None:
    with suppress(Exception):
        generator.close()
