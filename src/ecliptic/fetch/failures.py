"""libcurl's codes in our words."""

from __future__ import annotations

import errno
import os
from http import HTTPStatus
from typing import Final

import pycurl

from ecliptic.fetch.transfer import LARGE_BODY, LARGE_HEAD, Transfer

BROKEN: Final = frozenset({pycurl.E_SEND_ERROR, pycurl.E_RECV_ERROR, pycurl.E_GOT_NOTHING})
_E_PROXY: Final = 97  # pycurl has no names for these
_E_TOO_LARGE: Final = 100
_CODES: Final = {
    pycurl.E_OK: "fetch.truncated",  # it ended inside the head, or its coding did not end
    pycurl.E_URL_MALFORMAT: "fetch.bad_url",
    pycurl.E_COULDNT_RESOLVE_HOST: "fetch.dns",
    pycurl.E_COULDNT_CONNECT: "fetch.connect",
    pycurl.E_COULDNT_RESOLVE_PROXY: "fetch.proxy",
    _E_PROXY: "fetch.proxy",
    pycurl.E_PARTIAL_FILE: "fetch.truncated",
    pycurl.E_OPERATION_TIMEDOUT: "fetch.timeout",
    pycurl.E_GOT_NOTHING: "fetch.empty",
    pycurl.E_SEND_ERROR: "fetch.reset",
    _E_TOO_LARGE: "fetch.too_large",
    pycurl.E_BAD_CONTENT_ENCODING: "fetch.bad_coding",
    pycurl.E_FILESIZE_EXCEEDED: "fetch.too_large",
    pycurl.E_SSL_CONNECT_ERROR: "fetch.tls",
    pycurl.E_SSL_CERTPROBLEM: "fetch.tls",
    pycurl.E_SSL_CIPHER: "fetch.tls",
    pycurl.E_PEER_FAILED_VERIFICATION: "fetch.tls",
    pycurl.E_SSL_CACERT_BADFILE: "fetch.tls",
    pycurl.E_SSL_ISSUER_ERROR: "fetch.tls",
    pycurl.E_SSL_INVALIDCERTSTATUS: "fetch.tls",
}


def explain(transfer: Transfer, code: int, text: str) -> tuple[str, str]:
    """Return our code and detail for a transfer that ended with libcurl's ``code``.

    Details are the same at every attempt: no times, ports or counts.
    """
    if transfer.problem:
        return transfer.problem
    if transfer.refused and code == pycurl.E_COULDNT_CONNECT:
        return "fetch.refused_address", transfer.refused
    if transfer.route is not None and (said := _explain_proxy(transfer, code, text)):
        return "fetch.proxy", said
    if code == pycurl.E_RECV_ERROR:
        return _explain_receiving(transfer, text)
    ours = _CODES.get(code, "fetch.protocol")
    return ours, _detail(transfer, ours, code, text)


def _explain_proxy(transfer: Transfer, code: int, text: str) -> str:
    """Return what a proxy had to do with a failure, or ``""``."""
    if code == pycurl.E_COULDNT_CONNECT and (number := transfer.errno()):
        return os.strerror(number)
    answer = transfer.curl.getinfo(pycurl.HTTP_CONNECTCODE)
    if code and answer and not HTTPStatus.OK <= answer < HTTPStatus.MULTIPLE_CHOICES:
        return f"it answered {answer}"
    return text if code == _E_PROXY else ""


def _explain_receiving(transfer: Transfer, text: str) -> tuple[str, str]:
    if transfer.errno() == errno.ECONNRESET:
        return "fetch.reset", ""
    return "fetch.protocol", text


def _detail(transfer: Transfer, ours: str, code: int, text: str) -> str:
    detail = text
    match ours:
        case "fetch.timeout":
            detail = transfer.phase()
        case "fetch.dns":
            detail = transfer.job.target.host
        case "fetch.connect":
            number = transfer.errno()
            detail = os.strerror(number) if number else "no answer"
        case "fetch.too_large":
            _, detail = LARGE_BODY if code == pycurl.E_FILESIZE_EXCEEDED else LARGE_HEAD
        case "fetch.truncated" | "fetch.reset" | "fetch.empty":
            detail = ""
    return detail
