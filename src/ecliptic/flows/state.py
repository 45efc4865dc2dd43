"""What all pages depend on that show something stored."""

from __future__ import annotations

from ecliptic.store import Store


def state_of(store: Store) -> str:
    """Return a mark of what pages can show, which moves when that does."""
    return f"{store.birth()} {store.revision()}"
