from __future__ import annotations

import re

import html5lib
import pytest
from markupsafe import Markup

from ecliptic.render.htmltmpl import fill, read

HOSTILE = [
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    " onmouseover=alert(1) ",
    "javascript:alert(1)",
    " \tJavaScript :alert(1)",
    "java\n\tscript:alert(1)",
    "\x01vbscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"; alert(1); "',
    "`${alert(1)}`",
    "\\",
    "</style><script>alert(1)</script>",
    "/><script>alert(1)</script>",
]
MARKED_UP = [
    '<abbr title="onmouseover=alert(1) ">x</abbr>',
    '<img alt="\' onmouseover=\'alert(1)" src="https://a.example/">',
    '<img alt="]]&gt; --&gt; &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;">',
]
PLACES = [
    "<p><TMPL_VAR x></p>",
    '<p title="<TMPL_VAR x>">a</p>',
    "<p title='<TMPL_VAR x>'>a</p>",
    "<p title=<TMPL_VAR x>>a</p>",
    "<p title=<TMPL_VAR x ESCAPE=HTML> lang=en>a</p>",
    "<p <TMPL_VAR x>>a</p>",
    '<a href="<TMPL_VAR x>">a</a>',
    "<a href=<TMPL_VAR x>>a</a>",
    '<a <TMPL_IF x>href="<TMPL_VAR x ESCAPE="HTML">"</TMPL_IF>>a</a>',
    '<p class="a<TMPL_IF x> <TMPL_VAR x><TMPL_ELSE>"</TMPL_IF>">a</p>',
    '<a href="https://a.example/?q=<TMPL_VAR x ESCAPE=URL>">a</a>',
    "<!-- <TMPL_VAR x> --><p>a</p>",
    "<script>var x = '<TMPL_VAR x>', y = '<TMPL_VAR x>';</script>",
    "<script>var x = <TMPL_VAR x>;</script>",
    '<script src="a.js">var x = "<TMPL_VAR x ESCAPE=HTML>"</script>',
    "<style>p { color: <TMPL_VAR x> }</style>",
    "<title><TMPL_VAR x></title>",
    "<textarea><TMPL_VAR x ESCAPE=HTML></textarea>",
]
NAMES = {"p", "a", "img", "abbr", "script", "style", "title", "textarea", "html", "head", "body"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", [*HOSTILE, *map(Markup, MARKED_UP)])
def test_fill_when_a_value_is_hostile_keeps_it_in_its_place(place: str, value: str) -> None:
    page = fill(read(place, "page.tmpl"), {"x": value})
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    scripts = tree.findall(".//script")
    assert len(scripts) == place.count("<script")
    for element in tree.iter():
        if isinstance(element.tag, str):
            assert element.tag in NAMES
            assert not [name for name in element.attrib if name.startswith("on")]
            href = re.sub(r"[\x00-\x20]", "", element.attrib.get("href", "")).lower()
            assert not href.startswith(("javascript", "vbscript", "data"))
    for script in scripts:
        text = script.text or ""
        assert "alert(" not in text
        assert text.count("'") == place.count("'")
        assert text.count('"') in {0, 2}
        assert not {"`", "\\"} & set(text)


@pytest.mark.parametrize("value", [*HOSTILE, *map(Markup, MARKED_UP)])
@pytest.mark.parametrize(
    ("place", "quotes"),
    [
        ("<p onclick=\"go('<TMPL_VAR x>')\">a</p>", 2),
        ("<p title='<TMPL_VAR y>' onclick = \"go('<TMPL_VAR x>', '<TMPL_VAR x>')\">a</p>", 4),
        ("<p onclick='go(`<TMPL_VAR x ESCAPE=HTML>`)'>a</p>", 2),
        ("<p onclick=go('<TMPL_VAR x>')>a</p>", 2),
        ("<p id=a onclick=go('<TMPL_VAR x>','<TMPL_VAR x>')>a</p>", 4),
        ("<p style=\"font: '<TMPL_VAR x>'\">a</p>", 2),
        ("<p <TMPL_IF y>id='e'<TMPL_ELSE>id='a'</TMPL_IF> onclick=\"go('<TMPL_VAR x>')\">a</p>", 2),
    ],
)  # fmt: skip
def test_fill_when_a_value_stands_in_a_script_of_an_attribute_is_no_code(
    place: str, quotes: int, value: str
) -> None:
    page = fill(read(place, "page.tmpl"), {"x": value, "y": "it"})
    (paragraph,) = html5lib.parse(page, namespaceHTMLElements=False).findall(".//p")
    (code,) = (text for name, text in paragraph.items() if name in {"onclick", "style"})
    assert not set(code) & set('<>&"\\')
    assert len(re.findall("'|`", code)) == quotes


def test_fill_when_markup_stands_in_an_attribute_says_there_what_it_says() -> None:
    text = '<p title="<TMPL_VAR x>"></p><p title="<TMPL_VAR x ESCAPE=HTML>"></p>'
    page = fill(read(text, "page.tmpl"), {"x": Markup("<b>Tom</b> &amp; Jerry")})
    first, second = html5lib.parse(page, namespaceHTMLElements=False).findall(".//p")
    assert first.get("title") == second.get("title") == "<b>Tom</b> & Jerry"


def test_fill_when_text_stands_in_a_bare_attribute_keeps_its_words_together() -> None:
    page = fill(read("<p title=<TMPL_VAR x>>", "page.tmpl"), {"x": "two words = one"})
    (paragraph,) = html5lib.parse(page, namespaceHTMLElements=False).findall(".//p")
    assert paragraph.get("title") == "two words = one"


def test_fill_when_markup_stands_in_a_section_of_text_does_not_end_it() -> None:
    template = read("<d><![CDATA[<TMPL_VAR x>]]></d>", "page.tmpl")
    assert fill(template, {"x": Markup("<p title=']]>'>a</p>")}) == (
        "<d><![CDATA[<p title=']]&gt;'>a</p>]]></d>"
    )


@pytest.mark.parametrize(
    "before",
    [
        "<p>it's 1 < 2 and 3 > 2</p>",
        '<img alt="x"">',
        "<img alt=don't>",
        "<!-- it's \" < -->",
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" 'x'>",
        '<?xml version="1.0"?>',
        "<script>if (a < b && '<p>') {}</script>",
        "<style>a > b { content: '\"' }</style>",
        "<a title='a > \"b'>c</a>",
        "<![CDATA[ <a ' ]]>",
        "<p<TMPL_IF x> lang='en'</TMPL_IF>>",
        "<TMPL_IF x><p title='<TMPL_ELSE><p title='</TMPL_IF>a'>",
    ],
)
def test_fill_when_other_things_come_before_knows_that_markup_stands_in_text(before: str) -> None:
    page = fill(read(f"{before}<TMPL_VAR body>", "page.tmpl"), {"body": Markup("<b>'\"</b>")})
    assert page.endswith("<b>'\"</b>")


def test_fill_when_an_address_is_a_picture_in_itself_keeps_it() -> None:
    page = fill(
        read('<img src="<TMPL_VAR face>">', "page.tmpl"), {"face": "data:image/png;base64,x"}
    )
    assert page == '<img src="data:image/png;base64,x">'
