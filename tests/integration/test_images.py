"""Who serves the images of entries: their authors' hosts, copies of ours, or our server."""

from __future__ import annotations

import http.client
import re
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from ecliptic.engine import Planet as Engine
from ecliptic.testing import FeedServer
from ecliptic.web.preview import Files, Preview
from html_rules import faults
from pictures import GIF, JPEG, SVG, png
from planets import BUILT_AT, Planet, ecliptic, item, rss
from rendering import read_html
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BUILT = datetime.fromisoformat(BUILT_AT)


def after(days: float) -> str:
    return (BUILT + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def planet_of(folder: Path, server: FeedServer, *bodies: str, images: str = "store") -> Planet:
    """Return a planet of one feed, whose posts have these texts, the first the newest."""
    posts = [
        item(number, f"Post {number}", BUILT - timedelta(hours=number), body=body)
        for number, body in enumerate(bodies, 1)
    ]
    feed = server.add("/feed.xml", rss("A", "https://a.example/", posts))
    return Planet(folder, [feed], images=images, archive=True)


def image(server: FeedServer, path: str, body: bytes, **options: object) -> str:
    """Serve an image, and return an element that shows it."""
    url = server.add(path, body, content_type="image/png", **options)  # type: ignore[arg-type]
    return f'<img src="{url}" alt="{path[1:]}">'


def copies(planet: Planet) -> list[bytes]:
    folder = planet.site / "images"
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def test_images_when_they_are_kept_then_nothing_is_asked_for_and_pages_load_them_as_ever(
    tmp_path: Path, server: FeedServer
) -> None:
    body = image(server, "/a.png", png())
    planet = planet_of(tmp_path, server, body, images="keep")
    planet.build()
    assert server.count("/a.png") == 0
    assert server.url("/a.png") in planet.read("index.html")
    assert "img-src 'self' https: http: data:" in planet.read("index.html")


def test_images_when_they_are_stored_then_pages_show_copies(
    tmp_path: Path, server: FeedServer
) -> None:
    shown = image(server, "/a.png", png(40, 30)) + image(server, "/b.jpg", JPEG)
    gone = image(server, "/gone.png", b"", status=404) + image(server, "/page.png", b"<html>")
    drawing = image(server, "/d.svg", SVG)
    large = image(server, "/large.png", png() + bytes(2_100_000), compress=False)
    planet = planet_of(tmp_path, server, shown, gone + drawing + large)
    planet.build()
    assert sorted(copies(planet)) == sorted([png(40, 30), JPEG])
    page = planet.read("index.html")
    assert len(re.findall(r'<img src="images/[0-9a-f]+\.(?:png|jpg)"', page)) == 2
    assert 'width="40" height="30"' in page
    assert "img-src 'self' data:" in page
    for path in ("/gone.png", "/page.png", "/d.svg", "/large.png"):
        assert f'<a href="{server.url(path)}" rel="nofollow noopener">{path[1:]}</a>' in page
    day = planet.read("archive/2018/04/25.html")
    assert 'src="../../../images/' in day
    for path in ("index.html", "archive/2018/04/25.html"):
        assert faults(read_html(planet.read(path).encode())) == []
    assert server.url("/a.png") in planet.read("atom.xml")  # other readers are no concern of ours


def test_images_when_nothing_is_new_then_nothing_is_asked_for_or_written(
    tmp_path: Path, server: FeedServer
) -> None:
    planet = planet_of(tmp_path, server, image(server, "/a.png", png()))
    planet.build()
    files = planet.files()
    for days in (0.5, 30):
        assert planet.build("--all", now=after(days))["pages"]["written"] == 0
    assert planet.files() == files
    assert server.count("/a.png") == 1


def test_images_when_a_server_fails_then_it_is_asked_again_later_and_the_page_follows(
    tmp_path: Path, server: FeedServer
) -> None:
    body = image(server, "/a.png", b"", status=503)
    posts = [item(number, f"Post {number}", BUILT, body=body, author="Ann") for number in (1, 2)]
    feed = server.add("/feed.xml", rss("A", "https://a.example/", posts))
    planet = Planet(tmp_path, [feed], images="store")
    with planet.config.open("a", encoding="utf-8") as config:
        config.write('[[page]]\npath = "posts"\nname = "Posts"\nfilter = "title:Post"\n')
    planet.build()
    planet.build("--all", now=after(0.5))
    assert (server.count("/a.png"), copies(planet)) == (1, [])
    image(server, "/a.png", GIF)
    planet.build("--all", now=after(1.1))
    assert copies(planet) == [GIF]
    assert 'src="images/' in planet.read("index.html")
    assert 'src="../../../images/' in planet.read("archive/2018/04/25.html")
    for pages in ("feeds/*.html", "posts/index.html"):
        page = next(planet.site.glob(pages))
        assert re.search(r'<img src="(\.\./)+images/', page.read_text("utf-8"))


def test_images_when_a_post_is_hidden_or_loses_one_then_the_copy_leaves_the_site(
    tmp_path: Path, server: FeedServer
) -> None:
    one, two = image(server, "/1.png", png()), image(server, "/2.png", png(shade=2))
    planet = planet_of(tmp_path, server, one, two)
    planet.build()
    assert len(copies(planet)) == 2
    done = ecliptic("entries", "hide", "https://blog.example/1", *planet.option)
    assert done.returncode == 0, done.stderr
    planet.run("publish", now=after(0.1))
    assert copies(planet) == [png(shade=2)]
    planet_of(tmp_path, server, one, "<p>No image any more</p>")
    planet.build("--all", now=after(0.2))
    assert copies(planet) == []


def test_images_when_they_lead_to_a_private_address_then_that_is_not_connected_to(
    tmp_path: Path,
) -> None:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as server:
        inner = server.url("/secret.png", host="127.0.0.2")
        server.add("/secret.png", png())
        server.add("/a.png", redirect=inner)
        body = f'<img src="{inner}"><img src="{server.url("/a.png")}">'
        planet = planet_of(tmp_path, server, body)
        done = ecliptic(
            "build", str(planet.config), "--allow-network", "127.0.0.1/32", "--now", BUILT_AT
        )
        assert done.returncode == 0, done.stderr
        assert server.count("/secret.png") == 0
    assert copies(planet) == []


def test_images_when_offline_then_none_is_asked_for(tmp_path: Path, server: FeedServer) -> None:
    planet = planet_of(tmp_path, server, image(server, "/a.png", png()), images="keep")
    planet.build()
    planet.settings["images"] = "store"
    planet.subscribe([server.url("/feed.xml")])
    planet.build("--offline", now=after(1))
    assert server.count("/a.png") == 0
    assert "<img src=" not in planet.read("index.html")
    planet.build(now=after(1.1))
    assert copies(planet) == [png()]


@needs_chromium
@pytest.mark.parametrize("images", ["store", "proxy"])
def test_images_when_they_are_ours_then_a_browser_asks_no_other_host(
    browser: Browser, tmp_path: Path, server: FeedServer, images: str
) -> None:
    shown = image(server, "/a.png", png(40, 30))
    srcset = f'<img srcset="{server.url("/a.png")} 1x, {server.url("/b.png")} 2x" alt="">'
    missing = image(server, "/gone.png", b"", status=404)
    video = f'<video poster="{server.url("/a.png")}" src="{server.url("/v.mp4")}"></video>'
    planet = planet_of(tmp_path, server, shown + srcset + missing + video, images=images)
    planet.build()
    engine = Engine.open(planet.config, allow_networks=["127.0.0.0/8"])
    asked: list[str] = []

    with Preview(engine.site, port=0, handler=partial(Files, imaging=engine.image)) as preview:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(preview.url, wait_until="networkidle")
        for element in page.locator("article img").all():
            element.scroll_into_view_if_needed()
        page.evaluate(
            "Promise.all([...document.querySelectorAll('article img')].map("
            "i => i.complete || new Promise(done => { i.onload = i.onerror = done; })))"
        )
        widths = page.evaluate(
            "[...document.querySelectorAll('article img')].map(i => i.naturalWidth)"
        )
        page.close()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(preview.url).netloc}
    assert widths == ([40, 40] if images == "store" else [40, 40, 0])


