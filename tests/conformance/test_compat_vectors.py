"""Published vectors through the compat view: nothing that acts is left in any field.

Output is judged by html5lib, which shares no code with what cleaned it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any, Final

import html5lib

from ecliptic.clean.portable import portable_html
from ecliptic.compat import feedparser
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

BASE: Final = "https://blog.example/post/"
NEVER: Final = {
    "applet", "base", "embed", "frame", "frameset", "iframe", "link", "meta", "noembed",
    "noframes", "noscript", "object", "plaintext", "script", "style", "svg", "template", "xmp",
}  # fmt: skip
ACTING: Final = re.compile(r"(?:javascript|vbscript|data|livescript|mocha|blob|file):")
ADDRESSES: Final = {
    "action", "background", "cite", "data", "dynsrc", "formaction", "href", "icon", "longdesc",
    "lowsrc", "ping", "poster", "src", "srcdoc", "srcset", "xlink:href",
}  # fmt: skip


def vectors() -> list[str]:
    return [
        vector["payload"]
        for name in ("html", "good", "abuse")
        for vector in json.loads((DATA / "vectors" / f"{name}.json").read_bytes())
        if isinstance(vector["payload"], str)
    ]


def dangers(html: str) -> Iterator[str]:
    """Name everything in ``html`` that could act."""
    for element in html5lib.parseFragment(html, container="div").iter():
        if not isinstance(element.tag, str):
            yield "a comment"
            continue
        tag = element.tag.rpartition("}")[2]
        if tag in NEVER:
            yield f"element {tag}"
        for name, value in element.attrib.items():
            yield from _dangers_of(str(name), value)


def _dangers_of(name: str, value: str) -> Iterator[str]:
    spaceless = re.sub(r"[\x00-\x20]", "", value).lower()
    if name.startswith("on") or name in {"srcdoc", "formaction", "http-equiv"}:
        yield f"{name}={value!r}"
    if name in ADDRESSES and ACTING.match(spaceless):
        yield f"{name}={value!r}"
    if name == "style" and re.search(r"url|expression|@|\\|position|behavior", spaceless):
        yield f"{name}={value!r}"


def test_portable_html_when_given_any_vector_leaves_nothing_that_acts() -> None:
    found = vectors()
    assert len(found) > 1_000
    for payload in found:
        for base in (BASE, ""):
            html = portable_html(payload, base)
            assert list(dangers(html)) == [], (payload, html)


def test_portable_html_when_cleaned_again_stays_safe_and_balanced() -> None:
    """What a second reader makes of the output is what the first one wrote."""
    for payload in vectors():
        once = portable_html(payload)
        assert list(dangers(portable_html(once))) == []
        page = f"<div id=a>{once}</div><div id=b>next</div>"
        tree = html5lib.parseFragment(page, container="body", namespaceHTMLElements=False)
        assert [element.get("id") for element in tree] == ["a", "b"], payload


def test_parse_when_every_field_is_a_vector_gives_none_that_acts() -> None:
    for payload in vectors()[::20]:
        field = escape(payload)
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", field):
            continue
        document = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>{field}</title>"
            f"<subtitle type='html'>{field}</subtitle><rights type='html'>{field}</rights><entry>"
            f"<title type='html'>{field}</title><summary type='html'>{field}</summary>"
            f"<link href='{field}'/><content type='html'>{field}</content></entry></feed>"
        )
        result = feedparser.parse(document)
        for html in _markup_of(result):
            assert list(dangers(html)) == [], payload
        for link in result.entries[0].links:
            spaceless = re.sub(r"[\x00-\x20]", "", link.get("href", "")).lower()
            assert not ACTING.match(spaceless), payload


def _markup_of(result: Any) -> Iterator[str]:
    entry = result.entries[0]
    for record, keys in ((result.feed, ("title", "subtitle", "rights")), (entry, ("title",))):
        yield from (record.get(key, "") for key in keys)
    yield from (content.value for content in entry.get("content", []))
    yield entry.get("summary", "")
