"""Compiled templates are kept from run to run, and never trusted beyond that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from ecliptic.render.compiled import Compiled
from ecliptic.render.theme import Theme


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite.templates"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were compiled, by name."""
    found: list[str] = []
    compile_one = Environment.compile

    def watched(self: Environment, source: str, name: str, *rest: object) -> object:
        found.append(name)
        return compile_one(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", watched)
    return found


def page(folder: Path, templates: Path) -> str:
    environment = Environment(
        loader=FileSystemLoader(templates), bytecode_cache=Compiled(folder), autoescape=True
    )
    return environment.get_template("page.html").render(name="A")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    made = tmp_path / "templates"
    made.mkdir()
    (made / "page.html").write_text("<p>{{ name }}</p>")
    return made


def test_template_when_it_was_compiled_before_then_it_is_not_compiled_again(
    folder: Path, templates: Path, compilations: list[str]
) -> None:
    assert page(folder, templates) == "<p>A</p>"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert page(folder, templates) == "<p>A</p>"
    assert compilations == ["page.html"]
    (templates / "page.html").write_text("<b>{{ name }}</b>")
    assert page(folder, templates) == "<b>A</b>"
    assert len(list(folder.iterdir())) == 1


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def change(file: Path) -> None:
    code = bytearray(file.read_bytes())
    code[40] ^= 1
    file.write_bytes(code)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def replace_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def open_to_all(file: Path) -> None:
    file.parent.chmod(0o777)


def link(file: Path) -> None:
    moved = file.parent.rename(file.parent.with_name("moved"))
    file.parent.symlink_to(moved)


@pytest.mark.parametrize(
    "harm",
    [cut, change, empty, replace_by_a_folder, open_to_all, link],
    ids=lambda harm: harm.__name__,
)
def test_template_when_what_is_kept_is_not_to_be_trusted_then_it_is_compiled(
    folder: Path, templates: Path, compilations: list[str], harm: Callable[[Path], None]
) -> None:
    page(folder, templates)
    (kept,) = folder.iterdir()
    harm(kept)
    assert page(folder, templates) == "<p>A</p>"
    assert compilations == ["page.html"] * 2


def test_template_when_the_disk_refuses_then_it_is_compiled(
    tmp_path: Path, templates: Path, compilations: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    for _ in range(2):
        assert page(tmp_path / "file" / "templates", templates) == "<p>A</p>"
        assert page(tmp_path / "file", templates) == "<p>A</p>"
    assert len(compilations) == 4


def test_theme_when_it_is_loaded_again_then_templates_are_read_as_compiled(
    folder: Path, compilations: list[str]
) -> None:
    for _ in range(2):
        theme = Theme.load("cards", compiled=folder)
        for name in theme.templates:
            theme._template(name)
        assert len(compilations) == len(set(compilations)) == len(list(folder.iterdir()))
