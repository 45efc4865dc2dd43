"""The shape of a result: a dictionary whose keys are attributes and have other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": ("feed",),
    "items": ("entries",),
    "guid": ("id",),
    "date": ("updated",),
    "date_parsed": ("updated_parsed",),
    "modified": ("updated",),
    "modified_parsed": ("updated_parsed",),
    "issued": ("published",),
    "issued_parsed": ("published_parsed",),
    "description": ("summary", "subtitle"),
    "description_detail": ("summary_detail", "subtitle_detail"),
    "tagline": ("subtitle",),
    "tagline_detail": ("subtitle_detail",),
    "copyright": ("rights",),
    "copyright_detail": ("rights_detail",),
    "url": ("href",),
}
"""Names of older formats, and what is looked up instead, in order."""

_INSTEAD: Final = {"updated": "published", "updated_parsed": "published_parsed"}
"""What is given for a key that is missing; the key still counts as missing."""


class FeedParserDict(dict[str, Any]):
    """A dictionary with attribute access and the key names of all formats.

    >>> entry = FeedParserDict(id="tag:1", summary="Short")
    >>> entry.guid, entry["description"], "updated" in entry
    ('tag:1', 'Short', False)
    """

    def __getitem__(self, key: str) -> Any:
        """Return the value of ``key`` under this name or another one."""
        if key not in _SPECIAL:
            return dict.__getitem__(self, key)
        computed = _COMPUTED.get(key)
        if computed is not None and not dict.__contains__(self, key):
            return computed(self)
        for name in (*_ALIASES.get(key, ()), key, _INSTEAD.get(key, key)):
            if dict.__contains__(self, name):
                return dict.__getitem__(self, name)
        raise KeyError(key)

    def __setitem__(self, key: str, value: Any) -> None:
        """Keep ``value`` under the first of the names that ``key`` stands for."""
        if key in _ALIASES:
            key = _ALIASES[key][0]
        dict.__setitem__(self, key, value)

    def __contains__(self, key: object) -> bool:
        """Tell whether ``key`` has a value of its own."""
        if key in _INSTEAD or key not in _SPECIAL:
            return dict.__contains__(self, key)
        try:
            self[key]
        except KeyError:
            return False
        return True

    has_key = __contains__

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key``, or ``default``."""
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key``, which becomes ``default`` if there is none."""
        if key not in self:
            self[key] = default
        return self[key]

    def __getattr__(self, key: str) -> Any:
        """Return the value of ``key``."""
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f"object has no attribute {key!r}") from None

    def __setattr__(self, key: str, value: Any) -> None:
        """Keep ``value`` as if it were an item."""
        self[key] = value


def _category(record: FeedParserDict) -> Any:
    tags = dict.get(record, "tags")
    if not tags:
        raise KeyError("category")
    return tags[0]["term"]


def _enclosures(record: FeedParserDict) -> list[FeedParserDict]:
    links = dict.__getitem__(record, "links")
    return [
        FeedParserDict({name: value for name, value in link.items() if name != "rel"})
        for link in links
        if link.get("rel") == "enclosure"
    ]


def _license(record: FeedParserDict) -> Any:
    for link in dict.__getitem__(record, "links"):
        if link.get("rel") == "license" and "href" in link:
            return link["href"]
    raise KeyError("license")


_COMPUTED: Final = {"category": _category, "enclosures": _enclosures, "license": _license}
"""Keys whose value is made from another one."""

_SPECIAL: Final = frozenset((*_ALIASES, *_INSTEAD, *_COMPUTED))
"""Keys for which it is not enough to look under their own name."""
