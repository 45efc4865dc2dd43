"""Whatever the bytes, a result: never an exception, in bounded time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.compat import feedparser
from ecliptic.parse import parse
from stopwatch import cpu_seconds_below

SEED = (
    b"<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:media='http://search.yahoo.com"
    b"/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><title>T</title>"
    b"<image><url>i</url></image><item><title>A &amp; B</title><author>a (b@c.example)</author>"
    b"<description><![CDATA[<p>x</p>]]></description><media:group><media:content url='x'/>"
    b"</media:group><category>c</category><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>"
    b"</channel></rss>"
)
HOSTILE = {
    "deep": b"<rss><channel>" + b"<item>" * 100_000,
    "deep-markup": b"<rss><channel><item><description>" + b"&lt;div>" * 50_000,
    "attributes": b"<rss><channel><item " + b" ".join(b"a%d=''" % n for n in range(50_000)) + b"/>",
    "elements": b"<rss><channel>" + b"".join(b"<x%d/>" % n for n in range(50_000)),
    "laughs": b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;',
    "categories": b"<rss><channel><item><tags>" + b"a," * 200_000,
    "numbers": b"<rss><channel><item><point>" + b"1 " * 200_000,
    "surrogate": b"<rss><channel><title>&#xD800;&#x110000;</title>",
    "surrogate-after-cdata": b"<rss><channel><item><title><![CDATA[a</title></item>"
    b"<item a='&#xDBFF;'>"
    b"<title>b&#56300;</title><title>&#xD800</title></item></channel></rss>",
    "nul": b"\0" * 1_000,
    "brackets": b"<rss><channel><item><link>http://[x</link><guid>http://[</guid>",
    "base": b"<feed xml:base='http://[x'><entry xml:base='//['><link href='http://]'/></entry>",
    "chapters": b"<rss><channel><item><psc:chapter start='1'/></item></channel></rss>",
    "credits": b"<rss><channel><author>" + b"a@" * 100_000 + b"</author></channel></rss>",
}


@given(st.binary(max_size=500))
def test_parse_when_given_any_bytes_gives_a_result(data: bytes) -> None:
    assert isinstance(feedparser.parse(data).entries, list)


@given(st.integers(0, len(SEED)), st.binary(min_size=1, max_size=20))
def test_parse_when_a_document_is_damaged_gives_a_result(place: int, noise: bytes) -> None:
    data = SEED[:place] + noise + SEED[place + 3 :]
    assert isinstance(feedparser.parse(data).entries, list)


@given(st.dictionaries(st.sampled_from(["Content-Type", "Content-Location", "ETag"]), st.text()))
def test_parse_when_headers_are_anything_gives_a_result(headers: dict[str, str]) -> None:
    assert len(feedparser.parse(SEED, response_headers=headers).entries) == 1


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_parse_when_a_document_is_hostile_ends_soon(name: str) -> None:
    with cpu_seconds_below(2):
        assert isinstance(feedparser.parse(HOSTILE[name]).entries, list)


def test_parse_when_a_half_character_stands_after_an_open_section_keeps_the_rest() -> None:
    document = HOSTILE["surrogate-after-cdata"]
    assert parse(document).is_feed
    assert len(feedparser.parse(document).entries) == 2


def test_parse_when_cut_anywhere_keeps_whole_entries() -> None:
    end = SEED.index(b"</item>") + len(b"</item>")
    chance = random.Random(3)
    for place in [end, *(chance.randrange(end, len(SEED)) for _ in range(30))]:
        result = feedparser.parse(SEED[:place])
        assert [entry.title for entry in result.entries] == ["A & B"]
