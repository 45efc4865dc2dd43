from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ecliptic.store import run_lock
from ecliptic.testing import FeedServer
from making import NOON
from pictures import png
from planets import Planet, ecliptic, item, posts, rss


@pytest.fixture
def planet(tmp_path: Path, server: FeedServer) -> Planet:
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", posts(1, 3)))])
    planet.build()
    return planet


@contextmanager
def serving(planet: Planet, *options: str, said: list[str] | None = None) -> Iterator[str]:
    """Serve a planet; yield its address, and put what was said on stderr into ``said``."""
    run = subprocess.Popen(
        [sys.executable, "-m", "ecliptic", "serve", str(planet.config), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert run.stdout is not None
        match = re.search(r"http://\S+/", run.stdout.readline())
        assert match
        yield match[0]
    finally:
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=60)
        if said is not None:
            said.append(errors)
    assert run.returncode == 130


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def wait_for(url: str, text: str) -> None:
    wait_until(lambda: text in read(url))


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_serve_when_feeds_are_refreshed_beside_it_then_new_entries_are_published(
    planet: Planet, server: FeedServer
) -> None:
    with serving(planet) as url:
        server.add("/a.xml", rss("A", "https://a.example/", posts(1, 5)))
        assert planet.run("refresh", "--all").returncode == 0
        wait_for(url, "Post 5")


def test_serve_when_another_run_is_at_work_then_a_change_is_published_after_it(
    planet: Planet,
) -> None:
    said: list[str] = []
    with serving(planet, said=said) as url:
        with run_lock(planet.state, command="refresh", now=NOON):
            planet.config.write_text(planet.config.read_text().replace("Planet Test", "Renamed"))
            time.sleep(1.5)
            assert "Renamed" not in read(url)
        wait_for(url, "Renamed")
    assert "another run" not in said[0]


def test_serve_when_the_theme_is_named_later_then_it_is_watched_too(planet: Planet) -> None:
    templates = planet.folder / "looks" / "templates"
    templates.mkdir(parents=True)
    about = templates / "about.html"
    about.write_text("<p>Hand-made</p>")
    with serving(planet) as url:
        planet.settings["theme"] = "looks"
        planet.subscribe([])
        wait_for(url, "Hand-made")
        about.write_text("<p>Mended</p>")
        wait_for(url, "Mended")


def test_serve_when_requests_are_odd_then_no_file_leaks_and_nothing_is_said(
    planet: Planet,
) -> None:
    said: list[str] = []
    with serving(planet, said=said) as url:
        port = int(url.rsplit(":", 1)[1].strip("/"))
        for path in ("/../planet.toml", "/%2e%2e/planet.toml", "//etc/passwd", "/%00", "/a%00.png",
                     "/assets", "/index.html/", "http://other.example/"):  # fmt: skip
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                assert connection.recv(13) == b"HTTP/1.1 404 "
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            linger = (1).to_bytes(4, sys.byteorder) + bytes(4)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        assert "Post 1" in read(url)
    assert said[0].strip() == "ecliptic: stopped; nothing is lost, the next run carries on"


def test_serve_when_the_host_is_of_ipv6_then_its_address_is_written_as_such(
    planet: Planet,
) -> None:
    with serving(planet, "--host", "::1") as url:
        assert url.startswith("http://[::1]:")
        assert "Post 1" in read(url)


@pytest.mark.parametrize(
    "options", [("--port", "99999"), ("--port", "-1"), ("--host", "nobody.invalid")]
)
def test_serve_when_it_cannot_listen_then_it_is_a_usage_error(
    planet: Planet, options: tuple[str, ...]
) -> None:
    done = ecliptic("serve", str(planet.config), *options)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_serve_when_an_included_template_or_a_parent_changes_then_its_page_follows(
    planet: Planet,
) -> None:
    old = planet.folder / "old"
    files = {
        "page.html.tmpl": "<TMPL_INCLUDE foot.tmpl>", "inc/foot.tmpl": "first foot",
        "child.html.jinja": '{% extends "base.jinja" %}', "base.jinja": "first base",
    }  # fmt: skip
    for name, text in files.items():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text, "utf-8")
    with planet.config.open("a", encoding="utf-8") as config:
        for name in ("page.html.tmpl", "child.html.jinja"):
            config.write(f'[[template]]\nfile = "old/{name}"\n')
    with serving(planet) as url:
        for page, file in (("page.html", "inc/foot.tmpl"), ("child.html", "base.jinja")):
            assert read(f"{url}{page}").startswith("first")
            (old / file).write_text("second one", "utf-8")
            wait_for(f"{url}{page}", "second one")


def test_serve_when_who_serves_images_changes_then_it_is_so_at_once(
    tmp_path: Path, server: FeedServer
) -> None:
    shown = server.add("/a.png", png(), content_type="image/png")
    post = item(1, "Post", NOON, body=f'<img src="{shown}" alt="A">')
    planet = Planet(tmp_path, [server.add("/a.xml", rss("A", "https://a.example/", [post]))])
    planet.build()
    with serving(planet, "--allow-network", "127.0.0.0/8") as url:
        planet.settings["images"] = "proxy"
        planet.subscribe([server.url("/a.xml")])
        wait_for(url, 'src="image/')
        found = re.search(r'src="(image/[^"]+)"', read(url))
        assert found
        wait_until(lambda: status(url + found[1]) == 200)
