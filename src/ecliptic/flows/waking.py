"""What time decides about stored entries: those that were hidden until now."""

from __future__ import annotations

from datetime import datetime

from ecliptic.log import get_logger
from ecliptic.store import Store

log = get_logger(__name__)


def wake(store: Store, now: datetime) -> set[int]:
    """Show the entries that were hidden until a time that has come; return the feeds' ids."""
    due = store.waiting(now)
    if due:
        from ecliptic.decide import woken  # noqa: PLC0415 - at most publishings none is due

        store.amend([woken(entry, now) for entry in due], now)
        log.info("entries_woken count=%d", len(due))
    return {entry.feed_id for entry in due}
