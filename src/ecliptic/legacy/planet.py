"""Planet 2.0 and Venus: ``[Planet]``, then a section for each feed.

The two give one key different meanings: ``new_feed_items`` is what a feed may
bring along at its first fetch in Planet 2.0, and what it may have on the page
at any time in Venus. Venus shows the largest ``items_per_page`` of any
template on every page and never looks at ``days_per_page``.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from ecliptic.legacy import dialect, notices, pluto, templates
from ecliptic.legacy.corrections import corrections
from ecliptic.legacy.dialect import Dialect
from ecliptic.legacy.executables import Executables
from ecliptic.legacy.filters import Translator
from ecliptic.legacy.ini import Document, Section, interpolate
from ecliptic.legacy.subscriptions import Subscriptions, extra, future_dates
from ecliptic.legacy.theme import Themed, themed
from ecliptic.legacy.values import Values, one_line, plain
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import FetchSettings, PageSettings, Site, Subscription

_DEFAULTS = Site(name="Unconfigured Planet")
_TEMPLATE_KEYS = frozenset({
    "items_per_page", "days_per_page", "date_format", "new_date_format", "activity_threshold",
    "output_dir",
})  # fmt: skip
_SITE_KEYS = _TEMPLATE_KEYS | {
    "name", "link", "owner_name", "owner_email", "new_feed_items", "cache_directory",
    "feed_timeout",
}  # fmt: skip
_TIMEOUT_LIMIT = 600
_NEW_FEED_ITEMS = 10
"""What a new feed may bring along in Planet 2.0 when nothing is said; Venus has no limit."""


class _Parts(msgspec.Struct, frozen=True, kw_only=True):
    """The sections of a file by what they are, with inherited keys filled in."""

    planet: Section
    defaults: Section
    programs: tuple[Section, ...]
    lists: tuple[Section, ...]
    feeds: tuple[Section, ...]

    @property
    def all(self) -> tuple[Section, ...]:
        return (self.planet, *self.programs, *self.feeds)


def read(path: Path, document: Document, kind: Dialect) -> Site:
    """Return the planet that a Planet 2.0 or Venus configuration describes."""
    values = Values(path)
    theme = themed(values, document) if kind == "venus" else Themed(document=document)
    parts = _parts(theme.document)
    front = _front(parts)
    output = values.output(front, "output")
    pages = _venus_pages(values, parts) if kind == "venus" else _planet_pages(values, front)
    translator = Translator(values, kind, parts.programs)
    asked = translator.planet(parts.planet, parts.feeds)
    programs = Executables(path, parts.planet, parts.programs)
    rules = EntryRules(
        new_feed_items=0 if kind == "venus" else _new_feed_items(values, front),
        future_dates=future_dates(parts.planet) or "now",
        **corrections(values, parts.planet),
    )
    found = _subscriptions(values, parts, translator, rules)
    site = Site(
        archive=False,
        search=False,
        browse=(),
        faces=False,
        name=plain(parts.planet.text("name")) or _DEFAULTS.name,
        link=values.link(parts.planet),
        hub=values.link(parts.planet, "pubsubhubbub_hub"),
        language=_language(values, parts.planet, kind),
        owner_name=plain(parts.planet.text("owner_name")),
        owner_email=one_line(parts.planet.text("owner_email")),
        date_format=values.date_format(front, "date_format", _DEFAULTS.date_format),
        day_format=values.date_format(front, "new_date_format", _DEFAULTS.day_format),
        activity_threshold=values.whole(front, "activity_threshold"),
        rules=rules,
        pages=pages,
        fetch=_fetch(values, parts.planet),
        filter=asked.filter,
        excerpt=asked.excerpt or 0,
        strip_ads=bool(asked.strip_ads),
        plugins=programs.of_planet,
        subscriptions=programs.given_to(found, parts.feeds),
        lists=_lists(values, parts.lists),
        config=str(path),
        state=values.state(parts.planet, output),
        output=output,
        dialect=kind,
        extra=extra(parts.planet, _SITE_KEYS | parts.defaults.keys.keys()),
    )
    translator.close(parts.programs)
    values.note_relative(front, ("output_dir", "cache_directory"))
    site = _templated(values, site, parts, theme)
    if values.problems:
        raise values.failure()
    said = (*values.notices, *programs.notices(), *_notices(document, parts, site))
    # A key of [DEFAULT] is read with each section, and what is wrong with it said once.
    return msgspec.structs.replace(site, notices=tuple(dict.fromkeys(said)))


def _language(values: Values, planet: Section, kind: Dialect) -> str:
    """Return the language of the dates on pages; Venus never looked at ``locale``."""
    if kind == "planet":
        return values.language(planet) or _DEFAULTS.language
    if planet.text("locale"):
        line = planet.line_of("locale")
        values.notices.append(f"No effect: locale (line {line}); Venus never looked at it.")
    return _DEFAULTS.language


def _templated(values: Values, site: Site, parts: _Parts, theme: Themed) -> Site:
    """Return the planet with the templates and files that its pages are made from."""
    settings = templates.Settings(
        planet=parts.planet,
        programs=parts.programs,
        feeds=parts.feeds,
        site=site,
        folders=theme.folders,
    )
    found = templates.find(values, settings)
    return msgspec.structs.replace(
        site,
        templates=found,
        copies=templates.copies(values, settings),
        # Where the pages are the operator's own, links are what they were there.
        link_rel="" if found else site.link_rel,
    )


def _lists(values: Values, sections: tuple[Section, ...]) -> tuple[ReadingList, ...]:
    if not sections:
        return ()
    from ecliptic.legacy import lists  # noqa: PLC0415 - most planets have no list, and no XML

    return lists.named(values, sections)


def _parts(document: Document) -> _Parts:
    defaults = dialect.default_section(document) or Section(title="DEFAULT", line=0)
    planet = dialect.planet_section(document) or Section(title="Planet", line=0)
    named = dialect.programs(document)
    programs, lists, feeds = [], [], []
    for section in document.sections:
        if section.title in {planet.title, defaults.title}:
            continue
        if dialect.is_program(section.title, named):
            programs.append(interpolate(section, None))
        elif dialect.is_list(section):
            lists.append(interpolate(section, defaults))
        else:
            feeds.append(interpolate(section, defaults))
    return _Parts(
        planet=interpolate(planet, defaults),
        defaults=defaults,
        programs=tuple(programs),
        lists=tuple(lists),
        feeds=tuple(feeds),
    )


def _front(parts: _Parts) -> Section:
    """Return the settings of the front page: the planet's, then its own template's."""
    keys = dict(parts.planet.keys)
    for section in parts.programs:
        if section.title.rpartition("/")[2].startswith("index.html"):
            keys |= {key: section.keys[key] for key in _TEMPLATE_KEYS & section.keys.keys()}
    return Section(title=parts.planet.title, line=parts.planet.line, keys=keys)


def _planet_pages(values: Values, front: Section) -> PageSettings:
    return PageSettings(
        items_per_page=values.whole(front, "items_per_page", 60),
        days_per_page=values.whole(front, "days_per_page"),
    )


def _new_feed_items(values: Values, front: Section) -> int:
    """Return what a new feed may bring along; where nothing is said, Planet 2.0 took ten."""
    return values.whole(front, "new_feed_items", _NEW_FEED_ITEMS if front.line else 0)


def _venus_pages(values: Values, parts: _Parts) -> PageSettings:
    asked = [
        values.whole(section, "items_per_page")
        for section in parts.programs
        if section.text("items_per_page")
    ]
    _note_days(values, parts)
    return PageSettings(
        items_per_page=max([values.whole(parts.planet, "items_per_page", 60), *asked]),
        feed_items=values.whole(parts.planet, "new_feed_items"),
    )


def _note_days(values: Values, parts: _Parts) -> None:
    for section in (parts.planet, *parts.programs):
        if values.whole(section, "days_per_page"):
            line = section.line_of("days_per_page")
            values.notices.append(
                f"No effect: days_per_page (line {line}); Venus never looked at it, and pages"
                " stay as long as they were."
            )
            return


def _fetch(values: Values, planet: Section) -> FetchSettings:
    timeout = min(values.whole(planet, "feed_timeout"), _TIMEOUT_LIMIT)
    return FetchSettings(timeout=float(timeout)) if timeout else FetchSettings()


def _subscriptions(
    values: Values, parts: _Parts, translator: Translator, rules: EntryRules
) -> tuple[Subscription, ...]:
    collected = Subscriptions(values, translator, rules)
    for section in parts.feeds:
        if "://" in section.title or not dialect.feed_address(section):
            collected.add(section, values.feed(section.title), section.text("name"), ("name",))
        else:  # a section in Pluto's manner
            pluto.add(collected, section)
    return collected.close()


def _notices(document: Document, parts: _Parts, site: Site) -> tuple[str, ...]:
    encodings = notices.odd_encodings(parts.all, is_templated=bool(site.templates))
    found = [*notices.without_effect(parts.all), *encodings]
    found += notices.mended(parts.all, site.dialect)
    return (*found, *notices.oddities(document))
