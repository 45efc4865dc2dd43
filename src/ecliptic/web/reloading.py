"""Pages of the preview load themselves again when the site was published anew.

The script asks by adding scripts, which the policy of the pages allows from their own host, and
not by requests, which it does not. The published files are as they were: the script is put into
answers of the preview alone.
"""

from __future__ import annotations

import threading
from typing import Final

PREFIX: Final = "/_ecliptic/"
"""Addresses of the preview's own; no published path begins with an underscore."""

SCRIPT: Final = (
    b"""(() => {
  const edition = document.currentScript.src.split("?")[1];
  const wait = () => {
    const asked = document.createElement("script");
    asked.src = `"""
    + PREFIX.encode()
    + b"""changed?${edition}`;
    asked.onload = () => { asked.remove(); wait(); };
    asked.onerror = () => { asked.remove(); setTimeout(wait, 2000); };
    document.head.append(asked);
  };
  addEventListener("load", () => setTimeout(wait)); // a page that waits is not one that loads
})();
"""
)
_AGAIN: Final = b"location.reload();\n"
_PATIENCE: Final = 20.0
"""Seconds after which a page is told that nothing has changed, and asks again."""


class Editions:
    """Counts how often the site was published, and lets requests wait for the next time."""

    def __init__(self) -> None:
        self._number = 0
        self._moved = threading.Condition()

    def publish(self) -> None:
        """Tell all who wait that there is a new one."""
        with self._moved:
            self._number += 1
            self._moved.notify_all()

    def answer(self, path: str, query: str) -> bytes | None:
        """Return the script that is asked for, in its time; ``None`` for another address."""
        if path == f"{PREFIX}reload.js":
            return SCRIPT
        if path != f"{PREFIX}changed":
            return None
        with self._moved:
            moved = self._moved.wait_for(lambda: query != str(self._number), _PATIENCE)
        return _AGAIN if moved else b""

    def marked(self, page: bytes) -> bytes:
        """Return a page with the script in it."""
        script = f'<script src="{PREFIX}reload.js?{self._number}" defer></script>'.encode()
        before, end, after = page.rpartition(b"</body>")
        return before + script + end + after if end else page + script
