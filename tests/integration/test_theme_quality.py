"""Pages of each theme, held against what readers may expect: access, validity, weight, keys."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import SimpleHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo_site import demo_site
from ecliptic.flows.sample import sample_pages
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.text import SafeHTML
from ecliptic.parse.validate import validate
from ecliptic.render import Theme
from html_rules import faults
from in_thread import InThread
from making import NOON
from rendering import SITE, make_feed, make_shown, read_html, render_site, write_site
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ENTRIES = 60
MOST_BYTES = 150_000
MOST_OWN_BYTES = 15_000
PART = 500
PARTS = 24
"""A page comes in so many parts of so many bytes, and then the rest of it."""
SHIFTS = """() => new Promise(done => {
    const moved = [];
    // What has no node moved inside of one of the browser's own, as a player is, or is made
    // by a style; and authors' formulas and tables are as wide as what has come of them.
    const theirs = "math, .body td, .body th";
    const ours = node => node && !(node.closest ? node : node.parentElement)?.closest(theirs);
    new PerformanceObserver(list => {
        for (const entry of list.getEntries())
            for (const {node} of entry.sources)
                if (ours(node)) moved.push(node.outerHTML ?? node.textContent);
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(moved), 200);
})"""


@pytest.fixture(scope="module")
def site() -> Path:
    return demo_site()


@pytest.fixture(scope="module", params=SHIPPED_THEMES)
def look(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in the default theme, and posts made up in the others."""
    if request.param == "default":
        return demo_site()
    folder = tmp_path_factory.mktemp(str(request.param))
    write_site(folder, {page.path: made for page, made in sample_pages(Theme.load(request.param))})
    return folder


@pytest.fixture(scope="module", params=SHIPPED_THEMES)
def sixty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planet with a full front page of posts of ordinary length, in each theme."""
    text = SafeHTML(f"<p>{'It is a truth that most posts are some hundred words. ' * 40}</p>")
    feeds = [make_feed(number, name=f"Blog {number}") for number in range(1, 21)]
    shown = [
        make_shown(n, feeds[n % 20], content=text, shown_at=NOON - timedelta(hours=n))
        for n in range(ENTRIES)
    ]
    folder = tmp_path_factory.mktemp("sixty")
    write_site(folder, render_site(SITE, feeds, shown, theme=request.param))
    return folder


def opened(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what axe says against a page: the rule, and the first element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - comes with Chromium

    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def of_each_kind(site: Path) -> list[Path]:
    """Return one page of each kind, as the body's class names it."""
    found: dict[str, Path] = {}
    for path in sorted(site.rglob("*.html")):
        found.setdefault(path.read_text("utf-8").partition('<body class="')[2].split('"')[0], path)
    assert len(found) >= 7
    return list(found.values())


def test_pages_when_read_as_the_standard_says_have_no_fault(look: Path) -> None:
    for path in look.rglob("*.html"):
        assert faults(read_html(path.read_bytes())) == [], path


def test_output_feeds_break_no_rule_of_the_validator(site: Path) -> None:
    """Those of the planet, its feeds, tags, authors and languages, and of the archive."""
    names = ("atom.xml", "rss20.xml", "rss10.xml", "feed.json")
    outputs = [path for name in names for path in site.rglob(name)]
    assert len(outputs) > 50
    empty = [path for path in outputs if b"<entry" not in path.read_bytes()]
    assert {path.parent.parent.name for path in empty if path.name == "atom.xml"} <= {"feeds"}
    for path in set(outputs) - {path for path in empty if path.name == "atom.xml"}:
        found = validate(path.read_bytes(), now=datetime(2026, 11, 2, tzinfo=UTC))
        broken = [finding for finding in found if finding.severity != "note"]
        assert [(finding.code, finding.message) for finding in broken] == [], path


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p id=a><b id=a>x</b>", "the id 'a' stands 2 times"),
        ("<div><li>one</div>", "li in div"),
        ("<ul><p>one</ul>", "p in ul"),
        ("<a href=/x><button>y</button></a>", "button in a"),
        ("<a href=#nowhere>x</a>", "a link leads to #nowhere, which is not there"),
        ("<img src=x>", "img without alt"),
        ("<center>x</center>", "the element center is obsolete"),
        ("<p align=left>x", "p has the attribute align"),
        ("<time>yesterday</time>", "time with datetime None"),
        ("<p lang='as you like'>x", "the language 'as you like'"),
        ("<p aria-labelledby=x>x", "aria-labelledby names 'x', which is not there"),
    ],
)
def test_faults_when_a_page_has_one_name_it(markup: str, fault: str) -> None:
    page = f"<!DOCTYPE html><title>T</title><main><h1>H</h1>{markup}</main>"
    assert faults(read_html(page.encode())) == [fault]


