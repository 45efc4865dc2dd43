from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecliptic.store import run_lock
from ecliptic.testing import FeedServer
from making import NOON
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
        _, errors = run.communicate(timeout=20)
        if said is not None:
            said.append(errors)
    assert run.returncode == 130


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def refused(url: str) -> int:
    """Return the status of an answer that is an error."""
    with pytest.raises(urllib.error.HTTPError) as raised:
        read(url)
    raised.value.close()
    return raised.value.code


def wait_for(url: str, text: str) -> None:
    deadline = time.monotonic() + 15
    while text not in read(url):
        assert time.monotonic() < deadline
        time.sleep(0.1)


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


def test_serve_when_an_included_template_changes_then_the_page_does_too(
    planet: Planet,
) -> None:
    templates = planet.folder / "old"
    templates.mkdir()
    (templates / "page.html.tmpl").write_text('<TMPL_INCLUDE "head.tmpl"><TMPL_VAR name>')
    head = templates / "head.tmpl"
    head.write_text("First head")
    ini = planet.folder / "config.ini"
    ini.write_text(
        f"[Planet]\nname = Old\nlink = http://old.example/\noutput_dir = {planet.site}\n"
        f"cache_directory = {planet.folder}/cache\ntemplate_files = old/page.html.tmpl\n"
        "[http://127.0.0.1:9/a.xml]\nname = A\n"
    )
    planet.config = ini
    with serving(planet) as url:
        wait_for(f"{url}page.html", "First head")
        head.write_text("Second head")
        wait_for(f"{url}page.html", "Second head")


def test_serve_when_images_are_to_come_from_our_host_then_it_answers_for_them(
    planet: Planet, server: FeedServer
) -> None:
    shown = f'<p>See <img src="{server.url("/a.png")}" alt=""></p>'
    newer = item(9, "Picture", datetime(2018, 4, 24, 13, tzinfo=UTC), body=shown)
    server.add("/a.xml", rss("A", "https://a.example/", [newer, *posts(1, 3)]))
    planet.build("--all")
    with serving(planet) as url:
        planet.settings["images"] = "proxy"
        planet.subscribe([server.url("/a.xml")])
        wait_for(url, 'src="image/')
        address = re.search(r'src="(image/[^"]+)"', read(url))
        assert address
        assert refused(url + address[1]) == 404  # there is none at this address
        assert refused(url + address[1].replace("image/", "image/0")) == 403


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
