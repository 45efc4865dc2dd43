"""Which paths a site may have, and in which order files take their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from ecliptic.publish.fault import fault

# Kept for ourselves in a plain folder whose parent cannot hold our state.
OWN_FOLDER: Final = ".ecliptic"

# Segments are neither "." nor "..", and at most 255 bytes (NAME_MAX); 1,024 leaves
# room for the folder in front (PATH_MAX is 4,096).
_SEGMENT: Final = r"(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f\ud800-\udfff]+"
_PATH: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_MAX_SEGMENT: Final = 255
_MAX_PATH: Final = 1024


def is_safe(path: str) -> bool:
    """Whether ``path`` is relative, stays inside the site and can be a file's name."""
    if not _PATH.fullmatch(path) or path.partition("/")[0] == OWN_FOLDER:
        return False
    if len(path) * 4 <= _MAX_SEGMENT:
        return True
    return len(path.encode()) <= _MAX_PATH and all(
        len(segment.encode()) <= _MAX_SEGMENT for segment in path.split("/")
    )


def checked(paths: Collection[str]) -> frozenset[str]:
    """Return ``paths`` as a set; raise ``PublishError`` for one that no site can have."""
    wanted = frozenset(paths)
    for path in wanted:
        if not is_safe(path):
            raise fault("publish.bad_path", path=path)
    for path in wanted:
        for folder in above(path):
            if folder in wanted:
                raise fault("publish.path_conflict", path=folder, inside=path)
    return wanted


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
