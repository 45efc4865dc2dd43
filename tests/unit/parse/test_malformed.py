from __future__ import annotations

import pytest

from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse

ITEM = "<item><title>{}</title><link>https://a.example/{}</link></item>"


def rss(inside: str, prolog: str = "") -> str:
    return f'{prolog}<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title.value if entry.title else "" for entry in feed.entries]


def codes(feed: ParsedFeed) -> list[str]:
    return [problem.code for problem in feed.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &nbsp; b", "a \u00a0 b"),
        ("caf&eacute;", "café"),
        ("R&D & more", "R&D & more"),
        ("&#8211; &#150; &#x93;", "– – “"),
        pytest.param("&#8211;" * 3_000 + "&#150;", "–" * 3_001, id="many references"),
        pytest.param(" " * 3_000 + "#1; #150; &#x96;", "#1; #150; –", id="few references"),
        ("a &#xD800; b", "a \ufffd b"),
        ("a &#x110000; b", "a \ufffd b"),
        ("a\x00\x0bb", "ab"),
        ("1 < 2", "1 < 2"),
        ("&unknownthing;", "&unknownthing;"),
        ("<![CDATA[a & b]]>", "a & b"),
    ],
)
def test_parse_of_dirty_text_reads_what_was_meant(written: str, read: str) -> None:
    feed = parse(rss(ITEM.format(written, 1)), url="https://a.example/")
    assert titles(feed) == [read]


@pytest.mark.parametrize("before", ["\n\n  ", "\ufeff", "\ufeff\n", "<!-- hi -->", "junk "])
def test_parse_of_something_before_the_declaration_reads_the_feed(before: str) -> None:
    document = before + rss(ITEM.format("x", 1), '<?xml version="1.0" encoding="utf-8"?>')
    assert titles(parse(document.encode())) == ["x"]


def test_parse_of_one_broken_entry_keeps_the_others() -> None:
    items = [ITEM.format(n, n) for n in range(5)]
    items[2] = "<item><title>two</titel><description><b>x</i></description></item>"
    feed = parse(rss("".join(items)))
    assert titles(feed)[:2] == ["0", "1"]
    assert titles(feed)[3:] == ["3", "4"]
    assert "parse.malformed_xml" in codes(feed)


def test_parse_of_a_lost_cdata_end_loses_only_its_own_entry() -> None:
    broken = "<item><title>b</title><description><![CDATA[never closed</description></item>"
    feed = parse(rss(ITEM.format("a", 1) + broken + ITEM.format("c", 3)))
    assert titles(feed) == ["a", "b", "c"]


def test_parse_of_markup_in_cdata_is_no_entry() -> None:
    code = "<item><title>x</title><description><![CDATA[<item>code</item>]]></description></item>"
    feed = parse(rss(code + "<oops>"))
    assert titles(feed) == ["x"]


def test_parse_of_a_cut_document_keeps_every_whole_entry() -> None:
    document = rss("".join(ITEM.format(n, n) for n in range(50))).encode()
    for cut in range(0, len(document), 100):
        whole = document[:cut].count(b"</item>")
        feed = parse(document[:cut])
        assert titles(feed)[:whole] == [str(n) for n in range(whole)]


def test_parse_of_very_many_entries_and_an_error_keeps_the_first_in_their_order() -> None:
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(30_000))
    feed = parse(rss(items + "<oops>"))
    assert [entry.id for entry in feed.entries] == [str(n) for n in range(2_000)]
    assert "parse.too_many_entries" in codes(feed)


def test_problem_names_the_line() -> None:
    feed = parse("<rss version='2.0'>\n<channel>\n<title>a</titel>\n</channel></rss>")
    assert [p.line for p in feed.problems if p.code == "parse.malformed_xml"] == [3]


def test_bad_date_is_noted_with_its_line_and_never_made_up() -> None:
    feed = parse(
        "<rss version='2.0'><channel>\n<item>\n<pubDate>soon</pubDate></item></channel></rss>"
    )
    entry = feed.entries[0]
    assert entry.published is None
    assert [(p.code, p.detail, p.line) for p in entry.problems] == [("parse.bad_date", "soon", 3)]


def test_entity_declared_as_plain_text_is_read() -> None:
    prolog = '<!DOCTYPE rss [<!ENTITY me "Ann"><!ENTITY copy "&#169;">]>'
    assert titles(parse(rss(ITEM.format("&me; &copy;", 1), prolog))) == ["Ann ©"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"<!DOCTYPE html><html><head></head><body>hi</body></html>", "an HTML page"),
        (b"<html><body>hi</body></html>", "an HTML page"),
        (b"hello", "plain text"),
        (b"\x89PNG\r\n\x1a\n123", "a picture"),
        (b"\x1f\x8b\x08\x00garbage", "a gzip archive that cannot be read"),
        (b'<opml version="2.0"><body/></opml>', "XML with root <opml>"),
        (b'{"error": 404}', "JSON that is no JSON Feed"),
        (b'{"error": ', "JSON that cannot be read"),
        (b"%PDF-1.4", "a PDF document"),
    ],
)
def test_parse_of_no_feed_says_what_it_is(data: bytes, what: str) -> None:
    feed = parse(data)
    assert not feed.is_feed
    assert [(p.code, p.detail) for p in feed.problems][:1] == [("parse.not_a_feed", what)]
