"""The installed package is whole, and the one that is tested."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import ecliptic
from project import ROOT, SOURCE

INSTALLED = Path(ecliptic.__file__).parent
from_wheel = pytest.mark.skipif(
    "ECLIPTIC_TEST_WHEEL" not in os.environ, reason="not started by make: the source tree is tested"
)


@from_wheel
def test_tests_when_started_by_make_run_against_the_wheel() -> None:
    assert SOURCE not in {INSTALLED, *INSTALLED.parents}
    assert "site-packages" in INSTALLED.parts


@from_wheel
def test_wheel_holds_every_file_of_the_package() -> None:
    def files(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }

    wheel, source = files(INSTALLED), files(SOURCE)
    assert sorted(wheel) == sorted(source)
    assert [name for name in source if wheel[name] != source[name]] == []


@from_wheel
def test_wheel_says_what_the_project_says() -> None:
    said = importlib.metadata.metadata("ecliptic")
    assert said["Version"] == ecliptic.__version__
    assert said["License-Expression"] == "MIT"
    assert "py.typed" in {path.name for path in INSTALLED.iterdir()}


def test_package_when_imported_brings_in_nothing_heavy() -> None:
    program = "import sys, ecliptic; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    environment = {**os.environ, "PYTHONPATH": str(INSTALLED.parent)}
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    ).stdout.split()
    assert not {"lxml", "jinja2", "pycurl", "nh3", "msgspec", "click", "asyncio"} & set(loaded)


@pytest.mark.parametrize("first", ["ecliptic.parse", "ecliptic.documents", "ecliptic.engine"])
def test_parse_is_the_function_whatever_was_imported_first(first: str) -> None:
    program = (
        f"import ecliptic, {first}; from ecliptic.parse import discover; from ecliptic import *\n"
        "print(ecliptic.parse(b'').is_feed, ecliptic.parse(b'').is_feed, parse is ecliptic.parse)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(INSTALLED.parent)}
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert said.split() == ["False", "False", "True"]


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text().splitlines()
    pinned = [line.split(";")[0].rstrip(" \\").split("==") for line in lines if "==" in line[:60]]
    return {package.strip(): version.strip() for package, version in pinned}


LOCKS = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("requirements/*.txt"))] + [
    str(path.relative_to(ROOT)) for path in ROOT.glob("bench/requirements.txt")
]


def test_locks_are_there() -> None:
    assert {"requirements/core.txt", "requirements/test.txt"} <= set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "--hash=sha256:" in text
    assert not [line for line in text.splitlines() if "://" in line or " @ " in line]
    assert not [line for line in text.splitlines() if line.startswith("-")]


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_agrees_with_the_lock_of_the_core(lock: str) -> None:
    core, other = pins("requirements/core.txt"), pins(lock)
    assert {name: other[name] for name in core.keys() & other.keys()} == {
        name: core[name] for name in core.keys() & other.keys()
    }


def test_lock_of_the_core_meets_what_the_package_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    core = pins("requirements/core.txt")
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(core[requirement.name])


def test_lock_of_an_extra_meets_what_the_extra_asks_for() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    for extra, asked in extras.items():
        of_its_own = f"requirements/{extra}.txt"
        # What is small enough is among the packages that all tests need.
        locked = pins(of_its_own if (ROOT / of_its_own).exists() else "requirements/test.txt")
        for requirement in map(Requirement, asked):
            assert requirement.specifier.contains(locked[requirement.name])
