"""No secret of the configuration is in anything that a planet writes or says."""

from __future__ import annotations

import base64
import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from ecliptic.testing import FeedServer
from planets import BUILT_AT, LOOPBACK, posts, rss
from proxies import Connect, Socks5

SECRETS = {
    "in-address": "s3cret-in-address", "in-password": "s3cret-in-password",
    "in-header": "s3cret-in-header", "in-environment": "s3cret-in-environment",
    "in-file": "s3cret-in-file", "of-proxy": "s3cret-of-proxy", "of-planet": "s3cret-of-planet",
}  # fmt: skip
MARK = b"s3cret"
BASIC = base64.b64encode(b"me:s3cret")
COMMANDS = (
    ("build", "{config}", *LOOPBACK, "-vv", "--all"),
    ("build", "{config}", *LOOPBACK, "-vv", "--all", "--json"),
    ("refresh", "{config}", *LOOPBACK, "-v", "--all"),
    ("publish", "{config}"),
    ("feeds", "list", "--config", "{config}"),
    ("feeds", "list", "--config", "{config}", "--json"),
    ("check", "{config}"),
    ("check", "{config}", "--json"),
    ("why", "A feed", "--config", "{config}"),
    ("why", "A feed", "--config", "{config}", "--json"),
    ("why", "Fails", "--config", "{config}", "--json"),
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as running:
        yield running


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ecliptic", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "FEED_TOKEN": SECRETS["in-environment"]},
    )


def planet(folder: Path, feeds: str, fetch: str = "") -> Path:
    (folder / "secret.txt").write_text(SECRETS["in-file"], "utf-8")
    config = folder / "planet.toml"
    text = f'[planet]\nname = "P"\nlink = "https://p.example/"\n[fetch]\n{fetch}\n{feeds}'
    config.write_text(text, "utf-8")
    return config


def produced(folder: Path) -> dict[str, bytes]:
    """Return every file of a planet but those that the operator wrote."""
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"planet.toml", "secret.txt"}
    }


def test_planet_when_feeds_have_secrets_then_nothing_written_or_said_holds_one(
    tmp_path: Path, server: FeedServer
) -> None:
    body = rss("A feed", "https://a.example/", posts(1, 2))
    for path in ("/url", "/password", "/headers", "/proxied", "/proxied2"):
        server.add(path, body)
    server.add("/moved", status=301, redirect=server.url("/url", "127.0.0.2"))
    server.add("/broken", b"no feed")
    server.add("/denied", status=401)
    login, planets = ("me", SECRETS["of-proxy"]), ("me", SECRETS["of-planet"])
    with Socks5(login=login) as socks, Connect(login=planets) as connect:
        at = f"me:{SECRETS['in-address']}@127.0.0.1"
        own = f"X-Token = '{SECRETS['in-header']}'"
        header = f"headers = {{ {own}, X-Env = {{ env = 'FEED_TOKEN' }} }}"
        proxied = socks.url(":".join(login) + "@")
        feeds = [
            (server.url("/url", at), 'name = "A feed"'),
            (server.url("/password"), f"username = 'me'\npassword = '{SECRETS['in-password']}'"),
            (server.url("/headers"), header),
            (server.url("/moved"), "username = 'me'\npassword = { file = 'secret.txt' }"),
            (server.url("/proxied"), f"proxy = '{proxied}'"),
            (server.url("/proxied2"), f"proxy = '{proxied.replace('@', '-wrong@')}'"),
            (server.url("/broken", at), 'name = "Fails"'),
            (server.url("/denied"), header),
            ("http://me:s3cret@127.0.0.9:9999/", "paused = true"),
        ]
        text = "\n".join(f'[[feed]]\nurl = "{url}"\n{more}' for url, more in feeds)
        config = planet(tmp_path, text, f"proxy = '{connect.url(':'.join(planets) + '@')}'")
        for command in COMMANDS:
            done = run(*(part.replace("{config}", str(config)) for part in command))
            said = done.stdout + done.stderr
            assert done.returncode == 0, said
            assert said
            assert MARK not in said, command
            assert BASIC not in said, command
        assert connect.asked
        assert socks.asked
    # The secrets were there and were used, so that the search could have found them.
    sent = repr(server.requests())
    for text in (SECRETS["in-header"], SECRETS["in-environment"], BASIC.decode()):
        assert text in sent
    files = produced(tmp_path)
    names = {Path(name).name for name in files}
    assert {"planet.sqlite", "feeds.html", "status.json", "opml.xml", "foafroll.xml"} <= names
    found = [name for name, data in files.items() if MARK in data or BASIC in data]
    assert found == []
    assert b"127.0.0.1" in (tmp_path / "site" / "opml.xml").read_bytes()


