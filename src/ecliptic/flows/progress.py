"""What a flow tells whoever watches it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A watcher of a run; the command line draws it, a library user may ignore it."""

    def begin(self, stage: str, total: int) -> None:
        """Say that ``stage`` (``refresh``, ``publish``, ``filter``) starts, of ``total`` steps."""
        ...

    def feed_done(self, url: str, code: str, new: int) -> None:
        """Say that a feed was checked: the ledger's code, and how many entries are new."""
        ...

    def page_done(self, path: str) -> None:
        """Say that a page was looked at, or the entries of a feed were."""
        ...

    def end(self, stage: str) -> None:
        """Say that ``stage`` is over."""
        ...


class Silent:
    """A watcher that looks away."""

    def begin(self, stage: str, total: int) -> None:
        """Look away."""

    def feed_done(self, url: str, code: str, new: int) -> None:
        """Look away."""

    def page_done(self, path: str) -> None:
        """Look away."""

    def end(self, stage: str) -> None:
        """Look away."""
