from __future__ import annotations

import pytest

from ecliptic.clean import clean_html
from ecliptic.clean.limits import excess_of
from ecliptic.clean.sanitise import sanitise
from stopwatch import cpu_seconds_below

BUDGET = 1.0
"""Seconds of CPU; all of these take under 0.3 on an idle machine, unlimited some take minutes."""


def numbered(pattern: str, count: int) -> str:
    return "".join(pattern.format(number) for number in range(count))


OPEN = numbered("<b id=i{}>", 190)
CLOSE = "</b>" * 190
CELL = "<table><tbody><tr><td>"
CELL_END = "</td></tr></tbody></table>"

HOSTILE = {
    "comment": "<!--" + "x" * 500_000,
    "long": "x<br>" * 200_000,
    "ampersands": "&" * 500_000,
    "ampersands apart": "& " * 250_000,
    "references": "&amp;" * 100_000,
    "fonts": numbered("<font color={}><p>", 2_000),
    "formats": numbered("<b id={}><p>", 4_000),
    "few formats": numbered("<b id={}><p>", 90),
    "formats opened again": numbered("<p><b id={}>", 50) + "<p>x" * 9_000,
    "lists": "<ul><li>" * 20_000,
    "fewer lists": "<ul><li>" * 4_900,
    "less than": "<" * 500_000,
    "fewer less than": "<" * 9_999,
    "attributes": "<a " + numbered("a{} ", 20_000) + ">",
    "attributes of a frame": "<iframe " + numbered("a{} ", 20_000) + ">",
    "attributes in a short text": "<a " + numbered("{:x} ", 3_400) + ">",
    "depth": "<div>" * 9_000,
    "depth that is closed": "<span>" * 4_900 + "</span>" * 4_900,
    "depth of blocks that is closed": "<div>" * 4_900 + "</div>" * 4_900,
    "depth of tables": "<table><tr><td>" * 3_300,
    "depth of math": "<math><mrow>" * 4_900,
    "misnested": "<i>" * 5_000 + "</b>" * 4_900,
    "links": "<a href=x>" * 9_000,
    "paragraphs": "<p>" * 9_999,
    "ends in attributes": numbered('<b id={} x="</b>"><p>', 3_300),
    "ends in comments": numbered("<b id={}><!--</b>--><p>", 2_400),
    "ends in raw text": numbered("<b id={}><xmp></b></xmp><p>", 1_600),
    "ends in sections": numbered("<b id={}><svg><![CDATA[></svg></b>]]></svg><p>", 1_200),
    "ends in cells": numbered("<b id={}><table><td></b></td></table><p>", 1_200),
    "ends in styles of pictures": numbered("<b id={}><svg><style></svg></b></style><p>", 1_200),
    "ends around blocks": numbered("<div><b id={}></div>", 3_300),
    "odd quotes": numbered('<b id={} ="></b>"><p>', 3_300),
    "open scripts": "<script>" * 9_000,
    "open quotes": '<a x="' * 9_000,
    "candidates": '<img srcset="' + "a," * 200_000 + '">',
    "no candidates": ('<img srcset="' + "x" * 19_990 + ' 1x 2x">') * 20,
    "spaces in candidates": '<img srcset="a' + " " * 400_000 + 'b">',
    "declarations": '<p style="' + "a:" * 200_000 + '">',
    "classes": '<p class="' + "a " * 200_000 + '">',
    "dots": '<a href="' + "a/../" * 80_000 + '">',
    "brackets": '<a href="//' + "[" * 400_000 + '">',
    "data": '<img src="data:image/png;base64,' + "A" * 400_000 + '">',
    "ids": numbered("<p id=a{}>", 4_900) + '<a href="#q">x</a>' * 2_400,
    "frames": '<iframe src="https://www.youtube.com/embed/x"></iframe>' * 4_900,
    "code": ('<pre><code class="language-python">' + "x = ((" * 1_500 + "</code></pre>") * 30,
    "closes": "</p>" * 9_999,
    "plain formats": OPEN + "<br>x" * 9_600 + CLOSE,
    "plain formats alike": "<b>" * 190 + "<i>x</i>" * 4_800 + "</b>" * 190,
    "plain cells in formats": OPEN + (CELL + CELL_END) * 1_200 + CLOSE,
    "plain tables": CELL * 49 + "<br>x" * 9_600 + CELL_END * 49,
    "plain tables again": (CELL * 49 + "x" + CELL_END * 49) * 25,
    "plain attributes": f"<p {numbered('a{} ', 99)}>x</p>" * 900,
    "breaks": "</br>" * 9_999,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_clean_when_markup_is_made_to_be_slow_ends_soon(name: str) -> None:
    with cpu_seconds_below(BUDGET):
        html = clean_html(HOSTILE[name], base="https://blog.example/", top_heading=5)
    assert len(html) <= 600_000


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>x</p>" * 70_000, "characters"),
        ("<br>" * 10_001, "tags"),
        ("&" * 60_001, "ampersands"),
        ("<div>" * 300, "deep"),
        (numbered("<b id={}>", 101), "formats are open"),
        (numbered("<p><b id={}>", 60) + "<p>x" * 2_000, "opened again"),
        ("<p " + numbered("a{} ", 4_000) + ">", "attributes"),
        ("<plaintext>" + "<br>" * 2_000, "hide text"),
    ],
)
def test_excess_when_markup_is_too_much_is_named(html: str, words: str) -> None:
    assert words in excess_of(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>one\n" * 3_000,
        "<ul>" + "<li>x" * 3_000 + "</ul>",
        "<table>" + "<tr><td>a<td>b" * 1_500 + "</table>",
        "<dl>" + "<dt>a<dd>b" * 1_500 + "</dl>",
        "<p><b><i>x</b></i></p>" * 1_000,
        "<div><span><b>x</div>" * 20 + "<p>y</p>" * 400,
        '<a name="x">' * 1_000,
        "<svg>" + '<path d="m0 0"/>' * 3_000 + "</svg>",
        "<math>" + "<mspace/>" * 3_000 + "</math>",
        "x<br>" * 5_000,
        "<p>a &amp; b</p>" * 3_000,
    ],
)
def test_excess_when_markup_is_long_and_careless_is_not_seen(html: str) -> None:
    assert excess_of(html) == ""


