"""A value as it may stand in its place.

Values that are ``Markup`` were made safe by ``clean`` and stand in text as they
are. All others are plain text: they are escaped once, whether the template asks
for it or not, as old templates forget to.
"""

from __future__ import annotations

import re
from html import escape as escape_html
from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from ecliptic.render.htmltmpl.place import Place

_NOT_BARE: Final = re.compile(r"[^\w.\-]", re.ASCII)
_NOT_IN_SCRIPTS: Final = re.compile(r"[^\w.,:!?%#@|~ \-]", re.ASCII)
_IGNORED: Final = re.compile(r"[\x00-\x20]")
_RUNS: Final = re.compile(r"(?:java|vb)script:|data:(?!image/)", re.IGNORECASE)


def written(value: object, escape: str, place: Place) -> str:
    """Return a value for its place; ``escape`` is what the template asks for."""
    text = str(value)  # no Markup any more, whose methods would escape
    if escape == "url":
        return quote(text.encode("utf-8", "replace"), safe="")
    if place in {"address", "bare"} and _runs(text):
        return ""
    if place in {"handler", "bare_handler"}:  # browsers read references before they run it
        return (_NOT_IN_SCRIPTS if place == "handler" else _NOT_BARE).sub("", text)
    if place in {"bare", "script"}:
        unfit = _NOT_BARE if place == "bare" else _NOT_IN_SCRIPTS
        return unfit.sub(_reference, text)
    if isinstance(value, Markup) and place != "comment":
        return _marked_up(text, escape, place)
    escaped = escape_html(text)
    return escaped.replace("-", "&#45;") if place == "comment" else escaped


def _runs(address: str) -> bool:
    """Whether a browser would run an address; it passes over blanks and breaks inside."""
    return _RUNS.match(_IGNORED.sub("", address)) is not None


def _marked_up(text: str, escape: str, place: Place) -> str:
    """Return markup: as it is in text, with nothing that ends an attribute in one."""
    if place in {"quoted", "address"}:
        # Its references are left as they are: they mean the same in attributes.
        return escape_html(text).replace("&amp;", "&")
    if escape == "html":
        return escape_html(text)
    return text.replace("]]>", "]]&gt;") if place == "cdata" else text


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
