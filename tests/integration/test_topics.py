"""A planet that is kept on topic, through its commands and real runs."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ecliptic.engine import Planet as Engine
from ecliptic.errors import UsageError
from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, ecliptic, item, rss
from topical import GARDEN, SOFTWARE, needs_topics, write

pytestmark = needs_topics

COUNT = 60
LATER = "2018-04-26T14:20:00Z"
START = datetime(2018, 4, 24, 12, tzinfo=UTC)
THRESHOLDS = "[topics]\ndrop_below = 0.2\nreview_below = 0.5\n"


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def article(number: int, subject: list[str] | None, *, start: datetime = START) -> str:
    chance = random.Random(number)
    both = (SOFTWARE, GARDEN) if subject is None else (subject,)
    body = f"<p>{write(chance, *both, own=14)}</p>"
    return item(number, f"Post {number}", start - timedelta(hours=number), body=body)


def articles() -> list[str]:
    """Return posts of which the even ones are on topic."""
    return [article(number, GARDEN if number % 2 else SOFTWARE) for number in range(COUNT)]


def _planet(folder: Path, server: FeedServer) -> Planet:
    url = server.add("/a.xml", rss("A", "https://a.example/", articles()))
    return Planet(folder, [url], items_per_page=0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, server: FeedServer) -> Path:
    """A planet that was built once, and labelled and taught in a folder beside it."""
    folder = tmp_path_factory.mktemp("topics")
    (folder / "built").mkdir()
    _planet(folder / "built", server).build()
    shutil.copytree(folder / "built", folder / "taught", symlinks=True)
    planet = _planet(folder / "taught", server)
    label_all(planet)
    said = topics(planet, "train")
    assert "30 on topic, 30 off topic" in said
    assert "linear" in said
    return folder


@pytest.fixture
def planet(tmp_path: Path, built: Path, server: FeedServer) -> Planet:
    """A planet with entries and no labels."""
    shutil.copytree(built / "built", tmp_path, symlinks=True, dirs_exist_ok=True)
    return _planet(tmp_path, server)


@pytest.fixture
def taught(tmp_path: Path, built: Path, server: FeedServer) -> Planet:
    """A planet that has learned from its labels."""
    shutil.copytree(built / "taught", tmp_path, symlinks=True, dirs_exist_ok=True)
    return _planet(tmp_path, server)


def topics(planet: Planet, *arguments: str, stdin: str | None = None) -> str:
    command = ("topics", *arguments, *planet.option)
    done = ecliptic(*command, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def as_json(planet: Planet, *arguments: str) -> Any:
    return json.loads(topics(planet, *arguments, "--json"))


def label_all(planet: Planet) -> None:
    table = "".join(
        f"https://blog.example/{number}\t{'off' if number % 2 else 'on'}\n"
        for number in range(COUNT)
    )
    topics(planet, "label", "--file", "-", stdin=f"# all of them\n\n{table}")


def set_thresholds(planet: Planet, more: str = "") -> None:
    text = planet.config.read_text("utf-8")
    planet.config.write_text(f"{text}\n{THRESHOLDS}{more}", "utf-8")


def hidden(planet: Planet) -> set[str]:
    told = ecliptic("entries", "list", "--hidden", "--json", *planet.option)
    return {str(entry["code"]) for entry in json.loads(told.stdout)}


def test_train_when_no_threshold_is_set_then_nothing_is_ever_hidden(
    taught: Planet, server: FeedServer
) -> None:
    planet = taught
    assert "0 hidden" in topics(planet, "apply")
    server.add("/a.xml", rss("A", "https://a.example/", [article(101, GARDEN), *articles()]))
    assert planet.build("--all", now=LATER)["entries"]["hidden"] == 0
    assert hidden(planet) == set()
    why = ecliptic("why", "https://blog.example/101", *planet.option).stdout
    assert "on topic with probability 0." in why


def test_refresh_when_thresholds_are_set_then_a_new_entry_off_topic_is_hidden_and_why_says_so(
    taught: Planet, server: FeedServer
) -> None:
    planet = taught
    set_thresholds(planet)
    fresh = [article(101, GARDEN), article(102, SOFTWARE)]
    server.add("/a.xml", rss("A", "https://a.example/", [*fresh, *articles()]))
    summary = planet.build("--all", now=LATER)
    assert summary["entries"] == {"new": 2, "changed": 0, "unchanged": COUNT, "hidden": 1}
    page = planet.read("index.html")
    assert "Post 102" in page
    assert "Post 101" not in page
    why = ecliptic("why", "https://blog.example/101", *planet.option).stdout
    assert "decide.off_topic" in why
    assert "below 0.2 (drop_below)" in why
    assert "1 off topic (drop_below)" in planet.read("feeds.html")
    ecliptic("entries", "unhide", "https://blog.example/101", *planet.option)
    topics(planet, "apply")
    assert hidden(planet) == {"decide.off_topic"}, "those that were labelled off, before it came"
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert "Post 101" in planet.read("index.html")


def test_publish_when_thresholds_change_then_stored_entries_stand_by_them_at_once(
    taught: Planet, server: FeedServer
) -> None:
    planet = taught
    server.add("/a.xml", rss("A", "https://a.example/", [article(101, GARDEN), *articles()]))
    planet.build("--all", now=LATER)
    assert "Post 101" in planet.read("index.html")
    plain = planet.config.read_text("utf-8")
    for drop_below, is_hidden in ((0.2, True), (0.0, False), (0.3, True), (None, False)):
        table = f"\n[topics]\ndrop_below = {drop_below}\n" if drop_below is not None else ""
        planet.config.write_text(plain + table, "utf-8")
        Path(f"{planet.state}".replace(".sqlite", ".topics")).unlink(missing_ok=True)
        ecliptic("publish", str(planet.config), "--now", LATER)
        assert ("Post 101" not in planet.read("index.html")) == is_hidden
        why = ecliptic("why", "https://blog.example/101", *planet.option).stdout
        assert ("(drop_below)" in why) == is_hidden
        again = planet.run("publish", "--json", now=LATER)
        assert json.loads(again.stdout)["pages"]["written"] == 0


def test_apply_when_it_is_tried_dry_then_it_says_what_it_would_do_and_does_nothing(
    taught: Planet,
) -> None:
    planet = taught
    set_thresholds(planet)
    tried = as_json(planet, "apply", "--dry-run")
    assert (tried["judged"], tried["hidden"], tried["dry_run"]) == (COUNT, COUNT // 2, True)
    assert hidden(planet) == set()
    assert as_json(planet, "apply")["hidden"] == COUNT // 2
    assert hidden(planet) == {"decide.off_topic"}
    again = as_json(planet, "apply")
    assert (again["hidden"], again["shown"], again["noted"]) == (0, 0, 0)
    planet.subscribe([line for line in planet.config.read_text().split('"') if "/a.xml" in line])
    assert as_json(planet, "apply")["shown"] == COUNT // 2, "without thresholds all come back"


def test_review_when_an_entry_is_in_doubt_then_it_waits_for_a_label(
    taught: Planet, server: FeedServer
) -> None:
    planet = taught
    set_thresholds(planet, 'grey = "hold"\n')
    doubtful = [article(number, None) for number in range(200, 230)]
    server.add("/a.xml", rss("A", "https://a.example/", [*doubtful, *articles()]))
    planet.build("--all", now=LATER)
    waiting = as_json(planet, "review")
    assert waiting
    assert all(0.2 <= each["probability"] < 0.5 and each["held"] for each in waiting)
    assert [each["shown_at"] for each in waiting] == sorted(
        (each["shown_at"] for each in waiting), reverse=True
    )
    first = waiting[0]
    assert first["words"]
    assert first["title"] not in planet.read("index.html")
    assert "1 shown by it" in topics(planet, "label", first["uid"], "on")
    assert first["uid"] not in {each["uid"] for each in as_json(planet, "review")}
    ecliptic("publish", str(planet.config), "--now", LATER)
    assert first["title"] in planet.read("index.html")
    assert "0 shown by it" in topics(planet, "label", first["uid"], "none")
    assert first["uid"] in {each["uid"] for each in as_json(planet, "review")}


def test_evaluate_and_explain_when_there_are_labels_then_they_say_how_good_and_why(
    planet: Planet,
) -> None:
    label_all(planet)
    set_thresholds(planet)
    found = as_json(planet, "evaluate")
    assert found["labels"] == {"on": 30, "off": 30, "unused": 0}
    even = next(at for at in found["thresholds"] if at["below"] == 0.5)
    assert even["precision"] > 0.8
    assert even["recall"] > 0.8
    assert sum(found["on"].values()) == sum(found["off"].values()) == 30
    assert "precision" in topics(planet, "evaluate")
    topics(planet, "train")
    said = topics(planet, "explain", "https://blog.example/1")
    against = next(line for line in said.splitlines() if "against" in line)
    assert any(word in against for word in GARDEN)
    assert any(word in topics(planet, "explain") for word in SOFTWARE[:10])


def test_train_when_the_labels_are_the_same_then_the_file_is(taught: Planet) -> None:
    planet = taught
    model = planet.folder / "planet.topics"
    first = model.read_bytes()
    model.unlink()
    topics(planet, "train")
    assert model.read_bytes() == first


def test_refresh_when_the_model_is_damaged_then_it_says_so_and_goes_on(
    taught: Planet, server: FeedServer
) -> None:
    planet = taught
    set_thresholds(planet)
    model = planet.folder / "planet.topics"
    model.write_bytes(model.read_bytes()[:-20])
    server.add("/a.xml", rss("A", "https://a.example/", [article(101, GARDEN), *articles()]))
    done = planet.run("build", "--all", now=LATER)
    assert done.returncode == 0
    assert "nothing was judged by topic" in done.stderr
    assert "ecliptic topics train" in done.stderr
    assert "Post 101" in planet.read("index.html")
    told = ecliptic("topics", "apply", *planet.option)
    assert told.returncode == 1
    assert "cut off, or changed" in told.stderr


def test_train_when_there_are_too_few_labels_then_it_says_how_to_give_some(planet: Planet) -> None:
    ecliptic("entries", "hide", "https://blog.example/1", *planet.option)
    told = ecliptic("topics", "train", *planet.option)
    assert told.returncode == 2
    assert "0 labels on topic and 1 off it" in told.stderr
    assert "ecliptic topics label" in told.stderr
    told = ecliptic("topics", "explain", *planet.option)
    assert told.returncode == 2
    assert "ecliptic topics train" in told.stderr


def test_label_when_a_table_has_a_bad_line_then_nothing_is_labelled(planet: Planet) -> None:
    table = planet.folder / "labels.tsv"
    table.write_text("https://blog.example/1\toff\nhttps://blog.example/2 on\n")
    told = ecliptic("topics", "label", "--file", str(table), *planet.option)
    assert told.returncode == 2
    assert "labels.tsv, line 2" in told.stderr
    told = ecliptic("topics", "label", "https://x.example/", "on", *planet.option)
    assert told.returncode == 1
    assert "https://x.example/" in told.stderr


def test_train_when_the_extra_is_missing_then_it_says_what_to_install(
    planet: Planet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    label_all(planet)
    missing = tmp_path / "missing"
    missing.mkdir()
    (missing / "sklearn.py").write_text("raise ImportError('sklearn')\n")
    monkeypatch.setenv("PYTHONPATH", str(missing), prepend=":")
    told = ecliptic("topics", "train", *planet.option)
    assert told.returncode == 2
    assert "pip install 'ecliptic[topics]'" in told.stderr


def test_refresh_when_a_model_is_used_then_workers_import_no_library_for_it(
    taught: Planet, server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planet = taught
    set_thresholds(planet)
    missing = tmp_path / "missing"
    missing.mkdir()
    for name in ("numpy", "scipy", "sklearn", "py3langid"):
        (missing / f"{name}.py").write_text(f"raise ImportError('{name}')\n")
    monkeypatch.setenv("PYTHONPATH", str(missing), prepend=":")
    server.add("/a.xml", rss("A", "https://a.example/", [article(101, GARDEN), *articles()]))
    assert planet.build("--all", now=LATER)["entries"]["hidden"] == 1


GERMAN = (
    "<p>Gestern haben wir eine neue Fassung des Planeten veröffentlicht, und viele haben sie "
    "seitdem ausprobiert. Wir freuen uns über jeden Bericht und über jede Idee, die uns hilft, "
    "ihn besser zu machen.</p>"
)
ENGLISH = (
    "<p>Yesterday we released a new version of the planet, and many people have tried it since "
    "then. We are glad about each report and about every idea that helps us to make it better."
    "</p>"
)


def test_refresh_when_languages_are_detected_then_pages_name_that_of_each_entry(
    tmp_path: Path, server: FeedServer
) -> None:
    entries = [
        item(1, "Neues vom Planeten", START, body=GERMAN),
        item(2, "News of the planet", START - timedelta(hours=1), body=ENGLISH),
    ]
    feed = rss("L", "https://l.example/", entries).replace(
        "<item>", "<language>en</language><item>", 1
    )
    url = server.add("/l.xml", feed)
    planet = Planet(tmp_path, [url], detect_languages=True)
    planet.build()
    page = planet.read("index.html")
    articles = page.split("<article ")[1:]
    told = {title: 'lang="de"' in part.partition(">")[0] for part in articles
            for title in ("Neues", "News of") if title in part}  # fmt: skip
    assert told == {"Neues": True, "News of": False}
    why = ecliptic("why", "https://blog.example/1", *planet.option).stdout
    assert "in the language de, by its words" in why
    assert "its feed declares en" in why
    plain = tmp_path / "plain"
    plain.mkdir()
    without = Planet(plain, [url])
    without.build()
    assert 'lang="de"' not in without.read("index.html")


def test_refresh_when_languages_cannot_be_detected_then_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planet = Planet(tmp_path, ["https://blog.example/"], detect_languages=True)
    monkeypatch.setitem(sys.modules, "py3langid", None)
    with pytest.raises(UsageError, match=r"pip install 'ecliptic\[topics\]'"):
        Engine.open(planet.config, allow_networks=LOOPBACK[1:]).refresh()
