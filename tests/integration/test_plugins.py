"""Sources given by plugins, from an entry point to the page; and our own, served on loopback."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ecliptic.flows.crew import Crew
from ecliptic.flows.job import Job
from ecliptic.model.feed import FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.site import Subscription
from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from making import NOON
from planets import BUILT_AT, LOOPBACK, Planet, ecliptic, posts, rss
from plugging import install, install_example, on_path
from recorded import (
    GITHUB_RELEASES,
    MASTODON_ACCOUNT,
    YOUTUBE_CHANNEL,
    question,
    stackexchange,
)

NOTES = "2018-04-24 The loom <b>arrived</b>.\n2018-04-23 Ordered a loom.\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return on_path(monkeypatch, tmp_path / "site-packages")


@pytest.fixture
def plain(server: FeedServer) -> str:
    return server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))


def subscribe(planet: Planet, *feeds: tuple[str, str]) -> None:
    """Write a configuration of feeds, each with its source or with none."""
    planet.subscribe([])
    with planet.config.open("a") as file:
        for url, source in feeds:
            file.write(f"\n[[feed]]\nurl = {json.dumps(url)}\n")
            file.write(f"source = {json.dumps(source)}\n" if source else "")


def failures(planet: Planet) -> dict[str, str]:
    """Return what is published of each feed that fails: code and detail."""
    failing = json.loads(planet.read("status.json"))["failing"]
    return {feed["url"]: f"{feed['code']} {feed['detail']}" for feed in failing}


def test_example_when_installed_and_named_then_its_source_is_on_the_page(
    tmp_path: Path, server: FeedServer, installed: Path
) -> None:
    install_example(installed)
    server.add("/notes/notes.txt", NOTES, content_type="text/plain")
    planet = Planet(tmp_path, [])
    subscribe(planet, (server.url("/notes/"), "notes"))
    summary = planet.build()
    assert (summary["feeds"]["failed"], summary["entries"]["new"]) == (0, 2)
    assert "The loom &lt;b&gt;arrived&lt;/b&gt;." in planet.read("index.html")
    assert server.url("/notes/") in planet.read("opml.xml")
    assert "notes.txt" not in planet.read("opml.xml")
    again = planet.build(now="2018-04-27T01:47:00Z")
    assert (again["feeds"]["not_modified"], again["entries"]["new"]) == (1, 0)
    assert [seen.path for seen in server.requests()] == ["/notes/notes.txt"] * 2
    assert "if-none-match" in server.requests()[1].headers


def test_feeds_add_when_an_installed_plugin_takes_the_address_then_the_config_keeps_both(
    tmp_path: Path, server: FeedServer, installed: Path
) -> None:
    install_example(installed)
    server.add("/notes/notes.txt", NOTES, content_type="text/plain")
    planet = Planet(tmp_path, [])
    address = server.url("/notes/")
    added = json.loads(
        ecliptic("feeds", "add", address, *planet.option, *LOOPBACK, "--json").stdout
    )
    assert (added["url"], added["source"], added["entries"]) == (address, "notes", 2)
    assert planet.config.read_text().endswith(
        f'[[feed]]\nurl = "{address}"\nname = "Notes"\nsource = "notes"\n'
    )
    assert "(notes)" in ecliptic("feeds", "list", *planet.option).stdout
    checked = ecliptic("check", address, *LOOPBACK)
    assert (checked.returncode, "by the plugin notes" in checked.stdout) == (0, True)
    assert planet.build()["entries"]["new"] == 2


def test_build_when_a_plugin_is_not_installed_then_its_feed_fails_and_others_go_on(
    tmp_path: Path, server: FeedServer, plain: str
) -> None:
    server.add("/notes/notes.txt", NOTES, content_type="text/plain")
    planet = Planet(tmp_path, [])
    subscribe(planet, (server.url("/notes/"), "notes"), (plain, ""))
    done = planet.run("build", "--json")
    said = "plugins.unknown notes"
    assert (done.returncode, failures(planet)) == (0, {server.url("/notes/"): said})
    assert json.loads(done.stdout)["entries"]["new"] == 3
    assert server.count("/notes/") == server.count("/notes/notes.txt") == 0
    assert planet.build(now="2018-04-25T01:57:00Z")["feeds"]["skipped"] == 2


SOURCE = """
from ecliptic.plugins import Source
def register_sources(): return [Source({})]
"""
BROKEN = {
    "import": "raise RuntimeError('no luck')",
    "register": "def register_sources(): return [7]",
    "pattern": SOURCE.format("pattern='('"),
    "rewrite": SOURCE.format("pattern='.*', rewrite=lambda address, now: 1 / 0"),
    "read": SOURCE.format("pattern='.*', read=lambda document: document.missing"),
    "rubbish": SOURCE.format("pattern='.*', read=lambda document: {'format': 'x'}"),
}


def test_build_when_plugins_break_at_any_step_then_each_feed_says_whose_fault_it_is(
    tmp_path: Path, server: FeedServer, installed: Path, plain: str
) -> None:
    feeds = {}
    for name, code in BROKEN.items():
        install(installed, name, code)
        feeds[name] = server.add(f"/{name}", rss(name, "https://b.example/", posts(9, 1)))
    planet = Planet(tmp_path, [])
    subscribe(planet, (plain, ""), *((url, name) for name, url in feeds.items()))
    done = planet.run("build", "--json", "-v")
    told = failures(planet)
    assert set(told) == set(feeds.values())
    for name, url in feeds.items():
        assert told[url].startswith(f"plugins.failed {name}: ")
    assert "plugin_failed plugin=rewrite step=rewrite" in done.stderr
    assert "plugin_failed plugin=read step=read" in done.stderr
    assert json.loads(done.stdout)["entries"]["new"] == 3


def test_crew_when_a_plugin_never_ends_then_its_feed_fails_and_names_it(
    tmp_path: Path, installed: Path
) -> None:
    install(
        installed,
        "endless",
        """
        from ecliptic.plugins import Source

        def read(document):
            while True:
                pass

        def register_sources():
            return [Source(pattern=".*", read=read)]
        """,
    )
    url = "https://a.example/"
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe((Subscription(url=url),))
    job = Job(
        feed_id=1,
        feed_url=url,
        state=FetchState(),
        fetched=Fetched(url=url, body=b"x"),
        now=NOON,
        reader="endless",
    )

    async def refined() -> str:
        async with Crew(str(tmp_path / "planet.sqlite"), jobs=1, deadline=3.0) as crew:
            fetch = (await crew.refine(job)).change.fetch
            return f"{fetch.code} {fetch.detail}"

    assert asyncio.run(refined()) == "parse.timeout 3 seconds (in the plugin endless)"


def test_build_when_a_rewrite_moves_with_the_day_then_validators_go_to_their_own_address(
    tmp_path: Path, server: FeedServer, installed: Path
) -> None:
    install(
        installed,
        "daily",
        """
        from ecliptic.plugins import Source

        def of_the_day(address, now):
            return f"{address}?day={now:%Y-%m-%d}"

        def register_sources():
            return [Source(pattern=".*/best", rewrite=of_the_day)]
        """,
    )
    for day, first in ((25, 1), (26, 2)):
        server.add(f"/best?day=2018-04-{day}", rss("B", "https://b.example/", posts(first, 2)))
    planet = Planet(tmp_path, [])
    subscribe(planet, (server.url("/best"), "daily"))
    assert planet.build("--all", now="2018-04-25T01:00:00Z")["entries"]["new"] == 2
    assert planet.build("--all", now="2018-04-25T23:00:00Z")["feeds"]["not_modified"] == 1
    assert planet.build("--all", now="2018-04-26T01:00:00Z")["entries"]["new"] == 1
    assert [("if-none-match" in seen.headers) for seen in server.requests()] == [False, True, False]
    listed = json.loads(ecliptic("feeds", "list", *planet.option, "--json").stdout)
    assert [(feed["url"], feed["entries"]) for feed in listed] == [(server.url("/best"), 3)]


def test_build_when_what_a_source_asks_for_has_moved_then_the_subscription_has_not(
    tmp_path: Path, server: FeedServer
) -> None:
    moved = server.add("/ada.rss", MASTODON_ACCOUNT)
    server.add("/@ada.rss", status=301, redirect=moved)
    planet = Planet(tmp_path, [server.url("/@ada")])
    for day in range(25, 31):
        planet.build("--all", now=f"2018-04-{day}T01:00:00Z")
    (feed,) = json.loads(ecliptic("feeds", "list", *planet.option, "--json").stdout)
    assert (feed["entries"], feed["moved_to"], feed["moved"]) == (2, "", "")
    assert {seen.path for seen in server.requests()} == {"/@ada.rss", "/ada.rss"}


def test_build_when_the_feed_is_a_mastodon_account_then_its_posts_are_shown_without_titles(
    tmp_path: Path, server: FeedServer
) -> None:
    server.add("/@ada.rss", MASTODON_ACCOUNT)
    planet = Planet(tmp_path, [server.url("/@ada")])
    assert planet.build()["entries"]["new"] == 2
    page = planet.read("index.html")
    article = page[page.index("<article") : page.index("</article>")]
    assert "The loom weaves" in article
    assert 'class="title"' not in article
    assert 'src="https://files.example/loom.png"' in article
    assert "https://mastodon.example/@ada/1002" in article
    assert [seen.path for seen in server.requests()] == ["/@ada.rss"]


def test_feeds_add_when_given_a_mastodon_account_then_the_config_keeps_its_address(
    tmp_path: Path, server: FeedServer
) -> None:
    server.add("/@ada.rss", MASTODON_ACCOUNT)
    planet = Planet(tmp_path, [])
    done = ecliptic("feeds", "add", server.url("/@ada"), *planet.option, *LOOPBACK)
    assert done.stdout.startswith(
        f"added {server.url('/@ada')}: Ada, 2 entries, by the plugin masto"
    )
    assert f'url = "{server.url("/@ada")}"' in planet.config.read_text()


def test_feeds_add_when_only_the_form_is_that_of_a_source_then_the_page_is_asked(
    tmp_path: Path, server: FeedServer, plain: str
) -> None:
    link = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/a.xml">'
    page = server.add("/@ada", link, content_type="text/html")
    planet = Planet(tmp_path, [])
    added = ecliptic("feeds", "add", page, *planet.option, *LOOPBACK, "--json").stdout
    assert (json.loads(added)["url"], json.loads(added)["source"]) == (plain, "")
    nobody = ecliptic("feeds", "add", server.url("/@bob"), *planet.option, *LOOPBACK)
    assert (nobody.returncode, "404" in nobody.stderr) == (1, True)


@pytest.fixture
def mirrored(tmp_path: Path, installed: Path) -> Planet:
    """A planet whose plugin serves our own sources from loopback, as an operator's might."""
    install(
        installed,
        "mirror",
        """
        from ecliptic.builtin import github, stackexchange, youtube
        from ecliptic.plugins import Source

        def at_the_mirror(module):
            def rewrite(address, now):
                host, _, path = address.partition("/at/")
                asked = module(f"https://{path}", now)
                return f"{host}/{asked.removeprefix('https://')}"
            return rewrite

        def register_sources():
            return [
                Source(pattern=".*/at/github.*", rewrite=at_the_mirror(github.feed_address)),
                Source(pattern=".*/at/stackoverflow.*", read=stackexchange.read,
                       rewrite=at_the_mirror(stackexchange.api_address)),
                Source(pattern=".*/at/www.youtube.*", read=youtube.read,
                       rewrite=at_the_mirror(youtube.feed_address)),
            ]
        """,
    )
    return Planet(tmp_path, [])


