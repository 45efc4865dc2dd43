"""The cache folder of Venus: an Atom entry in each file, whose time is the entry's date.

Beside the entries, ``sources`` has what each feed said of itself, in a file that is named
for its address, and ``blacklist`` has a file of the name of each entry that is not shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from lxml import etree

SIZE_LIMIT: Final = 2_000_000
"""Bytes; a larger file is no entry that anybody reads."""
FILE_LIMIT: Final = 2_000_000

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_PLANET: Final = "{http://planet.intertwingly.net/}"
_SCHEME: Final = re.compile(r"^\w+:/*(\w+:|www\.)?")
_SLASH: Final = re.compile(r"[?/:|]+")
_SECONDS: Final = 253_402_300_799  # the end of the year 9999


class CachedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a cache. ``date`` is when Venus held it to have appeared.

    ``feeds`` are the ids of the feed that brought it, and its address if it says it.
    ``head`` is what that feed said of itself, ``entry`` the entry without it: Atom both.
    """

    id: str
    date: datetime
    feeds: tuple[str, ...]
    head: bytes
    entry: bytes


class Cache:
    """One cache; ``unreadable`` counts the files that are no entries, ``blocked`` those skipped.

    Files whose names begin with ``ours`` are not Venus': a state that is kept there.
    """

    def __init__(self, folder: Path, *, ours: str = "") -> None:
        self.folder = folder
        self._ours = ours
        self.unreadable = self.blocked = 0

    def feed_ids(self, urls: Iterable[str]) -> dict[str, str]:
        """Return the address of a feed by the id that it gave itself."""
        found: dict[str, str] = {}
        for url in urls:
            root = _read(self.folder / "sources" / file_name(url))
            if root is not None and root.tag == f"{_ATOM}feed":
                name = _text(root, f"{_ATOM}id") or _text(root, f"{_PLANET}id")
                found.setdefault(name, url)
        found.pop("", None)
        return found

    def entries(self) -> Iterator[CachedEntry]:
        """Yield the entries, in the order of the folder."""
        blocked = _names(self.folder / "blacklist")
        for count, name in enumerate(sorted(_names(self.folder))):
            if count == FILE_LIMIT:
                return
            if name in blocked:
                self.blocked += 1
                continue
            if self._ours and name.startswith(self._ours):
                continue
            path = self.folder / name
            root = _read(path)
            if root is None or root.tag != f"{_ATOM}entry":
                self.unreadable += 1
                continue
            yield _entry(root, path.stat().st_mtime)


def file_name(text: str) -> str:
    """Return the name of Venus' file for an address or id.

    >>> file_name("http://www.example.com/feed/?a=b")
    'example.com,feed,a=b'
    """
    return _SLASH.sub(",", _SCHEME.sub("", text)).strip(",.")


def _names(folder: Path) -> set[str]:
    """Return the names of the plain files of a folder; links lead elsewhere and are none."""
    try:
        with os.scandir(folder) as found:
            return {entry.name for entry in found if entry.is_file(follow_symlinks=False)}
    except OSError:
        return set()


def _read(path: Path) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        return None if len(data) > SIZE_LIMIT else etree.fromstring(data, parser)
    except (OSError, ValueError, etree.XMLSyntaxError):
        return None


def _entry(root: etree._Element, mtime: float) -> CachedEntry:
    source = root.find(f"{_ATOM}source")
    owner = _text(root, f"{_PLANET}id")
    feeds = [owner] if owner else []
    head = b""
    if source is not None:
        feeds += [_text(source, f"{_PLANET}id"), _text(source, f"{_ATOM}id"), _own_address(source)]
        if not owner:  # else it is of another feed than the one that brought it, and stays
            head = b"".join(
                etree.tostring(part, encoding="utf-8", with_tail=False) for part in source
            )
            root.remove(source)
    return CachedEntry(
        id=_text(root, f"{_ATOM}id"),
        date=datetime.fromtimestamp(min(max(mtime, 0), _SECONDS), UTC),
        feeds=tuple(filter(None, feeds)),
        head=head,
        entry=etree.tostring(root, encoding="utf-8", with_tail=False),
    )


def _own_address(source: etree._Element) -> str:
    for link in source.findall(f"{_ATOM}link"):
        if link.get("rel") == "self":
            return str(link.get("href", "")).strip()
    return ""


def _text(element: etree._Element, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())
