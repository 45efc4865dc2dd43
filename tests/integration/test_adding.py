"""Feeds that need more than an address, checked and added on the command line."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, ecliptic, posts, rss

SECRET = "s3cret"
BASIC = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()
DOCUMENT = rss("Closed", "https://blog.example/", posts(1, 1))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as running:
        running.add("/feed", DOCUMENT)
        yield running


@pytest.fixture
def planet(tmp_path: Path) -> Planet:
    (tmp_path / "token.txt").write_text(SECRET, "utf-8")
    return Planet(tmp_path, [])


def add(planet: Planet, *arguments: str) -> tuple[int, str]:
    done = ecliptic("feeds", "add", *arguments, *planet.option, *LOOPBACK)
    assert SECRET not in done.stdout + done.stderr
    assert SECRET not in planet.config.read_text("utf-8")
    return done.returncode, done.stdout + done.stderr


def test_add_when_the_feed_needs_secrets_then_they_are_sent_and_only_their_places_written(
    planet: Planet, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEED_PASSWORD", SECRET)
    secrets = ("--username", "me", "--password", "env:FEED_PASSWORD")
    fields = ("--header", "X.Token=file:token.txt", "--header", "X-Two=env:FEED_PASSWORD")
    status, said = add(planet, server.url("/feed"), *secrets, *fields, "--proxy", "none")
    assert status == 0, said
    (seen,) = server.requests("/feed")
    assert (seen.headers["authorization"], seen.headers["x-two"]) == (BASIC, SECRET)
    assert seen.headers["x.token"] == SECRET
    assert planet.config.read_text("utf-8").endswith(
        'username = "me"\npassword = { env = "FEED_PASSWORD" }\n'
        'headers = { "X.Token" = { file = "token.txt" }, X-Two = { env = "FEED_PASSWORD" } }\n'
        'proxy = "none"\n'
    )
    assert planet.build()["feeds"]["fetched"] == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--password", SECRET + "x"), "env:NAME or file:PATH"),
        (("--header", "X-Token=abc"), "env:NAME or file:PATH"),
        (("--password", "env:NOT_THERE"), "the environment has no NOT_THERE"),
        (("--header", "Cookie=file:token.txt"), "set by the client itself"),
        (("--proxy", "ftp://a.example:1"), "proxy"),
    ],
)
def test_add_when_what_is_given_cannot_be_used_then_nothing_is_asked_or_written(
    planet: Planet, server: FeedServer, arguments: tuple[str, ...], expected: str
) -> None:
    before = planet.config.read_bytes()
    status, said = add(planet, server.url("/feed"), *arguments)
    assert (status, planet.config.read_bytes()) == (2, before)
    assert expected in said
    assert server.requests() == []


def test_add_when_the_page_leads_to_another_server_then_the_secret_is_not_written_for_it(
    planet: Planet, server: FeedServer
) -> None:
    there = server.url("/feed", "127.0.0.2")
    link = f'<link rel="alternate" type="application/rss+xml" href="{there}">'
    page = server.add("/page", f"<html><head>{link}</head></html>", content_type="text/html")
    before = planet.config.read_bytes()
    status, said = add(planet, page, "--header", "X-Token=file:token.txt")
    assert (status, planet.config.read_bytes()) == (2, before)
    assert "[feeds.other_place]" in said or "another server" in said
    assert "x-token" in server.requests("/page")[0].headers
    assert "x-token" not in server.requests("/feed")[0].headers


def test_add_when_the_certificate_is_not_to_be_checked_then_it_is_added_so(planet: Planet) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with FeedServer(tls=context) as secure:
        url = secure.add("/feed", DOCUMENT)
        assert add(planet, url)[0] == 1
        assert add(planet, url, "--insecure")[0] == 0
    assert planet.config.read_text("utf-8").endswith("insecure = true\n")


def test_check_when_the_configuration_lists_the_feed_then_it_is_asked_as_that_says(
    planet: Planet, server: FeedServer
) -> None:
    url = server.url("/feed")
    assert add(planet, url, "--username", "me", "--password", "file:token.txt")[0] == 0
    server.forget_requests()
    for more in ((), planet.option):
        done = ecliptic("check", url, *more, *LOOPBACK)
        assert done.returncode == 0, done.stdout
        assert SECRET not in done.stdout + done.stderr
    bare, known = (seen.headers for seen in server.requests("/feed"))
    assert "authorization" not in bare
    assert known["authorization"] == BASIC
    assert "Planet Test" in known["user-agent"]