def test_proxy_then_only_signed_addresses_of_pictures_are_answered(
    tmp_path: Path, server: FeedServer
) -> None:
    body = image(server, "/a.png?x=1&amp;y=/2", b"") + image(server, "/d.svg", SVG)
    server.add("/a.png?x=1&y=/2", png(), content_type="text/html")
    planet = planet_of(tmp_path, server, body, images="proxy")
    done = planet.run("build")
    assert 'images = "proxy" needs `ecliptic serve`' in done.stderr + done.stdout
    found = re.findall(r'<img src="(image/[^"]+)"', planet.read("index.html"))
    assert len(found) == 2
    other = found[0].rpartition("/")[0] + "/" + quote(server.url("/other.png"), safe="")
    server.add("/other.png", png())
    engine = Engine.open(planet.config, allow_networks=["127.0.0.0/8"])

    def ask(path: str) -> tuple[int, bytes, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", int(urlsplit(preview.url).port or 0))
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        result = answer.status, answer.read(), answer.headers
        connection.close()
        return result

    with Preview(engine.site, port=0, handler=partial(Files, imaging=engine.image)) as preview:
        status, got, headers = ask(found[0])
        assert (status, got, headers["Content-Type"]) == (200, png(), "image/png")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert ask(found[0])[:2] == (200, png())
        assert server.count("/a.png?x=1&y=/2") == 1  # it is kept
        assert [ask(path)[0] for path in (found[1], other, "image/x", "image/")] == [
            404, 403, 403, 403,
        ]  # fmt: skip
    assert server.count("/other.png") == 0
    guarded = Engine.open(planet.config)
    (tmp_path / "planet.sqlite.images").rename(tmp_path / "elsewhere")
    with Preview(guarded.site, port=0, handler=partial(Files, imaging=guarded.image)) as preview:
        assert ask(found[0])[0] == 404  # without leave, nothing on loopback is asked for


@pytest.mark.parametrize("key", ["faces", "images"])
def test_old_configurations_have_neither(tmp_path: Path, server: FeedServer, key: str) -> None:
    config = tmp_path / "config.ini"
    feed = server.add("/feed.xml", rss("A", server.url("/"), [item(1, "Post", BUILT)]))
    config.write_text(f"[Planet]\nname = P\n\n[{feed}]\nname = Ann\nface = ann.png\n", "utf-8")
    site = Engine.open(config).site
    assert getattr(site, key) == {"faces": False, "images": "keep"}[key]
    assert site.subscriptions[0].extra == {"face": "ann.png"}
