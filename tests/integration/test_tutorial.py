"""The tutorial's commands, typed in order, do what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecliptic.testing import FeedServer
from planets import LOOPBACK, ecliptic, posts, rss
from project import DOCS

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASKS_THE_NETWORK = {("build",), ("feeds", "add")}
# These set up an environment, or go on until they are stopped.
NOT_TYPED = re.compile(r"python3 -m venv|planet-env/|export |ecliptic serve")


@pytest.fixture
def web() -> Iterator[dict[str, str]]:
    """The addresses that the tutorial names, and those on this machine that stand for them."""
    with FeedServer() as server:
        page = server.url("/python/")
        server.add("/python/feed.xml", rss("Python Insider", page, posts(10, 3)))
        link = '<link rel="alternate" type="application/rss+xml" href="feed.xml">'
        server.add("/python/", f"<!doctype html><title>x</title>{link}", content_type="text/html")
        yield {
            "https://planetpython.org/rss20.xml": server.add(
                "/rss20.xml", rss("Planet Python", "https://planetpython.org/", posts(1, 4))
            ),
            "https://blog.python.org/": page,
            "https://www.djangoproject.com/rss/weblog/": server.add(
                "/django.xml", rss("Django weblog", "https://www.djangoproject.com/", posts(20, 2))
            ),
        }


def typed(web: dict[str, str]) -> Iterator[list[str]]:
    text = (DOCS / "tutorial" / "first-planet.md").read_text("utf-8")
    for block in BLOCK.findall(text):
        for line in block.splitlines():
            if not NOT_TYPED.search(line):
                words = shlex.split(line.removeprefix("$ "))
                yield [web.get(word, word) for word in words]


def test_tutorial_when_it_is_followed_gives_a_planet_of_three_blogs(
    tmp_path: Path, web: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.chdir(tmp_path)
    outputs = []
    for words in typed(web):
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert words[0] == "ecliptic"
        asks = any(tuple(words[1 : 1 + len(call)]) == call for call in ASKS_THE_NETWORK)
        done = ecliptic(*words[1:], *(LOOPBACK if asks else ()))
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}{done.stderr}"
        outputs.append(done.stdout)
    page = (tmp_path / "my-planet" / "site" / "index.html").read_text("utf-8")
    assert all(name in page for name in ("Planet Friends", "Python Insider", "Django"))
    assert web["https://blog.python.org/"] in outputs[-1]
