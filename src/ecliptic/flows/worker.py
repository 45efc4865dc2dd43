"""A process that refines documents: it reads strangers' bytes, so it may be killed at any time.

Started by ``flows.crew`` as ``python -m ecliptic.flows.worker FD STATE LEVEL``. It
ends when the run that started it ends, however that ends.
"""

from __future__ import annotations

import gc
import resource
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.flows import frames
from ecliptic.flows.job import Job, Refined, failed_change, failure_of
from ecliptic.flows.refine import refine
from ecliptic.log import show
from ecliptic.store import open_known

_MOST_MEMORY: Final = 2 << 30
"""Bytes of address space; more than any document within our limits needs."""

_RARELY: Final = 50_000
"""Objects made between two looks for garbage; records and trees of documents have no cycles."""

_LONGEST: Final = 60
"""Seconds for a document; the run ends its workers far earlier, unless it was killed itself."""


def main() -> None:
    """Answer jobs until the run closes its end."""
    show(int(sys.argv[3]))
    sys.stdout = sys.stderr  # a plugin may print; what the run prints may be read by a program
    connection = socket.socket(fileno=int(sys.argv[1]))
    known = open_known(Path(sys.argv[2]))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    gc.freeze()
    gc.set_threshold(_RARELY)
    decode = msgspec.msgpack.Decoder(Job).decode
    encode = msgspec.msgpack.Encoder().encode
    frames.send(connection, b"")  # ready
    while (message := frames.receive(connection)) is not None:
        job = decode(message)
        signal.alarm(_LONGEST)
        try:
            answer = refine(job, known)
        except (Exception, MemoryError) as error:  # noqa: BLE001 - one feed never stops the others
            failure = failure_of(job, "parse.crash", f"{type(error).__name__}: {error}"[:300])
            answer = Refined(change=failed_change(job, failure), seconds={})
        signal.alarm(0)
        frames.send(connection, encode(answer))


if __name__ == "__main__":
    main()
