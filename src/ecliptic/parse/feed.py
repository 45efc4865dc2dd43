"""The tree of a document → ``ParsedFeed``: which format it is, what it holds, where entries stand.

All XML formats are read alike: their elements have been given canonical names,
so an Atom link in an RSS channel or a Dublin Core date in Atom is nothing special.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.model.parsed import Link, ParsedEntry, ParsedFeed, Problem, Tombstone
from ecliptic.parse import address, text
from ecliptic.parse.credits import read_categories, read_people
from ecliptic.parse.dates import parse_date
from ecliptic.parse.entry import EntryReader
from ecliptic.parse.extras import read_location, yes_or_no
from ecliptic.parse.fields import Fields, Scope, language_tag, some_of_each
from ecliptic.parse.links import about, page_of, read_links, rss_link
from ecliptic.parse.media import read_files, read_image
from ecliptic.parse.names import RDF_RESOURCE, prefix_of, split
from ecliptic.parse.schedule import skipped_days, skipped_hours, ttl_minutes, update_seconds
from ecliptic.parse.shape import MAX_REPEATED, Layouts, layouts_for
from ecliptic.parse.tree import Element, Tree

MAX_ENTRIES: Final = 2_000
"""The most entries kept of one document; they are those it lists first."""

_ENTRIES: Final = frozenset({"item", "atom:entry"})
_HOLDERS: Final = frozenset({"channel", "items", "rss", "rdf:rdf", "atom:feed", "feed"})
_ROOTS: Final = {"rss": "", "rdf": "", "channel": "", "feed": "atom", "entry": "atom"}
_MAX_SEARCHED: Final = 50
_FEED_PATH: Final = re.compile(r"(?:atom|feed|rss|rdf|xml)/?\Z", re.IGNORECASE)
_MAX_PROBLEMS: Final = 100

_TITLES: Final = ("title", "atom:title", "dc:title", "itunes:title", "media:title")
_SUBTITLES: Final = ("description", "atom:subtitle", "atom:tagline", "abstract", "dc:description",
                     "itunes:summary", "itunes:subtitle", "atom:info")  # fmt: skip
_PUBLISHED: Final = ("pubdate", "atom:published", "atom:issued", "dcterms:issued",
                     "dcterms:created", "atom:created")  # fmt: skip
_UPDATED: Final = ("lastbuilddate", "atom:updated", "atom:modified", "dcterms:modified", "dc:date")
_AUTHORS: Final = (
    ("atom:author", "author"), ("dc:creator", "dc:author"), ("itunes:author", "googleplay:author"),
    ("managingeditor",), ("itunes:owner",), ("dc:publisher",),
)  # fmt: skip
_IMPLIED: Final = ("wfw:commentrss", "podcast:funding")
_RIGHTS: Final = ("copyright", "dc:rights", "dcterms:rights", "atom:rights", "atom:copyright",
                  "media:copyright")  # fmt: skip


class _Parts(NamedTuple):
    """What stands in the feed itself, the element it is about, and its entries."""

    fields: Fields
    subject: Element
    entries: list[tuple[Element, Scope]]


def read_feed(tree: Tree, base: str) -> ParsedFeed:
    """Read a feed; the result has no format, and says why, if the tree is none."""
    if tree.root is None:
        return ParsedFeed(problems=tree.problems)
    root = _feed_root(tree.root)
    if root is None and not tree.entries:
        return _not_a_feed(tree)
    root = tree.root if root is None else root
    layouts = _layouts_for(root)
    outer = Scope(_attribute(root, "base", Scope(base)) or base)
    parts = _parts_of(root, layouts, outer, tree.entries)
    fields = parts.fields
    if not fields.scope.base:  # the feed may say where it is
        fields.scope = replace(fields.scope, base=_own_address(fields))
    shape = fields.layout.shape  # some of what an entry may have, a feed may have too
    links = read_links(fields, shape.links, fields.at(*_IMPLIED))
    link = (
        rss_link(fields, fields.at("link"))
        or page_of(links)
        or _attribute(parts.subject, "href", fields.scope)
    )
    link = link or _page_by_id(fields, links)
    entries = _entries(parts, layouts, link, fields.scope.base)
    page = fields.scope.own_base or (link if address.is_web(link) else fields.scope.base)
    updated = fields.date(fields.at(*_UPDATED)) or _attribute_date(parts.subject)
    return ParsedFeed(
        format=_format_of(root),
        encoding=tree.encoding,
        id=fields.text(fields.at("atom:id", "podcast:guid")) or about(parts.subject),
        title=fields.content(fields.at(*_TITLES), page, title=True),
        subtitle=fields.content(fields.at(*_SUBTITLES), page),
        link=link,
        links=links,
        authors=read_people(fields, *(fields.at(*names) for names in _AUTHORS)),
        categories=read_categories(fields, shape.categories),
        language=language_tag(fields.text(fields.at("language", "dc:language")))
        or fields.scope.language,
        rights=fields.words(fields.at(*_RIGHTS)),
        generator=_generator(fields),
        image=_image(fields),
        icon=_icon(fields),
        published=fields.date(fields.at(*_PUBLISHED)),
        updated=updated,
        ttl=ttl_minutes(fields.text(fields.at("ttl"))),
        update_seconds=update_seconds(
            fields.text(fields.at("sy:updateperiod")), fields.text(fields.at("sy:updatefrequency"))
        ),
        skip_hours=skipped_hours(fields),
        skip_days=skipped_days(fields),
        location=read_location(fields),
        new_url=rss_link(fields, fields.at("itunes:new-feed-url")),
        locked=yes_or_no(fields.text(fields.at("podcast:locked"))),
        entries=tuple(entries),
        tombstones=_tombstones(fields),
        problems=_problems(tree, fields, parts.entries),
    )


def _feed_root(root: Element) -> Element | None:
    """Return the element that is the feed: the root, or one wrapped in something else."""
    for count, element in enumerate(root.iter("{*}*")):
        local = split(element.tag)[1].lower() if isinstance(element.tag, str) else ""
        if local.rpartition(":")[2] in _ROOTS and (local != "entry" or element is root):
            return element
        if count > _MAX_SEARCHED or local in {"html", "svg", "opml", "urlset", "sitemapindex"}:
            return None
    return None


def _not_a_feed(tree: Tree) -> ParsedFeed:
    tag = tree.root.tag if tree.root is not None else ""
    local = split(tag)[1] if isinstance(tag, str) else ""
    detail = "an HTML page" if local.lower() == "html" else f"XML with root <{local[:60]}>"
    problem = Problem(code="parse.not_a_feed", detail=detail)
    return ParsedFeed(encoding=tree.encoding, problems=(problem, *tree.problems))


def _layouts_for(root: Element) -> Layouts:
    """Return the layouts of a document by what its root is and in which namespace."""
    namespace, local = split(str(root.tag))
    default = _ROOTS.get(local.lower().rpartition(":")[2], "")
    if namespace and prefix_of(namespace) is not None:
        return layouts_for("", "")
    return layouts_for(default, namespace)


def _parts_of(root: Element, layouts: Layouts, outer: Scope, loose: tuple[Element, ...]) -> _Parts:
    """Sort what stands in the root and in its channel: fields here, entries there."""
    names = layouts.names
    own = outer.inside(root)
    entries: list[tuple[Element, Scope]] = []
    subject = root
    holders = [(root, own)]
    if names[root.tag] in _ENTRIES:
        entries.append((root, outer))
        holders = []
    others: list[Element] = []
    for holder, scope in holders:  # grows while it is walked: a channel stands inside the root
        for child in holder:
            name = names[child.tag]
            if name in _ENTRIES:
                if len(entries) <= MAX_ENTRIES:
                    entries.append((child, scope))
            elif name in _HOLDERS and len(holders) < _MAX_SEARCHED:
                holders.append((child, scope.inside(child)))
                if name == "channel" and subject is root and names[root.tag] != "channel":
                    subject = child
                    own = scope.inside(child)
            else:
                others.append(child)
    if len(others) > MAX_REPEATED:
        others = some_of_each(others)
    entries.extend((element, own) for element in loose[: MAX_ENTRIES + 1])
    return _Parts(Fields(layouts, own, others), subject, entries)


def _entries(parts: _Parts, layouts: Layouts, page: str, base: str) -> list[ParsedEntry]:
    reader = EntryReader(layouts, page)
    entries = []
    for position, (element, scope) in enumerate(parts.entries[:MAX_ENTRIES]):
        outer = scope if scope.base else replace(scope, base=base)
        entries.append(reader.read(element, outer, position))
    return entries


def _tombstones(fields: Fields) -> tuple[Tombstone, ...]:
    """Read which entries the feed says it deleted (RFC 6721, 3)."""
    return tuple(
        Tombstone(ref=ref, when=parse_date(stone.get("when") or ""))
        for stone in fields.all("at:deleted-entry")
        if (ref := (stone.get("ref") or "").strip())
    )


def _page_by_id(fields: Fields, links: tuple[Link, ...]) -> str:
    """Return an Atom id that is the address of a page, for a feed that names no page."""
    identifier = fields.text(fields.at("atom:id"))
    own = {link.href for link in links if link.rel == "self"}
    if not address.is_web(identifier) or identifier in own or _FEED_PATH.search(identifier):
        return ""
    return address.absolute(identifier, "")


def _own_address(fields: Fields) -> str:
    """Return the absolute address that a feed gives itself or its page, for want of another."""
    links = read_links(fields, fields.layout.shape.links)
    own = next((link.href for link in links if link.rel == "self"), "")
    page = rss_link(fields, fields.at("link")) or page_of(links)
    return next((href for href in (own, page) if address.is_web(href)), "")


def _format_of(root: Element) -> str:
    namespace, local = split(str(root.tag))
    local = local.lower().rpartition(":")[2]
    if local in {"feed", "entry"}:
        return _atom_version(namespace.lower().rstrip("/"), root.get("version") or "")
    if local == "rdf":
        return "rss10" if _declares_rss10(root) else "rss090"
    if local == "channel":
        return "rss11" if "rss1.1" in namespace else "cdf"
    version = (root.get("version") or "").strip()
    if version.startswith("2"):
        return "rss20"
    return {"0.90": "rss090", "0.91": "rss091", "0.92": "rss092", "0.93": "rss093",
            "0.94": "rss094", "1.0": "rss10"}.get(version, "rss")  # fmt: skip


def _atom_version(namespace: str, version: str) -> str:
    if namespace.endswith("w3.org/2005/atom"):
        return "atom10"
    if prefix_of(namespace) == "atom" or version.startswith("0."):
        return "atom03"
    return "atom10" if version == "1.0" else "atom"


def _declares_rss10(root: Element) -> bool:
    spaces = [str(uri) for uri in root.nsmap.values()]
    spaces += [split(child.tag)[0] for child in root if isinstance(child.tag, str)]
    return not any("rdf/simple/0.9" in space for space in spaces)


def _attribute(element: Element, name: str, scope: Scope) -> str:
    """Return the address in an attribute, as CDF keeps them."""
    return address.absolute(element.get(name) or element.get(name.upper()), scope.base)


def _attribute_date(element: Element) -> datetime | None:
    given = element.get("LASTMOD") or element.get("lastmod")
    return parse_date(given) if given else None


def _generator(fields: Fields) -> str:
    for element in fields.all("atom:generator", "generator"):
        name = " ".join(text.plain(element).split())
        version = (element.get("version") or "").strip()
        if name and version and version not in name:
            name = f"{name} {version}"
        if name:
            return name[:200]
    for element in fields.all("admin:generatoragent"):
        return (element.get(RDF_RESOURCE) or "").strip()[:200]
    return ""


def _image(fields: Fields) -> str:
    shape = fields.layout.shape
    files = read_files(fields, shape.enclosures) if shape.enclosures else []
    return read_image(fields, shape.thumbnails, files, shape.images)


def _icon(fields: Fields) -> str:
    for element in fields.all("atom:icon", "icon"):
        href = address.absolute(element.text, fields.scope.inside(element).base)
        if href:
            return href
    return ""


def _problems(
    tree: Tree, fields: Fields, entries: list[tuple[Element, Scope]]
) -> tuple[Problem, ...]:
    problems = [*tree.problems, *fields.problems]
    if len(entries) > MAX_ENTRIES:
        problems.append(Problem(code="parse.too_many_entries", detail=str(MAX_ENTRIES)))
    return tuple(problems[:_MAX_PROBLEMS])
