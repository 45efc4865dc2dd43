"""Which paths a site may have, and in which order files take their places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath

from ecliptic.model.paths import is_safe
from ecliptic.publish.fault import fault


def checked(paths: Collection[str]) -> frozenset[str]:
    """Return ``paths`` as a set; raise ``PublishError`` for one that no site can have."""
    wanted = frozenset(paths)
    for path in wanted:
        if not is_safe(path):
            raise fault("publish.bad_path", path=path)
    if wanted.isdisjoint(parents(wanted)):
        return wanted
    path, folder = next((path, up) for path in wanted for up in above(path) if up in wanted)
    raise fault("publish.path_conflict", path=folder, inside=path)


def above(path: str) -> Iterator[str]:
    """Yield the folders that ``path`` stands in, from the inside out, without the root."""
    while path := path.rpartition("/")[0]:
        yield path


def parents(paths: Iterable[str]) -> set[str]:
    """Return every folder that ``paths`` need, without the root."""
    innermost = {path.rpartition("/")[0] for path in paths} - {""}
    return innermost.union(*(above(folder) for folder in innermost))


def in_order(paths: Iterable[str]) -> list[str]:
    """Return ``paths`` so that no page comes before what it points to.

    Assets first, then pages, then feeds, and the front page last.
    """
    return sorted(paths, key=lambda path: (_rank(path), path))


def _rank(path: str) -> int:
    if path == "index.html":
        return 3
    extension = PurePosixPath(path).suffix
    return {".html": 1, ".xml": 2, ".json": 2, ".opml": 2, ".rdf": 2}.get(extension, 0)
