"""Planets of Planet 2.0 and Venus, built by the command from their own files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, ecliptic, item, posts, rss

LATER = "2018-04-25T03:47:00Z"

VENUS = """\
[Planet]
name = Planet Venus
link = http://venus.example/
owner_name = Vera
output_theme = themes/mine
output_dir = out
cache_directory = cache
items_per_page = 10
bill_of_materials: images/#{{face}}

[{ann}]
name = Ann & Co.
face = ann.png

[{bob}]
name = Bob
"""
THEME = """\
[Planet]
template_files:
  index.html.tmpl
  people.html.xslt
bill_of_materials: style.css
"""
INDEX = """\
<h1><TMPL_VAR name></h1>
<TMPL_INCLUDE head.tmpl>
<TMPL_LOOP Items>
<TMPL_IF new_channel><h3><TMPL_VAR channel_name>|<TMPL_VAR channel_face></h3></TMPL_IF>
<h4><TMPL_VAR title></h4>
</TMPL_LOOP>
"""
PEOPLE = """\
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:a="http://www.w3.org/2005/Atom" xmlns:p="http://planet.intertwingly.net/"
  exclude-result-prefixes="a p">
<xsl:output method="html" indent="no"/>
<xsl:template match="a:feed"><ul><xsl:for-each select="p:source"><xsl:sort select="p:name"/>
<li><xsl:value-of select="p:name"/></li></xsl:for-each></ul></xsl:template>
</xsl:stylesheet>
"""


class Venus:
    """A planet of Venus with a theme of its own, and its feeds on a server."""

    def __init__(self, folder: Path, server: FeedServer) -> None:
        self.server = server
        self.folder = folder
        server.add("/ann", rss("Ann's", "https://ann.example/", posts(1, 2)).encode())
        server.add("/bob", rss("Bob's", "https://bob.example/", posts(11, 1)).encode())
        self.theme = folder / "themes" / "mine"
        (self.theme / "images").mkdir(parents=True)
        (self.theme / "inc").mkdir()
        for name, text in {
            "config.ini": THEME, "index.html.tmpl": INDEX, "people.html.xslt": PEOPLE,
            "style.css": "p { }", "images/ann.png": "png", "inc/head.tmpl": "<p>head</p>\n",
        }.items():  # fmt: skip
            (self.theme / name).write_text(text, "utf-8")
        config = VENUS.format(ann=server.url("/ann"), bob=server.url("/bob"))
        (folder / "venus.ini").write_text(config, "utf-8")

    def run(self, now: str = BUILT_AT) -> subprocess.CompletedProcess[str]:
        config = str(self.folder / "venus.ini")
        return ecliptic("build", config, *LOOPBACK, "--now", now, "--json", "--all")

    def written(self, now: str = BUILT_AT) -> int:
        done = self.run(now)
        assert done.returncode == 0, done.stderr
        return int(json.loads(done.stdout)["pages"]["written"])

    def read(self, path: str) -> str:
        return (self.folder / "out" / path).read_text("utf-8")


@pytest.fixture
def venus(tmp_path: Path) -> Iterator[Venus]:
    with FeedServer() as server:
        yield Venus(tmp_path, server)


def test_build_when_venus_has_a_theme_makes_its_pages_and_copies_its_files(venus: Venus) -> None:
    assert venus.written() > 0
    index = venus.read("index.html")
    assert index.startswith("<h1>Planet Venus</h1>\n<p>head</p>\n")
    assert "<h3>Ann &amp; Co.|ann.png</h3>" in index
    assert index.count("<h4>") == 3
    assert "<ul><li>Ann &amp; Co.</li><li>Bob</li></ul>" in venus.read("people.html")
    assert (venus.read("style.css"), venus.read("images/ann.png")) == ("p { }", "png")
    assert "Ecliptic" in venus.read("feeds.html")
    assert '<feed xmlns="http://www.w3.org/2005/Atom"' in venus.read("atom.xml")


def test_build_when_an_entry_comes_writes_only_what_shows_it(venus: Venus) -> None:
    venus.written()
    people = (venus.folder / "out" / "people.html").stat().st_ino
    assert venus.written() == 0
    new = item(9, "New one", datetime(2018, 4, 24, 20, tzinfo=UTC))
    venus.server.add("/ann", rss("Ann's", "https://ann.example/", [new, *posts(1, 2)]).encode())
    assert venus.written(LATER) > 0
    assert "New one" in venus.read("index.html")
    assert (venus.folder / "out" / "people.html").stat().st_ino == people


def test_build_when_a_template_or_file_changes_makes_its_page_anew(venus: Venus) -> None:
    venus.written()
    (venus.theme / "inc" / "head.tmpl").write_text("<p>another</p>\n", "utf-8")
    (venus.theme / "style.css").write_text("p { margin: 0 }", "utf-8")
    assert venus.written() == 2
    assert "<p>another</p>" in venus.read("index.html")
    assert venus.read("style.css") == "p { margin: 0 }"


def test_build_when_a_template_is_wrong_says_where_and_keeps_the_site(venus: Venus) -> None:
    venus.written()
    (venus.theme / "index.html.tmpl").write_text("<h1>\n<TMPL_IF x>", "utf-8")
    failed = venus.run()
    assert failed.returncode == 1
    assert f"{venus.theme / 'index.html.tmpl'}:2: TMPL_IF has no end" in failed.stderr
    assert venus.read("index.html").startswith("<h1>Planet Venus</h1>")


def test_build_when_feeds_are_silent_or_gone_says_so_beside_them(venus: Venus) -> None:
    old = item(30, "Long ago", datetime(2018, 1, 1, tzinfo=UTC))
    venus.server.add("/bob", rss("Bob's", "https://bob.example/", [old]).encode())
    index = "<TMPL_LOOP Channels>[<TMPL_VAR name>|<TMPL_VAR message>]</TMPL_LOOP>"
    (venus.theme / "index.html.tmpl").write_text(index, "utf-8")
    config = venus.folder / "venus.ini"
    text = config.read_text("utf-8").replace("[Planet]", "[Planet]\nactivity_threshold = 90", 1)
    config.write_text(text, "utf-8")
    venus.written()
    assert venus.read("index.html") == "[Ann &amp; Co.|][Bob|no activity in 90 days]"
    venus.server.remove("/ann")
    assert venus.written(LATER) > 0
    assert venus.read("index.html") == "[Ann &amp; Co.|404: not found][Bob|no activity in 90 days]"


def test_build_when_several_files_are_named_reads_them_as_one(venus: Venus) -> None:
    more = f"[Planet]\nname = Another name\n[{venus.server.url('/bob')}]\nname = Robert\n"
    (venus.folder / "more.ini").write_text(more, "utf-8")
    files = [str(venus.folder / name) for name in ("venus.ini", "more.ini")]
    done = ecliptic("build", *files, *LOOPBACK, "--now", BUILT_AT)
    assert done.returncode == 0, done.stderr
    assert venus.read("index.html").startswith("<h1>Another name</h1>")
    assert "<ul><li>Ann &amp; Co.</li><li>Robert</li></ul>" in venus.read("people.html")


def test_build_when_one_of_several_files_is_new_refuses_them(venus: Venus) -> None:
    new = venus.folder / "planet.toml"
    new.write_text('[planet]\nname = "P"\n', "utf-8")
    done = ecliptic("build", str(venus.folder / "venus.ini"), str(new))
    assert done.returncode == 2
    assert f"{new}: only ini files of old engines are read several at a time" in done.stderr
