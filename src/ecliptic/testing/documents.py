"""What the server serves: documents, whole, compressed or unchanged."""

from __future__ import annotations

import gzip
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus

import msgspec

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class SeenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that came in; the names in ``headers`` are in lower case."""

    method: str
    path: str
    headers: dict[str, str]


class Document(msgspec.Struct, kw_only=True, dict=True):
    """A document, and the answers that can be given for it, made when first asked for."""

    body: bytes
    status: int
    fields: dict[str, str]
    etag: str
    last_modified: str
    delay: float
    compress: bool

    @cached_property
    def _plain(self) -> bytes:
        return self._answer(self.status, self.body, self.etag)

    @cached_property
    def _zipped(self) -> bytes:
        coded = gzip.compress(self.body, compresslevel=6, mtime=0)
        # Another coding is another representation (RFC 9110, 8.8.3.3).
        etag = f'{self.etag[:-1]}-gzip"' if self.etag.endswith('"') else self.etag
        return self._answer(self.status, coded, etag, "Content-Encoding: gzip\r\n")

    @cached_property
    def _unchanged(self) -> bytes:
        return self._head(304, self.etag) + b"\r\n"

    def _answer(self, status: int, body: bytes, etag: str, coding: str = "") -> bytes:
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.fields.items())
        fields += f"{coding}Content-Length: {len(body)}\r\n\r\n"
        return self._head(status, etag) + fields.encode("latin-1", "replace") + body

    def _head(self, status: int, etag: str) -> bytes:
        head = f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n"
        if etag:
            head += f"ETag: {etag}\r\n"
        if self.last_modified:
            head += f"Last-Modified: {self.last_modified}\r\n"
        if self.compress:
            head += "Vary: Accept-Encoding\r\n"
        return head.encode("latin-1", "replace")

    def answer(self, head: bytes) -> bytes:
        """Choose between 304, the gzip coding, the plain body and its head alone."""
        if b"\r\nif-" in head.lower() and self._is_current(read_request(head).headers):
            return self._unchanged
        answer = self._zipped if self.compress and _accepts_gzip(head) else self._plain
        return answer[: answer.find(b"\r\n\r\n") + 4] if head.startswith(b"HEAD ") else answer

    def _is_current(self, headers: dict[str, str]) -> bool:
        if self.status != HTTPStatus.OK:
            return False
        if known := headers.get("if-none-match"):  # it outranks the date: RFC 9110, 13.1.3
            return bool(self.etag) and (self.etag in known or f'{self.etag[:-1]}-gzip"' in known)
        since = headers.get("if-modified-since", "")
        return bool(self.last_modified and since) and not _is_later(self.last_modified, since)


MISSING = Document(
    body=b"not found\n",
    status=404,
    fields={"Content-Type": "text/plain"},
    etag="",
    last_modified="",
    delay=0.0,
    compress=False,
)


def read_request(head: bytes) -> SeenRequest:
    """Read the head of a request."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path = [*first.split(" "), "", ""][:2]
    fields = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    return SeenRequest(method=method, path=path, headers=headers)


def _accepts_gzip(head: bytes) -> bool:
    start = head.lower().find(b"\r\naccept-encoding:")
    return start >= 0 and b"gzip" in head[start + 18 :].split(b"\r\n", 1)[0]


def _is_later(date: str, other: str) -> bool:
    try:
        return parsedate_to_datetime(date) > parsedate_to_datetime(other)
    except ValueError:
        return date != other
