"""Two elements that say the same in two vocabularies; readers differ over which one counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate.namespaces import Names
from ecliptic.parse.validate.rules import Note

_CHANNEL: Final = (
    ("copyright", "dc:rights"), ("language", "dc:language"), ("webMaster", "dc:publisher"),
    ("managingEditor", "dc:creator"), ("pubDate", "dc:date"),
    ("generator", "admin:generatorAgent"), ("creativeCommons:license", "cc:license"),
)  # fmt: skip
_ITEM: Final = (
    ("guid", "atom:id"), ("author", "dc:creator"), ("category", "dc:subject"),
    ("pubDate", "dc:date"), ("description", "xhtml:body"),
    ("creativeCommons:license", "cc:license"),
)  # fmt: skip


def _finder(pairs: tuple[tuple[str, str], ...]) -> Callable[[Element, Note], None]:
    def find(element: Element, note: Note) -> None:
        names = Names()
        there = {names[child.tag].shown for child in element if isinstance(child.tag, str)}
        for one, other in pairs:
            if one in there and other in there:
                note("check.same_meaning", "", f"<{one}> and <{other}>")

    return find


same_in_channel: Final = _finder(_CHANNEL)
same_in_item: Final = _finder(_ITEM)
