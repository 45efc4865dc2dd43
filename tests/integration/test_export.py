"""A planet's settings and subscriptions, for other programs, by the command."""

from __future__ import annotations

from pathlib import Path

from ecliptic import sources
from ecliptic.engine import load_site
from ecliptic.sources import opml
from ecliptic.testing import FeedServer
from planets import Planet, ecliptic, posts, rss

CONFIG = """\
[planet]
name = "P"

[[feed]]
url = "https://a.example/feed"
name = "Ann"
filter = "tag:python"

[[feed]]
url = "https://eve:s3cret@b.example/feed"
"""


def test_export_when_it_is_opml_needs_no_run_before(tmp_path: Path) -> None:
    config = tmp_path / "planet.toml"
    config.write_text(CONFIG, "utf-8")
    done = ecliptic("export", "opml", "--config", str(config))
    assert done.returncode == 0, done.stderr
    feeds = opml.read(done.stdout.encode())
    assert [(feed.url, feed.name) for feed in feeds] == [
        ("https://a.example/feed", "Ann"), ("https://b.example/feed", "b.example"),
    ]  # fmt: skip
    assert not (tmp_path / "planet.sqlite").exists()


def test_export_when_feeds_were_read_has_their_titles_and_links(tmp_path: Path) -> None:
    with FeedServer() as server:
        server.add("/ann", rss("Ann's", "https://ann.example/", posts(1, 1)).encode())
        planet = Planet(tmp_path, [server.url("/ann")])
        planet.build()
    done = ecliptic("export", "opml", *planet.option)
    (feed,) = opml.read(done.stdout.encode())
    assert (feed.name, feed.link) == ("Ann's", "https://ann.example/")
    assert done.stdout == planet.read("opml.xml")


def test_export_when_it_is_ini_can_be_built_from_and_says_what_is_lost(tmp_path: Path) -> None:
    config, ini = tmp_path / "planet.toml", tmp_path / "venus.ini"
    config.write_text(CONFIG, "utf-8")
    done = ecliptic("export", "ini", "--config", str(config), "--output", str(ini))
    assert done.returncode == 0, done.stderr
    assert "tag:python" in done.stderr
    assert "s3cret" not in ini.read_text("utf-8") + done.stdout + done.stderr
    site = load_site(ini)
    assert (site.dialect, len(site.subscriptions)) == ("venus", 2)
    again = ecliptic("export", "ini", "--config", str(config), "--output", str(ini))
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_export_when_it_is_toml_is_the_settings_of_an_old_planet(tmp_path: Path) -> None:
    ini = tmp_path / "config.ini"
    ini.write_text("[Planet]\nname = Old\n[https://a.example/f]\nname = A\n", "utf-8")
    made = ecliptic("export", "toml", "--config", str(ini)).stdout
    (tmp_path / "planet.toml").write_text(made, "utf-8")
    site = sources.load(tmp_path / "planet.toml")
    assert (site.name, site.subscriptions[0].name) == ("Old", "A")
    assert site.state == load_site(ini).state
