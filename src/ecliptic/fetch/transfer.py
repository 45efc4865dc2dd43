"""One curl handle: asks for one address at a time and holds its answer."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pycurl

from ecliptic.fetch.answer import read_fields
from ecliptic.fetch.coding import BadCodingError, TooLargeError, Unpacker
from ecliptic.fetch.guard import Guard
from ecliptic.fetch.job import Job
from ecliptic.fetch.options import Options, Route
from ecliptic.fetch.target import Target
from ecliptic.model.site import FetchSettings

_MOST_HEAD_BYTES: Final = 64 * 1024
_MOST_ERROR_BYTES: Final = 64 * 1024
_BLANK: Final = (b"\r\n", b"\n")
LARGE_HEAD: Final = ("fetch.too_large", "the head of the answer")
LARGE_BODY: Final = ("fetch.too_large", "the document")
"""The code and detail of an answer of which we had enough."""


class SocketAddress(NamedTuple):
    """What libcurl is about to connect to."""

    family: int
    socktype: int
    protocol: int
    addr: tuple[str, int]


class Transfer:
    """A handle of the pool, with the options that never change set once.

    ``route`` is the proxy between us and the target, if there is one.
    """

    def __init__(
        self, settings: FetchSettings, guard: Guard, constants: Options, route: Route | None
    ) -> None:
        self.curl = pycurl.Curl()
        self.route = route
        self.job: Job
        self.is_started = False
        self.refused = ""
        self._settings = settings
        self._permits: Callable[[str], bool] = guard.permits
        self._fields: Any = constants[pycurl.HTTPHEADER]
        self._sockets: list[socket.socket] = []
        self._has_credentials = self._has_validators = self._is_fresh = False
        self._begin_answer()
        for option, value in constants.items():
            self.curl.setopt(option, value)
        self.curl.setopt(pycurl.HEADERFUNCTION, self._on_header)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._on_body)
        self.curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def start(self, addresses: tuple[str, ...] = ()) -> None:
        """Ask for ``job.target``, at ``addresses`` if its host is a name or behind a proxy.

        What is left of the job's time is the limit.
        """
        self.is_started = True
        job, curl = self.job, self.curl
        curl.setopt(pycurl.URL, job.target.url)
        if self.route is not None:
            # The operator chose the proxy, and nothing else is connected to.
            self._permits = addresses.__contains__
        place = self.route or job.target
        if addresses and place.is_named:
            curl.setopt(pycurl.RESOLVE, [_cache_entry(place, addresses)])
        remaining = self._settings.timeout - job.seconds
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int(remaining * 1000)))
        if job.is_retry != self._is_fresh:
            curl.setopt(pycurl.FRESH_CONNECT, int(job.is_retry))
            self._is_fresh = job.is_retry
        validators = job.validators()
        job.is_conditional = bool(validators)
        if validators or self._has_validators:
            curl.setopt(pycurl.HTTPHEADER, [*self._fields, *validators])
            self._has_validators = bool(validators)
        if job.target.credentials:
            curl.setopt(pycurl.USERPWD, job.target.credentials.encode())
            self._has_credentials = True
        elif self._has_credentials:
            curl.unsetopt(pycurl.USERPWD)
            self._has_credentials = False

    def assign(self, job: Job) -> None:
        """Take a job on; it is asked for when the transfer starts."""
        self.job = job
        self.is_started = False
        self.refused = ""

    def body(self) -> bytes:
        """Return the body, unpacked."""
        return bytes(self._body)

    @property
    def is_unpacked(self) -> bool:
        """Whether what was packed came to its end; a body without a byte was not packed."""
        return self._unpacker is None or self._unpacker.is_whole

    @property
    def status(self) -> int:
        """The status of the answer, 0 before its head is complete."""
        return self.curl.getinfo(pycurl.RESPONSE_CODE) if self.is_head_complete else 0

    def is_stale(self) -> bool:
        """Say whether a kept connection ended before it gave an answer."""
        return not self._head_size and not self.curl.getinfo(pycurl.NUM_CONNECTS)

    def received(self) -> int:
        """Count the bytes of the answer on the wire."""
        curl = self.curl
        return int(curl.getinfo(pycurl.HEADER_SIZE) + curl.getinfo(pycurl.SIZE_DOWNLOAD_T))

    def seconds(self) -> float:
        """Return how long the transfer took."""
        return float(self.curl.getinfo(pycurl.TOTAL_TIME))

    def errno(self) -> int:
        """Return the system's error number of a failed connection, or 0."""
        return int(self.curl.getinfo(pycurl.OS_ERRNO))

    def phase(self) -> str:
        """Say what the transfer is waiting for."""
        if self.is_head_complete:
            return "body"
        # A connection used again opened no socket, and has no time of its own.
        is_tls = self.job.target.scheme == "https"
        since = pycurl.APPCONNECT_TIME if is_tls else pycurl.CONNECT_TIME
        is_connected = not self._sockets or self.curl.getinfo(since)
        return "answer" if is_connected else "connection"

    def finish(self) -> None:
        """Let go of what the answer held."""
        self._close_sockets()
        self._begin_answer()

    def _begin_answer(self) -> None:
        self.problem: tuple[str, str] | None = None  # our code and detail, when we had enough
        self.fields: dict[str, str] = {}
        self.is_head_complete = False
        self._head: list[bytes] = []
        self._head_size = 0
        self._body = bytearray()  # not a list: of chunks of a byte each it would be sixtyfold
        self._size = 0
        self._limit = self._settings.max_bytes
        self._is_document = False
        self._codings = ""
        self._unpacker: Unpacker | None = None

    def _on_header(self, line: bytes) -> int | None:
        self._head_size += len(line)
        if self._head_size > _MOST_HEAD_BYTES:
            self.problem = LARGE_HEAD
            return 0
        if line in _BLANK:
            return self._end_head()
        if line.startswith(b"HTTP/"):  # an interim answer (1xx) came before
            self._head.clear()
        self._head.append(line)
        return None

    def _end_head(self) -> int | None:
        kind = self._head[0].partition(b" ")[2][:1] if self._head else b""
        if kind == b"1":
            return None
        self.fields = read_fields(self._head)
        self.is_head_complete = True
        self._is_document = kind == b"2" and not self.job.request.form
        if self._is_document:
            self._codings = self.fields.get("content-encoding", "")
        else:
            self._limit = min(_MOST_ERROR_BYTES, self._settings.max_bytes)
        return None

    def _on_body(self, chunk: bytes) -> int | None:
        if self._codings:
            return self._unpack(chunk)
        self._size += len(chunk)
        if self._size > self._limit:
            self.problem = LARGE_BODY
            return 0
        if self._is_document:  # what else is said is not kept
            self._body += chunk
        return None

    def _unpack(self, chunk: bytes) -> int | None:
        try:
            if self._unpacker is None:
                self._unpacker = Unpacker(self._codings, self._limit)
            for piece in self._unpacker.unpack(chunk):
                self._body += piece
        except BadCodingError as error:
            self.problem = "fetch.bad_coding", str(error)
        except TooLargeError:
            self.problem = LARGE_BODY
        return 0 if self.problem else None

    def _open_socket(self, _purpose: int, address: SocketAddress) -> socket.socket | int:
        family, kind, protocol, where = address
        if family not in _FAMILIES or not self._permits(where[0]):
            self.refused = str(where[0])
            return pycurl.SOCKET_BAD
        # libcurl takes a copy of the descriptor; ours is closed when the transfer ends.
        self._close_sockets()
        opened = socket.socket(family, kind, protocol)
        self._sockets.append(opened)
        return opened

    def _close_sockets(self) -> None:
        while self._sockets:
            self._sockets.pop().close()


def _cache_entry(place: Target | Route, addresses: tuple[str, ...]) -> str:
    """Write addresses as libcurl's CURLOPT_RESOLVE wants them; "+" lets them expire."""
    literals = ",".join(f"[{found}]" if ":" in found else found for found in addresses)
    return f"+{place.host}:{place.port}:{literals}"


_FAMILIES: Final = frozenset({socket.AF_INET, socket.AF_INET6})
