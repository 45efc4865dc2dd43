"""A state that an older Ecliptic wrote, read by this one for the first time.

Nothing of what was decided since may fall upon the entries that were there before.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ecliptic.testing import FeedServer
from planets import Planet, ecliptic
from upgrades import SETTINGS, documents, write

NEXT_DAY = "2018-04-26T01:47:00Z"
DAY_AFTER = "2018-04-27T01:47:00Z"
HELD_BEFORE = 15
COPIES = 6


def serve(server: FeedServer, *, more: int) -> list[str]:
    return [server.add(path, body) for path, body in documents(more=more).items()]


def upgraded(folder: Path, server: FeedServer, *, archive: int = 0, **settings: object) -> Planet:
    urls = serve(server, more=0)
    folder.mkdir(exist_ok=True)
    planet = Planet(folder, urls, **{**SETTINGS, **settings})
    write(planet.state, urls[0].rpartition("/")[0], archive=archive)
    return planet


def stored(planet: Planet) -> dict[str, tuple[Any, ...]]:
    """Return where entries stand and why they are hidden, by uid."""
    with closing(sqlite3.connect(planet.state)) as connection:
        found = connection.execute(
            "SELECT uid, shown_at, first_seen_at, json_extract(hidden, '$.code') FROM entry"
        ).fetchall()
    return {uid: tuple(rest) for uid, *rest in found}


def codes(planet: Planet) -> dict[str, str]:
    """Return why entries are hidden, by uid."""
    return {uid: code for uid, (*_, code) in stored(planet).items()}


def hidden_now(planet: Planet, before: dict[str, tuple[Any, ...]]) -> list[str]:
    """Return why entries are hidden that were not."""
    after = stored(planet)
    return sorted(after[uid][2] for uid in before if after[uid][2] != before[uid][2])


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"removed": "hide", "filter": "not title:nothing", "future_dates": "never"},
        {"bump_on_update": True, "flood_items": 1},
    ],
    ids=["as usual", "strict", "loose"],
)
def test_upgrade_when_the_feeds_are_read_again_then_only_what_is_new_is_new(
    tmp_path: Path, server: FeedServer, settings: dict[str, Any]
) -> None:
    planet = upgraded(tmp_path, server, **settings)
    before = stored(planet)
    serve(server, more=1)
    summary = planet.build("--all", now=NEXT_DAY)
    assert (summary["entries"]["new"], summary["entries"]["changed"]) == (10, 0)
    assert summary["alarms"] == []
    after = stored(planet)
    assert before.keys() <= after.keys()
    assert [uid for uid in before if before[uid][:2] != after[uid][:2]] == []
    assert hidden_now(planet, before) == ["decide.duplicate"] * COPIES
    new = [after[uid] for uid in after.keys() - before.keys()]
    waiting = "never" if settings.get("future_dates") else "later"
    assert sorted(code or "" for *_, code in new) == [
        *[""] * 8,
        f"decide.dated_{waiting}",
        "decide.duplicate",
    ]
    files = planet.files()
    again = planet.build("--all", now=DAY_AFTER)
    assert again["entries"]["new"] == again["entries"]["changed"] == again["entries"]["hidden"] == 0
    assert planet.files() == files


def test_upgrade_when_only_the_settings_are_asked_then_hidden_stays_hidden_and_says_why(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = upgraded(tmp_path, server)
    before = stored(planet)
    planet.run("publish", now=NEXT_DAY)
    assert hidden_now(planet, before) == ["decide.duplicate"] * COPIES
    config = planet.option
    listed = json.loads(ecliptic("entries", "list", "--hidden", "--json", *config).stdout)
    assert len(listed) == HELD_BEFORE + COPIES
    assert [entry["why"] for entry in listed if "?" in entry["why"]] == []
    (held, *_) = [entry for entry in listed if entry["code"] == "decide.back_catalogue"]
    assert "(new_feed_items)" in held["why"]
    said = ecliptic("why", "tag:soon.example,2018:6", *config).stdout
    assert "still to come then: it stands where it was first seen" in said
    assert "waits" not in said
    released = ecliptic("feeds", "release", "large", "--all", *config)
    assert released.returncode == 0, released.stderr
    assert "decide.back_catalogue" not in {code for *_, code in stored(planet).values()}


def test_upgrade_when_there_are_thousands_of_entries_then_all_stay_as_they_are(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = upgraded(tmp_path, server, archive=50)
    before = stored(planet)
    assert len(before) > 6_000
    serve(server, more=2)
    summary = planet.build("--all", now=NEXT_DAY)
    assert (summary["entries"]["new"], summary["entries"]["changed"]) == (20, 0)
    assert set(hidden_now(planet, before)) == {"decide.duplicate"}
    assert len(hidden_now(planet, before)) == COPIES * 51
    files = planet.files()
    again = planet.build("--all", now=DAY_AFTER)
    assert again["entries"]["hidden"] == 0
    assert planet.files() == files


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_upgrade_when_runs_are_killed_while_they_judge_and_fold_then_the_next_ends_the_same(
    tmp_path: Path, server: FeedServer
) -> None:
    settings = {"filter": 'not title:~"[37]"', "duplicates": "exact"}
    undisturbed = upgraded(tmp_path / "whole", server, archive=30, **settings)
    killed = upgraded(tmp_path / "killed", server, archive=30)
    urls = serve(server, more=2)
    chance = random.Random(2018)
    for attempt in range(10):
        killed.settings.update(settings if attempt % 2 else {"filter": "", "duplicates": "off"})
        killed.subscribe(urls)
        run = killed.start(now=NEXT_DAY)
        time.sleep(chance.uniform(0.2, 2.0))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    undisturbed.build("--all", now=NEXT_DAY)
    killed.settings.update(settings)
    killed.subscribe(urls)
    killed.build("--all", now=NEXT_DAY)
    assert codes(killed) == codes(undisturbed)
    assert killed.read("feed.json") == undisturbed.read("feed.json")
    files = killed.files()
    killed.build("--all", now=DAY_AFTER)
    assert killed.files() == files
