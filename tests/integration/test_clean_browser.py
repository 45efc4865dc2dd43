"""What Chromium makes of cleaned markup: nothing runs, nothing is asked for but pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ecliptic
from ecliptic.clean import clean_html, clean_title
from ecliptic.model.text import Content
from services import needs_chromium
from shared_data import DATA, needs_shared_data
from watched import PLANET, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

BLOG = "https://blog.example/2026/post/"
ON_A_PAGE = 250
ASSETS = Path(ecliptic.__file__).parent / "themes" / "default" / "assets"
HEAD = (
    "<!DOCTYPE html><meta charset=utf-8><title>planet</title><style>"
    + (ASSETS / "style.css").read_text("utf-8")
    + (ASSETS / "highlight.css").read_text("utf-8")
    + "body{padding:1rem}</style>"
)

# What a body may never do to the page around it, read off the live document.
AUDIT = """() => {
  const wrong = [];
  const body = document.body;
  const wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) wrong.push("wider than the window: " + wide.scrollWidth);
  const shape = [...body.children].map(e => e.tagName + "." + e.className).join();
  if (shape !== Array(body.children.length).fill("ARTICLE.entry").join())
    wrong.push("the page has another shape: " + shape);
  if ([...body.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    wrong.push("text fell out of its entry");
  for (const article of body.children) {
    const say = (what, e) => wrong.push(
      article.id + ": " + what + " " + e.outerHTML.slice(0, 200));
    if ([...article.children].map(e => e.tagName).join() !== "H4,DIV")
      say("another shape", article);
    for (const e of article.querySelectorAll("div.body *")) {
      for (const a of e.attributes) {
        if (a.name.startsWith("on") || a.name === "srcdoc" || a.name === "target")
          say("attribute " + a.name, e);
        if (/^\\s*(javascript|vbscript):/i.test(a.value) && a.name !== "title" && a.name !== "alt")
          say("script address", e);
      }
      if (e.id && !e.id.startsWith("v")) say("id outside its namespace", e);
      const style = getComputedStyle(e);
      if (style.position && (style.position !== "static" || style.zIndex !== "auto"))
        say("position " + style.position, e);
      if (e.matches("script,style,link,meta,base,object,embed,form,input,button,svg,dialog"))
        say("element", e);
    }
  }
  return wrong;
}"""


class Bodies(Watched):
    """A page whose entries have the bodies it is given."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self.learn(self._try_out)

    def _try_out(self) -> None:
        self.show([])
        self.write_again()

    def show(self, bodies: Sequence[str]) -> list[str]:
        """Load a page with these bodies as its entries; return what is wrong with it."""
        html = HEAD + "".join(
            f'<article class="entry" id="a{place}"><h4>title</h4><div class="body">{body}</div>'
            "</article>"
            for place, body in enumerate(bodies)
        )
        self.documents[""] = (html.encode(), "text/html; charset=utf-8")
        self.open()
        return self.audit()

    def audit(self) -> list[str]:
        """Return what is wrong with the page as it stands."""
        wrong: list[str] = self.page.evaluate(AUDIT)
        return wrong

    def write_again(self) -> None:
        """Let a script of the page take what it shows and write it anew, three times."""
        self.page.evaluate(
            "() => { for (let i = 0; i < 3; i++) for (const e of"
            " document.querySelectorAll('div.body')) e.innerHTML = e.innerHTML; }"
        )


def cleaned(payloads: Sequence[str], clean: Callable[[str, int], str]) -> list[str]:
    return [clean(payload, place) for place, payload in enumerate(payloads)]


def as_body(payload: str, place: int) -> str:
    return clean_html(payload, base=BLOG, entry=f"v{place}", top_heading=5)


def payloads() -> list[str]:
    html = json.loads((DATA / "vectors" / "html.json").read_bytes())
    good = json.loads((DATA / "vectors" / "good.json").read_bytes())
    abuse = json.loads((DATA / "vectors" / "abuse.json").read_bytes())
    return [
        vector["payload"] for vector in (*html, *good, *abuse) if isinstance(vector["payload"], str)
    ]


def assert_harmless(browser: Browser, bodies: Sequence[str]) -> None:
    watched = Bodies(browser)
    try:
        for start in range(0, len(bodies), ON_A_PAGE):
            assert watched.show(bodies[start : start + ON_A_PAGE]) == [], start
        assert watched.scripts == []
        assert watched.surprises == []
        assert watched.foreign() == []
        own = [asked for asked in watched.requests if asked[1].startswith(PLANET)]
        assert own == []
    finally:
        watched.close()


def test_browser_when_markup_is_raw_runs_it_so_that_the_watch_is_known_to_work(
    browser: Browser,
) -> None:
    raw = [
        "<script>1</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=eval('1')>",
        "<iframe src='https://evil.example/'></iframe>",
        "</div></article><p style='position:fixed'>out</p>",
        "</div></article><p style='width:9999px'>out</p>",
    ]
    watched = Bodies(browser)
    try:
        wrong = watched.show(raw)
        assert len(watched.scripts) >= 4
        assert any(surprise.startswith("dialog") for surprise in watched.surprises)
        assert ("document", "https://evil.example/") in watched.requests
        assert any("shape" in line for line in wrong)
        assert any("wider than" in line for line in wrong)
        assert any("attribute onerror" in line for line in wrong)
    finally:
        watched.close()


def test_browser_when_frames_are_folded_asks_no_host_until_one_is_opened(
    browser: Browser,
) -> None:
    frame = '<iframe width=560 height=315 src="https://www.youtube.com/embed/abc"></iframe>'
    watched = Bodies(browser)
    try:
        assert watched.show([as_body(frame, 0)]) == []
        assert watched.requests == []
        watched.page.locator("summary").click()
        watched.page.wait_for_timeout(500)
        assert ("document", "https://www.youtube-nocookie.com/embed/abc") in watched.requests
    finally:
        watched.close()


@needs_shared_data
def test_browser_when_vectors_are_cleaned_runs_nothing_and_asks_for_pictures_only(
    browser: Browser,
) -> None:
    assert_harmless(browser, cleaned(payloads(), as_body))


@needs_shared_data
def test_browser_when_vectors_are_broken_off_or_joined_runs_nothing(browser: Browser) -> None:
    """Markup that ends in the middle of a tag, and two vectors that meet in one body."""
    given = payloads()[::3]
    joined = [first[: len(first) // 2] + second for first, second in pairwise(given)]
    assert_harmless(browser, cleaned(joined, as_body))


@needs_shared_data
@pytest.mark.slow
def test_browser_when_cleaned_markup_passes_through_scripts_of_others_runs_nothing(
    browser: Browser,
) -> None:
    """A reader's own script may write ``innerHTML`` again: three round trips, still nothing."""
    bodies = cleaned(payloads(), as_body)
    watched = Bodies(browser)
    try:
        for start in range(0, len(bodies), ON_A_PAGE):
            watched.show(bodies[start : start + ON_A_PAGE])
            watched.write_again()
            watched.page.wait_for_timeout(100)
            assert watched.audit() == []
        assert (watched.scripts, watched.surprises) == ([], [])
        assert watched.foreign() == []
    finally:
        watched.close()


@needs_shared_data
def test_browser_when_vectors_are_titles_shows_words(browser: Browser) -> None:
    def as_title(payload: str, _place: int) -> str:
        text, html = clean_title(Content(value=payload))
        return f'<span title="{escape(text)}">{html}</span>'

    bodies = cleaned(payloads(), as_title)
    watched = Bodies(browser)
    try:
        for start in range(0, len(bodies), ON_A_PAGE):
            assert watched.show(bodies[start : start + ON_A_PAGE]) == []
        assert (watched.scripts, watched.requests, watched.surprises) == ([], [], [])
    finally:
        watched.close()
