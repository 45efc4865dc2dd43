"""The words of pages that are ours, in the planet's language: gettext catalogues.

What authors, operators and diagnostics say stays as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.errors import RenderError

CATALOGUES: Final = Path(__file__).parent.parent / "locale"
SOURCE_LANGUAGE: Final = "en"

_FROM_RIGHT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "khw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages that are written from right to left, unless a tag names another script."""

_SCRIPTS_FROM_RIGHT: Final = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)
_SCRIPT: Final = 4
"""Letters of the part of a tag that names a script (RFC 5646, 2.2.3)."""


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


def noted_many(text: str) -> str:
    """Return ``text``, as ``noted``, of what may be said of several; English has one form."""
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
    direction, known = _direction(language), _catalogues()
    for name in _names(language, known):
        data = known[name].read_bytes()
        found = GNUTranslations(BytesIO(data))
        return Interface(language=name, direction=direction, translations=found, mark=data)
    return Interface(language=SOURCE_LANGUAGE, direction=direction, translations=NullTranslations())


def with_own(words: Interface, language: str, folder: Path) -> Interface:
    """Return ``words`` with those before them that a theme's folder has for a language tag."""
    known = {path.parts[-3]: path for path in folder.glob("locale/*/LC_MESSAGES/theme.mo")}
    for name in _names(language, known):
        try:
            data = known[name].read_bytes()
            own = GNUTranslations(BytesIO(data))
        except (OSError, ValueError, LookupError, struct.error) as error:
            raise RenderError(
                "render.theme",
                f"{known[name]}: is no compiled catalogue ({error}); msgfmt makes one",
                file=str(known[name]),
            ) from error
        own.add_fallback(words.translations)
        return msgspec.structs.replace(words, translations=own, mark=words.mark + data)
    return words


def _names(language: str, known: Iterable[str]) -> Iterator[str]:
    """Yield which of the folders serve for a tag, the closest first."""
    named = {name.lower(): name for name in known}
    wanted = language.lower().replace("-", "_")
    while wanted:
        if wanted in named:
            yield named[wanted]
        wanted = wanted.rpartition("_")[0]


def _direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``, as the script of a language tag is written."""
    primary, *others = language.lower().replace("_", "-").split("-")
    scripts = [part for part in others if len(part) == _SCRIPT and part.isalpha()]
    is_from_right = scripts[0] in _SCRIPTS_FROM_RIGHT if scripts else primary in _FROM_RIGHT
    return "rtl" if is_from_right else "ltr"
