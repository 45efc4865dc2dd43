"""The page of statistics: what it counts, and where each count leads."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.archive import Month
from ecliptic.model.page import Page
from ecliptic.model.statistics import Statistics
from ecliptic.model.terms import Term, TermName
from ecliptic.render import Renderer
from ecliptic.render.statistics import sparkline
from feed_rules import XHTML
from html_rules import faults
from making import NOON
from rendering import SITE, default_theme, make_feed, make_status, read_html

PAGE = Page(path="statistics.html", kind="statistics", mark="m", changed_at=NOON)
GERMAN = TermName(taxonomy="languages", key="de", name="Deutsch")
FOUND = Statistics(
    months=(
        Month(first=date(2018, 4, 1), entries=8, path="archive/2018/04/index.html"),
        Month(first=date(2018, 2, 1), entries=2, path="archive/2018/02/index.html"),
    ),
    feeds={1: (0, 0, 3), 2: (0, 0, 0)},
    terms={7: (1, 0, 4)},
    listed=(Term(row=7, name=GERMAN, entries=5, edition=1, changed_at=NOON),),
)


def made(found: Statistics = FOUND) -> bytes:
    feeds = [make_feed(1, entries=3), make_feed(2, entries=9, hidden={"decide.old": 2})]
    renderer = Renderer(SITE, default_theme(), feeds, count=lambda _: found)
    return renderer.render(PAGE, (), make_status())


def links(data: bytes) -> dict[str, str]:
    main = read_html(data).find(f".//{XHTML}main")
    assert main is not None
    return {
        "".join(map(str, link.itertext())).strip(): str(link.get("href"))
        for link in main.iter(f"{XHTML}a", "{http://www.w3.org/2000/svg}a")
    }


def test_statistics_when_read_lead_to_months_feeds_and_terms() -> None:
    found = links(made())
    assert found["April 2018: 8"] == "archive/2018/04/index.html"
    assert found["Deutsch"] == "languages/de/index.html"
    assert found["Blog 1"].startswith("feeds/")
    assert list(found).index("Blog 2") < list(found).index("Blog 1")  # 7 posts, and 3


def test_statistics_when_read_tell_the_counts_to_those_who_do_not_see() -> None:
    page = made().decode()
    assert 'aria-label="1, 0, 4"' in page
    assert "10 posts, 2 feeds" in page
    assert faults(read_html(page.encode())) == []


def test_statistics_when_nothing_is_stored_say_so() -> None:
    page = made(Statistics(months=()))
    assert b"0 posts" in page
    assert b"<svg" not in page


@given(st.lists(st.integers(0, 10**9), max_size=40))
def test_line_of_any_counts_stays_inside_and_goes_up_where_they_do(counts: list[int]) -> None:
    points = [
        (float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", sparkline(counts))
    ]
    assert len(points) == (len(counts) if len(counts) > 1 else 0)
    assert all(0 <= x <= 120 and 0 <= y <= 24 for x, y in points)
    for (one, other), (before, after) in zip(pairwise(points), pairwise(counts), strict=False):
        assert one[0] < other[0]
        assert other[1] <= one[1] if after >= before else other[1] >= one[1]


@pytest.mark.parametrize("counts", [[], [3]])
def test_line_when_there_is_nothing_to_compare_is_none(counts: list[int]) -> None:
    assert sparkline(counts) == ""
