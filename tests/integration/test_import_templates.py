"""Planets of Venus with a theme of all languages of templates: built as they are, and imported."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, ecliptic, posts, rss
from test_import import built, same

CONFIG = """\
[Planet]
name = Planet Both
link = http://planet.example/
owner_name = Vera
output_theme = mine
cache_directory = cache
django_autoescape = {autoescape}
new_date_format = %A

[{ann}]
name = Ann & Co.
face = ann.png

[{bob}]
name = Bob
"""
THEME = """\
[Planet]
template_files: index.html.genshi people.html.dj plain.html.tmpl atom.xml.genshi names.html.xslt
bill_of_materials: style.css images/dot.png

[names.html.xslt]
colour: red
"""
FILES = {
    "config.ini": THEME,
    "style.css": "p { }",
    "images/dot.png": "\x89PNG\r\n",
    "plain.html.tmpl": "<TMPL_VAR name><TMPL_INCLUDE foot.tmpl>",
    "inc/foot.tmpl": ": caf\u00e9 <TMPL_INCLUDE ../owner.tmpl>",
    "owner.tmpl": "<TMPL_VAR owner_name>",
    "names.html.xslt": """\
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:a="http://www.w3.org/2005/Atom" exclude-result-prefixes="a">
<xsl:include href="parts/name.xsl"/><xsl:param name="colour"/>
<xsl:template match="/"><ul class="{$colour}"><xsl:apply-templates select="//a:entry"/></ul>
</xsl:template></xsl:stylesheet>""",
    "parts/name.xsl": """\
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:a="http://www.w3.org/2005/Atom" exclude-result-prefixes="a">
<xsl:template match="a:entry"><li><xsl:value-of select="a:title"/></li></xsl:template>
</xsl:stylesheet>""",
    "index.html.genshi": """\
<html xmlns:py="http://genshi.edgewall.org/" xmlns:xi="http://www.w3.org/2001/XInclude">
<xi:include href="parts/entry.html"/>
<body py:with="shown = entries[:3]"><h1>$feed.config.name</h1>
<py:for each="entry in shown">${show(entry)}</py:for>
<div py:match="footer">moved</div>
<li py:for="feed in feeds" py:choose=""><b py:when="feed.planet_message">$feed.planet_message</b>
<a py:otherwise="" href="$feed.link">$feed.config.name</a></li></body>
</html>""",
    "parts/entry.html": """\
