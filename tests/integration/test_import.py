"""Planets of other programs, turned into a planet.toml by the command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from old_planet import serve, write_config
from planets import BUILT_AT, LOOPBACK, ecliptic, posts, rss
from shared_data import needs_shared_data

INI = """\
[Planet]
name = Planet Both
link = http://planet.example/
owner_name = Vera
{engine}
items_per_page = 3
activity_threshold = 9
template_files = {templates}

[DEFAULT]
colour = red

[{ann}]
name = Ann & Co.
face = ann.png

[{bob}]
name = B&ouml;b
{rule}
"""
INDEX = """\
<h1><TMPL_VAR name>|<TMPL_VAR url></h1>
<TMPL_LOOP Channels>[<TMPL_VAR name>|<TMPL_VAR colour>|<TMPL_VAR message>]</TMPL_LOOP>
<TMPL_LOOP Items>{<TMPL_VAR title>|<TMPL_VAR author_name>|<TMPL_VAR channel_face>}
<TMPL_VAR content></TMPL_LOOP>
"""
MEASURED = re.compile(rb"\d+ ms|\d+\.\d+ s\b")
ENGINES = {
    "planet": ("new_feed_items = 2\ndays_per_page = 3", "exclude = 12"),
    "venus": ("spider_threads = 4\nnew_feed_items = 2\nbill_of_materials = style.css",
              "filter = Post"),
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        running.add("/ann", rss("Ann's", "https://ann.example/", posts(1, 4)).encode())
        running.add("/bob", rss("Bob's", "https://bob.example/", posts(11, 3)).encode())
        yield running


def built(config: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a site, built into a folder of its own, without measured times."""
    places = ("--output", str(folder / "site"), "--state", str(folder / "state.sqlite"))
    done = ecliptic("build", str(config), *LOOPBACK, "--now", BUILT_AT, *places)
    assert done.returncode == 0, done.stderr
    return {
        str(path.relative_to(folder / "site")): MEASURED.sub(b"", path.read_bytes())
        for path in (folder / "site").rglob("*")
        if path.is_file()
    }


def both(config: Path, folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return a site before its settings are imported, and after."""
    new = folder / "new" / "planet.toml"
    new.parent.mkdir()
    done = ecliptic("import", str(config), "--output", str(new))
    assert done.returncode == 0, done.stderr
    return built(config, folder / "a"), built(new, folder / "b")


def same(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    assert before.keys() == after.keys()
    # The index of words goes by the order in which the feeds answered.
    pages = [path for path in before if not path.startswith("search/")]
    assert [path for path in pages if before[path] != after[path]] == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("templates", ["index.html.tmpl", ""])
def test_import_when_a_planet_is_built_after_it_gives_the_same_site(
    tmp_path: Path, server: FeedServer, engine: str, templates: str
) -> None:
    (tmp_path / "index.html.tmpl").write_text(INDEX, "utf-8")
    (tmp_path / "style.css").write_text("p { }", "utf-8")
    settings, rule = ENGINES[engine]
    config = tmp_path / "config.ini"
    text = INI.format(
        engine=settings, templates=templates, rule=rule,
        ann=server.url("/ann"), bob=server.url("/bob"),
    )  # fmt: skip
    config.write_text(text, "utf-8")
    before, after = both(config, tmp_path)
    assert (b"Ann &amp; Co.|red|" in before["index.html"]) == bool(templates)
    assert ("style.css" in before) == (engine == "venus")
    same(before, after)


@needs_shared_data
def test_import_when_it_is_planet_python_gives_its_seven_pages(
    tmp_path: Path, server: FeedServer
) -> None:
    serve(server)
    before, after = both(write_config(tmp_path, server), tmp_path)
    assert "Planet Parrot" in after["foafroll.xml"].decode()
    same(before, after)


def test_import_when_a_list_is_opml_makes_a_planet_of_it(
    tmp_path: Path, server: FeedServer
) -> None:
    outlines = "".join(
        f'<outline text="{name}" xmlUrl="{server.url(path)}"/>'
        for name, path in (("Ann", "/ann"), ("Bob", "/bob"))
    )
    opml = tmp_path / "people.opml"
    opml.write_text(f"<opml><head><title>P</title></head><body>{outlines}</body></opml>", "utf-8")
    same(*both(opml, tmp_path))


def test_import_when_the_file_is_there_leaves_it(tmp_path: Path) -> None:
    old, new = tmp_path / "config.ini", tmp_path / "planet.toml"
    old.write_text("[Planet]\nname = Old\n[https://blog.example/feed]\nname = A\n", "utf-8")
    new.write_text("mine", "utf-8")
    refused = ecliptic("import", str(old), "--output", str(new))
    assert (refused.returncode, new.read_text("utf-8")) == (2, "mine")
    assert "--force" in refused.stderr
    assert ecliptic("import", str(old), "--output", str(new), "--force").returncode == 0
    assert "https://blog.example/feed" in new.read_text("utf-8")


def test_import_when_it_is_done_tells_what_needs_a_look_by_importance(tmp_path: Path) -> None:
    old = tmp_path / "config.ini"
    old.write_text(
        "[Planet]\nname = Old\nlog_level = DEBUG\ntemplate_files = gone.html.tmpl\n"
        "[https://ada:s3cret@blog.example/feed]\nname = A\n[nonsense]\nname = B\n",
        "utf-8",
    )
    new = tmp_path / "planet.toml"
    done = ecliptic("import", str(old), "--output", str(new), "--json")
    look = json.loads(done.stdout)["settings"]["look"]
    begins = ("Set PLANET_BLOG", "The feed nonsense", "Not http", "Templates that are", "No effect")
    assert [one.startswith(begin) for one, begin in zip(look, begins, strict=True)] == [True] * 5
    assert "s3cret" not in new.read_text("utf-8") + done.stdout + done.stderr


def test_import_when_the_dialect_is_forced_reads_it_so(tmp_path: Path) -> None:
    old = tmp_path / "config.ini"
    old.write_text(
        "[Planet]\nname = P\nnew_feed_items = 3\n[https://a.example/f]\nname = A", "utf-8"
    )
    for dialect, key in (("planet", "new_feed_items"), ("venus", "feed_items")):
        new = tmp_path / f"{dialect}.toml"
        done = ecliptic("import", str(old), "--output", str(new), "--dialect", dialect)
        assert done.returncode == 0, done.stderr
        assert f"\n{key} = 3\n" in new.read_text("utf-8")
    refused = ecliptic("check", str(new), "--dialect", "venus")
    assert refused.returncode == 2
    assert "--dialect is for" in refused.stdout


def test_import_when_the_new_file_would_be_published_writes_nothing(tmp_path: Path) -> None:
    old = tmp_path / "config" / "config.ini"
    old.parent.mkdir()
    old.write_text("[Planet]\nname = P\noutput_dir = ../out\n[https://a.example/f]", "utf-8")
    (tmp_path / "out").mkdir()
    done = ecliptic("import", str(old), "--output", str(tmp_path / "out" / "planet.toml"))
    assert done.returncode == 2
    assert "it holds this file" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
