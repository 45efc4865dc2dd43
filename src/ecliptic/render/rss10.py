"""The planet as RSS 1.0, which is RDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ecliptic.model.page import PlanetStatus, Shown
from ecliptic.model.site import Site
from ecliptic.render.dates import published, rfc3339
from ecliptic.render.naming import (
    author_names,
    entry_iris,
    page_address,
    planet_iri,
    rss_title,
    web_address,
)
from ecliptic.render.writer import Writer

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def rss10(site: Site, entries: Sequence[Shown], status: PlanetStatus) -> bytes:
    """Write ``rss10.xml``."""
    named = list(zip(_subjects(entries), entries, strict=True))
    out = Writer()
    out.start(
        "rdf:RDF",
        xmlns__rdf=_RDF,
        xmlns="http://purl.org/rss/1.0/",
        xmlns__dc="http://purl.org/dc/elements/1.1/",
        xmlns__content="http://purl.org/rss/1.0/modules/content/",
    )
    out.start("channel", rdf__about=page_address(site, "rss10.xml") or planet_iri(site))
    out.text("title", site.name).text("link", planet_iri(site))
    out.text("description", site.description or site.name)
    if status.changed_at:
        out.text("dc:date", rfc3339(status.changed_at))
    out.start("items").start("rdf:Seq")
    for subject, _ in named:
        out.empty("rdf:li", rdf__resource=subject)
    out.end().end().end()
    for subject, shown in named:
        _item(out, subject, shown)
    return out.to_bytes()


def _item(out: Writer, subject: str, shown: Shown) -> None:
    entry = shown.entry
    out.start("item", rdf__about=subject)
    out.text("title", rss_title(shown))
    out.text("link", web_address(entry.link) or subject)
    out.some("description", entry.summary).some("content:encoded", entry.content)
    out.text("dc:date", rfc3339(published(entry)))
    out.some("dc:creator", author_names(entry.authors))
    for tag in entry.categories:
        out.some("dc:subject", tag.label or tag.term)
    out.end()


def _subjects(entries: Sequence[Shown]) -> list[str]:
    """Return what each item is about: by custom its link, or its id where that says two things."""
    iris = entry_iris(entries)
    links = [web_address(shown.entry.link) for shown in entries]
    uses = Counter([*links, *iris])
    return [
        link if link and uses[link] == 1 + (link == iri) else iri
        for link, iri in zip(links, iris, strict=True)
    ]
