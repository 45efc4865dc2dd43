"""feedparser's own cases, as far as one plain field of our records can answer them.

Each file opens with an expectation such as ``entries[0]['link'] == 'http://…'``. Where we
differ on purpose, ``expectations/parse-feedparser.tsv`` lists the case with its reason.
"""

from __future__ import annotations

import ast
import codecs
import html
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from ecliptic.model.parsed import ParsedFeed, Person
from ecliptic.model.text import Content
from ecliptic.parse import parse
from shared_data import DATA, needs_shared_data

CASES = DATA / "conformance" / "feedparser"
DIFFERENCES = Path(__file__).parent / "expectations" / "parse-feedparser.tsv"
URL = "http://127.0.0.1:8097/feed.xml"
_READABLE = re.compile(
    r"(?:not bozo and )?(?:bozo and )?(?:(?P<whose>entries\[0\]|feed)\['(?P<field>title|link|id|"
    r"guid|description|summary|subtitle|tagline|rights|copyright|language|comments|published_parsed|"
    r"updated_parsed|author)'\]|(?P<encoding>encoding)|(?P<count>len\(entries\))) == (?P<value>.+)"
)
_EXPECTATION = re.compile(r"Expect:\s*(.*)")
_HEADER = re.compile(r"^Header:\s*([^:\s]+):(.*)$", re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")


class Case(NamedTuple):
    """A document, its HTTP headers, and the value one field is expected to have."""

    path: Path
    headers: dict[str, str]
    whose: str
    field: str
    expected: object

    @property
    def name(self) -> str:
        return self.path.relative_to(CASES).as_posix()


def decoded(data: bytes) -> str:
    for encoding in ("utf-8", "utf-16", "utf-32", "cp037", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "Expect" in text:
            return text
    return ""


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.rglob("*.xml")):
        text = decoded(path.read_bytes())
        expectation = _EXPECTATION.search(text)
        match = _READABLE.fullmatch(expectation[1].strip()) if expectation else None
        if not match or path.is_relative_to(CASES / "wellformed" / "sanitize"):
            continue  # the sanitiser's cases belong to `clean`
        try:
            value = ast.literal_eval(match["value"])
        except (ValueError, SyntaxError):
            continue
        headers = {name.lower(): text.strip() for name, text in _HEADER.findall(text)}
        field = match["field"] or match["encoding"] or "count"
        found.append(Case(path, headers, match["whose"] or "", field, value))
    return found


def differences() -> dict[str, str]:
    lines = DIFFERENCES.read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines)


def words(value: object) -> object:
    """Return text as a reader sees it: markup gone, entities undone."""
    if not isinstance(value, str):
        return value
    return "".join(html.unescape(html.unescape(_TAG.sub("", value))).split())


def content_of(content: Content | None) -> str:
    return content.value if content else ""


def answers(case: Case, feed: ParsedFeed) -> list[object]:
    """Return the values of our record that answer the expectation."""
    if case.field == "count":
        return [len(feed.entries)]
    record = feed if case.whose == "feed" else feed.entries[0]
    if case.field in {"description", "summary", "subtitle", "tagline"}:
        if isinstance(record, ParsedFeed):
            return [content_of(record.subtitle)]
        return [content_of(record.content), content_of(record.summary)]
    if case.field.endswith("_parsed"):
        moment = getattr(record, case.field.removesuffix("_parsed"))
        return [tuple(moment.timetuple()[:6]) if moment else None]
    if case.field == "author":
        return [credited(person) for person in record.authors]
    value = getattr(record, {"guid": "id", "copyright": "rights"}.get(case.field, case.field))
    value = content_of(value) if case.field == "title" else value
    return [value, html.escape(value)]


def credited(person: Person) -> str:
    if person.name and person.email:
        return f"{person.name} ({person.email})"
    return person.name or person.email


def holds(case: Case, feed: ParsedFeed) -> bool:
    expected = case.expected
    if isinstance(expected, tuple):
        expected = expected[:6]
    if case.field == "encoding":
        if expected == "us-ascii":  # browsers read it, and we, as a larger encoding
            return feed.encoding in {"cp1252", "utf-8"}
        return codecs.lookup(str(expected)).name == codecs.lookup(feed.encoding).name
    return words(expected) in [words(answer) for answer in answers(case, feed)]


def read(case: Case) -> ParsedFeed:
    return parse(
        case.path.read_bytes(),
        url=URL,
        content_type=case.headers.get("content-type", ""),
        content_location=case.headers.get("content-location", ""),
        content_language=case.headers.get("content-language", ""),
    )


@needs_shared_data
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_expectation_holds_or_differs_on_purpose(case: Case) -> None:
    reason = differences().get(case.name)
    assert holds(case, read(case)) is (reason is None), reason


@needs_shared_data
def test_every_case_is_read_without_an_exception() -> None:
    paths = [path for path in CASES.rglob("*.*") if path.is_file()]
    read_as_feeds = [parse(path.read_bytes(), url=URL).is_feed for path in paths]
    assert sum(read_as_feeds) >= len(paths) - 1  # one case is about a document that is none


@needs_shared_data
def test_readable_cases_pass_at_97_percent() -> None:
    found = cases()
    assert len(found) > 250
    assert len(differences()) <= len(found) * 0.03
