"""Search: in real Chromium without a server, incrementally, and with the preview server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from ecliptic.engine import load_site
from ecliptic.testing import FeedServer
from ecliptic.web.preview import Preview
from planets import LOOPBACK, Planet, ecliptic, item, rss
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LATER = "2018-04-25T02:47:00Z"
POSTS = {
    1: ("Café crème", f"A <em>coffee</em> with milk. {'Filler. ' * 60}Cinnamon ends it."),
    2: ("東京の天気", "今日の東京は晴れです。散歩に行きました。"),
    3: ("شوربة العدس", "وَصْفَة سهلة من الإسكندرية"),
    4: ("Secret plans", "Nobody should read of the zeppelin."),
    5: ('<script>alert("x")</script> & co', "Escaping &lt;img src=x onerror=alert(1)&gt; matters."),
    6: ("Coffee grinders", "Ten of them, tested."),
}  # fmt: skip


def post(number: int, title: str, body: str, *, day: int = 0) -> str:
    moment = datetime(2018, 4, day or 10 + number, 9, tzinfo=UTC)
    return item(number, title, moment, body=f"<p>{body}</p>")


def document(posts: dict[int, tuple[str, str]]) -> str:
    return rss("A", "https://a.example/", [post(number, *told) for number, told in posts.items()])


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def build(folder: Path, server: FeedServer) -> Planet:
    made = Planet(folder, [server.add(f"/{folder.name}.xml", document(POSTS))], flood_items=0)
    made.build()
    return made


@pytest.fixture(scope="module")
def planet(tmp_path_factory: pytest.TempPathFactory, server: FeedServer) -> Planet:
    """Build a planet that tests only look at."""
    return build(tmp_path_factory.mktemp("planet"), server)


@pytest.fixture
def own(tmp_path: Path, server: FeedServer) -> Planet:
    """Build a planet of the test's own."""
    return build(tmp_path, server)


@pytest.fixture
def page(browser: Browser, planet: Planet) -> Iterator[Page]:
    """Open the page that searches, as a web server gives it; all must be as its policy says."""
    said: list[str] = []
    with Preview(load_site(planet.config), port=0) as preview:
        opened = browser.new_context().new_page()
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.goto(f"{preview.url}search.html")
        yield opened
        opened.context.close()
    assert said == []


def titles(page: Page) -> list[str]:
    return page.locator("#hits h2").all_inner_texts()


def look_for(page: Page, text: str, expected: list[str]) -> None:
    """Type a text, and wait until exactly these titles are shown."""
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially(text)
    told = {0: "No posts found", 1: "1 post found"}.get(
        len(expected), f"{len(expected)} posts found"
    )
    page.get_by_role("status").get_by_text(told, exact=True).wait_for(timeout=5_000)
    expect(page.locator("#hits h2")).to_have_text(expected)


pytestmark = needs_chromium


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe", ["Café crème"]),
        ("CAFÉ CRÈ", ["Café crème"]),
        ("coffee", ["Coffee grinders", "Café crème"]),
        ("coffee milk", ["Café crème"]),
        ("cof mil", []),
        ("cinnamon", ["Café crème"]),
        ("東京", ["東京の天気"]),
        ("散歩に", ["東京の天気"]),
        ("京", ["東京の天気"]),
        ("وصفة", ["شوربة العدس"]),
        ("الاسكند", ["شوربة العدس"]),
        ("constructor", []),
    ],
)
def test_page_when_typed_into_shows_what_has_all_the_words(
    page: Page, text: str, expected: list[str]
) -> None:
    look_for(page, text, expected)


def test_page_when_a_word_is_found_marks_it_where_it_stands(page: Page) -> None:
    look_for(page, "cafe", ["Café crème"])
    expect(page.locator("#hits mark")).to_have_text(["Café"])
    look_for(page, "東京", ["東京の天気"])
    expect(page.locator("#hits mark")).to_have_text(["東京", "東京"])
    look_for(page, "cinnam", ["Café crème"])
    expect(page.locator("#hits mark")).to_have_text(["Cinnamon"])


def test_page_when_titles_look_like_markup_shows_text(page: Page) -> None:
    look_for(page, "escaping", ['<script>alert("x")</script> & co'])
    assert page.locator("#hits img, #hits script").count() == 0
    assert "<img src=x" in page.locator("#hits").inner_text()


def test_page_when_a_result_is_of_another_direction_says_so(page: Page) -> None:
    look_for(page, "العدس", ["شوربة العدس"])
    assert page.locator("#hits h2").evaluate("node => getComputedStyle(node).direction") == "rtl"
    look_for(page, "coffee", ["Coffee grinders", "Café crème"])
    assert page.locator("#hits h2").first.get_attribute("dir") == "auto"


def test_page_when_used_by_keyboard_leads_to_the_results_and_keeps_the_question(page: Page) -> None:
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("grinders")
    page.keyboard.press("Enter")
    page.get_by_text("1 post found").wait_for()
    assert page.url.endswith("?q=grinders")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Coffee grinders"
    page.reload()
    page.get_by_text("1 post found").wait_for()
    assert page.locator("#q").input_value() == "grinders"


