"""A process that makes pages for a run: it reads the state file, and writes nothing.

Started by ``flows.renderers`` as ``python -m ecliptic.flows.render_worker FD LEVEL``, with
the plan and the pages in the file that is its stdin, once it is told that they are there. It
ends when the run does, however that ends.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from time import perf_counter
from typing import TYPE_CHECKING

from ecliptic.errors import EclipticError
from ecliptic.flows.edition import Edition, Plan
from ecliptic.log import show
from ecliptic.model.page import Page
from ecliptic.store import open_store

if TYPE_CHECKING:
    from ecliptic.flows.renderers import Made


def main() -> None:
    """Make the pages that the run asks for, until it closes its end."""
    show(int(sys.argv[2]))
    sys.stdout = sys.stderr  # what the run prints may be read by a program
    # The run sees that it ended, and makes its pages; it meets the same fault and tells of it.
    with suppress(EOFError, OSError, EclipticError), Connection(int(sys.argv[1])) as connection:
        connection.recv()
        sys.stdin.buffer.seek(0)
        read: tuple[Plan, Sequence[Page]] = pickle.load(sys.stdin.buffer)  # noqa: S301 - by the run
        plan, pages = read
        with open_store(plan.site.state) as store:
            edition = Edition(plan, store)
            while True:
                share: range = connection.recv()
                connection.send(_made(edition, [pages[place] for place in share]))


def _made(edition: Edition, pages: Sequence[Page]) -> Made:
    """Make pages; what fails is tried again by the run, which tells why."""
    start, before = perf_counter(), edition.theme.seconds
    bodies: list[bytes | None] = []
    for page in pages:
        try:
            bodies.append(edition.render(page))
        except Exception:  # noqa: BLE001 - see above
            bodies.append(None)
    spent = {
        "render": perf_counter() - start,
        "templates": edition.theme.seconds - before,
    }
    return bodies, spent


if __name__ == "__main__":
    main()