def test_build_when_the_feed_is_a_tag_of_stack_exchange_then_questions_have_score_and_answers(
    mirrored: Planet, server: FeedServer
) -> None:
    first = (
        "/api.stackexchange.com/2.3/questions?site=stackoverflow&tagged=python&fromdate=1524009600"
    )
    path = f"{first}&order=desc&sort=votes&pagesize=10&filter=withbody"
    json_type = "application/json; charset=utf-8"
    body = stackexchange(question(50000001), question(50000002, title="Two", score=-1))
    server.add(path, body, content_type=json_type, etag=False)
    address = server.url("/at/stackoverflow.com/questions/tagged/python")
    subscribe(mirrored, (address, "mirror"))
    assert mirrored.build()["entries"]["new"] == 2
    page = mirrored.read("index.html")
    assert 'Why is "a &lt; b &lt; c" not (a &lt; b) &lt; c? - [8/3]</a>' in page
    assert "Two - [-1/3]</a>" in page
    assert "<code>a &lt; b &lt; c</code>" in page
    assert "gzip" in server.requests()[0].headers["accept-encoding"]
    why = ecliptic("why", address, *mirrored.option, "--now", BUILT_AT)
    assert "every 1440 minutes" in why.stdout
    refused = b'{"error_id":502,"error_name":"throttle_violation","error_message":"wait"}'
    server.add(path, refused, content_type=json_type)
    mirrored.build("--all", now="2018-04-25T22:47:00Z")
    said = "plugins.not_a_feed mirror: error 502 throttle_violation wait"
    assert failures(mirrored) == {address: said}


