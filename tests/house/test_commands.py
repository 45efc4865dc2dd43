"""Help is complete, and comes at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from printed import DONE, PRINTED

import ecliptic
from ecliptic.cli import cli
from project import DOCS

HEAVY = {
    "asyncio", "jinja2", "lxml", "multiprocessing", "nh3", "pycurl", "pygments", "rich",
    "sqlite3",
}  # fmt: skip


def commands(
    command: click.Command, *words: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, *words, name)


COMMANDS = dict(commands(cli))
NAMES = [" ".join(words) for words in COMMANDS]


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_imports_nothing_heavy(name: str) -> None:
    program = (
        "import json, sys\n"
        "from ecliptic.cli import cli\n"
        "cli.main([*sys.argv[1:], '--help'], prog_name='ecliptic', standalone_mode=False)\n"
        "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *name.split()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(ecliptic.__file__).parents[1])},
    )
    assert not HEAVY & set(json.loads(done.stderr.splitlines()[-1]))
    assert "Usage: ecliptic" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = COMMANDS[tuple(name.split())]
    help_text = command.get_help(click.Context(command, info_name="ecliptic"))
    assert command.help
    assert f"Example: ecliptic {name}".strip() in str(command.epilog), help_text
    assert str(command.epilog) in help_text, "broken into two lines, it cannot be copied"


@pytest.mark.parametrize("name", NAMES)
def test_option_of_a_command_has_help(name: str) -> None:
    options = [p for p in COMMANDS[tuple(name.split())].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", NAMES)
def test_command_is_in_the_reference(name: str) -> None:
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    assert f"## ecliptic {name}".strip() + "\n" in page


SUMMARIES = {"build", "refresh", "publish", "ping"}


def test_command_when_it_prints_json_is_in_the_reference_of_that() -> None:
    printing = {
        name
        for name in NAMES
        if any("--json" in option.opts for option in COMMANDS[tuple(name.split())].params)
    }
    told = {command for commands in PRINTED for command in commands} | SUMMARIES | set(DONE)
    assert printing - told == set()
