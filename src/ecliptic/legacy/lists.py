"""Reading lists: those that an ini file names, and an ini file that is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from ecliptic.legacy import dialect, ini
from ecliptic.legacy.filters import Translator
from ecliptic.legacy.ini import Section
from ecliptic.legacy.notices import some
from ecliptic.legacy.subscriptions import Subscriptions
from ecliptic.legacy.values import Values, one_line
from ecliptic.model.reading_list import ACCOUNT_NAME, DEEPEST, ListKind, ReadingList
from ecliptic.model.site import Subscription
from ecliptic.sources import address, paths
from ecliptic.sources.kinds import ACCOUNTS, Refused
from ecliptic.sources.reading_lists import reading_list

_KINDS: dict[str, ListKind] = {"opml": "opml", "foaf": "foaf", "csv": "csv", "config": "ini"}


def named(values: Values, sections: Iterable[Section]) -> tuple[ReadingList, ...]:
    """Return the lists of a configuration of Venus; what is not done of them is noted."""
    found: dict[str, ReadingList] = {}
    unread = []
    for section in sections:
        said = section.text("content_type").lower()
        kind = next((kind for word, kind in _KINDS.items() if word in said), None)
        url = _place(values, one_line(section.text("url")) or one_line(section.title))
        if kind is None or address.feed_fault(url):
            unread.append(f"{section.title} (line {section.line})")
            continue
        asked = {"url": url, "kind": kind, **_people(values, section)}
        each = reading_list(asked, values.path, section.line)
        found.setdefault(each.url, each)
    if unread:
        values.notices.append(
            f"Reading lists that are not read: {some(unread)}; allowed are opml, foaf, csv and"
            " config, at an address or in a file."
        )
    return tuple(found.values())


def _people(values: Values, section: Section) -> dict[str, Any]:
    """Return what is asked of the people of a list: how far, and with which services."""
    accounts: dict[str, str] = {}
    unread = []
    for said in section.text("online_accounts").splitlines():
        service, _, feed = (part.strip() for part in said.partition("|"))
        if not said.strip():
            continue
        try:
            accounts |= cast("dict[str, str]", ACCOUNTS.read({service: feed}))
        except Refused:
            unread.append(service)
    if unread:
        line = section.line_of("online_accounts")
        values.notices.append(
            f"Services of online_accounts (line {line}) that are not used: {some(unread)}; allowed"
            f" are a page, | and an address with {ACCOUNT_NAME} in it."
        )
    return {"depth": min(values.whole(section, "depth"), DEEPEST), "accounts": accounts}


def _place(values: Values, title: str) -> str:
    """Return the address of a list; a name is that of a file, beside it or where we are."""
    if "://" in title:
        return address.mended(title)
    name = title[5:] if address.is_file(title) else title
    here = Path.cwd() / paths.home_filled(name)
    beside = Path(paths.beside(values.path, name))
    return (here if here.is_file() and not beside.is_file() else beside).as_uri()


def feeds_of(data: bytes) -> tuple[Subscription, ...]:
    """Return the feeds of a configuration of Planet 2.0, Venus or Pluto that is a list here.

    Of their settings only names, links and what templates know are taken.
    """
    document = ini.parse(data)
    values = Values(Path("/list.ini"))
    collected = Subscriptions(values, Translator(values, "pluto"))
    for section, url, name in _feeds(document):
        collected.add(section, url, name, ("title", "name", "feed", "feed_url", "site_url"))
    return collected.close()


def _feeds(document: ini.Document) -> Iterator[tuple[Section, str, str]]:
    programs = dialect.programs(document)
    for section in document.sections:
        if section.title == "DEFAULT" or section.title.lower() == "planet":
            continue
        if dialect.is_program(section.title, programs) or dialect.is_list(section):
            continue
        url = section.title if "://" in section.title else dialect.feed_address(section)
        if url:
            yield section, url, section.text("title") or section.text("name")
