from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple

from ecliptic import sources
from ecliptic.errors import UsageError
from ecliptic.model.access import Access
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.site import (
    Channel,
    FetchSettings,
    PageSettings,
    Site,
    Subscription,
    TopicSettings,
)
from ecliptic.sources.settings import TABLES
from ecliptic.sources.starter import literal

_EMPTY = {
    "planet": Site(name=""),
    "feed": Subscription(url=""),
    "page": Channel(path="", name="", filter=""),
}
URL = "https://blog.example/feed.xml"


def load(folder: Path, text: str) -> Site:
    path = folder / "planet.toml"
    path.write_text(text, "utf-8")
    return sources.load(path)


def test_starter_when_loaded_gives_back_what_was_given(tmp_path: Path) -> None:
    site = load(tmp_path, sources.starter("Planet", "https://planet.example/", URL))
    assert (site.name, site.link) == ("Planet", "https://planet.example/")
    assert [feed.url for feed in site.subscriptions] == [URL]
    assert (site.pages, site.fetch) == (PageSettings(), FetchSettings())
    assert site.notices == ()


def test_starter_when_there_is_no_link_leaves_it_explained(tmp_path: Path) -> None:
    text = sources.starter("Planet", "", URL)
    assert load(tmp_path, text).link == ""
    assert '# link = "https://planet.example/"' in text


@pytest.mark.parametrize(
    ("name", "link", "url", "named"),
    [
        ("  ", "", URL, "planet.name"),
        ("P", "planet.example", URL, 'planet.link would be "planet.example" (it has no scheme)'),
        ("P", "", "ftp://blog.example/", "feed.url"),
    ],
)
def test_starter_when_a_value_cannot_be_used_says_which(
    name: str, link: str, url: str, named: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(named)):
        sources.starter(name, link, url)


def test_starter_names_every_setting_with_words() -> None:
    text = sources.starter("Planet", "https://planet.example/", URL)
    for settings_of_table in TABLES.values():
        for setting in settings_of_table:
            assert re.search(rf"^(# )?{setting.key} = ", text, re.MULTILINE), setting.key
            assert setting.words[1:] in text


def test_starter_when_every_setting_is_switched_on_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "token.txt").write_text("t", "utf-8")
    monkeypatch.setenv("FEED_PASSWORD", "p")
    text = sources.starter("Planet", "https://planet.example/", URL)
    site = load(tmp_path, re.sub(r"^# (\w+ = |\[\[page)", r"\1", text, flags=re.MULTILINE))
    assert site.timezone == "Europe/Berlin"
    assert site.theme == str(tmp_path / "theme")
    assert site.subscriptions[0].extra == {"twitter": "ada"}
    assert site.subscriptions[0].face == (tmp_path / "faces" / "ada.png").as_uri()


@pytest.mark.parametrize("name", sorted(TABLES))
def test_settings_have_the_defaults_that_their_records_have(name: str) -> None:
    records: dict[str, object] = {
        **{key: getattr(PageSettings(), key) for key in PageSettings.__struct_fields__},
        **{key: getattr(FetchSettings(), key) for key in FetchSettings.__struct_fields__},
        **{key: getattr(EntryRules(), key) for key in EntryRules.__struct_fields__},
        **{key: getattr(TopicSettings(), key) for key in TopicSettings.__struct_fields__},
    }
    if name in {"planet", "feed", "page"}:
        record = _EMPTY[name]
        records |= {key: getattr(record, key) for key in record.__struct_fields__}
    if name == "feed":  # without rules of its own it has the planet's
        assert all(value is None for value in astuple(OwnRules()))
        records |= dict.fromkeys(OwnRules.__struct_fields__, "")
    records["insecure"] = Access(home="").insecure
    chosen_by_paths = {"output", "state", "theme", "extra"}
    for setting in TABLES[name]:
        if setting.key not in chosen_by_paths and not setting.kind.fill:
            assert setting.default == records[setting.key], setting.key


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8")))
def test_literal_when_it_is_text_reads_back(text: str) -> None:
    assert tomllib.loads(f"x = {literal(text)}") == {"x": text}


@given(st.integers(-(10**12), 10**12))
def test_literal_when_it_is_a_number_reads_back(number: int) -> None:
    assert tomllib.loads(f"x = {literal(number)}") == {"x": number}
