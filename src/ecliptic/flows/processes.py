"""Further processes of a run: the same program, with the modules that this one finds."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import IO

from ecliptic.log import shown


def start_own(
    module: str, line: int, *arguments: str, stdin: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Run a module of ours with a file descriptor, ``line``, and arguments; raises ``OSError``.

    The last argument says what is logged. The process is in a group of its own: Ctrl-C is
    the run's to answer.
    """
    return subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-P", "-m", module, str(line), *arguments, str(shown())],
        pass_fds=[line],
        stdin=stdin,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        process_group=0,
    )