@needs_chromium
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_pages_when_axe_looks_at_them_have_no_violation(
    browser: Browser, look: Path, scheme: Any, width: int
) -> None:
    size: Any = {"width": width, "height": 900}
    # The policy of our pages forbids what axe is put in by.
    page = browser.new_page(bypass_csp=True, color_scheme=scheme, viewport=size)
    for path in of_each_kind(look):
        page.goto(path.as_uri())
        assert violations(page) == [], path
    page.close()


def test_front_page_when_full_is_light(sixty: Path) -> None:
    files = [sixty / "index.html", *sixty.rglob("*.css"), *sixty.rglob("*.js")]
    weights = {path.name: len(gzip.compress(path.read_bytes())) for path in files}
    assert sum(weights.values()) < MOST_BYTES, weights
    own = {name: size for name, size in weights.items() if name.endswith((".css", ".js"))}
    assert {"style.css", "keys.js"} <= own.keys()
    assert sum(own.values()) < MOST_OWN_BYTES, own


@pytest.fixture(scope="module")
def slowly(look: Path) -> Iterator[str]:
    """The address of a look whose pages come in parts: most in their first screen."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=look)

        def copyfile(self, source: Any, outputfile: Any) -> None:
            data = source.read()
            step = PART if self.path.endswith(".html") else len(data)
            ends = [*range(step, min(len(data), PARTS * step), step), len(data)]
            for start, end in pairwise([0, *ends]):
                outputfile.write(data[start:end])
                time.sleep(0.03)  # for a frame to be drawn

        def log_message(self, *given: Any) -> None:
            pass

    with InThread(Handler) as server:
        yield f"http://127.0.0.1:{server.port}/"


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_when_they_load_slowly_never_shift(
    browser: Browser, look: Path, slowly: str, width: int
) -> None:
    loading = []
    context = browser.new_context(viewport={"width": width, "height": 900})
    for path in of_each_kind(look):
        page = context.new_page()
        page.goto(slowly + path.relative_to(look).as_posix(), wait_until="commit")
        loading.append((page, path))
    for page, path in loading:
        page.wait_for_load_state("load")
        assert page.evaluate(SHIFTS) == [], path
        assert page.evaluate("document.fonts.size") == 0, "text waits for no font"
    context.close()


@needs_chromium
def test_keys_when_pressed_go_from_post_to_post(browser: Browser, sixty: Path) -> None:
    page = opened(browser, sixty / "index.html", reduced_motion="reduce")
    focused = "document.activeElement.textContent"
    titles = page.eval_on_selector_all("article .title a", "all => all.map(a => a.textContent)")
    page.keyboard.press("j")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(focused) == titles[2]
    top = "document.activeElement.closest('article').getBoundingClientRect().top"
    assert abs(page.evaluate(top)) < 60
    page.keyboard.press("k")
    assert page.evaluate(focused) == titles[1]
    page.keyboard.press("Control+k")
    assert page.evaluate(focused) == titles[1]
    for _ in range(ENTRIES + 5):
        page.keyboard.press("j")
    assert page.evaluate(focused) == titles[-1]
    page.context.close()


@needs_chromium
def test_keys_when_asked_for_are_told_and_closed(browser: Browser, sixty: Path) -> None:
    page = opened(browser, sixty / "index.html")
    assert not page.is_visible("#keys")
    page.keyboard.press("?")
    assert page.is_visible("#keys")
    assert "Next post" in page.inner_text("#keys")
    page.keyboard.press("j")  # says nothing while the keys are told
    assert page.evaluate("document.activeElement.closest('dialog').id") == "keys"
    page.keyboard.press("Escape")
    assert not page.is_visible("#keys")
    page.keyboard.press("?")
    page.click("#keys button")
    assert not page.is_visible("#keys")
    page.context.close()


@needs_chromium
def test_pages_without_scripts_are_read_as_well(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", java_script_enabled=False)
    assert page.locator("article").count() > ENTRIES / 10
    page.click("nav >> text=Archive")
    assert page.title().startswith("Archive")
    page.context.close()


@needs_chromium
def test_code_when_it_is_wider_than_the_page_is_reached_by_the_keyboard(
    browser: Browser, tmp_path: Path
) -> None:
    body = SafeHTML(f"<pre>{'wide ' * 200}</pre><pre>narrow</pre>")
    write_site(tmp_path, render_site(SITE, [make_feed()], [make_shown(1, content=body)]))
    page = opened(browser, tmp_path / "index.html")
    page.wait_for_selector("pre[tabindex='0']")
    assert page.locator("pre[tabindex]").count() == 1
    page.context.close()


@needs_chromium
def test_entry_when_it_is_written_from_right_to_left_stands_so_in_a_page_that_is_not(
    browser: Browser, tmp_path: Path
) -> None:
    title, text = "شيء من النجوم", "<p>ليلة بلا قمر.</p>"
    entry = make_shown(
        1, title=title, title_html=SafeHTML(title), content=SafeHTML(text), language="ar"
    )
    write_site(tmp_path, render_site(SITE, [make_feed()], [entry]))
    page = opened(browser, tmp_path / "index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.body')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
    assert page.get_attribute("article", "lang") == "ar"
    page.context.close()
