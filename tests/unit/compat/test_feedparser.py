from __future__ import annotations

import io
from pathlib import Path
from time import struct_time
from xml.sax import SAXParseException

import pytest

from ecliptic.compat import feedparser

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A blog</title>
<link>http://blog.example/</link><item><title>One &amp;amp; two</title><link>/1</link>
<guid isPermaLink="false">tag:1</guid><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>
<description>&lt;p onclick="x()"&gt;Hi &lt;a href="me"&gt;me&lt;/a&gt;</description>
<enclosure url="/1.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"""
XML = {"Content-Type": "application/rss+xml"}
URL = "http://blog.example/feed"


def test_parse_when_a_document_is_rss_gives_feed_and_entries() -> None:
    result = feedparser.parse(RSS, response_headers=XML, href=URL)
    assert (result.version, result.encoding, result.bozo) == ("rss20", "utf-8", False)
    assert result.channel.title == "A blog"
    entry = result["items"][0]
    assert entry.title == "One &amp; two"
    assert entry.title_detail.type == "text/html"
    assert entry.link == "http://blog.example/1"
    assert (entry.guid, entry.guidislink) == ("tag:1", False)
    assert isinstance(entry.published_parsed, struct_time)
    assert tuple(entry.published_parsed) == (2004, 1, 1, 19, 48, 21, 3, 1, 0)
    assert entry.description == '<p>Hi <a href="http://blog.example/me">me</a></p>'
    assert entry.enclosures[0].type == "audio/mpeg"


def test_parse_when_markup_is_not_to_be_cleaned_leaves_it() -> None:
    left = feedparser.parse(RSS, href=URL, sanitize_html=False, resolve_relative_uris=False)
    assert left.entries[0].summary == '<p onclick="x()">Hi <a href="me">me</a>'
    resolved = feedparser.parse(RSS, href=URL, sanitize_html=False)
    assert 'onclick="x()">Hi <a href="http://blog.example/me">' in resolved.entries[0].summary
    clean = feedparser.parse(RSS, href=URL, resolve_relative_uris=False)
    assert clean.entries[0].summary == '<p>Hi <a href="me">me</a></p>'


def test_parse_when_given_bytes_a_stream_or_a_file_reads_the_same(tmp_path: Path) -> None:
    expected = feedparser.parse(RSS.encode())
    (tmp_path / "feed.xml").write_text(RSS)
    for source in (RSS, io.BytesIO(RSS.encode()), io.StringIO(RSS), str(tmp_path / "feed.xml")):
        assert feedparser.parse(source) == expected


@pytest.mark.parametrize("address", ["http://a.example/", "HTTPS://a.example/f", "feed:a.example"])
def test_parse_when_given_an_address_fetches_nothing_and_says_so(address: str) -> None:
    result = feedparser.parse(address, "an etag", agent="x", modified=None)
    assert result.bozo
    assert "not fetched" in str(result.bozo_exception)
    assert result.entries == []


def test_parse_when_arguments_stand_by_position_takes_headers_and_leaves_an_etag() -> None:
    assert feedparser.parse(RSS, {"ETag": "1", **XML}).etag == "1"
    assert feedparser.parse(RSS, "an etag", "Thu, 01 Jan 2004 19:48:21 GMT", "agent").headers == {}
    raw = feedparser.parse(RSS, XML, False, False).entries[0]
    assert raw.summary == '<p onclick="x()">Hi <a href="me">me</a>'


def test_parse_when_nothing_is_given_gives_an_empty_result() -> None:
    result = feedparser.parse(b"")
    assert (result.entries, result.feed, result.bozo) == ([], {}, False)


def test_parse_when_a_document_is_malformed_gives_the_reason_and_the_entries() -> None:
    result = feedparser.parse(RSS.replace("A blog", "A & B &nbsp;"))
    assert result.bozo
    assert isinstance(result.bozo_exception, SAXParseException)
    assert result.bozo_exception.getLineNumber() == 1
    assert len(result.entries) == 1
    assert result.feed.title == "A & B \xa0".strip()


