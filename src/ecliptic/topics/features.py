"""What a judgement of topics sees of an entry: its words, its tags and its feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from ecliptic.model.entry import Entry
from ecliptic.model.text import words_of_html

VERSION: Final = 1
"""Moves when the same entry would give other features, so that old models are not used."""

MOST_TEXT: Final = 8_000
"""Characters that are read of an entry: enough to know its topic, and a bound on the time."""

_TITLE_COUNTS: Final = 3
_LONGEST_WORD: Final = 40

_code = re.compile(r"<pre\b.*?</pre>|<code\b.*?</code>", re.DOTALL)
_word = re.compile(r"[^\W\d_]\w+(?:['\u2019]\w+)?")
# Scripts that put no spaces between words: two neighbouring characters stand for a word.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_unspaced = re.compile(f"[{_UNSPACED}]+")
_has_unspaced = re.compile(f"[{_UNSPACED}]").search


def plain(html: str, *, limit: int, code: bool = True) -> str:
    """Return the words of markup that ``clean`` made, at most ``limit`` characters of it.

    It is cut before it is read, where twice as much markup as text is allowed for. Without
    ``code``, what stands in ``pre`` and ``code`` elements is left out.
    """
    html = html[: 3 * limit]
    if not code and "<" in html:
        html = _code.sub(" ", html)
    return words_of_html(html)[:limit]


def features_of(entry: Entry, feed_url: str) -> Mapping[str, int]:
    """Return how often each word stands in an entry; those of its title count for three.

    A tag is a word with ``#`` before it, and the feed is one too.
    """
    counts = Counter(_words(plain(entry.content or entry.summary, limit=MOST_TEXT)))
    for word in _words(entry.title[:MOST_TEXT]):
        counts[word] += _TITLE_COUNTS
    for category in entry.categories:
        counts[f"#{(category.label or category.term).casefold()[:_LONGEST_WORD]}"] = _TITLE_COUNTS
    counts[feed_word(feed_url)] = _TITLE_COUNTS
    return counts


def feed_word(feed_url: str) -> str:
    """Return the word that stands for a feed."""
    return f"feed:{feed_url}"


def is_word(feature: str) -> bool:
    """Whether a feature is one of the entry's own words or tags, and not its feed."""
    return not feature.startswith("feed:")


def _words(text: str) -> Iterator[str]:
    text = text.casefold()
    if _has_unspaced(text):
        for run in _unspaced.findall(text):
            yield from (a + b for a, b in pairwise(run)) if len(run) > 1 else (run,)
        text = _unspaced.sub(" ", text)
    for word in _word.findall(text):
        if len(word) <= _LONGEST_WORD:
            yield word
