from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic import legacy
from ecliptic.legacy.xpath import filter_of
from ecliptic.model.site import Site

FEED = "http://a.example/feed"


def load(folder: Path, text: str) -> Site:
    path = folder / "config.ini"
    path.write_text(text, "utf-8")
    return legacy.load(path)


def test_filter_when_it_is_planet_2_then_title_or_content_is_searched_in_any_case(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path,
        f"[Planet]\nname = P\nfilter = python\nexclude = never read\n"
        f'[{FEED}]\nfilter = a|b\nexclude = job "offers"\n',
    )
    assert site.filter == 'title:~"python" or body:~"python"'
    assert site.subscriptions[0].filter == (
        '(title:~"a|b" or body:~"a|b") and '
        'not (title:~"job \\"offers\\"" or body:~"job \\"offers\\"")'
    )


def test_filter_when_it_is_venus_then_all_text_is_searched_line_by_line_in_its_case(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path, "[Planet]\noutput_theme = x\nfilter = Python\n  (?i)django\nexclude = Jobs\n"
    )
    assert site.filter == ('text:~"(?-i:Python)" and text:~"(?i)django" and not text:~"(?-i:Jobs)"')


def test_filter_when_a_feed_of_venus_has_its_own_then_it_takes_the_place_of_the_planets(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path,
        f"[Planet]\noutput_theme = x\nfilter = A\nexclude = B\n[{FEED}]\nfilter = C\n"
        "[http://b.example/feed]\nname = B\n",
    )
    own, other = site.subscriptions
    assert site.filter == ""
    assert own.filter == 'text:~"(?-i:C)" and not text:~"(?-i:B)"'
    assert other.filter == 'text:~"(?-i:A)" and not text:~"(?-i:B)"'


def test_filters_when_they_are_stock_ones_of_venus_then_they_become_settings(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path,
        "[Planet]\nfilters = minhead.py stripAd/feedburner.sed excerpt.py\n"
        f"[excerpt.py]\nomit = img\nwidth = 300\n[{FEED}]\n"
        "filters = xpath_sifter.py?require=//atom%3Acategory%5B%40term%3D%27two%27%5D\n"
        "  regexp_sifter.py?exclude=Jobs excerpt.py?width=80\n",
    )
    assert (site.excerpt, site.strip_ads, site.filter) == (300, True, "")
    feed = site.subscriptions[0]
    assert (feed.excerpt, feed.strip_ads) == (80, None)
    assert feed.filter == 'tag:="two" and not text:~"(?-i:Jobs)"'
    assert not any("not translated" in notice for notice in site.notices)


def test_filters_when_they_are_not_known_then_they_are_named_once(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        "[Planet]\nfilters = own.py\n[index.html.xslt]\nfilters = mememe.plugin\n"
        f"[{FEED}]\nfilters = own.py xpath_sifter.py?require=count(//atom:link)>3\n",
    )
    assert (
        "Filters that are not translated: xpath_sifter.py (line 6), mememe.plugin (line 4)."
    ) in site.notices


def test_filter_when_the_expression_is_not_read_then_a_notice_names_it_and_nothing_is_hidden(
    tmp_path: Path,
) -> None:
    site = load(tmp_path, f"[Planet]\nname = P\n[{FEED}]\nfilter = (?!.*spam).*news\n")
    assert site.subscriptions[0].filter == ""
    assert any(
        notice.startswith("No effect: filter = (?!.*spam).*news (line 4); at character 1: ")
        for notice in site.notices
    )


def test_includes_when_it_is_pluto_then_one_of_the_words_must_be_there(tmp_path: Path) -> None:
    site = load(
        tmp_path, "title = P\n[ada]\n  feed = http://a.example/feed\n  includes = rust | ruby\n"
    )
    feed = site.subscriptions[0]
    assert feed.filter == 'title:~"rust|ruby" or body:~"rust|ruby"'
    assert feed.extra == {}


@pytest.mark.parametrize(
    ("xpath", "expression"),
    [
        ("//atom:category", "has:tag"),
        ("//atom:category[@term='two']", 'tag:="two"'),
        ('/atom:entry/atom:category[ @term = "two" ]', 'tag:="two"'),
        ("//atom:category[contains(@term,'two')]", 'tag:~"(?-i:two)"'),
        ("//atom:category[@term='a' or @label='b or c']", 'tag:="a" or tag:="b or c"'),
        ("not(//atom:category[@term='a'])", 'not tag:="a"'),
        ("//atom:title[contains(.,'Venus')]", 'title:~"(?-i:Venus)"'),
        ("//atom:title[not(contains(.,'C++'))]", r'not title:~"(?-i:C\+\+)"'),
        ("//atom:author/atom:name[.='Ada']", 'author:="Ada"'),
        ("//atom:content", "has:body"),
        ("//atom:title[contains(.,'a')] and //atom:category", 'title:~"(?-i:a)" and has:tag'),
    ],
)
def test_xpath_when_it_is_a_form_in_use_then_it_becomes_a_filter(
    xpath: str, expression: str
) -> None:
    assert str(filter_of(xpath)) == expression


@pytest.mark.slow
@pytest.mark.parametrize(
    "xpath",
    [
        "", "//atom:link[@rel='x'][2]", "count(//atom:category) > 2", "//xhtml:img", "atom:rights",
        "//atom:category[@scheme='x']", "//atom:title[contains(.,'')]", "//atom:id", "not(x)",
        "//atom:category[@term='a' or position()=1]", "//atom:title[starts-with(.,'a')]",
        f"//atom:title[.='{'a' * 2_000}']", "not(" * 2_000 + ")" * 2_000,
    ],
)  # fmt: skip
def test_xpath_when_it_is_another_then_it_is_not_translated(xpath: str) -> None:
    assert filter_of(xpath) is None
