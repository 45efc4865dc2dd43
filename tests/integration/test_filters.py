"""Filters and enrichers given by plugins, from an entry point to the page."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.flows.crew import Crew
from ecliptic.flows.job import Job, Refined
from ecliptic.model.feed import FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.pipeline import Pipeline, PluginUse
from ecliptic.model.site import Subscription
from ecliptic.store import open_store
from ecliptic.testing import FeedServer
from making import NOON
from planets import BUILT_AT, LOOPBACK, Planet, ecliptic, item, posts, rss
from plugging import install, on_path
from project import ROOT

LATER = ("2018-04-25T02:47:00Z", "2018-04-25T03:47:00Z", "2018-04-25T04:47:00Z")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return on_path(monkeypatch, tmp_path / "site-packages")


@pytest.fixture
def feed(server: FeedServer) -> str:
    return server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))


def use(planet: Planet, *names: str, tables: str = "") -> None:
    """Let the planet's entries go through plugins."""
    text = planet.config.read_text().split("\n[plugin", maxsplit=1)[0]
    lines = [line for line in text.splitlines() if not line.startswith("plugins")]
    lines.insert(1, f"plugins = {json.dumps(names)}")
    planet.config.write_text("\n".join(lines) + "\n\n" + tables)


def why(planet: Planet, what: str) -> str:
    return ecliptic("why", what, *planet.option, "--now", BUILT_AT).stdout


def article(planet: Planet, number: int) -> str:
    """Return what the page has of post ``number`` of `posts`."""
    page = planet.read("index.html")
    start = page.index("<article", page.index(f"https://blog.example/{number}") - 2_000)
    return page[start : page.index("</article>", start)]


MARKING = """
from pathlib import Path
from msgspec.structs import replace
from ecliptic.plugins import Content, Dropped

def mark(entry, feed):
    with Path(feed.folder, "calls.txt").open("a") as file:
        file.write(entry.link + "\\n")
    if entry.link == feed.params.get("without"):
        return Dropped(reason="of no use here")
    text = f"{entry.title.value} ({feed.params.get('mark', 'seen')}) <script>alert(1)</script>"
    return replace(entry, title=Content(value=text), id="mine", content=Content(value=text))

def register_filters():
    return [mark]
"""


def calls(planet: Planet) -> int:
    path = planet.folder / "calls.txt"
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_build_when_a_filter_rewrites_entries_then_only_new_and_changed_ones_go_through_it(
    tmp_path: Path, server: FeedServer, installed: Path, feed: str
) -> None:
    install(installed, "marking", MARKING)
    planet = Planet(tmp_path, [feed])
    use(planet, "marking")
    summary = planet.build()
    assert summary["entries"]["new"] == 3
    assert calls(planet) == 3
    page = planet.read("index.html")
    assert "Post 1 (seen)" in page
    assert "<script>alert" not in page
    # Another entry: what stands as it was costs nothing, and is not a changed one.
    server.add("/a.xml", rss("A", "https://a.example/", posts(1, 4)))
    summary = planet.build("--all", now=LATER[0])
    assert (summary["entries"]["new"], summary["entries"]["changed"]) == (1, 0)
    assert calls(planet) == 4
    # The same bytes: nothing is even read.
    assert planet.build("--all", now=LATER[1])["entries"]["changed"] == 0
    assert calls(planet) == 4


