"""Dublin Core: names of its own for what feeds have as well."""

from __future__ import annotations

from typing import Final

from ecliptic.compat.dates import parsed
from ecliptic.compat.elements import feeds, links, people, texts
from ecliptic.compat.reader import Node, Place, Reader

_MAX_PARTS: Final = 20


def _valid(_reader: Reader, node: Node, place: Place) -> None:
    """Read a period: ``start=2002-10-13;end=2002-10-17``."""
    place.keep("validity", node.text, node.depth)
    for part in node.text.split(";")[:_MAX_PARTS]:
        name, _, value = part.partition("=")
        if name.strip() in {"start", "end"}:
            place.record[f"validity_{name.strip()}"] = value.strip()
            place.record[f"validity_{name.strip()}_parsed"] = parsed(value)


TABLE: Final = {
    "dc_author": people.author,
    "dc_creator": people.author,
    "dc_contributor": people.contributor,
    "dc_publisher": people.publisher,
    "dc_date": feeds.UPDATED,
    "dc_description": texts.DESCRIPTION,
    "dc_language": feeds.LANGUAGE,
    "dc_rights": texts.RIGHTS,
    "dc_subject": links.TABLE["category"],
    "dc_title": texts.TITLE,
    "dcterms_created": feeds.CREATED,
    "dcterms_issued": feeds.PUBLISHED,
    "dcterms_modified": feeds.UPDATED,
    "dcterms_valid": _valid,
}
