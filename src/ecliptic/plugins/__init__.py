"""All that a plugin needs: what it may give, and the records it is given.

A plugin is an object, most often a module, that the entry-point group
``ecliptic.plugins`` names. Its functions called ``register_…`` say what it gives;
they are called once, when the plugin is first needed. Our own plugins (``builtin``)
are written the same way.

``register_sources() -> Iterable[Source]`` gives sources: what is no feed, read as one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import msgspec

from ecliptic.model.parsed import (
    Category,
    Enclosure,
    EntrySource,
    Link,
    ParsedEntry,
    ParsedFeed,
    Person,
    Problem,
)
from ecliptic.model.text import Content

__all__ = [
    "Category",
    "Content",
    "Document",
    "Enclosure",
    "EntrySource",
    "Link",
    "ParsedEntry",
    "ParsedFeed",
    "Person",
    "Problem",
    "Read",
    "Rewrite",
    "Source",
]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What was fetched for a source.

    ``address`` is that of the subscription, ``url`` where the document was found
    in the end. ``body`` is decoded from its content coding, within the size limit.
    """

    address: str
    url: str
    body: bytes
    content_type: str = ""


Rewrite: TypeAlias = Callable[[str, datetime], str]
"""From the address of a subscription and the time of the run to the address that is asked."""

Read: TypeAlias = Callable[[Document], ParsedFeed]
"""From a document to the feed it is read as; one without a ``format`` says why in ``problems``."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses as people know them, and how they become a feed.

    ``pattern`` is a regular expression that matches the whole address of a
    subscription. ``rewrite`` says which address is asked instead, ``read`` reads
    the document; without one of them, things are as with any feed. Both are pure:
    their answer depends on what they are given and on nothing else.
    """

    pattern: str
    rewrite: Rewrite | None = None
    read: Read | None = None