def test_page_when_scripts_are_off_says_what_to_do(browser: Browser, planet: Planet) -> None:
    with Preview(load_site(planet.config), port=0) as preview:
        context = browser.new_context(java_script_enabled=False)
        opened = context.new_page()
        opened.goto(f"{preview.url}search.html")
        note = opened.locator("main .note")
        assert "needs JavaScript" in note.inner_text()
        assert note.locator("a").get_attribute("href") == "archive/index.html"
        context.close()


def test_search_when_entries_are_hidden_edited_or_new_finds_what_pages_show(
    browser: Browser, own: Planet, server: FeedServer
) -> None:
    done = ecliptic("entries", "hide", "https://blog.example/4", *own.option)
    assert done.returncode == 0, done.stderr
    changed = {**POSTS, 6: ("Tea pots", "Two of them."), 7: ("A novelty", "Brand new words.")}
    server.add(f"/{own.folder.name}.xml", document(changed))
    own.build("--all", now=LATER)
    everything = b"".join(path.read_bytes() for path in own.site.glob("search/**/*.json"))
    assert b"Nobody should read" not in everything
    with Preview(load_site(own.config), port=0) as preview:
        page = browser.new_page()
        page.goto(f"{preview.url}search.html")
        look_for(page, "zeppelin", [])
        look_for(page, "grinders", [])
        look_for(page, "tea", ["Tea pots"])
        look_for(page, "brand new", ["A novelty"])
        page.close()


def test_search_when_a_feed_is_renamed_leads_to_where_its_page_is_now(
    browser: Browser, own: Planet, server: FeedServer
) -> None:
    linkless = document(POSTS).replace("<link>https://blog.example/6</link>", "")
    server.add(f"/{own.folder.name}.xml", linkless)
    own.build("--all", now=LATER)
    named = own.config.read_text("utf-8").replace("\nurl = ", '\nname = "Another name"\nurl = ')
    own.config.write_text(named, "utf-8")
    own.run("publish", now=LATER)
    with Preview(load_site(own.config), port=0) as preview:
        page = browser.new_page()
        page.goto(f"{preview.url}search.html")
        look_for(page, "grinders", ["Coffee grinders"])
        page.locator("#hits h2 a").click()
        page.wait_for_url("**/feeds/**")
        assert page.title().startswith("Another name")
        assert page.evaluate("document.querySelector(':target').innerText").count("grinders")
        page.close()


def test_index_when_nothing_is_new_is_not_written(own: Planet) -> None:
    before = own.files()
    summary = own.build("--all", now=LATER)
    assert summary["pages"]["written"] == 0
    assert own.files() == before


def test_index_when_the_setting_is_off_is_removed(own: Planet) -> None:
    assert (own.site / "search.html").is_file()
    own.settings["search"] = False
    own.subscribe(re.findall(r'url = "(.*)"', own.config.read_text("utf-8")))
    own.run("publish", now=LATER)
    assert not (own.site / "search.html").exists()
    assert not (own.site / "search").exists()
    assert not (own.site / "theme" / "search.js").exists()
    assert "search.html" not in own.read("index.html")


@contextmanager
def served(planet: Planet) -> Iterator[str]:
    """Run the preview server, and give its address."""
    command = ["serve", str(planet.config), "--port", "0", *LOOPBACK]
    with subprocess.Popen(
        [sys.executable, "-m", "ecliptic", *command], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        found = re.search(r"http://\S+/", running.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            running.terminate()


def ask(url: str, question: str, *, accept: str = "application/json") -> tuple[int, str]:
    request = urllib.request.Request(f"{url}search?q={quote(question)}", headers={"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def found(url: str, question: str) -> list[str]:
    status, body = ask(url, question)
    assert status == 200, body
    results: dict[str, Any] = json.loads(body)
    return [hit["title"] for hit in results["hits"]]


def test_server_when_asked_answers_filters_as_json_and_as_a_page(
    own: Planet, browser: Browser
) -> None:
    ecliptic("entries", "hide", "https://blog.example/4", *own.option)
    with served(own) as url:
        assert found(url, "coffee") == ["Coffee grinders", "Café crème"]
        assert found(url, "title:coffee -milk") == ["Coffee grinders"]
        assert found(url, "date<2018-04-12 or 東京") == ["東京の天気", "Café crème"]
        assert found(url, "zeppelin or is:hidden") == []
        status, body = ask(url, "title:coffee (tag:x", accept="text/html")
        assert status == 400
        assert "^</pre>" in body
        status, body = ask(url, '"><script>alert(1)</script>', accept="text/html")
        assert "<script>" not in body
        page = browser.new_page()
        page.goto(f"{url}search.html")
        page.get_by_role("searchbox").fill("title:coffee")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url("**/search?q=**")
        assert titles(page) == ["Coffee grinders"]
        page.close()
