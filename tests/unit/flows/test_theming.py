from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.flows.theming import looks_of
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.render.theme import DEFAULT, THEMES


@pytest.mark.parametrize("theme", ["", *SHIPPED_THEMES])
def test_looks_of_when_the_theme_came_along_then_its_folder_and_the_default_one(theme: str) -> None:
    looks = set(looks_of(Site(name="P", theme=theme)))
    assert looks == {THEMES / (theme or "default"), DEFAULT}


def test_looks_of_when_a_theme_builds_on_another_then_that_too_until_it_cannot_be_read(
    tmp_path: Path,
) -> None:
    settings = tmp_path / "theme.toml"
    settings.write_text('extends = "cards"', "utf-8")
    site = Site(name="P", theme=str(tmp_path))
    assert list(looks_of(site)) == [tmp_path, THEMES / "cards", DEFAULT]
    settings.write_text("extends =", "utf-8")
    assert list(looks_of(site)) == [tmp_path]


def test_looks_of_when_a_template_cannot_be_read_then_itself_and_the_others_whole(
    tmp_path: Path,
) -> None:
    texts = {"a.tmpl": "<TMPL_INCLUDE gone.tmpl>", "b.tmpl": "<TMPL_INCLUDE c.tmpl>", "c.tmpl": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    templates = tuple(
        OldTemplate(file=str(tmp_path / name), folder=str(tmp_path), path=name)
        for name in ("a.tmpl", "b.tmpl")
    )
    looks = list(looks_of(Site(name="P", templates=templates)))
    assert looks[-3:] == [tmp_path / name for name in texts]
