"""Other processes that make pages for a run, each from the same plan and state file."""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, Pipe, wait
from typing import TYPE_CHECKING, Final, Self, TypeAlias, cast

from ecliptic.flows.cores import default_jobs
from ecliptic.flows.processes import start_own
from ecliptic.log import get_logger

if TYPE_CHECKING:
    from ecliptic.flows.edition import Plan
    from ecliptic.model.page import Page

log = get_logger(__name__)

Share: TypeAlias = range
"""Pages that one process makes, by their places among those that are shared out."""

Made: TypeAlias = tuple[list[bytes | None], dict[str, float]]
"""What a process answers for a share: bytes, or nothing where it failed; and its seconds."""

_MOST: Final = 4
"""Processes where the operator does not say: each has the modules, feeds and terms in memory."""

_PATIENCE: Final = 300.0
"""Seconds for an answer when nothing else is left to do; a share takes two at most."""

_AHEAD: Final = 2
"""Shares that a process has: one under way, and one for when that is done."""


class _Renderer:
    """Another process, and the shares that it was given and has not answered.

    It loads its modules, and then waits to be told what the pages are.
    """

    def __init__(self) -> None:
        self.given: deque[Share] = deque()
        self.connection, theirs = Pipe()
        # A file, as a pipe would have us wait for the reader.
        self._told = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``tell`` or ``end``
        with theirs:
            self.process = start_own(
                "ecliptic.flows.render_worker", theirs.fileno(), stdin=self._told
            )

    def tell(self, pages: bytes) -> None:
        """Say what the pages are; raises ``OSError``."""
        with self._told:
            self._told.write(pages)
        self.connection.send(None)

    def end(self) -> None:
        """End the process; it only reads, so at any moment."""
        self._told.close()
        self.connection.close()
        self.process.kill()
        self.process.wait()


class Renderers:
    """So many other processes; where they cannot be started, or end, there are fewer.

    With this process they are at most ``jobs``, and one a core for 0.
    """

    def __init__(self, jobs: int = 0) -> None:
        self._most: Final = (jobs or min(default_jobs(), _MOST)) - 1
        self._started: dict[Connection, _Renderer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for renderer in self._started.values():
            renderer.end()

    def __len__(self) -> int:
        return len(self._started)

    def start(self, number: int) -> None:
        """Have so many, if there may be; they get ready while this process goes on."""
        lacking = min(number, self._most) - len(self)
        try:
            for _ in range(lacking):
                renderer = _Renderer()
                self._started[renderer.connection] = renderer
        except OSError as error:
            log.warning("renderer_not_started detail=%s", error)
        if lacking > 0:
            log.info("renderers_started number=%d", len(self))

    def tell(self, plan: Plan, pages: Sequence[Page]) -> None:
        """Say what the pages are of which shares will be given."""
        told = pickle.dumps((plan, pages), pickle.HIGHEST_PROTOCOL)
        for renderer in tuple(self._started.values()):
            try:
                renderer.tell(told)
            except OSError:
                self._lose(renderer, deque())

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return any(renderer.given for renderer in self._started.values())

    def give(self, shares: deque[Share]) -> None:
        """Give each process as many shares as it may have, as long as there are any."""
        for renderer in tuple(self._started.values()):
            while shares and len(renderer.given) < _AHEAD:
                renderer.given.append(shares.popleft())
                try:
                    renderer.connection.send(renderer.given[-1])
                except OSError:
                    self._lose(renderer, shares)
                    break

    def answers(self, shares: deque[Share], *, waits: bool) -> Iterator[tuple[Share, Made]]:
        """Yield what has been made; what a process leaves undone goes back to ``shares``."""
        answered = wait(self._started, _PATIENCE if waits else 0)
        if waits and not answered:
            for renderer in tuple(self._started.values()):
                self._lose(renderer, shares)
        for connection in answered:
            renderer = self._started[cast("Connection", connection)]
            try:
                made: Made = renderer.connection.recv()
            except (EOFError, OSError):
                self._lose(renderer, shares)
            else:
                yield renderer.given.popleft(), made

    def _lose(self, renderer: _Renderer, shares: deque[Share]) -> None:
        shares.extendleft(reversed(renderer.given))
        del self._started[renderer.connection]
        renderer.end()
        log.warning("renderer_gone status=%s", renderer.process.returncode)