def test_build_when_parameters_change_then_entries_in_the_feed_go_through_again(
    tmp_path: Path, server: FeedServer, installed: Path, feed: str
) -> None:
    install(installed, "marking", MARKING)
    planet = Planet(tmp_path, [feed])
    table = '[plugin.marks]\nuse = "marking"\nmark = "{}"\nwithout = "{}"\n'
    use(planet, "marks", tables=table.format("once", "https://blog.example/2"))
    assert planet.build()["entries"] == {"new": 3, "changed": 0, "unchanged": 0, "hidden": 1}
    page = planet.read("index.html")
    assert "Post 1 (once)" in page
    assert "Post 2" not in page
    said = why(planet, "https://blog.example/2")
    assert "left out by the plugin marks: of no use here" in said
    assert "1 left out by plugins" in why(planet, feed)
    # The document stands as it was, and is read again: once.
    use(planet, "marks", tables=table.format("again", ""))
    assert planet.build("--all", now=LATER[0])["entries"]["hidden"] == 0
    assert server.requests("/a.xml")[-1].headers.get("if-none-match") is None
    assert planet.build("--all", now=LATER[1])["feeds"]["not_modified"] == 1
    assert server.requests("/a.xml")[-1].headers.get("if-none-match")
    page = planet.read("index.html")
    assert "Post 1 (again)" in page
    assert "Post 2 (again)" in page
    assert "left out" not in why(planet, "https://blog.example/2")
    # Without plugins, all is as it was published, and no entry was ever new again.
    use(planet)
    summary = planet.build("--all", now=LATER[2])
    assert (summary["entries"]["new"], summary["entries"]["changed"]) == (0, 0)
    assert "(again)" not in planet.read("index.html")


def test_publish_when_a_plugin_is_used_no_more_then_what_it_left_out_comes_back(
    tmp_path: Path, server: FeedServer, installed: Path, feed: str
) -> None:
    install(installed, "marking", MARKING)
    planet = Planet(tmp_path, [feed])
    table = '[plugin.marks]\nuse = "marking"\nwithout = "https://blog.example/2"\n'
    use(planet, "marks", tables=table)
    planet.build()
    server.add("/a.xml", rss("A", "https://a.example/", posts(4, 1)))  # no document has it now
    planet.build("--all", now=LATER[0])
    assert "Post 2" not in planet.read("index.html")
    use(planet)
    planet.run("publish", now=LATER[1])
    assert "Post 2" in planet.read("index.html")
    said = why(planet, "https://blog.example/2")
    assert "the plugin marks, which left it out, is not used any more" in said
    assert planet.run("publish", "--json", now=LATER[2]).stdout.count('"written": 0') == 2


def test_build_when_a_feed_has_its_own_list_then_it_takes_the_place_of_the_planets(
    tmp_path: Path, server: FeedServer, installed: Path, feed: str
) -> None:
    install(installed, "marking", MARKING)
    other = server.add("/b.xml", rss("B", "https://b.example/", posts(7, 1)))
    planet = Planet(tmp_path, [feed, other])
    use(planet, "marking")
    planet.config.write_text(planet.config.read_text().rstrip() + "\nplugins = []\n")
    planet.build()
    assert calls(planet) == 3
    assert "Post 7 (seen)" not in planet.read("index.html")


BROKEN = {
    "importing": "raise RuntimeError('no luck')",
    "registering": "def register_filters(): return [7]",
    "raising": "def register_filters(): return [lambda entry, feed: entry.missing]",
    "rubbish": "def register_filters(): return [lambda entry, feed: {'title': 'x'}]",
    "preparing": """
        def prepare(params, folder): return 1 / 0
        def register_filters(): return [lambda entry, feed: entry]
        """,
    "enriching": """
        def enrich(entry, feed):
            yield 7
        def register_enrichers(): return [enrich]
        """,
}


def test_build_when_plugins_break_at_any_step_then_entries_go_on_and_say_whose_fault_it_is(
    tmp_path: Path, installed: Path, feed: str
) -> None:
    for name, code in BROKEN.items():
        install(installed, name, code)
    install(installed, "marking", MARKING)
    planet = Planet(tmp_path, [feed])
    use(planet, *BROKEN, "marking")
    done = planet.run("build", "--json", "-v")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["feeds"]["failed"] == 0
    assert "Post 1 (seen)" in planet.read("index.html")
    said = why(planet, "https://blog.example/1")
    assert "a plugin failed at it and was passed over: importing: RuntimeError: no luck" in said
    assert "registering: TypeError" in said
    assert "raising: AttributeError" in said
    assert f"failed: {feed}: a plugin failed at it" in done.stderr
    for name, step in (("raising", "filter"), ("rubbish", "filter"), ("enriching", "enrich"),
                       ("preparing", "prepare"), ("importing", "load")):  # fmt: skip
        assert f"plugin_failed plugin={name} step={step}" in done.stderr
    assert planet.run("build", "--strict", now=LATER[0]).returncode == 0  # nothing new, no failure


