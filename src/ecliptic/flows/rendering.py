"""The pages that have to be made, shared out among processes where they are many.

It matters to no page by which process it is made. Whatever happens to another one, its
pages are made here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from time import perf_counter
from typing import Final

from msgspec.structs import replace

from ecliptic.errors import EclipticError
from ecliptic.flows.edition import Edition, Plan
from ecliptic.flows.renderers import Renderers, Share
from ecliptic.log import get_logger
from ecliptic.model.page import Page
from ecliptic.model.summary import FeedFailure, Summary

log = get_logger(__name__)

_FEWEST: Final = 256
"""Pages for each other process; to begin, one takes as long as for some thirty."""

_SMALLEST, _LARGEST = 4, 32
"""Pages of a share: small at the end of few, so that no process waits for another."""


class Rendering:
    """Makes the pages of an edition; a fault in one, unless it is the theme's, is counted."""

    def __init__(
        self, plan: Plan, edition: Edition, *, renderers: Renderers, summary: Summary
    ) -> None:
        """Have ``renderers`` help, those that are ready and more where many pages move."""
        self.edition = edition
        self._renderers = renderers
        self._summary = summary
        # What all days and terms are counted for is no page of a part.
        self._plan = replace(plan, days=(), terms=())

    def made(self, pages: Sequence[Page]) -> Iterator[tuple[Page, bytes | None]]:
        """Yield each page with its bytes, in any order; without any, it stays as it was."""
        shared = [page for page in pages if _is_of_part(page)]
        self._renderers.start(len(shared) // _FEWEST)
        if self._renderers and shared:
            own = [page for page in pages if not _is_of_part(page)]
            yield from self._together(own, shared)
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
        self, pages: Iterable[Page], shared: Sequence[Page]
    ) -> Iterator[tuple[Page, bytes | None]]:
        renderers = self._renderers
        own, shares = deque(pages), deque(_shares(shared, 1 + len(renderers)))
        renderers.tell(self._plan, shared)
        while own or shares or renderers.is_busy:
            renderers.give(shares)
            for share, (bodies, seconds) in renderers.answers(shares, waits=not (own or shares)):
                for stage, spent in seconds.items():
                    self._summary.spend(stage, spent)
                for page, body in zip((shared[at] for at in share), bodies, strict=True):
                    yield page, self._render(page) if body is None else body
            if shares and not own:
                own.extend(shared[at] for at in shares.popleft())
            if own:  # one at a time, so that no process waits long until its answer is read
                page = own.popleft()
                yield page, self._render(page)


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
