"""Who takes part: Ecliptic and its peers, each a command that is measured from outside.

All get the same addresses and a folder of their own for what they keep.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

LOOPBACK = "127.0.0.0/8"


class Contender(msgspec.Struct, frozen=True):
    """One engine: its commands, and how to count what it has stored.

    ``needs`` names modules; where one is missing the engine is left out, aloud.
    ``prepare`` runs once before the first measured run.
    """

    name: str
    needs: tuple[str, ...]
    command: Callable[[Path], list[str]]
    stored: Callable[[Path, str], int]
    prepare: Callable[[Path], list[str]] | None = None

    def missing(self) -> list[str]:
        """Return the modules that are not installed."""
        return [name for name in self.needs if find_spec(name) is None]


def write_inputs(folder: Path, addresses: Sequence[str]) -> None:
    """Write the list of addresses, plain and as a planet's settings."""
    (folder / "addresses.txt").write_text("\n".join(addresses), encoding="utf-8")
    feeds = "\n".join(f'[[feed]]\nurl = "{address}"\n' for address in addresses)
    # Above 1,200 feeds the shared hosts have more than thirty each, and would be spared by
    # waiting. What is measured is work.
    fetch = "[fetch]\nhost_spacing = 0\n"
    planet = '[planet]\nname = "Bench"\nlink = "https://bench.example/"\nfaces = false\n'
    settings = f"{planet}\n{fetch}\n{feeds}"
    (folder / "planet.toml").write_text(settings, encoding="utf-8")


def _script(module: str, *more: str) -> Callable[[Path], list[str]]:
    def command(folder: Path) -> list[str]:
        files = [str(folder / "addresses.txt"), str(folder / "state")]
        return [sys.executable, "-m", f"bench.engines.{module}", *files, *more]

    return command


def _ecliptic(name: str, *more: str) -> Callable[[Path], list[str]]:
    def command(folder: Path) -> list[str]:
        # `--all`: what is measured is asking, not how seldom we ask.
        options = ["--all", "--allow-network", LOOPBACK, "--json", "--quiet", *more]
        return [sys.executable, "-m", "ecliptic", name, str(folder / "planet.toml"), *options]

    return command


def _said(folder: Path, output: str) -> int:
    """Return the count that the engine's script printed."""
    del folder
    return int(msgspec.json.decode(output)["entries"])


def _kept(folder: Path, output: str) -> int:
    """Count Ecliptic's entries in its file, so that no one has to be believed."""
    del output
    with sqlite3.connect(folder / "planet.sqlite") as state:
        return int(state.execute("SELECT count(*) FROM entry").fetchone()[0])


ECLIPTIC_NEEDS = ("ecliptic", "click", "jinja2", "lxml", "nh3", "pycurl")
CONTENDERS = (
    Contender("bare GETs (pycurl)", ("pycurl",), _script("bare_get"), _said),
    Contender("ecliptic refresh", ECLIPTIC_NEEDS, _ecliptic("refresh"), _kept),
    Contender("ecliptic build", ECLIPTIC_NEEDS, _ecliptic("build"), _kept),
    Contender("feedparser, 2 processes", ("feedparser",), _script("feedparser_pool"), _said),
    Contender(
        "reader",
        ("reader", "feedparser_sgmllib"),
        _script("reader_library"),
        _said,
        prepare=_script("reader_library", "--add"),
    ),
)
