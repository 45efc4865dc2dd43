from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic import legacy
from ecliptic.errors import ConfigError
from ecliptic.model.access import Access
from ecliptic.model.reading_list import ReadingList
from ecliptic.model.rules import OwnRules
from ecliptic.model.site import Site
from ecliptic.sources.check import examine


def load(folder: Path, text: str, name: str = "config.ini") -> Site:
    path = folder / name
    path.write_text(text, "utf-8")
    return legacy.load(path)


PLANET = """\
# An old planet
[Planet]
name = "Planet Old"
link = http://planet.example/
owner_name = Ada
owner_email = ada AT planet DOT example
cache_directory = /var/cache/planet
log_level = DEBUG
template_files = tmpl/index.html.tmpl tmpl/atom.xml.tmpl
output_dir = /srv/planet
items_per_page = 40   ; enough
days_per_page = 3
new_feed_items = 2
feed_timeout = 15
activity_threshold = 90
date_format = %d. %B %Y, %H:%M
new_date_format = %d. %B
encoding = utf-8
country = ec

[tmpl/index.html.tmpl]
days_per_page = 7
new_date_format = %A

[tmpl/atom.xml.tmpl]
items_per_page = 10

[DEFAULT]
facewidth = 65

[http://a.example/?cat=1;2&feed=rss2]
name = "Ada's"
face = ada.png
link = http://a.example/

[http://b.example/feed]
name = Bob
facewidth = 40
hidden = 1
filter = python
"""


def test_load_when_it_is_planet_2_reads_the_settings(tmp_path: Path) -> None:
    site = load(tmp_path, PLANET)
    assert (site.dialect, site.name, site.link) == (
        "planet", "Planet Old", "http://planet.example/",
    )  # fmt: skip
    assert (site.owner_name, site.owner_email) == ("Ada", "ada AT planet DOT example")
    assert site.state == "/var/cache/planet/config.sqlite"
    assert site.output == "/srv/planet"
    assert (site.date_format, site.day_format) == ("%d. %B %Y, %H:%M", "%A")
    assert site.activity_threshold == 90
    assert site.fetch.timeout == 15.0
    assert site.extra == {"country": "ec"}
    assert site.config == str(tmp_path / "config.ini")


def test_load_when_it_is_planet_2_takes_the_windows_of_the_front_page(tmp_path: Path) -> None:
    site = load(tmp_path, PLANET)
    pages = site.pages
    assert (pages.items_per_page, pages.days_per_page) == (40, 7)
    assert (site.rules.new_feed_items, pages.feed_items) == (2, 0)


def test_load_when_it_is_planet_2_reads_the_feeds_in_order(tmp_path: Path) -> None:
    ada, bob = load(tmp_path, PLANET).subscriptions
    assert (ada.url, ada.name, ada.link) == (
        "http://a.example/?cat=1;2&feed=rss2", "Ada's", "http://a.example/",
    )  # fmt: skip
    assert (ada.extra, ada.line) == ({"facewidth": "65", "face": "ada.png"}, 31)
    assert (bob.extra, bob.hidden, bob.paused) == ({"facewidth": "40"}, True, False)
    assert bob.filter == 'title:~"python" or body:~"python"'


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("de_DE.UTF-8", "de-DE"),
        ("nonsense here : es_MX.UTF-8 : es", "es-MX"),
        ("pt_BR@latin", "pt-BR"),
        ("ja", "ja"),
        ("C", "en"),
        ("", "en"),
    ],
)
def test_load_when_planet_2_names_a_locale_then_its_language_is_that_of_the_dates(
    tmp_path: Path, said: str, language: str
) -> None:
    site = load(tmp_path, f"[Planet]\nname = P\nlocale = {said}\n")
    assert (site.dialect, site.language, site.notices) == ("planet", language, ())


