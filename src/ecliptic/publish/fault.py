"""What the disk refused, in words that name the place and the remedy."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ecliptic.errors import PublishError
from ecliptic.model.codes import words

_CODES: Final = {
    errno.ENOSPC: "publish.no_space",
    errno.EDQUOT: "publish.no_space",
    errno.EFBIG: "publish.too_large",
    errno.EACCES: "publish.not_permitted",
    errno.EPERM: "publish.not_permitted",
    errno.EROFS: "publish.read_only",
    errno.ENOTDIR: "publish.in_the_way",
    errno.EISDIR: "publish.in_the_way",
    errno.ENOTEMPTY: "publish.in_the_way",
    errno.EEXIST: "publish.in_the_way",
}


def fault(code: str, **params: str) -> PublishError:
    """Return the error for ``code``, worded; ``params`` say where."""
    return PublishError(code, words(code, params), **params)


@contextmanager
def disk_faults(where: str) -> Iterator[None]:
    """Turn whatever the operating system refuses into a ``PublishError``."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "publish.failed")
        path = str(error.filename2 or error.filename or where)
        reason = error.strerror or str(error)
        raise fault(code, where=where, path=path, detail=reason) from error
