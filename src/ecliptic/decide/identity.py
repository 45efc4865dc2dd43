"""Which entry is which, from one version of a feed to the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from ecliptic.model.kin import Trust
from ecliptic.model.parsed import ParsedEntry

_encode = msgspec.msgpack.Encoder().encode


def keys_of(entries: Sequence[ParsedEntry], trust: Trust = "id") -> list[str]:
    """Return the identity of each entry inside its feed: its id, else link, else text.

    An id that several entries of one document share identifies none of them;
    there the link is added, as blogs do that give every post one guid, and
    where that is shared too, what they are called. A few entries with one id and
    one link are one entry (RFC 4287, 4.1.1). ``trust`` says what to begin with in
    a feed whose ids, or whose links as well, do not last.
    """
    ids = [entry.id if trust == "id" else "" for entry in entries]
    uses = Counter(ids)
    if len(uses) == len(ids) and "" not in uses:
        return [_short("id", each) for each in ids]
    links = [entry.link if trust != "text" else "" for entry in entries]
    names: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    linked: dict[str, set[str]] = defaultdict(set)
    for entry, each, link in zip(entries, ids, links, strict=True):
        names[each, link].add(_name_of(entry))
        linked[each].add(link)

    def is_named(identifier: str, link: str) -> bool:
        """Whether the id is of this entry alone, or of what is the same entry again."""
        count = uses[identifier]
        if count == 1 or not identifier:
            return bool(identifier)
        is_few = 2 * count <= len(ids)
        is_one_page = bool(link) and len(linked[identifier]) == 1
        return is_one_page and (is_few or len(names[identifier, link]) == 1)

    return [
        _short("id", each)
        if is_named(each, link)
        else _key(entry, each, link, is_shared=len(names[each, link]) > 1)
        for entry, each, link in zip(entries, ids, links, strict=True)
    ]


def key_of_id(identifier: str) -> str:
    """Return the key of an entry that its id alone identifies."""
    return _short("id", identifier)


def _key(entry: ParsedEntry, identifier: str, link: str, *, is_shared: bool) -> str:
    if not link:
        texts = (entry.title, entry.content or entry.summary)
        return _short("text", identifier, *(text.value for text in texts if text is not None))
    parts = ("id+link", identifier, link) if identifier else ("link", link)
    return _short(*parts, *_name_of(entry)) if is_shared else _short(*parts)


def _name_of(entry: ParsedEntry) -> tuple[str, str]:
    """Return the title of an entry, or where it has none its text."""
    if entry.title is not None and entry.title.value:
        return entry.title.value, ""
    body = entry.content or entry.summary
    return "", body.value if body is not None else ""


def uid_of(feed_url: str, key: str) -> str:
    """Return the entry's address in our pages: stable, and safe as an HTML id."""
    return "e" + _short("uid", feed_url, key)[:12]


def fingerprint_of(entry: ParsedEntry, trust: Trust = "id") -> bytes:
    """Return a hash of what the author published.

    Dates are left out: a feed that stamps every entry with the present time at
    each request has not changed its entries. So are ids and links that do not last.
    """
    published = (
        entry.id if trust == "id" else "",
        "" if trust == "text" else entry.link,
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
