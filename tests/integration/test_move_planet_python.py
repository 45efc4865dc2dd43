"""The page on moving Planet Python: what it tells to type, typed in a folder of that shape."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from old_planet import HERE, TEMPLATES, lines, serve, write_config
from planets import BUILT_AT, LOOPBACK, ecliptic
from project import DOCS
from shared_data import needs_shared_data

PAGE = DOCS / "how-to" / "move-planet-python.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    return [shlex.split(line[2:]) for block in blocks for line in block.splitlines()]


def folder_of_the_planet(folder: Path, server: FeedServer) -> None:
    """Lay a folder out as python/planet is: a configuration that names templates from above."""
    shutil.copytree(TEMPLATES, folder / "config")
    config = write_config(folder, server)
    names = " ".join(f"config/{path.name}" for path in sorted(TEMPLATES.iterdir()))
    text = re.sub(r"(?m)^template_files = .*$", f"template_files = {names}", config.read_text())
    config.unlink()
    (folder / "config" / "config.ini").write_text(text, "utf-8")


@needs_shared_data
def test_page_when_it_is_followed_gives_the_old_pages_and_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FeedServer() as server:
        serve(server)
        folder_of_the_planet(tmp_path, server)
        monkeypatch.chdir(tmp_path)
        said = []
        for words in commands():
            assert words[0] == "ecliptic"
            network = (*LOOPBACK, "--now", BUILT_AT) if words[1] == "build" else ()
            done = ecliptic(*words[1:], *network)
            assert done.returncode == 0, done.stderr
            said.append(done.stdout + done.stderr)
    assert "5 new" in said[1]
    assert not (tmp_path / "output").exists()
    assert not (tmp_path / "cache").exists()
    page = (tmp_path / "try" / "index.html").read_text("utf-8")
    assert list(lines(page)) == (HERE / "index.txt").read_text("utf-8").splitlines()


@needs_shared_data
def test_build_when_the_old_site_stands_there_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    output = tmp_path / "output"
    (output / "images").mkdir(parents=True)
    (tmp_path / "static").mkdir()
    (output / "static").symlink_to(tmp_path / "static")
    (output / "index.html").write_text("the old page", "utf-8")
    (output / "images" / "face.png").write_bytes(b"face")
    with FeedServer() as server:
        serve(server)
        folder_of_the_planet(tmp_path, server)
        config = str(tmp_path / "config" / "config.ini")
        done = ecliptic("build", "--quiet", config, *LOOPBACK, "--now", BUILT_AT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Planet Parrot" in (output / "index.html").read_text("utf-8")
    assert (output / "images" / "face.png").read_bytes() == b"face"
    assert (output / "static").readlink() == tmp_path / "static"
    assert (tmp_path / "cache" / "config.sqlite").is_file()


def test_page_when_it_names_pages_names_what_the_templates_make() -> None:
    if not TEMPLATES.is_dir():
        pytest.skip("no shared data")
    text = PAGE.read_text("utf-8")
    for template in TEMPLATES.iterdir():
        assert f"`{template.name}`" in text
        assert f"`{template.stem}`" in text
