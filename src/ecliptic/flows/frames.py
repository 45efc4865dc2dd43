"""Messages between a run and its workers: four bytes of length, then MessagePack."""

from __future__ import annotations

import socket
import struct
from typing import Final

HEADER: Final = struct.Struct(">I")


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message; the other side must be reading."""
    connection.sendall(HEADER.pack(len(message)) + message)


def receive(connection: socket.socket) -> bytes | None:
    """Wait for one message; ``None`` when the other side has gone."""
    header = _exactly(connection, HEADER.size)
    return None if header is None else _exactly(connection, HEADER.unpack(header)[0])


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        count = connection.recv_into(view)
        if not count:
            return None
        view = view[count:]
    return bytes(buffer)


class Inbox:
    """Collects one message from a socket that must not block."""

    def __init__(self) -> None:
        self._received = bytearray()

    def read(self, connection: socket.socket) -> bytes | None:
        """Take what has arrived; return the message once it is whole.

        Raises ``EOFError`` when the other side has gone.
        """
        chunk = connection.recv(1 << 20)
        if not chunk:
            raise EOFError
        self._received += chunk
        if len(self._received) < HEADER.size:
            return None
        (size,) = HEADER.unpack_from(self._received)
        if len(self._received) < HEADER.size + size:
            return None
        message = bytes(self._received[HEADER.size :])
        self._received.clear()
        return message
