from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecliptic import sources
from ecliptic.errors import ConfigError
from ecliptic.model.codes import SOURCES
from ecliptic.model.finding import Finding
from ecliptic.model.rules import EntryRules
from ecliptic.model.site import TopicSettings, rules_by_feed
from ecliptic.sources.kinds import FEED_ADDRESS

WHOLE = """\
[planet]
name = "Planet Example"
link = "https://planet.example/"
description = "What we write"
language = "pt-BR"
owner_name = "Ada"
owner_email = "ada@planet.example"
timezone = "UTC"
date_format = "%d.%m.%Y %H:%M"
day_format = "%d.%m.%Y"
items_per_page = 25
days_per_page = 10
new_feed_items = 1
feed_items = 4
activity_threshold = 180
output = "public"
state = "var/planet.db"
publish_as = "folder"
link_rel = "ugc"
extra = { logo = "logo.svg" }

[fetch]
timeout = 12.5
connect_timeout = 3
max_bytes = 5_000_000
max_redirects = 2
connections = 8
connections_per_host = 1
user_agent = "PlanetExample (+https://planet.example/)"
allow_networks = ["192.0.2.7/24", "::1"]

[[feed]]
url = "https://blog.example/feed.xml"
name = "Ada"
link = "https://blog.example/"
paused = true

[[feed]]
url = "https://bücher.example/atom"
hidden = true
[feed.extra]
face = "b.png"
"""


