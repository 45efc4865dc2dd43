"""Rules of the house that an import graph cannot see."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from project import SOURCE, modules, room, tree

VAGUE_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "tools",
    "stuff",
    "base_utils",
}
VAGUE_CLASSES = re.compile(r"(Manager|Handler|Processor|Service|Helper|Util)s?$")
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
NETWORK = {"urllib.request", "http.client", "http.server", "socketserver", "ftplib", "smtplib"}


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', '?')}"


def found(wanted: Callable[[ast.AST], bool], *, allowed: Callable[[Path], bool]) -> Iterator[str]:
    for path in modules():
        if not allowed(path):
            yield from (where(path, node) for node in ast.walk(tree(path)) if wanted(node))


def test_modules_are_named_for_what_they_do() -> None:
    named = [p for p in SOURCE.rglob("*") if p.stem in VAGUE_NAMES and p.suffix in {"", ".py"}]
    assert named == []


def test_classes_are_named_for_what_they_are() -> None:
    def vague(node: ast.AST) -> bool:
        return isinstance(node, ast.ClassDef) and bool(VAGUE_CLASSES.search(node.name))

    assert list(found(vague, allowed=lambda _: False)) == []


def test_print_is_called_in_cli_only() -> None:
    def prints(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        )

    assert list(found(prints, allowed=lambda path: room(path) == "cli")) == []


def reads_clock(node: ast.AST) -> bool:
    """Whether this is ``datetime.now``, ``time.time`` …, or imports one of the latter."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return (owner.lstrip("_"), name) in CLOCKS
        case ast.Attribute(value=ast.Attribute(attr=owner), attr=name):
            return (owner, name) in CLOCKS
        case ast.ImportFrom(module="time", names=names):
            return any(("time", alias.name) in CLOCKS for alias in names)
    return False


def test_wall_clock_is_read_in_engine_only() -> None:
    assert list(found(reads_clock, allowed=lambda path: room(path) == "engine")) == []


@pytest.mark.parametrize(
    "text",
    ["datetime.now(UTC)", "datetime.datetime.now()", "time.time()", "from time import time"],
)
def test_wall_clock_when_it_is_read_is_noticed(text: str) -> None:
    assert any(reads_clock(node) for node in ast.walk(ast.parse(text)))


def test_wall_clock_when_only_durations_are_measured_is_not_noticed() -> None:
    text = "from time import perf_counter, monotonic\ntime.monotonic()"
    assert not any(reads_clock(node) for node in ast.walk(ast.parse(text)))


def test_safe_html_is_made_by_clean_and_given_back_by_the_store_only() -> None:
    def makes_safe(node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Name(id="SafeHTML") | ast.Attribute(attr="SafeHTML")):
                return True
        return False

    def allowed(path: Path) -> bool:
        return room(path) == "clean" or (
            path.relative_to(SOURCE).as_posix() == "store/sqlite/rows.py"
        )

    assert list(found(makes_safe, allowed=allowed)) == []


def test_network_modules_of_the_standard_library_are_used_where_they_may() -> None:
    def imports_network(node: ast.AST) -> bool:
        match node:
            case ast.Import(names=names):
                return any(alias.name in NETWORK for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                return module in NETWORK or any(f"{module}.{a.name}" in NETWORK for a in names)
        return False

    # `web` is a server, and `testing` has one for the tests of others.
    def allowed(path: Path) -> bool:
        return room(path) == "testing" or path.relative_to(SOURCE).as_posix() == "web/preview.py"

    assert list(found(imports_network, allowed=allowed)) == []


def test_stages_take_nothing_but_the_version_from_the_front_of_the_package() -> None:
    def imports_front(node: ast.AST) -> bool:
        match node:
            case ast.ImportFrom(module="ecliptic", names=names):
                rooms = {room(path) for path in modules()}
                return not {alias.name for alias in names} <= rooms | {"__version__"}
            case ast.Import(names=names):
                return any(alias.name == "ecliptic" for alias in names)
        return False

    assert list(found(imports_front, allowed=lambda _: False)) == []


def test_templates_never_switch_escaping_off() -> None:
    unsafe = [
        f"{path.relative_to(SOURCE)}: {match.group()}"
        for path in (SOURCE / "themes").rglob("*.html")
        for match in re.finditer(r"autoescape\s+false", path.read_text("utf-8"))
    ]
    assert unsafe == []


def test_files_stay_small_enough_to_read() -> None:
    """A hard look at 400 lines: make two of it, or say here why it is one."""
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in modules()
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
