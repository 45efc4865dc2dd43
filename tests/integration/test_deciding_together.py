"""Rules that meet in one entry, through the commands: what ends leaves what else holds."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import BUILT_AT, Planet, ecliptic, item, posts, rss
from plugging import install, on_path

DAY = timedelta(days=1)
BUILT = datetime.fromisoformat(BUILT_AT)
SOON = item(1, "Job soon", BUILT + 3 * DAY)
NEW, OLD = item(2, "New", BUILT), item(3, "Old", BUILT - 3 * DAY)
NO_TWELVE = """
from ecliptic.plugins import Dropped

def keep(entry, feed):
    return Dropped(reason="twelve") if entry.title.value.startswith("Post 12") else entry

def register_filters():
    return [keep]
"""


def after(days: float) -> str:
    return (BUILT + days * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")


def blog(server: FeedServer, *items: str, name: str = "A") -> str:
    link = "https://blog.example/" if name == "A" else "https://other.example/"
    return server.add(f"/{name}.xml", rss(name, link, items))


def say(planet: Planet, *arguments: str, days: float = 0) -> str:
    now = ("--now", after(days)) if days else ()
    done = ecliptic(*arguments, *planet.option, *now)
    assert done.returncode == 0, done.stderr
    return done.stdout


def hidden(planet: Planet) -> dict[str, str]:
    found = say(planet, "entries", "list", "--hidden", "--limit", "0", "--json")
    return {entry["title"]: entry["code"] for entry in json.loads(found)}


def shown(planet: Planet) -> list[str]:
    return [entry["title"] for entry in json.loads(planet.read("feed.json"))["items"]]


def publish(planet: Planet, days: float) -> None:
    done = planet.run("publish", now=after(days))
    assert done.returncode == 0, done.stderr


def test_release_when_a_filter_would_hide_what_is_held_then_it_does(
    tmp_path: Path, server: FeedServer
) -> None:
    first = blog(server, *posts(1, 2))
    second = blog(server, *posts(100, 30), name="B")
    planet = Planet(tmp_path, [first], filter='not title:~"Post 12[0-9]"', items_per_page=100)
    planet.build()
    planet.subscribe([first, second])
    planet.build(now=after(1))
    assert hidden(planet)["Post 125"] == "decide.back_catalogue"
    say(planet, "feeds", "release", "--all", days=1)
    say(planet, "feeds", "release", "--all", days=1)
    publish(planet, 1)
    assert hidden(planet) == {f"Post {number}": "decide.filtered" for number in range(120, 130)}
    assert len(shown(planet)) == 22


@pytest.mark.parametrize("command", ["refresh", "build", "publish"])
def test_waiting_when_a_filter_hides_it_then_it_does_so_when_its_time_comes(
    tmp_path: Path, server: FeedServer, command: str
) -> None:
    planet = Planet(tmp_path, [blog(server, SOON, OLD)], filter="not title:job")
    planet.build()
    assert hidden(planet) == {"Job soon": "decide.dated_later"}
    blog(server, SOON, OLD, NEW)
    planet.run(command, *(() if command == "publish" else ("--all",)), now=after(4))
    if command == "refresh":
        publish(planet, 4)
    assert hidden(planet) == {"Job soon": "decide.filtered"}
    assert "Job soon" not in shown(planet)


def test_waiting_when_all_are_due_at_once_then_the_page_is_not_flooded(
    tmp_path: Path, server: FeedServer
) -> None:
    coming = posts(100, 40, start=BUILT + 4 * DAY)
    planet = Planet(tmp_path, [blog(server, *posts(1, 3))], items_per_page=100)
    planet.build()
    blog(server, *coming, *posts(1, 3))
    planet.build("--all", now=after(1))
    assert set(hidden(planet).values()) == {"decide.dated_later"}
    blog(server, *coming, *posts(1, 2))
    planet.build("--all", now=after(10))
    assert len(shown(planet)) == 13
    assert "Post 100" in shown(planet)  # the newest of them
    assert "their time came, and only the newest 10" in say(planet, "why", "post-139-of-Post 139")


def test_waiting_when_its_author_takes_it_out_then_it_never_shows(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [blog(server, NEW, SOON, OLD)], removed="hide")
    planet.build()
    for days in (0.5, 1, 1.5):
        blog(server, NEW, OLD, " " * int(10 * days))
        planet.build("--all", now=after(days))
    assert hidden(planet) == {"Job soon": "decide.dated_later"}
    planet.build(now=after(7))
    assert hidden(planet) == {"Job soon": "decide.removed"}
    assert shown(planet) == ["New", "Old"]
    blog(server, NEW, SOON, OLD)
    planet.build("--all", now=after(8))
    assert hidden(planet) == {}


def test_future_dates_when_the_setting_changes_then_it_acts_at_the_next_run(
    tmp_path: Path, server: FeedServer
) -> None:
    later = item(1, "Much later", BUILT + 9 * DAY)
    url = blog(server, NEW, later, OLD)
    planet = Planet(tmp_path, [url], future_dates="never")
    planet.build()
    assert hidden(planet) == {"Much later": "decide.dated_never"}
    changes = ("wait", "decide.dated_later"), ("never", "decide.dated_never")
    for days, (setting, code) in enumerate(changes, 1):
        planet.settings["future_dates"] = setting
        planet.subscribe([url])
        publish(planet, days)
        assert hidden(planet) == {"Much later": code}
    planet.settings["future_dates"] = "now"
    planet.subscribe([url])
    publish(planet, 3)
    assert (hidden(planet), shown(planet)) == ({}, ["Much later", "New", "Old"])
    files = planet.files()
    publish(planet, 4)
    assert planet.files() == files


def test_plugin_when_it_drops_what_is_held_then_release_does_not_show_it(
    tmp_path: Path, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(on_path(monkeypatch, tmp_path / "site-packages"), "twelve", NO_TWELVE)
    first, second = blog(server, *posts(1, 2)), blog(server, *posts(100, 30), name="B")
    planet = Planet(tmp_path, [first], plugins=["twelve"], items_per_page=100)
    planet.build()
    planet.subscribe([first, second])
    planet.build(now=after(1))
    say(planet, "feeds", "release", "--all", days=1)
    say(planet, "feeds", "release", "--all", days=1)
    assert set(hidden(planet).values()) == {"plugins.filtered"}
    assert len(hidden(planet)) == 10


def test_copies_when_the_original_is_hidden_shown_and_unsubscribed_then_one_is_always_shown(
    tmp_path: Path, server: FeedServer
) -> None:
    post = item(1, "The post", BUILT - DAY)
    other = post.replace("isPermaLink='false'>", "isPermaLink='false'>other-")
    feeds = [blog(server, other, name="B"), blog(server, post)]
    planet = Planet(tmp_path, feeds)
    planet.build()
    for days, what in enumerate(("hide", "unhide", "hide", "unhide"), 1):
        say(planet, "entries", what, "post-1-of-The post", days=days)
        publish(planet, days)
        assert shown(planet) == ["The post"]
        ids = [entry["id"] for entry in json.loads(planet.read("feed.json"))["items"]]
        assert ids == (["other-post-1-of-The post"] if what == "hide" else ["post-1-of-The post"])
    for days, some in enumerate((feeds[:1], feeds[1:], feeds[::-1], feeds), 5):
        planet.subscribe(some)
        planet.build(now=after(days))
        assert shown(planet) == ["The post"]
    assert list(hidden(planet).values()) == ["decide.duplicate"]
    files = planet.files()
    planet.build("--all", now=after(9))
    assert planet.files() == files


def test_split_when_the_merged_entry_waited_and_its_id_is_used_then_it_stands_at_now(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [blog(server, NEW, SOON, OLD)])
    planet.build()
    say(planet, "entries", "merge", "post-3-of-Old", "post-1-of-Job soon", days=0.1)
    assert hidden(planet) == {"Job soon": "decide.merged"}
    say(planet, "entries", "split", "post-1-of-Job soon", days=0.2)
    publish(planet, 0.3)
    (split,) = [
        e for e in json.loads(say(planet, "entries", "list", "--json")) if "soon" in e["title"]
    ]
    assert split["shown_at"] == after(0.2)


def test_unhide_when_the_merged_entrys_id_is_used_then_the_other_is_left_alone(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [blog(server, NEW, OLD)])
    planet.build()
    say(planet, "entries", "merge", "post-3-of-Old", "post-2-of-New", days=0.1)
    (only,) = json.loads(say(planet, "entries", "unhide", "post-2-of-New", "--json", days=0.2))
    assert (only["title"], only["ruling"], only["code"]) == ("New", "show", "")


def test_quarantine_when_it_is_switched_off_then_what_it_held_is_shown_and_nothing_told(
    tmp_path: Path, server: FeedServer
) -> None:
    body = "<p>This is what we have written for you, and it is about the code that was made.</p>"
    history = [
        item(n, f"Testing Python code part {n}", BUILT - n * DAY, body=body) for n in range(12)
    ]
    spam = "<p>Ini adalah situs yang bisa anda mainkan dengan aman di sini untuk menang."
    spam += ' <a href="https://casino.example/">Klik</a></p>'
    names = ("judi slot gacor", "kasino daring", "taruhan bola", "poker malam", "togel hadiah")
    url = blog(server, *history)
    planet = Planet(tmp_path, [url])
    planet.build()
    dates = [BUILT + 20 * DAY - n * DAY / 24 for n in range(5)]
    strange = zip(range(100, 105), names, dates, strict=True)
    blog(server, *(item(number, name, date, body=spam) for number, name, date in strange))
    assert planet.build("--all", now=after(20))["alarms"]
    planet.settings["quarantine"] = False
    planet.subscribe([url])
    assert planet.build(now=after(21))["alarms"] == []
    assert hidden(planet) == {}
    assert "judi slot gacor" in shown(planet)
    planet.settings["quarantine"] = True
    planet.subscribe([url])
    assert planet.build(now=after(22))["alarms"] == []


def test_now_when_it_goes_backwards_then_nothing_is_lost_hidden_or_ahead(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [blog(server, *posts(1, 5))])
    planet.build(now=after(30))
    blog(server, *posts(6, 3), *posts(1, 5))
    for days in (1, -300, 2):
        assert planet.build("--all", now=after(days))["entries"]["hidden"] == 0
    assert len(shown(planet)) == 8
