"""Images of safe markup that stand on our own host, or become links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.clean import clean_html
from ecliptic.clean.hosted import Place, images_of, with_images
from ecliptic.model.text import SafeHTML

BASE = "https://blog.example/post/"
COPY = Place("../images/1.png", 30, 20)


def hosted(html: str, **places: Place) -> str:
    """Return markup cleaned, with the images ``a.png`` … where ``places`` say."""
    known = {f"{BASE}{name}.png": place for name, place in places.items()}
    return with_images(clean_html(html, base=BASE), known.get)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>none</p>", "<p>none</p>"),
        ('<img src="a.png" alt="x">', 'src="../images/1.png"'),
        ('<img src="a.png" alt="x">', 'width="30" height="20"'),
        ('<img src="a.png" width="9" alt="x">', 'width="9"'),
        ('<img srcset="a.png 1x, b.png 2x" alt="x">', 'src="../images/1.png"'),
        ('<picture><source srcset="b.webp"><img src="a.png"></picture>', '<img src="../images'),
        ('<video poster="a.png" src="v.mp4"></video>', 'poster="../images/1.png"'),
        ('<img src="data:image/png;base64,AAAA" alt="x">', 'src="data:image/png;base64,AAAA"'),
        ('<img src="b.png" alt="A &lt;b&gt; &quot;c&quot;">', '>A &lt;b&gt; "c"</a>'),
        ('<img src="b.png">', f'<a href="{BASE}b.png" rel="nofollow noopener">b.png</a>'),
        ('<a href="/x"><img src="b.png" alt="words"></a>', ">words</a>"),
    ],
)
def test_image_when_we_have_it_or_not(html: str, shown: str) -> None:
    assert shown in hosted(html, a=COPY)


def test_image_when_we_have_one_size_then_no_other_is_offered() -> None:
    made = hosted(
        '<picture><source srcset="b.webp 2x"><img src="a.png" srcset="c.png 2x" sizes="9px">'
        '</picture><video poster="b.png" src="v.mp4"></video>', a=COPY,
    )  # fmt: skip
    assert not re.search("srcset|sizes|poster|source|picture|b.webp|c.png", made)


def test_image_of_a_video_when_its_files_are_named_then_these_stay() -> None:
    made = hosted('<video poster="b.png"><source src="v.mp4"></video>', a=COPY)
    assert f'<source src="{BASE}v.mp4">' in made


def test_images_of_markup_then_each_is_named_once() -> None:
    html = clean_html(
        '<img src="a.png?x=1&amp;y=2"><img src="a.png?x=1&amp;y=2"><img srcset="b.png 2x">'
        '<video poster="c.png" src="v.mp4"></video><img src="data:image/png;base64,AAAA">',
        base=BASE,
    )
    assert images_of(html) == (f"{BASE}a.png?x=1&y=2", f"{BASE}b.png", f"{BASE}c.png")


PIECES = st.sampled_from([
    "<a href='/l'>", "</a>", '<img src="a.png" alt="x">', '<img src="b.png" alt="&lt;script>">',
    "<picture>", "</picture>", '<source srcset="b.png">', "<p>", "text &amp; more", "<b>", "</b>",
    '<video poster="b.png" src="v.mp4">', "</video>", '<img srcset="a.png, b.png 2x">',
])  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_markup_when_images_are_ours_then_it_is_still_clean_and_asks_no_other_host(
    html: str,
) -> None:
    made = hosted(html, a=Place("https://planet.example/images/1.png"))
    assert "b.png" not in "".join(re.findall(r"<(?:img|source|video)[^<>]*>", made))
    assert "<script" not in made
    assert clean_html(made, base=BASE) == clean_html(SafeHTML(made), base=BASE)
    assert "<a" not in "".join(re.findall(r"<a [^<>]*>(.*?)</a>", made))
