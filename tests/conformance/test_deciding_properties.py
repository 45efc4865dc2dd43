"""Anything that can happen to a planet in any order: what must hold of it at every moment."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.decide import Sieves
from ecliptic.errors import UsageError
from ecliptic.filters import matches
from ecliptic.filters import read as read_filter
from ecliptic.flows.curating import hide, merge, take_apart, unhide
from ecliptic.flows.duplicates import fold
from ecliptic.flows.job import Refined, job_of
from ecliptic.flows.refine import refine
from ecliptic.flows.refresh import pace_of
from ecliptic.flows.releasing import release
from ecliptic.flows.settling import settle
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry
from ecliptic.model.naming import facts_of
from ecliptic.model.outcome import Fetched
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import Site, Subscription
from ecliptic.store import open_store
from sequences import DAY, HOUR, START, post, rss

URLS = tuple(f"https://{name}.example/feed" for name in ("ann", "bert", "planet"))
FILTERS = ("", "not title:seven", "feed:ann or feed:bert", "not title:two")
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
STEPS = 25


class World:
    """A planet of three feeds, of which one carries the posts of the others."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.site = Site(name="Planet")
        self.now = START
        self.store = open_store(folder / "planet.sqlite")
        self.told: list[str] = []
        self.posts: dict[str, list[str]] = {url: [] for url in URLS}
        self.subscribe(URLS)

    def subscribe(self, urls: tuple[str, ...]) -> None:
        self.site = replace(self.site, subscriptions=tuple(Subscription(url=url) for url in urls))

    def entries(self) -> list[Entry]:
        return [entry for feed in self.store.feeds() for entry in self.store.all_of(feed.id)]

    def step(self) -> None:
        """Let something happen, then run."""
        self.now += self.chance.choice((HOUR, 6 * HOUR, DAY, 3 * DAY, 40 * DAY))
        what = self.chance.choice((*[self.write] * 5, self.rule, self.rule, self.set, self.list))
        self.told.append(f"{self.now:%m-%d %H} {what.__name__}")
        what()
        self.run()

    def write(self) -> None:
        """Let authors write, edit, date anew and take out."""
        for url in URLS[:2]:
            posts = self.posts[url]
            for _ in range(self.chance.choice((0, 1, 1, 4, 15))):
                posts.insert(0, self.post(url, len(posts) + self.chance.randrange(1000)))
            if posts and self.chance.random() < 0.3:
                posts.pop(self.chance.randrange(len(posts)))
        self.posts[URLS[2]] = [p for url in URLS[:2] for p in self.posts[url][:5]]
        if self.chance.random() < 0.1:
            self.posts[URLS[0]] = [p.replace("ann-", "ann-anew-") for p in self.posts[URLS[0]]]

    def post(self, url: str, number: int) -> str:
        name = url.split("/")[2].split(".", maxsplit=1)[0]
        ahead = self.chance.choice((0, 0, 0, -3, 0.5, 2, 30)) * DAY
        title = f"{name} {self.chance.choice(NUMBERS)} {number}"
        link = f"https://{name}.example/{number}"
        date = None if self.chance.random() < 0.1 else self.now + ahead
        return post(f"{name}-{number}", date, link=link, title=title)

    def rule(self) -> None:
        """Let the operator say something of an entry or a feed."""
        entries = self.entries()
        if len(entries) < 2:
            return
        one, other = self.chance.sample(entries, 2)
        try:
            match self.chance.randrange(6):
                case 0:
                    hide(self.store, one.uid, why="", now=self.now)
                case 1:
                    unhide(self.store, one.uid, now=self.now)
                case 2:
                    merge(self.store, one.uid, other.uid, now=self.now)
                case 3:
                    merged = [e for e in entries if e.hidden and e.hidden.code == "decide.merged"]
                    for entry in merged:
                        take_apart(self.store, entry.uid, now=self.now)
                case _:
                    every = self.chance.random() < 0.3
                    release(self.site, self.store, "", every=every, now=self.now)
        except UsageError as error:
            if error.code not in {"entries.merged", "entries.same"}:
                raise

    def set(self) -> None:
        """Let the operator change the settings."""
        choice = self.chance.choice
        self.site = replace(
            self.site,
            filter=choice(FILTERS),
            duplicates=choice(("exact", "exact", "off")),
            rules=EntryRules(
                flood_items=choice((0, 3, 10)),
                future_dates=choice(("wait", "now", "never")),
                bump_on_update=choice((False, False, True)),
                removed=choice(("keep", "hide")),
                quarantine=choice((True, False)),
            ),
        )

    def list(self) -> None:
        """Let the operator subscribe to some feeds only, in some order."""
        self.subscribe(tuple(self.chance.sample(URLS, self.chance.choice((2, 3, 3)))))

    def run(self) -> None:
        """Refresh and settle as a run does."""
        self.store.subscribe(self.site.subscriptions)
        feeds = settle(self.site, self.store, self.now)
        for feed in feeds:
            document = rss(*self.posts[feed.url], *("" for _ in range(self.chance.randrange(2))))
            job = job_of(
                self.site,
                feed,
                Fetched(url=feed.url, body=document.encode(), content_type="text/xml"),
                pace=pace_of(feeds, self.site.fetch),
                now=self.now,
                rules=self.site.rules,
                filters=Sieves(self.site).of(feed.url),
            )
            refined = refine(job, self.store)
            assert isinstance(refined, Refined)
            self.store.apply(refined.change)
        self.end()

    def end(self) -> None:
        settle(self.site, self.store, self.now)
        fold(self.site, self.store, now=self.now)


