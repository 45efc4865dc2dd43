"""What the operator corrects in a feed, from the settings to the page."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ecliptic.testing import FeedServer
from planets import LOOPBACK, Planet, ecliptic, rss

LATER = ("2018-04-25T02:47:00Z", "2018-04-25T03:47:00Z", "2018-04-25T04:47:00Z")
ITEM = (
    "<item><guid isPermaLink='false'>1</guid><title>&lt;i&gt;One&lt;/i&gt;</title>"
    "<link>https://a.example/blog/1</link><pubDate>Tue, 24 Apr 2018 12:00:00 GMT</pubDate>"
    "<description>&lt;p>&lt;a href='x'>there&lt;/a></description></item>"
)


def test_build_when_corrections_change_then_the_feed_is_read_again_by_them(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.add("/feed.xml", rss("A", "https://a.example/", [ITEM]))
    planet = Planet(tmp_path, [url])
    planet.build()
    before = planet.read("index.html")
    assert "<i>One</i>" in before
    assert 'href="https://a.example/blog/x"' in before
    with planet.config.open("a") as file:
        file.write('title_type = "text"\nxml_base = "feed_alternate"\n')
    assert planet.build("--all", now=LATER[0])["entries"]["changed"] == 1
    page = planet.read("index.html")
    assert "&lt;i&gt;One&lt;/i&gt;" in page
    assert 'href="https://a.example/x"' in page
    assert planet.build("--all", now=LATER[1])["feeds"]["not_modified"] == 1
    planet.subscribe([url])
    planet.build("--all", now=LATER[2])
    assert "<i>One</i>" in planet.read("index.html")


def test_build_when_venus_ignores_dates_then_entries_stand_where_they_were_first_seen(
    tmp_path: Path, server: FeedServer
) -> None:
    url = server.add("/feed.xml", rss("A", "https://a.example/", [ITEM]))
    config = tmp_path / "venus.ini"
    config.write_text(
        f"[Planet]\nname = P\ncache_directory = cache\n[{url}]\nignore_in_feed = published\n"
    )
    done = ecliptic("build", str(config), "--now", "2018-04-25T01:47:00Z", *LOOPBACK)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "cache" / "venus.sqlite") as state:
        (row,) = state.execute("SELECT published, shown_at = first_seen_at FROM entry").fetchall()
    assert row == (None, 1)