def write(folder: Path, text: str, name: str = "planet.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def problems(folder: Path, text: str) -> list[Finding]:
    with pytest.raises(ConfigError) as caught:
        sources.load(write(folder, text))
    found: Any = caught.value.params["findings"]
    assert caught.value.exit_status == 2
    assert all(finding.code in SOURCES for finding in found)
    return list(found)


def test_load_when_everything_is_set_returns_all_of_it(tmp_path: Path) -> None:
    site = sources.load(write(tmp_path, WHOLE))
    assert site.name == "Planet Example"
    assert site.language == "pt-BR"
    assert (site.owner_name, site.owner_email) == ("Ada", "ada@planet.example")
    assert (site.date_format, site.day_format) == ("%d.%m.%Y %H:%M", "%d.%m.%Y")
    assert site.activity_threshold == 180
    assert site.pages.items_per_page == 25
    assert site.pages.days_per_page == 10
    assert site.rules.new_feed_items == 1
    assert site.pages.feed_items == 4
    assert site.output == str(tmp_path / "public")
    assert site.state == str(tmp_path / "var/planet.db")
    assert (site.publish_as, site.link_rel, site.extra) == ("folder", "ugc", {"logo": "logo.svg"})
    assert (site.fetch.timeout, site.fetch.connect_timeout) == (12.5, 3.0)
    assert site.fetch.allow_networks == ("192.0.2.0/24", "::1/128")
    assert (site.dialect, site.config) == ("toml", str(tmp_path / "planet.toml"))
    first, second = site.subscriptions
    assert (first.name, first.paused, first.line) == ("Ada", True, 32)
    assert (second.hidden, second.extra, second.line) == (True, {"face": "b.png"}, 38)


def test_load_when_a_feed_has_rules_of_its_own_then_they_stand_over_the_planets(
    tmp_path: Path,
) -> None:
    text = """
[planet]
name = "P"
flood_items = 5
future_dates = "never"
silent_after_days = 700
[[feed]]
url = "https://a.example/"
flood_items = 0
bump_on_update = true
quarantine = false
[[feed]]
url = "https://b.example/"
"""
    site = sources.load(write(tmp_path, text))
    assert site.rules == EntryRules(flood_items=5, future_dates="never")
    assert (site.dead_after_days, site.silent_after_days) == (90, 700)
    own = EntryRules(flood_items=0, future_dates="never", bump_on_update=True, quarantine=False)
    assert rules_by_feed(site) == {"https://a.example/": own}


def test_load_when_a_word_for_future_dates_is_unknown_then_the_words_are_named(
    tmp_path: Path,
) -> None:
    (problem,) = problems(tmp_path, '[planet]\nname = "P"\nfuture_dates = "later"\n')
    assert problem.allowed == '"wait" or "now" or "never"'


def test_load_when_only_the_name_is_set_takes_the_defaults(tmp_path: Path) -> None:
    site = sources.load(write(tmp_path, '[planet]\nname = "P"\n', "mine.toml"))
    assert site.output == str(tmp_path / "site")
    assert site.state == str(tmp_path / "mine.sqlite")
    assert site.theme == ""
    assert site.pages.items_per_page == 60
    assert site.subscriptions == ()


def test_load_when_there_is_a_theme_folder_uses_it(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    site = sources.load(write(tmp_path, '[planet]\nname = "P"\n'))
    assert site.theme == str(tmp_path / "theme")


def test_load_when_the_path_is_relative_returns_absolute_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, '[planet]\nname = "P"\noutput = "../public"\n')
    monkeypatch.chdir(tmp_path)
    site = sources.load("planet.toml")
    assert site.config == str(tmp_path / "planet.toml")
    assert site.output == str(tmp_path.parent / "public")


def test_load_when_lines_end_as_on_windows_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert [feed.line for feed in sources.load(path).subscriptions] == [32, 38]


BAD_SETTINGS = [
    ('[planet]\nname = ""', 2, "sources.bad_value", "planet.name"),
    ("[planet]\nname = 3", 2, "sources.bad_value", "planet.name"),
    ('[planet]\nname = "a\\nb"', 2, "sources.bad_value", "planet.name"),
    ('[planet]\nlink = "planet.example"\nname = "P"', 2, "sources.bad_address", "planet.link"),
    ('[planet]\nhub = "hub.example"\nname = "P"', 2, "sources.bad_address", "planet.hub"),
    ('[planet]\nhub = "https://me:pw@hub.example/"\nname = "P"', 2, "sources.bad_address",
     "planet.hub"),
    ('[planet]\nname = "P"\nignore_in_feed = [["id"]]', 3, "sources.bad_value",
     "planet.ignore_in_feed"),
    ('[planet]\nname = "P"\nignore_in_feed = ["age"]', 3, "sources.bad_value",
     "planet.ignore_in_feed"),
    ('[planet]\nname = "P"\nbrowse = [["tags"]]', 3, "sources.bad_value", "planet.browse"),
    ('[planet]\nname = "P"\nlanguage = "English!"', 3, "sources.bad_value", "planet.language"),
    ('[planet]\nname = "P"\nowner_email = "me"', 3, "sources.bad_value", "planet.owner_email"),
    ('[planet]\nname = "P"\ntimezone = "Mars/Base"', 3, "sources.bad_value", "planet.timezone"),
    ('[planet]\nname = "P"\ntimezone = "../etc"', 3, "sources.bad_value", "planet.timezone"),
    ('[planet]\nname = "P"\ndate_format = "%Q"', 3, "sources.bad_value", "planet.date_format"),
    ('[planet]\nname = "P"\nday_format = "100%"', 3, "sources.bad_value", "planet.day_format"),
    ('[planet]\nname = "P"\nitems_per_page = -1', 3, "sources.bad_value", "planet.items_per_page"),
    (
        '[planet]\nname = "P"\nitems_per_page = true', 3, "sources.bad_value",
        "planet.items_per_page",
    ),
    (
        '[planet]\nname = "P"\nitems_per_page = 6.5', 3, "sources.bad_value",
        "planet.items_per_page",
    ),
    ('[planet]\nname = "P"\npublish_as = "link"', 3, "sources.bad_value", "planet.publish_as"),
    ('[planet]\nname = "P"\nlink_rel = "<b>"', 3, "sources.bad_value", "planet.link_rel"),
    ('[planet]\nname = "P"\noutput = "."', 3, "sources.bad_path", "planet.output"),
    ('[planet]\nname = "P"\noutput = ".."', 3, "sources.bad_path", "planet.output"),
    ('[planet]\nname = "P"\noutput = "planet.sqlite"', 3, "sources.bad_path", "planet.output"),
    ('[planet]\nname = "P"\nstate = "site/s.db"', 3, "sources.bad_path", "planet.state"),
    ('[planet]\nname = "P"\noutput = "planet.sqlite/x"', 3, "sources.bad_path", "planet.output"),
    ('[planet]\nname = "P"\ntheme = "nowhere"', 3, "sources.bad_path", "planet.theme"),
    ('[planet]\nname = "P"\ntheme = "site/t"', 3, "sources.bad_path", "planet.theme"),
    ('[planet]\nname = "P"\n[fetch]\ntimeout = 0', 4, "sources.bad_value", "fetch.timeout"),
    (
        '[planet]\nname = "P"\n[fetch]\nallow_networks = [\n  "10.0.0.0/99",\n]', 4,
        "sources.bad_value", "fetch.allow_networks",
    ),
    (
        '[planet]\nname = "P"\n[fetch]\nallow_networks = "::1"', 4, "sources.bad_value",
        "fetch.allow_networks",
    ),
    ("planet = 3", 1, "sources.wrong_type", "planet"),
    ('fetch = 3\n[planet]\nname = "P"', 1, "sources.wrong_type", "fetch"),
    ('feed = 3\n[planet]\nname = "P"', 1, "sources.wrong_type", "feed"),
    ('[[feed]]\nurl = "https://a.example/"', 0, "sources.missing", "planet"),
    ('# nothing\n[planet]\nlink = "https://p.example"', 2, "sources.missing", "planet"),
    ('[planet]\nname = "P"\n\n[[feed]]\nname = "A"', 4, "sources.missing", "feed"),
    ('[planet]\nname = "P"\n[[feed]]\nurl = "ftp://a.example"', 4, "sources.bad_address",
     "feed.url"),
    ('[planet]\nname = "P"\n[[feed]]\nurl = "https:///x"', 4, "sources.bad_address", "feed.url"),
    ('[planet]\nname = "P"\n[[feed]]\nurl = "https://a b/"', 4, "sources.bad_address",
     "feed.url"),
    (
        '[planet]\nname = "P"\n[[feed]]\nurl = "https://a.example/"\nextra = { face = 3 }', 5,
        "sources.bad_value", "feed.extra",
    ),
    (
        '[planet]\nname = "P"\n[[feed]]\nurl = "https://a.example/"\ntwitter = "x"', 5,
        "sources.unknown_key", "feed.twitter",
    ),
    *(
        (
            f'[planet]\nname = "P"\n[[feed]]\nurl = "https://a.example/"\nface = "{face}"', 5,
            "sources.bad_value", "feed.face",
        )
        for face in ("", "ftp://a.example/a.png", "https://a:b@a.example/a.png",
                     "data:image/png;base64,AA==", "file:///etc/passwd")
    ),
    ('[planet]\nname = "P"\n[server]\nport = 3', 3, "sources.unknown_key", "server"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "code", "key"), BAD_SETTINGS)
def test_load_when_a_setting_is_bad_names_its_line_and_key(
    tmp_path: Path, text: str, line: int, code: str, key: str
) -> None:
    found = problems(tmp_path, text)
    assert (line, code, key) in [(each.line, each.code, each.key) for each in found]


def test_load_when_much_is_wrong_says_all_of_it_one_line_each(tmp_path: Path) -> None:
    text = (
        '[planet]\nnmae = "x"\nitems_per_page = "many"\n\n[fetch]\ntimeout = 0\n\n'
        '[[feed]]\nurl = "nonsense"\n\n[[feeds]]\n'
    )
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        sources.load(path)
    assert str(caught.value).split("\n") == [
        f'{path}:1: there is no "name" in [planet]',
        f'{path}:2: unknown key "nmae" in [planet]; did you mean "name"?',
        f'{path}:3: planet.items_per_page is "many"; allowed: a whole number from 0 to 10,000',
        f"{path}:6: fetch.timeout is 0; allowed: a number of seconds from 1 to 600",
        f'{path}:9: feed.url is "nonsense" (it has no scheme); allowed: {FEED_ADDRESS.allowed}',
        f'{path}:11: unknown key "feeds" at the top of the file; did you mean "feed"?',
    ]


def test_load_when_a_feed_is_listed_twice_names_both_lines(tmp_path: Path) -> None:
    text = (
        '[planet]\nname = "P"\n[[feed]]\nurl = "https://a.example/"\n# again\n'
        '[[feed]]\nname = "A"\nurl = "HTTPS://A.example:443"\n'
    )
    (found,) = problems(tmp_path, text)
    assert (found.code, found.line) == ("sources.duplicate_feed", 6)
    assert "already listed on line 3" in found.message


def test_load_when_a_value_is_huge_shows_its_beginning(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, f'[planet]\nname = "P"\nlanguage = "{"x" * 5000}"')
    assert len(found.message) < 200


BROKEN = [
    (b"[planet]\nname = Planet", 2),
    (b"[planet]\nname = 'P'\nname = 'Q'", 3),
    (b'[planet]\nname = "a', 2),
    (b'[planet]\nname = "caf\xe9"\n', 2),
    (b"[planet]\nx = " + b"[" * 5000, None),
    (b"[planet]\nx = " + b"9" * 5000, None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "line"), BROKEN)
def test_load_when_it_is_not_toml_says_where(tmp_path: Path, data: bytes, line: int | None) -> None:
    path = tmp_path / "planet.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        sources.load(path)
    assert caught.value.code == "sources.bad_syntax"
    assert line is None or caught.value.params["line"] == line


def test_load_when_there_is_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        sources.load(tmp_path / "planet.toml")
    assert caught.value.code == "sources.missing_file"


def test_load_when_it_is_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        sources.load(tmp_path)
    assert caught.value.code == "sources.unreadable"


def test_load_when_it_is_an_old_ini_file_says_what_is_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, "[Planet]\nname = P\n", "config.ini")
    with pytest.raises(ConfigError) as caught:
        sources.load(path)
    assert caught.value.code == "sources.not_native"