def test_load_when_a_locale_is_none_says_what_is_allowed(tmp_path: Path) -> None:
    (notice,) = load(tmp_path, "[Planet]\nname = P\nlocale = Deutsch!\n").notices
    assert notice == (
        "locale = Deutsch! (line 3) is not used; allowed: a language and a country such as"
        " de_DE.UTF-8."
    )


def test_load_when_it_is_venus_then_a_locale_has_no_effect_and_its_hub_is_told(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path,
        "[Planet]\nname = P\nlocale = de_DE\nlink = http://p.example/\n"
        "pubsubhubbub_hub = http://hub.example/\npubsubhubbub_feeds = atom.xml\n",
    )
    assert (site.dialect, site.language, site.hub) == ("venus", "en", "http://hub.example/")
    assert site.notices == (
        "No effect: locale (line 3); Venus never looked at it.",
        "No effect: pubsubhubbub_feeds (line 6); a hub is told of every output feed that changes.",
    )


def test_load_when_keys_have_no_effect_says_so_once_for_each_reason(tmp_path: Path) -> None:
    idle = "No effect: log_level (line 8); Ecliptic has its own ways for these."
    assert load(tmp_path, PLANET).notices.count(idle) == 1


def test_load_when_an_engine_was_mistaken_says_once_what_is_done_instead(tmp_path: Path) -> None:
    found = load(tmp_path, PLANET).notices[-2:]
    assert [notice.partition(" (line")[0] for notice in found] == [
        "days_per_page",
        "new_feed_items",
    ]
    venus = load(tmp_path, "[Planet]\nname = V\nfuture_dates = ignore_entry\nspider_threads = 0\n")
    assert sum("Venus dropped all entries" in notice for notice in venus.notices) == 1


VENUS = """\
[Planet]
name = Planet %(who)s
who = Venus
output_theme = classic
items_per_page = 20
days_per_page = 5
new_feed_items = 4
filters = a.py b.xslt?x=1
cache_directory = cache

[index.html.xslt]
items_per_page = 50

[a.py]
omit = img

[people.xml]
content_type = opml

[http://a.example/feed]
name = Ada
ignore_in_feed = updated
"""


def test_load_when_it_is_venus_gives_keys_their_meaning_there(tmp_path: Path) -> None:
    site = load(tmp_path, VENUS)
    assert (site.dialect, site.name) == ("venus", "Planet Venus")
    assert (site.pages.items_per_page, site.pages.days_per_page) == (50, 0)
    assert (site.rules.new_feed_items, site.pages.feed_items) == (0, 4)
    assert site.output == str(tmp_path / "output")
    assert site.state == str(tmp_path / "cache" / "config.sqlite")


def test_load_when_it_is_venus_takes_only_feeds_for_feeds(tmp_path: Path) -> None:
    site = load(tmp_path, VENUS)
    assert [feed.url for feed in site.subscriptions] == ["http://a.example/feed"]
    assert site.subscriptions[0].extra == {}
    people = (tmp_path / "people.xml").as_uri()
    access = Access(home=people, local=True)
    assert site.lists == (ReadingList(url=people, kind="opml", line=17, access=access),)
    assert any("days_per_page (line 6)" in notice for notice in site.notices)
    assert site.subscriptions[0].rules == OwnRules(ignore_in_feed=("updated",))


CORRECTED = """\
[DEFAULT]
title_type = text/html
[Planet]
name = P
ignore_in_feed = xml:lang, Published
[http://a.example/feed]
ignore_in_feed = tags author_detail generator
name_type = xhtml
xml_base = feed_alternate
[http://b.example/x/feed]
xml_base = ../y/
summary_type = pdf
[http://[c.example/feed]
xml_base = z/
"""


