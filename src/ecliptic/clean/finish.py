"""The last touch to what nh3 wrote: constants in tags, headings below the entry's own.

nh3 drops each constant at another pass, and it is written again.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from ecliptic.clean.embeds import FRAME
from ecliptic.clean.plain import quoted
from ecliptic.clean.words import words

_LOWEST: Final = 6
_IMAGE: Final = '<img loading="lazy" decoding="async" referrerpolicy="no-referrer" '
_PLAYER: Final = ' controls="" preload="none"'

_BROKEN_PRE: Final = r"pre(?: [^<>]*)?>\n"

_HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
_TOUCHED: Final = _HEADINGS | words("a audio iframe img pre video")
_first_break = re.compile(f"<{_BROKEN_PRE}")
# ``<`` stands before the choice: so the expression is searched for twice as fast.
_touched = re.compile(rf"<(?:/?h[1-6]|a |img |iframe |video|audio|{_BROKEN_PRE})")


def finished(html: str, tags: AbstractSet[str], link_rel: str, top_heading: int) -> str:
    """Return ``html`` with the constants, its highest heading at level ``top_heading`` at least.

    ``tags`` names at least the elements in it. Levels that would pass ``h6``
    end there. Headings that stand low enough are left as they are, so that
    shifting again changes nothing.
    """
    if _TOUCHED.isdisjoint(tags):
        return html
    headings = _HEADINGS & tags
    shift = max(0, top_heading - int(min(headings)[1:])) if headings else 0
    written = _written(link_rel, shift)
    return _touched.sub(lambda found: written.get(found[0]) or found[0] + "\n", html)


def with_first_breaks(html: str) -> str:
    """Double the first line break of a ``pre``: a parser takes one away (HTML 13.2.6.4.7)."""
    return _first_break.sub(r"\g<0>\n", html)


@lru_cache(maxsize=64)
def _written(link_rel: str, shift: int) -> dict[str, str]:
    """Return what is written instead of the beginning of each tag."""
    link_rel = quoted(link_rel)
    levels = {level: min(level + shift, _LOWEST) for level in range(1, _LOWEST + 1)}
    return {
        "<a ": f'<a rel="{link_rel}" ' if link_rel else "<a ",
        "<img ": _IMAGE,
        "<iframe ": FRAME,
        "<video": f"<video{_PLAYER}",
        "<audio": f"<audio{_PLAYER}",
        **{f"<h{level}": f"<h{moved}" for level, moved in levels.items()},
        **{f"</h{level}": f"</h{moved}" for level, moved in levels.items()},
    }
