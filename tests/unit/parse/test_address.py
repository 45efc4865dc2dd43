from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse.address import absolute, document_base

BASE = "https://blog.example/2024/feed.xml"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://other.example/a?b=c&d=e#f", "https://other.example/a?b=c&d=e#f"),
        ("post.html", "https://blog.example/2024/post.html"),
        ("/post", "https://blog.example/post"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("#note", "https://blog.example/2024/feed.xml#note"),
        ("?page=2", "https://blog.example/2024/feed.xml?page=2"),
        ("  http://a.example/x\n ", "http://a.example/x"),
        ("http://a.example/\n  x y", "http://a.example/%20%20x%20y"),
        ("http://a.example/?a=1&amp;b=2", "http://a.example/?a=1&b=2"),
        ("HTTP://A.example/", "HTTP://A.example/"),
        ("mailto:me@example.org", "mailto:me@example.org"),
        ("http:/post", "https://blog.example/post"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("urn:uuid:1", ""),
        ("tag:example.org,2024:1", ""),
        ("http://[::1", "http://[::1"),
        ("", ""),
    ],
)
def test_absolute_resolves_what_may_be_followed(written: str, meant: str) -> None:
    assert absolute(written, BASE) == meant


def test_absolute_without_a_base_leaves_a_relative_address_empty() -> None:
    assert absolute("post.html", "") == ""
    assert absolute("/post.html", "") == ""


@given(st.text(max_size=80), st.sampled_from(["", BASE, "http://[", "mailto:x@y"]))
def test_absolute_of_any_text_never_raises_and_never_gives_a_script(
    written: str, base: str
) -> None:
    result = absolute(written, base)
    assert not result or ":" in result
    assert not result.lower().lstrip().startswith(("javascript", "data", "vbscript"))
    assert not set(result) & set(' \n\t\r<>"')


def test_document_base_follows_content_location() -> None:
    assert document_base("http://a.example/x", "/y/z.xml") == "http://a.example/y/z.xml"
    assert document_base("http://a.example/x", "javascript:1") == "http://a.example/x"
    assert document_base("", "") == ""
