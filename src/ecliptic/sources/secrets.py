"""Settings that are secret: what they allow, and where else than in the file they can stand."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from ecliptic.model.access import Proxy
from ecliptic.sources import paths
from ecliptic.sources.kinds import Kind, Refused

_SIZE_LIMIT = 16_000
_ELSEWHERE = 'a text, { env = "NAME" } or { file = "path" }'
_ADDRESS = re.compile(r"[!-~]+")
_PROXIES = frozenset({"http", "https", "socks5h"})
_NO_PROXY = frozenset({"", "none"})
_USER = re.compile(r"[^:\x00-\x1f\x7f-\x9f]*")
_PASSWORD = re.compile(r"[^\x00-\x1f\x7f-\x9f]*")
# https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 and section-5.5, without bytes
# above ASCII, whose meaning is not agreed on.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[!-~](?:[\t -~]*[!-~])?")
# Those that say where a request goes, where it ends, what it may be answered, and
# what we know already: they are the client's, and a feed cannot change them.
_OURS = frozenset({
    "accept", "accept-encoding", "a-im", "connection", "content-encoding", "content-length",
    "content-type", "cookie", "expect", "host", "if-match", "if-modified-since",
    "if-none-match", "if-range", "if-unmodified-since", "keep-alive", "proxy-authorization",
    "proxy-connection", "range", "referer", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip


def filled(value: object, config: Path) -> object:
    """Return a secret value with what stands in the environment or in a file put in.

    Raises ``Refused``, which never shows what was found there.
    """
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and isinstance(where := next(iter(value.values())), str):
        if "env" in value:
            return _of_environment(where)
        if "file" in value:
            return _of_file(where, config)
    raise Refused(f"it is neither {_ELSEWHERE}")


def all_filled(value: object, config: Path) -> object:
    """Return a table of secrets, each ``filled``."""
    if not isinstance(value, dict):
        return value
    return {key: filled(part, config) for key, part in value.items()}


def _of_environment(name: str) -> str:
    found = os.environ.get(name)
    if not found:
        raise Refused(f"the environment has no {name}")
    return found


def _of_file(name: str, config: Path) -> str:
    path = Path(paths.beside(config, name))
    try:
        if not path.is_file():  # a pipe would hold us up
            raise Refused(f"there is no file {path}")
        with path.open("rb") as file:
            found = file.read(_SIZE_LIMIT + 1)
        text = found.decode().rstrip("\r\n")
    except OSError as problem:
        raise Refused(f"the file {path} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"the file {path} is not UTF-8") from None
    if not text or len(found) > _SIZE_LIMIT:
        raise Refused(f"the file {path} is {'too large' if text else 'empty'}")
    return text


def _proxy(value: object) -> Proxy:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise Refused
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname and parts.port) and parts.path in {"", "/"}
    except ValueError:
        raise Refused from None
    if parts.scheme == "socks5":
        raise Refused("socks5h is meant: the proxy looks names up")
    if parts.scheme not in _PROXIES or not is_whole or parts.query or parts.fragment:
        raise Refused
    return Proxy(f"{parts.scheme}://{parts.netloc}")


def _feed_proxy(value: object) -> Proxy:
    return Proxy() if value in _NO_PROXY else _proxy(value)


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise Refused
    return tuple((name, _header(name, text)) for name, text in value.items())


def _header(name: str, value: object) -> str:
    if not _HEADER_NAME.fullmatch(name):
        raise Refused(f'"{name}" is not the name of a header field')
    if name.lower() in _OURS:
        raise Refused(f"{name} is set by the client itself")
    if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
        raise Refused(f"the value of {name} is not visible ASCII on one line")
    return value


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Refused
        return value

    return read


_ADDRESSES = "http://, https:// or socks5h:// with a host and a port"

PROXY = Kind(allowed=f"{_ADDRESSES}; given as {_ELSEWHERE}", read=_proxy, fill=filled)
FEED_PROXY = Kind(
    allowed=f'{_ADDRESSES}, or "none"; given as {_ELSEWHERE}', read=_feed_proxy, fill=filled
)
HEADERS = Kind(
    allowed=f"a table of header fields that are not the client's own; each given as {_ELSEWHERE}",
    read=_headers,
    fill=all_filled,
)
USERNAME = Kind(
    allowed=f"a name on one line, without a colon; given as {_ELSEWHERE}",
    read=_matching(_USER),
    fill=filled,
)
PASSWORD = Kind(
    allowed=f"a password on one line; given as {_ELSEWHERE}", read=_matching(_PASSWORD), fill=filled
)
