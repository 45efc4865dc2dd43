"""The doors of a planet's topics: labels, the model, the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ecliptic.engine.planet import Planet
from ecliptic.store import run_lock

if TYPE_CHECKING:
    from ecliptic.flows.explaining import Explained
    from ecliptic.flows.reviewing import Answer, Applied, Labelled, Waiting
    from ecliptic.flows.teaching import Assessed, Taught
    from ecliptic.model.topic import Spoken

Steps = Callable[[int, int], None]
"""Called with the steps done and all there are."""


def _unseen(done: int, of: int) -> None:
    """Look away."""


class Topics:
    """What a planet knows of topics.

    Its methods raise ``UsageError`` when what they need is not installed or not there,
    and ``Busy`` while another run is at work where they write.

    >>> from ecliptic import Planet
    >>> from ecliptic.engine.topics import Topics
    >>> topics = Topics(Planet.open("examples/planet.toml", offline=True))
    """

    def __init__(self, planet: Planet) -> None:
        self._planet = planet

    def train(self, steps: Steps = _unseen) -> Taught:
        """Learn from what was kept and dropped, and write the model beside the state."""
        from ecliptic.flows.teaching import teach  # noqa: PLC0415 - scikit-learn, a second

        with self._planet.store() as store:
            store.subscribe(self._planet.site.subscriptions)
            return teach(self._planet.site, store, steps)

    def evaluate(self, steps: Steps = _unseen) -> Assessed:
        """Say how well a model does on labelled entries that it has not seen."""
        from ecliptic.flows.teaching import assess  # noqa: PLC0415 - see `train`

        with self._planet.store() as store:
            store.subscribe(self._planet.site.subscriptions)
            return assess(self._planet.site, store, steps)

    def explain(self, text: str) -> list[Explained]:
        """Tell the words that speak for and against the entries of a link or id."""
        from ecliptic.flows.explaining import explain  # noqa: PLC0415 - see `label`

        with self._planet.store() as store:
            store.subscribe(self._planet.site.subscriptions)
            return explain(self._planet.site, store, text)

    def leanings(self) -> tuple[Spoken, ...]:
        """Return the words that speak loudest in the model."""
        from ecliptic.flows.explaining import leanings  # noqa: PLC0415 - see `label`

        return leanings(self._planet.site)

    def label(self, answers: Sequence[Answer], steps: Steps = _unseen) -> Labelled:
        """Keep what is said of topics; the entries stand by it at once, pages when published."""
        from ecliptic.flows.reviewing import label  # noqa: PLC0415 - a run does not need it

        with self._lock("topics label"), self._planet.store() as store:
            site, now = self._planet.site, self._planet.now()
            return label(site, store, answers, now=now, steps=steps)

    def review(self, *, below: float | None = None, limit: int = 0) -> list[Waiting]:
        """Return the entries of the grey zone that nobody has labelled, the newest first."""
        from ecliptic.flows.reviewing import review  # noqa: PLC0415 - see `label`

        with self._planet.store() as store:
            store.subscribe(self._planet.site.subscriptions)
            return review(self._planet.site, store, below=below, limit=limit)

    def apply(self, *, dry_run: bool = False, steps: Steps = _unseen) -> Applied:
        """Judge all stored entries again; nothing is written on a ``dry_run``."""
        from ecliptic.flows.reviewing import apply  # noqa: PLC0415 - see `label`

        with self._lock("topics apply"), self._planet.store() as store:
            site, now = self._planet.site, self._planet.now()
            return apply(site, store, now=now, dry_run=dry_run, steps=steps)

    def _lock(self, command: str) -> AbstractContextManager[None]:
        return run_lock(self._planet.site.state, command=command, now=self._planet.now())