def test_build_when_the_feed_is_a_youtube_channel_then_films_have_a_folded_player(
    mirrored: Planet, server: FeedServer
) -> None:
    channel = "UCabcdefghijklmnopqrstuv"
    server.add(f"/www.youtube.com/feeds/videos.xml?channel_id={channel}", YOUTUBE_CHANNEL)
    subscribe(mirrored, (server.url(f"/at/www.youtube.com/channel/{channel}"), "mirror"))
    assert mirrored.build()["entries"]["new"] == 1
    page = mirrored.read("index.html")
    assert '<details class="embed"><summary>How a "carry" works &amp; why</summary>' in page
    assert "<p>Music: none</p>" in page


def test_build_when_the_feed_is_a_repository_then_its_releases_are_entries(
    mirrored: Planet, server: FeedServer
) -> None:
    server.add("/github.com/ada/engine/releases.atom", GITHUB_RELEASES)
    subscribe(mirrored, (server.url("/at/github.com/ada/engine"), "mirror"))
    assert mirrored.build()["entries"]["new"] == 2
    page = mirrored.read("index.html")
    assert "https://github.com/ada/engine/releases/tag/v1.2.0" in page
    assert "A carry is carried." in page


def test_refresh_when_all_feeds_are_plain_then_no_plugin_is_looked_for(
    tmp_path: Path, server: FeedServer, installed: Path, plain: str
) -> None:
    install_example(installed)
    planet = Planet(tmp_path, [plain])
    planet.build()

    program = (
        "import sys; from ecliptic.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules)"
    )

    def loaded(now: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", program, "refresh", str(planet.config), *LOOPBACK, "--now", now],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return set(done.stdout.split())

    for now in ("2018-04-27T01:47:00Z", "2018-04-27T01:48:00Z"):  # one asks, one has none to ask
        modules = loaded(now)
        assert "ecliptic.flows.refresh" in modules
        assert not {"importlib.metadata", "ecliptic.builtin", "ecliptic.parse"} & modules
    server.add("/@ada.rss", MASTODON_ACCOUNT)
    planet.subscribe([server.url("/@ada")])
    modules = loaded("2018-04-28T01:47:00Z")
    assert "ecliptic.builtin.mastodon" in modules
    assert "importlib.metadata" not in modules
