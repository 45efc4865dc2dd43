"""Feeds that become another's, and feeds that only change: complaints of planets' operators.

Numbers are of issues where people complained: of python/planet where nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from ecliptic.flows.releasing import release
from ecliptic.model.rules import EntryRules
from sequences import DAY, HOUR, START, URL, Replay, post, rss

WORDPRESS = "https://wordpress.org/?v=6.4"
TITLES = (
    "Testing Python packages with pytest fixtures",
    "Packaging Python libraries with wheels",
    "Writing Django tests that run fast",
    "Python typing and static analysis",
    "Debugging async Python code in Django",
    "Testing database migrations in Django",
    "Python packages I maintain in spring",
    "Fast Python parsers and typing tricks",
    "Static typing for Django models",
    "Profiling slow Python tests",
    "Async database libraries for Python",
    "Maintaining Python libraries for years",
)
BODY = (
    "<p>This is about the code that we have written for our projects, and how it was made."
    ' See <a href="https://docs.python.example/">the docs</a>.</p>'
)
SPAM = (
    "Situs judi slot gacor terpercaya",
    "Bonus deposit kasino daring terbesar",
    "Daftar agen taruhan bola resmi",
    "Jackpot poker malam minggu menang",
    "Putaran gratis tanpa deposit",
    "Bandar togel hadiah terlengkap",
    "Trik menang roulette terbukti",
)
SPAM_BODY = (
    "<p>Ini adalah situs yang bisa anda dan teman mainkan dengan aman di sini untuk menang."
    ' <a href="https://casino.example/win">Klik</a></p>'
)
ENGLISH_SPAM = (
    "Best casino bonus codes revealed",
    "Gamble smarter: roulette jackpots explained",
    "Free spins without deposits tonight",
    "Poker rooms where everybody wins",
    "Slot machines ranked: biggest payouts",
    "Betting odds bookmakers hide",
)
ENGLISH_SPAM_BODY = SPAM_BODY.replace(
    "Ini adalah situs yang bisa", "This is the place where you and"
)


def written(titles: Sequence[str], last: datetime, *, body: str = BODY, **more: str) -> list[str]:
    """Return posts a week apart, the newest first."""
    count = len(titles)
    return [
        post(
            f"{title[:12]}-{n}".replace(" ", "-"),
            last - n * 7 * DAY,
            title=title,
            body=body,
            **more,
        )
        for n, title in enumerate(titles[:count])
    ]


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    """A blog on Python that was read for ten weeks."""
    with Replay(tmp_path) as running:
        history = written(TITLES, START - HOUR)
        for week in range(9, -1, -1):
            at = START - week * 7 * DAY
            running.read(rss(*history[week : week + 6], generator=WORDPRESS), at)
        yield running


def test_hijacked_when_an_expired_domain_sells_gambling_then_nothing_of_it_is_shown(
    replay: Replay,
) -> None:
    """Expired domains: #316 (a fashion shop), #362, #378, #379; kagisearch/smallweb#858."""
    before, at = replay.shown(), START + 30 * DAY
    spam = [
        post(f"spam{n}", at - n * HOUR, title=title, body=SPAM_BODY) for n, title in enumerate(SPAM)
    ]
    change = replay.read(rss(*spam, generator=WORDPRESS), at)
    assert change.quarantine is not None
    evidence = str(change.quarantine.params["evidence"])
    assert "another language (id, was en)" in evidence
    assert "links to casino.example" in evidence
    assert replay.shown() == before
    assert set(replay.hidden().values()) == {"decide.quarantine"}
    more = post("more", at + HOUR, title="Slot lagi dan lagi", body=SPAM_BODY)
    replay.read(rss(more, *spam, generator=WORDPRESS), at + 2 * HOUR)
    assert replay.shown() == before


def test_hijacked_when_the_spam_is_in_the_same_language_then_it_is_held_too(
    replay: Replay,
) -> None:
    """Spam in the feed of an author: #473; perl.com#437."""
    before, at = replay.shown(), START + 10 * DAY
    spam = [
        post(f"spam{n}", at - n * HOUR, title=title, body=ENGLISH_SPAM_BODY)
        for n, title in enumerate(ENGLISH_SPAM)
    ]
    change = replay.read(rss(*spam, *written(TITLES[:4], START - HOUR), generator=WORDPRESS), at)
    assert change.quarantine is not None
    assert replay.shown() == before


def test_hijacked_when_the_operator_trusts_the_feed_then_it_is_learned(replay: Replay) -> None:
    at = START + 30 * DAY
    spam = [
        post(f"id{n}", at - n * HOUR, title=title, body=SPAM_BODY) for n, title in enumerate(SPAM)
    ]
    assert replay.read(rss(*spam, generator="Hugo 0.12"), at).quarantine is not None
    (told,) = release(replay.site, replay.store, URL, every=False, now=at + HOUR)
    assert (told.released, told.was_in_quarantine) == (len(SPAM), True)
    assert replay.feed.quarantine is None
    again = [
        post(f"next{n}", at + DAY + n * HOUR, title=f"Situs slot {title}", body=SPAM_BODY)
        for n, title in enumerate(SPAM[:6])
    ]
    later = replay.read(rss(*again, generator="Hugo 0.12"), at + 2 * DAY)
    assert later.quarantine is None
    assert {f"Situs slot {title}" for title in SPAM[:6]} <= set(replay.shown())


