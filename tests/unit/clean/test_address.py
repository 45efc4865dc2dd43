from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.clean import clean_html
from ecliptic.clean.address import safe_address, safe_link

BASE = "https://blog.example/2026/post/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/a?b=1&c=2#d", "https://x.example/a?b=1&c=2#d"),
        ("HTTPS://X.example/", "https://X.example/"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("/x", "https://blog.example/x"),
        ("x", "https://blog.example/2026/post/x"),
        ("/a/../x", "https://blog.example/x"),
        ("/x?a=../b#c", "https://blog.example/x?a=../b#c"),
        ("?q=1", "https://blog.example/2026/post/?q=1"),
        ("../../x", "https://blog.example/x"),
        ("\\\\evil.example\\x", "https://evil.example/x"),
        ("/\\evil.example/x", "https://evil.example/x"),
        ("http:\\\\x.example\\y", "http://x.example/y"),
        ("http:///x.example/y", "http://x.example/y"),
        (" \t\nhttps://x.example/\n ", "https://x.example/"),
        ("https://x.example/a b\"c<d>'e", "https://x.example/a%20b%22c%3Cd%3E'e"),
        ("https://x.example/ü", "https://x.example/ü"),
        ("https://bücher.example/", "https://bücher.example/"),
        ("https://user:secret@x.example/", "https://x.example/"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://x.example:80/y", "https://x.example:80/y"),
        ('http://a.example/"onmouseover="alert(1)', "http://a.example/%22onmouseover=%22alert(1)"),
        ("http://a.example/<script>", "http://a.example/%3Cscript%3E"),
        ("https://x.example/\u202egnp", "https://x.example/%E2%80%AEgnp"),
    ],
)
def test_address_when_it_leads_to_the_web_is_absolute(address: str, expected: str) -> None:
    assert safe_address(address, BASE) == expected
    assert safe_address(expected, BASE) == expected


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
        "\x01javascript:alert(1)", "vbscript:x",
        "data:text/html,x", "file:///etc/passwd", "http://", "http:x", "https:", "https:/",
        "http://[bad", "http://a b/", "http://a%00b/", "blob:https://x/1", "about:blank",
        "view-source:https://x/", "ws://x/", "https://" + "x" * 9_000, "cid:x", "mailto:a@b",
        "http://?x", "http://#x", "http://@", "localhost:8080/x", "", " \n",
    ],
)  # fmt: skip
def test_address_when_it_leads_elsewhere_is_refused(address: str) -> None:
    assert safe_address(address, BASE) == ""


def test_address_when_there_is_no_base_and_it_is_relative_is_refused() -> None:
    assert [safe_address(address) for address in ("/x", "x", "//x.example/", "#a", "")] == [""] * 5


@pytest.mark.parametrize(
    "address", ["mailto:a@b.example", "tel:+1", "xmpp:a@b", "magnet:?xt=1", "geo:1,2"]
)
def test_link_when_it_leads_a_reader_somewhere_safe_is_kept(address: str) -> None:
    assert safe_link(address) == address


@given(st.text(alphabet=st.sampled_from("htps:/\\.@?#[]%& \t\n\"'<>ajvscript:data,;x0é\u202e")))
def test_address_whatever_it_is_gives_a_web_address_or_nothing(address: str) -> None:
    result = safe_address(address, BASE)
    assert result == "" or result.startswith(("https://", "http://"))
    assert not set(result) & set(' \t\n"<>\\\u202e')
    assert safe_address(result, BASE) == result


SEGMENTS = st.lists(st.sampled_from(["..", ".", "a", "b-c", "~d", "e.html", "%20", ""]), min_size=1)


@given(SEGMENTS.map("/".join).filter(lambda path: path and not path.startswith("//")))
def test_address_when_it_is_a_path_means_what_the_standard_library_says(path: str) -> None:
    for base in (BASE, "https://blog.example", "https://blog.example/a//b?c=d/e"):
        assert safe_address(path, base) == urljoin(base, path)


@pytest.mark.parametrize(
    "host",
    [
        "sty\ufffds=",
        "1.2.3.4.5",
        "256.1.1.1",
        "0x.1",
        "xn--a",
        "xn--999999999",
        "a..b",
        "bücher.example",
    ],
)
@pytest.mark.parametrize("markup", ['<p><a href="//{}/x">a</a></p>', '<img src="//{}/x.png">'])
def test_clean_when_a_host_is_odd_then_cleaning_again_changes_nothing(
    host: str, markup: str
) -> None:
    for base in ("https://blog.example/", f"https://{host}/"):
        for html in (markup.format(host), '<p><a href="/x">a</a></p>'):
            once = clean_html(html, base=base)
            assert clean_html(once, base=base) == once
    kept = clean_html(markup.format(host), base="https://blog.example/")
    assert (host in kept) == (host in {"bücher.example", "0x.1", "a..b"})
