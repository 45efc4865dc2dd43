from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, Planet, ecliptic, posts, rss


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    return Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))])


def test_clean_when_given_html_then_safe_html_comes_out() -> None:
    done = ecliptic("clean", "--base", "https://b.example/", stdin="<a href=/x onclick=y()>z</a>")
    assert done.stdout == '<a rel="nofollow noopener" href="https://b.example/x">z</a>'


def test_clean_when_given_lines_then_each_is_answered_in_order() -> None:
    lines = [
        {"html": "<b>one"},
        {"html": "<img src=a.png>", "base": "https://i.example/"},
        {"html": "\ud800 <script>x</script>ok"},
    ]
    done = ecliptic("clean", "--jsonl", stdin="\n".join(json.dumps(line) for line in lines) + "\n")
    out = [json.loads(line)["html"] for line in done.stdout.splitlines()]
    assert out[0] == "<b>one</b>"
    assert "https://i.example/a.png" in out[1]
    assert out[2].endswith("ok")
    assert "script" not in out[2]


@pytest.mark.parametrize("line", ["not json", "[]", '{"base": "x"}', "[" * 100_000])
def test_clean_when_a_line_is_wrong_then_it_is_named(line: str) -> None:
    done = ecliptic("clean", "--jsonl", stdin=f'{{"html": "a"}}\n{line}\n')
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_parse_when_given_a_file_then_all_that_is_understood_is_json(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss("A", "https://a.example/", posts(1, 2)))
    shown = json.loads(ecliptic("parse", str(path), "--url", "https://a.example/f").stdout)
    assert (shown["format"], len(shown["entries"])) == ("rss20", 2)
    assert shown["entries"][0]["title"]["value"] == "Post 1"
    assert shown["problems"] == []


def test_parse_when_the_document_is_no_feed_then_it_says_what_it_is() -> None:
    done = ecliptic("parse", "-", stdin="<!doctype html><title>x</title>")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "parse.not_a_feed"


def test_parse_when_given_an_address_then_it_is_fetched(server: FeedServer) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 2)))
    assert json.loads(ecliptic("parse", url, *LOOPBACK).stdout)["format"] == "rss20"
    refused = ecliptic("parse", url)
    assert refused.returncode == 1
    assert "fetch.refused_address" in refused.stderr


def test_feeds_when_a_page_is_added_then_its_feed_is_found_and_comments_stay(
    planet: Planet, server: FeedServer
) -> None:
    planet.config.write_text("# ours\n" + planet.config.read_text())
    feed = server.add("/b.xml", rss("Found", "https://b.example/", posts(9, 2)))
    page = server.add(
        "/blog/",
        '<!doctype html><link rel="alternate" type="application/rss+xml" href="/b.xml">',
        content_type="text/html",
    )
    config = planet.option
    added = json.loads(ecliptic("feeds", "add", page, *config, *LOOPBACK, "--json").stdout)
    assert (added["url"], added["name"], added["entries"]) == (feed, "Found", 2)
    text = planet.config.read_text()
    assert text.startswith("# ours\n")
    assert 'name = "Found"' in text
    again = ecliptic("feeds", "add", feed, *config, *LOOPBACK)
    assert again.returncode == 2
    assert planet.config.read_text() == text
    listed = json.loads(ecliptic("feeds", "list", *config, "--json").stdout)
    assert [entry["url"] for entry in listed][-1] == feed
    nothing = server.add("/nothing", "<p>no feed", content_type="text/html")
    assert ecliptic("feeds", "add", nothing, *config, *LOOPBACK).returncode == 1
    assert planet.config.read_text() == text


