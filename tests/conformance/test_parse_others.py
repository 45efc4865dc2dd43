"""Other parsers' published cases: each is read, with as many entries as they expect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ecliptic.parse import parse
from shared_data import DATA, needs_shared_data

CASES = DATA / "conformance"
FEED_FOLDERS = (
    "feedparser-docs-examples", "gofeed", "jsonfeed", "laminas-feed", "podcastparser", "reader",
    "rubys-feedvalidator-extra", "rust-atom", "rust-rss", "w3c-feedvalidator",
)  # fmt: skip
NO_FEEDS = {
    "an HTML page",
    *(
        f"XML with root <{root}>"
        for root in ("kml", "OpenSearchDescription", "service", "categories", "XRDS", "opml")
    ),
}
COUNTED_OTHERWISE = {
    "podcastparser/no_url.json": "an enclosure without an address: the entry is still one",
}


def documents() -> list[Path]:
    return [
        path
        for folder in FEED_FOLDERS
        for path in sorted((CASES / folder).rglob("*"))
        if path.suffix in {".xml", ".rss", ".atom", ".rdf"}
    ]


def expectations() -> list[tuple[Path, Path]]:
    """Return the expectation files that stand beside their document."""
    found = []
    for expected in sorted((*CASES.glob("gofeed/**/*.json"), *CASES.glob("podcastparser/*.json"))):
        beside = [expected.with_suffix(suffix) for suffix in (".xml", ".rss")]
        found += [(document, expected) for document in beside if document.exists()]
    return found


@needs_shared_data
def test_documents_of_other_parsers_are_all_read() -> None:
    paths = documents()
    assert len(paths) > 1_500
    unread = []
    for path in paths:
        feed = parse(path.read_bytes(), url="https://a.example/feed.xml")
        if not feed.is_feed and feed.problems[0].detail not in NO_FEEDS:
            unread.append((path.relative_to(CASES).as_posix(), feed.problems[0].detail))
    assert unread == []


@needs_shared_data
@pytest.mark.parametrize(
    ("document", "expected"), expectations(), ids=lambda path: path.relative_to(CASES).as_posix()
)
def test_entries_are_as_many_as_others_expect(document: Path, expected: Path) -> None:
    wanted = json.loads(expected.read_bytes())
    entries = wanted.get("items") or wanted.get("entries") or wanted.get("episodes") or []
    feed = parse(document.read_bytes(), url="https://a.example/feed.xml")
    if expected.relative_to(CASES).as_posix() not in COUNTED_OTHERWISE:
        assert len(feed.entries) == len(entries)