def test_load_when_venus_corrects_feeds_then_so_do_we(tmp_path: Path) -> None:
    site = load(tmp_path, CORRECTED)
    assert site.dialect == "venus"
    assert site.rules.corrections == (
        ("ignore_in_feed", ("language", "published")),
        ("title_type", "html"),
    )
    ada, bob, _ = site.subscriptions
    assert ada.rules == OwnRules(
        ignore_in_feed=("category", "author"), name_type="html", xml_base="feed_alternate"
    )
    assert bob.rules == OwnRules(xml_base="http://b.example/y/")
    assert site.extra == ada.extra == bob.extra == {}
    unknown, refused, base, *_ = site.notices
    assert unknown == ("No effect: generator in ignore_in_feed (line 7); pages show no such thing.")
    assert base.startswith("xml_base = z/ (line 14) is not used; ")
    assert refused == ("summary_type = pdf (line 12) is not used; allowed: text, html, xhtml.")


def test_load_when_a_feed_has_the_rule_of_its_planet_has_none_of_its_own(tmp_path: Path) -> None:
    site = load(
        tmp_path, "[Planet]\nfuture_dates = keep\n[http://a.example/f]\nfuture_dates = keep"
    )
    assert site.subscriptions[0].rules is None


@pytest.mark.parametrize(
    ("word", "rule"), [("keep", "now"), ("ignore_date", "now"), ("ignore_entry", "wait")]
)
def test_load_when_venus_has_a_word_for_future_dates_then_it_becomes_ours(
    tmp_path: Path, word: str, rule: str
) -> None:
    feed = "[http://a.example/feed]\nname = A\n"
    site = load(tmp_path, f"[Planet]\nname = P\nfuture_dates = {word}\n{feed}")
    assert site.rules.future_dates == rule
    assert site.subscriptions[0].rules is None
    other = {"now": "ignore_entry", "wait": "keep"}[rule]
    text = f"[Planet]\nname = P\nfuture_dates = {other}\n{feed}future_dates = {word}\n"
    site = load(tmp_path, text)
    assert site.rules.future_dates != rule
    assert site.subscriptions[0].rules == OwnRules(future_dates=rule)
    assert site.subscriptions[0].extra == {}
    assert not any("No effect: future_dates" in notice for notice in site.notices)


def test_load_when_new_feed_items_is_absent_takes_the_default_of_its_engine(
    tmp_path: Path,
) -> None:
    for text, limit in (
        ("[Planet]\nname = P\n", 10),
        ("[Planet]\nnew_feed_items = 0\n", 0),
        ("[http://a.example/]\n", 0),
        ("[Planet]\nname = P\noutput_theme = x\n", 0),
    ):
        site = load(tmp_path, text)
        assert (site.rules.new_feed_items, site.pages.feed_items) == (limit, 0)


DIALECTS = [
    ("[Planet]\nname = P\n[http://a.example/]\n", "planet"),
    ("[planet]\nname = P\n[http://a.example/]\n", "planet"),
    ("[http://a.example/]\nname = A\n", "planet"),
    ("[Planet]\n# filters = x\n", "planet"),
    ("[Planet]\nfilters = x\n", "venus"),
    ("[Planet]\nspider_threads = 4\n", "venus"),
    ("[Planet]\ntemplate_files = a.html.xslt\n", "venus"),
    ("[Planet]\n[DEFAULT]\nfuture_dates = ignore_date\n", "venus"),
    ("[Planet]\n[index.html.xslt]\n", "venus"),
    ("title = P\n", "pluto"),
    ("[a]\nfeed = http://a.example/\n", "pluto"),
    ("[a]\nfeed_url = http://a.example/\n", "pluto"),
    ("[Planet]\n[a]\nfeed = http://a.example/\n", "planet"),
]


@pytest.mark.parametrize(("text", "dialect"), DIALECTS)
def test_load_when_the_engine_is_not_said_recognises_it(
    tmp_path: Path, text: str, dialect: str
) -> None:
    assert load(tmp_path, text).dialect == dialect