def test_build_when_a_feed_is_not_due_then_only_who_insists_asks(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    other = server.add("/other.xml", rss("Other", "https://other.example/", posts(5, 1)))
    planet.subscribe([server.url("/a.xml"), other])

    def asked(*options: str, now: str = "2018-04-25T02:17:00Z") -> tuple[int, int]:
        before = len(server.requests("/a.xml")), len(server.requests("/other.xml"))
        assert planet.build(*options, now=now)["feeds"]["failed"] == 0
        after = len(server.requests("/a.xml")), len(server.requests("/other.xml"))
        return after[0] - before[0], after[1] - before[1]

    assert asked() == (0, 1)  # only what was never asked is due after half an hour
    assert asked() == (0, 0)
    assert asked("--only", "OTHER.x*l") == (0, 1)
    assert asked("--all") == (1, 1)
    assert asked(now="2018-04-26T02:17:00Z") == (1, 1)
    told = ecliptic("why", server.url("/a.xml"), *planet.option, "--now", "2018-04-26T02:20:00Z")
    assert "2018-04-26 " in told.stdout
    assert "min_interval" in told.stdout or "checks_per_day" in told.stdout
    nothing = planet.run("refresh", "--only", "nowhere")
    assert (nothing.returncode, "feeds list" in nothing.stderr) == (2, True)


def test_build_when_a_server_asked_to_wait_then_nobody_is_sent_there(
    planet: Planet, server: FeedServer
) -> None:
    server.add("/a.xml", b"", status=429, headers={"Retry-After": "7200"})
    planet.build()
    for options in ((), ("--all",), ("--only", "a.xml")):
        planet.build(*options, now="2018-04-25T03:46:59Z")
    assert len(server.requests("/a.xml")) == 1
    planet.build("--all", now="2018-04-25T03:47:00Z")
    assert len(server.requests("/a.xml")) == 2


def test_feeds_when_paused_then_not_asked_and_still_shown(
    planet: Planet, server: FeedServer
) -> None:
    planet.build()
    url = server.url("/a.xml")
    config = planet.option
    assert ecliptic("feeds", "pause", url, *config).returncode == 0
    asked = len(server.requests("/a.xml"))
    assert planet.build("--all")["feeds"]["skipped"] == 1
    assert len(server.requests("/a.xml")) == asked
    assert "Post 1" in planet.read("index.html")
    assert "paused" in ecliptic("why", url, *config).stdout
    assert ecliptic("feeds", "resume", url, *config).returncode == 0
    assert planet.build("--all")["feeds"]["not_modified"] == 1
    assert ecliptic("feeds", "remove", url, *config).returncode == 0
    planet.build()
    assert "Post 1" not in planet.read("index.html")
    unknown = ecliptic("feeds", "remove", "https://a.exmaple/", *config)
    assert unknown.returncode == 2


def test_check_when_asked_for_an_address_then_what_to_mend_is_said(server: FeedServer) -> None:
    item_alone = "<item><title>x</title><description>y</description></item>"
    undated = rss("A", "https://a.example/", [item_alone])
    url = server.add("/a.xml", undated, etag=False)
    checked = json.loads(ecliptic("check", url, *LOOPBACK, "--json").stdout)
    codes = {finding["code"] for finding in checked["findings"]}
    assert {"check.undated", "check.no_id", "check.no_link", "check.no_validators"} <= codes
    assert checked["status"] == 0
    assert ecliptic("check", url, *LOOPBACK, "--strict").returncode == 1
    assert ecliptic("check", server.url("/missing"), *LOOPBACK).returncode == 1


def test_check_when_the_feed_has_moved_for_good_then_it_says_where_to(
    planet: Planet, server: FeedServer
) -> None:
    feed = server.url("/a.xml")
    old = server.add("/old", redirect="/a.xml", status=301)
    away = server.add("/away", redirect="/a.xml")
    page = server.add(
        "/", '<!doctype html><link rel="alternate" type="application/rss+xml" href="/old">',
        content_type="text/html",
    )  # fmt: skip
    for address in (old, page):
        checked = json.loads(ecliptic("check", address, *LOOPBACK, "--json").stdout)
        assert checked["verdict"].endswith(f"at {feed}")
        assert "check.moved" in {finding["code"] for finding in checked["findings"]}
    checked = json.loads(ecliptic("check", away, *LOOPBACK, "--json").stdout)
    assert "check.moved" not in {finding["code"] for finding in checked["findings"]}
    config = planet.option
    added = json.loads(ecliptic("feeds", "add", away, *config, *LOOPBACK, "--json").stdout)
    assert added["url"] == away


def test_check_when_the_server_refuses_then_the_code_is_said_once(server: FeedServer) -> None:
    done = ecliptic("check", server.url("/missing"), *LOOPBACK)
    assert done.stdout.count("fetch.http_404") == 1


def test_feeds_when_listed_before_the_first_run_then_each_is_its_address(
    planet: Planet, server: FeedServer
) -> None:
    done = ecliptic("feeds", "list", *planet.option)
    assert done.stdout.split() == [server.url("/a.xml")]
    assert done.stderr == "1 feed\n"


def test_check_when_a_configuration_is_wrong_then_every_mistake_is_listed(tmp_path: Path) -> None:
    config = tmp_path / "planet.toml"
    config.write_text('[planet]\nnme = "x"\n\n[[feed]]\nurl = "ftp://x"\n')
    done = ecliptic("check", str(config), "--json")
    assert done.returncode == 2
    assert [finding["line"] for finding in json.loads(done.stdout)["findings"]] == [1, 2, 5]


def test_check_when_given_a_feed_in_a_file_then_errors_have_their_line(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>\n'
        "<description>B</description>\n<pubDate>today</pubDate></channel></rss>"
    )
    done = ecliptic("check", str(feed))
    assert done.returncode == 1
    assert f"{feed}:3: error: pubDate" in done.stdout
    assert "[check.bad_date]" in done.stdout
    feed.write_text(feed.read_text().replace("today", "Fri, 02 Jan 2026 03:04:05 GMT"))
    fine = ecliptic("check", str(feed), "--json")
    assert fine.returncode == 0
    severities = {finding["severity"] for finding in json.loads(fine.stdout)["findings"]}
    assert "error" not in severities


def test_check_when_given_a_list_of_feeds_then_it_is_a_configuration(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline xmlUrl="https://a.example/f"/></body></opml>'
    )
    assert "can be used" in ecliptic("check", str(listed)).stdout


def test_init_when_run_then_a_planet_can_be_built_of_it(tmp_path: Path, server: FeedServer) -> None:
    url = server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))
    folder = tmp_path / "my-planet"
    assert ecliptic("init", str(folder), "--feed", url).returncode == 0
    config = str(folder / "planet.toml")
    done = ecliptic("build", config, *LOOPBACK, "--now", BUILT_AT)
    assert done.returncode == 0, done.stderr
    assert "My Planet" in (folder / "site" / "index.html").read_text("utf-8")
    again = ecliptic("init", str(folder))
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_state_when_written_by_a_newer_version_then_the_run_says_so_and_stops(
    planet: Planet,
) -> None:
    planet.build()
    connection = sqlite3.connect(planet.state)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = planet.files()
    done = planet.run("build")
    assert done.returncode == 1
    assert "newer Ecliptic" in done.stderr
    assert planet.files() == before


