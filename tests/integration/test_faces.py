"""Pictures beside the names of feeds, through the commands, from a server on loopback."""

from __future__ import annotations

import json
import mimetypes
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from ecliptic.flows.faces import MOST_FEEDS
from ecliptic.testing import FeedServer
from html_rules import faults
from pictures import JPEG, SVG, ico, png
from planets import BUILT_AT, Planet, ecliptic, posts, rss
from rendering import read_html
from services import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOME = "/home/"


def after(days: float) -> str:
    moment = datetime.fromisoformat(BUILT_AT) + timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def feed_of(server: FeedServer, *, image: str = "", home: str = HOME, path: str = "/a.xml") -> str:
    """Serve a feed of three posts; ``image`` is the one that it names."""
    body = rss("A", server.url(home), posts(1, 3))
    named = f"<image><url>{image}</url><title>A</title><link>x</link></image><item>"
    return server.add(path, body.replace("<item>", named, 1) if image else body)


def planet_of(folder: Path, feed: str, face: str = "", **settings: object) -> Planet:
    planet = Planet(folder, [feed], **{"faces": True, **settings})
    set_face(planet, face)
    return planet


def set_face(planet: Planet, face: str) -> None:
    config = re.sub(r"face = .*\n", "", planet.config.read_text("utf-8"))
    planet.config.write_text(config + (f"face = {json.dumps(face)}\n" if face else ""), "utf-8")


def why(planet: Planet, feed: str) -> dict[str, Any]:
    done = ecliptic("why", feed, "--json", *planet.option)
    assert done.returncode == 0, done.stderr
    face: dict[str, Any] = json.loads(done.stdout)["feeds"][0]["face"]
    return face


def faces(planet: Planet) -> dict[str, bytes]:
    """Return the published pictures."""
    folder = planet.site / "faces"
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def test_face_when_the_feed_names_an_image_then_it_is_served_from_our_own_host(
    tmp_path: Path, server: FeedServer
) -> None:
    body = png(64, 32)
    image = server.add("/me.png", body, content_type="text/plain")
    feed = feed_of(server, image=image)
    planet = planet_of(tmp_path, feed)
    planet.build()
    ((name, found),) = faces(planet).items()
    assert (found, name[-4:]) == (body, ".png")
    tag = f'<img class="face" src="{{}}faces/{name}" width="48" height="24" alt="" loading="lazy"'
    assert planet.read("index.html").count(tag.format("")) == 2  # beside its posts, and listed
    page = next(planet.site.glob("feeds/*.html")).read_text("utf-8")
    assert page.count(tag.format("../")) == 1
    assert faults(read_html(planet.read("index.html").encode())) == []
    assert faults(read_html(page.encode())) == []
    told = why(planet, feed)
    assert (told["path"], told["url"]) == (f"faces/{name}", image)
    assert told["verdict"]["code"] == "decide.face_named"
    said = ecliptic("why", feed, *planet.option).stdout
    assert f"the picture that the feed names, {image} [decide.face_named], as faces/{name}" in said


def test_face_when_the_site_names_an_icon_then_that_is_taken(
    tmp_path: Path, server: FeedServer
) -> None:
    server.add(HOME, '<link rel="icon" href="../own.jpg">', content_type="text/html")
    server.add("/own.jpg", JPEG.replace(b"\0\x0c\0\x14", b"\0\x20\0\x20"))
    feed = feed_of(server, image=server.url("/missing.png"))
    planet = planet_of(tmp_path, feed)
    planet.build()
    told = why(planet, feed)
    assert told["verdict"]["code"] == "decide.face_icon"
    assert [(tried["url"], tried["why"]["code"]) for tried in told["tried"]] == [
        (server.url("/missing.png"), "fetch.http_404")
    ]
    assert [name[-4:] for name in faces(planet)] == [".jpg"]


def test_face_when_nothing_is_named_then_the_sites_favicon_is_taken(
    tmp_path: Path, server: FeedServer
) -> None:
    server.add("/favicon.ico", ico(png(16, 16)))
    feed = feed_of(server)
    planet = planet_of(tmp_path, feed)
    planet.build()
    assert why(planet, feed)["verdict"]["code"] == "decide.face_favicon"
    assert [name[-4:] for name in faces(planet)] == [".ico"]


def test_face_when_the_operator_names_one_then_nothing_else_is_asked_for(
    tmp_path: Path, server: FeedServer
) -> None:
    image = server.add("/me.png", png())
    feed = feed_of(server, image=server.add("/other.png", png(shade=1)))
    planet = planet_of(tmp_path, feed, face=image)
    planet.build()
    assert (why(planet, feed)["verdict"]["code"], list(faces(planet).values())) == (
        "decide.face_wished", [png()],
    )  # fmt: skip
    assert server.count("/other.png") == server.count(HOME) == 0


