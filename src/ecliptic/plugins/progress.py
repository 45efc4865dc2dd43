"""How far the entries of a document have come among the plugins, kept while pages are fetched."""

from __future__ import annotations

import msgspec

from ecliptic.model.parsed import ParsedEntry
from ecliptic.plugins import Answer


class Progress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How far one entry has come, and what became of it.

    ``step`` counts the steps behind it, ``asked`` the addresses that those asked
    for. ``dropped_by`` names the plugin that left it out, for ``reason``.
    ``skipped`` says which plugins failed at it, and how.
    """

    key: str
    entry: ParsedEntry
    step: int = 0
    asked: int = 0
    dropped_by: str = ""
    reason: str = ""
    skipped: tuple[str, ...] = ()


class Pending(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where all entries of a document stand when some of them wait for pages, or for their turn.

    ``answers`` are those still needed, of ``asked`` addresses in ``rounds`` rounds.
    ``seconds`` is the time that plugins have taken.
    """

    entries: tuple[Progress, ...] = ()
    answers: tuple[Answer, ...] = ()
    asked: int = 0
    rounds: int = 0
    seconds: float = 0.0
