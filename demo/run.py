"""Builds the demo's planet: a dozen feeds, served on this machine, and the real main job.

Usage: ``python demo/run.py [--output DIR] [--serve] [--screenshot DIR]``.
Everything it makes is in one folder, which is made anew each time. The clock of
both runs is set to an evening of October 2026, so that the page is the same
whenever it is built.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ecliptic.testing import FeedServer

HERE = Path(__file__).resolve().parent
PLACEHOLDER = "http://feeds.example"
PORT = 8907  # the same each time where it is free, so that the page is the same too
MARK = ".made-by-the-demo"
FIRST_RUN = "2026-10-31T20:00:00Z"
SECOND_RUN = "2026-11-01T20:00:00Z"
NEWEST_TITLE = "First light after eleven cloudy nights"
WIDTHS = {"desktop": 1280, "phone": 390}
# A browser of its own accord asks its maker for news; this one has nobody to ask.
BROWSER_OPTIONS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip
HEIGHT = 1600
CONTENT_TYPES = {
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".json": "application/feed+json",
}


def open_server() -> FeedServer:
    """Start the server of the feeds, on another port where the usual one is taken."""
    try:
        server = FeedServer(port=PORT)
        server.start()
    except OSError:
        server = FeedServer()
        server.start()
    return server


def fill(server: FeedServer) -> None:
    """Put the feeds and one picture on the server, and one address that is gone for good."""
    for path in sorted((HERE / "feeds").glob("*/feed.*")):
        address = f"/{path.parent.name}/{path.name}"
        body = _filled_in(path.read_bytes(), server)
        server.add(address, body, content_type=CONTENT_TYPES[path.suffix])
    picture = (HERE / "pictures" / "analemma.png").read_bytes()
    server.add("/graphite/pictures/analemma.png", picture, content_type="image/png")
    server.add("/comet-watch/feed.xml", b"Gone\n", content_type="text/plain", status=410)


def _filled_in(text: bytes, server: FeedServer) -> bytes:
    """Write the server's address and the pictures, as data: URLs, into a feed."""

    def picture(found: re.Match[bytes]) -> bytes:
        data = (HERE / "pictures" / found[1].decode()).read_bytes()
        return b"data:image/png;base64," + b64encode(data)

    text = text.replace(b"{server}", server.url("").encode())
    return re.sub(rb"\{picture:([a-z.-]+)\}", picture, text)


def prepare(folder: Path, server: FeedServer) -> Path:
    """Make the folder anew and write the settings into it; return where they are."""
    if folder.exists():
        if not (folder / MARK).exists() and any(folder.iterdir()):
            sys.exit(f"demo: {folder} holds something else; name another folder with --output")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    settings = (HERE / "planet.toml").read_text(encoding="utf-8")
    if find_spec("PIL"):  # the extra `social`
        settings = settings.replace("\n[[feed]]", 'social_image = "name"\n\n[[feed]]', 1)
    config = folder / "planet.toml"
    config.write_text(settings.replace(PLACEHOLDER, server.url("")), encoding="utf-8")
    return config


def command(name: str, config: Path, *options: str) -> list[str]:
    """Return a command of Ecliptic as a person would type it."""
    return [sys.executable, "-m", "ecliptic", name, os.path.relpath(config), *options]


def build(config: Path, now: str) -> None:
    """Run the main job, say what was typed, and what it cost."""
    line = command("build", config, "--allow-network", "127.0.0.0/8", "--now", now)
    print("$ ecliptic " + " ".join(line[3:]), flush=True)
    before, started = _children_seconds(), time.perf_counter()
    status = subprocess.run(line, check=False).returncode
    wall, cpu = time.perf_counter() - started, _children_seconds() - before
    if status:
        sys.exit(status)
    print(f"  This took {wall:.2f} s, and {cpu:.2f} s of the processor.\n", flush=True)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def take_screenshots(page: Path, folder: Path) -> None:
    """Photograph the page at the widths of a desk and of a phone, in light and in dark."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only pictures need a browser

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=BROWSER_OPTIONS)
        for name, width in WIDTHS.items():
            for scheme in ("light", "dark"):
                view = browser.new_page(
                    viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
                )
                view.goto(page.absolute().as_uri(), wait_until="networkidle")
                suffix = "" if scheme == "light" else "-dark"
                target = folder / f"demo-{name}{suffix}.png"
                view.screenshot(path=target)
                view.close()
                print(f"  {os.path.relpath(target)}")
        browser.close()


def _chromium() -> str:
    """Find a browser of the system."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or sys.exit("demo: screenshots need Chromium; install it or name it in CHROMIUM")


def serve(config: Path) -> None:
    """Show the planet until Ctrl-C, in a browser where there is one."""
    can_show = sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    options = ["--now", SECOND_RUN, "--port", "0", *(["--open"] if can_show else [])]
    try:
        subprocess.run(command("serve", config, *options), check=False)
    except KeyboardInterrupt:
        print()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, and keep the feeds served while they are needed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--output", type=Path, default=Path("demo-site"), metavar="DIR")
    parser.add_argument("--serve", action="store_true", help="go on to serve the page")
    parser.add_argument("--screenshot", type=Path, metavar="DIR", help="write pictures of it")
    asked = parser.parse_args(arguments)
    server = open_server()
    try:
        show(asked.output, server, serving=asked.serve, pictures=asked.screenshot)
    finally:
        server.stop()


def show(folder: Path, server: FeedServer, *, serving: bool, pictures: Path | None) -> None:
    """Build the planet twice, and say where it is."""
    fill(server)
    config = prepare(folder, server)
    page = folder / "site" / "index.html"
    print("A planet of fourteen feeds, all of them served from this machine.\n")
    build(config, FIRST_RUN)
    print("A day later, with nothing new in any feed:\n")
    build(config, SECOND_RUN)
    if NEWEST_TITLE not in page.read_text(encoding="utf-8"):
        sys.exit(f"demo: {page} was built, but the newest entry is not on it")
    if pictures:
        take_screenshots(page, pictures)
    print(f"The page is {page}")
    print(f"To see it: open {page.absolute().as_uri()}")
    if serving:
        serve(config)
    else:
        print("       or: make demo SERVE=1")


if __name__ == "__main__":
    main()
