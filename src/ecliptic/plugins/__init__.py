"""All that a plugin needs: what it may give, and the records it is given.

A plugin is an object, most often a module, that the entry-point group
``ecliptic.plugins`` names. Its functions called ``register_…`` say what it gives;
they are called once, when the plugin is first needed. Our own plugins (``builtin``)
are written the same way.

``register_sources() -> Iterable[Source]`` gives sources: what is no feed, read as one.
``register_filters() -> Iterable[Filter]`` gives filters: an entry changed, or left out.
``register_enrichers() -> Iterable[Enricher]`` gives enrichers: filters that may ask for pages.
``prepare(params, folder) -> str`` may look at the parameters before a run: it raises
``ValueError`` for what cannot be used, and returns what else the outcome depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
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
from ecliptic.model.pipeline import Parameter
from ecliptic.model.text import Content

__all__ = [
    "Answer",
    "Category",
    "Content",
    "Document",
    "Dropped",
    "Enclosure",
    "Enricher",
    "EntrySource",
    "FeedContext",
    "Filter",
    "Link",
    "Parameter",
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


class FeedContext(msgspec.Struct, frozen=True, kw_only=True):
    """The feed that an entry is of, and what the operator says to the plugin.

    ``url`` is the address of the subscription, ``name`` and ``extra`` are what the
    configuration says of the feed; ``title``, ``link`` and ``language`` what the feed
    says of itself. ``params`` are the plugin's parameters; paths in them are seen
    from ``folder``, that of the configuration.
    """

    url: str
    name: str = ""
    title: str = ""
    link: str = ""
    language: str = ""
    extra: Mapping[str, str] = {}
    params: Mapping[str, Parameter] = {}
    folder: str = ""


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """What a filter returns for an entry that no page shall show, and why in a few words."""

    reason: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of an address that an enricher asked for.

    ``asked`` is that address, ``url`` where the document was found in the end.
    ``code`` is ``""`` for a document, else why there is none (``fetch.http_404`` …),
    and ``detail`` says more.
    """

    asked: str
    url: str = ""
    body: bytes = b""
    content_type: str = ""
    code: str = ""
    detail: str = ""

    @property
    def is_document(self) -> bool:
        """Whether there is a document."""
        return not self.code


Filter: TypeAlias = Callable[[ParsedEntry, FeedContext], ParsedEntry | Dropped | None]
"""From an entry to what is kept of it; ``None`` or ``Dropped`` hides it."""

Enricher: TypeAlias = Callable[
    [ParsedEntry, FeedContext], Generator[str, Answer, ParsedEntry | Dropped | None]
]
"""A generator: yields an address, is sent the ``Answer``, returns what a filter returns.

It is run again from its start when an answer has come, so it must do the same each time.
"""
