"""feedparser's own cases, against ``ecliptic.compat.feedparser``.

Where we differ on purpose, ``expectations/compat-feedparser.tsv`` lists the case with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ecliptic.compat import feedparser
from feedparser_cases import CASES, Case, cases, holds, is_equal, read
from shared_data import needs_shared_data

pytestmark = needs_shared_data

DIFFERENCES = Path(__file__).parent / "expectations" / "compat-feedparser.tsv"


def differences() -> dict[str, str]:
    lines = DIFFERENCES.read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_expectation_holds_or_differs_on_purpose(case: Case) -> None:
    reason = differences().get(case.name)
    assert holds(case) is (reason is None), reason


def test_cases_when_counted_hold_at_97_percent(tell: Callable[[str], None]) -> None:
    found = cases()
    tell(f"feedparser: {len(found)} cases; {len(differences())} differ on purpose")
    assert len(found) > 1_000
    assert set(differences()) <= {case.name for case in found}
    assert len(differences()) <= len(found) * 0.03


def test_every_document_is_given_an_expectation() -> None:
    assert len(cases()) == sum(1 for path in CASES.rglob("*.*") if path.is_file())


def test_parse_when_cases_are_cut_anywhere_raises_nothing() -> None:
    for case in cases():
        data = case.path.read_bytes()
        for share in (3, 2):
            assert isinstance(feedparser.parse(data[: len(data) // share]).entries, list)


def test_expectations_when_nothing_is_read_do_not_hold() -> None:
    """The runner can fail: an empty feed meets hardly any expectation."""
    empty = Case(cases()[0].path, {}, "not bozo and feed['title'] == 'x'")
    assert not holds(empty)
    assert not is_equal("<b>x</b>", "<i>x</i>")
    assert not is_equal("x", "y")
    assert is_equal("<b title='&#38;'>x", '<b title="&amp;">x</b>')
    assert read(cases()[0]).bozo in {True, False}
