"""What we published: which files are ours, and what each was made from."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from hashlib import blake2b
from os.path import islink
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.log import get_logger
from ecliptic.model.page import Artifact
from ecliptic.publish import durable
from ecliptic.publish.paths import above, parents

log = get_logger(__name__)

_VERSION: Final = 1
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG})


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we know of one published file.

    A file without ``fingerprint`` is ours, but what it holds is not known: it was
    to be replaced when a run was stopped, or somebody else has changed it.
    """

    stamp: str
    fingerprint: str
    size: int
    follows_clock: bool = False

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
        return msgspec.structs.replace(self, fingerprint="")


Marks = Mapping[str, Mark]


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    files: dict[str, Mark]


def save(path: str, marks: Marks) -> None:
    """Write the manifest of a site, whole or not at all."""
    manifest = _Manifest(version=_VERSION, files=dict(marks))
    durable.write_atomically(path, msgspec.json.encode(manifest))


class Standing(msgspec.Struct, frozen=True):
    """The files of ours that stand in a folder: their marks, and their inode numbers."""

    marks: dict[str, Mark] = {}
    inodes: dict[str, int] = {}


def load(path: str, folder: str) -> Standing:
    """Return which files of ours stand in ``folder``; one of another size is in doubt.

    Without a manifest, or with one that cannot be read, nothing is known: every
    page is then made again, which costs time and does no harm.
    """
    try:
        manifest = msgspec.json.decode(Path(path).read_bytes(), type=_Manifest)
    except FileNotFoundError:
        return Standing()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        log.warning("manifest_unreadable path=%s", path)
        return Standing()
    if manifest.version != _VERSION:
        log.warning("manifest_unusable path=%s", path)
        return Standing()
    return _standing(manifest.files, folder)


def _standing(marks: Marks, folder: str) -> Standing:
    # What stands behind a link is outside of the site, and not ours any more.
    linked = {path for path in parents(marks) if islink(f"{folder}/{path}")}  # noqa: PTH114 - many
    standing = Standing()
    for path, mark in marks.items():
        try:
            found = os.lstat(f"{folder}/{path}")
        except ValueError:  # not the name of any file: somebody else wrote the manifest
            continue
        except OSError as error:
            if error.errno in _ABSENT:
                continue
            raise
        if stat.S_ISREG(found.st_mode) and not (linked and linked.intersection(above(path))):
            standing.marks[path] = mark if found.st_size == mark.size else mark.in_doubt()
            standing.inodes[path] = found.st_ino
    return standing
