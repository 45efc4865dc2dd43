"""The planet as RSS 2.0."""

from __future__ import annotations

from collections.abc import Sequence

from ecliptic import __version__
from ecliptic.model.entry import Entry
from ecliptic.model.naming import feed_name, is_blank
from ecliptic.model.page import PlanetStatus, Shown
from ecliptic.model.site import Site
from ecliptic.render.dates import published, rfc822
from ecliptic.render.naming import (
    author_names,
    entry_ids,
    language_tag,
    rss_title,
    web_address,
)
from ecliptic.render.publication import Publication
from ecliptic.render.writer import Writer


def rss20(site: Site, entries: Sequence[Shown], status: PlanetStatus, about: Publication) -> bytes:
    """Write ``rss20.xml``."""
    out = Writer()
    out.start(
        "rss",
        version="2.0",
        xmlns__atom="http://www.w3.org/2005/Atom",
        xmlns__content="http://purl.org/rss/1.0/modules/content/",
        xmlns__dc="http://purl.org/dc/elements/1.1/",
        xmlns__media="http://search.yahoo.com/mrss/",
    )
    out.start("channel").text("title", about.title).text("link", about.iri)
    out.text("description", about.description or about.title)
    out.some("language", language_tag(site.language))
    if site.owner_email:
        name = f" ({site.owner_name})" if site.owner_name else ""
        out.text("managingEditor", f"{site.owner_email}{name}")
    if status.changed_at:
        out.text("lastBuildDate", rfc822(status.changed_at))
    out.text("generator", f"Ecliptic {__version__}")
    if about.address:
        out.empty("atom:link", rel="self", href=about.address, type="application/rss+xml")
    for relation, address in about.archive.items():
        out.empty("atom:link", rel=relation, href=address, type="application/atom+xml")
    if about.hub:
        out.empty("atom:link", rel="hub", href=about.hub)
    for name, shown in zip(entry_ids(entries), entries, strict=True):
        _item(out, name, shown)
    return out.to_bytes()


def _item(out: Writer, name: str, shown: Shown) -> None:
    entry, link = shown.entry, web_address(shown.entry.link)
    out.start("item")
    source = feed_name(shown.feed)
    out.text("title", rss_title(shown))
    out.some("link", link)
    out.text("guid", name, isPermaLink="true" if link and name == link else "false")
    out.text("pubDate", rfc822(published(entry)))
    out.some("dc:creator", author_names(entry.authors))
    for tag in entry.categories:
        out.some("category", tag.label or tag.term, domain=tag.scheme)
    out.some("description", entry.summary).some("content:encoded", entry.content)
    out.some("comments", web_address(entry.comments))
    _files(out, entry)
    if url := web_address(shown.feed.url):
        out.text("source", source, url=url)
    out.end()


def _files(out: Writer, entry: Entry) -> None:
    """RSS allows one enclosure, with a type and a length; further ones are media (MRSS)."""
    files = [file for file in entry.enclosures if web_address(file.url)]
    for file in files[:1]:
        media_type = "application/octet-stream" if is_blank(file.type) else file.type
        out.empty("enclosure", url=file.url, length=str(max(file.length, 0)), type=media_type)
    for file in files[1:]:
        out.empty("media:content", url=file.url, type=file.type)
    if image := web_address(entry.image):
        out.empty("media:thumbnail", url=image)
