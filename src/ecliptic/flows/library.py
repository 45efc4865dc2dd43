"""One address at a time: find the feed behind it, read it, say what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec

from ecliptic.clean import plain_text
from ecliptic.errors import EclipticError
from ecliptic.fetch import Client
from ecliptic.flows.reading import read_fetched
from ecliptic.model.access import Access, without_password
from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.model.outcome import Failed, Fetched, Held, NotModified, Request
from ecliptic.model.parsed import ParsedEntry, ParsedFeed, Problem
from ecliptic.model.site import FetchSettings
from ecliptic.parse import discover
from ecliptic.plugins.call import address_of
from ecliptic.plugins.collect import Chosen, choose_installed


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that was found: what to subscribe to, what it says, other feeds of the same page.

    ``asked`` is the address that led to it; the feed has moved if ``url`` is another.
    ``source`` names the plugin that reads it, if one does.
    """

    url: str
    asked: str
    title: str
    feed: ParsedFeed
    fetched: Fetched
    others: tuple[str, ...] = ()
    source: str = ""


async def fetch_one(
    url: str, settings: FetchSettings, *, user_agent: str, now: datetime
) -> Fetched:
    """Return the document at an address.

    Raises ``EclipticError`` with the failure's code when there is none.
    """
    async with Client(settings, user_agent=user_agent, now=now) as client:
        return await _get(client, url)


async def find_feed(
    url: str,
    settings: FetchSettings,
    *,
    user_agent: str,
    now: datetime,
    access: Access | None = None,
) -> Found:
    """Return the feed at an address: that of a source that takes it, or else one it leads to.

    ``access`` is what it takes to be let in there. Raises ``EclipticError`` when
    neither the address nor its page leads to one.
    """
    async with Client(settings, user_agent=user_agent, now=now) as client:
        chosen = choose_installed(url)
        if chosen is None:
            return await _find(client, url, access)
        try:
            return await _from_source(client, url, chosen, now, access)
        except EclipticError as refused:
            try:  # other sites have addresses of this form too
                return await _find(client, url, access)
            except EclipticError:
                raise refused from None


async def _from_source(
    client: Client, url: str, chosen: Chosen, now: datetime, access: Access | None
) -> Found:
    fetched = await _get(client, address_of(chosen, url, now), access)
    feed = read_fetched(fetched, address=url, chosen=chosen)
    if not feed.is_feed:
        raise _no_feed(url, feed)
    return Found(
        url=url,
        asked=url,
        title=plain_text(feed.title, limit=200),
        feed=feed,
        fetched=fetched,
        source=chosen.plugin,
    )


async def _find(client: Client, url: str, access: Access | None) -> Found:
    """Return the feed at an address, or the first one that the page there names."""
    page = await _get(client, url, access)
    feed = _read(page)
    if feed.is_feed:
        return _found(url, page, feed)
    named = [link.url for link in discover(page.body, url=page.url, content_type=page.content_type)]
    for candidate in named[:_MOST_CANDIDATES]:
        try:
            fetched = await _get(client, candidate, access)
        except EclipticError:
            continue
        found = _read(fetched)
        if found.is_feed:
            others = tuple(other for other in named if other != candidate)
            return _found(candidate, fetched, found, others)
    raise _no_feed(url, feed)


def _no_feed(url: str, feed: ParsedFeed) -> EclipticError:
    detail = feed.problems[0].detail if feed.problems else "not a feed"
    return EclipticError(
        "parse.not_a_feed",
        f"{without_password(url)}: no feed here ({detail}), and the page names none that can be "
        "read. Give the address of the feed itself",
    )


_MOST_CANDIDATES = 5
"""How many of the feeds that a page names are tried."""


async def _get(client: Client, url: str, access: Access | None = None) -> Fetched:
    shown = without_password(url)
    match await client.fetch(Request(url=url, access=access)):
        case Fetched() as fetched:
            return fetched
        case NotModified() | Held():  # neither comes of one question without validators
            raise EclipticError("fetch.protocol", f"{shown}: no answer to what was asked for")
        case Failed(code=code, detail=detail):
            raise EclipticError(code, f"{shown}: {words(code, {'detail': detail})} [{code}]")


def _read(fetched: Fetched) -> ParsedFeed:
    return read_fetched(fetched, address=fetched.url, chosen=None)


def _found(asked: str, fetched: Fetched, feed: ParsedFeed, others: tuple[str, ...] = ()) -> Found:
    return Found(
        url=fetched.permanent_url or asked,
        asked=asked,
        title=plain_text(feed.title, limit=200),
        feed=feed,
        fetched=fetched,
        others=others,
    )


def findings(found: Found) -> list[Finding]:
    """Say what an author could mend in a feed, and what a planet makes of it."""
    return [
        *of_transport(found),
        *map(of_problem, found.feed.problems),
        *of_entries(found.feed.entries),
    ]


_NOT_XML: Final = frozenset({
    "parse.malformed_xml", "parse.undeclared_entity", "parse.bare_markup",
    "parse.control_character", "parse.encoding_mismatch",
})  # fmt: skip
"""What other readers need not forgive: each is a fatal error in XML 1.0."""


def of_problem(problem: Problem) -> Finding:
    """Say what was noted while a document was read."""
    return Finding(
        severity="error" if problem.code in _NOT_XML else "warning",
        code=problem.code,
        line=problem.line,
        message=words(problem.code, {"detail": problem.detail}),
    )


def of_transport(found: Found) -> Iterator[Finding]:
    """Say what the server could do better."""
    fetched = found.fetched
    if found.url != found.asked:
        yield Finding(
            severity="warning",
            code="check.moved",
            message=f"{found.asked} has moved for good to {found.url}: subscribe to that address",
        )
    if not fetched.etag and not fetched.last_modified:
        yield Finding(
            severity="warning",
            code="check.no_validators",
            message="the server sends neither ETag nor Last-Modified, so every check "
            "transfers the whole document",
        )
    for other in found.others:
        yield Finding(
            severity="note", code="check.other_feed", message=f"the page also names {other}"
        )


def of_entries(entries: Sequence[ParsedEntry]) -> Iterator[Finding]:
    """Say what a planet makes of entries that lack something."""
    count = len(entries)
    if not count:
        yield Finding(severity="warning", code="check.no_entries", message="it has no entries")
    rules = (
        ("check.undated", "without a date: they stand at the time they are first seen",
         lambda entry: not (entry.published or entry.updated)),
        ("check.no_id", "without an id: an edited link or title makes them new",
         lambda entry: not entry.id),
        ("check.no_link", "without a link: their titles lead nowhere",
         lambda entry: not entry.link),
        ("check.no_body", "without a body", lambda entry: not (entry.content or entry.summary)),
    )  # fmt: skip
    for code, message, applies in rules:
        number = sum(map(applies, entries))
        if number:
            yield Finding(
                severity="warning", code=code, message=f"{number} of {count} entries {message}"
            )
    ids = [entry.id for entry in entries if entry.id]
    if len(set(ids)) < len(ids):
        yield Finding(
            severity="warning",
            code="check.repeated_id",
            message=f"{len(ids) - len(set(ids))} ids stand at more than one entry",
        )
