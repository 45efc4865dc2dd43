"""Many pages are made by several processes; which one made a page cannot be seen."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from ecliptic.engine import Planet as Engine
from ecliptic.errors import RenderError
from ecliptic.flows import publish as publishing
from ecliptic.flows import renderers as renderers_of_a_run
from ecliptic.flows.edition import Edition
from ecliptic.flows.progress import Silent
from ecliptic.model.page import Page
from ecliptic.model.text import SafeHTML
from ecliptic.render.view import Views
from ecliptic.testing import FeedServer
from planets import BUILT_AT, Planet, item, posts, rss
from publishing import believed, contents

NOW = datetime.fromisoformat(BUILT_AT)
DAYS = [
    item(
        number,
        f"Post {number}",
        datetime(2018, 4, 1, 9, tzinfo=UTC) - timedelta(days=number),
        author="Ada Lovelace" if number < 9 else "",
    )
    for number in range(400)
]


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    feeds = [
        server.add("/a.xml", rss("A", "https://a.example/", DAYS)),
        server.add("/b.xml", rss("B", "https://b.example/", posts(500, 30))),
    ]
    made = Planet(tmp_path, feeds, flood_items=0)
    assert made.run("refresh").returncode == 0
    return made


class _Watcher(Silent):
    """Does something when so many pages were made."""

    def __init__(self, act: Callable[[], object], after: int) -> None:
        self._act = act
        self._after = after

    def page_done(self, path: str) -> None:
        del path
        self._after -= 1
        if not self._after:
            self._act()


def engine(planet: Planet, output: str, jobs: int = 2) -> Engine:
    return Engine.open(planet.config, now=NOW, output=planet.folder / output, jobs=jobs)


def renderers() -> list[int]:
    """Return the processes that make pages for this one."""
    lists = Path("/proc/self/task").glob("*/children")
    children = [int(child) for each in lists for child in each.read_text().split()]
    return [
        child
        for child in children
        if b"ecliptic.flows.render_worker" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def test_publish_when_several_processes_make_pages_then_the_site_is_the_same(
    planet: Planet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ecliptic")
    engine(planet, "alone", jobs=1).publish()
    assert "renderers_started" not in caplog.text
    summary = engine(planet, "together", jobs=3).publish()
    assert "renderers_started number=1" in caplog.text  # one for so many pages
    assert "renderer_gone" not in caplog.text
    alone, together = contents(planet.folder / "alone"), contents(planet.folder / "together")
    assert together == alone
    assert summary.pages.written == len(alone)
    assert 0 < summary.seconds["templates"] < summary.seconds["render"]
    assert engine(planet, "together").publish().pages.written == 0


def test_publish_when_few_pages_are_to_be_made_then_no_other_process_is_started(
    planet: Planet, caplog: pytest.LogCaptureFixture
) -> None:
    engine(planet, "site").publish()
    (planet.site / "archive/2018/04/01.html").unlink()
    caplog.set_level(logging.INFO, "ecliptic")
    assert engine(planet, "site").publish().pages.written == 1
    assert "renderers_started" not in caplog.text


def test_publish_when_something_is_new_in_a_large_site_then_another_process_is_ready(
    planet: Planet, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_MANY", 100)
    engine(planet, "site").publish()
    page = planet.folder / "site/archive/2018/04/01.html"
    page.unlink()
    caplog.set_level(logging.INFO, "ecliptic")
    assert engine(planet, "site").publish().pages.written == 1  # the same posts: none is started
    assert "renderers_started" not in caplog.text
    engine(planet, "alone", jobs=1).publish()
    engine(planet, "site").hide_entries("https://blog.example/500", why="twice")
    assert engine(planet, "alone", jobs=1).publish().pages.written > 10
    assert "renderers_started" not in caplog.text
    assert engine(planet, "site").publish().pages.written > 10
    assert caplog.text.count("renderers_started number=1") == 1
    assert "renderer_gone" not in caplog.text
    assert renderers() == []
    assert contents(planet.folder / "site") == contents(planet.folder / "alone")


def test_publish_when_a_page_was_written_into_then_the_next_run_that_has_time_mends_it(
    planet: Planet,
) -> None:
    engine(planet, "site").publish()
    believed(planet.folder / "site")
    page = planet.folder / "site/archive/2018/04/01.html"
    before = page.read_bytes()
    page.write_bytes(b"not ours")
    assert engine(planet, "site").publish().pages.written == 1
    assert page.read_bytes() == before


@pytest.mark.parametrize("fault", [ValueError("not today"), AttributeError("not today")])
def test_publish_when_a_part_of_an_entry_cannot_be_made_then_the_other_pages_are(
    planet: Planet, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    markup = Views.markup

    def failing(views: Views, html: SafeHTML) -> Markup:
        if "Body of Post 500" in html:
            raise fault
        return markup(views, html)

    monkeypatch.setattr(Views, "markup", failing)
    summary = engine(planet, "site", jobs=1).publish()
    assert {failure.code for failure in summary.failures} == {"render.failed"}
    assert "index.html" in {failure.where for failure in summary.failures}
    assert (planet.folder / "site/archive/2018/04/01.html").exists()


PATHS = ("authors/ada-lovelace/atom.xml", "search/days/0.json")
"""Pages of sections that show each entry of the planet."""


@pytest.mark.parametrize("path", PATHS)
def test_publish_when_a_page_of_a_section_is_gone_then_the_next_run_makes_it_again(
    planet: Planet, path: str
) -> None:
    engine(planet, "site").publish()
    page = planet.folder / "site" / path
    before = page.read_bytes()
    page.unlink()
    assert engine(planet, "site").publish().pages.written == 1
    assert page.read_bytes() == before


@pytest.mark.parametrize("path", PATHS)
def test_publish_when_a_page_of_a_section_fails_then_the_next_run_makes_it(
    planet: Planet, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    engine(planet, "site").publish()
    engine(planet, "site").hide_entries("https://blog.example/5", why="twice")
    render = Edition.render

    def failing(edition: Edition, page: Page) -> bytes:
        if page.path == path:
            raise ValueError("not today")
        return render(edition, page)

    with monkeypatch.context() as patch:
        patch.setattr(Edition, "render", failing)
        summary = engine(planet, "site", jobs=1).publish()
        assert [failure.where for failure in summary.failures] == [path]
    engine(planet, "alone", jobs=1).publish()
    for written in (1, 0):
        assert engine(planet, "site", jobs=1).publish().pages.written == written
        made, expected = (planet.folder / name / path for name in ("site", "alone"))
        assert made.read_bytes() == expected.read_bytes()


@pytest.mark.parametrize("after", [20, 60, 250])
def test_publish_when_the_other_process_is_killed_then_its_pages_are_made_here(
    planet: Planet, caplog: pytest.LogCaptureFixture, after: int
) -> None:
    killed: list[int] = []

    def kill() -> None:
        for process in renderers():
            os.kill(process, signal.SIGKILL)
            killed.append(process)

    engine(planet, "alone", jobs=1).publish()
    engine(planet, "together").publish(_Watcher(kill, after))
    assert killed
    assert "renderer_gone status=-9" in caplog.text
    assert contents(planet.folder / "together") == contents(planet.folder / "alone")


def test_publish_when_the_other_process_stands_still_then_its_pages_are_made_here(
    planet: Planet, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderers_of_a_run, "_PATIENCE", 1.0)

    def stop() -> None:
        for process in renderers():
            os.kill(process, signal.SIGSTOP)

    engine(planet, "alone", jobs=1).publish()
    engine(planet, "together").publish(_Watcher(stop, 60))
    assert "renderer_gone status=-9" in caplog.text
    assert contents(planet.folder / "together") == contents(planet.folder / "alone")
    assert renderers() == []


def test_publish_when_a_template_fails_then_the_error_is_that_of_one_process(
    planet: Planet, capfd: pytest.CaptureFixture[str]
) -> None:
    templates = planet.folder / "theme/templates"
    templates.mkdir(parents=True)
    (templates / "day.html").write_text(
        '{% extends "default/day.html" %}\n{% block main %}{{ nothing.there }}{% endblock %}'
    )
    settings = planet.config.read_text()
    planet.config.write_text(settings.replace("[planet]", '[planet]\ntheme = "theme"'))
    said = []
    for jobs in (1, 2):
        with pytest.raises(RenderError) as raised:
            engine(planet, "site", jobs=jobs).publish()
        said.append(raised.value.message)
    assert said[0] == said[1]
    assert "day.html:2: 'nothing' is undefined" in said[0]
    assert capfd.readouterr().err == ""
    assert renderers() == []
