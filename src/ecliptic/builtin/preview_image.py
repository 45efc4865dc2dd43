"""The picture that a page gives of itself (``og:image``), for entries that have none.

It asks for the page of each new and changed entry without a picture, once.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from msgspec.structs import replace

from ecliptic.plugins import Answer, Enricher, FeedContext, Parameter, ParsedEntry

_HEAD: Final = 500_000
"""Bytes of a page that are looked at; what is asked for stands in its head."""

_LONGEST: Final = 2_000
_NAMES: Final = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image")


def register_enrichers() -> Iterable[Enricher]:
    """Give the enricher of pictures."""
    return (with_picture,)


def prepare(params: Mapping[str, Parameter], folder: Path) -> str:
    """Refuse parameters: there are none."""
    del folder
    if params:
        raise ValueError(f"it has no parameters, and is given {', '.join(params)}")
    return "1"


def with_picture(entry: ParsedEntry, feed: FeedContext) -> Generator[str, Answer, ParsedEntry]:
    """Give an entry the picture of its page, if it has none itself."""
    del feed
    if not entry.link or _has_picture(entry):
        return entry
    answer = yield entry.link
    if not answer.is_document or "html" not in answer.content_type.lower():
        return entry
    picture = picture_of(answer.body, answer.url)
    return replace(entry, image=picture) if picture else entry


def picture_of(page: bytes, url: str) -> str:
    """Return the address of the picture that a page names, or ``""``."""
    named: dict[str, str] = {}
    for name, content in _metas(page[:_HEAD]):
        named.setdefault(name, content)
    found = next((named[name] for name in _NAMES if named.get(name)), "")
    if not found or len(found) > _LONGEST:
        return ""
    try:
        picture = urljoin(url, found)
    except ValueError:
        return ""
    return picture if picture.lower().startswith(("http://", "https://")) else ""


def _metas(page: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and content of the ``meta`` elements of a page."""
    if not page.strip():
        return
    try:
        root = etree.fromstring(page, etree.HTMLParser(no_network=True))
    except etree.LxmlError:
        return
    if root is None:
        return
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        yield name.strip().lower(), (meta.get("content") or "").strip()


def _has_picture(entry: ParsedEntry) -> bool:
    if entry.image or any(file.type.startswith("image/") for file in entry.enclosures):
        return True
    texts = (entry.content, entry.summary)
    return any(text is not None and "<img" in text.value.lower() for text in texts)
