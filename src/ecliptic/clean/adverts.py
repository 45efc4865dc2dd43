"""Advertisements and buttons that networks put into feeds, taken out of safe markup."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.model.text import SafeHTML

_ADDRESS: Final = r"""https?://(?:
      [a-z0-9.-]+/~(?:a|ah|ff)/                                   # FeedBurner, on any host
    | (?:[a-z0-9-]+\.)*(?:doubleclick\.net|googlesyndication\.com|googleadservices\.com)/
    | (?:(?:ads|www)\.)?pheedo\.(?:com|net)/
    | (?:da|res|share|rc)\.feedsportal\.com/
    | (?:[a-z0-9-]+\.)*(?:buysellads\.com|adserver\.yahoo\.com|yieldmanager\.com)/
    | (?:assets|feeds|rss)\.feedblitz\.com/(?:_/|~/[acdfi]/|-/)
    | feeds\.wordpress\.com/[0-9.]+/(?:go)?(?:comments|delicious|digg|facebook|reddit|twitter)/
    )"""
# Links of safe markup are balanced and never inside each other.
_linked = re.compile(
    rf'<a\ [^<>]*?href="{_ADDRESS}[^"]*"[^<>]*>[^<]*(?:<(?!/?a[ >])[^<]*)*</a>',
    re.VERBOSE | re.IGNORECASE,
)
_pictures = re.compile(rf'<img\ [^<>]*?src="{_ADDRESS}[^"]*"[^<>]*>', re.VERBOSE | re.IGNORECASE)
_maps = re.compile(
    r"<map [^<>]*google_ad_map[^<>]*>[^<]*(?:<(?!/map>)[^<]*)*</map>"
    r'|<img [^<>]*usemap="#[^"]*google_ad_map[^"]*"[^<>]*>'
)
_empty = re.compile(r"<(p|div)(?: [^<>]*)?>(?:\s|<br>)*</\1>")


def without_ads(html: SafeHTML) -> SafeHTML:
    """Return safe markup without links and pictures of advertising networks.

    >>> without_ads(SafeHTML('<p>Text</p><p><a href="http://feeds.blog.example/~a/B?a=x">'
    ...                      '<img src="http://feeds.blog.example/~a/B?i=x"></a></p>'))
    '<p>Text</p>'
    """
    if "://" not in html:
        return html
    text = _linked.sub("", html)
    text = _pictures.sub("", text)
    if "google_ad_map" in text:
        text = _maps.sub("", text)
    return html if len(text) == len(html) else SafeHTML(_empty.sub("", text))
