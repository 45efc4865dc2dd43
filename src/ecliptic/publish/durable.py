"""Writing so that a crash, or the loss of power, finds the old file or the new one."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_FILE_MODE: Final = 0o644
_FOLDER_MODE: Final = 0o755


def write_new(path: str, body: bytes) -> None:
    """Write a file that is not there yet; the disk is told to begin, not waited for."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _FILE_MODE)
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(descriptor, left) :]
        _begin_writeback(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: str, body: bytes) -> None:
    """Put ``body`` in the place of ``path``: a reader finds the old bytes or the new."""
    beside = waiting(path)
    beside.unlink(missing_ok=True)
    try:
        write_new(str(beside), body)
        sync(str(beside))
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(str(beside.parent))


def waiting(path: str | Path) -> Path:
    """Return where ``write_atomically`` writes first; a run that is killed leaves it."""
    return Path(f"{path}.new")


def sync(path: str) -> None:
    """Wait until a file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: str) -> None:
    """Wait until a folder's names are on the disk, where its file system can say so."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and FUSE file systems know no fsync of a folder (fsync(2), EINVAL).
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}:
            raise
    finally:
        os.close(descriptor)


def make_folder(path: str | Path) -> None:
    """Make a folder, with those above it; one that stands is left as it is."""
    Path(path).mkdir(_FOLDER_MODE, parents=True, exist_ok=True)


def _begin_writeback(descriptor: int) -> None:
    # Files written one by one and then synced in turn wait for the disk together:
    # 1,000 of them took 80 ms so, 180 ms without this line, 350 ms with a sync each.
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
