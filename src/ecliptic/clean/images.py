"""Pictures: which sources may load, and which are only there to count readers."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.clean.address import safe_address

_LONGEST_DATA: Final = 64 * 1024 * 4 // 3 + 64
_is_raster = re.compile(
    r"data:image/(?:png|gif|jpeg|jpg|webp|avif);base64,[A-Za-z0-9+/]+={0,2}", re.IGNORECASE
).fullmatch
_white_space = re.compile(r"[ \t\n\r\f]+")

_is_known_tracker = re.compile(
    r"""https?://(?:
      feeds[0-9]?\.feedburner\.com/~r/ | feedproxy\.google\.com/~r/
    | (?:feeds|stats|pixel)\.(?:wordpress|wp)\.com/(?:[0-9.]+/|[bg]\.gif)
    | (?:[a-z0-9-]+\.)?feedsportal\.com/(?:c|mf\.gif|rss)
    | pixel\.(?:quantserve|newscred|adsafeprotected|parsely)\.com/
    | (?:b|sb)\.scorecardresearch\.com/ | c\.statcounter\.com/
    | (?:www|ssl)\.google-analytics\.com/ | (?:www\.)?googletagmanager\.com/
    | (?:ad|googleads\.g|feedads\.g|stats\.g)\.doubleclick\.net/
    | (?:blogger\.googleusercontent|[0-9]?\.?bp\.blogspot)\.com/tracker/
    | medium\.com/_/stat\b | pi\.feedsportal\.com/ | tracking\.feedpress\.(?:it|com)/
    | (?:[a-z0-9-]+\.)*list-manage\.com/track/ | (?:[a-z0-9-]+\.)?hit\.gemius\.pl/
    | counter\.theconversation\.(?:com|edu\.au)/ | rss\.buysellads\.com/
    | (?:www\.)?facebook\.com/tr\b
    | (?:[a-z0-9-]+\.)?vgwort\.de/na/ | (?:feeds\.)?feedblitz\.com/~/i/
    | (?:[a-z0-9-]+\.)*matomo\.cloud/matomo\.php
    )""",
    re.VERBOSE | re.IGNORECASE,
).match


def is_tracker(address: str) -> bool:
    """Whether the picture at ``address`` is known to count readers, not to be seen."""
    return _is_known_tracker(address) is not None


def is_small_data_image(value: str) -> str | None:
    """Return a ``data:`` picture of at most 64 KB without its white space, else ``None``."""
    value = _white_space.sub("", value)
    if len(value) > _LONGEST_DATA or _is_raster(value) is None:
        return None
    return value


# The last alternative steps over what is no candidate, so that no run is read twice.
_candidate = re.compile(r"([^\s,]\S*+)(?:(?<=,)|\s++([^,\s]*+)\s*+(?:,|$)|$|(?P<wrong>\s))")
_is_descriptor = re.compile(r"|[0-9]{1,5}w|[0-9]{1,2}(?:\.[0-9]{1,3})?x").fullmatch


def safe_sources(value: str, base: str) -> str:
    """Return a ``srcset`` with absolute addresses; candidates that are not safe are left out.

    >>> safe_sources("a.png 1x, /b,c.png 2x, javascript:x 3x", "https://blog.example/post/")
    'https://blog.example/post/a.png 1x, https://blog.example/b,c.png 2x'
    """
    safe: list[str] = []
    for address, descriptor, wrong in _candidate.findall(value[:20_000])[:50]:
        absolute = "" if wrong else safe_address(address.removesuffix(","), base)
        if not absolute or absolute.endswith(",") or is_tracker(absolute):
            continue
        if _is_descriptor(descriptor):
            safe.append(f"{absolute} {descriptor}".rstrip())
    return ", ".join(safe)


_picture_tag = re.compile(r"<img(?: [^<>]*)?>")
_is_invisible = re.compile(r' (?:width|height)="[01]"').search
_has_source = re.compile(r' (?:src|srcset)="').search
_alternative = re.compile(r' alt="([^"]*)"').search
_late_source = re.compile(r' data-(src(?:set)?)="([^"]*)"')
_placeholder = re.compile(r' src="(?:data:[^"]*)?"')


def visible_pictures(html: str) -> str:
    """Drop pictures that cannot be seen; one whose address is lost leaves its words.

    ``html`` is what nh3 wrote: ``<`` and ``>`` stand for tags alone.
    """
    return _picture_tag.sub(_visible, html)


def _visible(found: re.Match[str]) -> str:
    tag = found.group()
    if ' src="h' in tag and '="0"' not in tag and '="1"' not in tag and " data-src" not in tag:
        return tag  # most are such
    if " data-src" in tag:
        tag = _loaded_at_once(tag)
    if _is_invisible(tag):
        return ""
    if _has_source(tag):
        return tag
    words = _alternative(tag)
    return words[1].replace("&quot;", '"') if words else ""


def _loaded_at_once(tag: str) -> str:
    """Give a picture that a script was to load later the address it was waiting for."""
    late = dict(_late_source.findall(tag))
    tag = _late_source.sub("", tag)
    if late.get("src"):
        tag = _placeholder.sub("", tag)
    for name, address in late.items():
        if f' {name}="' not in tag:
            tag = f'<img {name}="{address}"{tag[4:]}'
    return tag
