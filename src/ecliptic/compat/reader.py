"""The walk through a document: each element goes to the reader of its name, in its place.

A reader is a function ``(reader, node, place)``; the tables in ``elements`` say
which one reads which key. What no table names is kept as it is: its text,
or its attributes if it has any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from ecliptic.compat import values
from ecliptic.compat.addresses import followed, joined, moved_base
from ecliptic.compat.dates import parsed
from ecliptic.compat.names import attributes_of, key_of
from ecliptic.compat.result import FeedParserDict
from ecliptic.compat.values import Options, Scope
from ecliptic.parse.tree import Element

MAX_ENTRIES: Final = 20_000
_MAX_DEPTH: Final = 100
_MAX_KEYS: Final = 2_000
_RELATIVE: Final = frozenset({
    "comments", "docs", "href", "icon", "link", "logo", "url", "wfw_comment", "wfw_commentrss",
})  # fmt: skip
"""Keys whose text is an address."""


class Node(NamedTuple):
    """An element under its key, with its attributes and the scope it stands in."""

    element: Element
    key: str
    attributes: dict[str, str]
    scope: Scope
    depth: int

    @property
    def text(self) -> str:
        """The text that is not inside its children."""
        return values.own_text(self.element)


class Place:
    """A record that is being filled, and what kind of thing it is about."""

    __slots__ = ("depths", "guid_is_link", "has_content", "kind", "person", "record")

    def __init__(self, kind: str, record: FeedParserDict) -> None:
        self.kind = kind
        self.record = record
        self.person: FeedParserDict | None = None
        self.depths: dict[str, int] = {}
        self.has_content = False
        self.guid_is_link = False

    def keep(self, key: str, value: object, depth: int) -> bool:
        """Keep ``value`` unless a less deeply nested element gave one before."""
        before = self.depths.get(key)
        if before is not None and (depth > before or (key == "title" and depth == before)):
            return False
        if before is None and len(self.record) >= _MAX_KEYS:
            return False
        self.depths[key] = depth
        self.record[key] = value
        return True


ElementReader: TypeAlias = Callable[["Reader", Node, Place], None]


class Reader:
    """Fills ``feed`` and ``entries`` from the elements of one document."""

    def __init__(
        self, table: Mapping[str, ElementReader], options: Options, version: str, own: str = ""
    ) -> None:
        self.table = table
        self.options = options
        self.version = version
        self.own = own
        self.feed = FeedParserDict()
        self.entries: list[FeedParserDict] = []
        self.place = Place("feed", self.feed)

    @property
    def is_atom(self) -> bool:
        """Whether text constructs declare their types."""
        return self.version.startswith("atom")

    def read(self, element: Element, place: Place, scope: Scope, depth: int = 1) -> None:
        """Read one element and all that is in it."""
        if not isinstance(element.tag, str) or depth > _MAX_DEPTH:
            return
        attributes = attributes_of(element) if element.attrib else {}
        key = key_of(element.tag, element.prefix or "", self.own)
        if attributes:
            scope = self.inside(scope, key, attributes)
        node = Node(element, key, attributes, scope, depth)
        self.table.get(key, _kept_as_it_is)(self, node, place)

    def walk(self, node: Node, place: Place) -> None:
        """Read the children of ``node`` into ``place``."""
        for child in node.element:
            self.read(child, place, node.scope, node.depth + 1)

    def inside(self, scope: Scope, key: str, attributes: dict[str, str]) -> Scope:
        """Return the scope inside an element with these attributes."""
        base = attributes.get("xml:base", attributes.get("base"))
        language = attributes.get("xml:lang", attributes.get("lang"))
        if base:
            scope = scope._replace(base=moved_base(scope.base, base))
        if language is not None:
            scope = scope._replace(language=language or None)
            if language and key in {"feed", "rss", "rdf_rdf"}:
                self.feed["language"] = language.replace("_", "-")
        return scope

    def keep_text(self, node: Node, place: Place, key: str) -> str:
        """Keep the text of ``node`` under ``key``, made absolute if it is an address."""
        value = node.text
        if value and key in _RELATIVE:
            value = followed(node.scope.base, value)
        elif value and key == "id" and place.guid_is_link:
            value = joined(node.scope.base, value)
        place.keep(key, value, node.depth)
        return value

    def keep_date(self, node: Node, place: Place, key: str) -> None:
        """Keep a date as it is written, and as the time it means."""
        if place.keep(key, node.text, node.depth):
            place.record[f"{key}_parsed"] = parsed(node.text)

    def construct(self, node: Node, key: str, default: str) -> FeedParserDict:
        """Return a text construct, cleaned; ``default`` is the type when it declares none."""
        detail = values.detail_of(
            node.element,
            node.attributes.get("type"),
            default,
            node.scope,
            is_atom=self.is_atom,
        )
        value = detail["value"]
        if self.version == "atom10" and detail["type"] == "application/xhtml+xml":
            value = values.without_div(value)
        if key in values.CLEANED:
            value = values.cleaned(value, detail["type"], node.scope.base, self.options)
        detail["value"] = value
        return detail

    def keep_construct(self, node: Node, place: Place, key: str, default: str) -> str:
        """Keep a text construct under ``key``, and in detail under ``key_detail``."""
        detail = self.construct(node, key, default)
        value: str = detail["value"]
        if key == "title" and not value:  # an empty title leaves room for another
            place.record.setdefault(key, value)
        elif place.keep(key, value, node.depth):
            place.record[f"{key}_detail"] = detail
        return value


def _kept_as_it_is(reader: Reader, node: Node, place: Place) -> None:
    if node.attributes:
        if len(place.record) < _MAX_KEYS:
            place.record[node.key] = FeedParserDict(node.attributes)
    elif node.text or not len(node.element):
        reader.keep_text(node, place, node.key)
    reader.walk(node, place)
