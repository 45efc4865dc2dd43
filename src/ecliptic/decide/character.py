"""What a feed is like, learned from its new entries as slow averages of a few cheap traits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from ecliptic.decide.tongues import is_small, tongue_of, words_of
from ecliptic.model.character import Character
from ecliptic.model.parsed import ParsedEntry

_LOOKED_AT: Final = 8
_READ_IN: Final = 4
"""Entries of one document that are looked at, and bodies that are read in; more tell no more."""

_READ: Final = 1_500
_READ_AS_TEXT: Final = 400
"""Characters of a body that are searched for links, and for a language."""

_UNIT: Final = 4
"""What one sighting adds, so that fading forgets nothing that is merely rare."""

_MOST: Final = {"languages": 6, "hosts": 8, "linked": 32, "words": 192}
_FADES_ABOVE: Final = 600
_SLOW: Final = 0.2
_SHORTEST_WORD: Final = 4
_TAG: Final = re.compile(r"<[^>]*>?")
_ADDRESS: Final = re.compile(r"""href\s*=\s*["']?\s*https?://([^/"'\s>?#]+)""")
_HOST: Final = re.compile(r"\s*https?://(?:[^/?#@]*@)?([^/?#\s]+)", re.IGNORECASE)
_NOT_A_NAME: Final = re.compile(r"https?://\S*|\bv?\d[\d.]*|[^\w\s]")
_FIRST_WIDE: Final = "\u0e00"
_WIDE: Final = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"
"""Scripts without spaces: pairs of letters stand for words there."""


class Traits(NamedTuple):
    """What the new entries of one document are like.

    ``linked`` counts of the ``read`` bodies those that link to a host.
    """

    read: int
    languages: Counter[str]
    hosts: Counter[str]
    linked: Counter[str]
    maker: str
    words: tuple[frozenset[str], ...]


def traits_of(entries: Sequence[ParsedEntry], *, maker: str, language: str) -> Traits:
    """Return the traits of new entries; ``language`` is what the feed says it is in."""
    languages, hosts, linked = Counter[str](), Counter[str](), Counter[str]()
    words = []
    for entry in entries[:_LOOKED_AT]:
        words.append(title_words(entry.title.value if entry.title else ""))
        if own := host_of(entry.link):
            hosts[own] += 1
    for entry in entries[:_READ_IN]:
        body = entry.content or entry.summary
        markup = body.value[:_READ].casefold() if body else ""
        if tongue := _tongue(entry, markup, language):
            languages[tongue] += 1
        if found := set(_ADDRESS.findall(markup)):
            linked.update({_host(host) for host in found} - {host_of(entry.link)})
    read = min(len(entries), _READ_IN)
    return Traits(read, languages, hosts, linked, maker, tuple(words))


def _tongue(entry: ParsedEntry, markup: str, language: str) -> str:
    """Return the language of an entry: what it looks like, else what it says."""
    title = entry.title.value if entry.title else ""
    seen = tongue_of(f"{title} {_TAG.sub(' ', markup[:_READ_AS_TEXT])}")
    return seen or (entry.language or language).lower().partition("-")[0]


def maker_of(generator: str, form: str) -> str:
    """Return the program that makes a feed, without its version; else the feed's format."""
    names = _NOT_A_NAME.sub(" ", generator.casefold()).split()
    return " ".join(names[:3])[:60] or host_of(generator.strip()) or form


def host_of(address: str) -> str:
    """Return the host of an address, without ``www``; ``""`` when there is none."""
    found = _HOST.match(address)
    return _host(found[1]) if found else ""


def _host(text: str) -> str:
    return text.casefold().partition(":")[0].removeprefix("www.")[:100]


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that tell its subject, each as a short hash."""
    if not title.isascii() and max(title) >= _FIRST_WIDE and _wide().search(title):
        return frozenset(_hash(title[place : place + 2]) for place in range(len(title) - 1))
    return frozenset(filter(None, map(_hash_of_word, words_of(title[:300]))))


@cache
def _wide() -> re.Pattern[str]:
    """Return what finds letters of wide scripts; it takes milliseconds to compile."""
    return re.compile(_WIDE)


def _hash(word: str) -> str:
    return f"{crc32(word.encode('utf-8', 'replace')) & 0xFFFF:x}"


@lru_cache(maxsize=4_096)
def _hash_of_word(word: str) -> str:
    """Return a hash of a word of a title, ``""`` if it tells no subject."""
    return "" if len(word) < _SHORTEST_WORD or is_small(word) else _hash(word)


def familiarity(words: Sequence[frozenset[str]], known: Mapping[str, int]) -> float:
    """Return which share of the words of titles is known, from 0 to 1."""
    total = sum(map(len, words))
    return sum(word in known for title in words for word in title) / total if total else 0.0


def learned(character: Character, traits: Traits, now: datetime) -> Character:
    """Return the character with what new entries teach of it, slowly."""
    if not traits.words:
        return character
    words = Counter(word for title in traits.words for word in title)
    if character.entries:
        share = familiarity(traits.words, character.words)
        part = min(_SLOW * len(traits.words), 0.5)
        familiar = character.familiar * (1 - part) + share * part
    else:  # each title, by what the others have of it
        shared = {word: number for word, number in words.items() if number > 1}
        familiar = familiarity(traits.words, shared)
    return Character(
        since=character.since or now,
        entries=min(character.entries + len(traits.words), 1_000_000),
        languages=_counted("languages", character.languages, traits.languages),
        hosts=_counted("hosts", character.hosts, traits.hosts),
        linked=_counted("linked", character.linked, traits.linked),
        maker=traits.maker or character.maker,
        words=_counted("words", character.words, words),
        familiar=round(familiar, 3),
    )


def relearned(character: Character, traits: Traits, now: datetime) -> Character:
    """Return the character of a feed that is another one now, and rightly so."""
    afresh = learned(Character(since=now), traits, now)
    return Character(
        since=character.since,
        entries=character.entries + afresh.entries,
        languages=_counted("languages", character.languages, _grown(afresh.languages)),
        hosts=_counted("hosts", character.hosts, _grown(afresh.hosts)),
        linked=_counted("linked", character.linked, _grown(afresh.linked)),
        maker=traits.maker or character.maker,
        words=_counted("words", afresh.words, Counter()),
        familiar=afresh.familiar,
    )


def _grown(counts: Mapping[str, int]) -> Counter[str]:
    """Count what is new to us as much as what was heard in years."""
    return Counter(
        {name: max(count, _FADES_ABOVE // (2 * _UNIT)) for name, count in counts.items()}
    )


def _counted(name: str, known: Mapping[str, int], seen: Counter[str]) -> dict[str, int]:
    """Add what was seen, let all of it fade when it grew large, and keep the most frequent."""
    total = dict(known)
    for each, number in seen.items():
        total[each] = total.get(each, 0) + number * _UNIT
    if sum(total.values()) > _FADES_ABOVE:
        total = {each: count // 2 for each, count in total.items() if count > 1}
    if len(total) <= _MOST[name]:
        return total
    # What was seen just now is kept before what was seen as often long ago.
    kept = sorted(total, key=lambda each: (-total[each], each not in seen, each))[: _MOST[name]]
    return {each: total[each] for each in kept}
