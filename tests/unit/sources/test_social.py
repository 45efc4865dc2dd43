"""The settings of the picture that pages name for others to show."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic import sources
from ecliptic.errors import ConfigError
from ecliptic.model.site import FROM_NAME, Site
from ecliptic.sources.social import MOST_BYTES
from ecliptic.sources.writing import written
from pictures import JPEG, SVG, WEBP, png

HEAD = '[planet]\nname = "Planet"\nlink = "https://planet.example/"\n'


def load(folder: Path, *lines: str, head: str = HEAD) -> Site:
    config = folder / "planet.toml"
    config.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return sources.load(config)


def refused(folder: Path, line: str) -> tuple[str, object]:
    with pytest.raises(ConfigError) as caught:
        load(folder, line)
    return caught.value.message, caught.value.params["line"]


def test_image_when_nobody_asks_for_one_is_none(tmp_path: Path) -> None:
    site = load(tmp_path)
    assert (site.social_image, site.social_font, site.notices) == ("", "", ())
    assert load(tmp_path, 'social_image = ""').social_image == ""


def test_image_when_made_from_the_name_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "name").write_text("a file of that name")
    assert load(tmp_path, 'social_image = "name"').social_image == FROM_NAME
    (tmp_path / "name").write_bytes(png())
    assert load(tmp_path, 'social_image = "./name"').social_image == str(tmp_path / "name")


@pytest.mark.parametrize("body", [png(), JPEG, WEBP])
def test_files_when_there_are_seen_from_the_settings(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "picture").write_bytes(body)
    site = load(tmp_path, 'social_image = "art/picture"')
    assert site.social_image == str(tmp_path / "art" / "picture")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('social_image = "nowhere.png"', "there is no such file"),
        ('social_image = "folder"', "cannot be read"),
        ('social_image = "text.png"', "it is no picture; allowed: PNG, JPEG or WebP"),
        ('social_image = "drawing.svg"', "it is no picture; allowed: PNG, JPEG or WebP"),
        ('social_image = "large.png"', "it is larger than 5,000,000 bytes"),
        ("social_image = true", 'allowed: "name", or the path of a PNG, JPEG or WebP file here'),
        ('social_font = "nowhere.ttf"', "there is no such file"),
        ('social_font = "folder"', "cannot be read"),
    ],
)
def test_file_when_it_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, line: str, why: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.png").write_text("a text")
    (tmp_path / "drawing.svg").write_bytes(SVG)
    (tmp_path / "large.png").write_bytes(png() + b"\0" * MOST_BYTES)
    message, number = refused(tmp_path, line)
    assert why in message
    assert number == 4
    assert f"planet.toml:4: planet.{line.split(maxsplit=1)[0]} is" in message


def test_notices_when_a_setting_has_no_effect_say_so(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").touch()
    assert load(tmp_path, 'social_image = "name"', 'social_font = "font.ttf"').notices == ()
    (notice,) = load(tmp_path, 'social_image = "name"', head='[planet]\nname = "P"\n').notices
    assert notice.startswith("No effect: social_image (line 3); ")
    (notice,) = load(tmp_path, 'social_font = "font.ttf"').notices
    assert notice.startswith("No effect: social_font (line 4); ")


def test_settings_when_written_again_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(png())
    (tmp_path / "font.ttf").touch()
    for lines in (['social_image = "picture.png"'], ['social_image = "name"']):
        site = load(tmp_path, *lines, 'social_font = "font.ttf"')
        text = written(site, tmp_path / "planet.toml").text
        assert lines[0] in text
        again = load(tmp_path, head=text)
        assert replace(again, notices=()) == replace(site, notices=())
