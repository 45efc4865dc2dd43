"""What of a feed's entries stays the same: their ids, or only their links, or only their texts.

Some feeds give every entry a new id at each request, and some a new address too.
One change of all ids is a move to other software; what comes back under other
keys again and again is not worth being called a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.kin import Match
from ecliptic.model.entry import Reason
from ecliptic.model.kin import Memory, Trust
from ecliptic.model.parsed import ParsedEntry

_FADES: Final = 0.8
_MOST_UNREST: Final = 1.5
"""Unrest is the share of entries that came back under another key, fading by document.

Two documents in a row that change all keys reach the limit, and so does one
after the other that changes a good third; a feed that changes hands once does not.
"""

_LEAST_MATCHES: Final = 2
_STEADY: Final = 0.9
_CALM: Final = 5
"""Ids are believed again when so many documents in a row kept this share of them."""

_LESS: Final[dict[Trust, Trust]] = {"id": "link", "link": "text"}


def trust_after(
    memory: Memory,
    entries: Sequence[ParsedEntry],
    matches: Sequence[Match],
    stored: Sequence[str],
    now: datetime,
) -> Memory:
    """Return what a feed's entries are known by from the next document on.

    ``matches`` were known again in this one, and ``stored`` says, for each entry,
    under which key it is stored.
    """
    if memory.trust == "id" and not matches and not memory.unrest:
        return memory
    if memory.trust != "id":
        memory = _listened(memory, entries, stored, now)
    changed = sum(_is_other(match, entries[match.place], memory.trust) for match in matches)
    fresh = changed / max(len(entries), 1) if changed >= _LEAST_MATCHES else 0.0
    unrest = round(memory.unrest * _FADES + fresh, 3)
    if unrest < _MOST_UNREST or memory.trust not in _LESS:
        return replace(memory, unrest=0.0 if unrest < 0.1 else unrest)  # noqa: PLR2004
    code = "decide.ids_unstable" if memory.trust == "id" else "decide.links_unstable"
    reason = Reason(code=code, at=now, params={"count": changed, "of": len(entries)})
    return replace(
        memory,
        trust=_LESS[memory.trust],
        reason=reason,
        unrest=0.0,
        calm=0,
        ids=_ids(entries, stored),
    )


def _is_other(match: Match, entry: ParsedEntry, trust: Trust) -> bool:
    """Whether what is believed to stay the same did not, whatever its scheme and host."""
    if match.reason.code == "decide.known_by_id":
        return False
    if trust == "id":
        return bool(entry.id and match.relative.id) and entry.id != match.relative.id
    return trust == "link" and bool(entry.link) and entry.link != match.relative.link


def _listened(
    memory: Memory, entries: Sequence[ParsedEntry], stored: Sequence[str], now: datetime
) -> Memory:
    """Note whether ids that are not believed are still the same as in the last document."""
    ids = _ids(entries, stored)
    pairs = [(one, memory.ids[key]) for key, one in ids.items() if key in memory.ids]
    if not pairs:
        return replace(memory, ids=ids)
    same = sum(one == other for one, other in pairs)
    calm = memory.calm + 1 if same >= _STEADY * len(pairs) else 0
    if calm < _CALM:
        return replace(memory, ids=ids, calm=calm)
    reason = Reason(code="decide.ids_steady", at=now, params={"count": _CALM})
    return replace(memory, trust="id", reason=reason, unrest=0.0, calm=0, ids={})


def _ids(entries: Sequence[ParsedEntry], stored: Sequence[str]) -> dict[str, str]:
    """Return a short hash of each entry's id by the key under which the entry is stored."""
    return {
        key: blake2b(entry.id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        for entry, key in zip(entries, stored, strict=True)
        if key and entry.id
    }
