"""Any bytes give a feed or say that they are none: no exception, in bounded time and memory."""

from __future__ import annotations

import gzip
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse import parse
from ecliptic.parse.feed import MAX_ENTRIES

ITEM = "<item><title>kept</title></item>"
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
FRAGMENTS = (
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>",
    "</title>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&nbsp;", "&#xD800;", "&", "<", ">",
    "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>", "<?xml version='1.0' encoding='utf-16'?>", "\0",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<content type='xhtml'>", "<div xml:base='/x'>",
    "<link href='http://['/>", "<pubDate>1 Jan 0001</pubDate>", "{", '"items":[', "\ud83d\ude00",
    "<category/>", "<x:y xmlns:x='u'/>", " ", "é",
)  # fmt: skip


def rss(inside: str) -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'.encode()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "billion laughs": lambda: (
        f'<!DOCTYPE r [<!ENTITY a "ha">{LAUGHS}]>'.encode()
        + rss("<item><title a='&j;'>kept &j;</title></item>")
    ),
    "quadratic entity": lambda: (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 60}">]>'.encode()
        + rss(f"<item><title>kept{'&a;' * 200_000}</title></item>")
    ),
    "external entity": lambda: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + rss("<item><title>kept &x;</title></item>")
    ),
    "100,000 deep": lambda: rss("<a>" * 100_000 + "</a>" * 100_000 + ITEM),
    "100,000 deep in an entry": lambda: rss(
        f"<item><description>{'<p>' * 100_000}</description></item>{ITEM}"
    ),
    "200,000 attributes": lambda: rss(
        "<item " + " ".join(f"a{n}='1'" for n in range(200_000)) + "><title>kept</title></item>"
    ),
    "an attribute 200,000 times": lambda: rss("<item " + "a='1' " * 200_000 + "/>" + ITEM),
    "50 MB in one entry": lambda: rss(
        f"<item><title>kept</title><description>{'lorem ipsum ' * 4_400_000}</description></item>"
    ),
    "300,000 entries": lambda: rss(ITEM * 300_000),
    "500,000 categories": lambda: rss(
        f"<item><title>kept</title>{'<category>a</category>' * 500_000}</item>"
    ),
    "CDATA never closed": lambda: rss(ITEM + "<![CDATA[</item><item>" * 100_000),
    "comments never closed": lambda: rss(ITEM + "<!--" * 500_000),
    "bare markup": lambda: rss(ITEM + "<&" * 500_000),
    "quotes in a document type": lambda: b'<!DOCTYPE x "' + b"'\"" * 500_000 + rss(ITEM),
    "entities": lambda: rss(f"<item><title>kept{'&nbsp;' * 200_000}</title></item>"),
    "gzip bomb": lambda: gzip.compress(rss(ITEM + " " * 100_000_000)),
    "NULs": lambda: rss("<item><title>k\0e\0pt</title></item>" + "\0" * 500_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_parse_of_a_hostile_document_is_bounded(name: str) -> None:
    document = HOSTILE[name]()
    started = time.thread_time()
    feed = parse(document, url="https://a.example/")
    assert time.thread_time() - started < 2.5
    assert len(feed.entries) <= MAX_ENTRIES
    titles = [entry.title.value[:4] for entry in feed.entries if entry.title]
    assert "kept" in titles
    assert "root:" not in str(feed.entries[0].title)


def test_parse_of_too_many_entries_keeps_the_first_and_says_so() -> None:
    feed = parse(rss("".join(f"<item><guid>{n}</guid></item>" for n in range(MAX_ENTRIES + 5))))
    assert [entry.id for entry in feed.entries] == [str(n) for n in range(MAX_ENTRIES)]
    assert [problem.code for problem in feed.problems] == ["parse.too_many_entries"]


@pytest.mark.parametrize("document", [b"{" * 100_000, b"[" * 100_000, b'{"items":' * 100_000])
def test_parse_of_deep_json_is_no_feed(document: bytes) -> None:
    assert not parse(document).is_feed


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "utf-8-sig"])
def test_parse_of_wide_encodings_and_gzip_sent_as_is_keeps_the_entry(codec: str) -> None:
    document = rss(ITEM).decode().encode(codec)
    assert len(parse(document).entries) == 1
    assert len(parse(gzip.compress(document)).entries) == 1


def test_parse_of_a_cut_gzip_gives_what_can_be_read() -> None:
    packed = gzip.compress(rss("".join(f"<item><guid>{n}</guid></item>" for n in range(5_000))))
    feed = parse(packed[: len(packed) // 2])
    assert len(feed.entries) > 1_000
    assert "parse.truncated" in {problem.code for problem in feed.problems}


@given(st.binary(max_size=500))
def test_parse_of_any_bytes_never_raises(data: bytes) -> None:
    assert parse(data, url="https://a.example/").is_feed in {True, False}


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_parse_of_pieces_of_feeds_never_raises(document: str) -> None:
    feed = parse(document.encode("utf-8", "surrogatepass"), url="https://a.example/")
    for entry in feed.entries:
        str(entry).encode()


def test_parse_of_mutated_feeds_never_raises_and_keeps_most_entries() -> None:
    """Some hundred seeded mutations of a sound feed."""
    chance = random.Random(20_240_101)
    sound = rss(
        "".join(
            f"<item><title>n{n}</title><link>https://a.example/{n}</link><guid>{n}</guid>"
            f"<description>&lt;p&gt;text {n}&lt;/p&gt;<![CDATA[<b>more</b>]]></description></item>"
            for n in range(20)
        )
    )
    kept = 0
    for _ in range(400):
        document = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(document))
            match chance.randrange(4):
                case 0:
                    document[place] = chance.randrange(256)
                case 1:
                    del document[place : place + chance.randrange(1, 30)]
                case 2:
                    document[place:place] = chance.choice(FRAGMENTS).encode("utf-8", "replace")
                case _:
                    document[place:place] = document[place : place + chance.randrange(1, 80)]
        kept += min(len(parse(bytes(document)).entries), 20)
    assert kept > 400 * 20 * 0.97
