"""A planet that is not there: a page of each kind of a theme, from feeds and posts made up here.

What posts do in the wild is among them: no title, another direction, wide code and tables,
pictures, sounds, a copy in another feed, a face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.clean import clean_html, clean_title
from ecliptic.model.archive import ArchiveDay, Month
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.feed import FeedState, FetchState
from ecliptic.model.page import Also, Page, PlanetStatus, Shown
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.picture import Picture
from ecliptic.model.site import Channel, Site
from ecliptic.model.statistics import Statistics
from ecliptic.model.terms import TAXONOMIES, Term, TermName, TermPart
from ecliptic.model.text import Content
from ecliptic.render import Renderer, Theme
from ecliptic.select import pages

NOON: Final = datetime(2018, 4, 25, 12, tzinfo=UTC)

_CODE: Final = "<pre><code>{}</code></pre>".format("wide = 'a line of code that goes on' " * 9)
_TABLE: Final = f"<table><tr>{'<td>a cell of a wide table</td>' * 14}</tr></table>"
_TEXT: Final = "<p>The clouds left in the afternoon, and all came out to look up.</p>" * 3
_BODIES: Final = (
    ("First light", _TEXT, "en"),
    ("", "<p>A post without a title.</p>", "en"),
    ("Code &amp; tables", _CODE + _TABLE, "en"),
    ("ليلة بلا قمر", "<p>خرجنا بعد المغرب بالمنظار الصغير.</p>", "ar"),
    ("A title that is so long that it must be broken, " * 4, "<p>Short.</p>", "en"),
    ("秋の夜空", "<p>今夜は気温三度。</p>", "ja"),
    ("A picture and a sound", "", "en"),
)

_FACE: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    b'<circle cx="24" cy="24" r="24" fill="#d97706"/></svg>'
)


def sample_pages(theme: Theme, site: Site | None = None) -> Iterator[tuple[Page, bytes]]:
    """Yield every page and asset that a planet with this theme has; ``RenderError`` as it comes.

    Without a ``site`` that of a planet in English is made up.
    """
    site = site or sample_site()
    feeds = [_feed(number) for number in range(1, 4)]
    shown = _shown(feeds)
    terms = [_term(row, taxonomy) for row, taxonomy in enumerate(TAXONOMIES, 1)]
    status = PlanetStatus(changed_at=NOON, now=NOON, entries=len(shown))
    month = Month(first=date(2018, 4, 1), entries=len(shown), path="archive/2018/04/index.html")
    counted = Statistics(
        months=(month,),
        feeds={feed.id: (feed.id, 2) for feed in feeds},
        terms={term.row: (1, term.row) for term in terms},
        listed=tuple(terms),
    )
    signs = {3: Reason(code="decide.inactive", at=NOON, params={"days": "200"})}
    renderer = Renderer(
        site, theme, feeds, signs=signs, count=lambda _: counted, picture=lambda _: _FACE
    )
    days = _days(shown)
    posts = {each.day: [one.entry.uid for one in shown if _day(one) == each.day] for each in days}
    made = pages(site, feeds, days=days, terms=terms, posts=posts) + renderer.asset_pages()
    if site.search:
        made += (Page(path="search.html", kind="search"),)
    renderer.list_pages(made)
    hidden = replace(
        shown[0].entry,
        uid="hidden",
        hidden=Reason(code="decide.hidden_by_hand", at=NOON, params={"why": "off topic"}),
    )
    for page in made:
        entries = shown if page.selection or page.stretch else ()
        if page.uid:
            entries = tuple(one for one in shown if one.entry.uid == page.uid)
        elif page.feed_id:
            entries = tuple(one for one in shown if one.feed.id == page.feed_id)
        withheld = (hidden,) if page.kind == "feed_page" else ()
        yield page, renderer.render(page, entries, status, withheld=withheld)


def sample_site() -> Site:
    """Return the settings of a planet that uses all that a theme can show."""
    return Site(
        name="Planet Sample",
        link="https://planet.example/",
        description="A planet to look at a theme with",
        owner_name="The people of Sample",
        entry_pages="full",
        channels=(Channel(path="jobs", name="Jobs", filter="tag:jobs"),),
    )


def _feed(number: int) -> FeedState:
    info = FeedInfo(
        title=("The Night Shift", "مرصد", "A blog with a name that goes on and on")[number - 1],
        link=f"https://blog{number}.example/",
        subtitle="What it writes about" if number == 1 else "",
        language=("en", "ar", "en")[number - 1],
    )
    is_well = number != 2  # noqa: PLR2004 - one of the three has trouble
    fetch = FetchState(
        checked_at=NOON,
        succeeded_at=NOON if is_well else None,
        changed_at=NOON,
        code="" if is_well else "fetch.timeout",
        failing_since=None if is_well else NOON,
    )
    return FeedState(
        id=number, url=f"https://blog{number}.example/feed", position=number, name="", link="",
        paused=False, hidden_feed=False, extra={}, info=info, fetch=fetch,
        entries=9, hidden={"decide.hidden_by_hand": 1}, revision=1,
        face=Picture(mark="sample", kind="svg", width=48, height=48) if number == 1 else None,
    )  # fmt: skip


def _shown(feeds: Sequence[FeedState]) -> tuple[Shown, ...]:
    """Return the posts, newest first: two days of them, with two runs of one feed."""
    found = []
    for number, (title, body, language) in enumerate(_BODIES):
        feed = feeds[1 if language == "ar" else 2 * (number % 2)]
        entry = _entry(number, feed, title.strip(), body, language)
        also = (Also(feed=feeds[2], link="https://blog3.example/copy"),) if number == 0 else ()
        found.append(Shown(entry=entry, feed=feed, also=also))
    return tuple(found)


def _entry(number: int, feed: FeedState, title: str, body: str, language: str) -> Entry:
    at = NOON - timedelta(hours=5 * number)
    text, markup = clean_title(Content(value=title, kind="html"))
    last = number == len(_BODIES) - 1
    files = (
        Enclosure(url="https://blog1.example/sky.jpg", type="image/jpeg"),
        Enclosure(url="https://blog1.example/sky.mp3", type="audio/mpeg"),
    )
    return Entry(
        uid=f"sample{number}", feed_id=feed.id, key=str(number), fingerprint=b"", policy="",
        id=f"https://blog.example/{number}", link=f"https://blog.example/{number}",
        title=text, title_html=markup, summary=clean_html(""),
        content=clean_html(body),
        published=at, updated=at, first_seen_at=at, shown_at=at, position=number,
        language=language, rights="", comments="", image="",
        authors=(Person(name="Ada Quist"),) if number % 2 == 0 else (),
        categories=(Category(term="sky"),), enclosures=files if last else (), source=None,
        hidden=None, notes=(),
    )  # fmt: skip


def _day(shown: Shown) -> date:
    return shown.entry.shown_at.date()


def _days(shown: Sequence[Shown]) -> list[ArchiveDay]:
    days = sorted({_day(one) for one in shown})
    return [ArchiveDay(day=day, entries=3, edition=1, changed_at=NOON) for day in days]


def _term(row: int, taxonomy: str) -> Term:
    """Return a term of so many entries that its years have pages too."""
    names = {
        "tags": TermName(taxonomy="tags", key="sky", name="sky"),
        "authors": TermName(taxonomy="authors", key="ada quist", name="Ada Quist"),
        "languages": TermName(taxonomy="languages", key="ar", name="العربية"),
    }
    parts = tuple(
        TermPart(year=year, part=1, entries=50, edition=1, changed_at=NOON) for year in (2018, 2017)
    )
    return Term(row=row, name=names[taxonomy], entries=100, edition=1, changed_at=NOON, parts=parts)
