from __future__ import annotations

import pytest

from ecliptic.clean import clean_html
from ecliptic.clean.images import safe_sources

PNG = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def clean(html: str) -> str:
    return clean_html(html, base="https://blog.example/")


@pytest.mark.parametrize(
    "image",
    [
        '<img src="https://x.example/a.gif" width="1" height="1">',
        '<img src="https://x.example/a.gif" height="0" alt="">',
        '<img src="http://feeds.feedburner.com/~r/blog/~4/abc" alt="">',
        '<img src="https://feeds.wordpress.com/1.0/comments/blog.wordpress.com/1/">',
        '<img src="https://pixel.wp.com/b.gif?x=1">',
        '<img src="https://stats.wordpress.com/b.gif?host=x">',
        '<img src="https://medium.com/_/stat?event=post.clientViewed">',
        '<img src="https://blogger.googleusercontent.com/tracker/1-2">',
        '<img src="//www.google-analytics.com/collect?v=1">',
    ],
)
def test_image_when_it_counts_readers_is_dropped(image: str) -> None:
    assert clean(f"<p>a{image}b</p>") == "<p>ab</p>"


def test_image_when_it_is_seen_is_kept() -> None:
    for address in ("https://blog.wordpress.com/a.png", "https://feedburner.com/logo.png"):
        assert address in clean(f'<img src="{address}" width="10" height="10">')


def test_image_when_it_is_small_data_is_kept() -> None:
    assert f'src="data:image/gif;base64,{PNG}"' in clean(
        f'<img src="data:image/gif;base64,{PNG[:20]}\n{PNG[20:]}">'
    )


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png,x",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/png;base64," + "A" * 90_000,
    ],
)
def test_image_when_data_is_large_or_not_a_raster_is_replaced_by_its_words(address: str) -> None:
    assert clean(f'<img src="{address}" alt="&quot;w&quot; &lt;b&gt;">') == '"w" &lt;b&gt;'


def test_data_when_it_is_not_an_image_never_stays() -> None:
    for html in (
        '<a href="data:image/png;base64,AAAA">x</a>',
        '<video poster="data:image/png;base64,AAAA"></video>',
        '<audio src="data:audio/wav;base64,AAAA"></audio>',
        '<img srcset="data:image/png;base64,AAAA 1x">',
        '<blockquote cite="data:text/plain,x">x</blockquote>',
    ):
        assert "data:" not in clean(html)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a.png", "https://b.example/a.png"),
        ("a.png 480w, b.png 2x", "https://b.example/a.png 480w, https://b.example/b.png 2x"),
        ("a.png 1x,b.png 2x", "https://b.example/a.png 1x, https://b.example/b.png 2x"),
        ("a,b.png 1x", "https://b.example/a,b.png 1x"),
        (" , a.png , ", "https://b.example/a.png"),
        ("a.png 1x bad, b.png 2x", "https://b.example/b.png 2x"),
        ("javascript:x 1x", ""),
        ("https://pixel.wp.com/b.gif 1x", ""),
        ("", ""),
        ("a.png 10000000w", ""),
    ],
)
def test_sources_are_absolute_and_well_formed(given: str, expected: str) -> None:
    assert safe_sources(given, "https://b.example/") == expected
    assert safe_sources(expected, "https://b.example/") == expected
