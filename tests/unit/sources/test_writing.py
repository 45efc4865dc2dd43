from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.model.access import Access, Proxy
from ecliptic.model.pipeline import PluginUse
from ecliptic.model.rules import EntryRules, OwnRules
from ecliptic.model.site import (
    Channel,
    FetchSettings,
    PageSettings,
    Site,
    Subscription,
    TopicSettings,
)
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.sources import toml
from ecliptic.sources.writing import written
from planets_on_disk import without_places

URL = "https://blog.example/feed.xml"


def site_at(folder: Path, **fields: object) -> Site:
    values = {
        "name": "P",
        "state": str(folder / "planet.sqlite"),
        "output": str(folder / "site"),
        **fields,
    }
    return Site(**values)  # type: ignore[arg-type]


def again(folder: Path, site: Site) -> Site:
    path = folder / "planet.toml"
    return toml.read(path, written(site, path).text)


def test_written_when_nothing_is_set_says_the_name_alone(tmp_path: Path) -> None:
    text = written(site_at(tmp_path), tmp_path / "planet.toml").text
    assert [line for line in text.splitlines() if line and line[0] != "#"] == [
        "[planet]",
        'name = "P"',
    ]


def test_written_when_all_is_set_reads_back_as_it_was(tmp_path: Path) -> None:
    for name in ("mine", "old"):
        (tmp_path / name).mkdir()
    for name in ("old/index.html.tmpl", "old/people.xslt", "old/style.css"):
        (tmp_path / name).write_text("", "utf-8")
    run = PluginUse(name="f.py", plugin="executables", params={"run": "/f.py", "deep": 2.5})
    template = OldTemplate(
        file=str(tmp_path / "old" / "index.html.tmpl"), path="index.html",
        folder=str(tmp_path / "old"), engine="venus", items_per_page=7, encoding="xml",
    )  # fmt: skip
    stylesheet = OldTemplate(
        file=str(tmp_path / "old" / "people.xslt"), path="de/people.html", kind="xslt",
        folder=str(tmp_path / "old"), items_per_page=25, parameters={"colour": "red"},
    )  # fmt: skip
    site = site_at(
        tmp_path,
        name='The "P"',
        link="https://planet.example/",
        language="de",
        owner_email="ada at planet dot example",
        rules=EntryRules(new_feed_items=2, bump_on_update=True),
        pages=PageSettings(items_per_page=25),
        fetch=FetchSettings(timeout=1234567.25 / 1e4, proxy=Proxy("http://proxy.example:3128")),
        topics=TopicSettings(drop_below=0.25),
        link_rel="",
        state=str(tmp_path / "var" / "p.db"),
        output=str(tmp_path.parent.parent.parent / "elsewhere"),
        theme=str(tmp_path / "mine"),
        filter="not tag:jobs",
        archive=False,
        faces=False,
        channels=(
            Channel(path="jobs", name="Jobs", filter="tag:jobs"),
            Channel(path="web/css", name="CSS", filter="tag:css", days_per_page=0),
        ),
        plugins=(run,),
        extra={"a key": "ä\x7f", "plain": "x"},
        templates=(template, stylesheet),
        copies=(Copied(file=str(tmp_path / "old" / "style.css"), path="css/style.css"),),
        subscriptions=(
            Subscription(url=URL, name="A", extra={"face": "a.png"}, plugins=(), excerpt=0,
                         face=(tmp_path / "faces" / "a b.png").as_uri()),
            Subscription(
                url="https://b.example/", paused=True, filter="lang:en",
                face="https://b.example/b.png",
                rules=OwnRules(flood_items=0, quarantine=False),
                plugins=(replace(run, params={"run": "/f.py?a=1"}),),
                access=Access(home="https://b.example/", proxy=Proxy(), insecure=True),
            ),
        ),
    )  # fmt: skip
    found = again(tmp_path, site)
    second = found.subscriptions[1].plugins or ()
    assert [use.name for use in second] == ["f.py-2"]  # two lists of parameters, two names
    feed = replace(found.subscriptions[1], plugins=(replace(second[0], name="f.py"),))
    found = replace(found, subscriptions=(found.subscriptions[0], feed))
    assert without_places(found) == without_places(site)


