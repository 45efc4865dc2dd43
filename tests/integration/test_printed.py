"""What commands print with ``--json`` is what the reference says of them."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from printed import DONE, PRINTED

from ecliptic.cli.report import print_json
from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, ecliptic, posts, rss

LINK, OTHER = "https://blog.example/1", "https://blog.example/2"
RECORDS = {command: printed for commands, printed in PRINTED.items() for command in commands}
OF_NO_PLANET = {"check", "parse", "import"}


def arguments(planet: Planet, url: str) -> dict[str, list[str]]:
    """Return what commands are asked: each finds something, as far as that is cheap."""
    return {
        "why": [LINK],
        "check": [str(planet.config)],
        "parse": [url, *LOOPBACK],
        "feeds list": [],
        "feeds add": [url.replace("/a.xml", "/b.xml"), *LOOPBACK],
        "feeds release": ["--all"],
        "entries list": [],
        "entries hide": [LINK],
        "entries unhide": [LINK],
        "entries merge": [LINK, OTHER],
        "entries split": [OTHER],
        "entries show": [LINK],
        "filter test": ["title:post"],
        "topics label": [LINK, "on"],
        "feeds pause": [url],
        "import": [str(planet.config), "--output", str(planet.folder / "new.toml")],
    }


def test_commands_when_they_print_json_then_it_has_the_fields_of_the_reference(
    tmp_path: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    server.add("/b.xml", rss("B", "https://b.example/", posts(10, 2)))
    planet = Planet(tmp_path, [url])
    planet.build()
    for command, asked in arguments(planet, url).items():
        options = () if command in OF_NO_PLANET else planet.option
        as_json = () if command == "parse" else ("--json",)
        done = ecliptic(*command.split(), *asked, *options, *as_json)
        assert done.returncode == 0, (command, done.stderr)
        told = json.loads(done.stdout)
        if command in DONE:
            assert set(told) == {"action", "url"}
            continue
        print_json(msgspec.convert(told, RECORDS[command]))
        assert json.loads(capsys.readouterr().out) == told, command
