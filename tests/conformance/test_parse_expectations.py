"""Expectations of laminas-feed and listparser, and what JSON Feeds say of themselves.

Where we differ on purpose, ``expectations/parse-others.tsv`` lists the case with its reason.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest

import jsonfeed_cases
import laminas_cases
import listparser_cases
from ecliptic.errors import ConfigError
from ecliptic.sources import opml
from shared_data import needs_shared_data

pytestmark = needs_shared_data

DIFFERENCES: Final = Path(__file__).parent / "expectations" / "parse-others.tsv"


@cache
def reasons(suite: str) -> dict[str, str]:
    with DIFFERENCES.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            row["case"].removeprefix(f"{suite}/"): row["reason"]
            for row in rows
            if row["case"].startswith(f"{suite}/")
        }


@pytest.mark.parametrize("case", laminas_cases.cases(), ids=lambda case: case.name)
def test_field_is_as_laminas_expects_or_differs_on_purpose(case: laminas_cases.Case) -> None:
    reason = reasons("laminas-feed").get(case.name)
    found = laminas_cases.found_in(case)
    assert (found == case.expected) is (reason is None), (found, case.expected, reason)


def test_laminas_cases_when_counted_agree_at_94_percent(tell: Callable[[str], None]) -> None:
    found = laminas_cases.cases()
    listed = reasons("laminas-feed")
    documents = sum(1 for _ in laminas_cases.CASES.rglob("*.xml"))
    tell(
        f"laminas-feed: {len(found)} of {documents} documents with a field that can be compared;"
        f" {len(listed)} differ on purpose"
    )
    assert set(listed) <= {case.name for case in found}
    assert len(found) > documents * 0.75
    assert len(listed) <= len(found) * 0.06


@pytest.mark.parametrize(
    "case", listparser_cases.cases(), ids=lambda case: f"{case.name}: {case.expectation}"
)
def test_list_is_as_listparser_expects_or_differs_on_purpose(case: listparser_cases.Case) -> None:
    reason = reasons("listparser").get(case.name)
    assert listparser_cases.holds(case) is (reason is None), reason


def test_listparser_cases_when_counted_agree_on_all_of_opml(tell: Callable[[str], None]) -> None:
    found = listparser_cases.cases()
    listed = reasons("listparser")
    agreed = [case for case in found if case.name not in listed]
    tell(
        f"listparser: {len({case.name for case in found})} lists, {len(found)} expectations;"
        f" {len(found) - len(agreed)} differ on purpose, all of them about RDF"
    )
    assert {name.split("/")[0] for name in listed} == {"rdf"}
    assert len(agreed) > 15


def test_lists_of_listparser_are_all_read_or_refused(tmp_path: Path) -> None:
    refused = []
    for path in sorted(listparser_cases.CASES.rglob("*.xml")):
        copy = tmp_path / "list.opml"
        copy.write_bytes(path.read_bytes())
        opml.read(path.read_bytes())
        try:
            opml.load(copy)
        except ConfigError as error:
            refused.append((path.relative_to(listparser_cases.CASES).parts[0], error.code))
    assert {code for _, code in refused} == {"sources.not_opml"}
    assert {folder for folder, _ in refused} == {"rdf", "unknown-namespace.xml"}


@pytest.mark.parametrize("path", jsonfeed_cases.documents(), ids=lambda path: path.name)
def test_json_feed_is_read_as_it_says(path: Path) -> None:
    assert [one for one in jsonfeed_cases.compared(path) if one.expected != one.found] == []


def test_json_feeds_when_counted_are_many_keys(tell: Callable[[str], None]) -> None:
    documents = jsonfeed_cases.documents()
    keys = sum(1 for path in documents for _ in jsonfeed_cases.compared(path))
    tell(f"JSON Feed: {len(documents)} documents, {keys} keys; none differs")
    assert len(documents) > 15
    assert keys > 500
