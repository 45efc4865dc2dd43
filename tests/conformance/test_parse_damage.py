"""Sound feeds, real and made, cut everywhere and damaged ten thousand times: what is kept."""

from __future__ import annotations

import random
import re
import time
import warnings
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

import feedparser
import pytest

from ecliptic.parse import parse
from hostile_documents import mutated, rss
from shared_data import DATA

pytestmark = pytest.mark.slow

MUTANTS: Final = 10_000
COMPARED: Final = 25
"""Of so many mutants one is also read by feedparser, which takes its time."""

SECONDS: Final = 2.0
LARGEST: Final = 16_000
_END: Final = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")


class Sound(NamedTuple):
    """A feed that is well-formed, and how many entries it has."""

    name: str
    document: bytes
    entries: int


def _made() -> dict[str, bytes]:
    """Return one feed of each kind of XML."""
    body = "&lt;p&gt;text {0}&lt;/p&gt;<![CDATA[<b>more & more</b>]]>"
    item = (
        "<item><title>n{0}</title><link>https://a.example/{0}</link><guid>{0}</guid>"
        f"<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate><description>{body}</description></item>"
    )
    entry = (
        "<entry><id>urn:{0}</id><title type='html'>n{0} &amp;amp; so</title>"
        "<link href='https://a.example/{0}'/><updated>2004-01-01T00:00:00Z</updated>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>text <br/> {0}</p>"
        "</div></content></entry>"
    )
    numbers = range(20)
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/"><channel><title>T</title></channel>'
    )
    return {
        "made RSS": rss("".join(item.format(n) for n in numbers)),
        "made RDF": (rdf + "".join(item.format(n) for n in numbers) + "</rdf:RDF>").encode(),
        "made Atom": (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>'
            + "".join(entry.format(n) for n in numbers)
            + "</feed>"
        ).encode(),
    }


@cache
def sound() -> list[Sound]:
    """Return feeds of which every entry ends with its tag, and which are read without a problem."""
    documents = _made()
    for path in sorted((DATA / "feeds").glob("*.xml")) if DATA.is_dir() else ():
        if path.stat().st_size < LARGEST:
            documents[path.name] = path.read_bytes()
    found = []
    for name, document in documents.items():
        feed = parse(document)
        ends = len(_END.findall(document))
        if ends == len(feed.entries) > 1 and not feed.problems:
            found.append(Sound(name, document, ends))
    return found


def test_parse_of_ten_thousand_mutants_keeps_95_percent_of_their_entries(
    tell: Callable[[str], None],
) -> None:
    chance = random.Random(3)
    feeds = sound()
    there = kept = ours = theirs = 0
    for number in range(MUTANTS):
        feed = feeds[number % len(feeds)]
        document = mutated(feed.document, chance)
        started = time.thread_time()
        found = min(len(parse(document).entries), feed.entries)
        assert time.thread_time() - started < SECONDS, document
        there += feed.entries
        kept += found
        if number % COMPARED == 0:
            ours += found
            theirs += min(_entries_for_feedparser(document), feed.entries)
    tell(
        f"{MUTANTS} mutants of {len(feeds)} feeds: {100 * kept / there:.2f} % of {there} entries"
        f" kept; of every {COMPARED}th {ours}, by feedparser {theirs}"
    )
    assert kept > there * 0.95
    assert ours > theirs


def _entries_for_feedparser(document: bytes) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own habits
        try:
            return len(feedparser.parse(document).entries)
        except (ValueError, TypeError, LookupError, AttributeError, AssertionError):
            return 0


@pytest.mark.parametrize("feed", sound()[::5], ids=lambda feed: feed.name)
def test_parse_of_a_feed_cut_at_every_100th_byte_keeps_every_whole_entry(feed: Sound) -> None:
    whole = parse(feed.document).entries
    for cut in range(0, len(feed.document), 100):
        ended = len(_END.findall(feed.document[:cut]))
        found = parse(feed.document[:cut]).entries
        assert [entry.id for entry in found[:ended]] == [entry.id for entry in whole[:ended]]
        assert [entry.title for entry in found[:ended]] == [entry.title for entry in whole[:ended]]


def test_feeds_to_be_damaged_are_there() -> None:
    names = {feed.name for feed in sound()}
    assert {"made RSS", "made RDF", "made Atom"} <= names
    assert not DATA.is_dir() or len(names) > 30


def test_ends_of_entries_when_a_feed_has_prefixes_are_seen() -> None:
    assert len(_END.findall(b"</item></a:entry ></items></entry>")) == 3
