"""The corpus: generated feeds, the same bytes for the same seed on every machine.

RSS 2.0 61 %, Atom 31 %, RDF 6 %, JSON Feed 2 %; 2 % of the XML is ill-formed.
Feed ``index`` depends on the seed and the index alone, so a larger corpus
begins with the smaller one.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

import msgspec
from bench.formats import WRITERS, Feed, Post, damage
from bench.markup import body
from bench.prose import Voice

NEWEST = datetime(2026, 1, 31, 20, tzinfo=UTC)
SHARED_HOSTS = 12
FORMATS = {"rss20": 61, "atom10": 31, "rss10": 6, "json11": 2}


class Document(msgspec.Struct, frozen=True):
    """What the server answers: the bytes and their validators."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str


class Corpus(msgspec.Struct, frozen=True):
    """A number of feeds and the seed that they grow from."""

    feeds: int = 1_000
    entries: int = 30
    seed: int = 1
    changed_share: float = 0.05
    hosts: int = 0
    """So many hosts share all feeds evenly; 0: most feeds have their own."""

    def host(self, index: int) -> str:
        """Return the loopback host of a feed."""
        return shared_host(index % self.hosts) if self.hosts else host(index)

    def path(self, index: int) -> str:
        """Return the path of a feed's address; no two feeds share one."""
        return f"/blog/{index}/feed"

    def address(self, index: int, port: int) -> str:
        """Return the full address of a feed."""
        return f"http://{self.host(index)}:{port}{self.path(index)}"

    def addresses(self, port: int) -> list[str]:
        """Return the addresses of all feeds."""
        return [self.address(index, port) for index in range(self.feeds)]

    def news(self, index: int) -> int:
        """Return how many new entries a feed has in the changed run; 0 for most."""
        random = Random(f"{self.seed} news {index}")
        return random.randint(1, 3) if random.random() < self.changed_share else 0

    def all_news(self) -> int:
        """Return how many new entries the changed run brings in all."""
        return sum(self.news(index) for index in range(self.feeds))

    def document(self, index: int, news: int = 0) -> Document:
        """Return feed ``index`` as it stands with ``news`` entries added on top."""
        feed = self.feed(index, news)
        content_type, write = WRITERS[feed.format]
        text = write(feed)
        if feed.format != "json11" and index % 50 == 7:
            text = damage(text, index // 50)
        data = text.encode()
        return Document(
            body=data,
            content_type=content_type,
            etag=f'"{hashlib.sha256(data).hexdigest()[:16]}"',
            last_modified=format_datetime(feed.posts[0].published, usegmt=True),
        )

    def feed(self, index: int, news: int = 0) -> Feed:
        """Return the contents of feed ``index``; the oldest entries make room for the news."""
        random = Random(f"{self.seed} feed {index}")
        voice = Voice(random, self.seed)
        kind = random.choices(list(FORMATS), list(FORMATS.values()))[0]
        title = voice.title()
        length = int(min(6_000, max(120, random.lognormvariate(6.0, 0.6))))
        newest = NEWEST - timedelta(minutes=random.randrange(60 * 24 * 20))
        step = timedelta(minutes=random.randrange(90, 60 * 24 * 4))
        posts = [
            _post(voice, number, newest - step * (self.entries - number), length)
            for number in range(self.entries + news)
        ]
        return Feed(
            index=index,
            host=self.host(index),
            format=kind,
            language=voice.code,
            title=title,
            posts=tuple(reversed(posts[-self.entries :])),
        )


def shared_host(number: int) -> str:
    """Return one of the hosts that share all feeds."""
    return f"127.20.{number // 250}.{number % 250 + 1}"


def host(index: int) -> str:
    """Return a loopback host: seven feeds of ten have their own, the others share twelve."""
    if index % 10 < 7:
        return f"127.{10 + index // 62_500}.{index // 250 % 250}.{index % 250 + 1}"
    return f"127.9.0.{index // 10 % SHARED_HOSTS + 1}"


def _post(voice: Voice, number: int, published: datetime, length: int) -> Post:
    wanted = int(length * voice.random.uniform(0.3, 1.7))
    return Post(
        number=number,
        title=voice.title(),
        html=body(voice, wanted),
        author=voice.random.choice(("Ada Quist", "Bo Lindqvist", "C. Okafor", "Dana Reyes")),
        tag=voice.random.choice(("python", "astronomy", "release", "notes")),
        published=published,
    )
