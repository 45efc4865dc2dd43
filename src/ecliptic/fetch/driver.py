"""Runs libcurl's transfers inside an asyncio loop.

libcurl's sockets wait in a selector of their own, and the loop watches that
selector as one descriptor: an event then costs no handle and no turn of the
loop, and a timer that moves costs nothing at all. docs/adr/0004 has the figures.
"""

from __future__ import annotations

import asyncio
import resource
import selectors
from collections.abc import Callable
from typing import Final

import pycurl

_READ: Final = selectors.EVENT_READ
_WRITE: Final = selectors.EVENT_WRITE
# libcurl names the directions by the same bits as the selectors module.
assert (pycurl.POLL_IN, pycurl.POLL_OUT, pycurl.POLL_INOUT) == (_READ, _WRITE, _READ | _WRITE)
assert (pycurl.CSELECT_IN, pycurl.CSELECT_OUT) == (_READ, _WRITE)

_MOST_ROUNDS: Final = 8


def kept_connections(connections: int) -> int:
    """Return how many connections stay open for the next request to their hosts.

    Of what this process may open, half is left for all else.
    """
    may_open, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(connections, min(4 * connections, may_open // 2))


class Driver:
    """Moves every transfer that is added to it; ``on_done`` hears of each end.

    ``on_done(curl, code, text)`` is called with libcurl's code, 0 for success,
    after the transfer left the driver.
    """

    def __init__(
        self, on_done: Callable[[pycurl.Curl, int, str], None], *, connections: int
    ) -> None:
        self._on_done = on_done
        self._loop = asyncio.get_running_loop()
        self._selector = selectors.DefaultSelector()
        self._watched: dict[int, int] = {}
        self._deadline: float | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, kept_connections(connections))
        self._loop.add_reader(self._selector, self._on_ready)

    def add(self, curl: pycurl.Curl) -> None:
        """Take a transfer in; it starts at the next ``kick``."""
        self._multi.add_handle(curl)

    def remove(self, curl: pycurl.Curl) -> None:
        """Drop a transfer that has not ended."""
        self._multi.remove_handle(curl)

    def kick(self) -> None:
        """Do what is due: begin what was added, end what ran out of time."""
        for _ in range(_MOST_ROUNDS):
            if self._deadline is None or self._deadline > self._loop.time():
                break
            self._deadline = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._collect()
        self._set_alarm()

    def close(self) -> None:
        """Close all connections; transfers must have ended or been removed."""
        self._loop.remove_reader(self._selector)
        if self._alarm is not None:
            self._alarm.cancel()
        self._multi.close()
        self._selector.close()

    def _on_ready(self) -> None:
        for key, events in self._selector.select(0):
            self._multi.socket_action(key.fd, events)
        self.kick()

    def _collect(self) -> None:
        _, succeeded, failed = self._multi.info_read()
        for curl in succeeded:
            self._multi.remove_handle(curl)
            self._on_done(curl, 0, "")
        for curl, code, text in failed:
            self._multi.remove_handle(curl)
            self._on_done(curl, code, text)

    def _watch(self, events: int, descriptor: int, _multi: pycurl.CurlMulti, _own: object) -> None:
        if events == pycurl.POLL_REMOVE:
            if self._watched.pop(descriptor, 0):
                self._selector.unregister(descriptor)
        elif events == pycurl.POLL_NONE:
            pass
        elif self._watched.get(descriptor):
            self._selector.modify(descriptor, events)
            self._watched[descriptor] = events
        else:
            self._selector.register(descriptor, events)
            self._watched[descriptor] = events

    def _set_timer(self, milliseconds: int) -> None:
        self._deadline = None if milliseconds < 0 else self._loop.time() + milliseconds / 1000

    def _set_alarm(self) -> None:
        # An alarm that rings too early is harmless and rarer than a timer that moves.
        if self._deadline is None:
            return
        if self._alarm is not None:
            if self._alarm.when() <= self._deadline:
                return
            self._alarm.cancel()
        self._alarm = self._loop.call_at(self._deadline, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self.kick()
