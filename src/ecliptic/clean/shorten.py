"""An entry with less of its body: its beginning, or without advertisements."""

from __future__ import annotations

from msgspec.structs import replace

from ecliptic.clean.adverts import without_ads
from ecliptic.clean.excerpt import excerpt_of
from ecliptic.model.entry import Entry
from ecliptic.model.text import SafeHTML


def shortened(entry: Entry, *, limit: int, strips_ads: bool) -> Entry:
    """Return an entry as pages show it; ``limit`` is in characters of text, 0 for all.

    A content that is too long gives way to a summary, which is made from it where the
    author gave none. An entry without a link keeps it as its content, for there is no
    other place to read it.
    """
    content, summary = entry.content, entry.summary
    if strips_ads:
        content, summary = without_ads(content), without_ads(summary)
    if limit:
        is_long = excerpt_of(content, limit) != content
        summary = excerpt_of(summary or content if is_long else summary, limit)
        if is_long and entry.link:
            content = SafeHTML("")
        elif is_long:
            content, summary = summary, SafeHTML("")
    if (content, summary) == (entry.content, entry.summary):
        return entry
    return replace(entry, content=content, summary=summary)
