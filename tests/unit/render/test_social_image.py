"""The picture that pages name for others to show."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageChops, features

from ecliptic.errors import ConfigError, RenderError
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.site import FROM_NAME
from ecliptic.parse import picture_of
from ecliptic.render import SocialImage, Theme, nameplate
from ecliptic.render.lettering import made_by
from ecliptic.render.nameplate import MARGIN, SIZE, Nameplate
from ecliptic.render.social_image import LONGEST, Undrawn, named_image, own_image
from fonts import font
from html_rules import faults
from pictures import JPEG
from rendering import SITE, make_shown, read_html, render_page

NAMED = replace(SITE, social_image=FROM_NAME)


def made(name: str = NAMED.name, **fields: str) -> SocialImage:
    found = named_image(replace(NAMED, name=name, **fields))
    assert isinstance(found, SocialImage)
    return found


def undrawn(name: str, **fields: str) -> Undrawn:
    found = named_image(replace(NAMED, name=name, **fields))
    assert isinstance(found, Undrawn)
    return found


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body)).convert("RGB")


@pytest.fixture
def greek(tmp_path: Path) -> str:
    path = tmp_path / "greek.ttf"
    path.write_bytes(font("ΩΠplanet.exm"))
    return str(path)


def test_picture_when_made_is_what_pages_say_of_it() -> None:
    image = made()
    found = picture_of(image.make())
    assert found is not None
    assert (found.media_type, found.width, found.height) == ("image/png", 1200, 630)
    assert (image.media_type, image.width, image.height) == ("image/png", 1200, 630)
    assert image.path == "social.png"


def test_picture_when_made_twice_has_the_same_bytes() -> None:
    assert made().make() == made().make()
    assert made().stamp == made().stamp
    assert made().make() != made("Planet Tests").make()


@pytest.mark.parametrize(
    "name", ["x", "Planet Test", "W" * LONGEST, "gyQ@|" * 40, "Two words " * 20]
)
def test_picture_has_nothing_but_its_ground_beyond_the_margin(name: str) -> None:
    image = opened(made(name).make())
    ground = Image.new("RGB", SIZE, image.getpixel((0, 0)))
    box = ImageChops.difference(image, ground).getbbox()
    assert box is not None
    assert box[0] == MARGIN
    assert box[2] <= SIZE[0] - MARGIN
    assert MARGIN <= box[1] < box[3] <= SIZE[1] - MARGIN


def test_picture_when_an_accent_is_written_apart_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "accents.ttf"
    file.write_bytes(font("Planètepsxm."))
    together, apart = "Planète", "Plane\u0300te"
    assert made(together, social_font=str(file)).mark == made(apart, social_font=str(file)).mark


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://planet.example/", "planet.example"),
        ("https://planet.example:8443/~ann/", "planet.example:8443/~ann"),
        ("https://planet.example/" + "x" * 300, "planet.example"),
    ],
)
def test_picture_says_where_the_planet_is(link: str, address: str) -> None:
    assert made(link=link).make() == Nameplate(NAMED.name, address, "").png()


def test_mark_moves_with_what_is_shown_and_the_stamp_with_its_maker_too(
    monkeypatch: pytest.MonkeyPatch, greek: str
) -> None:
    before = made("planet")
    others = [made("plane"), made("planet", link="https://p.example/")]
    others.append(made("planet", social_font=greek))
    assert len({image.mark for image in (before, *others)}) == 4
    assert len({image.stamp for image in (before, *others)}) == 4
    monkeypatch.setattr(nameplate, "made_by", lambda: "another Pillow")
    after = made("planet")
    assert (after.mark, after.stamp == before.stamp) == (before.mark, False)


def test_maker_names_each_library_that_may_change_the_bytes() -> None:
    versions = [features.version(part) for part in ("pil", "freetype2", "zlib")]
    assert None not in versions
    assert set(map(str, versions)) <= set(made_by().split())


def test_picture_when_the_font_lacks_letters_is_not_made(greek: str) -> None:
    found = undrawn("Planet Ω")
    assert (found.code, found.detail) == ("render.social_letters", "Ω (U+03A9)")
    assert undrawn("абвгдеж").detail.count("U+") == 5
    assert (
        made("planet ΩΠ", social_font=greek).make() != made("planet ΠΩ", social_font=greek).make()
    )


def test_picture_when_letters_cannot_be_set_is_not_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "hebrew.ttf"
    file.write_bytes(font("שלוםplanet.exm"))
    monkeypatch.setattr(nameplate, "can_shape", lambda: False)
    assert undrawn("שלום", social_font=str(file)).code == "render.social_shaping"
    assert made("planet", social_font=str(file)).make()


def test_picture_of_a_name_without_end_is_not_made() -> None:
    assert made("a" * LONGEST)
    assert undrawn("a" * (LONGEST + 1)).code == "render.social_long"
    assert undrawn("a " * 1_000_000).detail == "1,999,999"


def test_picture_when_the_name_has_no_room_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "wide.ttf"
    file.write_bytes(font("planet.exm", width=8_000))
    assert undrawn("planet" * 20, social_font=str(file)).code == "render.social_room"


def test_font_when_it_is_none_is_an_error_that_names_it(tmp_path: Path) -> None:
    for body in (b"", b"no font", JPEG, font("planet.exm")[:100]):
        (tmp_path / "broken.ttf").write_bytes(body)
        with pytest.raises(RenderError, match=r"broken\.ttf: cannot be used as a font"):
            made("planet", social_font=str(tmp_path / "broken.ttf"))


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_font_when_it_is_damaged_gives_a_picture_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    body = bytearray(font("planet.exm"))
    body[place % len(body)] ^= change
    file = tmp_path_factory.getbasetemp() / "damaged.ttf"
    file.write_bytes(body)
    try:
        found = named_image(replace(NAMED, name="planet", social_font=str(file)))
    except RenderError as error:
        assert str(file) in error.message  # noqa: PT017 - either will do
    else:
        assert isinstance(found, SocialImage | Undrawn)


def test_picture_when_the_extra_is_missing_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ConfigError, match=r"pip install \"ecliptic\[social\]\""):
        made()


@pytest.mark.parametrize("theme", SHIPPED_THEMES)
@pytest.mark.parametrize("path", ["index.html", "titles_only.html", "feeds.html", "blogroll.html"])
def test_pages_of_each_theme_name_the_picture(theme: str, path: str) -> None:
    image = made()
    site = replace(NAMED, name='A "<Planet>"')
    page = render_page(path, [make_shown()], site=site, theme=Theme.load(theme), social=image)
    root = read_html(page)
    assert faults(root) == []
    said = {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in root.iter("{http://www.w3.org/1999/xhtml}meta")
    }
    assert said["og:image"] == f"https://planet.example/social.png?{image.mark}"
    assert said["og:image:alt"] == 'A "<Planet>"'
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:type"] == "image/png"
    assert said["twitter:card"] == "summary_large_image"


def test_pages_of_a_planet_without_a_picture_name_none() -> None:
    page = render_page("index.html", [make_shown()])
    assert b"og:title" in page
    assert b"og:image" not in page
    assert b"twitter:" not in page


def test_picture_of_the_operator_is_published_as_it_is() -> None:
    picture = picture_of(JPEG)
    assert picture is not None
    image = own_image(picture, JPEG)
    assert (image.path, image.width, image.height) == ("social.jpg", 20, 12)
    assert render_page("social.jpg", social=image) == JPEG
    assert image.mark.encode() in render_page("index.html", social=image)
