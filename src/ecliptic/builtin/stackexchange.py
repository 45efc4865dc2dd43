"""The questions of the week on a site of Stack Exchange: the ten with the highest score.

An address such as ``https://stackoverflow.com/questions/tagged/python`` is asked
for at the sites' common API. The week ends today and begins seven days before,
at midnight in UTC: so the address that is asked moves once a day, not with every run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Final
from urllib.parse import unquote, urlencode, urlsplit

import msgspec

from ecliptic.plugins import (
    Category,
    Content,
    Document,
    Link,
    ParsedEntry,
    ParsedFeed,
    Person,
    Problem,
    Source,
)

API: Final = "https://api.stackexchange.com/2.3/questions"
_PATTERN: Final = (
    r"https?://(?:www\.)?(?P<host>(?:[a-z]{2,}\.)?(?:stackoverflow|serverfault|superuser|askubuntu)"
    r"\.com|[a-z0-9.-]+\.stackexchange\.com|stackapps\.com|mathoverflow\.net)"
    r"/questions(?:/tagged/(?P<tags>[^/?#]+))?/?(?:[?#].*)?"
)
_BETWEEN_TAGS: Final = re.compile(r"\+|;|%3B|%20", re.IGNORECASE)
_MOST: Final = 10
_DAY_IN_MINUTES: Final = 1_440
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def register_sources() -> Iterable[Source]:
    """Give the source of questions."""
    return (Source(pattern=_PATTERN, rewrite=api_address, read=read),)


def api_address(address: str, now: datetime) -> str:
    """Return the address at which the API answers with the best questions of the week."""
    found = re.fullmatch(_PATTERN, address)
    if found is None:
        return address
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {
        "site": _site(found["host"]),
        "tagged": ";".join(_tags(found["tags"])),
        "fromdate": (midnight - timedelta(days=7) - _EPOCH) // timedelta(seconds=1),
        "order": "desc",
        "sort": "votes",
        "pagesize": _MOST,
        "filter": "withbody",
    }
    return f"{API}?{urlencode({key: value for key, value in asked.items() if value})}"


def _site(host: str) -> str:
    """Return the name by which the API knows a site."""
    return host.removesuffix(".stackexchange.com").removesuffix(".com")


def _tags(written: str | None) -> list[str]:
    """Return the tags that a question must have, all of them; ``+`` stands between them."""
    return [unquote(tag) for tag in _BETWEEN_TAGS.split(written or "") if tag]


class _Owner(msgspec.Struct):
    display_name: str = ""
    link: str = ""


class _Question(msgspec.Struct):
    question_id: int
    title: str = ""
    link: str = ""
    body: str = ""
    score: int = 0
    answer_count: int = 0
    creation_date: int = 0
    last_edit_date: int = 0
    tags: list[str] = []
    owner: _Owner | None = None


class _Answer(msgspec.Struct):
    """What the API sends around everything; times to wait are in seconds."""

    items: list[_Question] | None = None
    backoff: int = 0
    error_id: int = 0
    error_name: str = ""
    error_message: str = ""


def read(document: Document) -> ParsedFeed:
    """Read an answer of the API; any bytes give a value."""
    try:
        answer = msgspec.json.decode(document.body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _no_feed(f"not an answer of the API: {error}")
    if answer.error_id or answer.items is None:
        told = " ".join(filter(None, (answer.error_name, answer.error_message)))
        return _no_feed(f"error {answer.error_id} {told}" if answer.error_id else "no questions")
    return ParsedFeed(
        format="stackexchange",
        title=Content(value=_title(document.address), kind="text"),
        link=document.address,
        ttl=max(_DAY_IN_MINUTES, min(answer.backoff, 1 << 31) // 60 + 1),
        entries=tuple(map(_entry, answer.items[:_MOST])),
    )


def _no_feed(why: str) -> ParsedFeed:
    return ParsedFeed(problems=(Problem(code="parse.not_a_feed", detail=why[:200]),))


def _title(address: str) -> str:
    found = re.fullmatch(_PATTERN, address)
    tags = ", ".join(_tags(found["tags"])) if found else ""
    host = found["host"] if found else urlsplit(address).hostname or ""
    return f"{host}: {tags or 'questions'}, top of the week"


def _entry(question: _Question) -> ParsedEntry:
    """Return a question; its title ends as the weekly reports have it: [score/answers]."""
    owner = question.owner or _Owner()
    author = Person(name=unescape(owner.display_name), url=owner.link)
    marks = f"[{question.score}/{question.answer_count}]"
    return ParsedEntry(
        id=str(question.question_id),
        link=question.link,
        links=(Link(href=question.link),) if question.link else (),
        title=Content(value=f"{question.title} - {marks}"),
        content=Content(value=question.body, base=question.link) if question.body else None,
        published=_time(question.creation_date),
        updated=_time(question.last_edit_date),
        authors=(author,) if author.name or author.url else (),
        categories=tuple(Category(term=tag) for tag in question.tags[:20]),
    )


def _time(seconds: int) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=seconds) if seconds > 0 else None
    except OverflowError:
        return None