@pytest.mark.parametrize(
    "around",
    [f'<p title="{"y" * 2_100}">{{}}</p>' + "<p>x</p>" * 2_500, f"{CELL}{{}}{CELL_END}"],
)
def test_clean_when_many_formats_are_open_but_plainly_nested_reads_them(around: str) -> None:
    start, end = around.split("{}")
    html = "<br>" * 101 + start + numbered("<b id=i{}>", 70) + "x" + "</b>" * 70 + end
    done = sanitise(html, prefix="i", link_rel="", top_heading=1)
    assert (done.reason, done.html.count("<b id=")) == ("", 70)


@pytest.mark.parametrize("most", ["<div>" * 200, numbered("<b id={}>", 60) + "<br>" * 100])
def test_excess_when_markup_is_at_its_limit_is_seen_at_the_next_tag(most: str) -> None:
    assert excess_of(most) == ""
    assert excess_of(most + "<b>") != ""


def test_clean_when_markup_is_too_much_shows_it_as_text_and_says_why() -> None:
    html = "<div onclick=x()>" * 300
    done = sanitise(html, prefix="p-", link_rel="", top_heading=1)
    assert done.html == "&lt;div onclick=x()&gt;" * 300
    assert done.reason == "it is nested more than 200 deep"
    again = sanitise(done.html, prefix="p-", link_rel="", top_heading=1)
    assert (again.html, again.reason) == (done.html, "")


@pytest.mark.parametrize("html", ["&" * 600_000, "<" * 600_000, "\u00a0<b>" * 200_000])
def test_clean_when_text_is_shown_as_source_cuts_it_so_that_it_can_be_read_again(html: str) -> None:
    once = clean_html(html)
    assert len(once) <= 300_000
    assert clean_html(once) == once
