"""The page on old templates lists what they see, all of it and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ecliptic.model.entry import FeedInfo
from ecliptic.model.feed import FetchState
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render.convert.calls import FUNCTIONS
from ecliptic.render.convert.django_filters import FILTERS
from ecliptic.render.convert.django_tags import TAGS
from ecliptic.render.converted_filters import FILTERS as GUARDS
from ecliptic.render.htmltmpl.scan import KINDS
from ecliptic.render.variables import Variables
from ecliptic.render.venus_feed import VenusFeed
from making import NOON
from project import DOCS
from rendering import make_feed, make_shown

TEXT = (DOCS / "reference" / "old-templates.md").read_text("utf-8")
DATED = {"date", "updated", "published", "last_updated"}


def full() -> Shown:
    feed = make_feed(fetch=FetchState(changed_at=NOON))
    file = Enclosure(url="https://a.example/a.mp3")
    return make_shown(1, feed, updated=NOON, enclosures=(file,))


def seen(level: str) -> set[str]:
    """Return the names that a template sees at a level."""
    shown = full()
    site = Site(name="P")
    template = OldTemplate(file="/t/a.html.tmpl", path="a.html", folder="/t")
    page = Variables(site, template, [shown.feed], {1: "404"}).page([shown], NOON)
    if level == "At the top":
        return set(page)
    scopes = page["Items" if level == "In `Items`" else "Channels"]
    assert not isinstance(scopes, (str, int))
    return {name for name in scopes[0] if not name.startswith("channel_")}


def listed(level: str) -> set[str]:
    """Return the names in the section of a level."""
    section = re.split(r"^#+ ", TEXT.split(f"### {level}\n")[1], flags=re.MULTILINE)[0]
    names = set(re.findall(r"`([A-Za-z_0-9]+)`", section)) - {"_iso", "_822"}
    dated = {f"{name}{form}" for name in names & DATED for form in ("", "_iso", "_822")}
    named_elsewhere = {"In `Channels`": {"DEFAULT"}, "In `Items`": {"Channels", "channel_"}}
    return (names | dated) - named_elsewhere.get(level, set())


@pytest.mark.parametrize("level", ["At the top", "In `Channels`", "In `Items`"])
def test_page_on_old_templates_lists_every_variable(level: str) -> None:
    assert listed(level) == seen(level)


def test_page_on_old_templates_lists_every_statement() -> None:
    assert {match[1] for match in re.finditer(r"TMPL_([A-Z]+)", TEXT)} == KINDS


def words_in(start: str, end: str = "\n") -> set[str]:
    """Return the words set as code in the first line that begins so."""
    line = TEXT.split(f"\n{start}")[1].split(end)[0]
    return set(re.findall(r"`([A-Za-z_:.]+)`", line))


def test_page_on_old_templates_lists_every_tag_and_filter_of_django() -> None:
    assert words_in("Tags: ", ", with ") == set(TAGS)
    assert words_in("Filters: ", ". Those") == set(FILTERS)


def test_page_on_old_templates_lists_every_function_of_genshi() -> None:
    functions = words_in("`py:for` ").intersection(FUNCTIONS)
    assert functions == set(FUNCTIONS)


def test_page_on_old_templates_lists_every_guard() -> None:
    guards = {name for name in GUARDS if name.startswith("in_")}
    assert set(re.findall(r"`(in_\w+)`", TEXT)) == guards


INFO = FeedInfo(title="T", subtitle="S", rights="R", format="atom10", authors=(Person(name="A"),))


def genshi(*path: str | int) -> set[str]:
    """Return the names that a template of Genshi sees behind a path."""
    tag = Category(term="a", scheme="https://a.example/", label="A")
    person = Person(name="Ann", email="a@b.example", url="https://a.example/")
    feed = make_feed(info=INFO, fetch=FetchState(changed_at=NOON), extra={"face": "a.png"})
    shown = make_shown(
        1, feed, rights="R", summary=SafeHTML("S"), authors=(person,), categories=(tag,),
        enclosures=(Enclosure(url="https://a.example/a.mp3", type="audio/mpeg"),), language="en",
    )  # fmt: skip
    template = OldTemplate(file="/t/a.html.genshi", path="a.html", folder="/t", kind="genshi")
    page: Any = VenusFeed(Site(name="P"), template, [feed], {1: "404"}).page([shown], NOON)
    for part in path:
        page = page[part]
    return set(page)


@pytest.mark.parametrize(
    ("row", "path", "besides"),
    [
        ("| `feed` and each", ("feeds", 0), {"planet_name", "planet_bozo"}),
        ("| each of `entries`", ("entries", 0), set()),
        ("| a `_detail`", ("entries", 0, "title_detail"), set()),
        ("| `author_detail`", ("entries", 0, "author_detail"), set()),
        ("| each of `links`", ("entries", 0, "enclosures", 0), set()),
        ("| each of `tags`", ("entries", 0, "tags", 0), set()),
    ],
)
def test_page_on_old_templates_lists_what_genshi_sees(
    row: str, path: tuple[str | int, ...], besides: set[str]
) -> None:
    cell = "`" + TEXT.split(f"\n{row}")[1].split("\n")[0].partition("| ")[2]
    names = set(re.findall(r"`([A-Za-z_]+)`", cell)) - {"_detail"}
    detailed = {f"{name}_detail" for name in names & {"title", "subtitle", "summary", "rights"}}
    assert names | detailed | besides == genshi(*path) | (names & {"_detail"})
