"""Looks names up in threads that nobody waits for.

The system's resolver cannot be interrupted. libcurl asks it from twenty threads
and joins them all at the end, so a few dead name servers would hold up every
other name, and then the end of the run. Here a lookup that takes too long is
given up, and its thread is left to end by itself.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Final, TypeAlias

LookUp: TypeAlias = Callable[[str], tuple[str, ...]]
Then: TypeAlias = Callable[[tuple[str, ...] | None], None]

_MOST_ADDRESSES: Final = 16
_LOOPBACK: Final = ("127.0.0.1", "::1")


def look_up(host: str) -> tuple[str, ...]:
    """Return the addresses of a name, in the order of the system; none if it has none.

    Names under ``localhost`` are this machine's, whatever a name server says (RFC 6761, 6.3).
    """
    if host.rstrip(".").endswith(".localhost"):
        return _LOOPBACK
    try:
        # As bytes, for Python would refuse some names that others can look up.
        found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    addresses = dict.fromkeys(str(where[0]) for *_, where in found)
    return tuple(address for address in addresses if "%" not in address)[:_MOST_ADDRESSES]


class Resolver:
    """Finds the addresses of names, each once; gives a lookup up after ``patience`` seconds."""

    def __init__(self, *, patience: float, look_up: LookUp = look_up) -> None:
        self._patience = patience
        self._look_up = look_up
        self._loop = asyncio.get_running_loop()
        self._known: dict[str, tuple[str, ...]] = {}
        self._waiting: dict[str, list[Then]] = {}
        self._alarms: dict[str, asyncio.TimerHandle] = {}
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._threads = 0
        self._is_closed = False

    def find(self, host: str, then: Then) -> None:
        """Call ``then`` with the addresses of ``host``, or with ``None`` if it took too long.

        A name that has no address gives an empty tuple. What is known already
        is told at once.
        """
        if host in self._known:
            then(self._known[host])
            return
        if host in self._waiting:
            self._waiting[host].append(then)
            return
        self._waiting[host] = [then]
        self._alarms[host] = self._loop.call_later(self._patience, self._give_up, host)
        # One thread for each lookup under way; those that were given up do not count.
        if self._threads < len(self._waiting):
            self._threads += 1
            threading.Thread(target=self._work, name="resolver", daemon=True).start()
        self._queue.put(host)

    def close(self) -> None:
        """Let every thread end, now or when its lookup does."""
        self._is_closed = True
        for alarm in self._alarms.values():
            alarm.cancel()
        self._waiting.clear()
        for _ in range(self._threads):
            self._queue.put(None)

    def _work(self) -> None:
        while not self._is_closed and (host := self._queue.get()) is not None:
            addresses = self._look_up(host)
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._answer, host, addresses)

    def _answer(self, host: str, addresses: tuple[str, ...]) -> None:
        self._known[host] = addresses
        waiting = self._waiting.pop(host, None)
        if waiting is None:  # it was given up, and another thread took this one's place
            self._threads += 1
            return
        self._alarms.pop(host).cancel()
        for then in waiting:
            then(addresses)

    def _give_up(self, host: str) -> None:
        self._threads -= 1
        del self._alarms[host]
        for then in self._waiting.pop(host):
            then(None)