@pytest.mark.parametrize(
    "feed",
    [
        'url = "http://me:s3cret@a b/"', 'url = "http://me:s3cret@a.example/"\npassword = "s3cret"',
        'url = "http://a.example/"\npassword = ["s3cret"]',
        'url = "http://a.example/"\nheaders = { Host = "s3cret" }',
        'url = "http://a.example/"\nproxy = "http://me:s3cret@proxy"',
    ],
)  # fmt: skip
def test_settings_when_they_are_bad_then_their_secrets_are_not_said(
    tmp_path: Path, feed: str
) -> None:
    config = planet(tmp_path, f"[[feed]]\n{feed}\n")
    for command in (
        ("build", str(config)),
        ("check", str(config)),
        ("check", str(config), "--json"),
    ):
        done = run(*command)
        assert done.returncode == 2
        assert b"planet.toml" in done.stdout + done.stderr
        assert MARK not in done.stdout + done.stderr


def test_commands_when_an_address_with_a_password_is_typed_then_it_is_not_repeated(
    tmp_path: Path, server: FeedServer
) -> None:
    config = planet(tmp_path, "")
    server.add("/feed", rss("A feed", "https://a.example/", posts(1, 2)))
    good = server.url("/feed", "me:s3cret@127.0.0.1")
    at = ("--config", str(config))
    missing = server.url("/none", "me:s3cret@127.0.0.1")
    for command, status in (
        (("check", good, *LOOPBACK), 0), (("check", missing, *LOOPBACK, "--json"), 1),
        (("feeds", "add", good, *at, *LOOPBACK), 0), (("feeds", "add", good, *at, *LOOPBACK), 2),
        (("feeds", "add", missing, *at, *LOOPBACK), 1), (("feeds", "pause", good, *at), 0),
        (("feeds", "resume", server.url("/feed"), *at), 0), (("feeds", "remove", missing, *at), 2),
        (("feeds", "remove", good, *at, "--json"), 0),
    ):  # fmt: skip
        done = run(*command)
        assert done.returncode == status, done.stderr
        assert MARK not in done.stdout + done.stderr, command


def test_feed_when_its_certificate_is_not_checked_then_every_command_says_so(
    tmp_path: Path,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with FeedServer(tls=context) as secure:
        url = secure.add("/feed", rss("A feed", "https://a.example/", posts(1, 2)))
        other = secure.add("/other", rss("Other", "https://b.example/", posts(1, 2)))
        feeds = f'[[feed]]\nurl = "{url}"\ninsecure = true\n[[feed]]\nurl = "{other}"\n'
        config = planet(tmp_path, feeds)
        warning = f"warning: {url}: its certificate is not checked"
        built = run("build", str(config), *LOOPBACK, "--now", BUILT_AT)
        assert warning in built.stderr.decode()
        assert "1 fetched, 0 not modified, 1 failed" in built.stdout.decode()
        again = run("build", str(config), *LOOPBACK, "--now", BUILT_AT)  # nothing is due
        assert again.stderr.decode().count(warning) == 1
        assert f"warning: {other}" not in again.stderr.decode()
    page = (tmp_path / "site" / "feeds.html").read_text("utf-8")
    assert page.count("Its certificate is not checked") == 1
    listed = run("feeds", "list", "--config", str(config))
    first, second = listed.stdout.decode().splitlines()
    assert "its certificate is not checked" in first
    assert "its certificate" not in second
    as_json = json.loads(run("feeds", "list", "--config", str(config), "--json").stdout)
    assert [feed["insecure"] for feed in as_json] == [True, False]
    checked = run("check", str(config), "--strict")
    assert checked.returncode == 1
    assert b"sources.unchecked" in checked.stdout


def test_file_when_the_operator_names_it_then_shown_and_its_place_kept_to_ourselves(
    tmp_path: Path, server: FeedServer
) -> None:
    feed = tmp_path / "private-place.xml"
    feed.write_text(rss("From a file", "https://a.example/", posts(1, 2)), "utf-8")
    web = server.add("/feed", rss("From the web", "https://b.example/", posts(3, 2)))
    feeds = f'[[feed]]\nurl = "file:private-place.xml"\n[[feed]]\nurl = "{web}"\n'
    config = planet(tmp_path, feeds)
    for fetched, same in ((2, 0), (0, 2)):
        done = run("build", str(config), *LOOPBACK, "--all", "--json")
        counts = json.loads(done.stdout)["feeds"]
        assert (counts["fetched"], counts["not_modified"], counts["failed"]) == (fetched, same, 0)
    assert "From a file" in (tmp_path / "site" / "index.html").read_text("utf-8")
    site = produced(tmp_path / "site")
    assert [name for name, data in site.items() if b"private-place" in data] == []
    feed.write_text(rss("", "", []), "utf-8")
    assert b"private-place" not in run("build", str(config), *LOOPBACK, "--all").stdout
    feed.unlink()
    done = run("build", str(config), *LOOPBACK, "--all")
    assert b"fetch.file" in done.stderr
    status = (tmp_path / "site" / "status.json").read_text("utf-8")
    assert str(tmp_path) not in status
    assert "fetch.file" in status
