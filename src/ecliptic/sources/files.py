"""Reading and replacing a configuration file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ecliptic.sources.findings import single

SIZE_LIMIT = 16_000_000
"""A list of 36,000 feeds takes 3 MB; what is five times larger is no configuration."""


def read(path: Path) -> bytes:
    """Return the bytes of a configuration, or say why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError as problem:
        raise single(path, "sources.missing_file", "there is no such file") from problem
    except IsADirectoryError as problem:
        raise single(
            path, "sources.unreadable", "this is a folder; name the configuration inside it"
        ) from problem
    except OSError as problem:
        raise single(
            path, "sources.unreadable", f"the file cannot be read: {problem.strerror}"
        ) from problem
    if len(data) > SIZE_LIMIT:
        raise single(path, "sources.too_large", f"the file is larger than {SIZE_LIMIT:,} bytes")
    return data


def require_absent(path: Path, *, force: bool = False) -> None:
    """Raise ``ConfigError`` for a file that is there and may not be replaced."""
    if path.exists() and not force:
        message = "there is such a file already, and it is left as it is; --force replaces it"
        raise single(path, "sources.exists", message)


def create(path: Path, text: str | bytes, *, force: bool = False) -> None:
    """Write a file that is not there yet; with ``force`` one that is there is replaced."""
    require_absent(path, force=force)
    if path.exists():
        replace(path, text)
        return
    try:
        with path.open("xb") as file:
            file.write(_bytes(text))
    except OSError as problem:
        raise single(
            path, "sources.unwritable", f"the file cannot be written: {problem.strerror}"
        ) from problem


def replace(path: Path, text: str | bytes) -> None:
    """Put ``text`` in the place of a file at once: a reader sees the old or the new one.

    The file keeps its mode and owner, and a symbolic link stays a link.
    """
    target = Path(os.path.realpath(path))
    try:
        _replace(target, _bytes(text))
    except OSError as problem:
        raise single(
            path, "sources.unwritable", f"the file cannot be written: {problem.strerror}"
        ) from problem


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _replace(target: Path, data: bytes) -> None:
    before = target.stat()
    import tempfile  # noqa: PLC0415 - most runs write no settings

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            with suppress(OSError):  # only root may give a file away
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(file.fileno(), before.st_mode & 0o7777)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable (rename(2) promises order, not presence on the disk)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