def test_load_when_sections_are_not_addresses_pauses_them_and_says_so(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        "[Planet]\nname = P\n[fixitwithcode://a.example/feed.xml]\nname = A\n[feed://b.example/]\n"
        "[clojure/index.html.tmpl]\ndays_per_page = 1\n[c]\nfeed = https://c.example/\ntitle = C\n",
    )
    assert [(feed.url, feed.paused) for feed in site.subscriptions] == [
        ("fixitwithcode://a.example/feed.xml", True),
        ("http://b.example/", False),
        ("https://c.example/", False),
    ]
    assert site.subscriptions[2].name == "C"
    assert site.notices[0] == (
        "Not http or https addresses, therefore paused:"
        " fixitwithcode://a.example/feed.xml (line 3)."
    )


def test_load_when_feeds_and_sections_come_twice_reads_them_once(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        "[Planet]\nname = P\n[http://a.example/]\nname = A\n[http://b.example/]\n"
        "[HTTP://A.example/]\n[http://a.example/]\nname = B\n???\n",
    )
    assert [(feed.url, feed.name) for feed in site.subscriptions] == [
        ("http://a.example/", "B"),
        ("http://b.example/", ""),
    ]
    assert site.notices == (
        "Feeds listed more than once are read once: HTTP://A.example/ (lines 3 and 6).",
        "Sections that come more than once are read as one: [http://a.example/] (lines 3, 7).",
        "Lines that could not be understood: 9.",
    )


def test_load_when_numbers_are_bad_names_every_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "[Planet]\nitems_per_page = lots\nfeed_timeout = 1,5\nnew_feed_items = 3x\n")
    path = tmp_path / "config.ini"
    allowed = "allowed: a whole number from 0"
    assert str(caught.value).split("\n") == [
        f'{path}:2: items_per_page in [Planet] is "lots"; {allowed}',
        f'{path}:3: feed_timeout in [Planet] is "1,5"; {allowed}',
        f'{path}:4: new_feed_items in [Planet] is "3x"; {allowed}',
    ]


def test_load_when_numbers_are_negative_or_fractions_reads_them_as_they_worked(
    tmp_path: Path,
) -> None:
    site = load(
        tmp_path,
        "[Planet]\nitems_per_page = -1\ndays_per_page = -1 all\nfeed_timeout = 20.5\n"
        "new_feed_items = 3.\n",
    )
    assert (site.pages.items_per_page, site.pages.days_per_page) == (0, 0)
    assert (site.fetch.timeout, site.rules.new_feed_items) == (20.0, 3)


def test_load_when_a_section_is_the_path_of_a_file_reads_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = tmp_path / "start"
    for folder in (tmp_path / "feeds", start / "here"):
        folder.mkdir(parents=True)
        (folder / "a b.xml").write_text("<rss/>", "utf-8")
    monkeypatch.chdir(start)
    site = load(tmp_path, "[Planet]\n[feeds/a b.xml]\nname = A\n[here/a b.xml]\n[here/none.xml]\n")
    beside, here, none = site.subscriptions
    assert (beside.url, beside.name) == ((tmp_path / "feeds" / "a b.xml").as_uri(), "A")
    assert here.url == (start / "here" / "a b.xml").as_uri()
    assert (beside.paused, here.paused, none.paused) == (False, False, True)
    assert beside.access is not None
    assert beside.access.local


def test_load_when_texts_are_odd_takes_what_can_be_used(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        "[Planet]\nname = P\x1b[31m\nlink = planet.example\ndate_format = %Q\nencoding = latin-1\n"
        "[http://a.example/]\nlink = javascript:alert(1)\n",
    )
    assert site.name == "P [31m"
    assert site.link == "http://planet.example"
    assert site.date_format == Site(name="").date_format
    assert site.subscriptions[0].link == ""
    said = " ".join(site.notices)
    for part in ("link = planet.example (line 3)", "date_format (line 4)", "latin-1 (line 5)",
                 "javascript:alert(1) (line 7)"):  # fmt: skip
        assert part in said


