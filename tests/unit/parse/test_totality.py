"""Any bytes give a feed or say that they are none: no exception, in bounded time and memory."""

from __future__ import annotations

import gzip
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse import parse
from ecliptic.parse.feed import MAX_ENTRIES
from hostile_documents import FRAGMENTS, HOSTILE, ITEM, mutated, rss


@pytest.mark.slow
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


@pytest.mark.slow
def test_parse_of_mutated_feeds_never_raises_and_keeps_most_entries() -> None:
    """Some hundred seeded mutations of a sound feed; ten thousand are a conformance test."""
    chance = random.Random(20_240_101)
    sound = rss(
        "".join(
            f"<item><title>n{n}</title><link>https://a.example/{n}</link><guid>{n}</guid>"
            f"<description>&lt;p&gt;text {n}&lt;/p&gt;<![CDATA[<b>more</b>]]></description></item>"
            for n in range(20)
        )
    )
    kept = sum(min(len(parse(mutated(sound, chance)).entries), 20) for _ in range(400))
    assert kept > 400 * 20 * 0.97