def test_build_when_a_plugin_is_not_installed_then_the_settings_are_refused_with_their_line(
    tmp_path: Path, server: FeedServer, feed: str
) -> None:
    planet = Planet(tmp_path, [feed])
    use(planet, "nobodys")
    done = planet.run("build")
    assert done.returncode == 2
    assert f"{planet.config}:2: no plugin of this name is installed: nobodys" in done.stderr
    assert server.requests() == []
    assert not planet.site.exists()
    checked = ecliptic("check", str(planet.config))
    assert (checked.returncode, ":2:" in checked.stdout) == (2, True)
    listed = ecliptic("feeds", "list", *planet.option)
    assert listed.returncode == 0  # what does not run plugins does not look for them


def test_build_when_a_plugin_never_ends_then_its_feed_is_kept_without_it(
    tmp_path: Path, server: FeedServer, installed: Path, feed: str
) -> None:
    install(
        installed,
        "endless",
        """
        import os, signal
        def forever(entry, feed):
            if feed.url.endswith("/a.xml"):
                os.kill(os.getpid(), signal.SIGKILL)  # as the deadline does it
            return entry
        def register_filters(): return [forever]
        """,
    )
    other = server.add("/b.xml", rss("B", "https://b.example/", posts(7, 1)))
    planet = Planet(tmp_path, [feed, other])
    use(planet, "endless")
    done = planet.run("build", "--json", "--jobs", "1")
    summary = json.loads(done.stdout)
    assert (summary["entries"]["new"], summary["feeds"]["failed"]) == (4, 0)
    assert "<p>Body of Post 1</p>" in planet.read("index.html")  # and not as plain text
    said = why(planet, "https://blog.example/1")
    assert "passed over: endless: the worker ended by signal 9" in said


def test_crew_when_a_filter_never_ends_then_entries_are_kept_as_they_were_published(
    tmp_path: Path, installed: Path
) -> None:
    install(
        installed,
        "forever",
        """
        def forever(entry, feed):
            while True:
                pass
        def register_filters(): return [forever]
        """,
    )
    url = "https://a.example/"
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe((Subscription(url=url),))
    job = Job(
        feed_id=1,
        feed_url=url,
        state=FetchState(),
        fetched=Fetched(url=url, body=rss("A", url, posts(1, 2)).encode()),
        now=NOON,
        pipeline=Pipeline(uses=(PluginUse(name="mine", plugin="forever"),), version="1"),
    )

    async def refined() -> Refined:
        async with Crew(str(tmp_path / "planet.sqlite"), jobs=1, deadline=3.0) as crew:
            return await crew.refine(job)

    done = asyncio.run(refined())
    assert done.skipped == ("mine: 3 seconds",)
    assert [entry.content for entry in done.change.entries] == [
        "<p>Body of Post 1</p>",
        "<p>Body of Post 2</p>",
    ]
    assert {entry.notes[-1].code for entry in done.change.entries} == {"plugins.skipped"}


def test_build_when_a_plugin_prints_then_what_the_run_prints_is_whole(
    tmp_path: Path, installed: Path, feed: str
) -> None:
    install(
        installed,
        "printing",
        """
        def loud(entry, feed):
            print("hello from", entry.link)
            return entry
        def register_filters(): return [loud]
        """,
    )
    planet = Planet(tmp_path, [feed])
    use(planet, "printing")
    done = planet.run("build", "--json")
    assert json.loads(done.stdout)["entries"]["new"] == 3
    assert "hello from" in done.stderr


