"""What holds for any markup: made of pieces that break parsers, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ecliptic.clean import clean_html, clean_title, plain_text
from ecliptic.clean.policy import TAGS, WRITTEN
from ecliptic.model.text import Content

BASE = "https://blog.example/post/"

ODD_NAMES = [
    "annotation-xml", "body", "button", "desc", "font", "foreignObject", "form", "frameset",
    "head", "html", "image", "input", "listing", "mglyph", "nobr", "noscript", "o:p", "option",
    "plaintext", "script", "select", "style", "svg", "template", "textarea", "title", "xmp",
]  # fmt: skip
NAMES = st.sampled_from([*sorted(TAGS), *ODD_NAMES])
VALUES = st.sampled_from(
    [
        "", "\n", "x", "#x", "#post-x", "k", "1", "100000", "5%", "/a b", "//h/x", "javascript:x",
        "data:image/png;base64,AAAA", "https://www.youtube.com/embed/x", "a.png 1x, b 2x", "embed",
        "https://player.vimeo.com/video/1", "http://h/?a=1&b='\"<>", "language-python highlight",
        "text-align:center;top:0", "https://feeds.feedburner.com/~r/x", "p-name alignleft",
        "\u00a0&amp;&nbsp;\u202e",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    sorted(
        {name for names in WRITTEN.values() for name in names} | {"onclick", "srcdoc", "xlink:href"}
    )
)
ATTRIBUTE = st.builds(
    lambda name, value, quote: f" {name}={quote}{value}{quote}",
    ATTRIBUTES, VALUES, st.sampled_from(['"', "'", ""]),
)  # fmt: skip
OPENING = st.builds(
    lambda name, attributes, end: f"<{name}{''.join(attributes)}{end}",
    NAMES, st.lists(ATTRIBUTE, max_size=3), st.sampled_from([">", ">", ">", "/>", "", " "]),
)  # fmt: skip
CLOSING = NAMES.map(lambda name: f"</{name}>")
TEXT = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["\n", "\n\n", " ", "&amp;", "&lt;b&gt;", "&#x0;", "&#11;", "&nbsp;", "<", ">", "]]>"]
    )
    | st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "<?x", "def f(): pass", "\ud800", "\x00", "\r\n"]
    ),
)
BROKEN = st.lists(st.one_of(OPENING, OPENING, CLOSING, TEXT), max_size=25).map("".join)


def nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attributes, inner: f"<{name}{''.join(attributes)}>{''.join(inner)}</{name}>",
        st.sampled_from(sorted(TAGS)),
        st.lists(ATTRIBUTE, max_size=2),
        st.lists(children, max_size=4),
    )


PROPER = st.recursive(TEXT, nested, max_leaves=15)
MARKUP = st.one_of(BROKEN, PROPER)


@given(html=MARKUP, base=st.sampled_from(["", BASE]), top=st.sampled_from([1, 5]))
@example(html="<pre><img>\n</pre>", base="", top=1)
@example(html="<pre><code class=language-python>x = 1<img></code></pre>", base="", top=1)
@example(html="\ufeff>x", base="", top=1)
@example(html="<script></script>&#xfeff;x", base="", top=1)
@example(html="<b>&#13;</b>", base="", top=1)
@example(html="<a><table><tr><td><a>", base=BASE, top=5)
@example(html='<p><iframe title="&quot;" src="https://player.vimeo.com/video/1">', base="", top=1)
@example(html="<math><mtext><table><mglyph><style><img src=x>", base="", top=1)
def test_clean_when_done_twice_changes_nothing(html: str, base: str, top: int) -> None:
    once = clean_html(html, base=base, top_heading=top)
    assert clean_html(once, base=base, top_heading=top) == once


@given(html=MARKUP)
def test_clean_whatever_it_is_given_leaves_what_the_policy_allows(html: str) -> None:
    once = clean_html(html, base=BASE)
    tree = html5lib.parseFragment(once, container="div", namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        tag = str(element.tag).rpartition("}")[2]
        assert tag in TAGS
        assert set(element.attrib) <= WRITTEN["*"] | WRITTEN.get(tag, set())
        address = element.get("href", element.get("src", ""))
        assert not re.match(r"[\s\x00-\x20]*(?:java|vb)script:", address, re.IGNORECASE)


HARMFUL = frozenset({
    "applet", "base", "embed", "frame", "frameset", "form", "input", "button", "link", "meta",
    "noscript", "object", "plaintext", "script", "select", "style", "svg", "template", "textarea",
    "title", "xmp",
})  # fmt: skip
FOLLOWED = re.compile(
    r"(?:https?|mailto|tel|sms|xmpp|ircs?|geo|magnet|gemini|gopher|ftp|webcal|matrix):|[/#]|\Z"
)
SHOWN = re.compile(r"https?://|data:image/(?:png|gif|jpeg|webp|avif);base64,|\Z")
ADDRESSES = frozenset({"action", "background", "cite", "formaction", "href", "longdesc", "poster",
                       "ping", "src", "xlink:href"})  # fmt: skip
TRICKS = st.lists(
    st.sampled_from([
        "javascript:", "java\tscript:", "&#106;avascript:", "\x01javascript:", "JaVaScRiPt&colon;",
        "vbscript:", "data:text/html,", "data:image/svg+xml,", "file:///", "blob:", "//h/", "x",
        "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;",
        '"', "'", ">", " onload=x ", "\x0conclick=x ", "/onerror=x ", "<img src=", "<a href=",
        "<svg><a xlink:href=", "<math href=", "<iframe srcdoc=", "<base href=", "<form action=",
        "<b style='background:url(", "<table><td>", "</p>", "<p style=position:fixed>", "<title>",
        "<noscript><p title='</noscript>", "<math><mtext><table><mglyph><style>",
        "<meta http-equiv=",
        "<object data=", "<video poster=", "<source srcset=", "<button formaction=",
    ]),
    max_size=20,
).map("".join)  # fmt: skip


def attributes_in(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield tag, name and value of every attribute, as two readers that are not ours see them."""
    tree = html5lib.parseFragment(html, container="div", namespaceHTMLElements=False)
    other = lxml.html.fragment_fromstring(html, create_parent="div") if html.strip() else tree
    for element in (*tree.iter(), *other.iter()):
        if isinstance(element.tag, str):
            tag = element.tag.rpartition("}")[2].lower()
            assert tag not in HARMFUL
            for name, value in element.attrib.items():
                yield tag, str(name).rpartition("}")[2].lower(), str(value)


