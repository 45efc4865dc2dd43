"""Configurations of real planets, and lists of feeds as they are found."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from ecliptic import legacy, sources
from ecliptic.model.site import Site
from ecliptic.sources import opml
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

PLANETS = DATA / "planets"
LISTS = DATA / "opml"

FEEDS = {
    "planet-arch-jp/people.opml": 4,
    "planet-deepin/planet.ini": 1,
    "planet-devops-br/config.ini": 14,
    "planet-dgplug/planet.ini": 51,
    "planet-dsa/planet.ini": 106,
    "planet-jython/config.ini": 13,
    "planet-librecores/config.ini": 29,
    "planet-mg/config.ini": 23,
    "planet-mozfr/people.opml": 34,
    "planet-mozilla/bugzilla.ini": 7,
    "planet-mozilla/l10n.ini": 4,
    "planet-mozilla/participation.ini": 13,
    "planet-mozilla/planet-de.ini": 14,
    "planet-mozilla/research.ini": 11,
    "planet-mozilla/taskcluster.ini": 14,
    "planet-mozilla/thunderbird.ini": 8,
    "planet-mysql-community/planet.ini": 140,
    "planet-nixos/planet.ini": 24,
    "planet-openstreetmap/planet.ini": 48,
    "planet-pardus/gezegen-config.ini": 67,
    "planet-pardus/planet-config.ini": 29,
    "planet-phpmyadmin/planet.ini": 8,
    "planet-planet20-examples/basic-config.ini": 5,
    "planet-planet20-examples/fancy-config.ini": 4,
    "planet-plone/planet.ini": 22,
    "planet-postgresql-fr/planet.ini": 15,
    "planet-python/config.ini": 567,
    "planet-pythonbrasil/config.ini": 55,
    "planet-ros/planet.ini": 26,
    "planet-ruby-de/config.ini": 13,
    "planet-sympy/planet.ini": 61,
    "planet-virttools/config.ini": 28,
    "planetcf-opml/planet-python.opml": 561,
}
"""Feeds by file, as the list of origins counts them."""

FEWER = {
    # two sections have one title, and are read as one
    "planet-mozilla/mozilla.ini": (209, 208),
    # nine titles come more than once, among them the planet's own news 12 times more
    "planeta-linux/universo.config.ini": (579, 558),
    # two sections have the same feed under two names
    "planet-valkey/planet.ini": (36, 35),
    # twelve outlines stand in comments
    "planet-mg/subscriptions.opml.xml": (108, 96),
    # eleven outlines have an empty xmlUrl, one address comes twice
    "planetcf-opml/planet-mozilla.opml": (207, 195),
}
"""Feeds as they were counted by section or outline, and what they are."""

DIALECTS = {
    "planet-python/config.ini": "planet",
    "planet-pythonbrasil/config.ini": "planet",
    "planet-jython/config.ini": "planet",
    "planet-devops-br/config.ini": "planet",
    "planet-virttools/config.ini": "planet",
    "planeta-linux/universo.config.ini": "planet",
    "planet-mozilla/mozilla.ini": "venus",
    "planet-sympy/planet.ini": "venus",
    "planet-plone/planet.ini": "venus",
    "planet-nixos/planet.ini": "venus",
    "planet-dgplug/planet.ini": "venus",
    "planet-mysql-community/planet.ini": "pluto",
    "planet-openstreetmap/planet.ini": "pluto",
    "planet-dsa/planet.ini": "pluto",
    "planet-valkey/planet.ini": "pluto",
    "planet-postgresql-fr/planet.ini": "pluto",
    "planet-deepin/planet.ini": "pluto",
}


def load(path: Path) -> Site:
    return legacy.load(path) if sources.detect(path) == "ini" else sources.load(path)


def configurations() -> list[str]:
    found = (path for path in PLANETS.rglob("*") if path.suffix in {".ini", ".opml", ".xml"})
    return sorted(str(path.relative_to(PLANETS)) for path in found)


@pytest.mark.parametrize("name", configurations())
def test_load_when_a_configuration_is_real_refuses_nothing(name: str) -> None:
    site = load(PLANETS / name)
    assert site.name
    addresses = [feed.url for feed in site.subscriptions]
    assert len(set(addresses)) == len(addresses)
    assert [feed.line for feed in site.subscriptions] == sorted(
        feed.line for feed in site.subscriptions
    )


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_load_when_a_configuration_is_real_finds_all_its_feeds(name: str) -> None:
    assert len(load(PLANETS / name).subscriptions) == FEEDS[name]


@pytest.mark.parametrize("name", sorted(FEWER))
def test_load_when_feeds_were_counted_by_section_finds_each_once(name: str) -> None:
    counted, kept = FEWER[name]
    site = load(PLANETS / name)
    assert len(site.subscriptions) == kept < counted


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_load_when_a_configuration_is_real_knows_its_engine(name: str) -> None:
    assert load(PLANETS / name).dialect == DIALECTS[name]


@pytest.mark.parametrize("name", [name for name in configurations() if name.endswith(".ini")])
def test_load_when_a_configuration_is_real_gives_the_lines_of_its_feeds(name: str) -> None:
    lines = (PLANETS / name).read_bytes().decode("latin-1").split("\n")
    for feed in load(PLANETS / name).subscriptions:
        assert lines[feed.line - 1].lstrip().startswith("["), feed


def test_load_when_it_is_planet_python_reads_what_it_says() -> None:
    site = load(PLANETS / "planet-python" / "config.ini")
    assert (site.name, site.link) == ("Planet Python", "http://planetpython.org/")
    assert site.date_format == "%B %d, %Y %I:%M %p %Z"
    assert site.pages.items_per_page == 25
    assert site.pages.days_per_page == 10
    assert (site.rules.new_feed_items, site.pages.feed_items) == (1, 0)
    assert site.activity_threshold == 180
    assert site.output == "/srv/planetpython.org"
    names = {feed.name for feed in site.subscriptions}
    assert {"Menno's Musings", "2degrees"} <= names
    assert not [name for name in names if name[:1] in {'"', "'"}]


def test_load_when_lines_are_in_two_encodings_reads_both() -> None:
    names = [feed.name for feed in load(PLANETS / "planet-mozilla" / "mozilla.ini").subscriptions]
    assert not [name for name in names if "\ufffd" in name or "Ã" in name]


def test_load_when_names_are_written_with_references_reads_them_as_text() -> None:
    names = {feed.name for feed in load(PLANETS / "planet-sympy" / "planet.ini").subscriptions}
    assert "Ondřej Čertík" in names
    mozilla = load(PLANETS / "planet-mozilla" / "mozilla.ini").subscriptions
    assert "Mozilla Open Policy & Advocacy Blog" in {feed.name for feed in mozilla}
    for name in (name for name in configurations() if name.endswith(".ini")):
        for feed in load(PLANETS / name).subscriptions:
            assert not re.search(r"&(#\w+|[A-Za-z]+);", feed.name), (name, feed.name)


@pytest.mark.parametrize("name", [name for name in configurations() if name.endswith(".ini")])
def test_load_when_templates_are_not_there_names_each_kind_once(name: str) -> None:
    site = load(PLANETS / name)
    assert site.templates == ()
    assert len(set(site.notices)) == len(site.notices)
    assert sum(notice.startswith("Templates that are not found") for notice in site.notices) <= 1


def test_load_when_two_real_configurations_are_one_has_the_feeds_of_both() -> None:
    names = ("planet-mozilla/research.ini", "planet-mozilla/bugzilla.ini")
    both = legacy.load(*(PLANETS / name for name in names))
    one, two = (load(PLANETS / name) for name in names)
    assert both.name == two.name
    assert {feed.url for feed in both.subscriptions} == {
        feed.url for site in (one, two) for feed in site.subscriptions
    }


def test_load_when_templates_and_filters_have_sections_takes_no_feed_from_them() -> None:
    for name in configurations():
        for feed in load(PLANETS / name).subscriptions:
            assert not re.search(r"\.(tmpl|xslt|plugin)$", feed.url), (name, feed.url)


def listed() -> list[tuple[str, int]]:
    if not LISTS.is_dir():
        return []
    with (LISTS / "SOURCES.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(row["file"], int(row["xmlurls"])) for row in rows]


REPEATED = {
    "cc-archive-planet--opml-2.opml": 17,  # one empty address
    "jocmp-capyreader--multiple-matching-feeds.opml": 5,
    "kilimchoi-engineering-blogs--blogs.opml": 180,
    "lwindolf-liferea--feedlist-eu.opml": 15,
    "lwindolf-liferea--feedlist-fa.opml": 12,
    "lwindolf-liferea--feedlist-gl.opml": 13,
    "lwindolf-liferea--feedlist-it.opml": 20,
    "lwindolf-liferea--feedlist-no.opml": 17,
    "lwindolf-liferea--feedlist-pl.opml": 17,
    "lwindolf-liferea--feedlist-ru-malformed.opml": 21,
    "lwindolf-liferea--feedlist-sk.opml": 14,
    "lwindolf-liferea--feedlist-sv.opml": 16,
    "opensuse-planet-opensuse-org--opml.opml": 263,
    "ranchero-software-netnewswire--subs.opml": 206,  # one with and without its last slash
    "ranchero-software-netnewswire--subsnotitleattributes.opml": 206,
    "rssbandit-rssbandit--microsoft-bloggers.opml": 177,
    "sympy-planet-sympy-org--opml-2.opml": 15,
}
"""Lists that hold an address more than once: the number of different ones."""


@pytest.mark.parametrize(("name", "count"), listed())
def test_read_when_a_list_is_real_loses_no_feed(name: str, count: int) -> None:
    found = opml.read((LISTS / name).read_bytes())
    assert len(found) == REPEATED.get(name, count)
    assert sources.detect(LISTS / name) == "opml"
