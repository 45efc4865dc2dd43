from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic import legacy
from ecliptic.legacy import ini
from ecliptic.legacy.writing import WrittenIni, written
from ecliptic.model.access import Access, Proxy
from ecliptic.model.reading_list import ACCOUNT_NAME, ReadingList
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.site import (
    Channel,
    FetchSettings,
    PageSettings,
    Site,
    Subscription,
    TopicSettings,
)
from ecliptic.model.template import OldTemplate

URL = "https://blog.example/feed.xml"


def exported(folder: Path, *feeds: Subscription, **fields: object) -> tuple[WrittenIni, Site]:
    values = {
        "name": "P",
        "state": str(folder / "cache" / "config.sqlite"),
        "output": str(folder / "out"),
        "rules": EntryRules(future_dates="now"),
        "subscriptions": feeds,
        **fields,
    }
    made = written(Site(**values), folder / "config.ini")  # type: ignore[arg-type]
    (folder / "config.ini").write_text(made.text, "utf-8")
    return made, legacy.load(folder / "config.ini")


def test_written_when_pages_are_switched_off_says_nothing_of_them(tmp_path: Path) -> None:
    made, _ = exported(tmp_path, archive=False, search=False, faces=False, browse=())
    assert made.look == ()
    assert "#" not in made.text


def test_written_when_venus_can_say_it_reads_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "index.html.tmpl").write_text("", "utf-8")
    template = OldTemplate(
        file=str(tmp_path / "t" / "index.html.tmpl"),
        folder=str(tmp_path / "t"),
        path="index.html",
        engine="venus",
    )
    feed = Subscription(
        url=URL, name='"Ann" &amp; B ; C', link="https://blog.example/", hidden=True,
        extra={"face": "a.png"}, excerpt=200,
        rules=OwnRules(
            future_dates="wait", ignore_in_feed=("updated", "language"), xml_base="feed_alternate",
        ),
    )  # fmt: skip
    made, site = exported(
        tmp_path, feed, name="P & Q", link="https://planet.example/", owner_name="'Eve'",
        hub="https://hub.example/",
        excerpt=500, strip_ads=True, activity_threshold=90, extra={"colour": "red"},
        pages=PageSettings(items_per_page=7, feed_items=2), templates=(template,),
    )  # fmt: skip
    assert made.look == ()
    assert (site.dialect, site.name, site.owner_name) == ("venus", "P & Q", "'Eve'")
    assert site.hub == "https://hub.example/"
    assert (site.excerpt, site.strip_ads, site.pages) == (
        500, True, PageSettings(items_per_page=7, feed_items=2),
    )  # fmt: skip
    assert site.templates[0].file == template.file
    assert (site.output, site.state) == (
        str(tmp_path / "out"), str(tmp_path / "cache" / "config.sqlite"),
    )  # fmt: skip
    (again,) = site.subscriptions
    assert again == Subscription(**{
        key: getattr(feed, key) for key in feed.__struct_fields__
    } | {"line": again.line})  # fmt: skip


def test_written_when_a_list_is_at_an_address_without_a_path_then_it_is_that_address(
    tmp_path: Path,
) -> None:
    accounts = {
        f"https://{name}.example/": f"https://{name}.example/{ACCOUNT_NAME}" for name in "ab"
    }
    wanted = ReadingList(url="https://lists.example", kind="foaf", depth=2, accounts=accounts)
    made, site = exported(tmp_path, lists=(wanted,))
    assert made.look == ()
    assert [replace(each, line=0) for each in site.lists] == [wanted]


def test_written_when_a_template_is_of_django_says_how_it_escapes(tmp_path: Path) -> None:
    (tmp_path / "a.html.dj").write_text("{{ name }}", "utf-8")
    template = OldTemplate(
        file=str(tmp_path / "a.html.dj"), folder=str(tmp_path), path="a.html", engine="venus",
        kind="django", parameters={"django_autoescape": "off"}, items_per_page=60,
    )  # fmt: skip
    made, site = exported(tmp_path, templates=(template,))
    assert made.look == ()
    assert [(one.kind, one.parameters) for one in site.templates] == [
        ("django", {"django_autoescape": "off"})
    ]


