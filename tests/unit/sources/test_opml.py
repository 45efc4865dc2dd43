from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic import sources
from ecliptic.errors import ConfigError
from ecliptic.sources import opml
from stopwatch import cpu_seconds_below

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Planet
 of Lists</title><ownerName>Ada</ownerName><ownerEmail>ada@p.example</ownerEmail></head>
<body>
<outline text="Folder">
  <outline type="rss" text="  A &amp; B " xmlUrl=" https://a.example/?x=1&amp;y=2 "
           htmlUrl="https://a.example/"/>
  <outline text="Deeper"><outline title="C" XMLURL="feed://c.example/rss"/></outline>
</outline>
<outline text="" title="again" xmlurl="https://A.example/?x=1&amp;y=2"/>
<!-- <outline text="gone" xmlUrl="https://gone.example/"/> -->
<outline text="no feed" htmlUrl="https://n.example/"/>
<outline text="odd" xmlUrl="file:///etc/passwd" htmlUrl="javascript:alert(1)"/>
<outline text="empty" xmlUrl=""/>
</body></opml>
"""


def pairs(data: bytes) -> list[tuple[str, str]]:
    return [(feed.url, feed.name) for feed in opml.read(data)]


def test_read_when_folders_are_nested_returns_each_feed_once() -> None:
    assert pairs(LIST) == [
        ("https://a.example/?x=1&y=2", "A & B"),
        ("http://c.example/rss", "C"),
        ("file:///etc/passwd", "odd"),
    ]
    first, _, odd = opml.read(LIST)
    assert (first.link, first.paused, first.line) == ("https://a.example/", False, 8)
    assert (odd.link, odd.paused) == ("", True)


def test_load_when_it_is_opml_makes_a_planet_of_it(tmp_path: Path) -> None:
    path = tmp_path / "people.opml"
    path.write_bytes(LIST)
    site = sources.load(path)
    assert (site.name, site.owner_name, site.owner_email) == (
        "Planet of Lists", "Ada", "ada@p.example",
    )  # fmt: skip
    assert (site.dialect, site.config) == ("opml", str(path))
    assert site.output == str(tmp_path / "site")
    assert site.state == str(tmp_path / "people.sqlite")
    assert site.notices == (
        "Not http or https addresses, therefore paused: file:///etc/passwd (line 14).",
    )


def test_load_when_it_is_other_xml_refuses(tmp_path: Path) -> None:
    path = tmp_path / "rss.xml"
    path.write_bytes(b"<rss><channel><title>about &lt;opml</title></channel></rss><!-- <opml -->")
    with pytest.raises(ConfigError) as caught:
        sources.load(path)
    assert caught.value.code == "sources.not_opml"


def test_read_when_ampersands_and_quotes_are_bare_loses_no_feed() -> None:
    data = (
        b'<opml><body>\n<outline text="Q&A" description="he said "hi" & <b>left</b>"'
        b' xmlUrl="https://a.example/?a=1&b=2"/>\n<outline text="&nbsp;caf\xe9"'
        b" xmlUrl='https://b.example/'>\n"
    )
    assert pairs(data) == [("https://a.example/?a=1&b=2", "Q&A"), ("https://b.example/", "café")]
    assert [feed.line for feed in opml.read(data)] == [2, 3]


def test_read_when_the_encoding_said_is_not_the_one_used_reads_on() -> None:
    data = b'<?xml version="1.0" encoding="utf-16"?><opml><outline xmlUrl="https://a.example/"/>'
    assert pairs(data) == [("https://a.example/", "")]
    text = (
        '<?xml version="1.0" encoding="utf-16"?><opml><outline xmlUrl="https://ä.example/"/></opml>'
    )
    assert pairs(text.encode("utf-16")) == [("https://ä.example/", "")]


def test_read_when_entities_are_declared_expands_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    data = (
        f'<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        f'<!ENTITY s SYSTEM "file://{secret}">]><opml><head><title>&s;</title></head>'
        f'<body><outline text="&b;&s;" xmlUrl="https://a.example/"/></body></opml>'
    ).encode()
    assert pairs(data) == [("https://a.example/", "&b;&s;")]


def test_read_when_outlines_are_nested_too_deeply_still_returns() -> None:
    deep = b'<outline text="d">' * 20_000 + b'<outline xmlUrl="https://a.example/"/>'
    assert pairs(b"<opml><body>" + deep) == [("https://a.example/", "")]


def test_read_when_there_are_very_many_feeds_stops_at_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opml, "FEED_LIMIT", 3)
    body = "".join(f'<outline xmlUrl="https://f{n}.example/"/>' for n in range(9))
    assert [url for url, _ in pairs(f"<opml>{body}</opml>".encode())] == [
        "https://f0.example/", "https://f1.example/", "https://f2.example/",
    ]  # fmt: skip


HOSTILE = [
    b"<opml>" + b"<!--" * 100_000,
    b"<opml>" + b"<head " * 100_000,
    b"<opml>" + b'<outline text="' * 50_000,
    b"<opml>" + b"<outline text " * 50_000,
    b"<opml>" + b"text='" * 100_000,
    b"<opml><outline " + b"text" + b" " * 500_000,
]


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_read_when_a_list_is_hostile_stays_quick(data: bytes) -> None:
    with cpu_seconds_below(2):
        assert opml.read(data) == ()


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"<opml {text}".encode()))
def test_read_when_given_any_bytes_never_fails(data: bytes) -> None:
    for feed in opml.read(data):
        assert feed.url


XML_TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    max_size=30,
)


@given(st.lists(XML_TEXT, max_size=6), st.booleans())
def test_read_when_names_are_any_text_gives_them_back(names: list[str], closed: bool) -> None:  # noqa: FBT001 - Hypothesis
    """Well-formed or cut off, a list says the same."""
    body = "".join(
        f'<outline text="{escape(name)}" xmlUrl="https://n{number}.example/"/>'
        for number, name in enumerate(names)
    )
    data = f"<opml><body>{body}{'</body></opml>' if closed else ''}".encode()
    assert [feed.name for feed in opml.read(data)] == [" ".join(name.split()) for name in names]
