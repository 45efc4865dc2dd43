"""Other parsers' expectations and the W3C validator's, field by field or problem by problem.

Where we differ on purpose, ``expectations/parse-others.tsv`` and
``expectations/w3c-feedvalidator.tsv`` list the case with its reason.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from ecliptic.compat import feedparser
from ecliptic.parse import parse
from ecliptic.parse.validate import validate
from other_expectations import Case, cases, mismatches, readable
from shared_data import DATA, needs_shared_data
from validator_messages import SAME, SAYS_IT_IS_RIGHT

pytestmark = needs_shared_data

EXPECTATIONS: Final = Path(__file__).parent / "expectations"
W3C: Final = DATA / "conformance" / "w3c-feedvalidator"
URL: Final = "https://feeds.example/feed.xml"
_EXPECTED: Final = re.compile(r"Expect:\s*(!?)(\w+)(?:\{[^}]*?\belement:([\w:]+))?")
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
NO_FEEDS: Final = ("kml/", "opensearch/", "gbase/", "opml/")


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


class Note(NamedTuple):
    """What we say of a document."""

    code: str
    severity: str
    message: str


class Validated(NamedTuple):
    """A document, what the validator expects to be said of it or not, and what we say."""

    name: str
    kind: str
    element: str
    must_be_said: bool
    notes: list[Note]

    def said(self) -> list[Note]:
        """Return what we say of the kind that the case is about."""
        if self.kind == "Error":
            return [note for note in self.notes if note.severity == "error"]
        if self.kind == "Warning":
            return [note for note in self.notes if note.severity != "note"]
        codes = SAME.get(self.kind) or SAYS_IT_IS_RIGHT.get(self.kind, frozenset())
        found = [note for note in self.notes if note.code in codes]
        if self.must_be_said or not self.element:
            return found
        return [note for note in found if re.search(rf"\b{self.element}\b", note.message)]

    def is_as_expected(self) -> bool:
        return bool(self.said()) is self.must_be_said


@cache
def validated() -> list[Validated]:
    found = []
    for path in sorted(W3C.rglob("*.xml")):
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1")
        match = _EXPECTED.search(text)
        name = path.relative_to(W3C).as_posix()
        if match and not name.startswith(NO_FEEDS):
            is_denied, kind, element = match.groups()
            says_right = kind in SAYS_IT_IS_RIGHT
            must_be_said = bool(is_denied) is says_right  # "not valid" is wrong
            found.append(Validated(name, kind, element or "", must_be_said, notes_of(data)))
    return found


def notes_of(data: bytes) -> list[Note]:
    read = [Note(found.code, "error", found.detail) for found in parse(data, url=URL).problems]
    return read + [Note(one.code, one.severity, one.message) for one in validate(data, now=NOW)]


def test_validator_when_a_feed_is_valid_says_nothing_of_it(tell: Callable[[str], None]) -> None:
    listed = reasons("w3c-feedvalidator.tsv")
    valid = [case for case in validated() if not case.must_be_said]
    wrong = [case for case in valid if not case.is_as_expected()]
    unlisted = [(case.name, case.said()) for case in wrong if case.name not in listed]
    tell(f"W3C validator: {len(valid)} valid cases, of {len(wrong)} we say what they deny")
    assert len(valid) > 300
    assert unlisted == []


def test_validator_when_a_feed_is_invalid_says_why(tell: Callable[[str], None]) -> None:
    listed = reasons("w3c-feedvalidator.tsv")
    invalid = [case for case in validated() if case.must_be_said]
    silent = [case for case in invalid if not case.is_as_expected()]
    unlisted = [case for case in silent if case.name not in listed]
    noted = sum(bool(case.notes) for case in invalid)
    tell(
        f"W3C validator: {len(invalid)} invalid cases, {noted} noted,"
        f" {len(invalid) - len(silent)} with what the validator says"
    )
    assert len(invalid) > 400
    assert unlisted == []


def test_validator_when_a_feed_breaks_nothing_has_no_error() -> None:
    """The cases that deny any error are whole feeds; the others are parts of one."""
    listed = reasons("w3c-feedvalidator.tsv")
    whole = [case for case in validated() if case.kind == "Error" and not case.must_be_said]
    assert len(whole) > 80
    assert [case.name for case in whole if case.said() and case.name not in listed] == []


def test_validator_when_a_case_is_listed_it_still_differs() -> None:
    differing = {case.name for case in validated() if not case.is_as_expected()}
    assert set(reasons("w3c-feedvalidator.tsv")) <= differing


def test_validate_when_feeds_are_real_ends_and_finds_errors_in_some(
    tell: Callable[[str], None],
) -> None:
    found = {}
    for path in sorted((DATA / "feeds").iterdir()):
        if path.suffix != ".tsv":
            noted = validate(path.read_bytes(), now=NOW)
            found[path.name] = {one.code for one in noted if one.severity == "error"}
    wrong = [name for name, codes in found.items() if codes]
    counts = Counter(code for codes in found.values() for code in codes)
    often = ", ".join(f"{code} {count}" for code, count in counts.most_common(4))
    tell(f"real feeds: {len(wrong)} of {len(found)} break a specification ({often})")
    assert len(found) > 400
    assert len(wrong) < len(found) / 2


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
