"""Texts of two topics that share most of their words, made the same way every time."""

from __future__ import annotations

import os
import random
from importlib.util import find_spec
from typing import Any

import pytest

from ecliptic.model.entry import Entry
from ecliptic.model.text import SafeHTML
from making import make_entry

# Where everything must be there, what is missing fails; elsewhere it is skipped.
needs_topics = pytest.mark.skipif(
    find_spec("sklearn") is None and not os.environ.get("CI"),
    reason="the extra [topics] is not installed",
)


def _words(text: str) -> list[str]:
    return text.split()


SHARED = _words(
    "about after again against almost always another around because before begin between both "
    "bring build change choose close come could course different discuss during early easy "
    "enough even every example explain feel few find first follow found friend from full give "
    "good great group happen have help here home hope house however idea important include "
    "interest into just keep kind know large last later learn leave less life like little long "
    "look made make many matter maybe mean meet mind moment month more morning most move much "
    "must name need never next night nothing notice number often once only open order other "
    "over part people perhaps person place plan point possible pretty problem project public "
    "question quite rather reach read really reason remember report rest result right room same "
    "seem send several share short show side simple since small some something soon sort start "
    "still story such sure take talk tell than thank their then there these thing think this "
    "though thought through time today together tomorrow toward tried trouble turn under until "
    "update upon used usual very visit wait walk want watch water week well went what when "
    "where which while whole week weekend with without wonder word work world would write year"
)
SOFTWARE = _words(
    "algorithm allocator backend benchmark binary branch browser buffer bugfix cache callback "
    "checksum cluster commit compiler concurrency container daemon database debugger deadlock "
    "debian dependency driver emulator endpoint framework frontend function garbage git hashing "
    "haskell header interpreter iterator javascript kernel kubernetes latency library linker "
    "linux localhost malloc merge metadata microservice middleware module mutex namespace "
    "opensource package parser patch pipeline pointer postgres process protocol python query "
    "recursion refactor regression release repository runtime rust scheduler script server "
    "shell socket sqlite stack syntax terminal thread token unicode unittest upstream variable"
)
GARDEN = _words(
    "apple aphid autumn bark basil bean bed bee beetroot blossom bloom bulb bush cabbage carrot "
    "cherry chilli clay climber clover compost courgette crocus cutting daffodil dahlia dandelion "
    "dew evergreen fern fertiliser flower foliage frost fruit garlic geranium germinate grass "
    "greenhouse hedge herb hoe hydrangea insect ivy jasmine kale lavender lawn leaf lettuce lilac "
    "manure meadow mint moss mulch nettle onion orchard parsley pea pear perennial petal plot "
    "plum pollen pond potato prune pumpkin radish raspberry rhubarb root rose rosemary sage seed "
    "seedling shade shears shovel shrub slug snail soil spade sprout squash strawberry tomato"
)


def write(chance: random.Random, *topics: list[str], own: int = 9, words: int = 60) -> str:
    """Return a text of some words, of which ``own`` are of its topics and the rest of any text.

    As in any language a few words are said often and most of them seldom (Zipf).
    """
    said = [_word(chance, topics[turn % len(topics)]) for turn in range(own)]
    said += [_word(chance, SHARED) for _ in range(words - own)]
    chance.shuffle(said)
    return " ".join(said)


def _word(chance: random.Random, words: list[str]) -> str:
    weights = [1 / (rank + 3) for rank in range(len(words))]
    return chance.choices(words, weights)[0]


def labelled_entries(count: int, *, seed: int = 1) -> list[tuple[Entry, bool]]:
    """Return entries of which half are on topic; each also strays to the other's words."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        is_on = number % 2 == 0
        mine, other = (SOFTWARE, GARDEN) if is_on else (GARDEN, SOFTWARE)
        text = write(chance, mine, mine, mine, mine, other, own=chance.randint(3, 12))
        made.append((entry_of(number, text), is_on))
    return made


def paired_entries(count: int) -> list[tuple[Entry, bool]]:
    """Return entries whose topic shows in pairs of subjects alone, never in one of them."""
    chance = random.Random(3)
    parts = SOFTWARE[:40], SOFTWARE[40:], GARDEN[:40], GARDEN[40:]
    pairs = (((0, 1), True), ((2, 3), True), ((0, 2), False), ((1, 3), False))
    made = []
    for number in range(count):
        (a, b), is_on = pairs[number % 4]
        text = write(chance, parts[a], parts[b], own=40, words=60)
        made.append((entry_of(number, text), is_on))
    return made


def entry_of(number: int, text: str, **fields: Any) -> Entry:
    """Return an entry with a text."""
    title, _, body = text.partition(" ")
    return make_entry(number, title=title, content=SafeHTML(f"<p>{body}</p>"), **fields)
