"""libcurl's codes in our words."""

from __future__ import annotations

import errno
import os
from typing import Final

import pycurl

from ecliptic.fetch.transfer import Transfer

_CODES: Final = {
    pycurl.E_URL_MALFORMAT: "fetch.bad_url",
    pycurl.E_COULDNT_RESOLVE_HOST: "fetch.dns",
    pycurl.E_COULDNT_CONNECT: "fetch.connect",
    pycurl.E_PARTIAL_FILE: "fetch.truncated",
    pycurl.E_OPERATION_TIMEDOUT: "fetch.timeout",
    pycurl.E_GOT_NOTHING: "fetch.empty",
    pycurl.E_SEND_ERROR: "fetch.reset",
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
_PROBLEMS: Final = {
    "head": ("fetch.too_large", "the head of the answer"),
    "body": ("fetch.too_large", "the document"),
    "coding": ("fetch.bad_coding", "several content codings"),
}


def explain(transfer: Transfer, code: int, text: str) -> tuple[str, str]:
    """Return our code and detail for a transfer that ended with libcurl's ``code``.

    Details are the same at every attempt: no times, ports or counts.
    """
    if transfer.problem:
        return _PROBLEMS[transfer.problem]
    if transfer.refused and code == pycurl.E_COULDNT_CONNECT:
        return "fetch.refused_address", transfer.refused
    if code == pycurl.E_RECV_ERROR:
        return _explain_receiving(transfer, text)
    ours = _CODES.get(code, "fetch.protocol")
    return ours, _detail(transfer, ours, text)


def _explain_receiving(transfer: Transfer, text: str) -> tuple[str, str]:
    if transfer.errno() == errno.ECONNRESET:
        return "fetch.reset", os.strerror(errno.ECONNRESET)
    return "fetch.protocol", text


def _detail(transfer: Transfer, ours: str, text: str) -> str:
    if ours == "fetch.timeout":
        return transfer.phase()
    if ours == "fetch.dns":
        return transfer.job.target.host
    if ours in {"fetch.connect", "fetch.reset"}:
        number = transfer.errno()
        return os.strerror(number) if number else ""
    return text
