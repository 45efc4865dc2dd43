"""The benchmark's corpus is what its documentation says."""

from __future__ import annotations

import hashlib

import pytest
from bench.corpus import Corpus

from ecliptic.parse import parse

CORPUS = Corpus(feeds=60)
PORT = 80


def test_corpus_when_made_again_then_has_the_same_bytes() -> None:
    whole = hashlib.sha256()
    for index in range(10):
        whole.update(CORPUS.document(index).body)
    assert whole.hexdigest() == "f6cd54528bce1c466805d44b06d5f8a1e9cdc9be8550354ad2e16ab2c30c64bd"


def test_corpus_when_larger_then_begins_with_the_smaller_one() -> None:
    assert Corpus(feeds=5_000).document(3) == CORPUS.document(3)


@pytest.mark.parametrize("index", range(CORPUS.feeds))
def test_feed_when_read_then_has_all_its_entries(index: int) -> None:
    document = CORPUS.document(index)
    parsed = parse(
        document.body, url=CORPUS.address(index, PORT), content_type=document.content_type
    )
    assert len(parsed.entries) == CORPUS.entries


def test_feed_when_it_has_news_then_only_the_top_is_new() -> None:
    before, after = CORPUS.feed(4), CORPUS.feed(4, news=2)
    assert after.posts[2:] == before.posts[:-2]
    assert len(after.posts) == CORPUS.entries


def test_news_when_counted_then_come_to_about_five_feeds_of_a_hundred() -> None:
    many = Corpus(feeds=2_000)
    share = sum(many.news(index) > 0 for index in range(many.feeds)) / many.feeds
    assert share == pytest.approx(0.05, abs=0.015)


def test_hosts_when_listed_then_seven_of_ten_feeds_have_their_own() -> None:
    hosts = [address.split("/")[2] for address in Corpus(feeds=1_000).addresses(PORT)]
    alone = [host for host in hosts if hosts.count(host) == 1]
    assert len(alone) == 700
    assert len(set(hosts) - set(alone)) == 12
