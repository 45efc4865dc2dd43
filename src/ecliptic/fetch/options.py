"""libcurl's options: those of every transfer, those of a proxy, those of one request.

A request that needs more than an address gets a handle of its own for each hop,
so that nothing of it can stay behind for another feed. Plain feeds share
handles on which all of this was set once.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlencode, urlsplit

import msgspec
import pycurl

from ecliptic.fetch.coding import OFFERED
from ecliptic.fetch.job import Job
from ecliptic.model.access import Proxy
from ecliptic.model.site import FetchSettings

Options: TypeAlias = dict[int, object]
"""libcurl's options by number."""

_ACCEPT: Final = (
    b"Accept: application/atom+xml, application/rss+xml, application/feed+json, "
    b"application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, "
    b"text/html;q=0.5, */*;q=0.1"
)
_FIELDS: Final = (_ACCEPT, b"Accept-Encoding: " + OFFERED.encode("ascii"))
_SLOWEST: Final = 16  # bytes a second, over half of the time that is allowed
_SUPPRESS_CONNECT_HEADERS: Final = 265  # pycurl has no name for it


class Route(msgspec.Struct, frozen=True):
    """The host of a proxy: what a transfer connects to in place of its target."""

    host: str
    port: int

    @property
    def is_named(self) -> bool:
        """Whether the host is a name or an IPv4 address, and not one of IPv6."""
        return ":" not in self.host


def route(proxy: Proxy) -> Route | None:
    """Return the way through a proxy, or ``None`` if there is none."""
    if not proxy.url:
        return None
    parts = urlsplit(proxy.url)
    return Route(parts.hostname or "", parts.port or 0)


def constant_options(settings: FetchSettings, user_agent: str) -> Options:
    """Return the options that are the same for every request of a client."""
    return {
        pycurl.USERAGENT: user_agent,
        pycurl.HTTPHEADER: [*_FIELDS],
        pycurl.HTTP_CONTENT_DECODING: 0,  # which codings libcurl knows differs from one to the next
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
        pycurl.HTTPAUTH: pycurl.HTTPAUTH_BASIC,
        pycurl.FOLLOWLOCATION: 0,
        pycurl.MAXFILESIZE_LARGE: settings.max_bytes,
        pycurl.CONNECTTIMEOUT_MS: int(settings.connect_timeout * 1000),
        pycurl.LOW_SPEED_LIMIT: _SLOWEST,
        pycurl.LOW_SPEED_TIME: max(1, int(settings.timeout / 2)),
        pycurl.NOSIGNAL: 1,
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        **_trusted_certificates(pycurl.CAINFO, pycurl.CAPATH),
        **_proxy_options(settings.proxy),
    }


def access_options(job: Job) -> Options:
    """Return what sets one hop of a job apart from other transfers.

    Headers, and the leave to read from a server whose certificate is not
    checked, end where the feed's own place does.
    """
    access = job.request.access
    options: Options = {}
    if access is None:
        return options
    if access.proxy is not None:
        options |= _proxy_options(access.proxy)
        options[pycurl.FORBID_REUSE] = 1
    if job.is_home and access.headers:
        lines = [f"{name}: {value}".encode("ascii") for name, value in access.headers]
        options[pycurl.HTTPHEADER] = [*_FIELDS, *lines]
    if job.is_home and access.insecure:
        # A connection that nobody vouches for is used by no other feed.
        options |= {pycurl.SSL_VERIFYPEER: 0, pycurl.SSL_VERIFYHOST: 0, pycurl.FORBID_REUSE: 1}
    return options


def form_options(job: Job) -> Options:
    """Return what makes a request send its form, in place of asking for a document."""
    if not job.request.form:
        return {}
    return {
        pycurl.POSTFIELDS: urlencode(job.request.form),
        pycurl.HTTPHEADER: [b"Accept: */*", b"Expect:"],  # sent at once, not when asked for
    }


def _proxy_options(proxy: Proxy) -> Options:
    """Return what sends every address through a proxy, in one way.

    Plain http goes through a tunnel (CONNECT) too: then what the proxy itself
    answers cannot be mistaken for the feed's answer.
    """
    if not proxy.url:
        return {pycurl.PROXY: ""}  # the environment shall not choose one
    return {
        pycurl.PROXY: proxy.url,
        pycurl.NOPROXY: "",  # nor exceptions
        pycurl.HTTPPROXYTUNNEL: 1,
        pycurl.HEADEROPT: pycurl.HEADER_SEPARATE,  # what is for the feed's server is not for it
        _SUPPRESS_CONNECT_HEADERS: 1,
        pycurl.PROXY_SSL_VERIFYPEER: 1,
        pycurl.PROXY_SSL_VERIFYHOST: 2,
        **_trusted_certificates(pycurl.PROXY_CAINFO, pycurl.PROXY_CAPATH),
    }


def _trusted_certificates(file_option: int, folder_option: int) -> Options:
    """Find the system's certificates, which a wheel's libcurl does not know of."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile:
        return {file_option: paths.cafile}
    if paths.capath and any(Path(paths.capath).iterdir()):
        return {folder_option: paths.capath}
    return {}
