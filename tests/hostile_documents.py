"""Documents made to hurt a parser, and a way to damage sound ones."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable
from typing import Final

ITEM: Final = "<item><title>kept</title></item>"
LAUGHS: Final = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
FRAGMENTS: Final = (
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>",
    "</title>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&nbsp;", "&#xD800;", "&", "<", ">",
    "<!DOCTYPE x [", "<!ENTITY a 'b'>", "]>", "<?xml version='1.0' encoding='utf-16'?>", "\0",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<content type='xhtml'>", "<div xml:base='/x'>",
    "<link href='http://['/>", "<pubDate>1 Jan 0001</pubDate>", "{", '"items":[', "\ud83d\ude00",
    "<category/>", "<x:y xmlns:x='u'/>", " ", "é",
)  # fmt: skip


def rss(inside: str) -> bytes:
    return f'<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'.encode()


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "billion laughs": lambda: (
        f'<!DOCTYPE r [<!ENTITY a "ha">{LAUGHS}]>'.encode()
        + rss("<item><title a='&j;'>kept &j;</title></item>")
    ),
    "quadratic entity": lambda: (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 60}">]>'.encode()
        + rss(f"<item><title>kept{'&a;' * 200_000}</title></item>")
    ),
    "external entity": lambda: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + rss("<item><title>kept &x;</title></item>")
    ),
    "100,000 deep": lambda: rss("<a>" * 100_000 + "</a>" * 100_000 + ITEM),
    "100,000 deep in an entry": lambda: rss(
        f"<item><description>{'<p>' * 100_000}</description></item>{ITEM}"
    ),
    "200,000 attributes": lambda: rss(
        "<item " + " ".join(f"a{n}='1'" for n in range(200_000)) + "><title>kept</title></item>"
    ),
    "an attribute 200,000 times": lambda: rss("<item " + "a='1' " * 200_000 + "/>" + ITEM),
    "50 MB in one entry": lambda: rss(
        f"<item><title>kept</title><description>{'lorem ipsum ' * 4_400_000}</description></item>"
    ),
    "300,000 entries": lambda: rss(ITEM * 300_000),
    "500,000 categories": lambda: rss(
        f"<item><title>kept</title>{'<category>a</category>' * 500_000}</item>"
    ),
    "CDATA never closed": lambda: rss(ITEM + "<![CDATA[</item><item>" * 100_000),
    "comments never closed": lambda: rss(ITEM + "<!--" * 500_000),
    "bare markup": lambda: rss(ITEM + "<&" * 500_000),
    "quotes in a document type": lambda: b'<!DOCTYPE x "' + b"'\"" * 500_000 + rss(ITEM),
    "entities": lambda: rss(f"<item><title>kept{'&nbsp;' * 200_000}</title></item>"),
    "gzip bomb": lambda: gzip.compress(rss(ITEM + " " * 100_000_000)),
    "NULs": lambda: rss("<item><title>k\0e\0pt</title></item>" + "\0" * 500_000),
}


def numbered(pattern: str, count: int) -> str:
    return "".join(pattern.format(number) for number in range(count))


LARGE: Final[dict[str, Callable[[], bytes]]] = {
    "1,500,000 attributes": lambda: rss(
        "<item " + numbered("a{}='1' ", 1_500_000) + "><title>kept</title></item>"
    ),
    "attributes in many tags": lambda: rss(
        ITEM + ("<a " + numbered("a{}='' ", 100) + "/>") * 20_000
    ),
    "4,000,000 elements": lambda: rss(ITEM + "<a/>" * 4_000_000),
    "1,500,000 names": lambda: rss(ITEM + numbered("<a{}/>", 1_500_000)),
    "200,000 namespaces": lambda: rss(
        "<item " + numbered("xmlns:a{0}='u{0}' ", 200_000) + "><title>kept</title></item>"
    ),
    "2,000,000 deep": lambda: rss(ITEM + "<a>" * 2_000_000 + "</a>" * 2_000_000),
    "3,000,000 breaks in a body": lambda: rss(
        f"<item><title>kept</title><description>{'<br/>' * 3_000_000}</description></item>"
    ),
    "300,000 entries, and an error": lambda: rss(ITEM * 300_000 + "<oops>"),
    "2,000,000 entities in a title": lambda: rss(
        f"<item><title>kept{'&nbsp;' * 2_000_000}</title></item>"
    ),
    "5,000,000 ampersands": lambda: rss(ITEM + "&" * 5_000_000),
    "3,000,000 less than": lambda: rss(ITEM + "<" * 3_000_000),
    "1,000,000 ampersands between sections": lambda: rss(ITEM + "& <![CDATA[x]]>" * 1_000_000),
    "four-byte characters and 2,000,000 errors": lambda: rss(
        f"<item><title>kept\U0001f600</title><rights>{'café & ' * 2_000_000}</rights></item>"
    ),
    "20 MB of UTF-16": lambda: (
        rss(f"<item><title>kept</title><description>{'café ' * 2_000_000}</description></item>")
        .decode()
        .encode("utf-16")
    ),
    "20 MB of UTF-32": lambda: (
        rss(f"<item><title>kept</title><description>{'café ' * 1_000_000}</description></item>")
        .decode()
        .encode("utf-32")
    ),
    "15 MB of Latin 1": lambda: (
        rss(f"<item><title>kept</title><description>{'café ' * 3_000_000}</description></item>")
        .decode()
        .encode("latin-1")
    ),
    "450,000 JSON objects": lambda: (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"title":"kept"}'
        + b",{}" * 450_000
        + b"]}"
    ),
}
"""Those that are too large for `make check`."""


def mutated(document: bytes, chance: random.Random) -> bytes:
    """Return a document with one to four places damaged."""
    damaged = bytearray(document)
    for _ in range(chance.randint(1, 4)):
        if not damaged:
            break
        place = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                damaged[place] = chance.randrange(256)
            case 1:
                del damaged[place : place + chance.randrange(1, 30)]
            case 2:
                damaged[place:place] = chance.choice(FRAGMENTS).encode("utf-8", "replace")
            case _:
                damaged[place:place] = damaged[place : place + chance.randrange(1, 80)]
    return bytes(damaged)
