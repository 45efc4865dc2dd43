from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from ecliptic import sources
from ecliptic.errors import ConfigError
from stopwatch import cpu_seconds_below

KNOWN = [
    ("planet.toml", '[planet]\nname = "P"\n', "toml"),
    ("anything", '[planet]\nname = "P"\n', "toml"),
    ("config.ini", '[[feed]]\nurl = "https://a.example/"\n', "toml"),
    ("planet.toml", "[planet]\nname = P\nlink = https://p.example/\n", "toml"),
    ("planet.toml", "", "toml"),
    ("planet.toml", "[Planet]\nname = P\n[https://a.example/]\nname = A\n", "ini"),
    ("anything", "[Planet]\nname = P\n", "ini"),
    ("anything", "[https://a.example/feed]\nname = A\n", "ini"),
    ("anything", "title = P\nurl = https://p.example/\n[a]\n  feed = https://a.example/\n", "ini"),
    ("anything", "[planet]\nname = P\nlink = https://p.example/\n", "ini"),
    ("config.ini", "[feed1]\nname = one\n", "ini"),
    ("anything", "[index.html.tmpl]\n", "toml"),
    ("config.ini", "# empty\n", "ini"),
    ("list.opml", '<?xml version="1.0"?><opml version="2.0"><body/></opml>', "opml"),
    ("config.ini", "\n  <OPML><body></body></OPML>", "opml"),
    ("anything", "<outline xmlUrl='https://a.example/'>", "opml"),
]


@pytest.mark.parametrize(("name", "text", "kind"), KNOWN)
def test_detect_when_the_content_says_it_follows_the_content(
    tmp_path: Path, name: str, text: str, kind: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert sources.detect(path) == kind
    assert sources.detect(str(path)) == kind


def test_detect_when_opml_is_in_utf16_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes("<opml><body/></opml>".encode("utf-16"))
    assert sources.detect(path) == "opml"


def test_detect_when_it_is_a_perlanetrc_sees_yaml(tmp_path: Path) -> None:
    path = tmp_path / "perlanetrc"
    path.write_text("title: P\nfeeds:\n  - url: https://a.example/?a=b\n", "utf-8")
    assert sources.detect(path) == "yaml"


UNKNOWN = [
    ("page.html", "<!DOCTYPE html><html><body>Hi</body></html>", "sources.not_opml"),
    ("foaf.rdf", '<rdf:RDF xmlns:rdf="x"/>', "sources.not_opml"),
    ("notes.txt", "Buy milk\n", "sources.not_recognised"),
    ("empty", "", "sources.not_recognised"),
]


@pytest.mark.parametrize(("name", "text", "code"), UNKNOWN)
def test_detect_when_it_is_nothing_we_know_says_so(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        sources.detect(path)
    assert caught.value.code == code


@pytest.mark.parametrize("part", ["[", "[ ", " \n", "a ", "- a", "[a\n", "a =\n", "\t"])
def test_detect_when_a_file_is_hostile_stays_quick(tmp_path: Path, part: str) -> None:
    path = tmp_path / "config"
    path.write_text(part * 100_000, "utf-8")
    with cpu_seconds_below(2), contextlib.suppress(ConfigError):
        sources.detect(path)


def test_detect_when_bytes_are_no_text_does_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "noise"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(ConfigError) as caught:
        sources.detect(path)
    assert caught.value.code == "sources.not_recognised"
