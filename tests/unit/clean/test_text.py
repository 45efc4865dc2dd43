from __future__ import annotations

import pytest

from ecliptic.clean import clean_title, plain_text
from ecliptic.clean.text import tidy
from ecliptic.model.text import Content


def html(value: str) -> Content:
    return Content(value=value)


def text(value: str) -> Content:
    return Content(value=value, kind="text")


@pytest.mark.parametrize(
    ("content", "plain", "markup"),
    [
        (None, "", ""),
        (text("a < b & c"), "a < b & c", "a &lt; b &amp; c"),
        (text("<b>x</b>"), "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        (html("AT&amp;T &lt;b&gt;"), "AT&T <b>", "AT&amp;T &lt;b&gt;"),
        (html("a <em>b</em> <code>c</code>"), "a b c", "a <em>b</em> <code>c</code>"),
        (html("<a href='//x'>a</a> <img src=x onerror=x()>b"), "a b", "a b"),
        (html("<h1>a</h1><p>b</p>c<br>d"), "a b c d", "a b c d"),
        (html("</title><script>alert(1)</script>x"), "x", "x"),
        (html('"><svg onload=alert(1)>'), '">', '"&gt;'),
        (html("<b id=x class=y style=z onclick=w>v</b>"), "v", "<b>v</b>"),
        (html("<b>unclosed"), "unclosed", "<b>unclosed</b>"),
        (html("a\x00b\x08c\x1b[31mred\x7f\x85"), "abc[31mred", "abc[31mred"),
        (html("x &#x202e;gnp.exe &#8294;y"), "x gnp.exe y", "x gnp.exe y"),
        (html("<i>x&#x202e;</i>y"), "xy", "<i>x</i>y"),
        (text("safe \u202egnp.exe\u202c \u2066\u2067x"), "safe gnp.exe x", "safe gnp.exe x"),
        (text("\ud800 lone \udfff"), "lone", "lone"),
        (text("  a \n\t b  "), "a b", "a b"),
        (html("a&nbsp;b"), "a b", "a b"),
        (html("{{ x }} {% y %}"), "{{ x }} {% y %}", "{{ x }} {% y %}"),
        (text("a ]]> b <![CDATA[ c"), "a ]]> b <![CDATA[ c", "a ]]&gt; b &lt;![CDATA[ c"),
        (html("if a < b then"), "if a < b then", "if a &lt; b then"),
        (text("नमस्ते 👨‍👩‍👧 العربية"), "नमस्ते 👨‍👩‍👧 العربية", "नमस्ते 👨‍👩‍👧 العربية"),
    ],
)
def test_title_is_given_as_text_and_as_inline_markup(
    content: Content | None, plain: str, markup: str
) -> None:
    assert clean_title(content) == (plain, markup)


def test_title_when_marks_are_piled_up_keeps_four() -> None:
    title, _ = clean_title(text("Z" + "\u0334\u0335\u0300" * 100))
    assert title == "Z" + ("\u0334\u0335\u0300" * 2)[:4]


def test_title_when_it_is_endless_is_cut() -> None:
    title, markup = clean_title(html("<b>" + "word " * 2_000 + "</b>"))
    assert len(title) <= 1_000
    assert title.endswith("…")
    assert markup == title


@pytest.mark.parametrize("limit", range(2, 30))
def test_cut_never_tears_a_character_from_its_marks(limit: int) -> None:
    family = "👨\u200d👩\u200d👧"
    cut = tidy((family + "e\u0301") * 10, limit=limit)
    assert len(cut) <= limit
    rest = cut.removesuffix("…").replace(family, "").replace("e\u0301", "")
    assert rest == "" or limit < len(family) + 2


def test_text_when_markup_is_too_much_to_read_is_still_bounded() -> None:
    assert len(plain_text(html("<b>" * 50_000), limit=100)) <= 100


def test_text_when_it_has_blocks_keeps_words_apart() -> None:
    assert plain_text(html("<p>one</p><p>two</p><ul><li>three</li></ul>")) == "one two three"