def test_redesign_when_generator_and_permalinks_are_new_then_it_is_the_same_feed(
    replay: Replay,
) -> None:
    """A redesign floods, and is no hijacking: djangoproject.com#762."""
    at = START + 10 * DAY
    moved = [
        post(
            f"new-{n}",
            START - n * 7 * DAY,
            title=title,
            body=BODY,
            link=f"https://blog.example/posts/{n}/",
        )
        for n, title in enumerate(TITLES)
    ]
    fresh = post("fresh", at - HOUR, title="A new home, and some cake", body=BODY)
    change = replay.read(rss(fresh, *moved, generator="Hugo 0.121.1"), at)
    assert change.quarantine is None
    assert replay.shown()[0] == "A new home, and some cake"


def test_move_when_the_ids_are_kept_then_the_new_host_is_the_author_s(replay: Replay) -> None:
    """A blog goes to another host and program, and writes of something else at once."""
    at = START + 10 * DAY
    old = [
        post(
            f"{title[:12]}-{n}".replace(" ", "-"), START - HOUR - n * 7 * DAY, title=title,
            body=BODY, link=f"https://new.example/{n}",
        )
        for n, title in enumerate(TITLES[:6])
    ]  # fmt: skip
    fresh = [
        post(f"fresh{n}", at - n * HOUR, title=title, body=BODY, link=f"https://new.example/f{n}")
        for n, title in enumerate(("Sunflowers above grandmother's kitchen", "Hello Ghost"))
    ]
    change = replay.read(rss(*fresh, *old, generator="Ghost 5.79"), at)
    assert change.quarantine is None
    assert "Hello Ghost" in replay.shown()


def test_languages_when_an_author_writes_in_two_then_both_are_shown(replay: Replay) -> None:
    """Other-language posts are the planet's business, not a hijacking: #401, #473."""
    at = START + 7 * DAY
    german = post(
        "deutsch", at - HOUR, title="Frühling in Heidelberg, zwischen Neckar und Schloss",
        body="<p>Das ist nicht der Text, den sie von mir auf dieser Seite mit dem Blog und so"
        " erwarten.</p>",
    )  # fmt: skip
    change = replay.read(rss(german, *written(TITLES[:6], START - HOUR), generator=WORDPRESS), at)
    assert change.quarantine is None
    assert replay.hidden() == {}


def test_holiday_when_one_post_is_of_something_else_then_it_is_shown(replay: Replay) -> None:
    at = START + 7 * DAY
    holiday = post(
        "holiday", at - HOUR, title="Sunrise over snowy mountains: photographs from Norway",
        body='<p>We were on <a href="https://photos.example/">a ship</a> and it was cold.</p>',
    )  # fmt: skip
    change = replay.read(rss(holiday, *written(TITLES[:6], START - HOUR), generator=WORDPRESS), at)
    assert change.quarantine is None
    assert replay.shown()[0].startswith("Sunrise")


def test_character_when_a_feed_is_young_then_nothing_can_be_strange(tmp_path: Path) -> None:
    with Replay(tmp_path) as replay:
        replay.read(rss(*written(TITLES[:4], START), generator=WORDPRESS), START)
        spam = [
            post(f"spam{n}", START + DAY, title=title, body=SPAM_BODY)
            for n, title in enumerate(SPAM)
        ]
        assert replay.read(rss(*spam), START + 2 * DAY).quarantine is None


def test_character_when_the_watch_is_off_then_nothing_is_held(replay: Replay) -> None:
    replay.with_rules(EntryRules(quarantine=False, flood_items=0))
    at = START + 30 * DAY
    spam = [
        post(f"spam{n}", at - n * HOUR, title=title, body=SPAM_BODY) for n, title in enumerate(SPAM)
    ]
    replay.read(rss(*spam), at)
    assert replay.shown()[: len(SPAM)] == list(SPAM)


def test_character_when_nothing_new_came_then_nothing_is_written(replay: Replay) -> None:
    document = rss(*written(TITLES[:6], START - HOUR), generator="Hugo 1")
    assert replay.read(document, START + DAY).character is None


def test_character_when_a_feed_is_read_for_years_then_it_stays_small(tmp_path: Path) -> None:
    with Replay(tmp_path) as replay:
        for week in range(120):
            title = " ".join(f"word{week}x{n}ness" for n in range(8))
            body = f'<a href="https://site{week}.example/">x</a>'
            at = START + week * 7 * DAY
            replay.read(rss(post(f"p{week}", at, title=title, body=body)), at)
        character = replay.store.character(replay.feed.id)
    assert character.entries == 120
    assert len(character.words) <= 192
    assert len(character.linked) <= 32
