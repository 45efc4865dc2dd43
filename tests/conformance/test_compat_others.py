"""Other parsers' expectations and the W3C validator's, field by field or problem by problem.

Where we differ on purpose, ``expectations/parse-others.tsv`` and
``expectations/w3c-feedvalidator.tsv`` list the case with its reason.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from ecliptic.compat import feedparser
from ecliptic.parse import parse
from other_expectations import Case, cases, mismatches, readable
from shared_data import DATA, needs_shared_data

pytestmark = needs_shared_data

EXPECTATIONS: Final = Path(__file__).parent / "expectations"
W3C: Final = DATA / "conformance" / "w3c-feedvalidator"
URL: Final = "https://feeds.example/feed.xml"
_EXPECTED: Final = re.compile(r"Expect:\s*(!?)(\w+)")
NO_FEEDS: Final = ("kml/", "opensearch/", "gbase/", "opml/")
READING: Final = frozenset({
    "BadCharacters", "ContainsSystemEntity", "InvalidEncoding", "InvalidRFC2822Date",
    "InvalidW3CDTFDate", "SAXError", "UndeclaredPrefix", "UnknownEncoding",
})  # fmt: skip
"""What the validator says that is about reading; the rest is about what is written."""


def reasons(name: str) -> dict[str, str]:
    with (EXPECTATIONS / name).open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["case"]: row["reason"] for row in rows}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_fields_are_as_others_expect_or_differ_on_purpose(case: Case) -> None:
    reason = reasons("parse-others.tsv").get(case.name)
    found = list(mismatches(case))
    assert bool(found) is (reason is not None), found or reason


@pytest.mark.parametrize(("suite", "most"), [("gofeed", 0.07), ("podcastparser", 0.2)])
def test_others_when_counted_agree_on_most_fields(
    suite: str, most: float, tell: Callable[[str], None]
) -> None:
    found = [case for case in cases() if case.name.startswith(suite)]
    fields = sum(map(readable, found))
    different = sum(len(list(mismatches(case))) for case in found)
    tell(f"{suite}: {len(found)} cases, {fields} fields compared; {different} differ on purpose")
    assert all(map(readable, found))
    assert fields > 2 * len(found)
    assert different <= fields * most


class Validated(NamedTuple):
    """A document, what the validator says of it, and what we noted."""

    name: str
    kind: str
    is_valid: bool
    is_feed: bool
    codes: list[str]


@cache
def validated() -> list[Validated]:
    found = []
    for path in sorted(W3C.rglob("*.xml")):
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1")
        match = _EXPECTED.search(text)
        name = path.relative_to(W3C).as_posix()
        if match and not name.startswith(NO_FEEDS):
            feed = parse(data, url=URL)
            codes = [problem.code for problem in feed.problems]
            found.append(Validated(name, match[2], bool(match[1]), feed.is_feed, codes))
    return found


def test_validator_when_a_feed_is_valid_notes_nothing(tell: Callable[[str], None]) -> None:
    listed = reasons("w3c-feedvalidator.tsv")
    valid = [case for case in validated() if case.is_valid and case.is_feed]
    noted = [case for case in valid if case.codes and case.name not in listed]
    tell(f"W3C validator: {len(valid)} valid feeds, {len(noted)} with a problem noted")
    assert len(valid) > 200
    assert noted == []


def test_validator_when_reading_goes_wrong_says_so(tell: Callable[[str], None]) -> None:
    listed = reasons("w3c-feedvalidator.tsv")
    wrong = [case for case in validated() if not case.is_valid and case.kind in READING]
    unnoted = [case for case in wrong if not case.codes and case.name not in listed]
    others = [case for case in validated() if not case.is_valid and case.kind not in READING]
    noted = Counter(bool(case.codes) for case in others)
    tell(
        f"W3C validator: {len(wrong)} invalid in what concerns reading, {len(unnoted)} not noted;"
        f" of {len(others)} invalid in what they say, {noted[True]} noted"
    )
    assert len(wrong) > 10
    assert unnoted == []


def test_validator_when_a_case_is_listed_it_still_differs() -> None:
    differing = {
        case.name
        for case in validated()
        if (case.is_valid and case.codes)
        or (case.kind in READING and not case.is_valid and not case.codes)
    }
    assert set(reasons("w3c-feedvalidator.tsv")) <= differing


def test_compat_view_of_all_documents_has_the_entries_of_ours() -> None:
    """The two readings of one document find the same entries."""
    folders = ("w3c-feedvalidator", "gofeed", "laminas-feed", "podcastparser", "jsonfeed")
    compared = different = 0
    for folder in folders:
        for path in sorted((DATA / "conformance" / folder).rglob("*.*")):
            if path.suffix not in {".xml", ".rss", ".atom"} and folder != "jsonfeed":
                continue
            data = path.read_bytes()
            ours = parse(data, url=URL)
            view = feedparser.parse(data, href=URL)
            if ours.is_feed:
                compared += 1
                different += len(ours.entries) != len(view.entries)
    assert compared > 1_000
    assert different <= compared * 0.01