def test_written_when_a_template_was_converted_says_that_venus_cannot_read_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.html.jinja"
    template = OldTemplate(
        file=str(file), folder=str(tmp_path), path="a.html", engine="venus", kind="jinja"
    )
    made, site = exported(tmp_path, templates=(template,))
    assert site.templates == ()
    assert any(str(file) in one for one in made.look)


FILTERS = [
    ('text:~"(?-i:python)" and not text:~"(?-i:jobs?)"', "filter = python\nexclude = jobs?"),
    ('text:~"python|perl"', "filter = (?i)python|perl"),
    ('text:~"(?-i:a)(?-i:b)"', "filter = (?i)(?-i:a)(?-i:b)"),
    ('text:~"(?-i:a)" and text:~"(?-i:b)"', "filter =\n  a\n  b"),
    ("tag:jobs", "# filter: (tag:jobs)"),
    ('text:~"a" or text:~"b"', '# filter: (text:~"a" or text:~"b")'),
]


@pytest.mark.parametrize(("expression", "lines"), FILTERS)
def test_written_when_a_feed_is_filtered_says_it_only_if_it_is_the_same(
    tmp_path: Path, expression: str, lines: str
) -> None:
    made, site = exported(tmp_path, Subscription(url=URL, filter=expression))
    assert f"\n{lines}\n" in made.text
    assert bool(made.look) == lines.startswith("#")
    assert bool(site.subscriptions[0].filter) != lines.startswith("#")


def test_written_when_planet_and_feed_are_filtered_each_feed_has_both(tmp_path: Path) -> None:
    feeds = (Subscription(url=URL, filter='text:~"(?-i:b)"'), Subscription(url=f"{URL}?2"))
    _, site = exported(tmp_path, *feeds, filter='text:~"(?-i:a)"')
    assert [feed.filter for feed in site.subscriptions] == [
        'text:~"(?-i:a)" and text:~"(?-i:b)"',
        'text:~"(?-i:a)"',
    ]


def test_written_when_venus_cannot_say_it_makes_it_a_comment_and_says_so(tmp_path: Path) -> None:
    secret = Access(home=URL, credentials="ada:s3cret")
    feeds = (
        Subscription(
            url=URL,
            access=secret,
            rules=OwnRules(removed="hide"),
            excerpt=0,
            face="https://a.example/me.png",
        ),
        Subscription(url="https://b.example/", paused=True, extra={"A key": "x"}),
    )
    made, site = exported(
        tmp_path, *feeds, language="de", description="What we say",
        pages=PageSettings(days_per_page=3), extra={"odd": "a ; b"},
        rules=EntryRules(flood_items=7, future_dates="now"), topics=TopicSettings(drop_below=0.2),
        fetch=FetchSettings(proxy=Proxy("http://u:hush@proxy.example:1")),
        channels=(Channel(path="jobs", name="Jobs", filter="tag:jobs"),),
    )  # fmt: skip
    assert [feed.url for feed in site.subscriptions] == [URL]
    assert not any(secret in made.text for secret in ("s3cret", "hush"))
    for part in ("let in", "rules of its own", "excerpt = 0", "is paused", "language = de",
                 "What we say", "days_per_page = 3", "flood_items = 7", "drop_below = 0.2",
                 "proxy = http://proxy.example:1", "odd = a ; b", "A key = x",
                 "the page jobs of tag:jobs", "the picture https://a.example/me.png"):  # fmt: skip
        assert sum(part in sentence for sentence in made.look) == 1, part
        assert part == "is paused" or part in made.text


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_written_when_texts_are_anything_no_line_becomes_another(name: str, value: str) -> None:
    feed = Subscription(url=URL, name=name, extra={"face": value})
    site = Site(name="P", subscriptions=(feed,), state="/p/s.db", output="/p/out")
    text = written(site, Path("/p/config.ini")).text
    document = ini.parse(text.encode())
    assert [section.title for section in document.sections] == ["Planet", URL]
    keys = document.sections[1].keys
    assert keys.keys() <= {"name", "face"}
    assert "face" not in keys or keys["face"].text == value