def test_build_when_a_plugin_is_slow_then_its_document_takes_several_turns(
    tmp_path: Path, installed: Path, feed: str
) -> None:
    install(
        installed,
        "slow",
        """
        import time
        from ecliptic.plugins import course
        course.TURN = 0.2
        def slow(entry, feed):
            time.sleep(0.15)
            return entry
        def register_filters(): return [slow, slow]
        """,
    )
    install(installed, "marking", MARKING)
    planet = Planet(tmp_path, [feed])
    use(planet, "slow", "marking")
    assert planet.build()["entries"]["new"] == 3
    assert calls(planet) == 3
    assert planet.read("index.html").count("(seen)") >= 3


# Enrichers.

PICTURE = '<!doctype html><meta property="og:image" content="/p-{}.png"><p>Hello'


@pytest.fixture
def pictured(server: FeedServer, tmp_path: Path) -> Planet:
    """A planet of one feed whose entries have pages with pictures, on loopback."""
    items = [post.replace("https://blog.example/", server.url("/post/")) for post in posts(1, 3)]
    for number in range(1, 4):
        html = PICTURE.format(number)
        server.add(f"/post/{number}", html, content_type="text/html; charset=utf-8")
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", server.url("/"), items))])
    with planet.config.open("a") as file:
        file.write("\n[fetch]\nhost_spacing = 0\n")
    use(planet, "preview_image")
    return planet


def test_build_when_entries_have_no_picture_then_their_pages_are_asked_once(
    pictured: Planet, server: FeedServer
) -> None:
    summary = pictured.build()
    page = pictured.read("index.html")
    for number in range(1, 4):
        assert f'src="{server.url(f"/p-{number}.png")}"' in page
        assert server.count(f"/post/{number}") == 1
    assert summary["bytes"]["received"] > len(PICTURE) * 3
    server.add("/a.xml", server_body(server) + "\n")
    assert pictured.build("--all", now=LATER[0])["entries"]["unchanged"] == 3
    assert [server.count(f"/post/{number}") for number in range(1, 4)] == [1, 1, 1]


def server_body(server: FeedServer) -> str:
    items = [post.replace("https://blog.example/", server.url("/post/")) for post in posts(1, 3)]
    return rss("A", server.url("/"), items)


def test_build_when_a_page_is_private_or_missing_then_the_entry_is_kept_without(
    pictured: Planet, server: FeedServer
) -> None:
    server.add("/post/2", "gone", status=404)
    body = server_body(server).replace(server.url("/post/3"), "http://10.0.0.1/post/3")
    body = body.replace(server.url("/post/1"), "file:///etc/passwd")
    server.add("/a.xml", body)
    done = pictured.run("build", "--json", "-v", "-v")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"]["new"] == 3
    assert "code=fetch.refused_address" in done.stderr
    assert "code=fetch.http_404" in done.stderr
    assert "og:image" not in pictured.read("index.html")
    assert server.count("/post/1") == server.count("/post/3") == 0


def test_build_when_pages_hang_then_other_feeds_are_there_first(
    pictured: Planet, server: FeedServer
) -> None:
    for number in range(1, 4):
        server.add(f"/post/{number}", PICTURE, content_type="text/html", delay=3)
    other = server.add("/b.xml", rss("B", "https://b.example/", posts(7, 1)))
    text = pictured.config.read_text()
    pictured.config.write_text(
        text.replace("host_spacing = 0", "host_spacing = 0\ntimeout = 1")
        + f'\n[[feed]]\nurl = "{other}"\nplugins = []\n'
    )
    done = pictured.run("build", "--jobs", "1")
    assert done.returncode == 0
    brought = [line.split()[-1] for line in done.stderr.splitlines() if " new " in line]
    assert (brought[0], len(brought)) == (other, 2)
    assert server.count("/post/3") == 0  # the host failed twice


TWO_PAGES = """
    from msgspec.structs import replace
    from ecliptic.plugins import Content
    def enrich(entry, feed):
        first = yield entry.link
        second = yield entry.link + "?more"
        again = yield entry.link
        assert again == first
        text = f"{first.body.decode()}/{second.code}/{again.url == entry.link}"
        return replace(entry, content=Content(value=text, kind="text"))
    def register_enrichers(): return [enrich]
"""


