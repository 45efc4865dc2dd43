from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ecliptic.errors import ConfigError
from ecliptic.legacy import perlanet
from ecliptic.model.site import Site

WHOLE = """\
title: On
description: "More: than one way"
url: https://perl.example/
author:
  name: Dave
  email: dave@perl.example
  twitter: dave
entries: 75
entries_per_feed: 5
agent: MyPlanet/1.0
cutoff_duration: {months: 1, days: 2}
page:
  file: docs/index.html
  template: index.tt
google_ga: UA-1
feeds:
  - url: https://a.example/atom.xml
    title: "dev.to #perl"
    web: https://a.example/
    twitter: ann
  - title: nothing
  - url: http://b.example/?a=b
    title: Yes
    max_entries: 3
"""


def load(folder: Path, text: str) -> Site:
    path = folder / "perlanetrc"
    path.write_text(text, "utf-8")
    return perlanet.load(path)


def test_load_when_it_is_whole_reads_what_it_says(tmp_path: Path) -> None:
    site = load(tmp_path, WHOLE)
    assert (site.name, site.description, site.link) == (
        "On", "More: than one way", "https://perl.example/",
    )  # fmt: skip
    assert (site.owner_name, site.owner_email) == ("Dave", "dave@perl.example")
    pages = site.pages
    assert (pages.items_per_page, pages.feed_items, pages.days_per_page) == (75, 5, 32)
    assert site.output == str(tmp_path / "docs")
    assert site.state == str(tmp_path / "perlanetrc.sqlite")
    assert (site.fetch.user_agent, site.extra) == ("MyPlanet/1.0", {"google_ga": "UA-1"})
    first, second = site.subscriptions
    assert (first.url, first.name, first.link, first.extra, first.line) == (
        "https://a.example/atom.xml", "dev.to #perl", "https://a.example/", {"twitter": "ann"}, 17,
    )  # fmt: skip
    assert (second.name, second.link) == ("Yes", "")


def test_load_when_something_is_not_translated_says_so(tmp_path: Path) -> None:
    said = " ".join(load(tmp_path, WHOLE).notices)
    for part in ("index.tt (line 14)", "line 21", "max_entries (line 24)", "32 days"):
        assert part in said


def test_load_when_a_number_is_none_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"perlanetrc:2: entries .* is \"many\""):
        load(tmp_path, "title: P\nentries: many\nfeeds:\n  - url: https://a.example/\n")


def test_load_when_the_page_lies_beside_it_makes_a_folder(tmp_path: Path) -> None:
    site = load(tmp_path, "title: P\npage: {file: planet.html}\nfeeds: []\n")
    assert site.output == str(tmp_path / "site")
    assert len(site.notices) == 2


HOSTILE = [
    "- a\n- b\n",
    "",
    "a: [",
    "a: *b\n",
    "[" * 5000,
    "a: \x00",
    "!!python/object/apply:os.system ['true']",
]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_load_when_it_is_not_perlanets_raises_an_error_of_ours(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load(tmp_path, text)


def test_load_when_it_refers_to_itself_comes_to_an_end(tmp_path: Path) -> None:
    bombs = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    site = load(tmp_path, f"a0: &a0 [x]\n{bombs}loop: &loop [*loop]\nfeeds: *loop\ntitle: P\n")
    assert site.subscriptions == ()


def test_load_when_the_extra_is_missing_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ConfigError, match=r"pip install \"ecliptic\[yaml\]\""):
        load(tmp_path, "title: P\n")
