"""Pluto: keys of the planet first, then a section with a short name for each feed."""

from __future__ import annotations

from pathlib import Path

from ecliptic.legacy import dialect, notices
from ecliptic.legacy.filters import Translator
from ecliptic.legacy.ini import Document, Section
from ecliptic.legacy.subscriptions import Subscriptions, extra
from ecliptic.legacy.values import Values, one_line
from ecliptic.model.site import Site, Subscription

_SITE_KEYS = frozenset({
    "title", "name", "url", "link", "author", "owner_name", "email", "owner_email", "output_dir",
    "cache_directory",
})  # fmt: skip
_FEED_KEYS = (
    "title", "name", "feed", "feed_url", "xml_url", "site_url", "url", "html_url", "include",
    "includes",
)  # fmt: skip


def read(path: Path, document: Document) -> Site:
    """Return the planet that a Pluto configuration describes."""
    values = Values(path)
    top = document.top
    output = values.output(top, "site")
    collected, without = _collect(values, document)
    return Site(
        archive=False,
        search=False,
        browse=(),
        faces=False,
        name=one_line(top.text("title") or top.text("name")) or path.stem,
        link=values.link(top, "url") or values.link(top),
        owner_name=one_line(top.text("author") or top.text("owner_name")),
        owner_email=one_line(top.text("email") or top.text("owner_email")),
        subscriptions=collected,
        config=str(path),
        state=values.state(top, output),
        output=output,
        dialect="pluto",
        extra=extra(top, _SITE_KEYS),
        notices=(*values.notices, *without, *notices.oddities(document)),
    )


def _collect(
    values: Values, document: Document
) -> tuple[tuple[Subscription, ...], tuple[str, ...]]:
    collected = Subscriptions(values, Translator(values, "pluto"))
    without: list[str] = []
    services: list[str] = []
    for section in document.sections:
        if not add(collected, section):
            asked = services if dialect.has_remote_source(section) else without
            asked.append(f"[{section.title}] (line {section.line})")
    sentences = []
    if services:
        sentences.append(
            "Sections that name a service instead of a feed are not read;"
            f" write feed = … there: {notices.some(services)}."
        )
    if without:
        sentences.append(f"Sections without a feed are left out: {notices.some(without)}.")
    return collected.close(), tuple(sentences)


def add(collected: Subscriptions, section: Section) -> bool:
    """Add the feed of a section with a short name, if it names one."""
    url = dialect.feed_address(section) or _title_address(section)
    if url:
        name = section.text("title") or section.text("name")
        collected.add(dialect.linked(section), url, name, _FEED_KEYS)
    return bool(url)


def _title_address(section: Section) -> str:
    """Return the section's own name when it is an address, as Planet 2.0 wrote it."""
    return section.title if "://" in section.title else ""
