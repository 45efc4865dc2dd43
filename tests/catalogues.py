"""The catalogues as they are installed, for tests of what they say."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from babel.messages.mofile import read_mo

from ecliptic.render.interface import CATALOGUES, SOURCE_LANGUAGE, languages

OTHERS: Final = [language for language in languages() if language != SOURCE_LANGUAGE]


class Said(NamedTuple):
    """A message: one text, or the two of an English plural; and what is said instead."""

    context: str
    sources: tuple[str, ...]
    texts: tuple[str, ...]


@cache
def messages(language: str) -> list[Said]:
    """Return all messages of a language."""
    with (CATALOGUES / language / "LC_MESSAGES" / "ecliptic.mo").open("rb") as file:
        found = read_mo(file)
    return [
        Said(message.context or "", _forms(message.id), _forms(message.string))
        for message in found
        if message.id
    ]


def replaced(language: str) -> set[str]:
    """Return the English texts in whose place a language has another."""
    return {
        source
        for message in messages(language)
        for source, text in zip(message.sources, message.texts, strict=False)
        if source != text
    }


def _forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text),)
