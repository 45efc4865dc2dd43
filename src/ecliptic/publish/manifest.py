"""What we published: which files are ours, and what each was made from.

The manifest also remembers when a name in each folder moved last. Where none has since, the
files are believed to stand as they did: asking for each takes a third of a small change.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from os.path import islink
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec
from msgspec.structs import replace

from ecliptic.log import get_logger
from ecliptic.model.page import Artifact
from ecliptic.publish import durable
from ecliptic.publish.paths import above, parents

log = get_logger(__name__)

_VERSION: Final = 1
_HEAD: Final = re.compile(rb'\{"version":1,"made_from":"([ !#-\[\]-~]*)"')
_LONGEST_HEAD: Final = 1_000
_BYTES_OF_FILE: Final = 150
"""That the manifest of a large site has for each."""
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we know of one published file.

    A file without ``fingerprint`` is ours, but what it holds is not known: it was
    to be replaced when a run was stopped, or somebody else has changed it. ``inode`` is its
    number in the folder where it stands, 0 where that is not known.
    """

    stamp: str
    fingerprint: str
    size: int
    follows_clock: bool = False
    inode: int = 0

    @classmethod
    def of(cls, artifact: Artifact) -> Mark:
        """Return the mark of a page just rendered."""
        return cls(
            stamp=artifact.stamp,
            fingerprint=blake2b(artifact.body, digest_size=16).hexdigest(),
            size=len(artifact.body),
            follows_clock=artifact.follows_clock,
        )

    def in_doubt(self) -> Mark:
        """Return the mark of the same file when its contents are not known any more."""
        return replace(self, fingerprint="")


Marks = Mapping[str, Mark]


class Origin(msgspec.Struct, frozen=True):
    """What the maker of a site says of it, for its next run to compare.

    ``sections`` has the stamp of each group of pages that are as they should be.
    """

    made_from: str = ""
    sections: Mapping[str, str] = {}


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``folders`` says when names in them moved (ns), and ``root`` which folder they are in.

    What ``glimpse`` reads comes first.
    """

    version: int
    made_from: str = ""
    files: dict[str, Mark]
    sections: Mapping[str, str] = {}
    root: tuple[int, int] = (0, 0)
    folders: Mapping[str, int] = {}


class Standing(msgspec.Struct, frozen=True):
    """The files of ours that stand in a folder, by their marks.

    Some may only be believed to (``is_believed``): in ``folders``, by when names in them had
    moved as the files were seen, 0 where that was after the manifest was saved, perhaps in this
    very moment. ``origin`` is what their maker said of them.
    """

    marks: Marks = {}
    origin: Origin = Origin()
    is_believed: bool = False
    folders: Mapping[str, int] = {}


def save(
    path: str,
    marks: Marks,
    origin: Origin = Origin(),  # noqa: B008 - frozen
    *,
    root: tuple[int, int] = (0, 0),
    folders: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Write the manifest of a site, whole or not at all; ``save_of`` has what is to be believed."""
    manifest = _Manifest(
        version=_VERSION,
        made_from=origin.made_from,
        files=dict(marks),
        sections=dict(origin.sections),
        root=root,
        folders=dict(folders),
    )
    durable.write_atomically(path, msgspec.json.encode(manifest))


def save_of(
    folder: str,
    path: str,
    marks: dict[str, Mark],
    origin: Origin,
    *,
    moved: Iterable[str],
    folders: Mapping[str, int],
) -> None:
    """Write the manifest of a ``folder`` in which all of this stands, to be believed.

    ``moved`` are the files that have other inodes than their marks say, and ``folders`` says
    when names moved in each that files need.
    """
    inodes = {file: os.lstat(f"{folder}/{file}").st_ino for file in moved}
    files = marks | {file: replace(marks[file], inode=inode) for file, inode in inodes.items()}
    save(path, files, origin, root=_root(folder), folders=folders)


