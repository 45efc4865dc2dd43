from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from ecliptic.fetch import Client
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from stopwatch import LEEWAY

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(timeout=3.0, allow_networks=("127.0.0.0/8",))


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this process trusts, as a system's administrator would arrange."""
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return authority


def serve(certificate: trustme.LeafCert) -> FeedServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return FeedServer(hosts=("127.0.0.1", "127.0.0.2"), tls=context)


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[FeedServer]:
    with serve(authority.issue_cert("127.0.0.1")) as running:
        running.add("/feed", b"<rss/>")
        yield running


def ask(url: str) -> Outcome:
    async def run() -> Outcome:
        async with Client(SETTINGS, user_agent="test", now=NOW) as client:
            return await client.fetch(Request(url=url))

    return asyncio.run(run())


def failure(outcome: Outcome) -> tuple[str, str]:
    assert isinstance(outcome, Failed)
    return outcome.code, outcome.detail


def test_fetch_when_the_certificate_is_trusted_then_fetched(
    server: FeedServer, trusted: trustme.CA
) -> None:
    assert trusted
    outcome = ask(server.url("/feed"))
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"<rss/>"


def test_fetch_when_the_authority_is_unknown_then_tls(server: FeedServer) -> None:
    code, detail = failure(ask(server.url("/feed")))
    assert code == "fetch.tls"
    assert "certificate" in detail
    assert server.count() == 0


def test_fetch_when_the_certificate_is_of_another_host_then_tls(
    server: FeedServer, trusted: trustme.CA
) -> None:
    assert trusted
    code, _ = failure(ask(server.url("/feed", "127.0.0.2")))
    assert code == "fetch.tls"
    assert server.count() == 0


def test_fetch_when_the_certificate_has_expired_then_tls(trusted: trustme.CA) -> None:
    expired = trusted.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    with serve(expired) as server:
        code, detail = failure(ask(server.add("/feed", b"<rss/>")))
    assert code == "fetch.tls"
    assert "expired" in detail


def test_fetch_when_redirected_to_an_untrusted_server_then_tls(server: FeedServer) -> None:
    with FeedServer() as plain:
        outcome = ask(plain.add("/moved", redirect=server.url("/feed")))
    assert failure(outcome)[0] == "fetch.tls"


def test_fetch_when_the_server_speaks_no_tls_then_tls() -> None:
    with FeedServer() as plain:
        outcome = ask(plain.add("/feed", b"<rss/>").replace("http:", "https:"))
    assert failure(outcome)[0] == "fetch.tls"


def test_fetch_when_https_is_asked_for_in_plain_then_not_a_feed(server: FeedServer) -> None:
    code, _ = failure(ask(server.url("/feed").replace("https:", "http:")))
    assert code in {"fetch.empty", "fetch.reset", "fetch.protocol"}


def test_fetch_when_a_server_signs_for_itself_then_tls(trusted: trustme.CA) -> None:
    assert trusted
    with serve(trustme.CA().issue_cert("127.0.0.1")) as server:
        code, _ = failure(ask(server.add("/feed", b"<rss/>")))
    assert code == "fetch.tls"
    assert server.count() == 0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"", "fetch.timeout"),  # and waits
        (bytes(range(256)), "fetch.tls"),
        (b"\x15\x03\x03\x00\x02\x02\x28", "fetch.tls"),  # the alert: handshake failure
        (b"\x16\x03\x03\x40\x00" + bytes(100), "fetch.timeout"),  # a record without end
    ],
)
def test_fetch_when_the_handshake_goes_wrong_then_within_the_limit(
    said: bytes, expected: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            opened, _ = listening.accept()
            with opened, suppress(ConnectionResetError):
                opened.recv(4096)
                opened.sendall(said)
                while opened.recv(4096):
                    pass

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        start = time.monotonic()
        code, _ = failure(ask(f"https://127.0.0.1:{listening.getsockname()[1]}/"))
        thread.join(5)
    assert code == expected
    assert time.monotonic() - start < SETTINGS.timeout + LEEWAY
