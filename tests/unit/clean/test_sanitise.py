from __future__ import annotations

import pytest

from ecliptic.clean import clean_html

TABLE = (
    "<table><caption>c</caption><colgroup><col></colgroup><thead><tr>"
    '<th scope="col">h</th></tr></thead><tbody><tr><td colspan="2" rowspan="3">d</td></tr>'
    "</tbody><tfoot><tr><td>f</td></tr></tfoot></table>"
)
BLOG = "https://blog.example/2026/post/"


def clean(html: str, base: str = BLOG, top_heading: int = 1) -> str:
    return clean_html(html, base=base, entry="e1", link_rel="nofollow", top_heading=top_heading)


@pytest.mark.parametrize(
    "html",
    [
        "<p>plain <strong>and</strong> <em>not</em></p>",
        '<pre><code class="language-unknown">x &lt; 1\n</code></pre>',
        TABLE,
        "<figure><p>x</p><figcaption>cap</figcaption></figure>",
        '<details open=""><summary>s</summary><p>more</p></details>',
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        '<p dir="rtl"><bdi>x</bdi><bdo dir="ltr">y</bdo></p>',
        '<math display="block"><msup><mi>x</mi><mn>2</mn></msup></math>',
        '<ol start="5" reversed="" type="a"><li value="9">x</li></ol>',
        '<abbr title="a">b</abbr><time datetime="2026-01-02">c</time><kbd>d</kbd>',
        "<del>a</del><ins>b</ins><q>c</q><sub>d</sub><sup>e</sup><mark>f</mark>",
        '<p style="text-align:center">x</p>',
        '<p class="h-entry"><span class="p-name">n</span></p>',
        '<span role="img" aria-label="star" lang="en">*</span>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<h1>a</h1><h2>b</h2><h6>c</h6>",
        "<pre>\n\nkept\n\n</pre>",
    ],
)
def test_clean_when_markup_is_good_keeps_it_to_the_byte(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<script>x()</script>hi", "hi"),
        ("<style>p{}</style>hi", "hi"),
        ('<p onclick="x()">hi</p>', "<p>hi</p>"),
        ("<svg><circle/></svg>hi", "hi"),
        ('<form action="/x"><input name=a><button>go</button></form>', "go"),
        ('<meta http-equiv=refresh content="0"><base href="//x/"><link rel=stylesheet>hi', "hi"),
        ("<!-- c --><?php x ?>hi<![CDATA[y]]>", "hi"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<p style="position:fixed;color:red">x</p>', "<p>x</p>"),
        ('<p style="background:url(//x/y)">x</p>', "<p>x</p>"),
        ('<p class="site-header modal" data-x="1" tabindex="1">x</p>', "<p>x</p>"),
        ("<object data=x><embed src=y></object><applet></applet>hi", "hi"),
        ("<font color=red>x</font><marquee>y</marquee>", "xy"),
        ("a\x00b\x0bc\x1bd\x7fe&#11;f&#x1b;g\ufffeh", "abcdefgh"),
        ("\ud800x \ud83d\ude00", "\ufffdx 😀"),
    ],
)
def test_clean_when_markup_is_harmful_drops_it(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("</div></article><b>x", "<b>x</b>"),
        ("<table><tr><td>x", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ("<ul><li>a<li>b", "<ul><li>a</li><li>b</li></ul>"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_clean_when_markup_is_not_closed_balances_it(html: str, expected: str) -> None:
    assert clean(html) == expected


def test_clean_when_addresses_are_relative_makes_them_absolute_everywhere() -> None:
    html = (
        '<a href="../x">a</a><img src="/i.png" srcset="a.png 1x, //cdn.example/b.png 2x"'
        ' longdesc="d"><video poster="p.jpg" src="v.mp4"><track src="t.vtt"></video>'
        '<blockquote cite="c">q</blockquote><picture><source srcset="s.webp"></picture>'
    )
    result = clean(html)
    for address in (
        'href="https://blog.example/2026/x"', 'src="https://blog.example/i.png"',
        'srcset="https://blog.example/2026/post/a.png 1x, https://cdn.example/b.png 2x"',
        'longdesc="https://blog.example/2026/post/d"',
        'poster="https://blog.example/2026/post/p.jpg"',
        'src="https://blog.example/2026/post/v.mp4"',
        'src="https://blog.example/2026/post/t.vtt"',
        'cite="https://blog.example/2026/post/c"',
        'srcset="https://blog.example/2026/post/s.webp"',
    ):  # fmt: skip
        assert address in result


def test_clean_when_there_is_no_base_never_leaves_an_address_on_our_own_host() -> None:
    html = (
        '<a href="/login">a</a><a href="#top">b</a><img src="x.png" alt="words"><q cite="y">z</q>'
    )
    assert clean(html, base="") == "<a>a</a><a>b</a>words<q>z</q>"


def test_clean_when_base_is_no_web_address_does_not_use_it() -> None:
    assert clean('<a href="x">a</a>', base="javascript:alert(1)//") == "<a>a</a>"


def test_clean_when_links_are_kept_gives_them_rel_and_no_target() -> None:
    html = '<a href="https://x.example/" target="_blank" rel="me opener">a</a>'
    assert clean(html) == '<a rel="nofollow" href="https://x.example/">a</a>'
    assert clean_html(html, link_rel="") == '<a href="https://x.example/">a</a>'


def test_clean_when_ids_are_given_keeps_them_and_their_links_in_the_entrys_namespace() -> None:
    html = (
        '<p id="main">x<a href="#fn:1">1</a></p><ol><li id="fn:1">n</li></ol><a name="old">o</a>'
        '<a href="#old">p</a><a href="#elsewhere">q</a><td headers="a b">'
        '<p aria-describedby="main fn:1">r</p>'
    )
    result = clean(html)
    assert '<p id="e1-main">' in result
    assert 'href="#e1-fn:1"' in result
    assert '<li id="e1-fn:1">' in result
    assert 'name="e1-old"' in result
    assert 'href="#e1-old"' in result
    assert f'href="{BLOG}#elsewhere"' in result
    assert 'aria-describedby="e1-main e1-fn:1"' in result


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<p id="a">x</p><p id="a">y</p>', '<p id="e1-a">x</p><p>y</p>'),
        ('<p id="a">x</p><p id="e1-a">y</p>', '<p id="e1-a">x</p><p>y</p>'),
        ('<b id="a"><p>x</b>y</p>', '<b id="e1-a"></b><p><b>x</b>y</p>'),
    ],
)
def test_clean_when_ids_stand_twice_keeps_the_first(html: str, cleaned: str) -> None:
    assert clean(html) == cleaned
    assert clean(cleaned) == cleaned


def test_clean_when_fragment_is_percent_encoded_follows_the_id_it_means() -> None:
    html = '<a href="#f%C3%BC">1</a><p id="fü">n</p>'
    assert 'href="#e1-fü"' in clean(html)


def test_clean_when_headings_stand_too_high_moves_all_of_them_alike() -> None:
    html = "<h1>a</h1><h2>b</h2><h4>c</h4>"
    expected = "<h5>a</h5><h6>b</h6><h6>c</h6>"
    assert clean(html, top_heading=5) == expected
    assert clean(expected, top_heading=5) == expected
    assert clean("<h6>x</h6>", top_heading=5) == "<h6>x</h6>"


def test_clean_when_picture_is_kept_loads_it_late_and_quietly() -> None:
    result = clean('<img src="a.png" alt="x" width="600px" height="99999" loading="eager">')
    assert result == (
        '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" '
        'src="https://blog.example/2026/post/a.png" alt="x" width="600">'
    )


def test_clean_when_media_would_play_by_itself_waits_for_the_reader() -> None:
    result = clean('<video autoplay muted preload="auto" src="v.mp4"></video>')
    assert result == (
        '<video controls="" preload="none" muted="" src="https://blog.example/2026/post/v.mp4">'
        "</video>"
    )


def test_clean_when_text_has_no_markup_returns_it() -> None:
    assert clean("just words\nand more") == "just words\nand more"
    assert clean("") == ""


def test_clean_when_link_leads_to_a_place_on_its_own_page_stays_here() -> None:
    html = f'<a href="{BLOG}#n">1</a><a href="{BLOG}#else">2</a><p id="n">n</p>'
    result = clean(html)
    assert 'href="#e1-n"' in result
    assert f'href="{BLOG}#else"' in result


def test_clean_when_task_lists_have_boxes_shows_them_as_signs() -> None:
    html = (
        '<ul><li><input type="checkbox" disabled> a</li>'
        "<li><INPUT checked type=checkbox> b</li><li><input type=checkbox checked/>c</li>"
        '<li><input type="password" name="checkbox">d</li></ul>'
    ).replace("INPUT", "input")
    assert clean(html) == "<ul><li>☐ a</li><li>☑ b</li><li>☑c</li><li>d</li></ul>"


def test_clean_when_noscript_holds_the_picture_shows_it() -> None:
    html = '<img data-src="/a.png" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
    assert 'src="https://blog.example/a.png"' in clean(html)
    assert "data:" not in clean(html)
    assert 'src="https://blog.example/b.png"' in clean('<noscript><img src="/b.png"></noscript>')
    assert (
        clean('<img data-src="/a.png"><noscript><img src="/a.png"></noscript>').count("a.png") == 1
    )


def test_clean_when_link_rel_is_odd_stays_one_attribute() -> None:
    result = clean_html('<a href="https://x.example/">a</a>', link_rel='"><script>')
    assert "<script" not in result
