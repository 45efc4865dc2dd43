"""Which entry is which, from one version of a feed to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from ecliptic.model.parsed import ParsedEntry

_encode = msgspec.msgpack.Encoder().encode


def keys_of(entries: Sequence[ParsedEntry]) -> list[str]:
    """Return the identity of each entry inside its feed: its id, else link, else text.

    An id that several entries of one document share identifies none of them;
    there the link is added, as blogs do that give every post one guid.
    """
    uses = Counter(entry.id for entry in entries if entry.id)
    return [_key(entry, is_shared=uses[entry.id] > 1) for entry in entries]


def _key(entry: ParsedEntry, *, is_shared: bool) -> str:
    if entry.id and not is_shared:
        return _short("id", entry.id)
    if entry.id and entry.link:
        return _short("id+link", entry.id, entry.link)
    if entry.link and not entry.id:
        return _short("link", entry.link)
    texts = (entry.title, entry.content or entry.summary)
    return _short("text", entry.id, *(text.value for text in texts if text is not None))


def uid_of(feed_url: str, key: str) -> str:
    """Return the entry's address in our pages: stable, and safe as an HTML id."""
    return "e" + _short("uid", feed_url, key)[:12]


def fingerprint_of(entry: ParsedEntry) -> bytes:
    """Return a hash of what the author published.

    Dates are left out: a feed that stamps every entry with the present time at
    each request has not changed its entries.
    """
    published = (
        entry.id,
        entry.link,
        entry.title,
        entry.summary,
        entry.content,
        entry.authors,
        entry.categories,
        entry.enclosures,
        entry.image,
        entry.source,
        entry.comments,
        entry.rights,
    )
    return blake2b(_encode(published), digest_size=16).digest()


def _short(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=12).hexdigest()
