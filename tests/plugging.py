"""Plugins put where Python finds installed packages, as an installer would do it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from textwrap import dedent
from typing import Final

import pytest

from project import ROOT

EXAMPLE: Final = ROOT / "examples" / "plugin"


def install(folder: Path, name: str, code: str, *, module: str = "") -> None:
    """Install a package of one module, whose entry point gives the plugin ``name``."""
    module = module or f"plugin_{name}"
    (folder / f"{module}.py").write_text(dedent(code), "utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[ecliptic.plugins]\n{name} = {module}\n")


def install_example(folder: Path) -> None:
    """Install the package of ``examples/plugin`` as its own ``pyproject.toml`` describes it."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))
    points = project["project"]["entry-points"]["ecliptic.plugins"]
    for name, module in points.items():
        install(folder, name, (EXAMPLE / f"{module}.py").read_text("utf-8"), module=module)


def on_path(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Make Python find what is installed in ``folder``, here and in programs started from here."""
    folder.mkdir(exist_ok=True)
    known = os.environ.get("PYTHONPATH", "")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(folder), known))))
    return folder