<py:def xmlns:py="http://genshi.edgewall.org/" function="show(entry)">
<h2 py:if="entry.new_date">$entry.new_date</h2>
<h4><a href="$entry.link">$entry.title_detail.stream</a> $entry.source.config.face</h4>
${entry.content[0].stream}</py:def>""",
    "people.html.dj": """\
{% extends "base.html" %}{% block main %}{% for item in Items %}
{% ifchanged item.channel_name %}<h3>{{ item.channel_name }}</h3>{% endifchanged %}
<i title="{{ item.title }}">{{ item.date|date:"j F Y" }}{{ item.date|timesince }}</i>
{{ item.content }}
{% endfor %}{% endblock %}""",
    "base.html": "<body>{% block main %}{% endblock %}{{ Config.owner_name }}</body>",
    "atom.xml.genshi": """\
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:py="http://genshi.edgewall.org/">
<title>$feed.title</title><entry py:for="entry in entries"><id>$entry.id</id></entry></feed>""",
}


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        running.add("/ann", rss("Ann's", "https://ann.example/", posts(1, 3)).encode())
        running.add("/bob", rss("Bob's", "https://bob.example/", posts(11, 2)).encode())
        yield running


def planet(folder: Path, server: FeedServer, autoescape: str = "on") -> Path:
    """Write a planet of Venus with a theme of its own, and return its configuration."""
    for name, text in FILES.items():
        (folder / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        encoding = "latin-1" if name == "inc/foot.tmpl" else "utf-8"
        (folder / "mine" / name).write_text(text, encoding)
    config = folder / "venus.ini"
    feeds = {"ann": server.url("/ann"), "bob": server.url("/bob")}
    config.write_text(CONFIG.format(autoescape=autoescape, **feeds), "utf-8")
    return config


@pytest.mark.parametrize("autoescape", ["on", "off"])
def test_import_when_the_old_theme_is_gone_then_gives_the_same_pages(
    tmp_path: Path, server: FeedServer, autoescape: str
) -> None:
    config, new = planet(tmp_path, server, autoescape), tmp_path / "new" / "planet.toml"
    before = built(config, tmp_path / "a")
    new.parent.mkdir()
    done = ecliptic("import", str(config), "--output", str(new))
    assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / "mine")
    after = built(new, tmp_path / "b")
    same(before, after)
    index, people = after["index.html"].decode(), after["people.html"].decode()
    assert index.count("<h4>") == 3
    assert "<h1>Planet Both</h1>" in index
    assert "</a> ann.png</h4>" in index
    assert 'href="https://ann.example/">Ann &amp; Co.</a></li>' in index
    assert people.startswith("<body>")
    assert people.endswith("Vera</body>")
    assert "April 2018" in people
    assert ("<p>" in people, "&lt;p&gt;" in people) == (autoescape == "off", autoescape == "on")
    assert after["atom.xml"].count(b"<entry>") == 5
    assert after["plain.html"].decode() == "Planet Both: caf\u00e9 Vera"
    assert b'<ul class="red">' in after["names.html"]
    assert after["names.html"].count(b"<li>Post") == 5
    assert (after["style.css"], len(after["images/dot.png"])) == (b"p { }", 7)


def test_import_when_templates_are_converted_writes_a_theme_and_a_report(
    tmp_path: Path, server: FeedServer
) -> None:
    config, new = planet(tmp_path, server), tmp_path / "new" / "planet.toml"
    new.parent.mkdir()
    done = ecliptic("import", str(config), "--output", str(new))
    assert done.returncode == 0, done.stderr
    assert "5 files of converted templates" in done.stdout
    assert "copied 7 files as they are into" in done.stdout
    assert "CONVERTED.md" in done.stdout
    written = {
        str(path.relative_to(new.parent)) for path in new.parent.rglob("*") if path.is_file()
    }
    assert written == {
        "planet.toml", "theme/CONVERTED.md", "theme/pages/index.html.jinja",
        "theme/pages/parts/entry.html.jinja", "theme/pages/atom.xml.jinja",
        "theme/pages-2/people.html.jinja", "theme/pages-2/base.html.jinja",
        "theme/pages-3/plain.html.tmpl", "theme/pages-3/inc/foot.tmpl",
        "theme/pages-3/owner.tmpl", "theme/pages-4/names.html.xslt",
        "theme/pages-4/parts/name.xsl", "theme/files/style.css", "theme/files/images/dot.png",
    }  # fmt: skip
    report = (new.parent / "theme" / "CONVERTED.md").read_text("utf-8")
    mine = tmp_path / "mine"
    assert f"- {mine / 'index.html.genshi'}:5: py:match 'footer'" in report
    assert f"- {mine / 'people.html.dj'}:3: the filter timesince is not known. To do:" in report
    assert f"- pages-3/inc/foot.tmpl, from {mine / 'inc/foot.tmpl'} (htmltmpl)" in report
    assert f"- pages-4/parts/name.xsl, from {mine / 'parts/name.xsl'} (XSLT)" in report
    copied = (new.parent / "theme/pages-3/inc/foot.tmpl").read_bytes()
    assert copied == b": caf\xe9 <TMPL_INCLUDE ../owner.tmpl>"
    assert "From " + str(mine / "base.html") + " (Django).\n\nNothing needs a look." in report
    assert "NOT CONVERTED" in (new.parent / "theme/pages/index.html.jinja").read_text("utf-8")
    assert 'file = "theme/pages/index.html.jinja"' in new.read_text("utf-8")


def test_import_when_a_template_cannot_be_read_then_it_stays_and_this_is_said(
    tmp_path: Path, server: FeedServer
) -> None:
    config, new = planet(tmp_path, server), tmp_path / "new" / "planet.toml"
    new.parent.mkdir()
    (tmp_path / "mine" / "owner.tmpl").unlink()
    done = ecliptic("import", str(config), "--output", str(new))
    assert done.returncode == 0, done.stderr
    assert f"The template {tmp_path}/mine/plain.html.tmpl stays where it is" in done.stdout
    assert 'file = "../mine/plain.html.tmpl"' in new.read_text("utf-8")
    assert not list((new.parent / "theme").rglob("*.tmpl"))
    assert 'file = "theme/pages-3/names.html.xslt"' in new.read_text("utf-8")


def test_import_when_its_templates_are_in_the_new_theme_then_they_stay(
    tmp_path: Path, server: FeedServer
) -> None:
    config, new = planet(tmp_path, server), tmp_path / "new" / "planet.toml"
    new.parent.mkdir()
    assert ecliptic("import", str(config), "--output", str(new)).returncode == 0
    again = ecliptic("import", str(new), "--output", str(new.with_name("again.toml")), "--json")
    made = json.loads(again.stdout)["settings"]
    assert (made["converted"], made["copied"], made["theme"]) == (0, 0, "")
    tables = [path.read_text("utf-8").split("[[template]]")[1:]
              for path in (new, new.with_name("again.toml"))]  # fmt: skip
    assert tables[0] == tables[1]


def test_import_when_its_theme_is_there_writes_nothing(tmp_path: Path, server: FeedServer) -> None:
    config, new = planet(tmp_path, server), tmp_path / "new" / "planet.toml"
    page = new.parent / "theme" / "pages" / "index.html.jinja"
    page.parent.mkdir(parents=True)
    page.write_text("mine", "utf-8")
    refused = ecliptic("import", str(config), "--output", str(new))
    assert (refused.returncode, page.read_text("utf-8"), new.exists()) == (2, "mine", False)
    warning = "will be used as the planet's theme, because it has that name"
    forced = ecliptic("import", str(config), "--output", str(new), "--force")
    assert warning in forced.stdout
    forced = ecliptic("import", str(config), "--output", str(new), "--force", "--json")
    assert forced.returncode == 0, forced.stderr
    assert warning not in forced.stdout
    made = json.loads(forced.stdout)["settings"]
    assert (made["converted"], made["copied"]) == (5, 7)
    assert made["report"] == str(new.parent / "theme" / "CONVERTED.md")
    assert page.read_text("utf-8") != "mine"


def test_build_when_a_template_is_converted_says_what_is_left_out_and_writes_once(
    tmp_path: Path, server: FeedServer
) -> None:
    config = planet(tmp_path, server)
    first = ecliptic("build", str(config), *LOOPBACK, "--now", BUILT_AT)
    assert first.returncode == 0, first.stderr
    assert "index.html.genshi can be converted: line 5: py:match" in first.stdout + first.stderr
    again = ecliptic("build", str(config), *LOOPBACK, "--now", BUILT_AT, "--json")
    assert json.loads(again.stdout)["pages"]["written"] == 0
    part = tmp_path / "mine" / "parts" / "entry.html"
    part.write_text(part.read_text("utf-8").replace("<h4>", "<h4 class='new'>"), "utf-8")
    after = ecliptic("build", str(config), *LOOPBACK, "--now", BUILT_AT, "--json")
    assert json.loads(after.stdout)["pages"]["written"] == 1