def test_topics_when_thresholds_are_given_then_they_are_read(tmp_path: Path) -> None:
    config = write(tmp_path, '[planet]\nname = "P"\n[topics]\ndrop_below = 0\nreview_below = 0.5\n')
    assert sources.load(config).topics == TopicSettings(drop_below=0.0, review_below=0.5)
    config = write(tmp_path, '[planet]\nname = "P"\n')
    assert sources.load(config).topics == TopicSettings(drop_below=None, review_below=None)


def test_topics_when_more_is_dropped_than_reviewed_then_it_says_so(tmp_path: Path) -> None:
    config = write(
        tmp_path, '[planet]\nname = "P"\n[topics]\nreview_below = 0.2\ndrop_below = 0.5\n'
    )
    with pytest.raises(ConfigError, match=r":5: topics\.drop_below is 0\.5"):
        sources.load(config)


def test_load_when_a_feed_takes_back_a_correction_then_it_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "planet.toml"
    path.write_text(
        '[planet]\nname = "P"\ntitle_type = "text"\nxml_base = "feed_alternate"\n'
        '[[feed]]\nurl = "https://a.example/feed"\ntitle_type = ""\nxml_base = ""\n'
        '[[feed]]\nurl = "https://b.example/feed"\n'
    )
    site = sources.load(path)
    rules = rules_by_feed(site)
    assert rules["https://a.example/feed"].corrections == ()
    assert rules.get("https://b.example/feed", site.rules).corrections == (
        ("title_type", "text"),
        ("xml_base", "feed_alternate"),
    )
