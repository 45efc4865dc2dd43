"""The words of pages that are ours, in the planet's language: gettext catalogues.

What authors, operators and diagnostics say stays as it is.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

import msgspec

CATALOGUES: Final = Path(__file__).parent.parent / "locale"
SOURCE_LANGUAGE: Final = "en"

_FROM_RIGHT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ku", "ps", "sd", "syr", "ur", "yi"}
)
"""Languages that are written from right to left, unless a tag names another script."""


class Interface(msgspec.Struct, frozen=True, kw_only=True):
    """The words of pages. ``language`` is that of the catalogue, ``direction`` the planet's."""

    language: str
    direction: str
    translations: NullTranslations
    mark: bytes = b""

    def say(self, text: str) -> str:
        """Return the translation of a text that ``noted`` marked, or the text."""
        return self.translations.gettext(text)

    def short(self, text: str) -> str:
        """Return the translation of a text that is an abbreviation; "May" is one, and is none."""
        return self.translations.pgettext("abbreviation", text)


def noted(text: str) -> str:
    """Return ``text``; where it stands is told to who collects what is to be translated."""
    return text


def noted_as(context: str, text: str) -> str:
    """Return ``text``, as ``noted``; ``context`` tells it from others that are spelled alike."""
    del context
    return text


def languages() -> list[str]:
    """Return the languages that pages can be in."""
    return sorted({SOURCE_LANGUAGE, *_catalogues()})


def _catalogues() -> dict[str, Path]:
    """Return by language the files that have its words."""
    return {path.parts[-3]: path for path in CATALOGUES.glob("*/LC_MESSAGES/ecliptic.mo")}


@lru_cache(8)
def interface(language: str) -> Interface:
    """Return the words for a language tag (BCP 47): those of a region, else of the language.

    A language that has none gets the English ones.
    """
    parts = language.replace("-", "_").split("_")
    primary = parts[0].lower()
    is_latin = any(part.lower() == "latn" for part in parts[1:])
    direction = "rtl" if primary in _FROM_RIGHT and not is_latin else "ltr"
    regional = "_".join([primary, *(part.upper() for part in parts[1:])])
    known = _catalogues()
    for name in (regional, primary):
        if path := known.get(name):
            data = path.read_bytes()
            with path.open("rb") as file:
                found = GNUTranslations(file)
            return Interface(language=name, direction=direction, translations=found, mark=data)
    return Interface(language=SOURCE_LANGUAGE, direction=direction, translations=NullTranslations())
