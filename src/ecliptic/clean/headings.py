"""Headings of a body stand below the heading of its entry."""

from __future__ import annotations

import re
from typing import Final

_LOWEST: Final = 6
_levels_of = re.compile(r"<h([1-6])").findall
_heading = re.compile(r"(</?h)([1-6])")


def shifted(html: str, top: int) -> str:
    """Move all headings down alike, so that the highest one is at level ``top`` at least.

    Levels that would pass ``h6`` end there. What stands low enough is left as
    it is, so that shifting again changes nothing. ``html`` is what nh3 wrote.
    """
    levels = _levels_of(html)
    if not levels:
        return html
    shift = top - int(min(levels))
    if shift <= 0:
        return html
    return _heading.sub(lambda found: f"{found[1]}{min(int(found[2]) + shift, _LOWEST)}", html)
