"""A browser page that keeps account of all that the page does and asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Route

PLANET = "https://planet.example/"
PICTURES = {"image", "media", "texttrack"}


class Watched:
    """A page that answers for the whole web, and keeps account of all that it is asked.

    ``documents`` are what the planet's own host has, by path. Without its
    policy (``obeys_policy``) the page is as bare as a reader's that knows none.
    """

    def __init__(self, browser: Browser, *, obeys_policy: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": 390, "height": 800}, bypass_csp=not obeys_policy
        )
        self.page = self.context.new_page()
        self.documents: dict[str, tuple[bytes, str]] = {}
        self.scripts: list[str] = []
        self.requests: list[tuple[str, str]] = []
        self.surprises: list[str] = []
        self._own_scripts: set[str] = set()
        self._learns = False
        session = self.context.new_cdp_session(self.page)
        session.on("Debugger.scriptParsed", self._compiled)
        session.send("Debugger.enable")
        self.context.route("**/*", self._answer)
        self.page.on("dialog", self._dialog)
        self.context.on("page", lambda page: self.surprises.append(f"window {page.url}"))

    def open(self, path: str = "") -> None:
        """Load one of the documents, and give it time to do what it does."""
        self.page.goto(PLANET + path, wait_until="load")
        self.page.wait_for_timeout(100)

    def learn(self, action: Callable[[], object]) -> None:
        """Do what the test does itself, so that its own scripts are known again."""
        self._learns = True
        action()
        self.page.wait_for_timeout(200)
        self._learns = False
        self.requests.clear()

    def foreign(self) -> list[tuple[str, str]]:
        """Return what was asked for that is neither of the planet nor a picture or film."""
        return [asked for asked in self.requests if asked[0] not in PICTURES]

    def close(self) -> None:
        """Close the page."""
        self.context.close()

    def _compiled(self, event: dict[str, Any]) -> None:
        world = event.get("executionContextAuxData", {}).get("type")
        if world != "default":
            return  # the driver's own
        if self._learns:
            self._own_scripts.add(event["hash"])
        elif event["hash"] not in self._own_scripts:
            self.scripts.append(f"{event['url']} {event['length']}")

    def _answer(self, route: Route, request: Request) -> None:
        path = request.url.removeprefix(PLANET).partition("?")[0]
        if request.url.startswith(PLANET) and path in self.documents:
            body, kind = self.documents[path]
            route.fulfill(body=body, content_type=kind)
            return
        self.requests.append((request.resource_type, request.url))
        route.fulfill(status=404, body="")

    def _dialog(self, dialog: Any) -> None:
        self.surprises.append(f"dialog {dialog.message}")
        dialog.dismiss()