def test_build_when_an_enricher_reads_several_pages_then_each_is_asked_once(
    pictured: Planet, server: FeedServer, installed: Path
) -> None:
    install(installed, "two_pages", TWO_PAGES)
    for number in range(1, 4):
        server.add(f"/post/{number}", f"body {number}", content_type="text/html")
    use(pictured, "two_pages")
    pictured.build()
    page = pictured.read("index.html")
    for number in range(1, 4):
        assert f"body {number}/fetch.http_404/True" in page
        assert server.count(f"/post/{number}") == 1


# Programs.

PROGRAMS = {
    "up.py": "import sys\nwith_ = ' '.join(sys.argv[1:])\n"
    "sys.stdout.write(sys.stdin.read().replace('Body', with_))",
    "mark.sed": "s/Body of/Sed of/",
    "hang.sh": "#!/bin/sh\nsleep 61 & sleep 62",
    "flood.py": "import sys\nwhile True: sys.stdout.write('x' * 100000)",
    "three.sh": "#!/bin/sh\ncat > /dev/null; echo first >&2; echo worse >&2; exit 3",
    "nothing.sh": "#!/bin/sh\ncat > /dev/null",
    "large.py": "x = 'a' * (1 << 30)",
    "forks.sh": "#!/bin/sh\nsleep 63 > /dev/null 2>&1 &\ncat",
    "environment.sh": '#!/bin/sh\nexec sed "s|Body of|[$SECRET] $(pwd) of|"',
    "hello.sh": "#!/bin/sh\necho hello",
    "mark.xslt": """<xsl:stylesheet version="1.0"
        xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="http://www.w3.org/1999/xhtml">
        <xsl:param name="word"/>
        <xsl:template match="@*|node()">
        <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>
        <xsl:template match="h:p"><h:p><xsl:value-of select="$word"/></h:p></xsl:template>
        </xsl:stylesheet>""",
    "spy.xslt": """<xsl:stylesheet version="1.0"
        xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
        <xsl:template match="/"><xsl:copy-of select="document('planet.toml')"/></xsl:template>
        </xsl:stylesheet>""",
}  # fmt: skip


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = tmp_path / "filters"
    folder.mkdir()
    for name, text in PROGRAMS.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def running(planet: Planet, run: str, **more: object) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"run": run, **more}.items()]
    use(planet, "own", tables='[plugin.own]\nuse = "executables"\n' + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ("filters/up.py?width=5&flag=", "--width 5 --flag  of Post 1"),
        ("filters/mark.sed", "Sed of Post 1"),
        ("filters/mark.xslt?word=it's", "<p>it's</p>"),
        ("filters/forks.sh", "Body of Post 1"),
    ],
)
@pytest.mark.usefixtures("programs")
def test_program_when_it_rewrites_an_entry_then_that_is_shown(
    tmp_path: Path, feed: str, run: str, shown: str
) -> None:
    planet = Planet(tmp_path, [feed])
    running(planet, run)
    planet.build()
    assert shown in planet.read("index.html").replace("&#39;", "'")
    assert "passed over" not in why(planet, "https://blog.example/1")
    assert processes("sleep 63") == []


def test_program_of_the_examples_keeps_the_first_paragraphs(
    tmp_path: Path, server: FeedServer
) -> None:
    body = "<p>First <em>one</em></p><p>Second</p><ul><li>list</li></ul><p>Third</p>"
    dated = datetime(2018, 4, 24, 12, tzinfo=UTC)
    items = [item(1, "Post 1", dated, body=body), item(2, "Post 2", dated, body="no paragraph")]
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", items))])
    example = ROOT / "examples" / "filters" / "first_paragraph.py"
    running(planet, f"{example}?paragraphs=2")
    planet.build()
    page = planet.read("index.html")
    assert "<p>First <em>one</em></p><p>Second</p>" in page
    assert "Third" not in page
    assert "<li>list" not in page
    assert "no paragraph" in page


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("filters/hang.sh", "it took longer than 0.3 seconds"),
        ("filters/flood.py", "it wrote more than 4,000,000 bytes"),
        ("filters/three.sh", "exit status 3: worse"),
        ("filters/large.py", "exit status 1: MemoryError"),
        ("filters/hello.sh", "what it wrote is not one Atom entry"),
        ("filters/spy.xslt", "XSLTApplyError"),
    ],
)
@pytest.mark.usefixtures("programs")
def test_program_when_it_fails_then_entries_are_shown_as_published_and_say_so(
    tmp_path: Path, feed: str, run: str, said: str
) -> None:
    planet = Planet(tmp_path, [feed])
    seconds = 0.3 if "hang" in run else 10
    running(planet, run, seconds=seconds)
    assert planet.build()["entries"]["new"] == 3
    assert "Body of Post 1" in planet.read("index.html")
    assert said in why(planet, "https://blog.example/1")
    assert processes("sleep 61") == processes("sleep 62") == []


