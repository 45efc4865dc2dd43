"""Every attack vector in every field of a feed, through the whole planet, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ecliptic.engine import Planet as StoredPlanet
from ecliptic.testing import FeedServer
from planets import Planet
from services import needs_chromium
from shared_data import DATA, needs_shared_data
from watched import Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [needs_chromium, needs_shared_data, pytest.mark.slow, pytest.mark.timeout(600)]

IN_A_FEED = 400
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What an entry may never do to the page around it, read off the live document.
AUDIT = """() => {
  const wrong = [];
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) wrong.push("wider than the window");
  const main = document.querySelector("main") || document.body;
  if ([...document.body.children].map(e => e.tagName).join() !== "A,HEADER,DIV,FOOTER,DIALOG")
    wrong.push("the page has another shape");
  for (const e of document.querySelectorAll("*")) {
    const say = what => wrong.push(what + " " + e.outerHTML.slice(0, 150));
    for (const a of e.attributes) {
      if (a.name.startsWith("on") || a.name === "srcdoc") say("attribute " + a.name);
      if (/^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(a.value)
          && /^(href|src|action|formaction|xlink:href|poster|data)$/.test(a.name))
        say("address");
    }
    const ours = e.closest("dialog") === document.body.lastElementChild
      || e.matches("head > script") && e.src.startsWith("https://planet.example/theme/keys.js?");
    const counts = location.pathname === "/statistics.html" && e.closest("main > section")
      && (e.matches("svg.bars") || e.matches("td > svg.sparkline"));
    if (!ours && !counts && e.matches(
        "script,object,embed,form,input,button,svg,dialog,base,iframe[srcdoc]"))
      say("element");
    if (main.contains(e) && e !== main) {
      const style = getComputedStyle(e);
      if (style.position === "fixed" || style.position === "sticky") say("position");
    }
  }
  return wrong.slice(0, 10);
}"""

# A page to know the script for the keyboard by, which every page has.
OUR_SCRIPT = {"ours": (b"<script src=theme/keys.js></script>", "text/html")}

RESULTS = """() => [...document.querySelectorAll('#hits, #hits *')].filter((each) =>
    !['OL', 'LI', 'H2', 'P', 'A', 'BDI', 'TIME', 'MARK'].includes(each.tagName)
    || [...each.attributes].some(({ name, value }) =>
        !['id', 'class', 'dir', 'href', 'datetime'].includes(name)
        || name === 'href' && !/^(https?:|feeds[/])/i.test(value))
).map((each) => each.outerHTML)"""


def vectors() -> list[str]:
    named = [
        vector["payload"]
        for name in ("html", "abuse", "good")
        for vector in json.loads((DATA / "vectors" / f"{name}.json").read_bytes())
    ]
    return [_NO_XML.sub("", payload) for payload in named if isinstance(payload, str)]


def feed(payloads: Sequence[str], first: int) -> str:
    """Return an RSS document whose entries bear one vector each, in all their fields."""
    items = []
    for number, payload in enumerate(payloads, first):
        text = escape(payload)
        items.append(
            f"<item><guid isPermaLink='false'>{number} {text}</guid><title>{text}</title>"
            f"<link>{text}</link><author>{text}</author><dc:creator>{text}</dc:creator>"
            f"<category domain='{text}'>{text}</category><comments>{text}</comments>"
            f"<enclosure url='{text}' type='{text}' length='1'/>"
            f"<enclosure url='{text}' type='audio/mpeg' length='1'/>"
            f"<media:thumbnail url='{text}'/><description>{text}</description>"
            f"<content:encoded>{text}</content:encoded></item>"
        )
    title = escape(payloads[0])
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{title}</title><link>{title}</link><description>{title}</description>"
        f"<image><url>{title}</url></image>{''.join(items)}</channel></rss>"
    )


@pytest.fixture(scope="module")
def planet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planet]:
    """A planet of all vectors; what was too costly to clean is shown as text."""
    payloads = vectors()
    assert len(payloads) > 7000
    with FeedServer() as server:
        urls = [
            server.add(f"/{first}.xml", feed(payloads[first : first + IN_A_FEED], first))
            for first in range(0, len(payloads), IN_A_FEED)
        ]
        planet = Planet(tmp_path_factory.mktemp("vectors"), urls, items_per_page=IN_A_FEED)
        summary = planet.build()
        assert summary["feeds"]["failed"] == 0
        assert summary["entries"]["new"] == len(payloads)
        yield planet


def documents(site: Path) -> dict[str, tuple[bytes, str]]:
    kinds = {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css",
        ".svg": "image/svg+xml",
        ".js": "text/javascript",
        ".json": "application/json",
    }
    return {
        str(path.relative_to(site)): (path.read_bytes(), kinds[path.suffix])
        for path in site.rglob("*")
        if path.suffix in kinds
    }


@pytest.mark.parametrize("obeys_policy", [True, False], ids=["with its policy", "without"])
def test_planet_of_vectors_when_read_then_nothing_runs_and_nothing_escapes(
    browser: Browser,
    planet: Planet,
    obeys_policy: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    watched = Watched(browser, obeys_policy=obeys_policy)
    try:
        watched.learn(lambda: watched.page.evaluate(AUDIT))
        watched.documents = documents(planet.site) | OUR_SCRIPT
        watched.learn(lambda: watched.open("ours"))
        del watched.documents["ours"]
        pages = [path for path in watched.documents if path.endswith(".html")]
        assert len(pages) > 20
        pages.remove("search.html")  # it has a script and a form: see below
        for path in pages:
            watched.open(path)
            assert watched.page.evaluate(AUDIT) == [], path
        assert watched.scripts == []
        assert watched.surprises == []
        assert watched.foreign() == []
    finally:
        watched.close()


@pytest.mark.parametrize("obeys_policy", [True, False], ids=["with its policy", "without"])
def test_search_of_vectors_when_results_are_shown_then_they_are_text_and_links(
    browser: Browser,
    planet: Planet,
    obeys_policy: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    watched = Watched(browser, obeys_policy=obeys_policy)
    try:
        watched.learn(lambda: watched.page.evaluate(AUDIT))
        watched.documents = documents(planet.site)
        watched.learn(lambda: watched.open("search.html"))
        more = watched.page.locator("#more")
        stored = StoredPlanet.open(planet.config)
        for word in ("alert", "javascript", "svg", "onerror"):
            expected = [one for one in stored.find(f"text:{word}*") if one.hidden is None]
            watched.page.locator("#q").fill(word)
            watched.page.wait_for_timeout(500)
            while more.is_visible():
                more.click()
                watched.page.wait_for_timeout(100)
            assert watched.page.locator("#hits li").count() == len(expected) > 0, word
            assert watched.page.evaluate(RESULTS) == [], word
        # Those without an address are the driver's, which types and clicks.
        assert [one for one in watched.scripts if not one.startswith(" ")] == []
        assert watched.surprises == []
        assert watched.foreign() == []
    finally:
        watched.close()


def test_watch_when_a_page_does_run_scripts_then_it_is_seen(browser: Browser) -> None:
    watched = Watched(browser, obeys_policy=False)
    try:
        watched.learn(lambda: watched.page.evaluate(AUDIT))
        html = b"<body><main><img src=x onerror=alert(1)><iframe src=https://evil.example/>"
        watched.documents[""] = (html, "text/html")
        watched.open()
        assert watched.scripts
        assert watched.surprises == ["dialog 1"]
        assert ("document", "https://evil.example/") in watched.foreign()
        assert any("attribute onerror" in line for line in watched.page.evaluate(AUDIT))
    finally:
        watched.close()
