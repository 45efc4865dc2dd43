from __future__ import annotations

from pathlib import Path

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
  github = someone/something
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


def test_load_when_sections_of_pluto_have_no_feed_says_which(tmp_path: Path) -> None:
    path = tmp_path / "planet.ini"
    path.write_text(PLUTO, "utf-8")
    url, remedy = "https://ada.example/feed?tag=stars", "write feed = … there"
    assert legacy.load(path).notices == (
        f"Feeds listed more than once are read once: {url} (lines 8 and 23).",
        f"Sections that name a service instead of a feed are not read; {remedy}: [code] (line 25).",
        "Sections without a feed are left out: [later] (line 27).",
    )
