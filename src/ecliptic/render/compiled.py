"""Templates in the form that Python runs, kept from run to run: to make it takes 0.1 s."""

from __future__ import annotations

import marshal
import os
import stat
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from jinja2.bccache import Bucket, BytecodeCache, bc_magic

from ecliptic import __version__

_DIGEST: Final = 32
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


class Compiled(BytecodeCache):
    """Code of templates in a folder that may be removed at any time.

    What stands there is run. So the folder must be ours, and nobody else's to write into;
    else, or when the disk refuses, templates are compiled anew. A file that was cut or
    changed, or made from another source or by another version, is not read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, if it is there as we wrote it."""
        if not self._is_ours():
            return
        try:
            written = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        code = written[_DIGEST:]
        if written[:_DIGEST] == _digest(bucket, code):
            bucket.code = marshal.loads(code)  # noqa: S302 - ours: see above

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template, whole or not at all."""
        code = marshal.dumps(bucket.code)
        with suppress(OSError):
            self._folder.mkdir(0o700, exist_ok=True)
            if self._is_ours():
                with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                    file.write(_digest(bucket, code) + code)
                Path(file.name).replace(self._folder / bucket.key)

    def _is_ours(self) -> bool:
        try:
            found = self._folder.lstat()
        except OSError:
            return False
        is_owned = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
        return stat.S_ISDIR(found.st_mode) and is_owned and not found.st_mode & _OTHERS


def _digest(bucket: Bucket, code: bytes) -> bytes:
    made_by = bc_magic + f"{__version__} {bucket.checksum}".encode()
    return blake2b(made_by + code, digest_size=_DIGEST).digest()
