"""The pages that have to be made, shared out among processes where they are many.

Another process reads the same state file and makes pages from the same plan, so it
matters to no page by whom it is made. Whatever happens to it, its pages are made here.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from multiprocessing.connection import Connection, Pipe, wait
from time import perf_counter
from typing import Final, Self, TypeAlias, cast

from ecliptic.errors import EclipticError
from ecliptic.flows.cores import default_jobs
from ecliptic.flows.edition import Edition, Plan
from ecliptic.flows.processes import start_own
from ecliptic.log import get_logger
from ecliptic.model.page import Page
from ecliptic.model.summary import FeedFailure, Summary

log = get_logger(__name__)

Share: TypeAlias = range
"""Pages that one process makes, by their places among those that are shared out."""

Made: TypeAlias = tuple[list[bytes | None], dict[str, float]]
"""What a process answers for a share: bytes, or nothing where it failed; and its seconds."""

_MOST: Final = 4
"""Processes where the operator does not say: each has the modules, feeds and terms in memory."""

_FEWEST: Final = 256
"""Pages for each other process; to begin, one takes as long as for some thirty."""

_SMALLEST, _LARGEST = 4, 32
"""Pages of a share: small at the end of few, so that no process waits for another."""

_AHEAD: Final = 2
"""Shares that a process has: one under way, and one for when that is done."""


class Rendering:
    """Makes the pages of an edition; a fault in one, unless it is the theme's, is counted."""

    def __init__(self, plan: Plan, edition: Edition, *, summary: Summary, jobs: int = 0) -> None:
        """Use up to so many processes, or one a core for 0; this one is among them."""
        self.edition = edition
        self._plan = plan
        self._summary = summary
        self._jobs = jobs or min(default_jobs(), _MOST)

    def made(self, pages: Sequence[Page]) -> Iterator[tuple[Page, bytes | None]]:
        """Yield each page with its bytes, in any order; without any, it stays as it was."""
        shared = [page for page in pages if _is_of_part(page)]
        others = min(self._jobs - 1, len(shared) // _FEWEST) if self._plan.site.state else 0
        if others:
            own = [page for page in pages if not _is_of_part(page)]
            yield from self._together(others, own, shared)
        else:
            for page in pages:
                yield page, self._render(page)
        self._summary.spend("templates", self.edition.theme.seconds)

    def _render(self, page: Page) -> bytes | None:
        start = perf_counter()
        try:
            return self.edition.render(page)
        except EclipticError:
            raise
        except Exception as error:
            log.exception("page_failed page=%s", page.path)
            self._summary.failures.append(
                FeedFailure(where=page.path, code="render.failed", detail=repr(error)[:200])
            )
            return None
        finally:
            self._summary.spend("render", perf_counter() - start)

    def _together(
        self, others: int, pages: Iterable[Page], shared: Sequence[Page]
    ) -> Iterator[tuple[Page, bytes | None]]:
        own, shares = deque(pages), deque(_shares(shared, 1 + others))
        with _Crew(self._plan, shared, others) as crew:
            while own or shares or crew.is_busy:
                crew.give(shares)
                for share, (bodies, seconds) in crew.answers(shares, waits=not (own or shares)):
                    for stage, spent in seconds.items():
                        self._summary.spend(stage, spent)
                    for page, body in zip((shared[at] for at in share), bodies, strict=True):
                        yield page, self._render(page) if body is None else body
                if shares and not own:
                    own.extend(shared[at] for at in shares.popleft())
                if own:  # one at a time, so that no process waits long until its answer is read
                    page = own.popleft()
                    yield page, self._render(page)


class _Worker:
    """Another process, and the shares that it was given and has not answered."""

    def __init__(self, plan: bytes) -> None:
        self.given: deque[Share] = deque()
        self.connection, theirs = Pipe()
        with theirs, tempfile.TemporaryFile() as file:  # a pipe would have us wait for the reader
            file.write(plan)
            file.seek(0)
            self.process = start_own("ecliptic.flows.render_worker", theirs.fileno(), stdin=file)

    def end(self) -> None:
        """End the process; it only reads, so at any moment."""
        self.connection.close()
        self.process.kill()
        self.process.wait()


class _Crew:
    """So many other processes; where they cannot be started, or end, there are fewer."""

    def __init__(self, plan: Plan, pages: Sequence[Page], size: int) -> None:
        self._plan = pickle.dumps((plan, pages), pickle.HIGHEST_PROTOCOL)
        self._size = size
        self._workers: dict[Connection, _Worker] = {}

    def __enter__(self) -> Self:
        try:
            for _ in range(self._size):
                worker = _Worker(self._plan)
                self._workers[worker.connection] = worker
        except OSError as error:
            log.warning("renderer_not_started detail=%s", error)
        log.info("renderers_started number=%d", len(self._workers))
        return self

    def __exit__(self, *raised: object) -> None:
        for worker in self._workers.values():
            worker.end()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(worker.given for worker in self._workers.values())

    def give(self, shares: deque[Share]) -> None:
        """Give each process as many shares as it may have, as long as there are any."""
        for worker in tuple(self._workers.values()):
            while shares and len(worker.given) < _AHEAD:
                worker.given.append(shares.popleft())
                try:
                    worker.connection.send(worker.given[-1])
                except OSError:
                    self._lose(worker, shares)
                    break

    def answers(self, shares: deque[Share], *, waits: bool) -> Iterator[tuple[Share, Made]]:
        """Yield what has been made; what a process leaves undone goes back to ``shares``."""
        for connection in wait(self._workers, None if waits else 0):
            worker = self._workers[cast("Connection", connection)]
            try:
                made: Made = worker.connection.recv()
            except (EOFError, OSError):
                self._lose(worker, shares)
            else:
                yield worker.given.popleft(), made

    def _lose(self, worker: _Worker, shares: deque[Share]) -> None:
        shares.extendleft(reversed(worker.given))
        del self._workers[worker.connection]
        worker.end()
        log.warning("renderer_gone status=%s", worker.process.returncode)


def _is_of_part(page: Page) -> bool:
    """Whether a page shows a part of the planet, and needs no list of all its pages."""
    return bool(page.stretch or page.term or page.feed_id or page.part)


def _shares(pages: Sequence[Page], jobs: int) -> Iterator[Share]:
    """Yield the shares, in the order of the pages: neighbours are made of the same entries."""
    size = max(_SMALLEST, min(_LARGEST, len(pages) // (16 * jobs)))
    start = 0
    for whole, group in groupby(pages, key=_made_at_once):
        end = start + sum(1 for _ in group)
        step = end - start if whole else size
        yield from (range(at, min(at + step, end)) for at in range(start, end, step))
        start = end


def _made_at_once(page: Page) -> object:
    """Return by what the files of the index of words are made, many at once."""
    part = page.part
    return (part.segment,) if part is not None and part.kind == "words" else None
