from __future__ import annotations

import gzip
import http.client
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ecliptic.testing import FeedServer

BODY = "<rss>" + "Some text. " * 100 + "</rss>"
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DATE = "Fri, 02 Jan 2026 03:04:05 GMT"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as running:
        yield running


def get(
    server: FeedServer, path: str, host: str = "127.0.0.1", method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(host, server.port, timeout=5)
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Accept-Encoding": "identity", **fields})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_server_when_a_document_is_added_then_served_on_every_host(server: FeedServer) -> None:
    assert server.add("/feed", BODY, content_type="application/rss+xml") == server.url("/feed")
    for host in server.hosts:
        answer, body = get(server, "/feed", host)
        assert (answer.status, body.decode()) == (200, BODY)
        assert answer.headers["Content-Type"] == "application/rss+xml"


def test_server_when_nothing_is_there_then_404(server: FeedServer) -> None:
    server.add("/feed", BODY)
    server.remove("/feed")
    assert get(server, "/feed")[0].status == 404


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_server_when_the_etag_comes_back_then_304_until_it_changes(
    server: FeedServer, coding: str
) -> None:
    server.add("/feed", BODY)
    etag = get(server, "/feed", Accept_Encoding=coding)[0].headers["ETag"]
    answer, body = get(server, "/feed", If_None_Match=f'"other", {etag}')
    assert (answer.status, body) == (304, b"")
    server.add("/feed", BODY + "<!-- news -->")
    assert get(server, "/feed", If_None_Match=etag)[0].status == 200


def test_server_when_asked_by_date_then_304_unless_newer(server: FeedServer) -> None:
    server.add("/feed", BODY, etag=False, last_modified=MOMENT)
    assert get(server, "/feed")[0].headers["Last-Modified"] == DATE
    assert get(server, "/feed", If_Modified_Since=DATE)[0].status == 304
    assert get(server, "/feed", If_Modified_Since=DATE.replace("2026", "2025"))[0].status == 200


def test_server_when_the_etag_differs_then_the_date_does_not_count(server: FeedServer) -> None:
    server.add("/feed", BODY, last_modified=MOMENT)
    answer, _ = get(server, "/feed", If_None_Match='"other"', If_Modified_Since=DATE)
    assert answer.status == 200


def test_server_when_gzip_is_accepted_then_compressed_with_another_etag(
    server: FeedServer,
) -> None:
    server.add("/feed", BODY)
    plain, _ = get(server, "/feed")
    answer, body = get(server, "/feed", Accept_Encoding="br, gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode() == BODY
    assert answer.headers["ETag"] != plain.headers["ETag"]


def test_server_when_asked_for_the_head_then_no_body(server: FeedServer) -> None:
    server.add("/feed", BODY)
    answer, body = get(server, "/feed", method="HEAD")
    assert (answer.status, body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(BODY))


def test_server_when_redirecting_then_status_and_location(server: FeedServer) -> None:
    server.add("/old", redirect="/new", status=308)
    answer, _ = get(server, "/old")
    assert (answer.status, answer.headers["Location"]) == (308, "/new")


def test_server_when_delayed_then_the_answer_is_late(server: FeedServer) -> None:
    server.add("/slow", BODY, delay=0.1)
    start = time.monotonic()
    assert get(server, "/slow")[1].decode() == BODY
    assert time.monotonic() - start >= 0.1


def test_server_then_requests_are_counted_with_their_headers(server: FeedServer) -> None:
    server.add("/feed", BODY)
    get(server, "/feed", User_Agent="Test/1")
    get(server, "/other")
    assert (server.count(), server.count("/feed"), server.connections) == (2, 1, 2)
    (seen,) = server.requests("/feed")
    assert (seen.method, seen.path, seen.headers["user-agent"]) == ("GET", "/feed", "Test/1")
    server.forget_requests()
    assert server.requests() == []


def test_server_when_requests_are_pipelined_then_answered_in_order(server: FeedServer) -> None:
    server.add("/a", "a", delay=0.05)
    server.add("/b", "b")
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as opened:
        opened.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b""
        while not received.endswith(b"\r\n\r\nb"):
            received += opened.recv(4096)
    assert received.count(b"200 OK") == 2
    assert received.index(b"\r\n\r\na") < received.index(b"\r\n\r\nb")


def test_server_when_it_is_not_http_then_400(server: FeedServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as opened:
        opened.sendall(b"\x16\x03\x01\x02\x00")
        assert opened.recv(100).startswith(b"HTTP/1.1 400 ")


def test_server_when_the_port_is_taken_then_the_error_comes_out(server: FeedServer) -> None:
    with pytest.raises(OSError, match="in use"):
        FeedServer(port=server.port).start()
