"""Each kind of rule, with a small document that keeps it and one that breaks it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ecliptic.model.codes import WORDS
from ecliptic.parse.validate import severity, validate
from ecliptic.parse.validate.report import MOST
from stopwatch import cpu_seconds_below

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CHANNEL = "<title>A blog</title><link>https://blog.example/</link><description>Words</description>"
ITEM = "<title>Post</title><guid>https://blog.example/1</guid>"
FEED = (
    "<title>A blog</title><id>tag:blog.example,2020:1</id><updated>2020-01-02T03:04:05Z</updated>"
    '<link rel="self" href="https://blog.example/feed"/><author><name>Ada</name></author>'
)
ENTRY = (
    "<title>Post</title><id>tag:blog.example,2020:2</id><updated>2020-01-02T03:04:05Z</updated>"
    '<link href="https://blog.example/2"/>'
)
RSS10 = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    b' xmlns="http://purl.org/rss/1.0/">'
)


def rss(channel: str = "", item: str = "", head: str = CHANNEL) -> bytes:
    spaces = (
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:georss="http://www.georss.org/georss"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    own = '<atom:link rel="self" href="https://blog.example/feed"/>'
    items = f"<item>{ITEM}{item}</item>"
    text = f'<rss version="2.0" {spaces}><channel>{head}{own}{channel}{items}</channel></rss>'
    return text.encode()


def atom(feed: str = "", entry: str = "", *, entry_head: str = ENTRY) -> bytes:
    thread = 'xmlns:thr="http://purl.org/syndication/thread/1.0"'
    text = f'<feed xmlns="http://www.w3.org/2005/Atom" {thread}>{FEED}{feed}'
    return f"{text}<entry>{entry_head}{entry}</entry></feed>".encode()


def codes(data: bytes) -> list[str]:
    return [finding.code.removeprefix("check.") for finding in validate(data, now=NOW)]


def test_validate_when_a_feed_keeps_the_rules_finds_nothing() -> None:
    assert codes(rss()) == []
    assert codes(atom()) == []


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("<foo/>", "unknown_element"),
        ("<title>Again</title>", "repeated_element"),
        ("<slash:comments>1</slash:comments>", "misplaced_element"),
        ("<pubDate>Mon, 02 Jan 2006 15:04:05 GMT</pubDate>", ""),
        ("<pubDate>Tue, 02 Jan 2006 15:04:05 GMT</pubDate>", "bad_date"),
        ("<pubDate>2006-01-02T15:04:05Z</pubDate>", "bad_date"),
        ("<pubDate>Mon, 02 Jan 06 15:04:05 GMT</pubDate>", "unusual_date"),
        ("<pubDate>02 Jan 2006 15:04:05 -0234</pubDate>", "unusual_date"),
        ("<pubDate>02 Jan 2006 15:04:05 +0530</pubDate>", ""),
        ("<pubDate>Mon, 02 Jan 1933 15:04:05 GMT</pubDate>", "implausible_date"),
        ("<language>en-GB</language>", ""),
        ("<language>english</language>", "bad_language"),
        ("<ttl>60</ttl>", ""),
        ("<ttl>1.5</ttl>", "bad_number"),
        ("<docs>blog.example/docs</docs>", "relative_address"),
        ("<docs>https:/blog.example/docs</docs>", "bad_address"),
        ("<docs>htp://blog.example/docs</docs>", "unknown_scheme"),
        ("<webMaster>ada@blog.example (Ada)</webMaster>", ""),
        ("<webMaster>Ada (ada@blog.example)</webMaster>", "bad_email"),
        ("<copyright>A &amp;copy; B</copyright>", "markup_in_text"),
        ("<copyright>AT&amp;T</copyright>", ""),
        ("<skipDays><day>Monday</day></skipDays>", ""),
        ("<skipDays><day>monday</day></skipDays>", "bad_choice"),
        ("<skipHours><hour>24</hour></skipHours>", "unusual_hour"),
        ("<sy:updatePeriod>often</sy:updatePeriod>", "bad_choice"),
        ("<sy:updateFrequency>0</sy:updateFrequency>", "bad_number"),
        ("<copyright>A</copyright><dc:rights>A</dc:rights>", "same_meaning"),
        ('<cloud domain="a" port="80" path="/" protocol="soap"/>', "missing_attribute"),
        ("<image><url>https://a.example/i</url><link>https://a.example/</link></image>",
         "missing_element"),
        ("<skipHours>text<hour>1</hour></skipHours>", "unexpected_text"),
        ('<x:y xmlns:x="https://x.example/ns"/>', "unknown_namespace"),
        ('<dc:y xmlns:dc="https://x.example/ns"/>', "unknown_namespace"),
    ],
)  # fmt: skip
def test_validate_when_a_channel_breaks_a_rule_says_which(channel: str, expected: str) -> None:
    assert codes(rss(channel)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('<enclosure url="https://a.example/a.mp3" length="1" type="audio/mpeg"/>', ""),
        ('<enclosure url="https://a.example/a.mp3" length="-1" type="audio/mpeg"/>', "bad_number"),
        ('<enclosure url="https://a.example/a.mp3" length="1" type="mp3"/>', "bad_type"),
        ('<enclosure url="https://a.example/a.mp3" length="1"/>', "missing_attribute"),
        ("<description>&lt;a href='/x'&gt;x&lt;/a&gt;</description>", "relative_in_markup"),
        ("<description>&lt;script&gt;x&lt;/script&gt;</description>", "unsafe_markup"),
        ("<description>&lt;p onclick='x()'&gt;x&lt;/p&gt;</description>", "unsafe_markup"),
        ("<description>&lt;p style='mso-x: y'&gt;x&lt;/p&gt;</description>", "unsafe_style"),
        ("<description>&lt;p style='color: red'&gt;x&lt;/p&gt;</description>", ""),
        ("<description>&lt;a</description>", "broken_markup"),
        ('<description>&lt;a href=https://a.example/"&gt;x&lt;/a&gt;</description>', ""),
        ("<description>1 &lt; 2, i&lt;a.length</description>", ""),
        ('<media:credit scheme="urn:ebu" role="author">A</media:credit>', ""),
        ("<slash:comments>0</slash:comments>", "missing_recommended"),
        ("<georss:point>45.25 -71.92</georss:point>", ""),
        ("<georss:point>91 0</georss:point>", "bad_number"),
        ('<media:hash algo="md5">abc</media:hash>', "bad_value"),
        ('<media:content url="https://a.example/a" medium="text"/>', "bad_choice"),
        ("<media:content><media:rating>pg</media:rating></media:content>", "bad_choice"),
        ('<media:content><media:rating scheme="urn:mpaa">pg</media:rating></media:content>', ""),
    ],
)  # fmt: skip
def test_validate_when_an_item_breaks_a_rule_says_which(item: str, expected: str) -> None:
    found = codes(rss(item=item))
    assert (expected in found) if expected else found == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("<published>2020-01-02T03:04:05.5+01:00</published>", ""),
        ("<published>2020-01-02</published>", "bad_date"),
        ("<published>2020-02-30T03:04:05Z</published>", "bad_date"),
        ("<published> 2020-01-02T03:04:05Z</published>", "bad_date"),
        ("<summary>a &lt;b&gt;b&lt;/b&gt;</summary>", "undeclared_markup"),
        ('<summary type="html">a &lt;b&gt;b&lt;/b&gt;</summary>', ""),
        ('<summary type="html">a <b>b</b></summary>', "not_escaped"),
        ('<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a</div></summary>', ""),
        ('<summary type="xhtml"><div>a</div></summary>', "missing_div"),
        ('<summary type="xhtml">&lt;p&gt;a&lt;/p&gt;</summary>', "not_inline"),
        ('<summary type="text/html">a</summary>', "bad_choice"),
        ('<content type="image/png">not base 64</content><summary>s</summary>', "bad_base64"),
        ('<content src="https://a.example/" type="text/html"/>', "missing_element"),
        ('<content type="jpeg">a</content>', "bad_type"),
        ('<link href="https://blog.example/other"/>', "repeated_link"),
        ('<link href="https://blog.example/other" hreflang="de"/>', ""),
        ('<link rel="related-to" href="https://a.example/"/>', "unknown_relation"),
        ('<link rel="next" href="https://a.example/"/>', "bad_paging"),
        ('<link rel="related">https://a.example/</link>', "missing_attribute"),
        ('<category term="a" scheme="b"/>', "relative_address"),
        ("<author><name>ada@blog.example</name></author>", "email_in_name"),
        ("<author><name>Ada</name><email>Ada</email></author>", "bad_email"),
        ('<thr:in-reply-to ref="https://a.example/1" href="a b"/>', "bad_address"),
        ("<subtitle>a</subtitle>", "misplaced_element"),
    ],
)  # fmt: skip
def test_validate_when_an_entry_breaks_a_rule_says_which(entry: str, expected: str) -> None:
    found = codes(atom(entry=entry))
    assert (expected in found) if expected else found == []


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("tag:blog.example,2020-01:post", ""),
        ("tag:blog.example,20:post", "bad_id"),
        ("tag:blog.example,2020:a b", "bad_id"),
        ("urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6", ""),
        ("urn:uuid:60a76c80", "bad_id"),
        ("urn:a.b:c", "bad_id"),
        ("post-1", "relative_address"),
        ("HTTPS://blog.example/", "not_canonical"),
        ("https://Blog.example/", "not_canonical"),
        ("https://blog.example:443/", "not_canonical"),
        ("https://blog.example/a/../b", "not_canonical"),
        ("https://blog.example/%7Eada", "not_canonical"),
        ("https://blog.example/ada?x=[1]", ""),
    ],
)
def test_validate_when_an_id_is_odd_says_how(identifier: str, expected: str) -> None:
    head = ENTRY.replace("tag:blog.example,2020:2", identifier)
    assert codes(atom(entry_head=head)) == ([expected] if expected else [])


def test_validate_when_entries_share_an_id_says_so() -> None:
    assert "repeated_id" in codes(atom(f"<entry>{ENTRY}</entry>"))
    assert "repeated_id" in codes(rss(f"<item>{ITEM}</item>"))


def test_validate_when_something_is_missing_names_it() -> None:
    data = b'<rss version="2.0"><channel><link>https://a.example/</link></channel></rss>'
    missing = [one for one in validate(data) if one.code == "check.missing_element"]
    assert {"<title>" in one.message or "<description>" in one.message for one in missing} == {True}
    assert len(missing) == 2


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (b"<html><body/></html>", "unknown_root"),
        (b"<opml version='2.0'/>", "unknown_root"),
        (b'<feed xmlns="http://www.w3.org/2005/atom"/>', "wrong_namespace"),
        (b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"/>', "obsolete_version"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:/etc/x">]><rss version="2.0"/>',
         "external_entity"),
        (b'<?xml version="1.0" encoding="koi8-r"?><rss version="2.0"/>', "obscure_encoding"),
        (b'<?xml version="1.0" encoding="none-such"?><rss version="2.0"/>', "unknown_encoding"),
        (b'<rss version="2.0" xmlns:dc="https://x.example/"/>', "reserved_prefix"),
        (RSS10 + b"<channel/></rdf:RDF>", "missing_attribute"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "title": "A"}', "missing_member"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}]}', "wrong_json"),
        (b'{"version": "1.1", "title": "A", "items": []}', "bad_choice"),
    ],
)  # fmt: skip
def test_validate_when_the_whole_is_odd_says_how(document: bytes, expected: str) -> None:
    assert expected in codes(document)


def test_validate_when_json_keeps_the_rules_finds_nothing() -> None:
    data = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "A",
        "feed_url": "https://a.example/feed", "items": [{"id": "1", "content_text": "a",
        "date_published": "2020-01-02T03:04:05Z", "attachments":
        [{"url": "https://a.example/1", "mime_type": "audio/mpeg", "size_in_bytes": 1}]}]}"""
    assert codes(data) == []


