from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic import legacy

PLUTO = """\
# Everything about stars
title = Planet Stars
url = https://stars.example/
author = Ada
email = ada@stars.example
theme = dark

[ada]
  title = Ada
  # her feed without the photographs
  feed  = https://ada.example/feed?tag=stars
  link  = https://ada.example/
  avatar = ada.webp

[bob_filtered]
title = Bob
feed_url = https://bob.example/feed
site_url = https://bob.example/

#[eve]
#  feed = https://eve.example/feed

[again]
  feed = https://ada.example/feed?tag=stars
[code]
  github = someone
[later]
  title = Later
[https://carol.example/feed]
  title = Carol
"""


def test_load_when_it_is_pluto_reads_short_names_and_indented_keys(tmp_path: Path) -> None:
    path = tmp_path / "planet.ini"
    path.write_text(PLUTO, "utf-8")
    site = legacy.load(path)
    assert (site.dialect, site.name, site.link) == (
        "pluto", "Planet Stars", "https://stars.example/",
    )  # fmt: skip
    assert (site.owner_name, site.owner_email) == ("Ada", "ada@stars.example")
    assert site.extra == {"theme": "dark"}
    assert (site.output, site.state) == (str(tmp_path / "site"), str(tmp_path / "planet.sqlite"))
    ada, bob, carol = site.subscriptions
    assert (ada.url, ada.name, ada.link, ada.extra, ada.line) == (
        "https://ada.example/feed?tag=stars", "Ada", "https://ada.example/",
        {"avatar": "ada.webp"}, 8,
    )  # fmt: skip
    assert (bob.name, bob.link, bob.extra) == ("Bob", "https://bob.example/", {})
    assert (carol.url, carol.name) == ("https://carol.example/feed", "Carol")


SERVICES = [
    ("github = ada/orbits", "https://github.com/ada/orbits",
     "https://github.com/ada/orbits/commits/master.atom"),
    ("rubygems = orbits", "http://rubygems.org/gems/orbits",
     "http://rubygems.org/gems/orbits/versions.atom"),
    ("meetup = stars", "http://www.meetup.com/stars",
     "http://www.meetup.com/stars/events/rss/stars/"),
    ("googlegroups = stars", "https://groups.google.com/group/stars",
     "https://groups.google.com/forum/feed/stars/topics/atom.xml?num=15"),
    ("xml_url = https://a.example/feed\nhtml_url = https://a.example/", "https://a.example/",
     "https://a.example/feed"),
    ("feed = https://a.example/feed\nurl = https://a.example/\ngithub = ada/orbits",
     "https://a.example/", "https://a.example/feed"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "link", "url"), SERVICES)
def test_load_when_a_section_of_pluto_names_a_service_makes_its_address(
    tmp_path: Path, keys: str, link: str, url: str
) -> None:
    path = tmp_path / "planet.ini"
    path.write_text(f"title = P\n[x]\ntitle = X\n{keys}\n", "utf-8")
    (feed,) = legacy.load(path).subscriptions
    assert (feed.url, feed.link, feed.name) == (url, link, "X")


def test_load_when_names_at_services_are_those_of_people_makes_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "planet.ini"
    path.write_text(
        "title = P\n[a]\ngithub = ada\n[b]\nlink = https://b.example/\nrubygems = bob\n", "utf-8"
    )
    assert legacy.load(path).subscriptions == ()


def test_load_when_sections_of_pluto_have_no_feed_says_which(tmp_path: Path) -> None:
    path = tmp_path / "planet.ini"
    path.write_text(PLUTO, "utf-8")
    url, remedy = "https://ada.example/feed?tag=stars", "write feed = … there"
    assert legacy.load(path).notices == (
        f"Feeds listed more than once are read once: {url} (lines 8 and 23).",
        f"Sections that name a service instead of a feed are not read; {remedy}: [code] (line 25).",
        "Sections without a feed are left out: [later] (line 27).",
    )
