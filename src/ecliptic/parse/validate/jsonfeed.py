"""JSON Feed 1.1 and 1.0 as a table (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from ecliptic.parse.validate import addresses, dates, values
from ecliptic.parse.validate.report import Report
from ecliptic.parse.validate.rules import Check

_VERSIONS: Final = values.one_of(
    ("https://jsonfeed.org/version/1.1", "https://jsonfeed.org/version/1")
)
_MOST: Final = 10_000


class _Member(NamedTuple):
    """What a member of an object is: its type, the check of its value, the shape inside it."""

    kind: type
    check: Check = values.anything
    shape: str = ""
    is_required: bool = False


_TEXT: Final = _Member(str)
_ADDRESS: Final = _Member(str, addresses.full)
_NAMES: Final = {str: "a text", bool: "true or false", list: "a list", dict: "an object"}
_DATE: Final = _Member(str, dates.rfc3339)
_PEOPLE: Final = _Member(list, shape="author")
_NUMBER: Final = _Member(float, values.anything)

SHAPES: Final[Mapping[str, Mapping[str, _Member]]] = {
    "feed": {
        "version": _Member(str, _VERSIONS, is_required=True),
        "title": _Member(str, is_required=True),
        "items": _Member(list, shape="item", is_required=True),
        "home_page_url": _ADDRESS, "feed_url": _ADDRESS, "next_url": _ADDRESS, "icon": _ADDRESS,
        "favicon": _ADDRESS, "description": _TEXT, "user_comment": _TEXT, "authors": _PEOPLE,
        "author": _Member(dict, shape="author"), "language": _Member(str, values.language),
        "expired": _Member(bool), "hubs": _Member(list, shape="hub"),
    },
    "item": {
        "id": _Member(str, is_required=True),
        "url": _ADDRESS, "external_url": _ADDRESS, "image": _ADDRESS, "banner_image": _ADDRESS,
        "title": _TEXT, "content_html": _TEXT, "content_text": _TEXT, "summary": _TEXT,
        "date_published": _DATE, "date_modified": _DATE, "authors": _PEOPLE,
        "author": _Member(dict, shape="author"), "language": _Member(str, values.language),
        "tags": _Member(list), "attachments": _Member(list, shape="attachment"),
    },
    "author": {"name": _TEXT, "url": _Member(str, addresses.reference), "avatar": _ADDRESS},
    "hub": {"type": _Member(str, is_required=True),
            "url": _Member(str, addresses.full, is_required=True)},
    "attachment": {
        "url": _Member(str, addresses.full, is_required=True),
        "mime_type": _Member(str, values.mime_type, is_required=True),
        "title": _TEXT, "size_in_bytes": _NUMBER, "duration_in_seconds": _NUMBER,
    },
}  # fmt: skip


def check_json(feed: Mapping[str, Any], report: Report) -> None:
    """Look at a feed and everything in it that there are shapes for."""
    pending: list[tuple[str, Mapping[str, Any]]] = [("feed", feed)]
    while pending:
        name, found = pending.pop()
        for key, member in SHAPES[name].items():
            pending.extend(_member(name, key, member, found, report))
        if name == "item" and not {"content_html", "content_text"} & found.keys():
            report.note("check.missing_member", what="item", detail="content_html or content_text")
    if not feed.get("feed_url"):
        report.note("check.missing_recommended", what="feed", detail="feed_url")
    _repeated(feed.get("items"), report)


def _member(
    name: str, key: str, member: _Member, found: Mapping[str, Any], report: Report
) -> list[tuple[str, Mapping[str, Any]]]:
    """Look at one member, and return the objects inside it."""
    value = found.get(key)
    if value is None:
        if member.is_required:
            report.note("check.missing_member", what=name, detail=key)
        return []
    if not _is_a(value, member.kind):
        allowed = _NAMES.get(member.kind, "a number")
        report.note("check.wrong_json", what=f"{name} {key}", found=str(value)[:80], detail=allowed)
        return []
    fault = member.check(value) if isinstance(value, str) else None
    if fault:
        report.note(fault.code, what=f"{name} {key}", found=value, detail=fault.detail)
    if not member.shape:
        return []
    inside = value[:_MOST] if isinstance(value, list) else [value]
    return [(member.shape, one) for one in inside if isinstance(one, dict)]


def _is_a(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind)


def _repeated(items: object, report: Report) -> None:
    seen: set[str] = set()
    for item in items if isinstance(items, list) else ():
        name = item.get("id") if isinstance(item, dict) else None
        if isinstance(name, str):
            if name in seen:
                report.note("check.repeated_id", what="feed", found=name)
            seen.add(name)
