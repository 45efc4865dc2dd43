"""Each theme in a real browser: it fits, it can be read, and it asks nobody else."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from ecliptic.model.entry import FeedInfo
from ecliptic.model.parsed import Enclosure, Person
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.site import Channel
from ecliptic.model.text import SafeHTML
from making import NOON
from rendering import SITE, make_feed, make_shown, render_site, write_site
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = needs_chromium

PICTURE = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="4000"/>'
).decode()
LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 8
HOSTILE = f"""
<p><img src="data:image/svg+xml;base64,{PICTURE}" width="99999" height="99999" alt=""></p>
<p>{LONG}</p><p><a href="https://x.example/">https://x.example/{LONG}</a></p>
<pre><code class="language-python">{"x = 1; " * 200}</code></pre><p><code>{LONG}</code></p>
<table width="100000"><tr>{"<td>cell cell</td>" * 60}</tr><tr><td>{LONG}</td></tr></table>
<ul><li><ul><li><ul><li><ul><li>{LONG}</li></ul></li></ul></li></ul></li></ul>
<blockquote><blockquote><blockquote><pre>{LONG}</pre></blockquote></blockquote></blockquote>
<h5>{LONG}</h5><dl><dt>{LONG}</dt><dd>{LONG}</dd></dl>
<details class="embed"><summary>{LONG}</summary><p>x</p></details>
<math><mi>{LONG}</mi></math><figure><figcaption>{LONG}</figcaption></figure>
<p style="white-space:nowrap">{"no wrap " * 100}</p>
"""
HUES = "document.querySelector('main [class*=hue-]') ? 12 : 1"
PAINT = """n => document.querySelectorAll("main [class*=hue-]").forEach(
    e => e.className = e.className.replace(/hue-\\d+/, `hue-${n}`))"""
READ_CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


@pytest.fixture(scope="module", params=SHIPPED_THEMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a planet of everything that could break a layout."""
    long = make_feed(1, name=LONG, info=FeedInfo(title=LONG, link="https://b.example/" + LONG))
    plain = make_feed(2, name="Blog", hidden={"decide.back_catalogue": 3})
    files = (
        Enclosure(url="https://media.example/a.mp3", type="audio/mpeg"),
        Enclosure(url="https://media.example/a.mp4", type="video/mp4"),
    )
    shown = [
        make_shown(1, long, title=LONG, title_html=SafeHTML(LONG), content=SafeHTML(HOSTILE),
                   authors=(Person(name=LONG),)),
        make_shown(2, plain, content=SafeHTML("<p>Text <code>code</code> <a href='https://x.example/'>link</a></p><blockquote><p>said</p></blockquote><pre>code</pre>"),
                   authors=(Person(name="Ann"),), enclosures=files),
        make_shown(3, plain, title_html=SafeHTML("שלום"), content=SafeHTML("<p>שלום עולם</p>")),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("site")
    channel = Channel(path="topics/jobs", name=LONG, filter="tag:jobs")
    planet = replace(SITE, channels=(channel,))
    old = make_shown(4, plain, shown_at=NOON - timedelta(days=40))
    write_site(folder, render_site(planet, [long, plain], [*shown, old], theme=request.param))
    return folder


def pages_of(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def guarded_page(browser: Browser, **options: Any) -> tuple[Page, list[str]]:
    """Open an empty page, and a list of what it asks of other hosts, all of which is refused."""
    page = browser.new_page(**options)

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    asked: list[str] = []
    page.route(re.compile("^https?:"), refuse)
    return page, asked


def open_page(browser: Browser, path: Path, **options: Any) -> Page:
    """Open a page of the site, which reaches no other host."""
    page, _ = guarded_page(browser, **options)
    page.goto(path.as_uri())
    return page


def test_pages_when_the_content_is_hostile_never_scroll_sideways(
    browser: Browser, site: Path
) -> None:
    page, _ = guarded_page(browser)
    for path in pages_of(site):
        page.goto(path.as_uri())
        for width in (1280, 768, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            seen = f"{path.name}, {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, seen
            beyond = page.evaluate(
                "[...document.querySelectorAll('main, main section, article, .body, aside')].filter"
                "(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className)"
            )
            assert beyond == [], seen
    page.close()


def test_pages_when_opened_ask_no_other_host(browser: Browser, site: Path) -> None:
    page, asked = guarded_page(browser)
    for path in pages_of(site):
        page.goto(path.as_uri())
        assert asked == [], path.name
    page.close()


def test_pages_when_opened_obey_their_own_policy(browser: Browser, site: Path) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    for path in pages_of(site):
        page.goto(path.as_uri())
        style = "getComputedStyle(document.querySelector('.masthead')).display"
        assert page.evaluate(style) == "flex", path.name
    assert said == []
    page.close()


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_text_when_read_has_enough_contrast(browser: Browser, site: Path, medium: Any) -> None:
    page, _ = guarded_page(browser)
    for path in pages_of(site):
        page.goto(path.as_uri())
        for scheme in ("light", "dark"):
            page.emulate_media(media=medium, color_scheme=scheme)
            for hue in range(page.evaluate(HUES)):
                page.evaluate(PAINT, hue)
                seen = f"{path.name}, {medium}, {scheme}, hue {hue}"
                assert page.evaluate(READ_CONTRAST) == [], seen
    page.close()


# Cards show the first words of posts, and are not for programs that read a page as lines.
@pytest.mark.parametrize("site", ["default", "classic"], indirect=True)
def test_index_when_its_main_column_is_read_is_one_line_each(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "index.html")
    lines = [line.strip() for line in page.inner_text("main").splitlines() if line.strip()]
    assert lines[:5] == [
        "Planet Test",
        "Last update: April 25, 2018 12:00 PM",
        "April 25, 2018",
        LONG,
        LONG,
    ]
    start = lines.index("Blog")
    assert lines[start : start + 7] == [
        "Blog", "Post 2", "Text code link", "said", "code",
        "by Ann at April 25, 2018 10:00 AM", "שלום",
    ]  # fmt: skip
    page.close()


@pytest.mark.parametrize(("language", "name"), [("ar", "Planet Test"), ("en", "كوكب")])
def test_heading_when_its_script_runs_against_the_page_begins_where_the_page_does(
    browser: Browser, tmp_path: Path, language: str, name: str
) -> None:
    planet = replace(SITE, name=name, language=language)
    write_site(tmp_path, render_site(planet, [], []))
    page = open_page(browser, tmp_path / "index.html")
    begins = """node => {
        const words = document.createRange();
        words.selectNodeContents(node);
        const side = document.dir === "rtl" ? "right" : "left";
        return Math.abs(words.getBoundingClientRect()[side] - node.getBoundingClientRect()[side]);
    }"""
    assert page.locator("h1").evaluate(begins) < 1
    page.close()


def test_scripts_when_they_pass_cleaning_are_stopped_by_the_policy(
    browser: Browser, tmp_path: Path
) -> None:
    body = SafeHTML(
        "<img src=x onerror='window.ran=1'><script>window.ran=1</script>"
        "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>"
        "<style>main{display:none}</style><base href='https://evil.example/'>"
    )
    write_site(tmp_path, render_site(SITE, [make_feed()], [make_shown(1, content=body)]))
    page = open_page(browser, tmp_path / "index.html")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI").startswith("file:")
    assert page.is_visible("main")
    page.close()


def test_keyboard_when_it_starts_reaches_the_skip_link_first(browser: Browser, site: Path) -> None:
    page = open_page(browser, site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
