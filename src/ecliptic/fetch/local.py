"""Feeds that are files of this machine.

Only a request that the operator's own configuration made comes here: its
``access`` says so, and no redirect, page or list of feeds can.
"""

from __future__ import annotations

import os
import stat
from time import perf_counter
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from ecliptic.fetch.target import Target
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request

FILE: Final = "file"


def local_target(url: str) -> Target:
    """Return a file as the place of a request: each is a host of its own, and waits for none."""
    return Target(url, FILE, url, 0)


def read_local(request: Request, *, max_bytes: int) -> Outcome:
    """Read a file, unless its time and size are what they were at the last check."""
    start = perf_counter()
    try:
        # A pipe or a device must not hold us up before we can see what it is.
        file = os.open(unquote(urlsplit(request.url).path), os.O_RDONLY | os.O_NONBLOCK)
        try:
            outcome = _read(file, request, max_bytes)
        finally:
            os.close(file)
    except (OSError, ValueError) as error:
        outcome = _failed(request, "fetch.file", getattr(error, "strerror", None) or str(error))
    return msgspec.structs.replace(outcome, seconds=perf_counter() - start)


def _read(file: int, request: Request, max_bytes: int) -> Outcome:
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        return _failed(request, "fetch.file", "it is no regular file")
    mark = f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    if request.etag == mark:
        return NotModified(url=request.url, etag=mark)
    with open(file, "rb", closefd=False) as reader:
        body = reader.read(max_bytes + 1)
    if len(body) > max_bytes:
        return _failed(request, "fetch.too_large", "the document")
    return Fetched(url=request.url, body=body, etag=mark, received=len(body))


def _failed(request: Request, code: str, detail: str) -> Failed:
    return Failed(url=request.url, code=code, detail=detail)