@given(html=st.one_of(MARKUP, TRICKS))
def test_clean_whatever_it_is_given_leaves_nothing_that_runs_or_calls(html: str) -> None:
    assert_harmless(clean_html(html, base=BASE))


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick=x>", "<script>x</script>", "<svg/>", "<a href=javascript:x>",
        "<img src=data:x>",
        "<img src=//h/x>", "<p style='top:url(x)'>", "<img srcset='https://h/ 1x, blob:x 2x'>",
        "<a ping=https://h/>", "<a href='data:text/html,x'>", "<meta http-equiv=refresh>",
    ],
)  # fmt: skip
def test_harm_when_it_is_left_is_noticed(html: str) -> None:
    with pytest.raises(AssertionError):
        assert_harmless(html)


def assert_harmless(html: str) -> None:
    """See that nothing runs; what must not remain is listed here, not taken from the policy."""
    for tag, name, value in attributes_in(html):
        assert not name.startswith("on")
        assert name not in {"srcdoc", "http-equiv", "formaction", "action", "ping", "background"}
        if name in ADDRESSES:
            assert (FOLLOWED if tag in {"a", "area"} else SHOWN).match(value), (tag, name, value)
        if name == "srcset":
            assert all(SHOWN.match(part.strip()) for part in value.split(", "))
        if name == "style":
            assert not re.search(r"url|expression|position|import|[\\\\@<(]", value, re.IGNORECASE)


@given(html=MARKUP)
def test_clean_whatever_it_is_given_stays_inside_its_box(html: str) -> None:
    page = f"<div>{clean_html(html)}</div><p>next</p>"
    tree = html5lib.parseFragment(page, container="body", namespaceHTMLElements=False)
    assert [element.tag for element in tree] == ["div", "p"]
    assert (tree[1].text, len(tree[1]), tree[0].tail) == ("next", 0, None)


@given(value=MARKUP, kind=st.sampled_from(["text", "html"]))
def test_title_whatever_it_is_given_has_words_and_inline_markup(value: str, kind: str) -> None:
    content = Content(value=value, kind="text" if kind == "text" else "html")
    title, markup = clean_title(content)
    assert title == plain_text(Content(value=title, kind="text"))
    assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", title + markup)
    tree = html5lib.parseFragment(markup, container="span", namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if element is not tree}
    assert not tags & {"a", "img", "p", "div", "script", "svg", "iframe", "h1", "table", "br"}
