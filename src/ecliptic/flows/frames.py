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
    """Collects messages from a socket that must not block."""

    def __init__(self) -> None:
        self._received = bytearray()

    def read(self, connection: socket.socket) -> list[bytes]:
        """Take what has arrived; return the messages that are whole now.

        Raises ``EOFError`` when the other side has gone.
        """
        chunk = connection.recv(1 << 20)
        if not chunk:
            raise EOFError
        self._received += chunk
        messages = []
        while (message := self._next()) is not None:
            messages.append(message)
        return messages

    def _next(self) -> bytes | None:
        if len(self._received) < HEADER.size:
            return None
        end = HEADER.size + HEADER.unpack_from(self._received)[0]
        if len(self._received) < end:
            return None
        with memoryview(self._received) as received:
            message = bytes(received[HEADER.size : end])
        del self._received[:end]
        return message
