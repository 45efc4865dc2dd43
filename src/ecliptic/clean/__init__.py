"""clean: enrich, resolve, sanitise last. The only maker of ``SafeHTML``.

verdict ── titles, names ──→ text ──┐
        ── bodies ─→ limits → nh3 ──┼──→ Entry
        ── addresses ──→ address ───┘
"""

from __future__ import annotations

from typing import Final

from ecliptic.clean.address import safe_base
from ecliptic.clean.entry import clean_entry, clean_feed
from ecliptic.clean.policy import POLICY
from ecliptic.clean.sanitise import sanitise
from ecliptic.clean.text import clean_title, plain_text
from ecliptic.model.text import SafeHTML

__all__ = [
    "POLICY",
    "clean_entry",
    "clean_feed",
    "clean_html",
    "clean_title",
    "plain_text",
]

_PREFIX: Final = "post-"


def clean_html(
    html: str,
    *,
    base: str = "",
    entry: str = "",
    link_rel: str = "nofollow noopener",
    top_heading: int = 1,
) -> SafeHTML:
    """Return any markup as safe markup: balanced, allow-listed, with absolute addresses.

    Relative addresses are resolved against ``base``; without one they are
    dropped. Ids get the prefix ``entry``, so that two entries on a page cannot
    meet. Headings start at level ``top_heading``. Cleaning twice changes nothing.

    >>> clean_html('<p onclick="x()">Hi <a href="/me">me</a><script>x()</script>',
    ...            base="https://blog.example/post/")
    '<p>Hi <a rel="nofollow noopener" href="https://blog.example/me">me</a></p>'
    """
    return sanitise(
        html,
        base=safe_base(base),
        prefix=f"{entry}-" if entry else _PREFIX,
        link_rel=link_rel,
        top_heading=top_heading,
    ).html
