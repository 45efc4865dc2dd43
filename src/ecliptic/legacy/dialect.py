"""Which engine an ini file was written for, and what its sections are."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from ecliptic.legacy.ini import Document, Section, Value

Dialect: TypeAlias = Literal["planet", "venus", "pluto"]

DIALECTS: Final[dict[str, Dialect]] = {"planet": "planet", "venus": "venus", "pluto": "pluto"}

_VENUS_KEYS = frozenset({
    "bill_of_materials", "cache_blacklist_directory", "cache_keep_entries", "cache_lists_directory",
    "content_type", "depth", "django_autoescape", "filter_directories", "filters", "future_dates",
    "generator", "generator_uri", "http_cache_directory", "ignore_in_feed", "name_type",
    "online_accounts", "output_theme", "pubsubhubbub_feeds", "pubsubhubbub_hub", "spider_threads",
    "summary_type", "template_directories", "title_type", "xml_base",
})  # fmt: skip
_PLUTO_FEED_KEYS = frozenset({"feed", "feed_url", "xml_url"})
_PLUTO_SOURCES = frozenset({"github", "googlegroups", "meetup", "rubygems", "source"})
_SERVICES: Final = {
    "meetup": ("http://www.meetup.com/{0}", "http://www.meetup.com/{0}/events/rss/{0}/"),
    "googlegroups": (
        "https://groups.google.com/group/{0}",
        "https://groups.google.com/forum/feed/{0}/topics/atom.xml?num=15",
    ),
    "github": ("https://github.com/{0}", "https://github.com/{0}/commits/master.atom"),
    "rubygems": ("http://rubygems.org/gems/{0}", "http://rubygems.org/gems/{0}/versions.atom"),
}
"""The page and the feed that Pluto made of a name at a service."""
_PROGRAM = re.compile(
    r".*\.(tmpl|xslt|xsl|plugin|genshi|dj|django|py|pl|rb|sed|sh|html|css|js)", re.IGNORECASE
)
_LISTS = ("opml", "foaf", "csv", "config")


def named(word: str) -> Dialect | None:
    """Return the engine that the operator names, if any."""
    return DIALECTS[word] if word else None


def recognise(document: Document) -> Dialect:
    """Return the engine whose words a file uses; Planet 2.0 where it uses nobody's."""
    sections = document.sections
    planet = planet_section(document)
    if planet is None and (
        document.top.keys or any(_PLUTO_FEED_KEYS & section.keys.keys() for section in sections)
    ):
        return "pluto"
    if any(_VENUS_KEYS & section.keys.keys() for section in sections):
        return "venus"
    if any(section.title.endswith((".xslt", ".plugin", ".genshi")) for section in sections):
        return "venus"
    templates = planet.text("template_files") if planet else ""
    return "venus" if re.search(r"\.(xslt|genshi|dj|django)\b", templates) else "planet"


def planet_section(document: Document) -> Section | None:
    """Return the ``[Planet]`` section, in any case of letters."""
    for section in document.sections:
        if section.title.lower() == "planet":
            return section
    return None


def default_section(document: Document) -> Section | None:
    """Return ``[DEFAULT]``, whose keys every section inherits."""
    for section in document.sections:
        if section.title == "DEFAULT":
            return section
    return None


def programs(document: Document) -> frozenset[str]:
    """Return the templates and filters a file names: sections of these names are no feeds."""
    words: set[str] = set()
    for section in document.sections:
        for key in ("template_files", "filters", "filter", "bill_of_materials"):
            for word in section.text(key).split():
                path = word.partition("?")[0]
                words.update((word, path, path.rpartition("/")[2]))
    return frozenset(words)


def is_program(title: str, named: frozenset[str]) -> bool:
    """Whether a section configures a template or filter rather than a feed."""
    if "://" in title:
        return False
    return title in named or bool(_PROGRAM.fullmatch(title))


def is_list(section: Section) -> bool:
    """Whether a section is a reading list (Venus): OPML, FOAF, CSV, ini or a script's."""
    kind = section.text("content_type").lower()
    return any(word in kind for word in _LISTS) or "." in kind


def feed_address(section: Section) -> str:
    """Return the address in a section of Pluto's: the one it names, or that of a service."""
    said = section.text("feed") or section.text("feed_url") or section.text("xml_url")
    return said or _at_service(section)[1]


def linked(section: Section) -> Section:
    """Return a section of Pluto's with its page under ``link``, whatever it was called there."""
    if section.text("link"):
        return section
    for key in ("site_url", "url", "html_url"):
        if section.text(key):
            return _with(section, "link", Value(text=section.text(key), line=section.line_of(key)))
    page = _at_service(section)[0]
    return _with(section, "link", Value(text=page, line=section.line)) if page else section


def _with(section: Section, key: str, value: Value) -> Section:
    return Section(title=section.title, line=section.line, keys={**section.keys, key: value})


def _at_service(section: Section) -> tuple[str, str]:
    """Return the page and the feed of a service that a section names, or two empty texts.

    A name at GitHub is a repository only with its owner before it, and one at RubyGems is that
    of a person where the section has a page of its own.
    """
    for service, (page, feed) in _SERVICES.items():
        name = section.text(service)
        is_person = (service == "github" and "/" not in name) or (
            service == "rubygems" and bool(section.text("link"))
        )
        if name and not is_person:
            return page.format(name), feed.format(name)
    return "", ""


def has_remote_source(section: Section) -> bool:
    """Whether a section of Pluto's names a service instead of a feed."""
    return bool(_PLUTO_SOURCES & section.keys.keys())
