from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic import sources
from ecliptic.errors import ConfigError
from ecliptic.flows.pipelines import Pipelines, check_plugins
from ecliptic.model.site import Site

URL = "https://a.example/feed"


def load(folder: Path, planet: str = "", feed: str = "", tables: str = "") -> Site:
    config = folder / "planet.toml"
    config.write_text(
        f'[planet]\nname = "P"\n{planet}\n[[feed]]\nurl = "{URL}"\n{feed}\n{tables}\n', "utf-8"
    )
    return sources.load(config)


def names(site: Site) -> list[str]:
    pipeline = Pipelines(site).of(URL)
    return [use.name for use in pipeline.uses] if pipeline else []


PICTURES = 'plugins = ["preview_image"]'
OTHER = '[plugin.other]\nuse = "preview_image"'


@pytest.mark.parametrize(
    ("planet", "feed", "tables", "used"),
    [
        ("", "", "", []),
        (PICTURES, "", "", ["preview_image"]),
        (PICTURES, "plugins = []", "", []),
        (PICTURES, 'plugins = ["other"]', OTHER, ["other"]),
        ("", 'plugins = ["other", "preview_image"]', OTHER, ["other", "preview_image"]),
    ],
)
def test_pipeline_of_a_feed_is_its_own_list_or_else_the_planets(
    tmp_path: Path, planet: str, feed: str, tables: str, used: list[str]
) -> None:
    assert names(load(tmp_path, planet, feed, tables)) == used


def test_pipelines_when_plugins_cannot_be_used_then_every_line_is_named(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        'plugins = ["nobodys", "github", "program"]',
        'plugins = ["preview_image"]',
        '[plugin.program]\nuse = "executables"\nrun = "missing.py"\n'
        "[plugin.preview_image]\nsize = 3",
    )
    with pytest.raises(ConfigError) as caught:
        Pipelines(site)
    lines = str(caught.value).splitlines()
    path = tmp_path / "planet.toml"
    assert lines == [
        f"{path}:3: no plugin of this name is installed: nobodys",
        f"{path}:3: the plugin github has neither filters nor enrichers",
        f"{path}:7: plugin program: there is no program {tmp_path / 'missing.py'}",
        f"{path}:10: plugin preview_image: it has no parameters, and is given size",
    ]
    assert len(check_plugins(site)) == 4


def version(site: Site) -> str:
    pipeline = Pipelines(site).of(URL)
    assert pipeline is not None
    return pipeline.version


def test_version_when_a_parameter_or_the_program_changes_then_it_does_too(tmp_path: Path) -> None:
    program = tmp_path / "a.py"
    program.write_text("")
    table = '[plugin.a]\nuse = "executables"\nrun = "a.py{}"'
    plain = load(tmp_path, 'plugins = ["a"]', tables=table.format(""))
    first = version(plain)
    assert version(load(tmp_path, 'plugins = ["a"]', tables=table.format(""))) == first
    assert version(load(tmp_path, 'plugins = ["a"]', tables=table.format("?width=3"))) != first
    program.write_text("1")
    assert version(plain) != first


def test_version_when_plugins_change_places_then_it_is_another(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("")
    tables = '[plugin.a]\nuse = "executables"\nrun = "a.py"'
    one = version(load(tmp_path, 'plugins = ["a", "preview_image"]', tables=tables))
    assert version(load(tmp_path, 'plugins = ["preview_image", "a"]', tables=tables)) != one
