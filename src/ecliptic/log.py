"""One way to a logger.

Nothing is shown until somebody asks: a program that uses us by configuring
``logging``, an operator by ``--verbose``. What matters to a reader of the
summary is in the summary.
"""

from __future__ import annotations

import logging
from typing import Final

_OURS: Final = logging.getLogger("ecliptic")
_OURS.addHandler(logging.NullHandler())


def get_logger(name: str) -> logging.Logger:
    """Return the logger of a module; events are ``noun_pasttense key=value``."""
    return logging.getLogger(name)


def show(level: int) -> None:
    """Write the events of ``level`` and above to stderr, a line each; 0 is none."""
    if not level:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S"))
    _OURS.addHandler(handler)
    _OURS.setLevel(level)


def shown() -> int:
    """Return the level that ``show`` was asked for; a worker is started with that of its run."""
    return _OURS.level
