"""Real feeds, field by field beside feedparser: what we read is what it reads, or we say why not.

A difference is explained by one of the rules below, or by a line of
``expectations/feeds-beside-feedparser.tsv``; the agreement that is left is measured.
"""

from __future__ import annotations

import calendar
import csv
import html
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest

from ecliptic.model.parsed import ParsedEntry
from ecliptic.parse import parse
from shared_data import DATA, needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.timeout(300)]

FEEDS: Final = DATA / "feeds"
EXPLAINED: Final = Path(__file__).parent / "expectations" / "feeds-beside-feedparser.tsv"
URL: Final = "http://feeds.example/feed.xml"
LARGEST: Final = 1_500_000
_TAG: Final = re.compile(r"<[^>]*>")
_NO_LETTER: Final = re.compile(r"[\s\W]+")


class Difference(NamedTuple):
    """One field of one entry that two readers do not agree about."""

    file: str
    field: str
    entry: int
    ours: Any
    theirs: Any
    elsewhere: datetime | None = None
    """The same date under the other name: ours as published, theirs as updated."""


class Comparison(NamedTuple):
    """How often each field was compared, and where it differed."""

    compared: Counter[str]
    differences: list[Difference]


def words(markup: str | None) -> str:
    """Return the letters of a text, without markup, spaces and marks."""
    text = html.unescape(html.unescape(markup or ""))
    return _NO_LETTER.sub("", _TAG.sub("", text))


def moment(value: Any) -> datetime | None:
    """Return a time as feedparser gives it; years before feeds existed mean none."""
    if not value or value[0] < 1990:
        return None
    return datetime.fromtimestamp(calendar.timegm(value), UTC)


def whole(value: datetime | None) -> datetime | None:
    return value and value.replace(microsecond=0)


def their_body(entry: Any) -> str:
    """Return the fullest text of an entry."""
    texts = [content["value"] for content in entry.get("content", [])]
    body = max(texts, key=len, default="")
    summary: str = entry.get("summary", "")
    return summary if not words(body) or len(summary) > len(body) else body


def our_fields(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "link": entry.link,
        "title": words(entry.title.value if entry.title else ""),
        "published": whole(entry.published),
        "updated": whole(entry.updated),
        "author": [person.name or person.email for person in entry.authors],
        "enclosures": sorted({file.url for file in entry.enclosures}),
        "body": words(entry.content.value if entry.content else ""),
    }


def their_fields(entry: Any) -> dict[str, Any]:
    links = entry.get("links", [])
    published = moment(entry.get("published_parsed"))
    updated = moment(dict.get(entry, "updated_parsed"))
    return {
        "id": entry.get("id", ""),
        "link": entry.get("feedburner_origlink") or entry.get("link", ""),
        "title": words(entry.get("title")),
        "published": published,
        "updated": updated,
        "author": [one.get("name") or one.get("email") for one in entry.get("authors", [])],
        "enclosures": sorted(
            {link["href"] for link in links if link.get("rel") == "enclosure" and link.get("href")}
        ),
        "body": words(their_body(entry)),
    }


def documents() -> Iterator[tuple[str, bytes]]:
    for path in sorted(FEEDS.iterdir()):
        data = path.read_bytes()
        if path.suffix != ".tsv" and len(data) <= LARGEST and data.lstrip()[:1] != b"{":
            yield path.name, data


@cache
def comparison() -> Comparison:
    """Read every feed twice; feedparser neither cleans nor resolves, which is not compared."""
    reference = pytest.importorskip("feedparser", reason="feedparser is not installed")
    compared: Counter[str] = Counter()
    differences: list[Difference] = []
    for name, data in documents():
        ours = parse(data, url=URL).entries
        theirs = read_by(reference, data)
        compared["entries"] += 1
        if len(ours) != len(theirs):
            differences.append(Difference(name, "entries", -1, len(ours), len(theirs)))
            continue
        for number, (our, their) in enumerate(zip(ours, theirs, strict=True)):
            right = their_fields(their)
            for field, value in our_fields(our).items():
                compared[field] += 1
                if value != right[field]:
                    other = right["updated"] if field == "published" else whole(our.published)
                    differences.append(Difference(name, field, number, value, right[field], other))
    return Comparison(compared, differences)


def read_by(reference: ModuleType, data: bytes) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = reference.parse(
            data,
            resolve_relative_uris=False,
            sanitize_html=False,
            response_headers={"content-location": URL},
        )
    entries: list[Any] = result.entries
    return entries


def _is_resolved_id(different: Difference) -> bool:
    """An id is compared, never followed; feedparser resolves it as if it were an address."""
    return bool(urljoin(URL, different.ours) == different.theirs)


def _is_no_address(different: Difference) -> bool:
    """feedparser gives an id that is no address (``tag:…``) as the link."""
    return not different.ours and urlsplit(different.theirs).scheme not in {"http", "https"}


def _is_lone_date(different: Difference) -> bool:
    """The one date of an entry (``dc:date``) is when it was published; feedparser: updated."""
    dates = (different.ours, different.theirs)
    return None in dates and different.elsewhere in dates


def _is_same_credit(different: Difference) -> bool:
    """Names without markup, once each, and nobody where the element is empty."""
    names = [" ".join(html.unescape(_TAG.sub("", name or "")).split()) for name in different.theirs]
    return bool([name for name in dict.fromkeys(names) if name] == different.ours)


def _is_of_media(different: Difference) -> bool:
    """Files of Media RSS count as enclosures too."""
    return set(different.theirs) < set(different.ours)


RULES: Final[Mapping[str, Callable[[Difference], bool]]] = {
    "id": _is_resolved_id,
    "link": _is_no_address,
    "published": _is_lone_date,
    "updated": _is_lone_date,
    "author": _is_same_credit,
    "enclosures": _is_of_media,
}
"""For a field, the difference that is meant."""


def explained() -> dict[tuple[str, str], str]:
    with EXPLAINED.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["file"], row["field"]): row["reason"] for row in rows}


def unexplained() -> list[Difference]:
    reasons = explained()
    return [
        one
        for one in comparison().differences
        if (one.file, one.field) not in reasons
        and not (one.field in RULES and RULES[one.field](one))
    ]


FIELDS = ("entries", "id", "link", "title", "published", "updated", "author", "enclosures", "body")


@pytest.mark.parametrize("field", FIELDS)
def test_field_agrees_with_feedparser_at_99_percent(
    field: str, tell: Callable[[str], None]
) -> None:
    found = comparison()
    compared = found.compared[field]
    different = sum(one.field == field for one in found.differences)
    left = [one for one in unexplained() if one.field == field]
    tell(
        f"real feeds, {field:10} {compared:6} compared with feedparser's,"
        f" {100 - 100 * different / compared:.2f} % alike,"
        f" {100 - 100 * len(left) / compared:.2f} % with what is explained"
    )
    assert compared > 400
    assert len(left) <= compared * 0.01, left[:20]


def test_explanations_when_nothing_differs_any_more_are_taken_out() -> None:
    differing = {(one.file, one.field) for one in comparison().differences}
    assert set(explained()) <= differing


def test_differences_by_feed_are_few_or_explained() -> None:
    """Even a small feed is not read otherwise as a whole without a reason."""
    by_feed: dict[tuple[str, str], int] = defaultdict(int)
    for one in unexplained():
        by_feed[one.file, one.field] += 1
    assert {key: count for key, count in by_feed.items() if count > 5} == {}
