"""What came of asking for an address: one of four."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from ecliptic.model.access import Access


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One address to ask for, with the validators of the last answer, byte for byte.

    They are sent only to the address they came from: ``validators_url`` if it
    is given (an answer after redirects), else ``url``.
    ``whole`` asks for the whole document where a part would do, too.
    ``access`` is what the feed needs beyond its address, if anything.
    A ``form`` is sent to the address (POST) where there is one; a redirect that
    keeps the method (307, 308) takes it along. Any 2xx is then a success, and a
    ``Fetched`` without a body.
    ``tag`` is the caller's own mark and comes back with the outcome.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    validators_url: str = ""
    whole: bool = False
    form: tuple[tuple[str, str], ...] = ()
    access: Access | None = None
    tag: int = 0


class Fetched(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document. ``body`` is decoded from its content coding, within the size limit.

    ``status`` is 226 when it has only the entries that are new or changed since
    the ``etag`` of the request (RFC 3229). The others still stand.

    ``url`` is where it was found after redirects; ``permanent_url`` is given
    only when every hop up to there was permanent (301, 308).
    ``links`` is the Link header (RFC 8288).
    ``fresh_seconds`` is for how long the answer is good, counted from now: 0
    for not at all, -1 when it does not say (RFC 9111, 4.2). ``retry_at`` is as
    in ``Failed``. ``received`` counts bytes on the wire, ``seconds`` is the time it took.
    """

    url: str
    body: bytes
    status: int = 200
    content_type: str = ""
    content_location: str = ""
    links: str = ""
    etag: str = ""
    last_modified: str = ""
    permanent_url: str = ""
    fresh_seconds: int = -1
    retry_at: datetime | None = None
    received: int = 0
    seconds: float = 0.0


class NotModified(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The document is what it was (304). Validators are those present in the answer.

    ``permanent_url`` is as in ``Fetched``.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    permanent_url: str = ""
    fresh_seconds: int = -1
    retry_at: datetime | None = None
    received: int = 0
    seconds: float = 0.0


class Failed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """No document, and why.

    ``code`` is stable (``fetch.timeout``, ``fetch.http_404``, ``parse.not_a_feed`` …),
    ``detail`` is what was found. ``retry_at`` is the earliest time the server
    allows the next request (Retry-After, RFC 9110, 10.2.3).
    """

    url: str
    code: str
    detail: str = ""
    status: int = 0
    retry_at: datetime | None = None
    received: int = 0
    seconds: float = 0.0


class Held(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Not asked in this run: its host refused two other feeds and wants to be left alone.

    Or, with ``is_unreached``, no connection could be made to it for three others.
    ``until`` is when it may be asked. ``received`` and ``seconds`` are of the
    redirects that led to the host.
    """

    url: str
    until: datetime
    is_unreached: bool = False
    received: int = 0
    seconds: float = 0.0


Outcome: TypeAlias = Fetched | NotModified | Failed | Held
