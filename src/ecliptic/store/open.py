"""From a path to a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecliptic.store.base import Store
from ecliptic.store.sqlite.reading import SqliteKnown
from ecliptic.store.sqlite.store import SqliteStore

if TYPE_CHECKING:
    from ecliptic.store.sqlite.asking import SqliteAsking


def open_store(path: str | Path) -> Store:
    """Open the state file, making or migrating it first where needed.

    Raises ``SchemaMismatch`` for a file of a newer version and ``StoreError``
    for one that is no state file or cannot be read and written.
    """
    return SqliteStore(Path(path))


def open_known(path: str | Path) -> SqliteKnown:
    """Open an existing state file for asking what is known, beside its one writer."""
    return SqliteKnown(Path(path))


def open_asking(path: str | Path, *, seconds: float) -> SqliteAsking:
    """Open an existing state file for answers to filters, which may take so long together."""
    from ecliptic.store.sqlite.asking import SqliteAsking  # noqa: PLC0415 - for a server alone

    return SqliteAsking(Path(path), seconds)