@pytest.fixture(params=range(10))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, request.param)
    yield made
    made.store.close()


def faults(world: World) -> Iterator[str]:
    """Yield what must not be."""
    kept = world.entries()
    shown = {entry.uid for entry in kept if entry.hidden is None}
    for feed in world.store.feeds():
        own = [entry for entry in kept if entry.feed_id == feed.id]
        if feed.entries != len(own):
            yield f"{feed.url} counts {feed.entries} of {len(own)}"
        if dict(feed.hidden) != Counter(entry.hidden.code for entry in own if entry.hidden):
            yield f"{feed.url} counts {feed.hidden}"
        facts = facts_of(feed)
        for entry in own:
            taken = not world.site.filter or matches(
                read_filter(world.site.filter), entry, facts, now=world.now
            )
            found = _shown(world, entry) if entry.hidden is None else _hidden(entry, shown)
            yield from (f"{entry.title} {fault}" for fault in found)
            is_filtered = entry.hidden is not None and entry.hidden.code == "decide.filtered"
            is_free = entry.hidden is None and not entry.ruling
            if (is_filtered and taken) or (is_free and not taken):
                yield f"{entry.title} stands otherwise than its filter says"


def _shown(world: World, entry: Entry) -> Iterator[str]:
    if entry.shown_at > world.now:
        yield f"stands ahead: {entry.shown_at}"
    if entry.ruling == "hide":
        yield "is hidden by hand, and shown"


def _hidden(entry: Entry, shown: set[str]) -> Iterator[str]:
    assert entry.hidden is not None
    code, params = entry.hidden.code, entry.hidden.params
    if "?" in words(code, params):
        yield words(code, params)
    if entry.ruling == "show":
        yield f"is shown by hand, and hidden: {code}"
    if code == "decide.duplicate" and params["shown"] not in shown:
        yield "is a copy of what is not shown"


def test_planet_when_anything_happens_then_all_that_is_promised_holds(world: World) -> None:
    seen: set[str] = set()
    for _ in range(STEPS):
        world.step()
        assert list(faults(world)) == [], world.told[-3:]
        uids = {entry.uid for entry in world.entries()}
        if len(world.site.subscriptions) == len(URLS):
            assert seen <= uids
            seen = uids


def test_planet_when_nothing_happens_then_nothing_is_decided(world: World) -> None:
    for _ in range(STEPS):
        world.step()
    for _ in range(3):  # what was taken out is believed at the second look
        world.run()
    revision = world.store.revision()
    for _ in range(3):
        world.run()
    assert world.store.revision() == revision
