"""Whether two entries of different feeds are copies of one post.

An id or link in common is a hint that something else must confirm: templates
give posts the ids of others, and many posts are *about* the page they link to.
Texts in common are enough only when they are long, and nearly whole.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Final, TypeAlias

from ecliptic.decide.likeness import (
    Words,
    is_excerpt,
    numbers,
    resemblance,
    same_title,
    words_of,
)
from ecliptic.decide.permalinks import fragment_of, permalink, unique_id
from ecliptic.model.twin import Copy, Likeness

Texts: TypeAlias = Callable[[Copy], Words]
"""Gives the words of an entry's body; asked only when they decide."""

_SOME_TEXT: Final = 5
"""Words; with fewer a body says nothing ("Comments", "Read more")."""

_EXCERPT: Final = 12
_LONG_TEXT: Final = 30
"""Words that a text must have to be found by them alone: as an excerpt, and as a whole."""

_SOON: Final = timedelta(days=3)
_MUCH: Final = 0.5
_NEARLY_ALL: Final = 0.8
_EDITED: Final = 0.6
_SAME: Final = 0.9


def link_of(copy: Copy) -> str:
    """Return the link by which copies are found; ``""`` if it says nothing."""
    return permalink(copy.link)


def former_links_of(copy: Copy) -> frozenset[str]:
    """Return the links it had before, in the same form, but for the one it has."""
    return frozenset(map(permalink, copy.former_links)) - {"", link_of(copy)}


def id_of(copy: Copy) -> str:
    """Return the id by which copies are found; ``""`` if others may have it too."""
    return unique_id(copy.id)


def alike(
    one: Copy, other: Copy, texts: Texts, *, crowded: AbstractSet[str] = frozenset(), near: bool
) -> Likeness | None:
    """Return what makes two entries of different feeds copies of one post, or ``None``.

    ``crowded`` holds the links and ids that several entries of one of the feeds
    have. ``near`` says whether texts alone may make them copies.
    """
    link, identifier = link_of(one), id_of(one)
    has_id = bool(identifier) and identifier == id_of(other) and identifier not in crowded
    has_link = (
        bool(link)
        and link == link_of(other)
        and _may_be_one_part(one, other, is_crowded=link in crowded)
    )
    if has_link and (has_id or (one.id and one.id == other.id)):
        return Likeness(how="id and link")
    if has_id and _is_confirmed(one, other, texts, is_id=True):
        return Likeness(how="id")
    if has_link and _is_confirmed(one, other, texts, is_id=False):
        return Likeness(how="link")
    if _had_one_link(one, other, crowded) and _is_confirmed(one, other, texts, is_id=False):
        return Likeness(how="former link")
    return _near(one, other, texts) if near else None


def _had_one_link(one: Copy, other: Copy, crowded: AbstractSet[str]) -> bool:
    """Whether one of them had the link that the other has, or had too."""
    if not one.former_links and not other.former_links:
        return False
    first, second = ({link_of(copy), *former_links_of(copy)} - {""} for copy in (one, other))
    return bool((first & second) - crowded)


def _may_be_one_part(one: Copy, other: Copy, *, is_crowded: bool) -> bool:
    """Whether two links to one page are to the same post on it, of which it may hold many."""
    part, named = fragment_of(one.link), fragment_of(other.link)
    if part and named and part != named:
        return False
    return not is_crowded or bool(part and named) or bool(one.id and one.id == other.id)


def _is_confirmed(one: Copy, other: Copy, texts: Texts, *, is_id: bool) -> bool:
    """Whether two entries with one id, or one link, are one post and not one about the other."""
    if one.published and one.published == other.published:
        return True
    first, second = words_of(one.title), words_of(other.title)
    has_title = not first or not second or same_title(first, second)
    if has_title and is_id:
        return True
    body, copied = texts(one), texts(other)
    if min(len(body), len(copied)) < _SOME_TEXT:
        return has_title
    shared = max(is_excerpt(body, copied), resemblance(body, copied))
    return shared >= (_MUCH if has_title else _NEARLY_ALL)


def _near(one: Copy, other: Copy, texts: Texts) -> Likeness | None:
    first, second = words_of(one.title), words_of(other.title)
    part, other_part = numbers(first), numbers(second)
    if part and other_part and part != other_part:
        return None  # of one series
    body, copied = texts(one), texts(other)
    shortest = min(len(body), len(copied))
    if shortest < _EXCERPT:
        return None
    is_soon = _is_soon(one, other)
    has_title = same_title(first, second)
    shared = resemblance(body, copied) if shortest >= _LONG_TEXT else 0.0
    if shared >= _SAME or (shared >= _EDITED and has_title and is_soon):
        return Likeness(how="text", percent=round(100 * shared))
    shared = is_excerpt(body, copied) if has_title and is_soon else 0.0
    return Likeness(how="text", percent=round(100 * shared)) if shared >= _NEARLY_ALL else None


def _is_soon(one: Copy, other: Copy) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= _SOON