def when_moved(folder: str, paths: Iterable[str]) -> dict[str, int]:
    """Return when a name moved last in each of the folders in ``folder``, in ns.

    It is 0 for one that is none. The time is that of the folder's inode: unlike that of its
    contents, no tool sets it back.
    """
    return {path: _when_moved(folder, path) for path in paths}


def glimpse(path: str | Path) -> tuple[int, str]:
    """Return about how many files a manifest has and what they were made from, at a small price.

    Where that cannot be told, it says that there are none.
    """
    try:
        with Path(path).open("rb") as file:
            head = _HEAD.match(file.read(_LONGEST_HEAD))
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return 0, ""
    return (size // _BYTES_OF_FILE, head[1].decode()) if head else (0, "")


def load(path: str, folder: str) -> Standing:
    """Return which files of ours stand in ``folder``; one of another size is in doubt.

    Only those that cannot be believed to stand are looked at. Without a manifest, or with one
    that cannot be read, nothing is known: every page is then made again, which costs time and
    does no harm.
    """
    try:
        saved_at = Path(path).stat().st_mtime_ns
        manifest = msgspec.json.decode(Path(path).read_bytes(), type=_Manifest)
    except FileNotFoundError:
        return Standing()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        log.warning("manifest_unreadable path=%s", path)
        return Standing()
    if manifest.version != _VERSION:
        log.warning("manifest_unusable path=%s", path)
        return Standing()
    origin = Origin(manifest.made_from, manifest.sections)
    if not manifest.folders:
        return Standing(seen(manifest.files, folder), origin)
    moved_at = when_moved(folder, manifest.folders)
    untouched = _untouched(manifest, folder, moved_at, saved_at)
    is_whole = len(untouched) == len(moved_at)
    return Standing(
        manifest.files if is_whole else seen(manifest.files, folder, untouched),
        origin,
        is_believed=bool(untouched),
        folders={path: at if at < saved_at else 0 for path, at in moved_at.items()},
    )


def _untouched(
    manifest: _Manifest, folder: str, moved_at: Mapping[str, int], saved_at: int
) -> set[str]:
    """Return the folders in which no name moved since the manifest was saved, nor above them.

    A name that moved at the moment of saving, as clocks of file systems tell it, would not
    be seen: such a folder is not believed.
    """
    found: set[str] = set()
    if _root(folder) != manifest.root:
        return found
    for path, at in moved_at.items():  # the outer ones first
        is_below = not path or path.rpartition("/")[0] in found
        if is_below and 0 < at < saved_at and manifest.folders.get(path) == at:
            found.add(path)
    return found


def _root(folder: str) -> tuple[int, int]:
    """Return what tells a folder from a copy of it."""
    try:
        found = os.lstat(folder)
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _when_moved(folder: str, path: str) -> int:
    try:
        found = os.lstat(f"{folder}/{path}" if path else folder)
    except (OSError, ValueError):
        return 0
    return found.st_ctime_ns if stat.S_ISDIR(found.st_mode) else 0


def seen(marks: Marks, folder: str, untouched: Collection[str] = ()) -> dict[str, Mark]:
    """Return the marks of files that are there, outside of ``untouched`` folders by a look."""
    # What stands behind a link is outside of the site, and not ours any more.
    linked = {path for path in parents(marks) if islink(f"{folder}/{path}")}  # noqa: PTH114 - many
    found: dict[str, Mark] = {}
    for path, mark in marks.items():
        if path.rpartition("/")[0] in untouched:
            found[path] = mark
            continue
        try:
            file = os.lstat(f"{folder}/{path}")
        except ValueError:  # not the name of any file: somebody else wrote the manifest
            continue
        except OSError as error:
            if error.errno in _ABSENT:
                continue
            raise
        if stat.S_ISREG(file.st_mode) and not (linked and linked.intersection(above(path))):
            known = mark if file.st_size == mark.size else mark.in_doubt()
            is_same = file.st_ino == mark.inode
            found[path] = known if is_same else replace(known, inode=file.st_ino)
    return found
