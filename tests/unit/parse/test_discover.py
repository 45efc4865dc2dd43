from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse import FeedLink, discover

PAGE = """<!doctype html><html><head><base href="/blog/">
<link rel="alternate" type="application/json" href="api.json">
<link rel="alternate" type="application/rss+xml" href="comments.xml">
<link rel="Alternate" type="application/RSS+xml; charset=utf-8" title=" Posts  up " href="rss.xml">
<link rel="alternate" type="text/html" hreflang="de" href="de.html">
<link rel="feed" href="feed/"><link rel="stylesheet" href="feed.css">
<link rel="alternate" type="application/atom+xml" href="javascript:alert(1)"></head>
<body><a href="https://other.example/feed.xml">Else</a> <a href="/blog/rss.xml">again</a>
<a href="/atom.xml">Atom</a> <a href="/feedback">no</a> <a href="/about">no</a></body></html>"""


def test_discover_gives_named_feeds_before_mentioned_ones() -> None:
    assert discover(PAGE, url="https://a.example/x") == (
        FeedLink(
            url="https://a.example/blog/rss.xml", type="application/rss+xml", title="Posts up"
        ),
        FeedLink(url="https://a.example/blog/feed/"),
        FeedLink(url="https://a.example/blog/comments.xml", type="application/rss+xml"),
        FeedLink(url="https://a.example/blog/api.json", type="application/json"),
        FeedLink(url="https://a.example/atom.xml", title="Atom"),
        FeedLink(url="https://other.example/feed.xml", title="Else"),
    )


def test_discover_in_nothing_finds_nothing() -> None:
    assert discover(b"", url="https://a.example/") == ()
    assert discover(b"\x00\xff" * 50, url="") == ()


@given(st.binary(max_size=400))
def test_discover_in_any_bytes_never_raises(page: bytes) -> None:
    discover(b"<html><a href=" + page, url="https://a.example/")