def test_parse_when_space_stands_before_the_declaration_says_so() -> None:
    assert feedparser.parse("\n" + RSS).bozo
    assert feedparser.parse("\n" + RSS).feed.title == "A blog"


def test_parse_when_headers_are_given_keeps_them_and_what_they_say() -> None:
    modified = "Thu, 01 Jan 2004 19:48:21 GMT"
    headers = {**XML, "ETag": '"1"', "Last-Modified": modified, "Content-Language": "fr"}
    result = feedparser.parse(RSS, response_headers=headers)
    assert result.headers["etag"] == result.etag == '"1"'
    assert dict.__getitem__(result, "modified") == modified
    assert result.feed.language == "fr"


def test_parse_when_the_type_is_no_xml_says_so() -> None:
    result = feedparser.parse(RSS, response_headers={"content-type": "text/plain"})
    assert isinstance(result.bozo_exception, feedparser.NonXMLContentType)
    assert result.encoding == "us-ascii"


def test_parse_when_the_encoding_is_another_than_said_gives_the_reason() -> None:
    data = RSS.replace("A blog", "Café").encode()
    result = feedparser.parse(data, response_headers={"content-type": "text/xml"})
    assert isinstance(result.bozo_exception, feedparser.CharacterEncodingOverride)
    assert (result.encoding, result.feed.title) == ("utf-8", "Café")


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ("<rss version='0.91'/>", "rss091u"),
        ("<rss version='0.92'/>", "rss092"),
        ("<rss version='2.01'/>", "rss20"),
        ("<rss/>", "rss"),
        ("<feed/>", "atom"),
        ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", "atom03"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom10"),
        (("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'/>"), "rss10"),
        (("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'/>"), "rss090"),
        ("<channel href='http://a.example/'/>", "cdf"),
        ("<html/>", ""),
    ],
)  # fmt: skip
def test_parse_when_a_format_has_versions_names_it(document: str, version: str) -> None:
    assert feedparser.parse(document).version == version
    assert version in feedparser.SUPPORTED_VERSIONS


def test_parse_when_a_document_is_a_json_feed_has_the_same_shape() -> None:
    result = feedparser.parse(
        '{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"en",'
        '"home_page_url":"http://a.example/","authors":[{"name":"Jo"}],"items":[{"id":"1",'
        '"url":"http://a.example/1","content_html":"<p onclick=x>Hi","tags":["x"],'
        '"date_published":"2024-02-03T04:05:06Z","attachments":[{"url":"http://a.example/1.mp3",'
        '"mime_type":"audio/mpeg","size_in_bytes":5}]}]}'
    )
    assert (result.version, result.feed.title, result.feed.author) == ("json11", "T", "Jo")
    entry = result.entries[0]
    assert (entry.id, entry.link, entry.category) == ("1", "http://a.example/1", "x")
    assert entry.content[0].value == entry.summary == "<p>Hi</p>"
    assert tuple(entry.published_parsed)[:6] == (2024, 2, 3, 4, 5, 6)
    assert entry.enclosures[0].length == "5"


def test_parse_when_a_document_is_no_feed_says_so() -> None:
    assert feedparser.parse("nothing of the kind").bozo
    assert feedparser.parse('{"a": 1}').bozo


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_parse_when_characters_are_wide_no_label_is_believed_that_is_not(codec: str) -> None:
    document = "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Café</title>"
    result = feedparser.parse((document + "</channel></rss>").encode(codec))
    assert result.feed.title == "Café"
    assert result.encoding.startswith(codec[:6])
    assert isinstance(result.bozo_exception, feedparser.CharacterEncodingOverride)


def test_parse_when_a_label_says_wide_and_the_bytes_are_not_reads_the_bytes() -> None:
    document = "<?xml version='1.0' encoding='ucs-2'?><rss><channel><title>Café</title>"
    result = feedparser.parse((document + "</channel></rss>").encode())
    assert (result.feed.title, result.encoding) == ("Café", "utf-8")
