"""Random entries, feeds and filters that meet each other often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from ecliptic.filters import (
    Age,
    Exactly,
    Filter,
    Has,
    Is,
    Matches,
    Not,
    When,
    Words,
)
from ecliptic.filters.fields import TEXTS, THINGS, TIMES
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.parsed import Category, Enclosure, EntrySource, Person
from ecliptic.model.text import SafeHTML
from making import NOON, make_entry

WORDS = (
    "python", "Python", "py", "job", "jobs", "größe", "GRÖSSE", "Strasse", "straße", "日本",
    "日本語", "C++", "a b", "e\u0301", "é", "an d", "not", "x_y", '"', "\\", "ada", "blog.example",
)  # fmt: skip
PATTERNS = (
    r"\bjobs?\b", "^py", "python$", r"a.*b", r"(a|b)+c?", "(?-i:Python)", "[[:x]"[1:], r"\d+",
    r"stra(ss|ß)e", r"\W\W", "x{2,3}", r"(\w+ ?)+$", 'say "hi"', r"\\",
)  # fmt: skip
ADDRESSES = (
    "https://blog.example/feed", "https://www.blog.example/ada/", "http://x.blog.example/f?a=b",
    "https://ada.example/", "file:///srv/ada/feed.xml",
)  # fmt: skip
TYPES = ("audio/mpeg", "video/mp4", "image/png", "Image/GIF", "text/plain", "")
LANGUAGES = ("", "en", "en-GB", "EN_us", "de", "eng")
REASON = Reason(code="decide.flood", at=NOON)


def random_entry(random: Random, number: int, feed_id: int) -> Entry:
    """Return an entry whose parts are made of the words that filters look for."""

    def times() -> datetime | None:
        return random.choice((None, _time(random)))

    def some(make: Callable[[Random], Any]) -> tuple[Any, ...]:
        return tuple(make(random) for _ in range(random.choice((0, 0, 1, 2))))

    fields: dict[str, Any] = {
        "title": _text(random),
        "summary": _markup(random),
        "content": _markup(random),
        "link": random.choice(("", *ADDRESSES)),
        "id": _text(random),
        "language": random.choice(LANGUAGES),
        "image": random.choice(("", "", "https://blog.example/i.png")),
        "comments": random.choice(("", "https://blog.example/c")),
        "authors": some(_person),
        "categories": some(_category),
        "enclosures": some(_enclosure),
        "source": random.choice((None, EntrySource(title=_text(random), link=ADDRESSES[3]))),
        "published": times(),
        "updated": times(),
        "first_seen_at": _time(random),
        "shown_at": _time(random),
        "hidden": random.choice((None, REASON)),
    }
    return make_entry(number, feed_id=feed_id, **fields)


def random_info(random: Random) -> FeedInfo:
    """Return what a feed says of itself, in the same words."""
    return FeedInfo(
        title=_text(random),
        link=random.choice(("", *ADDRESSES)),
        language=random.choice(LANGUAGES),
    )


def _text(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randrange(4)))


def _time(random: Random) -> datetime:
    return NOON + timedelta(hours=7 * random.randrange(-90, 90))


def _markup(random: Random) -> SafeHTML:
    text = _text(random).replace('"', "&quot;")
    if not text:
        return SafeHTML("")
    before, after = random.choice(
        (("", ""), ("<p>", "</p>"), ("<p>py<b>thon</b> ", "</p>"), ('<img src="x" alt="', '">a'))
    )
    return SafeHTML(f"{before}{text}{after}")


def _person(random: Random) -> Person:
    return Person(name=_text(random), email=random.choice(("", "ada@blog.example")))


def _category(random: Random) -> Category:
    return Category(term=_text(random), label=random.choice(("", "Python", "Job")))


def _enclosure(random: Random) -> Enclosure:
    return Enclosure(url=random.choice(ADDRESSES), type=random.choice(TYPES))


_values = st.sampled_from((*WORDS, *ADDRESSES, *LANGUAGES[1:], "py*", "*thon", "*o*", "py thon"))
_periods = st.sampled_from(
    (
        "2018",
        "2017",
        "2018-04",
        "2018-04-25",
        "2018-05-09",
        "2018-04-25T12:00Z",
        "2018-04-25T12:00:00+02:00",
    )
)
_orders = st.sampled_from((":", "<", "<=", ">", ">="))
terms: st.SearchStrategy[Filter] = st.one_of(
    st.builds(Words, st.sampled_from(("", *TEXTS)), _values.filter(lambda text: text.strip())),
    st.builds(Exactly, st.sampled_from(tuple(TEXTS)), st.sampled_from((*WORDS, *ADDRESSES, ""))),
    st.builds(Matches, st.sampled_from(tuple(TEXTS)), st.sampled_from(PATTERNS)),
    st.builds(When, st.sampled_from(tuple(TIMES)), _orders, _periods),
    st.builds(
        Age, st.sampled_from(("<", "<=", ">", ">=")), st.sampled_from(("0h", "1d", "2w", "1y"))
    ),
    st.builds(Has, st.sampled_from(tuple(THINGS))),
    st.builds(Is, st.sampled_from(("hidden", "shown"))),
)
filters: st.SearchStrategy[Filter] = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda one, other: one & other, inner, inner),
        st.builds(lambda one, other: one | other, inner, inner),
    ),
    max_leaves=6,
)
