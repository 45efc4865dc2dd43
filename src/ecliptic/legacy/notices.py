"""What in an old configuration has no effect here, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ecliptic.legacy.ini import Document, Section
from ecliptic.model.rules import CORRECTIONS


class _Group(msgspec.Struct, frozen=True, kw_only=True):
    keys: frozenset[str]
    words: str


_GROUPS = (
    _Group(
        keys=frozenset({"generator", "generator_uri"}),
        words="pages name Ecliptic as what made them",
    ),
    _Group(
        keys=frozenset({"pubsubhubbub_feeds"}),
        words="a hub is told of every output feed that changes",
    ),
    _Group(
        keys=frozenset({
            "log_level", "log_format", "spider_threads", "cache_keep_entries", "offset",
            "http_cache_directory", "cache_sources_directory", "cache_blacklist_directory",
            "cache_lists_directory",
        }),
        words="Ecliptic has its own ways for these",
    ),
)  # fmt: skip

_TEMPLATE_KEYS = frozenset({
    "template_files", "template_directories", "output_theme", "bill_of_materials", "encoding",
    "django_autoescape",
})  # fmt: skip

_READ_KEYS = frozenset({
    "exclude", "filter", "future_dates", "locale", "pubsubhubbub_hub", *CORRECTIONS,
})  # fmt: skip

ENGINE_KEYS = (_TEMPLATE_KEYS | _READ_KEYS).union(*(group.keys for group in _GROUPS))
"""Keys that told an old engine what to do; they are no texts for templates."""

_SHOWN = 5


def without_effect(sections: Iterable[Section]) -> Iterator[str]:
    """Yield a sentence for each group of keys that is set somewhere."""
    first: dict[str, int] = {}
    for section in sections:
        for key, value in section.keys.items():
            if key in ENGINE_KEYS and value.text:
                first[key] = min(value.line, first.get(key, value.line))
    for group in _GROUPS:
        found = sorted(group.keys & first.keys(), key=lambda key: first[key])
        if found:
            named = ", ".join(f"{key} (line {first[key]})" for key in found)
            yield f"No effect: {named}; {group.words}."


def odd_encodings(sections: Iterable[Section], *, is_templated: bool) -> Iterator[str]:
    """Yield a sentence if pages were written in another encoding than UTF-8."""
    for section in sections:
        encoding = section.text("encoding")
        if encoding and encoding.lower().replace("-", "") not in {"utf8", "xml"}:
            said = f"encoding = {encoding} (line {section.line_of('encoding')})"
            if is_templated:
                yield f"{said} is for the pages of your templates; all others are in UTF-8."
            else:
                yield f"No effect: {said}; pages are written in UTF-8."
            return


_MENDED = {
    "planet": {
        "days_per_page": "a day has 24 hours; Planet 2.0 counted 23.5",
        "new_feed_items": "counts from the newest entry; Planet 2.0 took those that the feed lists"
        " first, and hid the others for good",
    },
    "venus": {
        "future_dates": "ignore_entry has an entry wait for its date; Venus dropped all entries"
        " that have one",
    },
}
"""What the old engines did by mistake, by the key that asks for it."""


def mended(sections: Iterable[Section], engine: str) -> Iterator[str]:
    """Yield a sentence for what an old engine did by mistake, and we do as it was meant."""
    asked = list(sections)
    for key, words in _MENDED.get(engine, {}).items():
        for section in asked:
            text = section.text(key).strip("0 ")
            if text and (key != "future_dates" or text == "ignore_entry"):
                yield f"{key} (line {section.line_of(key)}): {words}."
                break


def oddities(document: Document) -> Iterator[str]:
    """Yield sentences on sections that come twice and lines that say nothing."""
    again = [section for section in document.sections if section.again]
    if again:
        named = (f"[{each.title}] (lines {_lines([each.line, *each.again])})" for each in again)
        yield f"Sections that come more than once are read as one: {some(named)}."
    if document.odd_lines:
        yield f"Lines that could not be understood: {_lines(document.odd_lines)}."


def some(names: Iterable[str]) -> str:
    """Return the first few of many names, and how many more there are."""
    listed = list(names)
    rest = len(listed) - _SHOWN
    return ", ".join(listed[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _lines(numbers: Iterable[int]) -> str:
    return some(map(str, numbers))
