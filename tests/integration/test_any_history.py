"""Whatever happens to a planet, its site is the one that its state would give from nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ecliptic.engine import Planet
from publishing import contents

STEPS = 20
TAGS = ("python", "Open Source", "open-source", "naïve", "日本", "a/b", "x" * 90, "jobs")
AUTHORS = ("Ann", "ann ", "Bob Ö", "كاتب", "<b>")
LANGUAGES = ("en", "ar", "ja", "")
SETTINGS: dict[str, list[object]] = {
    "archive": [True, True, False],
    "browse": [["tags", "authors", "languages"], ["tags"], []],
    "browse_least": [1, 2],
    "days_per_page": [0, 3],
    "duplicates": ["exact", "off"],
    "entry_index": [False, True],
    "entry_pages": ["off", "excerpt", "full"],
    "excerpt": [0, 40],
    "feed_items": [0, 2],
    "filter": ["", "body:lorem", "title:post"],
    "items_per_page": [60, 5, 0],
    "language": ["en", "de", "ar"],
    "link": ["https://planet.example/", "https://moved.example/planet/"],
    "name": ["Planet Test", "Another name"],
    "removed": ["keep", "hide"],
    "search": [True, False],
    "theme": ["default", "classic", "cards"],
    "timezone": ["UTC", "Asia/Tokyo"],
}
OF_FEEDS: dict[str, list[object]] = {
    "excerpt": [0, 30],
    "hidden": [True],
    "name": ["Own name", "Same"],
    "paused": [True],
}
CHANNELS = ("tag:python", "author:ann", "lang:ar", "body:lorem")


class Post:
    """An entry, as its author has it."""

    def __init__(self, number: int, chance: Random, now: datetime) -> None:
        minutes = chance.choice([5, 600, 30_000, 900_000]) * chance.random()
        self.id = f"p{number}"
        self.title = chance.choice([f"Post {number}", f"Über {number}", "", "<i>"])
        self.link = chance.choice([f"https://b.example/{number}"] * 4 + [""])
        self.time = now - timedelta(minutes=minutes)
        self.body = (
            f"<p>Body {number} {'lorem ipsum ' * chance.randrange(60)}</p><img src='/i.png'>"
        )
        self.author = chance.choice(AUTHORS)
        self.language = chance.choice(LANGUAGES)
        self.tags = chance.sample(TAGS, chance.randrange(4))
        self.is_there = True

    def item(self) -> str:
        """Return the RSS item."""
        told = {"title": self.title, "link": self.link, "description": self.body}
        told |= {"dc:creator": self.author, "dc:language": self.language}
        told["pubDate"] = format_datetime(self.time)
        parts = [f"<{name}>{escape(text)}</{name}>" for name, text in told.items() if text]
        parts += [f"<category>{escape(tag)}</category>" for tag in self.tags]
        return f"<item><guid isPermaLink='false'>{self.id}</guid>{''.join(parts)}</item>"


class Feed:
    """A file with posts, and how the planet subscribes to it."""

    def __init__(self, number: int, folder: Path) -> None:
        self.path = folder / f"feed{number}.xml"
        self.title = f"Feed {number}"
        self.link = f"https://b{number}.example/"
        self.posts: list[Post] = []
        self.is_listed = True
        self.settings: dict[str, object] = {}

    def write(self) -> None:
        """Publish the posts that are there."""
        items = "".join(post.item() for post in self.posts if post.is_there)
        self.path.write_text(
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
            f"<title>{escape(self.title)}</title><link>{self.link}</link>{items}</channel></rss>",
            "utf-8",
        )


class World:
    """Feeds, settings and a clock, to which anything may happen."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = Random(seed)
        self.now = datetime(2018, 4, 25, 12, tzinfo=UTC)
        self.feeds = [Feed(number, folder) for number in range(4)]
        self.settings: dict[str, object] = {"name": "Planet Test", "flood_items": 0}
        self.channels: list[str] = []
        self.count = 0
        self.history: list[str] = []
        for _ in range(12):
            self.publish()

    def publish(self) -> None:
        self.count += 1
        post = Post(self.count, self.chance, self.now)
        self.chance.choice(self.feeds).posts.append(post)

    def copy(self) -> None:
        """Have another feed carry a post."""
        self.count += 1
        copied = Post(self.count, self.chance, self.now)
        copied.link = self.post().link
        self.chance.choice(self.feeds).posts.append(copied)

    def post(self) -> Post:
        return self.chance.choice([post for feed in self.feeds for post in feed.posts])

    def edit(self) -> None:
        post = self.post()
        post.title += "!"
        post.tags = self.chance.sample(TAGS, self.chance.randrange(4))

    def redate(self) -> None:
        self.post().time = self.now - timedelta(hours=self.chance.randrange(2_000))

    def remove(self) -> None:
        post = self.post()
        post.is_there = not post.is_there

    def rename(self) -> None:
        feed = self.chance.choice(self.feeds)
        feed.title = self.chance.choice(["Same", "Neu & <x>", "", feed.title + "!"])
        feed.link = self.chance.choice([feed.link, "https://new.example/"])

    def subscribe(self) -> None:
        feed = self.chance.choice(self.feeds)
        name = self.chance.choice(list(OF_FEEDS))
        if feed.settings.pop(name, None) is None:
            feed.settings[name] = self.chance.choice(OF_FEEDS[name])

    def unsubscribe(self) -> None:
        feed = self.chance.choice(self.feeds[1:])
        feed.is_listed = not feed.is_listed

    def set(self) -> None:
        name = self.chance.choice(list(SETTINGS))
        self.settings[name] = self.chance.choice(SETTINGS[name])
        self.history.append(f"{name} = {self.settings[name]}")

    def channel(self) -> None:
        self.channels = self.chance.sample(CHANNELS, self.chance.randrange(3))

    def go_on(self) -> None:
        """Let something happen, and time pass; write what the planet reads."""
        doings: list[Callable[[], None]] = [
            self.publish, self.publish, self.copy, self.edit, self.redate, self.remove,
            self.rename, self.subscribe, self.unsubscribe, self.set, self.set, self.channel,
        ]  # fmt: skip
        for _ in range(self.chance.choice([1, 1, 2, 4])):
            doing = self.chance.choice(doings)
            self.history.append(doing.__name__)
            doing()
        self.now += timedelta(minutes=self.chance.choice([1, 600, 3_000]))
        for feed in self.feeds:
            feed.write()
        lines = ["[planet]", *_lines(self.settings)]
        for feed in self.feeds:
            if feed.is_listed:
                lines += ["[[feed]]", f'url = "file:{feed.path}"', *_lines(feed.settings)]
        for number, asked in enumerate(self.channels):
            channel = {"path": f"channel{number}", "name": asked, "filter": asked}
            lines += ["[[page]]", *_lines(channel)]
        (self.folder / "planet.toml").write_text("\n".join(lines) + "\n", "utf-8")

    def planet(self, **options: Any) -> Planet:
        return Planet.open(self.folder / "planet.toml", now=self.now, jobs=1, **options)


def _lines(settings: Mapping[str, object]) -> list[str]:
    return [f"{name} = {json.dumps(value)}" for name, value in settings.items()]


def from_nothing(world: World, folder: Path) -> dict[str, bytes]:
    """Publish a copy of the state into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    state = folder / "planet.sqlite"
    with sqlite3.connect(world.folder / "planet.sqlite") as stored, sqlite3.connect(state) as copy:
        stored.backup(copy)
    stored.close()
    copy.close()
    world.planet(state=state, output=folder / "site", offline=True).publish()
    return contents(folder / "site")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 6, 7, 9])
def test_site_when_anything_happens_is_the_one_that_would_be_made_from_nothing(
    tmp_path: Path, seed: int
) -> None:
    world = World(tmp_path, seed)
    for _ in range(STEPS):
        world.go_on()
        world.planet(every=True).build()
        expected, found = from_nothing(world, tmp_path / "anew"), contents(tmp_path / "site")
        wrong = [
            path
            for path in sorted(expected.keys() | found.keys())
            if expected.get(path) != found.get(path)
        ]
        assert wrong == [], world.history[-8:]
