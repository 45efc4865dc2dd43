"""Sentences in five languages, from the phrases of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random

import msgspec

POOL_SIZE = 4_000


class Language(msgspec.Struct, frozen=True):
    """The phrases of one language, and its share of the feeds in per cent."""

    share: int
    space: str
    stop: str
    openings: list[str]
    who: list[str]
    does: list[str]
    what: list[str]
    endings: list[str]

    def sentence(self, random: Random) -> str:
        """Return one plain sentence."""
        phrases = (self.openings, self.who, self.does, self.what, self.endings)
        return self.space.join(random.choice(each) for each in phrases) + self.stop

    def title(self, random: Random) -> str:
        """Return a short line without a full stop."""
        line = self.space.join(random.choice(each) for each in (self.who, self.does, self.what))
        return line[:1].upper() + line[1:]


@cache
def languages() -> dict[str, Language]:
    """Return the languages by their code."""
    document = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return msgspec.convert(document, dict[str, Language])


@cache
def sentences(code: str, seed: int) -> tuple[str, ...]:
    """Return the pool of sentences of a language; feeds draw from it, which is quick."""
    random = Random(f"{seed} sentences {code}")
    language = languages()[code]
    return tuple(language.sentence(random) for _ in range(POOL_SIZE))


class Voice:
    """A feed's author: a language, and a source of chance of their own."""

    def __init__(self, random: Random, seed: int) -> None:
        known = languages()
        self.random = random
        shares = [language.share for language in known.values()]
        self.code = random.choices(list(known), shares)[0]
        self.language = known[self.code]
        self.pool = sentences(self.code, seed)

    def sentence(self) -> str:
        """Return one plain sentence."""
        return self.random.choice(self.pool)

    def title(self) -> str:
        """Return a plain title."""
        return self.language.title(self.random)

    def paragraph(self, count: int) -> list[str]:
        """Return some sentences that belong together."""
        return self.random.choices(self.pool, k=count)
