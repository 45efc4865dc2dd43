"""From a verdict to the entry that is stored: every field made safe to show."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Final

from ecliptic.clean.address import safe_address, safe_base, safe_link
from ecliptic.clean.plain import paragraphs
from ecliptic.clean.policy import POLICY
from ecliptic.clean.sanitise import Sanitised, sanitise
from ecliptic.clean.text import clean_title, plain_text, tidy, words_of
from ecliptic.model.decision import Verdict
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.parsed import (
    Category,
    Enclosure,
    EntrySource,
    ParsedEntry,
    ParsedFeed,
    Person,
)
from ecliptic.model.text import Content

TOP_HEADING: Final = 5
"""The page has the planet, the day, the source and the entry's title above a body."""

_LONGEST_NAME: Final = 200
_LONGEST_TEXT: Final = 2_000
_MOST_PEOPLE: Final = 50
_MOST_CATEGORIES: Final = 100
_MOST_ENCLOSURES: Final = 50
_LARGEST_FILE: Final = 1 << 53


def clean_entry(
    verdict: Verdict,
    *,
    feed_id: int,
    base: str,
    link_rel: str,
    now: datetime,
    plain: str = "",
    policy: str = POLICY,
) -> Entry:
    """Return the entry to store. ``base`` serves where the entry names no address itself.

    ``plain`` is a reason to show markup as escaped text, without reading it. ``policy``
    names all the rules that the entry went through, these among them.
    """
    parsed = verdict.entry
    link = safe_address(parsed.link, base)
    base = safe_base(link) or safe_base(base)
    prefix = f"{verdict.uid}-"
    content = _body(parsed.content, prefix=prefix, base=base, link_rel=link_rel, plain=plain)
    summary = _body(parsed.summary, prefix=prefix, base=base, link_rel=link_rel, plain=plain)
    title, title_html = clean_title(parsed.title)
    return Entry(
        uid=verdict.uid,
        feed_id=feed_id,
        key=verdict.key,
        fingerprint=verdict.fingerprint,
        policy=policy,
        id=tidy(parsed.id, limit=_LONGEST_TEXT),
        link=link,
        title=title,
        title_html=title_html,
        summary=summary.html,
        content=content.html,
        published=verdict.published,
        updated=parsed.updated,
        first_seen_at=verdict.first_seen_at,
        shown_at=verdict.shown_at,
        position=verdict.position,
        language=_language(parsed),
        rights=tidy(parsed.rights, limit=_LONGEST_TEXT),
        comments=safe_address(parsed.comments, base),
        image=safe_address(parsed.image, base),
        authors=_people(parsed.authors, base),
        categories=_categories(parsed.categories),
        enclosures=_enclosures(parsed.enclosures, base),
        source=_source(parsed.source, base),
        hidden=verdict.hidden,
        hidden_until=verdict.hidden_until,
        ruling=verdict.ruling,
        notes=_notes(verdict.notes, plain or content.reason or summary.reason, now),
    )


def clean_feed(parsed: ParsedFeed) -> FeedInfo:
    """Return what a feed says of itself as plain text and absolute addresses."""
    return FeedInfo(
        format=parsed.format,
        id=tidy(parsed.id, limit=_LONGEST_TEXT),
        title=plain_text(parsed.title, limit=_LONGEST_NAME),
        subtitle=plain_text(parsed.subtitle, limit=_LONGEST_TEXT),
        link=safe_address(parsed.link),
        self_link=safe_address(
            next((link.href for link in parsed.links if link.rel == "self"), "")
        ),
        language=tidy(parsed.language, limit=_LONGEST_NAME),
        image=safe_address(parsed.image),
        icon=safe_address(parsed.icon),
        rights=tidy(parsed.rights, limit=_LONGEST_TEXT),
        generator=tidy(parsed.generator, limit=_LONGEST_NAME),
        authors=_people(parsed.authors, safe_address(parsed.link)),
        problems=parsed.problems,
    )


def _body(
    content: Content | None, *, prefix: str, base: str, link_rel: str, plain: str
) -> Sanitised:
    if content is None:
        return _NO_BODY
    if content.kind == "text" or plain:
        return Sanitised(paragraphs(content.value))
    return sanitise(
        content.value,
        base=safe_base(content.base) or base,
        prefix=prefix,
        link_rel=link_rel,
        top_heading=TOP_HEADING,
    )


_NO_BODY: Final = Sanitised("")


def _notes(notes: tuple[Reason, ...], escaped_because: str, now: datetime) -> tuple[Reason, ...]:
    if not notes and not escaped_because:
        return ()
    kept = tuple(note for note in notes if note.code != "clean.escaped")
    if not escaped_because:
        return kept
    return (*kept, Reason(code="clean.escaped", at=now, params={"detail": escaped_because}))


def _language(parsed: ParsedEntry) -> str:
    body = parsed.content or parsed.summary
    return tidy(parsed.language or (body.language if body else ""), limit=_LONGEST_NAME)


def _people(people: tuple[Person, ...], base: str) -> tuple[Person, ...]:
    if not people:
        return ()
    clean = [_person(person, base) for person in people[:_MOST_PEOPLE]]
    return tuple([person for person in clean if person.name or person.email or person.url])


def _person(person: Person, base: str) -> Person:
    return Person(
        name=words_of(person.name, limit=_LONGEST_NAME),
        email=_email(person.email),
        url=safe_link(person.url, base) if person.url else "",
    )


def _email(address: str) -> str:
    if "@" not in address:
        return ""
    address = tidy(address, limit=_LONGEST_NAME).removeprefix("mailto:")
    return address if "@" in address and " " not in address and "<" not in address else ""


def _categories(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    if not categories:
        return ()
    clean = [_category(category) for category in categories[:_MOST_CATEGORIES]]
    return tuple([category for category in clean if category.term or category.label])


def _category(category: Category) -> Category:
    term = _term(category.term)
    if not (category.scheme or category.label):
        return category if term == category.term else Category(term=term)
    scheme = tidy(category.scheme, limit=_LONGEST_TEXT)
    return Category(term=term, scheme=scheme, label=_term(category.label))


def _term(text: str) -> str:
    """Tags are plain text, and some are about markup; but many feeds escape ``&`` twice."""
    return tidy(unescape(text) if "&" in text else text, limit=_LONGEST_NAME)


def _enclosures(enclosures: tuple[Enclosure, ...], base: str) -> tuple[Enclosure, ...]:
    if not enclosures:
        return ()
    clean = (
        Enclosure(
            url=safe_address(enclosure.url, base),
            type=tidy(enclosure.type, limit=100).lower(),
            length=_within(enclosure.length, _LARGEST_FILE),
            duration=_within(enclosure.duration, _LARGEST_FILE),
            title=words_of(enclosure.title, limit=_LONGEST_NAME),
        )
        for enclosure in enclosures[:_MOST_ENCLOSURES]
    )
    return tuple(enclosure for enclosure in clean if enclosure.url)


def _within(number: int, largest: int) -> int:
    return number if 0 <= number <= largest else 0


def _source(source: EntrySource | None, base: str) -> EntrySource | None:
    if source is None:
        return None
    return EntrySource(
        id=tidy(source.id, limit=_LONGEST_TEXT),
        title=words_of(source.title, limit=_LONGEST_NAME),
        link=safe_address(source.link, base),
        feed_url=safe_address(source.feed_url, base),
    )
