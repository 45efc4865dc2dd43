from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.fetch.target import BadAddressError, Target, read_redirect, read_target


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "http://example.com/",
        "https://example.com:8443/feed.xml?a=b&c=%20",
        "https://blog.example.com/@someone.rss",
        "http://127.0.0.1:8000/x",
        "http://[2001:db8::1]:8080/x",
        "http://under_score.example/",
        "http://example.com./feed",
    ],
)
def test_read_target_when_plain_then_unchanged(url: str) -> None:
    assert read_target(url).url == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.COM/Feed", "http://example.com/Feed"),
        ("http://example.com/feed#top", "http://example.com/feed"),
        ("http://example.com/caf\xe9?q=\xe9", "http://example.com/caf%C3%A9?q=%C3%A9"),
        ("http://b\xfccher.example/feed", "http://xn--bcher-kva.example/feed"),
        ("http://user:secret@example.com/feed", "http://example.com/feed"),
        ('http://example.com/a"b', "http://example.com/a%22b"),
        ("http://example.com?q=1#x", "http://example.com/?q=1"),
    ],
)
def test_read_target_when_unusual_then_normalised(url: str, expected: str) -> None:
    assert read_target(url).url == expected


def test_read_target_when_credentials_then_kept_apart() -> None:
    target = read_target("https://me:p%40ss%3Aword@example.com/feed")
    assert target.credentials == "me:p@ss:word"
    assert "me" not in target.url


@pytest.mark.parametrize(
    "url",
    [
        "", "/feed", "//example.com/feed", "example.com/feed", "http:example.com", "http://",
        "http:///feed", "ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)",
        "unix:/var/run/x.sock", "ws://example.com/", "gopher://example.com/",
        "http://exa mple.com/", "http://exa\tmple.com/", "http://example.com/a b",
        "http://example.com/\r\nHost: x", "http://example.com\\@127.0.0.1/",
        "http://127.0.0.1%00.example.com/", "http://example.com:99999/", "http://example.com:x/",
        "http://example.com:22/", "http://example.com:25/", "http://example.com:0/",
        "http://[::1/", "http://[fe80::1%25eth0]/", "http://..example.com/", "http://a..b/",
        "http://\x00/", "http://exam<ple>.com/", "http://me@/", "http://example.com/" + "x" * 9000,
    ],
)  # fmt: skip
def test_read_target_when_it_cannot_be_asked_for_then_says_so(url: str) -> None:
    with pytest.raises(BadAddressError):
        read_target(url)


@given(st.one_of(st.text(), st.text().map("http://".__add__), st.text().map("http://a/".__add__)))
def test_read_target_on_any_text_then_an_ascii_address_or_a_refusal(text: str) -> None:
    try:
        target = read_target(text)
    except BadAddressError:
        return
    assert target.url.isascii()
    assert target.url.isprintable()
    assert target.url.startswith((f"http://{target.host}", f"https://{target.host}"))
    assert read_target(target.url).url == target.url


@given(st.text())
def test_read_redirect_on_any_text_then_an_http_address_or_a_refusal(text: str) -> None:
    try:
        target = read_redirect(text, read_target("https://example.com/a/b?c"))
    except BadAddressError:
        return
    assert target.scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/feed", "https://example.com/feed"),
        ("feed", "https://example.com/a/feed"),
        ("?page=2", "https://example.com/a/b?page=2"),
        ("//other.example/feed", "https://other.example/feed"),
        ("http://example.com/feed", "http://example.com/feed"),
        (" /with space ", "https://example.com/with%20space"),
        ("/caf\xc3\xa9", "https://example.com/caf%C3%A9"),
        ("/feed#part", "https://example.com/feed"),
    ],
)
def test_read_redirect_when_relative_or_absolute_then_resolved(
    location: str, expected: str
) -> None:
    assert read_redirect(location, read_target("https://example.com/a/b")).url == expected


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.com/", "http://example.com:25/", "http://[",
                 "\\\\evil.example\\x", "javascript:alert(1)", "http://a\x01b/"]
)  # fmt: skip
def test_read_redirect_when_it_leads_elsewhere_than_http_then_says_so(location: str) -> None:
    with pytest.raises(BadAddressError):
        read_redirect(location, read_target("https://example.com/"))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/feed", "me:secret"),
        ("https://example.com:8443/feed", ""),
        ("https://other.example/feed", ""),
        ("http://example.com/feed", ""),
        ("https://you:other@example.com/feed", "me:secret"),
        ("https://you:other@other.example/feed", ""),
    ],
)
def test_read_redirect_when_credentials_then_they_stay_at_their_origin(
    location: str, expected: str
) -> None:
    source = read_target("https://me:secret@example.com/")
    assert read_redirect(location, source).credentials == expected


def test_read_redirect_when_upgraded_to_https_then_credentials_are_kept() -> None:
    source = Target("http://example.com/", "http", "example.com", 80, "me:secret")
    assert read_redirect("https://example.com/", source).credentials == "me:secret"