def test_face_when_it_is_a_file_here_then_it_is_read_in_every_run_and_may_be_a_drawing(
    tmp_path: Path, server: FeedServer
) -> None:
    file = tmp_path / "faces" / "a.svg"
    file.parent.mkdir()
    file.write_bytes(SVG)
    planet = planet_of(tmp_path, feed_of(server), face="faces/a.svg")
    planet.build("--offline")
    assert list(faces(planet).values()) == [SVG]
    assert server.count() == 0
    file.write_bytes(png())
    planet.build("--offline", now=after(0.1))
    assert list(faces(planet).values()) == [png()]
    files = planet.files()
    assert planet.build("--offline", now=after(0.2))["pages"]["written"] == 0
    assert planet.files() == files
    file.unlink()
    planet.build("--offline", now=after(0.3))
    assert why(planet, server.url("/a.xml"))["verdict"]["code"] == ("decide.face_wished")


def test_face_when_the_operator_wants_none_then_there_is_none_and_nothing_is_asked_for(
    tmp_path: Path, server: FeedServer
) -> None:
    image = server.add("/me.png", png())
    feed = feed_of(server, image=image)
    planet = planet_of(tmp_path, feed, face="none")
    planet.build()
    assert faces(planet) == {}
    assert server.count("/me.png") == server.count(HOME) == 0
    assert why(planet, feed)["verdict"]["code"] == "decide.face_unwanted"
    set_face(planet, "")
    planet.build(now=after(0.1))
    assert len(faces(planet)) == 1
    set_face(planet, "none")
    planet.build(now=after(0.2))
    assert faces(planet) == {}
    assert "faces/" not in planet.read("index.html")


def test_face_when_the_setting_is_off_then_nothing_is_asked_for_or_shown(
    tmp_path: Path, server: FeedServer
) -> None:
    feed = feed_of(server, image=server.add("/me.png", png()))
    planet = planet_of(tmp_path, feed)
    planet.build()
    assert len(faces(planet)) == 1
    server.forget_requests()
    planet.settings["faces"] = False
    planet.subscribe([feed])
    planet.build("--all", now=after(8))
    assert faces(planet) == {}
    assert 'class="face"' not in planet.read("index.html")
    assert server.count("/me.png") == 0
    assert why(planet, feed)["verdict"]["code"] == "decide.face_off"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<html>not found</html>", "decide.face_no_picture"),
        (SVG, "decide.face_no_picture"),
        (png(1, 1), "decide.face_bad_size"),
        (png(7, 30), "decide.face_bad_size"),
        (png(2_100, 2_100), "decide.face_bad_size"),
        (png(16, 80), "decide.face_bad_size"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300_000), "fetch.too_large"),
    ],
    ids=["page", "drawing", "pixel", "small", "large", "thin", "huge"],
)
def test_face_when_it_is_no_picture_to_be_shown_then_it_is_refused(
    tmp_path: Path, server: FeedServer, body: bytes, code: str
) -> None:
    image = server.add("/me.png", body, content_type="image/png", compress=False)
    feed = feed_of(server, image=image)
    planet = planet_of(tmp_path, feed)
    planet.build()
    assert faces(planet) == {}
    told = why(planet, feed)
    assert told["verdict"]["code"] == "decide.face_none"
    assert (image, code) in [(tried["url"], tried["why"]["code"]) for tried in told["tried"]]


