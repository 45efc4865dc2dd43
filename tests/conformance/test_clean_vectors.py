"""Published vectors: none leaves anything dangerous, good markup survives.

Output is judged by html5lib, which shares no code with what cleaned it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import html5lib
import pytest
from lxml import html as lxml_html

from ecliptic.clean import clean_html
from ecliptic.clean.sanitise import sanitise
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

BASE: Final = "https://blog.example/2026/post/"
HTML: Final = "{http://www.w3.org/1999/xhtml}"
MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"

# Spelt out here once more, apart from the policy: a slip there shows as a difference.
NEVER: Final = {
    "applet", "annotation-xml", "base", "basefont", "body", "button", "dialog", "embed", "form",
    "frame", "frameset", "head", "html", "input", "link", "listing", "maction", "malignmark",
    "marquee", "meta", "mglyph", "noembed", "noframes", "noscript", "object", "option", "param",
    "plaintext", "portal", "script", "select", "slot", "style", "svg", "template", "textarea",
    "title", "xmp",
}  # fmt: skip
ADDRESSES: Final = {"cite", "href", "longdesc", "poster", "src"}
IS_LINK: Final = re.compile(
    r"(?:https?|ftp)://[^/\s]|(?:mailto|tel|sms|xmpp|ircs?|geo|magnet|gemini|gopher|webcal|matrix):"
)
IS_PICTURE: Final = re.compile(
    r"data:image/(?:png|gif|jpe?g|webp|avif);base64,[A-Za-z0-9+/=]*$", re.IGNORECASE
)
PLAYERS: Final = ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "vectors" / f"{name}.json").read_bytes())
    return [vector for vector in found if isinstance(vector["payload"], str)]


def dangers(html: str, prefix: str = "post-") -> Iterator[str]:
    """Name everything in ``html`` that must not be there."""
    for element in html5lib.parseFragment(html, container="div").iter():
        if not isinstance(element.tag, str):
            yield f"a comment: {element.text!r}"
            continue
        if not element.tag.startswith((HTML, MATHML)) and element.tag != "DOCUMENT_FRAGMENT":
            yield f"foreign element {element.tag}"
        tag = element.tag.rpartition("}")[2]
        if tag in NEVER:
            yield f"element {tag}"
        for name, value in element.attrib.items():
            yield from dangers_of(tag, str(name), value, prefix)


def dangers_of(tag: str, name: str, value: str, prefix: str) -> Iterator[str]:
    what = f"{tag} {name}={value!r}"
    if name.startswith("on") or name in {"srcdoc", "target", "formaction", "action", "ping"}:
        yield what
    if name in {"id", "name"} and not value.startswith(prefix):
        yield what
    if name == "style" and not re.fullmatch(r"(?:[a-z-]+:[a-z0-9-]+;?)*", value):
        yield what
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", value):
        yield what
    if name in ADDRESSES:
        own = value.startswith("#" + prefix) and tag in {"a", "area"}
        picture = tag == "img" and name == "src" and IS_PICTURE.match(value)
        if not (own or picture or IS_LINK.match(value)):
            yield what
    if name == "srcset" and not all(map(IS_LINK.match, re.split(r",\s+", value))):
        yield what
    if tag == "iframe" and name == "src" and not value.startswith("https://"):
        yield what
    if tag == "iframe" and name == "sandbox" and "top-navigation" in value:
        yield what


@pytest.mark.parametrize("base", [BASE, ""], ids=["base", "no-base"])
def test_clean_when_given_any_vector_leaves_nothing_dangerous(base: str) -> None:
    for vector in vectors("html") + vectors("good") + vectors("abuse"):
        html = clean_html(vector["payload"], base=base)
        assert list(dangers(html)) == [], (vector["id"], vector["payload"], html)


def test_dangers_when_markup_is_raw_are_found() -> None:
    raw = [
        "<script>x</script>", '<p onclick="x">', '<a href="javascript:x">', '<a href="/login">',
        '<p id="main">', '<img srcset="/x 1x">', "<svg></svg>", "<form></form>", "<!-- x -->",
        '<p style="background:url(//x)">', '<img src="data:image/svg+xml;base64,AA">',
    ]  # fmt: skip
    assert all(list(dangers(html)) for html in raw)
    given = vectors("html")
    found = sum(any(dangers(vector["payload"])) for vector in given)
    assert found > len(given) / 2


def test_clean_when_done_twice_changes_nothing() -> None:
    for vector in vectors("html") + vectors("good") + vectors("abuse"):
        for top in (1, 5):
            once = clean_html(vector["payload"], base=BASE, top_heading=top)
            twice = clean_html(once, base=BASE, top_heading=top)
            assert twice == once, vector["id"]


def test_clean_when_given_any_vector_reads_it_as_markup() -> None:
    """None of them is so odd that its text has to be shown as source."""
    for vector in vectors("html") + vectors("good"):
        done = sanitise(
            vector["payload"], base=BASE, prefix="p-", link_rel="nofollow", top_heading=5
        )
        assert done.reason == "", vector["id"]


def test_clean_when_markup_is_good_keeps_it() -> None:
    lost = []
    checks = 0
    for vector in vectors("good"):
        html = clean_html(vector["payload"], base=BASE)
        tree = lxml_html.fragment_fromstring(html, create_parent="div")
        for selector in vector["must"]:
            checks += 1
            if not tree.cssselect(selector):
                lost.append((vector["id"], selector, html))
    assert checks > 30
    assert lost == []


def test_clean_when_body_stands_between_others_stays_in_its_place() -> None:
    """Unclosed markup of one entry never takes in the next one."""
    for vector in vectors("html"):
        html = clean_html(vector["payload"], base=BASE)
        page = f"<div id=a>{html}</div><div id=b><p>next</p></div>"
        tree = html5lib.parseFragment(page, container="body", namespaceHTMLElements=False)
        assert [element.get("id") for element in tree] == ["a", "b"], vector["id"]
        assert tree[1][0].text == "next"
        assert len(tree[1]) == 1
