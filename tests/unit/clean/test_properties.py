"""What holds for any markup: made of pieces that break parsers, in any order."""

from __future__ import annotations

import re

import html5lib
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
