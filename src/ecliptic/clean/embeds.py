"""Frames: players of known hosts, behind a fold that loads nothing until it is opened.

A closed ``details`` is not rendered, and a frame with ``loading=lazy`` that is
not rendered is not loaded; so no reader is reported to a video host by opening
the planet. A frame of any other host becomes a plain link.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from ecliptic.clean.plain import escaped, quoted

_SANDBOX: Final = "allow-scripts allow-same-origin allow-popups allow-presentation"
_PLAYERS: Final[dict[str, str]] = {
    "www.youtube-nocookie.com": r"/embed/[\w-]+",
    "player.vimeo.com": r"/video/[0-9]+",
    "www.dailymotion.com": r"/embed/video/\w+",
    "geo.dailymotion.com": r"/player(?:/\w+)?\.html",
    "archive.org": r"/embed/[\w.-]+",
    "media.ccc.de": r"/v/[\w.-]+/oembed",
    "w.soundcloud.com": r"/player/?",
    "bandcamp.com": r"/EmbeddedPlayer/.*",
    "open.spotify.com": r"/embed(?:-podcast)?/.*",
    "embed.podcasts.apple.com": r"/.*",
    "www.slideshare.net": r"/slideshow/embed_code/.*",
    "speakerdeck.com": r"/player/\w+",
    "codepen.io": r"/[\w-]+/embed/.*",
    "asciinema.org": r"/a/\w+/(?:embed|iframe)",
    "www.openstreetmap.org": r"/export/embed\.html",
    "player.twitch.tv": r"/",
    "embed.ted.com": r"/talks/.*",
    "www.loom.com": r"/embed/\w+",
}
_YOUTUBE: Final = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com"}
)

_frame = re.compile(r"<iframe((?: [^<>]*)?)>(.*?)(?:</iframe>|\Z)", re.DOTALL)
_folded = re.compile(
    r'(<details class="embed">)<summary>[^<>]*</summary>(<iframe(?: [^<>]*)?></iframe></details>)'
)
_attribute = re.compile(r' ([a-z-]+)="([^"]*)"').findall
_parts_of = re.compile(r"https?://([^/?#]+)([^?#]*)(.*)", re.DOTALL).fullmatch
_start_of = re.compile(r"[?&](?:start|t)=([0-9]{1,6})s?(?:[&#]|$)").search


def folded_frames(html: str) -> str:
    """Return ``html`` with each frame folded, or as a link; what nh3 wrote is expected."""
    if "<iframe" not in html:
        return html
    return _frame.sub(_replaced, _folded.sub(_unfolded, html))


def _unfolded(found: re.Match[str]) -> str:
    return found[2].removesuffix("</details>")


def _replaced(found: re.Match[str]) -> str:
    attributes = dict(_attribute(found[1]))
    address = unescape(attributes.get("src", ""))
    parts = _parts_of(address)
    if parts is None:
        return ""
    player = _player(parts[1].lower(), parts[2], parts[3])
    if not player:
        return f'<a href="{quoted(address)}">{escaped(_without_query(address))}</a>'
    host = player.split("/", 3)[2].removeprefix("www.")
    name = unescape(attributes.get("title", "")) or host
    size = "".join(
        f' {key}="{attributes[key]}"' for key in ("width", "height") if key in attributes
    )
    full = ' allowfullscreen=""' if "allowfullscreen" in attributes else ""
    return (
        f'<details class="embed"><summary>{escaped(name)}</summary>'
        f'<iframe src="{quoted(player)}" title="{quoted(name)}"{size}{full}></iframe></details>'
    )


def _player(host: str, path: str, rest: str) -> str:
    """Return the address of the player if its host is known, else ``""``."""
    if host in _YOUTUBE and path.startswith("/embed/"):
        start = _start_of(rest)
        host, rest = "www.youtube-nocookie.com", f"?start={start[1]}" if start else ""
    pattern = _PLAYERS.get(host)
    if pattern is None or re.fullmatch(pattern, path) is None:
        return ""
    return f"https://{host}{path}{rest}"


def _without_query(address: str) -> str:
    return re.split(r"[?#]", address, maxsplit=1)[0]


FRAME: Final = (
    f'<iframe sandbox="{_SANDBOX}" loading="lazy" referrerpolicy="strict-origin-when-cross-origin" '
)
"""How every frame begins; its own attributes follow."""
