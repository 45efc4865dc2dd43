"""The pages of the archive: which there are, and that old ones stay where they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.model.archive import ArchiveDay
from ecliptic.model.page import Page
from ecliptic.select import archive_pages

FIRST = date(2018, 3, 30)


def make_day(number: int, entries: int = 1, edition: int = 1) -> ArchiveDay:
    day = FIRST + timedelta(days=number)
    changed_at = datetime(2018, 5, 1, tzinfo=UTC) + timedelta(hours=edition)
    return ArchiveDay(day=day, entries=entries, edition=edition, changed_at=changed_at)


def paths(*days: ArchiveDay) -> list[str]:
    return [page.path for page in archive_pages(days, has_feeds=False)]


def by_path(*days: ArchiveDay) -> dict[str, Page]:
    return {page.path: page for page in archive_pages(days, has_feeds=False)}


def test_archive_when_there_is_no_entry_then_it_has_its_index_alone() -> None:
    assert paths() == ["archive/index.html"]


def test_archive_when_days_have_entries_then_they_and_their_months_have_pages() -> None:
    assert paths(make_day(0), make_day(1, 250), make_day(2)) == [
        "archive/index.html",
        "archive/2018/03/index.html",
        "archive/2018/04/index.html",
        "archive/2018/03/30.html",
        "archive/2018/03/31.html",
        "archive/2018/03/31-2.html",
        "archive/2018/03/31-3.html",
        "archive/2018/04/01.html",
    ]


def test_month_when_it_is_long_then_a_part_ends_where_a_day_does() -> None:
    made = by_path(make_day(2, 300), make_day(3, 200), make_day(4, 900), make_day(5, 1))
    months = [page for page in made.values() if page.kind == "month"]
    assert [page.path for page in months] == [
        "archive/2018/04/index.html",
        "archive/2018/04/index-2.html",
        "archive/2018/04/index-3.html",
    ]
    spans = [(page.stretch.first.day, page.stretch.last.day) for page in months if page.stretch]
    assert spans == [(1, 2), (3, 3), (4, 4)]


def test_documents_when_the_planet_has_an_address_then_each_part_of_a_month_has_one() -> None:
    days = (make_day(0), make_day(2, 300), make_day(3, 300))
    made = [page for page in archive_pages(days, has_feeds=True) if page.kind == "atom"]
    assert [page.path for page in made] == [
        "archive/2018/03/atom.xml",
        "archive/2018/04/atom.xml",
        "archive/2018/04/atom-2.xml",
    ]
    neighbours = [(page.stretch.earlier, page.stretch.later) for page in made if page.stretch]
    assert [tuple(near.path if near else "" for near in pair) for pair in neighbours] == [
        ("", made[1].path),
        (made[0].path, made[2].path),
        (made[1].path, ""),
    ]


def test_archive_when_years_are_early_then_paths_have_four_digits() -> None:
    early = ArchiveDay(day=date(33, 4, 3), entries=1, edition=1, changed_at=None)
    assert paths(early)[1:] == ["archive/0033/04/index.html", "archive/0033/04/03.html"]


def test_pages_when_they_have_neighbours_then_they_know_them() -> None:
    made = by_path(make_day(0), make_day(1, 150), make_day(2))
    chain = []
    page: Page | None = made["archive/2018/03/30.html"]
    while page and page.stretch:
        chain.append(page.path)
        later = page.stretch.later
        assert later is None or made[later.path].stretch is not None
        page = made[later.path] if later else None
    assert chain == [
        "archive/2018/03/30.html",
        "archive/2018/03/31.html",
        "archive/2018/03/31-2.html",
        "archive/2018/04/01.html",
    ]
    newest_month = made["archive/2018/04/index.html"].stretch
    assert newest_month is not None
    assert newest_month.later is None
    assert newest_month.earlier is not None
    assert newest_month.earlier.path == "archive/2018/03/index.html"


def test_index_when_read_then_it_counts_each_month_newest_first() -> None:
    index = by_path(make_day(0, 2), make_day(1, 3), make_day(2, 4))["archive/index.html"]
    assert [(month.first, month.entries, month.path) for month in index.months] == [
        (date(2018, 4, 1), 4, "archive/2018/04/index.html"),
        (date(2018, 3, 1), 5, "archive/2018/03/index.html"),
    ]


@given(st.lists(st.integers(1, 700), min_size=2, max_size=60), st.integers(1, 700))
def test_pages_when_a_later_day_comes_then_only_the_last_ones_differ(
    counts: list[int], more: int
) -> None:
    days = [make_day(number, entries) for number, entries in enumerate(counts)]
    before = by_path(*days)
    after = by_path(*days, make_day(len(days), more, edition=2))
    changed = {path for path, page in before.items() if after[path] != page}
    last_day = [page.path for page in before.values() if page.kind == "day"][-1]
    last_month = [page.path for page in before.values() if page.kind == "month"][-1]
    assert changed == {"archive/index.html", last_day, last_month}


@given(st.lists(st.integers(1, 700), min_size=1, max_size=40))
def test_pages_whatever_the_days_show_each_entry_once_by_day_and_once_by_month(
    counts: list[int],
) -> None:
    days = [make_day(number, entries) for number, entries in enumerate(counts)]
    held = {day.day: day.entries for day in days}
    shown, titled = 0, 0
    for page in archive_pages(days, has_feeds=False):
        stretch = page.stretch
        if stretch and page.kind == "day":
            shown += min(stretch.limit, held[stretch.first] - stretch.skip)
        elif stretch:
            titled += sum(n for day, n in held.items() if stretch.first <= day <= stretch.last)
    assert shown == titled == sum(counts)
