"""The contracts in .importlinter hold, and each of them bites."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT, SOURCE

# For each contract: modules planted or added to, with a line that must break it.
VIOLATIONS: dict[str, list[tuple[str, str]]] = {
    "layers": [
        ("parse/planted.py", "import ecliptic.store"),
        ("fetch/planted.py", "from ecliptic.decide import planted"),
        ("model/planted.py", "import ecliptic.flows"),
        ("errors.py", "import ecliptic.model.text"),
        ("parse/planted.py", "import ecliptic.plugins"),
        ("deliver/planted.py", "import ecliptic.fetch"),
        ("planted.py", ""),
    ],
    "root": [("store/planted.py", "import ecliptic")],
    "cycles": [("clean/planted.py", "from ecliptic.clean import planted_too")],
    "pure": [
        ("parse/planted.py", "import socket"),
        ("decide/planted.py", "from time import time"),
        ("select/planted.py", "import sqlite3"),
        ("model/planted.py", "import os"),
        ("deliver/planted.py", "import socket"),
        ("topics/planted.py", "import pathlib"),
    ],
    "door": [
        ("builtin/planted.py", "from ecliptic.parse import parse"),
        ("builtin/planted.py", "import ecliptic.model.parsed"),
        ("builtin/planted.py", "import ecliptic.flows.job"),
    ],
    "plugged": [("engine/planted.py", "from ecliptic.builtin import planted")],
    "dialects": [("store/planted.py", "import ecliptic.store.sqlite.store")],
    "commands": [
        ("cli/planted.py", "from ecliptic.store import open_store"),
        ("cli/planted.py", "from ecliptic.plugins import collect"),
        ("cli/planted.py", "from ecliptic.deliver import outbox"),
        ("cli/planted.py", "from ecliptic.topics import judge"),
    ],
    "pycurl": [("flows/planted.py", "import pycurl")],
    "codings": [
        ("parse/planted.py", "import brotli"),
        ("fetch/planted.py", "from backports import zstd"),
        ("web/planted.py", "from compression import zstd"),
    ],
    "sqlite": [("engine/planted.py", "import sqlite3")],
    "nh3": [("render/planted.py", "import nh3")],
    "rensa": [("store/planted.py", "import rensa"), ("decide/planted.py", "import rensa")],
    "yaml": [("sources/planted.py", "import yaml"), ("legacy/planted.py", "import yaml")],
    "pillow": [("fetch/planted.py", "import PIL"), ("render/planted.py", "from PIL import Image")],
    "lxml": [("store/planted.py", "from lxml import etree")],
    "jinja2": [("publish/planted.py", "import jinja2")],
    "pygments": [("parse/planted.py", "import pygments")],
    "click": [("flows/planted.py", "import click"), ("engine/planted.py", "import rich.progress")],
    "learning": [
        ("flows/planted.py", "import numpy"),
        ("cli/planted.py", "from sklearn.svm import SVC"),
        ("clean/planted.py", "import py3langid"),
    ],
    "toml": [("cli/planted.py", "import tomllib"), ("legacy/planted.py", "import tomllib")],
}


def contracts() -> list[str]:
    settings = configparser.ConfigParser()
    settings.read(ROOT / ".importlinter")
    return [name.removeprefix(PREFIX) for name in settings.sections() if name.startswith(PREFIX)]


PREFIX = "importlinter:contract:"


def lint_imports(source: Path, *contract: str) -> subprocess.CompletedProcess[str]:
    asked = [word for name in contract for word in ("--contract", name)]
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", "--config",
         str(ROOT / ".importlinter"), *asked],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def test_contracts_of_the_project_hold() -> None:
    done = lint_imports(SOURCE.parent)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_contracts_each_have_a_violation_that_shows_them_at_work() -> None:
    assert set(contracts()) == set(VIOLATIONS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [(name, *planted) for name, cases in VIOLATIONS.items() for planted in cases],
)
def test_contract_when_it_is_broken_says_so(
    contract: str, module: str, line: str, tmp_path: Path
) -> None:
    package = tmp_path / "ecliptic"
    shutil.copytree(SOURCE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("builtin", "clean", "decide", "store"):
        (package / folder / "planted.py").write_text(f"import ecliptic.{folder}.planted_too\n")
        (package / folder / "planted_too.py").write_text("")
    if contract == "cycles":
        (package / "clean" / "planted_too.py").write_text("import ecliptic.clean.planted\n")
    with (package / module).open("a") as file:
        file.write(f"\n{line}\n")
    done = lint_imports(tmp_path, contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "0 kept, 1 broken" in done.stdout