def test_build_when_on_a_terminal_then_progress_is_drawn(planet: Planet) -> None:
    leader, follower = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "build", str(planet.config), *LOOPBACK],
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(follower)
    drawn = b""
    while select.select([leader], [], [], 20)[0]:
        try:
            drawn += os.read(leader, 4096)
        except OSError:  # the run has closed its end
            break
    assert run.wait() == 0
    os.close(leader)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", drawn.decode())
    assert "refresh" in text
    assert "1/1" in text
    assert "3 new" in text
    assert "publish" in text


def test_serve_when_the_theme_changes_then_the_site_follows(planet: Planet) -> None:
    planet.build()
    theme = planet.folder / "theme" / "templates"
    theme.mkdir(parents=True)
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "serve", str(planet.config), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert run.stdout is not None
        match = re.search(r"http://localhost:\d+/", run.stdout.readline())
        assert match
        url = match[0]
        assert "Post 1" in urllib.request.urlopen(url, timeout=5).read().decode()
        (theme / "about.html").write_text("<p>Hand-made</p>")
        deadline = time.monotonic() + 60
        while "Hand-made" not in urllib.request.urlopen(url, timeout=5).read().decode():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    finally:
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Traceback" not in errors


def test_build_when_asked_to_be_verbose_then_events_are_lines_on_stderr(planet: Planet) -> None:
    done = planet.run("build", "--json", "-v")
    assert json.loads(done.stdout)["entries"]["new"] == 3
    assert re.search(r"^\d\d:\d\d:\d\d INFO feed_checked feed=http", done.stderr, re.MULTILINE)
    assert "INFO page_written page=index.html" in done.stderr


def test_build_when_a_worker_dies_then_the_log_tells_those_who_ask_alone(
    planet: Planet, server: FeedServer, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\nif '-m' in sys.argv[:1] and 'ecliptic.flows.worker' in sys.orig_argv:\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"}
    for options, told in (((), False), (("-v",), True)):
        planet.state.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "ecliptic", "refresh", str(planet.config), *LOOPBACK, *options],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert f"failed: {server.url('/a.xml')}: the reader of the document stopped" in done.stderr
        assert ("WARNING worker_lost" in done.stderr) is told


def test_clean_when_stdout_is_ascii_then_lines_are_utf_8_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = ecliptic("clean", "--jsonl", stdin='{"html": "Ä…"}\n')
    assert json.loads(done.stdout) == {"html": "Ä…"}


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
)
def test_build_when_the_time_given_is_out_of_range_then_it_is_a_usage_error(
    planet: Planet, time: str
) -> None:
    done = planet.run("build", now=time)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_build_when_it_cannot_print_then_it_says_so_in_one_line(planet: Planet) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ecliptic", "build", str(planet.config), *LOOPBACK, "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "ecliptic: [Errno 28] No space left on device"
    assert "Traceback" not in done.stderr


def test_build_when_stderr_is_closed_then_it_runs(planet: Planet) -> None:
    command = f"{sys.executable} -m ecliptic build {planet.config} {' '.join(LOOPBACK)} 2>&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "1 fetched" in done.stdout


def test_why_when_a_feed_has_moved_then_the_ledger_says_so_of_no_other(
    planet: Planet, server: FeedServer
) -> None:
    moved = server.add("/old.xml", redirect="/a.xml", status=301)
    planet.subscribe([server.url("/a.xml"), moved])
    planet.build()
    config = planet.option
    assert "moved for good" not in ecliptic("why", server.url("/a.xml"), *config).stdout
    assert f"moved for good to {server.url('/a.xml')}" in ecliptic("why", moved, *config).stdout


def test_why_when_the_text_is_not_utf_8_then_nothing_is_known_of_it(planet: Planet) -> None:
    planet.build()
    asked = ecliptic("why", "\udcff", *planet.option)
    assert asked.returncode == 1
    assert "is known as" in asked.stderr
