from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.clean import clean_html
from ecliptic.clean.adverts import without_ads
from ecliptic.clean.excerpt import excerpt_of
from ecliptic.clean.shorten import shortened
from ecliptic.model.text import SafeHTML, words_of_html
from making import make_entry

markups = st.lists(
    st.sampled_from(
        ("<p>", "</p>", "<b>", "</b>", "<br>", "<img src='https://a.example/i.png' alt='x'>",
         "one", " two ", "&amp;", "&lt;b&gt;", "ß", "<ul><li>", "</ul>", "<pre>", "</pre>", "\n",
         "<a href='https://feedads.g.doubleclick.net/x'>", "</a>")
    ),
    max_size=20,
).map("".join)  # fmt: skip


@given(markups, st.integers(1, 20))
def test_excerpt_when_any_markup_is_cut_then_it_is_clean_and_no_longer_than_asked(
    html: str, limit: int
) -> None:
    whole = clean_html(html)
    cut = excerpt_of(whole, limit)
    assert clean_html(cut) == cut
    if cut == whole:
        return
    words = words_of_html(cut.replace(" alt=", " "))
    assert len(words.replace("\n", "").replace("…", "")) <= limit + html.count("\n")
    assert cut.count("…") == 1


@pytest.mark.parametrize(
    ("html", "limit", "expected"),
    [
        ("<p>One two three</p>", 7, "<p>One two…</p>"),
        ("<p>One two three</p>", 9, "<p>One two…</p>"),
        ("<p>One</p><p>two</p>", 3, "<p>One</p><p>…</p>"),
        ("<p>Donaudampfschifffahrt</p>", 5, "<p>Donau…</p>"),
        ("a &amp; b &lt; c", 5, "a &amp; b…"),
        ("<ul><li>one <b>two three</b></li></ul>", 8, "<ul><li>one <b>two…</b></li></ul>"),
        ("short", 5, "short"),
    ],
)
def test_excerpt_when_it_is_cut_then_it_ends_between_words(
    html: str, limit: int, expected: str
) -> None:
    assert excerpt_of(SafeHTML(html), limit) == expected


@pytest.mark.parametrize(
    "advert",
    [
        (
            '<p><a href="http://feeds.blog.example/~a/Blog?a=x">'
            '<img src="http://feeds.blog.example/~a/Blog?i=x"></a></p>'
        ),
        '<a rel="nofollow" href="http://feedads.g.doubleclick.net/~at/x/0/da">text</a>',
        '<img alt="" src="https://pagead2.googlesyndication.com/x.png">',
        '<map name="e1-google_ad_map_1"><area href="https://a.example/"></map>',
        '<img usemap="#e1-google_ad_map_1" src="https://a.example/i.png">',
        (
            '<div><a href="http://feeds.feedburner.com/~ff/Blog?a=x:y">'
            '<img src="http://feeds.feedburner.com/~ff/B?d=y"></a> <br></div>'
        ),
    ],
)
def test_adverts_when_they_are_of_known_networks_then_nothing_of_them_is_left(
    advert: str,
) -> None:
    assert without_ads(SafeHTML(f"<p>Text</p>{advert}<p>more</p>")) == "<p>Text</p><p>more</p>"


def test_adverts_when_links_only_look_like_them_then_they_stay() -> None:
    html = SafeHTML(
        '<p><a href="https://blog.example/~ada/">Ada</a> on <a href="https://doubleclick.example/">'
        '<img src="https://blog.example/i.png"></a></p><p></p>'
    )
    assert without_ads(html) is html


def test_shortened_when_the_content_is_long_then_a_summary_stands_for_it() -> None:
    long, short = SafeHTML("<p>One two three</p>"), SafeHTML("<p>Numbers, counted</p>")
    entry = make_entry(content=long)
    cut = shortened(entry, limit=8, strips_ads=False)
    assert (cut.content, cut.summary) == ("", "<p>One two…</p>")
    cut = shortened(make_entry(content=long, summary=short), limit=8, strips_ads=False)
    assert (cut.content, cut.summary) == ("", "<p>Numbers,…</p>")
    cut = shortened(make_entry(content=long, link=""), limit=8, strips_ads=False)
    assert (cut.content, cut.summary) == ("<p>One two…</p>", "")


def test_shortened_when_nothing_is_too_long_then_the_entry_is_the_same_one() -> None:
    entry = make_entry(content=SafeHTML("<p>One</p>"), summary=SafeHTML("One"))
    assert shortened(entry, limit=3, strips_ads=True) is entry
    assert shortened(entry, limit=0, strips_ads=False) is entry


def test_shortened_when_the_content_is_short_then_a_long_summary_is_still_cut() -> None:
    entry = make_entry(content=SafeHTML("One"), summary=SafeHTML("One two three"))
    cut = shortened(entry, limit=4, strips_ads=False)
    assert (cut.content, cut.summary) == ("One", "One…")
