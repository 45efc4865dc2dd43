"""listparser's published cases: lists of feeds, each with what is expected of it in a comment.

An expectation is a line of Python about a result that is made here of our reader's record, and
read like those of feedparser. What the record does not hold is not in the result: the version,
dates, categories, lists in lists, pages without a feed, and whether XML was sound.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from ecliptic.compat.feedparser import FeedParserDict
from ecliptic.sources import opml, outlines
from feedparser_cases import Value
from shared_data import DATA

CASES: Final = DATA / "conformance" / "listparser"
_EXPECTATION: Final = re.compile(r"^\s*Eval:\s*(.+?)\s*$", re.MULTILINE)
_NOT_OURS: Final = re.compile(
    r"\[['\"](?:bozo|version|lists|opportunities|categories|tags|url(?='\] == 'http://example))|_parsed"
    r"|created|modified"
)


class Case(NamedTuple):
    """A list, and one thing that is expected of it."""

    path: Path
    expectation: str

    @property
    def name(self) -> str:
        return self.path.relative_to(CASES).as_posix()


def cases() -> list[Case]:
    """Return the expectations that our record can answer."""
    return [
        Case(path, expectation)
        for path in sorted(CASES.rglob("*.xml"))
        for expectation in _EXPECTATION.findall(path.read_text("utf-8"))
        if not _NOT_OURS.search(expectation)
    ]


def holds(case: Case) -> bool:
    """Tell whether an expectation is true of what we read."""
    names = FeedParserDict({"result": _result(case.path.read_bytes())})
    try:
        return bool(Value(names).visit(ast.parse(case.expectation, mode="eval").body))
    except (KeyError, IndexError):
        return False


def _result(data: bytes) -> dict[str, Any]:
    head = outlines.parse(data).head
    author = {"name": head.get("ownername"), "email": head.get("owneremail")}
    feeds = [{"url": feed.url, "title": feed.name} for feed in opml.read(data)]
    return {"meta": {"title": head.get("title"), "author": author}, "feeds": feeds}
