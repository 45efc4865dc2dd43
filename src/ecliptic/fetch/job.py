"""A request on its way, from its first address to where redirects lead."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

import msgspec

from ecliptic.fetch.target import Target, may_know_secrets, read_redirect, read_target
from ecliptic.model.access import Access
from ecliptic.model.outcome import Request

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KEEP_METHOD: Final = frozenset({307, 308})
_PERMANENT: Final = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_LINE: Final = re.compile("[ -~\x80-\xff]+")  # RFC 9110, 5.5


class Job:
    """Where a request stands: its present target, and what its hops cost so far.

    ``home`` is the host of its first target, ``is_home`` while it never left the
    place that may know its feed's secrets.
    """

    __slots__ = (
        "asks_delta", "home", "hops", "is_conditional", "is_home", "is_permanent", "is_retry",
        "received",
        "request", "seconds", "target",
    )  # fmt: skip

    def __init__(self, request: Request, target: Target) -> None:
        self.request = request
        self.target = target
        self.home = target.host
        self.hops = 0
        self.asks_delta = False
        self.is_conditional = False
        self.is_home = False
        self.is_permanent = True
        self.is_retry = False
        self.received = 0
        self.seconds = 0.0
        if request.access is not None and not request.access.local:
            self._use(request.access)

    def _use(self, access: Access) -> None:
        self.is_home = may_know_secrets(self.target, read_target(access.home))
        if access.credentials and self.is_home:
            self.target = msgspec.structs.replace(self.target, credentials=access.credentials)

    @property
    def is_plain(self) -> bool:
        """Whether any handle will do: nothing is sent but what every feed is sent."""
        return self.request.access is None and not self.request.form

    @property
    def goes_the_usual_way(self) -> bool:
        """Whether it has no proxy of its own: then it fails where others fail."""
        return self.request.access is None or self.request.access.proxy is None

    def may_follow(self, status: int) -> bool:
        """Say whether an answer is a redirect of ours: a form is never made into a GET."""
        return status in (_KEEP_METHOD if self.request.form else REDIRECTS)

    def validators(self) -> list[bytes]:
        """Return the conditional header lines; they go to the address that gave them only.

        With an ETag we also take an answer that has only the entries which are
        new or changed since then (RFC 3229, with the "feed" manipulation).
        """
        request = self.request
        self.asks_delta = False
        if self.hops and self.target.url != request.validators_url:
            return []
        if not self.hops and request.validators_url not in ("", request.url):
            return []
        lines = []
        if _is_line(request.etag):
            lines.append(f"If-None-Match: {request.etag}".encode("latin-1"))
            self.asks_delta = not request.whole
            lines += [b"A-IM: feed"] if self.asks_delta else []
        if _is_line(request.last_modified):
            lines.append(f"If-Modified-Since: {request.last_modified}".encode("latin-1"))
        return lines

    def follow(self, location: str, status: int) -> None:
        """Turn to where a redirect points; raises ``BadAddressError``."""
        target = read_redirect(location, self.target)
        self.is_home = self.is_home and may_know_secrets(target, self.target)
        self.target = target
        self.is_permanent = self.is_permanent and status in _PERMANENT
        self.hops += 1

    def permanent_url(self) -> str:
        """Return the address to ask from now on, if every hop to it was permanent, or ``""``."""
        is_moved = self.hops and self.is_permanent and self.target.url != self.request.url
        return self.target.url if is_moved and not self._is_bound() else ""

    def _is_bound(self) -> bool:
        """Say whether what lets the feed be read would be lost with its old address.

        Credentials may stand in the address itself; headers stay with their place.
        """
        access = self.request.access
        if access is None:
            return "@" in self.request.url
        return bool(access.credentials or (access.headers and not self.is_home))


def _is_line(value: str) -> bool:
    return _LINE.fullmatch(value) is not None
