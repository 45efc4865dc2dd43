"""The picture that pages name for others to show, through the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.parse import picture_of
from ecliptic.testing import FeedServer
from fonts import font
from html_rules import faults
from pictures import JPEG, png
from planets import Planet, ecliptic, posts, rss
from rendering import read_html

LATER = "2018-04-25T02:47:00Z"


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    feed = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    return Planet(tmp_path, [feed], search=False, entry_pages="full", social_image="name")


def settings(planet: Planet, **values: object) -> None:
    feeds = [line.split('"')[1] for line in planet.config.read_text().splitlines() if "url" in line]
    planet.settings |= values
    planet.subscribe(feeds)


def pages(planet: Planet) -> list[str]:
    return [path.read_text("utf-8") for path in planet.site.rglob("*.html")]


def test_build_when_asked_for_a_picture_makes_one_that_all_pages_name(planet: Planet) -> None:
    planet.build()
    found = picture_of((planet.site / "social.png").read_bytes())
    assert found is not None
    assert (found.width, found.height) == (1200, 630)
    assert len(pages(planet)) > 9
    for page in pages(planet):
        assert (
            page.count('<meta property="og:image" content="https://planet.example/social.png?') == 1
        )
        assert faults(read_html(page.encode())) == []


def test_build_when_nothing_is_new_writes_nothing(planet: Planet) -> None:
    planet.build()
    before = planet.files()
    assert planet.build("--all", now=LATER)["pages"]["written"] == 0
    assert planet.files() == before


def test_build_when_the_name_changes_then_so_do_the_picture_and_its_address(planet: Planet) -> None:
    planet.build()
    body, page = (planet.site / "social.png").read_bytes(), planet.read("titles_only.html")
    settings(planet, name="Planet Changed")
    planet.build(now=LATER)
    assert (planet.site / "social.png").read_bytes() != body
    address = page.partition('og:image" content="')[2].partition('"')[0]
    assert address not in planet.read("titles_only.html")
    settings(planet, name="Planet Test")
    planet.build(now=LATER)
    assert (planet.site / "social.png").read_bytes() == body
    assert planet.read("titles_only.html") == page


def test_build_when_the_planet_has_no_link_makes_none_and_says_so(planet: Planet) -> None:
    del planet.settings["link"]
    settings(planet)
    done = planet.run("build")
    assert "No effect: social_image" in done.stderr
    assert not (planet.site / "social.png").exists()
    assert not any("og:image" in page for page in pages(planet))


def test_build_when_the_font_lacks_letters_publishes_without_the_picture(planet: Planet) -> None:
    planet.build()
    settings(planet, name="Planète")
    done = planet.run("build", "--strict")
    assert done.returncode == 1
    assert "the font does not have è (U+00E8)" in done.stderr
    assert "social_font" in done.stderr
    assert "<title>Planète</title>" in planet.read("index.html")
    assert not (planet.site / "social.png").exists()
    assert not any("og:image" in page for page in pages(planet))
    checked = ecliptic("check", str(planet.config))
    assert (checked.returncode, "è (U+00E8)" in checked.stdout) == (0, True)
    (planet.folder / "font.ttf").write_bytes(font("Planètepsxm."))
    settings(planet, social_font="font.ttf")
    assert planet.run("build", "--strict").returncode == 0
    assert (planet.site / "social.png").exists()


def test_build_when_the_font_is_broken_names_it_and_leaves_the_site(planet: Planet) -> None:
    planet.build()
    before = planet.files()
    (planet.folder / "font.ttf").write_text("no font")
    settings(planet, social_font="font.ttf", name="Planet Changed")
    done = planet.run("build")
    assert done.returncode == 1
    assert f"{planet.folder}/font.ttf: cannot be used as a font" in done.stderr
    assert planet.files() == before
    assert ecliptic("check", str(planet.config)).returncode == 2


def test_build_when_the_operator_has_a_picture_publishes_it_as_it_is(planet: Planet) -> None:
    (planet.folder / "own").write_bytes(JPEG)
    settings(planet, social_image="own")
    planet.build()
    assert (planet.site / "social.jpg").read_bytes() == JPEG
    assert 'og:image:width" content="20"' in planet.read("index.html")
    assert planet.build(now=LATER)["pages"]["written"] == 0
    (planet.folder / "own").write_bytes(png(120, 63))
    planet.build(now=LATER)
    assert (planet.site / "social.png").read_bytes() == png(120, 63)
    assert not (planet.site / "social.jpg").exists()
    assert 'og:image:width" content="120"' in planet.read("index.html")
    (planet.folder / "own").write_bytes(png()[:20])
    done = planet.run("build")
    assert done.returncode == 2
    assert "it is no picture" in done.stderr
    assert (planet.site / "social.png").read_bytes() == png(120, 63)