def test_load_when_the_output_would_publish_the_configuration_moves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = load(tmp_path, "[Planet]\noutput_dir = .\ncache_directory = site/cache\n")
    assert site.output == str(tmp_path / "site")
    assert site.state == str(tmp_path / "site.sqlite")
    assert len(site.notices) == 2


def test_load_when_paths_are_relative_and_the_folder_is_another_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "[Planet]\noutput_dir = out\ncache_directory = /c\n"
    monkeypatch.chdir(tmp_path)
    assert load(tmp_path, text).notices == ()
    monkeypatch.chdir("/")
    site = load(tmp_path, text)
    assert site.output == str(tmp_path / "out")
    assert site.notices[0].startswith("output_dir: relative paths are seen from the folder")


def test_load_when_there_is_nothing_in_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, "# nothing\n")
    assert caught.value.code == "sources.not_recognised"


def test_check_when_an_old_file_loads_gives_its_notices(tmp_path: Path) -> None:
    path = tmp_path / "config.ini"
    path.write_text(PLANET, "utf-8")
    found = examine(path, legacy.load)
    assert [each.code for each in found if each.severity == "note"] == ["sources.notice"] * 4
    assert [(each.code, each.line) for each in found if each.severity == "warning"] == [
        ("sources.insecure", 31),
    ]


def test_check_when_an_old_file_is_bad_gives_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "config.ini"
    path.write_text("[Planet]\nitems_per_page = x\n", "utf-8")
    assert [(each.severity, each.line) for each in examine(path, legacy.load)] == [("error", 2)]


def test_load_when_a_planet_is_in_several_files_puts_the_later_over_the_earlier(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "one.ini", tmp_path / "two.ini"
    one.write_text("[Planet]\nname = One\noutput_dir = out\n[http://a.example/]\nname = A\n")
    two.write_text(
        "[planet]\nname = Two\nspider_threads = 3\n[http://b.example/]\n[http://a.example/]\n"
        "name = Ann\nface = a.png\n"
    )
    site = legacy.load(one, two)
    assert (site.name, site.dialect, site.output) == ("Two", "venus", str(tmp_path / "out"))
    assert [(feed.url, feed.name, feed.extra) for feed in site.subscriptions] == [
        ("http://a.example/", "Ann", {"face": "a.png"}),
        ("http://b.example/", "", {}),
    ]
    assert [feed.line for feed in site.subscriptions] == [4, 10]
    assert (site.config, site.state) == (str(one), str(tmp_path / "one.sqlite"))


def test_load_when_a_file_is_no_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.ini: this is no text; name an ini file"):
        load(tmp_path, "\x7fELF\0[x]\ny = 1\n")


def test_load_when_the_title_of_a_list_is_no_address_then_it_is_not_read(tmp_path: Path) -> None:
    text = "[Planet]\nname = P\n[tests/elhttp://x.foaf]\ncontent_type = foaf\n"
    site = load(tmp_path, text)
    assert site.lists == ()
    assert "Reading lists that are not read: tests/elhttp://x.foaf (line 3)" in site.notices[0]


def test_load_when_a_list_is_of_people_says_how_far_and_with_which_services(
    tmp_path: Path,
) -> None:
    text = (
        "[Planet]\nname = P\n[http://l.example/foaf]\ncontent_type = foaf\ndepth=9\n"
        "online_accounts =\n  http://d.example/|http://d.example/rss/{foaf:accountName}\n"
        "  http://f.example/|nowhere\n"
    )
    site = load(tmp_path, text)
    (people,) = site.lists
    assert people.depth == 3
    assert people.accounts == {"http://d.example/": "http://d.example/rss/{foaf:accountName}"}
    (notice,) = site.notices
    assert notice == (
        "Services of online_accounts (line 6) that are not used: http://f.example/; allowed are"
        " a page, | and an address with {foaf:accountName} in it."
    )