def test_validate_when_found_says_line_element_and_value() -> None:
    data = rss("\n\n<ttl>soon</ttl>")
    (found,) = validate(data, now=NOW)
    assert (found.line, found.key, found.found, found.severity) == (3, "ttl", "soon", "error")
    assert "ttl" in found.message


def test_validate_when_the_same_is_found_often_says_it_once() -> None:
    (found,) = validate(rss("<foo/>" * 50), now=NOW)[:1]
    assert found.code == "check.unknown_element"
    assert "50 times" in found.message


def test_validate_when_much_is_found_stops_at_a_limit() -> None:
    found = validate(rss("".join(f"<foo{number}/>" for number in range(300))), now=NOW)
    assert len(found) == MOST + 1
    assert found[-1].code == "check.more"
    assert "200" in found[-1].message


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        rss(item="<description>" + "&lt;a href=" * 100_000 + "</description>"),
        rss(item="<description>" + "&lt;a b='" * 100_000 + "</description>"),
        rss("<pubDate>" + "(" * 200_000 + "</pubDate>"),
        rss("<docs>https://" + "a." * 200_000 + "</docs>"),
        rss("<webMaster>" + "a." * 200_000 + "@</webMaster>"),
        rss("<language>" + "en-" * 200_000 + "</language>"),
        rss("<itunes:category>" * 900 + "</itunes:category>" * 900),
        atom(entry="<id>tag:" + "a-" * 200_000 + "</id>"),
        b"<rss><channel><item>" * 10_000,
        atom("<entry><id>a</id></entry>" * 20_000).replace(
            b"<author><name>Ada</name></author>", b""
        ),
        rss("<item><guid>a</guid></item>" * 20_000),
        b"\x00\xff<rss",
        b"",
    ],
)
def test_validate_when_hostile_returns_in_time(data: bytes) -> None:
    with cpu_seconds_below(4):
        validate(data, now=NOW)


def test_severity_when_a_code_is_named_there_it_has_words() -> None:
    names = severity._ERRORS | severity._NOTES
    assert {f"check.{name}" for name in names} <= WORDS.keys()