def test_face_when_it_leads_to_a_private_address_then_that_is_not_connected_to(
    tmp_path: Path,
) -> None:
    with FeedServer(hosts=("127.0.0.1", "127.0.0.2")) as server:
        inner = server.url("/secret.png", host="127.0.0.2")
        server.add("/secret.png", png())
        image = server.add("/me.png", redirect=inner)
        server.add(HOME, f'<link rel="icon" href="{inner}">', content_type="text/html")
        feed = feed_of(server, image=image)
        planet = planet_of(tmp_path, feed)
        done = ecliptic(
            "build", str(planet.config), "--json", "--allow-network", "127.0.0.1/32",
            "--now", BUILT_AT,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert server.count("/secret.png") == 0
    assert faces(planet) == {}
    codes = {tried["url"]: tried["why"]["code"] for tried in why(planet, feed)["tried"]}
    assert codes[image] == codes[inner] == "fetch.refused_address"


def test_face_then_it_is_asked_for_once_a_week_and_conditionally(
    tmp_path: Path, server: FeedServer
) -> None:
    image = server.add("/me.png", png(), compress=False)
    feed = feed_of(server, image=image)
    planet = planet_of(tmp_path, feed)
    planet.build()
    files = planet.files()
    for days in (0.5, 3, 6.9):
        assert planet.build("--all", now=after(days))["pages"]["written"] == 0
    assert server.count("/me.png") == 1
    assert planet.build("--all", now=after(7.1))["pages"]["written"] == 0
    assert planet.files() == files
    asked = server.requests("/me.png")
    assert len(asked) == 2
    assert "if-none-match" in asked[1].headers
    assert "a-im" not in asked[1].headers
    server.add("/me.png", png(shade=9), compress=False)
    planet.build("--all", now=after(14.3))
    assert list(faces(planet).values()) == [png(shade=9)]


def test_face_when_there_is_none_then_it_is_looked_for_again_after_a_month(
    tmp_path: Path, server: FeedServer
) -> None:
    feed = feed_of(server)
    planet = planet_of(tmp_path, feed)
    planet.build()
    assert (server.count(HOME), server.count("/favicon.ico")) == (1, 1)
    planet.build("--all", now=after(29))
    assert (server.count(HOME), server.count("/favicon.ico")) == (1, 1)
    server.add("/favicon.ico", png())
    planet.build("--all", now=after(31))
    assert len(faces(planet)) == 1


@pytest.mark.parametrize(("status", "stays"), [(503, True), (404, False)])
def test_face_when_it_cannot_be_had_any_more_then_it_goes_if_it_is_gone(
    tmp_path: Path, server: FeedServer, status: int, *, stays: bool
) -> None:
    image = server.add("/me.png", png())
    feed = feed_of(server, image=image)
    planet = planet_of(tmp_path, feed)
    planet.build()
    server.add("/me.png", b"", status=status)
    planet.build("--all", now=after(8))
    assert bool(faces(planet)) is stays
    assert ('class="face"' in planet.read("index.html")) is stays


def test_face_when_it_moves_then_no_page_of_another_feed_and_no_output_feed_is_written(
    tmp_path: Path, server: FeedServer
) -> None:
    image = server.add("/me.png", png())
    feeds = [feed_of(server, image=image), feed_of(server, path="/b.xml", home="/b/")]
    planet = Planet(tmp_path, feeds, faces=True)
    planet.build()
    before = planet.files()
    server.add("/me.png", png(shade=3))
    planet.build("--all", now=after(8))
    later = planet.files()
    moved = {path.partition("-")[0] for path in before if later.get(path) != before[path]}
    mine = next(path for path in before if path.startswith("feeds/") and '"../faces/' in
                planet.read(path))  # fmt: skip
    changed = {path for path in later if later[path] != before.get(path)}
    new = {path for path in later if path.startswith("faces/")}
    assert changed == {"blogroll.html", "index.html", "titles_only.html", mine, *new}, moved
    assert len(new) == 1


def test_face_when_there_are_many_feeds_then_a_run_asks_for_a_few(
    tmp_path: Path, server: FeedServer
) -> None:
    feeds = [
        feed_of(server, path=f"/{number}.xml", image=server.add(f"/{number}.png", png()))
        for number in range(MOST_FEEDS + 8)
    ]
    planet = Planet(tmp_path, feeds, faces=True, archive=False, search=False)
    planet.build()
    asked = [number for number in range(len(feeds)) if server.count(f"/{number}.png")]
    assert asked == list(range(MOST_FEEDS))
    assert len(faces(planet)) == 1  # the same bytes are one file
    planet.build("--all", now=after(0.1))
    assert all(server.count(f"/{number}.png") == 1 for number in range(len(feeds)))


LATE = """async () => {
    const boxes = () => [...document.querySelectorAll(".face, article")].map(element => {
        const box = element.getBoundingClientRect();
        return [box.x, box.y, box.width, box.height];
    });
    const before = boxes(), face = document.querySelector(".face");
    if (face.naturalWidth) throw new Error("it came before we could look");
    await new Promise(done => { face.onload = done; });
    return [before, boxes(), face.naturalWidth];
}"""


@needs_chromium
def test_face_when_it_comes_late_then_nothing_moves_and_no_other_host_is_asked(
    browser: Browser, tmp_path: Path, server: FeedServer
) -> None:
    feed = feed_of(server, image=server.add("/me.png", png(600, 300)))
    planet = planet_of(tmp_path, feed)
    planet.build()
    site, asked = FeedServer(), []
    with site:
        for path in planet.site.rglob("*.*"):
            kind = mimetypes.guess_type(path.name)[0] or ""
            delay = 0.5 if "faces" in path.parts else 0.0
            name = f"/{path.relative_to(planet.site)}"
            site.add(name, path.read_bytes(), content_type=kind, delay=delay)
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.on("request", lambda request: asked.append(urlsplit(request.url).port))
        page.goto(site.url("/index.html"), wait_until="domcontentloaded")
        before, moved, width = page.evaluate(LATE)
        assert (len(before), before, width) == (5, moved, 600)
        page.close()
        assert set(asked) == {site.port}
