"""From what was fetched to what it says: by the parser, or by the source of the feed."""

from __future__ import annotations

from ecliptic.model.outcome import Fetched
from ecliptic.model.parsed import ParsedFeed
from ecliptic.parse import parse
from ecliptic.plugins import Document
from ecliptic.plugins.call import read
from ecliptic.plugins.collect import Chosen


def read_fetched(fetched: Fetched, *, address: str, chosen: Chosen | None) -> ParsedFeed:
    """Return what a document says, as its source reads it if that does; raises ``PluginError``."""
    if chosen is not None and chosen.source.read is not None:
        document = Document(
            address=address,
            url=fetched.url,
            body=fetched.body,
            content_type=fetched.content_type,
        )
        return read(chosen, document)
    return parse(
        fetched.body,
        url=fetched.url,
        content_type=fetched.content_type,
        content_location=fetched.content_location,
    )
