"""The paths of pages: which a site may have, and those that other pages link to."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import blake2b
from typing import Final

from ecliptic.model.feed import FeedState
from ecliptic.model.naming import host_of
from ecliptic.model.terms import TermName

_LONGEST_SLUG = 48
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED: Final = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")

FACES: Final = "faces"
"""The folder of pictures beside the names of feeds."""

IMAGES: Final = "images"
"""The folder of copies of entries' images."""
SHIPPED_THEMES: Final = ("default", "classic", "cards")
"""The themes that come along; a planet has one by its name, where another is a path."""

# Kept for ourselves in a plain folder whose parent cannot hold our state.
OWN_FOLDER: Final = ".ecliptic"

# Segments are neither "." nor "..", and at most 255 bytes (NAME_MAX); 1,024 leaves
# room for the folder in front (PATH_MAX is 4,096).
_SEGMENT: Final = r"(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f\ud800-\udfff]+"
_PATH: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*")
"""Most are such, and need no closer look."""
_MAX_SEGMENT: Final = 255
_MAX_PATH: Final = 1024


def is_safe(path: str) -> bool:
    """Whether ``path`` is relative, stays inside the site and can be a file's name."""
    if len(path) * 4 <= _MAX_SEGMENT and _PLAIN.fullmatch(path):
        return True
    if not _PATH.fullmatch(path) or path.partition("/")[0] == OWN_FOLDER:
        return False
    if len(path) * 4 <= _MAX_SEGMENT:
        return True
    return len(path.encode()) <= _MAX_PATH and all(
        len(segment.encode()) <= _MAX_SEGMENT for segment in path.split("/")
    )


def feed_page_path(feed: FeedState) -> str:
    """Return where a feed's own page stands.

    It depends on this feed's address and the operator's name for it alone, so
    that adding a feed moves no other. The hash keeps two feeds of one name
    apart, and keeps every name clear of those that file systems reserve.
    """
    mark = blake2b(feed.url.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    readable = _slug(feed.name) or _slug(host_of(feed.url)) or "feed"
    return f"feeds/{readable}-{mark}.html"


def post_path(day: date, uid: str) -> str:
    """Return where an entry's own page stands, by the day of the planet's timezone."""
    return f"archive/{day.isoformat().replace('-', '/')}/{uid}.html"


def term_folder(term: TermName) -> str:
    """Return the folder of a tag, author or language.

    A name that the path does not tell whole has a hash after it, which keeps two such
    names apart, and keeps every name clear of those that file systems reserve.
    """
    whole = term.key.replace(" ", "-")
    if len(whole) <= _LONGEST_SLUG and _SLUG.fullmatch(whole) and not _RESERVED.fullmatch(whole):
        return f"{term.taxonomy}/{whole}"
    readable = _slug(term.key)
    mark = blake2b(term.key.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{term.taxonomy}/{readable}-{mark}" if readable else f"{term.taxonomy}/{mark}"


def year_path(folder: str, year: int, part: int = 1) -> str:
    """Return where a part of a year of a tag, author or language stands, by its folder."""
    return f"{folder}/{year:04}{'' if part == 1 else f'-{part}'}.html"


def _slug(text: str) -> str:
    """Return the ASCII letters and digits of ``text``, joined by single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
