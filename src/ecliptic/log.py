"""One way to a logger."""

from __future__ import annotations

import logging


def get_logger(name: str) -> logging.Logger:
    """Return the logger of a module; events are ``noun_pasttense key=value``."""
    return logging.getLogger(name)
