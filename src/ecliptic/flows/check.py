"""A feed, from an address or a file → all that its author could mend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from ecliptic.flows.library import Found, of_entries, of_problem, of_transport
from ecliptic.model.access import without_password
from ecliptic.model.finding import Checked, Finding
from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse
from ecliptic.parse.validate import validate

_SKIPPED: Final = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
"""Marks of encodings and white space that may stand before a document."""


def check_found(asked: str, found: Found, now: datetime) -> Checked:
    """Check a feed that was found at an address."""
    fetched, said = found.fetched, list(of_transport(found))
    if found.source:  # what a plugin reads breaks no specification of feeds
        said += of_entries(found.feed.entries)
    else:
        said += _of_document(fetched.body, found.feed, fetched.url, now, fetched.content_type)
    by = f", by the plugin {found.source}" if found.source else ""
    at = f", at {without_password(found.url)}" if found.url != asked else ""
    return _checked(without_password(asked), found.feed, said, more=by + at)


def check_file(path: Path, now: datetime) -> Checked | None:
    """Check the feed in a file; ``None`` if it holds none. Configurations are never feeds."""
    try:
        data = path.read_bytes()
    except OSError:
        return None  # whoever reads it as a configuration says why
    if data.lstrip(_SKIPPED)[:1] not in {b"<", b"{"}:
        return None
    feed = parse(data)
    if not feed.is_feed:
        return None
    return _checked(str(path), feed, _of_document(data, feed, str(path), now))


def _of_document(
    data: bytes, feed: ParsedFeed, where: str, now: datetime, content_type: str = ""
) -> list[Finding]:
    """Say what in a document breaks the specifications, and what a planet makes of it."""
    read = [of_problem(problem) for problem in feed.problems if problem.code != "parse.bad_date"]
    broken = validate(data, content_type=content_type, now=now)
    said = sorted((*read, *broken), key=lambda finding: finding.line)
    told = {finding.code for finding in said}
    return [
        *(replace(finding, where=where) if finding.line else finding for finding in said),
        *(finding for finding in of_entries(feed.entries) if finding.code not in told),
    ]


def _checked(what: str, feed: ParsedFeed, found: Sequence[Finding], more: str = "") -> Checked:
    errors = sum(finding.severity == "error" for finding in found)
    verdict = f"a feed ({feed.format}), {_number(len(feed.entries), 'entry', 'entries')}"
    if errors:
        verdict += f", {_number(errors, 'error', 'errors')}"
    return Checked(
        what=what, verdict=verdict + more, status=1 if errors else 0, findings=tuple(found)
    )


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
