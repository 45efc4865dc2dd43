"""Themes that come along, and the commands that make, check and show one."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ecliptic.flows.sample import sample_pages
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.render import Theme
from ecliptic.testing import FeedServer
from html_rules import faults
from planets import Planet, ecliptic, posts, rss
from rendering import read_html
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def checked(theme: Path | str, *options: str) -> dict[str, Any]:
    done = ecliptic("theme", "check", str(theme), "--json", *options)
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == found["status"]
    return found


@pytest.mark.parametrize("name", SHIPPED_THEMES)
def test_theme_that_comes_along_has_no_fault(name: str) -> None:
    assert checked(name) == {
        "what": name,
        "verdict": checked(name)["verdict"],
        "status": 0,
        "findings": [],
    }
    for page, body in sample_pages(Theme.load(name)):
        if page.path.endswith(".html"):
            assert faults(read_html(body)) == [], page.path


def test_planet_when_it_names_a_theme_that_comes_along_has_its_look(
    tmp_path: Path, server: FeedServer
) -> None:
    feed = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    planet = Planet(tmp_path, [feed], theme="cards")
    planet.build()
    assert 'class="card ' in planet.read("index.html")
    assert planet.read("theme/look.css").startswith('/* "cards"')
    own = tmp_path / "theme"
    ecliptic("theme", "new", str(own), "--extends", "classic")
    (own / "assets" / "custom.css").write_text("body { color: black }", "utf-8")
    planet.settings.pop("theme")
    planet.subscribe([feed])
    planet.run("publish")
    assert planet.read("theme/look.css").startswith('/* "classic"')
    assert planet.read("theme/custom.css") == "body { color: black }"


def test_settings_when_they_name_no_theme_say_which_there_are(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "", []))], theme="classical")
    done = planet.run("build")
    assert done.returncode == 2
    assert "default, classic, cards" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("templates/about.html", "{{ nothing }}", "render.template"),
        ("templates/about.html", "{% if %}", "render.template"),
        ("theme.toml", "extends = 'x'", "render.theme"),
        ("theme.toml", "extend = 'cards'", "render.theme"),
        ("theme.toml", "extends", "render.theme"),
        ("templates/about.html", "<script>alert(1)</script>", "theme.inline"),
        ("templates/about.html", "<style>a{}</style>", "theme.inline"),
        ("templates/about.html", "<p onclick='x()'>x</p>", "theme.inline"),
        ("templates/about.html", "<form></form>", "theme.form"),
        ("templates/about.html", "<img src='{{ root }}index.html'>", "theme.no_alt"),
        ("templates/about.html", "<img alt='' src='photo.jpg'>", "theme.dead_link"),
        ("templates/page.html", "<!DOCTYPE html><main>x</main>", "theme.no_title"),
        ("templates/page.html", "<!DOCTYPE html><main>x</main>", "theme.no_language"),
        ("templates/page.html", "<!DOCTYPE html><main>x</main>", "theme.no_skip_link"),
        ("templates/page.html", "<!DOCTYPE html><title>x</title>", "theme.no_main"),
    ],
)
def test_check_when_a_theme_has_a_fault_names_it(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    found = checked(tmp_path)
    (finding, *_) = [each for each in found["findings"] if each["code"] == code]
    if code.startswith("render"):
        assert (finding["where"], finding["line"]) == (str(path), 1)
        assert str(path) not in finding["message"]
    else:
        assert finding["where"].endswith(".html")
    assert found["status"] == int(finding["severity"] == "error")
    assert ecliptic("theme", "check", str(tmp_path), "--strict").returncode == 1


@pytest.mark.parametrize(
    ("name", "text", "code", "meant"),
    [
        ("abuot.html", "<p>x</p>", "theme.idle_template", "about.html"),
        (
            "index.html",
            '{% extends "default/index.html" %}\n{% block mian %}x{% endblock %}',
            "theme.idle_block",
            "main",
        ),
    ],
)
def test_check_when_a_name_is_mistyped_says_what_may_be_meant(
    tmp_path: Path, name: str, text: str, code: str, meant: str
) -> None:
    path = tmp_path / "templates" / name
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    (finding,) = checked(tmp_path)["findings"]
    assert (finding["code"], finding["severity"]) == (code, "warning")
    assert (finding["where"], finding.get("line", 0)) == (str(path), text.count("\n") * 2)
    assert finding["message"].endswith(f"; did you mean {meant}?")


def test_check_when_parts_of_ones_own_are_used_says_nothing(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "sponsors.html").write_text("<p>Thanks</p>", "utf-8")
    (templates / "index.html").write_text(
        '{% extends "default/index.html" %}{% block aside %}{% block inner %}'
        '{% include "sponsors.html" %}{% endblock %}{{ super() }}{% endblock %}',
        "utf-8",
    )
    assert checked(tmp_path)["findings"] == []


def test_new_when_there_is_something_already_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", "utf-8")
    done = ecliptic("theme", "new", str(tmp_path))
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_new_when_made_has_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert ecliptic("theme", "new", str(folder), "--extends", "cards").returncode == 0
    assert checked(folder)["findings"] == []


@contextmanager
def shown(theme: Path) -> Iterator[str]:
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "theme", "preview", str(theme), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert run.stdout is not None
        match = re.search(r"http://\S+/", run.stdout.readline())
        assert match
        yield match[0]
    finally:
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=20)


@needs_chromium
def test_preview_when_the_theme_changes_then_the_page_loads_itself_again(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    ecliptic("theme", "new", str(folder))
    with shown(folder) as url:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(url)
        assert page.title() == "Planet Sample"
        text = "<p>Changed, and seen at once.</p>"
        time.sleep(1)  # until the page waits
        (folder / "templates" / "about.html").write_text(text, "utf-8")
        page.wait_for_selector("text=Changed, and seen at once.", timeout=15_000)
        (folder / "templates" / "about.html").write_text("{{ nothing }}", "utf-8")
        time.sleep(1)
        (folder / "templates" / "about.html").write_text("<p>Mended again.</p>", "utf-8")
        page.wait_for_selector("text=Mended again.", timeout=15_000)
        assert not [one for one in complaints if "Content Security Policy" in one]
        page.close()
