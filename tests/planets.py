"""A small planet on loopback, and its command line, for tests of whole runs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

LOOPBACK = ("--allow-network", "127.0.0.0/8")
BUILT_AT = "2018-04-25T01:47:00Z"


def rss(title: str, link: str, items: Sequence[str]) -> str:
    """Return an RSS 2.0 document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(title)}</title><link>{link}</link>"
        f"<description>What {escape(title)} writes</description>{''.join(items)}</channel></rss>"
    )


def item(number: int, title: str, date: datetime, *, body: str = "", author: str = "") -> str:
    """Return an RSS item with its own permalink."""
    creator = f"<dc:creator>{escape(author)}</dc:creator>" if author else ""
    return (
        f"<item><guid isPermaLink='false'>post-{number}-of-{escape(title)}</guid>"
        f"<title>{escape(title)}</title><link>https://blog.example/{number}</link>{creator}"
        f"<pubDate>{format_datetime(date)}</pubDate>"
        f"<description>{escape(body or f'<p>Body of {title}</p>')}</description></item>"
    )


def posts(first: int, count: int, *, start: datetime | None = None) -> list[str]:
    """Return ``count`` items, newest first, an hour apart."""
    start = start or datetime(2018, 4, 24, 12, tzinfo=UTC)
    return [
        item(first + number, f"Post {first + number}", start - timedelta(hours=number))
        for number in reversed(range(count))
    ][::-1]


class Planet:
    """A folder with a planet.toml; its methods run the real command.

    Without pictures of feeds, unless asked for: those are looked for on the feeds' sites,
    which no test has but those of the pictures.
    """

    def __init__(self, folder: Path, feeds: Sequence[str], **settings: object) -> None:
        self.folder = folder
        self.config = folder / "planet.toml"
        self.option = ("--config", str(self.config))
        self.site = folder / "site"
        self.state = folder / "planet.sqlite"
        self.settings: dict[str, object] = {
            "name": "Planet Test",
            "link": "https://planet.example/",
            "faces": False,
            **settings,
        }
        self.subscribe(feeds)

    def subscribe(self, feeds: Sequence[str]) -> None:
        """Write the configuration."""
        lines = ["[planet]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in self.settings.items()]
        for url in feeds:
            lines += ["", "[[feed]]", f"url = {json.dumps(url)}"]
        self.config.write_text("\n".join(lines) + "\n", "utf-8")

    def run(self, *arguments: str, now: str = BUILT_AT) -> subprocess.CompletedProcess[str]:
        """Run ``ecliptic`` with the configuration as its argument."""
        return ecliptic(arguments[0], str(self.config), *arguments[1:], *LOOPBACK, "--now", now)

    def start(self, *, now: str = BUILT_AT) -> subprocess.Popen[bytes]:
        """Start a build of all feeds in a process group of its own, to be stopped."""
        return subprocess.Popen(
            [sys.executable, "-m", "ecliptic", "build", str(self.config), "--quiet", "--all",
             "--now", now, *LOOPBACK],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def build(self, *arguments: str, now: str = BUILT_AT) -> dict[str, Any]:
        """Build, and return the summary."""
        done = self.run("build", "--json", *arguments, now=now)
        assert done.returncode == 0, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def read(self, path: str) -> str:
        """Return a published file."""
        return (self.site / path).read_text("utf-8")

    def files(self) -> dict[str, tuple[int, int]]:
        """Return inode and time of every file but those that follow the clock."""
        return {
            str(path.relative_to(self.site)): (path.stat().st_ino, path.stat().st_mtime_ns)
            for path in self.site.rglob("*")
            if path.is_file() and path.name not in {"feeds.html", "status.json"}
        }


def ecliptic(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command with ``arguments``; never raises for its exit status."""
    return subprocess.run(
        [sys.executable, "-m", "ecliptic", *arguments],
        capture_output=True,
        text=True,
        input=stdin,
        timeout=120,
        check=False,
    )