def test_written_when_paths_are_near_are_relative(tmp_path: Path) -> None:
    far = str(Path(tmp_path.root) / "far" / "site")
    site = site_at(tmp_path, state=str(tmp_path.parent / "cache" / "s.db"), output=far)
    text = written(site, tmp_path / "planet.toml").text
    assert 'state = "../cache/s.db"' in text
    assert f'output = "{far}"' in text


def test_written_when_a_feed_has_secrets_names_where_they_are_to_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def feed(path: str, credentials: str) -> Subscription:
        url = f"https://blog.example/{path}"
        headers = (("X-Token", "top"),) if path == "a" else ()
        access = Access(home=url, credentials=credentials, headers=headers)
        return Subscription(url=url, access=access)

    site = site_at(
        tmp_path,
        fetch=FetchSettings(proxy=Proxy("http://u:hush@proxy.example:3128")),
        subscriptions=(feed("a", "ada:s3cret"), feed("b", "ada:s3cret"), feed("c", "tok3n:"),
                       feed("d", "eve:0ther")),
    )  # fmt: skip
    made = written(site, tmp_path / "planet.toml")
    assert not any(secret in made.text for secret in ("s3cret", "top", "tok3n", "0ther", "hush"))
    secrets = {
        "PLANET_PROXY": "http://u:hush@proxy.example:3128",
        "PLANET_BLOG_EXAMPLE_PASSWORD": "s3cret",
        "PLANET_BLOG_EXAMPLE_X_TOKEN": "top",
        "PLANET_BLOG_EXAMPLE_USERNAME": "tok3n",
        "PLANET_BLOG_EXAMPLE_PASSWORD_2": "0ther",
    }
    assert set(made.secrets) == set(secrets)
    for name, secret in secrets.items():
        monkeypatch.setenv(name, secret)
    assert without_places(again(tmp_path, site)) == without_places(site)


def test_written_when_an_address_cannot_be_asked_makes_it_a_comment(tmp_path: Path) -> None:
    site = site_at(tmp_path, subscriptions=(Subscription(url="odd://x\n[[feed]]", paused=True),))
    made = written(site, tmp_path / "planet.toml")
    assert made.feeds == 0
    assert len(made.look) == 1
    assert again(tmp_path, site).subscriptions == ()


def test_written_when_a_value_is_out_of_bounds_says_so(tmp_path: Path) -> None:
    site = site_at(tmp_path, pages=PageSettings(items_per_page=999_999))
    made = written(site, tmp_path / "planet.toml")
    assert "# items_per_page = 999_999" in made.text
    assert "a whole number from 0 to 10,000" in made.look[0]


def test_written_when_a_folder_has_the_name_of_themes_says_so(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    assert "theme" in written(site_at(tmp_path), tmp_path / "planet.toml").look[0]


def test_written_when_feeds_have_rules_explains_each_once(tmp_path: Path) -> None:
    feeds = tuple(
        Subscription(url=f"https://{n}.example/", rules=OwnRules(removed="hide")) for n in range(3)
    )
    text = written(site_at(tmp_path, subscriptions=feeds), tmp_path / "planet.toml").text
    assert text.count('removed = "hide"') == 3
    assert text.count("# What becomes of entries that its author takes out") == 1


@given(st.text(), st.dictionaries(st.text(st.characters(codec="utf-8")), st.text()))
def test_written_when_texts_are_anything_can_be_read(name: str, extra: dict[str, str]) -> None:
    def clean(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    folder = Path("/planet")
    extra = {key: clean(text) for key, text in extra.items()}
    feed = Subscription(url=URL, name=clean(name), extra=extra)
    found = again(folder, site_at(folder, extra=extra, subscriptions=(feed,)))
    assert found.extra == found.subscriptions[0].extra == extra
