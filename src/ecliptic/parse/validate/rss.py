"""RSS 2.0 and 0.9x as a table (https://www.rssboard.org/rss-specification; RSS Profile 1.0)."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, dates, links, markup, values
from ecliptic.parse.validate.podcasts import in_channel
from ecliptic.parse.validate.rules import Fault, Format, Note, rule
from ecliptic.parse.validate.same import same_in_channel, same_in_item

_VERSIONS: Final = ("0.91", "0.92", "0.93", "0.94", "2.0", "2.0.0", "2.0.1", "2.0.10", "2.0.11")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_SLASH: Final = "{http://purl.org/rss/1.0/modules/slash/}comments"
_FEW_DIGITS: Final = re.compile(r"\d{1,7}\Z")


def html(element: Element, note: Note) -> None:
    """Look at a text that readers show as HTML; nothing says what its addresses refer to."""
    markup.html(element.text or "", note, is_relative_right=False)
    markup.xhtml(element, note, is_relative_right=False)


def _hour(value: str) -> Fault | None:
    if value.strip() == "24":
        return Fault("check.unusual_hour")
    return values.integer(0, 23)(value)


def _guid(element: Element, note: Note) -> None:
    """Look at an identifier, which is an address unless it says otherwise."""
    value = (element.text or "").strip()
    is_address = element.get("isPermaLink", "true") == "true"
    if value and is_address and addresses.full(value):
        note("check.guid_not_address", value, "")
    elif _FEW_DIGITS.match(value):
        note("check.weak_id", value, "")


def _channel(channel: Element, note: Note) -> None:
    if not links.of_relation(channel, "self"):
        note("check.missing_self", "", "")
    title = (channel.findtext("title") or "").strip()
    shown = (channel.findtext("image/title") or "").strip()
    if title and shown and title != shown:
        note("check.image_title", shown, title)
    _guids(channel, note)
    if channel.find("lastBuildDate") is None and channel.find(f"item/{_SLASH}") is not None:
        note("check.missing_recommended", "", "lastBuildDate")


def _guids(channel: Element, note: Note) -> None:
    seen: set[str] = set()
    for guid in channel.iterfind("item/guid"):
        value = (guid.text or "").strip()
        if value and value in seen:
            note("check.repeated_id", value, "")
        seen.add(value)


def _item(item: Element, note: Note) -> None:
    if item.find("title") is None and item.find("description") is None:
        note("check.no_title_or_description", "", "")
    if item.find("guid") is None:
        note("check.missing_recommended", "", "guid")
    names = [child.tag for child in item]
    if _CONTENT in names and "description" not in names[: names.index(_CONTENT)]:
        note("check.content_order", "", "")


_TITLE: Final = rule(text=markup.plain)
_ADDRESS: Final = rule(text=addresses.ascii_full)
_CONTACT: Final = rule(text=values.both(markup.plain, values.contact))
_DATE: Final = rule(text=dates.rfc822)
_HTML: Final = rule("", html, place="any")
_CATEGORY: Final = rule(text=markup.plain, attributes={"domain": values.anything})

RULES: Final = {
    "rss": rule("channel!", attributes={"version!": values.one_of(_VERSIONS)}, place="root"),
    "channel": rule(
        "title! link! description! language? copyright? managingEditor? webMaster? pubDate?"
        " lastBuildDate? category* generator? docs? cloud? ttl? image? rating? textInput?"
        " skipHours? skipDays? item*", _channel, same_in_channel, in_channel, place="feed",
    ),
    "item": rule(
        "title? link? description? author? category* comments? enclosure* guid? pubDate? source?",
        _item, same_in_item, place="entry",
    ),
    "title": _TITLE,
    "link": _ADDRESS,
    "description": _HTML,
    "language": rule(text=values.language),
    "copyright": _TITLE,
    "managingEditor": _CONTACT,
    "webMaster": _CONTACT,
    "pubDate": _DATE,
    "lastBuildDate": _DATE,
    "category": _CATEGORY,
    "generator": rule(text=values.anything),
    "docs": _ADDRESS,
    "rating": rule(text=values.anything),
    "ttl": rule(text=values.integer(0)),
    "cloud": rule(attributes={
        "domain!": values.anything, "port!": values.integer(1, 65_535), "path!": values.anything,
        "registerProcedure!": values.anything,
        "protocol!": values.one_of(("xml-rpc", "soap", "http-post")),
    }),
    "image": rule("url! title! link! width? height? description?", place="image"),
    "image/title": rule(text=values.both(markup.plain, values.anything)),
    "image/description": rule(text=values.anything, may_be_empty=True),
    "url": _ADDRESS,
    "width": rule(text=values.integer(1, 144)),
    "height": rule(text=values.integer(1, 400)),
    "textInput": rule("title! description! name! link!", place="input"),
    "name": rule(text=values.matching(r"[A-Za-z][\w:.-]*", "a letter, then letters and digits")),
    "skipHours": rule("hour+"),
    "hour": rule(text=_hour),
    "skipDays": rule("day+"),
    "day": rule(text=values.one_of(_DAYS)),
    "author": _CONTACT,
    "comments": _ADDRESS,
    "enclosure": rule(is_strict=True, attributes={
        "url!": addresses.ascii_full, "length!": values.integer(0), "type!": values.mime_type,
    }),
    "guid": rule("", _guid, text=values.anything, is_strict=True,
        attributes={"isPermaLink": values.TRUE_FALSE}),
    "source": rule(text=markup.plain, attributes={"url!": addresses.ascii_full}),
}  # fmt: skip

FORMAT: Final = Format("rss", RULES, frozenset({""}))