@pytest.mark.usefixtures("programs")
def test_program_when_it_writes_nothing_then_the_entry_is_left_out(
    tmp_path: Path, server: FeedServer, feed: str
) -> None:
    planet = Planet(tmp_path, [feed])
    running(planet, "filters/nothing.sh")
    assert planet.build()["entries"]["hidden"] == 3
    said = why(planet, "https://blog.example/1")
    assert "left out by the plugin own: nothing.sh wrote nothing" in said
    server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)) + "\n")
    planet.build("--all", now=LATER[0])
    assert why(planet, "https://blog.example/1") == said  # deciding twice says nothing new


@pytest.mark.usefixtures("programs")
def test_program_when_we_have_secrets_then_it_is_not_told_them(
    tmp_path: Path, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "hush")
    planet = Planet(tmp_path, [feed])
    running(planet, "filters/environment.sh")
    planet.build()
    assert f"[] {tmp_path} of Post 1" in planet.read("index.html")


def processes(command: str) -> list[str]:
    """Return the processes of this command line that still run, after a moment."""
    for _ in range(20):
        found = subprocess.run(
            ["pgrep", "-f", f"^{command}$"], capture_output=True, text=True, check=False
        ).stdout.split()
        if not found:
            return []
        time.sleep(0.05)
    return found


@pytest.mark.usefixtures("programs")
def test_program_when_the_run_is_killed_then_it_goes_too(tmp_path: Path, feed: str) -> None:
    planet = Planet(tmp_path, [feed])
    (tmp_path / "filters" / "hang.sh").write_text("#!/bin/sh\nexec sleep 64")
    running(planet, "filters/hang.sh", seconds=15)
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "refresh", str(planet.config), *LOOPBACK],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not started("sleep 64") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert started("sleep 64")
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)
    assert processes("sleep 64") == []


def started(line: str) -> bool:
    done = subprocess.run(["pgrep", "-f", f"^{line}$"], capture_output=True, check=False)
    return done.returncode == 0


VENUS = """\
[Planet]
name = Planet Venus
link = https://planet.example/
filters = up.py
filter_directories = filters
{}
[up.py]
width = 5

[{}]
name = Ada
filters = mark.sed missing.py
"""


@pytest.mark.usefixtures("programs")
def test_build_when_a_configuration_of_venus_names_programs_then_they_run_only_if_it_says_so(
    tmp_path: Path, feed: str
) -> None:
    planet = Planet(tmp_path, [])
    planet.config = tmp_path / "config.ini"
    planet.config.write_text(VENUS.format("", feed))
    done = planet.run("build")
    assert done.returncode == 0, done.stderr
    assert "note: Not run: up.py (line 4), mark.sed (line 12), missing.py (line 12); they" in (
        done.stderr
    )
    assert "ecliptic_run_filters = yes" in done.stderr
    planet.config.write_text(VENUS.format("ecliptic_run_filters = yes", feed))
    (tmp_path / "config.sqlite").unlink()
    (tmp_path / "output").unlink()
    done = planet.run("build")
    assert done.returncode == 0, done.stderr
    assert "note: Not run: missing.py (line 12); there is no such file" in done.stderr
    said = why(planet, "https://blog.example/1")
    assert "passed over" not in said
    assert "--width 5 of Post 1" in (tmp_path / "output" / "index.html").read_text()
