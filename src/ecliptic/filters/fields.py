"""The words of the language: which fields an entry has, and how each is compared."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from ecliptic.errors import FilterError

Manner: TypeAlias = Literal["words", "name", "language", "host", "feed"]
"""How ``field:value`` compares: words inside a text, a whole name, or as such things do."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field with text: how ``:`` compares it, and what it is in words."""

    manner: Manner
    words: str


TEXTS: Final = {
    "title": Field(manner="words", words="the title"),
    "body": Field(manner="words", words="the text of the content or, without one, of the summary"),
    "summary": Field(manner="words", words="the text of the summary"),
    "text": Field(
        manner="words", words="all of it: title, summary, content, tags and names of authors"
    ),
    "author": Field(manner="words", words="a name, mail address or page of an author"),
    "tag": Field(manner="name", words="a tag (category), or what it is called"),
    "lang": Field(
        manner="language",
        words="the language: the entry's or, without one, the feed's; `en` takes `en-GB` too",
    ),
    "feed": Field(
        manner="feed",
        words="the feed: its name, its host, or the beginning of its address or of its site's",
    ),
    "link": Field(manner="words", words="the address of the entry"),
    "host": Field(manner="host", words="the host of that address, or a domain it belongs to"),
    "source": Field(
        manner="words", words="the title or address of the feed that it was taken from"
    ),
    "id": Field(manner="words", words="the identifier that the feed gives it"),
}

TIMES: Final = {
    "date": "where it stands on the page: its date, but never after it was first seen",
    "published": "when it was published, as the feed says",
    "updated": "when it was changed, as the feed says",
    "seen": "when it was first seen",
}

THINGS: Final = {
    "title": "a title",
    "body": "a content or a summary",
    "summary": "a summary",
    "link": "an address",
    "date": "a date of its own",
    "author": "an author",
    "tag": "a tag",
    "lang": "a language of its own",
    "source": "another feed that it was taken from",
    "image": "a picture: in its body, beside it or as a file",
    "enclosure": "a file that belongs to it",
    "audio": "such a file with sound",
    "video": "such a file with a film",
    "comments": "a page of comments",
}

STATES: Final = {"hidden": "kept off all pages", "shown": "not kept off"}

AGE: Final = "age"

NAMES: Final = (*TEXTS, *TIMES, AGE, "has", "is")

ALIASES: Final = {
    "any": "text",
    "category": "tag",
    "content": "body",
    "language": "lang",
    "tags": "tag",
    "url": "link",
}
"""Other words for a field, as people are used to from elsewhere."""


def require_text(name: str, *, named: bool = False) -> None:
    """Raise ``FilterError`` unless the field has text; ``""`` (title and body) is one too."""
    if name not in TEXTS and (named or name):
        raise unknown(name, TEXTS)


def require_time(name: str) -> None:
    """Raise ``FilterError`` unless the field is a time."""
    if name not in TIMES:
        raise unknown(name, TIMES)


def require_known(name: str, known: dict[str, str], field: str) -> None:
    """Raise ``FilterError`` unless ``field:`` knows the name."""
    if name not in known:
        message = f"{field}: knows no {name!r}{_hint(name, known)}"
        raise FilterError("filters.unknown_value", message)


def unknown(name: str, known: object = NAMES) -> FilterError:
    """Return the error of a field that there is not."""
    names = tuple(known) if isinstance(known, dict | tuple) else NAMES
    return FilterError("filters.unknown_field", f"there is no field {name!r}{_hint(name, names)}")


def _hint(name: str, known: dict[str, str] | tuple[str, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is misspelt

    close = get_close_matches(name.lower(), list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else f"; allowed: {', '.join(known)}"
