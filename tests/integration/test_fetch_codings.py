"""Content codings on the wire: whichever comes, however it comes, in whichever answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coded import PACK, bare_deflate, gzip, gzip_bomb, pack
from ecliptic import Planet, parse
from ecliptic.fetch import Client
from ecliptic.model.access import Access
from ecliptic.model.outcome import Failed, Fetched, NotModified, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.testing import FeedServer
from planets import item, rss

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SETTINGS = FetchSettings(timeout=5.0, host_spacing=0.0, allow_networks=("127.0.0.0/8",))
RSS = rss("Coded", "https://blog.example/", [item(1, "A post", NOW)] * 50).encode()
CODINGS = [*PACK, "gzip, br", "br, zstd, deflate, gzip"]
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def add(server: FeedServer, codings: str, body: bytes, status: int = 200) -> str:
    headers = {"Content-Encoding": codings}
    return server.add("/feed", body, status=status, headers=headers, compress=False)


def ask(*requests: Request | str, settings: FetchSettings = SETTINGS) -> list[Outcome]:
    async def run() -> list[Outcome]:
        async with Client(settings, user_agent="test", now=NOW) as client:
            return [
                await client.fetch(Request(url=asked) if isinstance(asked, str) else asked)
                for asked in requests
            ]

    return asyncio.run(run())


def fetched(url: str, settings: FetchSettings = SETTINGS) -> bytes:
    (outcome,) = ask(url, settings=settings)
    assert isinstance(outcome, Fetched)
    return outcome.body


def said(answers: list[Iterable[bytes]], etag: str = "") -> list[Outcome]:
    """Ask as often as there are answers, each of which is sent piece by piece."""
    waiting = iter(answers)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in next(waiting):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)  # the client's turn
        writer.close()

    async def run() -> list[Outcome]:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            request = Request(url=url, etag=etag)
            async with Client(SETTINGS, user_agent="test", now=NOW) as client:
                return [await client.fetch(request) for _ in answers]

    return asyncio.run(run())


def one_by_one(body: bytes) -> Iterator[bytes]:
    return (body[at : at + 1] for at in range(len(body)))


def head(codings: str, first: bytes = OK) -> bytes:
    return first + f"Content-Encoding: {codings}\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.parametrize("codings", CODINGS)
def test_fetch_when_the_body_is_coded_then_it_is_unpacked(server: FeedServer, codings: str) -> None:
    packed = pack(codings, RSS)
    (outcome,) = ask(add(server, codings, packed))
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS
    assert len(packed) < outcome.received < len(packed) + 300  # as it came, with its head


@pytest.mark.parametrize("codings", CODINGS)
def test_fetch_when_a_coded_body_comes_byte_by_byte_then_it_is_unpacked(codings: str) -> None:
    (outcome,) = said([[head(codings), *one_by_one(pack(codings, RSS))]])
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS


@pytest.mark.parametrize("codings", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_fetch_when_a_coded_body_is_cut_at_any_byte_then_truncated(codings: str) -> None:
    """Where the connection's end is the body's, nothing else can tell."""
    packed = pack(codings, b"<rss>Hello, hello, hello</rss>")
    sizes = range(1, len(packed) + 1)
    *outcomes, whole = said([[head(codings) + packed[:size]] for size in sizes])
    assert isinstance(whole, Fetched)
    assert whole.body == b"<rss>Hello, hello, hello</rss>"
    assert {getattr(one, "code", "") for one in outcomes} == {"fetch.truncated"}


def test_fetch_when_several_fields_name_codings_then_they_are_one_list(
    server: FeedServer,
) -> None:
    listed = "deflate\r\nContent-Encoding: GZIP\r\ncontent-encoding: identity, zstd"
    assert fetched(add(server, listed, pack("deflate, gzip, zstd", RSS))) == RSS


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("deflate", bare_deflate(RSS)),
        ("gzip", gzip(RSS[:1000]) + gzip(RSS[1000:])),
        ("zstd", PACK["zstd"](RSS[:1000]) + PACK["zstd"](RSS[1000:])),
        ("gzip", gzip(RSS) + b"more"),
        ("gzip", gzip(RSS) + bytes(1000)),
        ("identity", RSS),
    ],
    ids=["bare", "two members", "two frames", "more", "padding", "identity"],
)
def test_fetch_when_a_body_is_packed_in_another_way_then_it_is_unpacked(
    server: FeedServer, coding: str, body: bytes
) -> None:
    assert fetched(add(server, coding, body)) == RSS


@pytest.mark.parametrize("coding", [*PACK, "x-made-up"])
def test_fetch_when_a_coded_body_is_empty_then_so_is_the_document(
    server: FeedServer, coding: str
) -> None:
    assert fetched(add(server, coding, b"")) == b""


def test_fetch_when_gzip_is_sent_as_is_then_it_is_the_readers_to_unpack(
    server: FeedServer,
) -> None:
    body = fetched(server.add("/feed.gz", gzip(RSS), compress=False))
    assert body == gzip(RSS)
    assert len(parse(body).entries) == 50


@pytest.mark.parametrize("coding", ["gzip", "x-made-up"])
def test_fetch_when_a_304_names_a_coding_then_it_is_not_modified(coding: str) -> None:
    answer = head(coding, b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n')
    (outcome,) = said([[answer]], etag='"x"')
    assert isinstance(outcome, NotModified)


def test_fetch_when_only_the_news_is_sent_then_it_is_unpacked() -> None:
    answer = head("br, zstd", b"HTTP/1.1 226 IM Used\r\nIM: feed\r\n") + pack("br, zstd", RSS)
    (outcome,) = said([[answer]], etag='"x"')
    assert isinstance(outcome, Fetched)
    assert (outcome.status, outcome.body) == (226, RSS)


def test_fetch_when_other_answers_name_codings_then_that_of_the_document_counts(
    server: FeedServer,
) -> None:
    add(server, "zstd", pack("zstd", RSS))
    moved = server.add("/moved", redirect="/feed", headers={"Content-Encoding": "gzip"})
    assert fetched(moved) == RSS
    interim = head("gzip", b"HTTP/1.1 103 Early Hints\r\n")
    (outcome,) = said([[interim + OK + b"Connection: close\r\n\r\n" + RSS]])
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS


def test_fetch_when_a_trailer_names_a_coding_then_it_changes_nothing() -> None:
    chunk = b"%x\r\n%b\r\n" % (len(RSS), RSS)
    fields = b"Transfer-Encoding: chunked\r\nTrailer: Content-Encoding\r\n\r\n"
    trailer = b"0\r\nContent-Encoding: br\r\n\r\n"
    (outcome,) = said([[OK + fields, chunk[:500], chunk[500:] + trailer]])
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS


def test_fetch_when_the_answer_is_no_document_then_it_is_not_unpacked(server: FeedServer) -> None:
    for coding, body in (("gzip", b"not gzip"), ("x-made-up", b"x"), ("gzip", gzip_bomb())):
        (outcome,) = ask(add(server, coding, body, status=404))
        assert isinstance(outcome, Failed)
        assert outcome.code == "fetch.http_404"
        assert outcome.received < 500_000


def test_fetch_when_a_document_was_coded_then_the_next_on_the_same_handle_need_not_be(
    server: FeedServer,
) -> None:
    coded = add(server, "br", pack("br", RSS))
    plain = server.add("/plain", RSS, compress=False)
    cut = server.add("/cut", gzip(RSS)[:9], headers={"Content-Encoding": "gzip"}, compress=False)
    outcomes = ask(coded, plain, cut, plain, coded)
    bodies = [outcome.body for outcome in outcomes if isinstance(outcome, Fetched)]
    assert bodies == [RSS] * 4
    assert getattr(outcomes[2], "code", "") == "fetch.truncated"


@pytest.mark.parametrize(
    ("coding", "body", "detail"),
    [
        ("x-made-up", b"x", "'x-made-up' is not known"),
        ("zstd", b"<rss/>", "what came is not zstd"),
        ("gzip, gzip, gzip, gzip, gzip", b"x", "more than 4 codings"),
    ],
)
def test_fetch_when_a_body_cannot_be_unpacked_then_why(
    server: FeedServer, coding: str, body: bytes, detail: str
) -> None:
    (outcome,) = ask(add(server, coding, body))
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.detail) == ("fetch.bad_coding", detail)


def test_fetch_when_a_feed_has_headers_of_its_own_then_codings_are_offered_too(
    server: FeedServer,
) -> None:
    url = add(server, "zstd", pack("zstd", RSS))
    access = Access(home=url, headers=(("X-Key", "secret"),))
    (outcome,) = ask(Request(url=url, access=access))
    assert isinstance(outcome, Fetched)
    assert outcome.body == RSS
    (seen,) = server.requests("/feed")
    assert seen.headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert seen.headers["x-key"] == "secret"


def test_refresh_when_feeds_are_coded_then_they_are_read(
    server: FeedServer, tmp_path: Path
) -> None:
    lines = ['[planet]\nname = "Coded"\nlink = "https://planet.example/"\nfaces = false\n']
    for coding in ("gzip", "deflate", "br", "zstd"):
        text = rss(coding, f"https://{coding}.example/", [item(1, f"In {coding}", NOW)])
        fields = {"Content-Encoding": coding}
        body = pack(coding, text.encode())
        url = server.add(f"/{coding}", body, headers=fields, compress=False)
        lines.append(f'[[feed]]\nurl = "{url}"\n')
    config = tmp_path / "planet.toml"
    config.write_text("\n".join(lines), "utf-8")
    planet = Planet.open(config, now=NOW, allow_networks=["127.0.0.0/8"], jobs=1)
    summary = planet.refresh()
    assert (summary.feeds.failed, summary.entries.new) == (0, 4)
