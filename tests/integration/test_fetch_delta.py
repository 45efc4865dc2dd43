"""A server that sends only what is new in a feed (RFC 3229), rightly and wrongly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ecliptic import Planet
from ecliptic.fetch import Client
from ecliptic.model.codes import WORDS
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from planets import item, rss

NOW = datetime(2018, 4, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",))


class DeltaServer:
    """One feed in versions: a number of posts, the last changed in each.

    ``im`` is what the IM header of a part says; ``parts`` whether parts are
    sent at all, ``always`` whether they are sent to those who did not ask.
    """

    def __init__(self) -> None:
        self.versions: dict[str, list[str]] = {}
        self.now = ""
        self.im = "feed"
        self.parts = True
        self.always = False
        self.asked: list[tuple[str | None, str | None]] = []
        self.sent: list[tuple[int, int]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, body = outer.answer(self.headers)
                outer.sent.append((status, len(body)))
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/feed.xml"

    def publish(self, etag: str, posts: dict[int, str]) -> None:
        """Make this the present version: posts by number, with their titles."""
        self.versions[etag] = [
            item(number, "x", NOW - number * HOUR).replace("<title>x<", f"<title>{title}<")
            for number, title in posts.items()
        ]
        self.now = etag

    def answer(self, headers: Any) -> tuple[int, dict[str, str], bytes]:
        known, wanted = headers.get("If-None-Match"), headers.get("A-IM")
        self.asked.append((known, wanted))
        fields = {"ETag": self.now, "Content-Type": "application/rss+xml"}
        if known == self.now:
            return 304, fields, b""
        entries, status = self.versions[self.now], 200
        if self.always or (self.parts and wanted == "feed" and known in self.versions):
            entries = [one for one in entries if one not in self.versions.get(known, [])]
            status = 226
            fields |= {"IM": self.im} if self.im else {}
        return status, fields, rss("Blog", "https://blog.example/", entries).encode()


@pytest.fixture
def server() -> Iterator[DeltaServer]:
    running = DeltaServer()
    thread = Thread(target=running.http.serve_forever, daemon=True)
    thread.start()
    yield running
    running.http.shutdown()
    running.http.server_close()
    thread.join()


def refresh(folder: Path, server: DeltaServer, hours: int) -> dict[str, str]:
    """Refresh so many hours later, and return the titles in store by link."""
    config = folder / "planet.toml"
    config.write_text(f'[planet]\nname = "P"\n[[feed]]\nurl = "{server.url}"\n', "utf-8")
    moment = NOW + hours * HOUR
    planet = Planet.open(config, now=moment, allow_networks=["127.0.0.0/8"], jobs=1, every=True)
    planet.refresh()
    with planet.store() as store:
        return {entry.link.rsplit("/", 1)[1]: entry.title for entry in store.newest()}


def test_refresh_when_only_the_news_is_sent_then_merged_and_nothing_is_lost(
    tmp_path: Path, server: DeltaServer
) -> None:
    server.publish('"1"', {1: "One", 2: "Two", 3: "Three"})
    assert refresh(tmp_path, server, 0) == {"1": "One", "2": "Two", "3": "Three"}
    server.publish('"2"', {4: "Four", 1: "One", 2: "Two", 3: "Three, mended"})
    merged = {"1": "One", "2": "Two", "3": "Three, mended", "4": "Four"}
    assert refresh(tmp_path, server, 1) == merged
    assert refresh(tmp_path, server, 2) == merged
    assert [status for status, _ in server.sent] == [200, 226, 304]
    assert server.asked == [(None, None), ('"1"', "feed"), ('"2"', "feed")]
    assert server.sent[1][1] < server.sent[0][1]


def test_refresh_when_the_document_from_before_a_part_comes_again_then_it_is_read(
    tmp_path: Path, server: DeltaServer
) -> None:
    first = {1: "One", 2: "Two"}
    server.publish('"1"', first)
    refresh(tmp_path, server, 0)
    server.publish('"2"', {1: "One", 2: "Two, mended"})
    assert refresh(tmp_path, server, 1) == {"1": "One", "2": "Two, mended"}
    server.parts = False
    server.publish('"3"', first)  # the very bytes of the first answer
    assert refresh(tmp_path, server, 2) == {"1": "One", "2": "Two"}
    assert [status for status, _ in server.sent] == [200, 226, 200]


def ask(url: str, etag: str = "") -> Outcome:
    async def run() -> Outcome:
        async with Client(SETTINGS, user_agent="test", now=NOW) as client:
            return await client.fetch(Request(url=url, etag=etag))

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("im", "detail"),
    [("", "no IM header"), ("gzip", "made by 'gzip'"), ("vcdiff, feed", "made by 'vcdiff, feed'")],
)
def test_fetch_when_a_part_does_not_say_how_it_was_made_then_a_failure_of_its_own(
    server: DeltaServer, im: str, detail: str
) -> None:
    server.publish('"1"', {1: "One"})
    server.publish('"2"', {1: "One", 2: "Two"})
    assert isinstance(ask(server.url, '"1"'), Fetched)
    server.im = im
    outcome = ask(server.url, '"1"')
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.bad_delta", detail)
    assert outcome.code in WORDS


def test_fetch_when_a_part_was_not_asked_for_then_a_failure_of_its_own(
    server: DeltaServer,
) -> None:
    server.publish('"1"', {1: "One"})
    server.always = True
    outcome = ask(server.url)
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail, outcome.status) == (
        "fetch.bad_delta", "not asked for", 226,
    )  # fmt: skip


def test_refresh_when_parts_are_bad_then_the_next_request_is_for_the_whole(
    tmp_path: Path, server: DeltaServer
) -> None:
    server.publish('"1"', {1: "One"})
    refresh(tmp_path, server, 0)
    server.publish('"2"', {1: "One", 2: "Two"})
    server.im = ""
    assert refresh(tmp_path, server, 1) == {"1": "One"}
    assert refresh(tmp_path, server, 2) == {"1": "One", "2": "Two"}
    assert server.asked[1:] == [('"1"', "feed"), ('"1"', None)]
