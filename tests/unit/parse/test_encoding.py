from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings import labels, lookup

from ecliptic.parse import parse
from ecliptic.parse.encoding import codec_of, decode

XML = (
    "<?xml version='1.0' encoding='{}'?>"
    "<rss version='2.0'><channel><title>{}</title></channel></rss>"
)


def title(data: bytes, content_type: str = "") -> str:
    feed = parse(data, content_type=content_type)
    return feed.title.value if feed.title else ""


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", "žluť – 例"),
        ("iso-8859-1", "cp1252", "“naïve” – café"),
        ("windows-1252", "cp1252", "€ “x”"),
        ("ISO-8859-2", "iso8859-2", "žluť"),
        ("windows-1251", "cp1251", "Привет"),
        ("koi8-r", "koi8-r", "Привет"),
        ("gb2312", "gb18030", "简体中文 镕"),
        ("big5", "big5hkscs", "繁體中文"),
        ("euc-jp", "euc_jp", "日本語"),
        ("shift_jis", "cp932", "日本語①"),
        ("euc-kr", "cp949", "한국어 똠"),
        ("utf-16", "utf-16", "žluť – 例"),
        ("utf-32", "utf-32", "žluť – 例"),
    ],
)
def test_parse_of_a_labelled_encoding_reads_its_text(label: str, codec: str, text: str) -> None:
    feed = parse(XML.format(label, text).encode(codec))
    assert feed.title is not None
    assert feed.title.value == text
    assert feed.problems == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037"])
def test_parse_without_a_mark_sees_wide_and_ebcdic_encodings(codec: str) -> None:
    assert title(XML.format(codec, "cafe").encode(codec)) == "cafe"


def test_byte_order_mark_is_believed_before_header_and_declaration() -> None:
    data = codecs.BOM_UTF8 + XML.format("iso-8859-1", "né").encode()
    feed = parse(data, content_type="text/xml; charset=windows-1251")
    assert feed.title is not None
    assert feed.title.value == "né"
    assert [problem.code for problem in feed.problems] == ["parse.encoding_mismatch"]


def test_header_is_believed_before_the_declaration() -> None:
    data = XML.format("iso-8859-1", "Привет").encode("koi8-r")
    assert title(data, "application/xml; charset=KOI8-R") == "Привет"


def test_text_xml_without_a_charset_follows_the_declaration() -> None:
    assert title(XML.format("koi8-r", "Привет").encode("koi8-r"), "text/xml") == "Привет"


def test_undeclared_bytes_that_are_no_utf8_are_windows_1252() -> None:
    data = b"<rss version='2.0'><channel><title>caf\xe9 \x96 \x80</title></channel></rss>"
    feed = parse(data)
    assert feed.title is not None
    assert feed.title.value == "café – €"
    assert feed.problems[0].code == "parse.encoding_mismatch"


def test_utf8_under_a_latin1_label_is_utf8() -> None:
    assert title(XML.format("iso-8859-1", "Grüße").encode()) == "Grüße"


def test_stray_windows_bytes_in_utf8_are_read_as_such() -> None:
    data = XML.format("utf-8", "Grüße aus Köln X").encode().replace(b"X", b"\x96")
    assert title(data) == "Grüße aus Köln –"


def test_text_encoded_twice_is_undone() -> None:
    assert title(XML.format("utf-8", "cafÃ©").encode()) == "café"
    assert title(XML.format("utf-8", "SÃO").encode()) == "SÃO"


NO_TEXT = {"replacement", "x-user-defined"}
LABELS = sorted(label for label, name in labels.LABELS.items() if name not in NO_TEXT)
LARGER = {"gbk": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949", "shift_jis": "cp932"}


@pytest.mark.parametrize("label", LABELS)
def test_codec_of_a_label_that_browsers_know_is_theirs(label: str) -> None:
    browsers = lookup(label)
    assert browsers
    theirs = codecs.lookup(browsers.codec_info.name).name
    assert codec_of(label) in {theirs, LARGER.get(theirs)}


@pytest.mark.parametrize("label", ["utf-7", "zlib", "idna", "unicode_escape", "nonsense", "x" * 40])
def test_labels_of_no_text_encoding_mean_nothing(label: str) -> None:
    assert codec_of(label) == ""
    assert title(XML.format(label, "safe").encode()) == "safe"


@given(
    st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=utf-16", "x; charset=big5"])
)
def test_decode_of_any_bytes_never_raises(data: bytes, content_type: str) -> None:
    assert isinstance(decode(data, content_type).text, str)
