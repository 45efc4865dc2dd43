"""Whether a feed has become another one's: several traits changed at once, and one is what it says.

Expired domains are bought for their readers, and sites are broken into. One new
trait means little: authors redesign, move, travel, and write in two languages.
So three of five must change together, and the language or the subject be one of
them; a redesign changes neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from ecliptic.decide.character import Traits, familiarity
from ecliptic.model.character import Character
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import Reason

QUARANTINE: Final = "decide.quarantine"

_LEAST_SIGNALS: Final = 3
_LEAST_ENTRIES: Final = 8
_LEAST_TIME: Final = timedelta(days=14)
"""What must be known of a feed before it can be another one."""

_RARE: Final = 0.05
_NEARLY_ALL: Final = 0.8
_MOST: Final = 0.6
_LEAST_WORDS: Final = 6
_LEAST_FAMILIAR: Final = 0.2
_STRANGE: Final = 0.25
_LEAST_VOLUME: Final = 5
_MUCH: Final = 1.5
_NAMED: Final = 3


def suspicion(
    character: Character,
    traits: Traits,
    now: datetime,
    *,
    count: int,
    expected: int,
    kept_hosts: Callable[[], Collection[str]],
) -> Reason | None:
    """Return why new entries may not be the author's, or ``None``.

    ``count`` is how many came and ``expected`` how many may well come;
    ``kept_hosts`` gives the hosts of the known entries that are still in the
    document: where those are now is where the feed has moved.
    """
    if character.entries < _LEAST_ENTRIES or character.since is None or not traits.words:
        return None
    if now - character.since < _LEAST_TIME:
        return None
    own = [*_language(character, traits), *_subject(character, traits)]
    if not own:
        return None
    found = [
        *own,
        *_hosts(character, traits, kept_hosts),
        *_maker(character, traits),
        *_volume(count, expected),
    ]
    if len(found) < _LEAST_SIGNALS:
        return None
    return Reason(code=QUARANTINE, at=now, params={"evidence": "; ".join(found)})


def quarantined(decision: Decision, reason: Reason, now: datetime) -> Decision:
    """Hide the new entries of a document, as far as nothing else hides them."""
    reason = replace(reason, at=now)
    return replace(decision, verdicts=tuple(_held(each, reason) for each in decision.verdicts))


def _held(verdict: Verdict, reason: Reason) -> Verdict:
    hidden = verdict.hidden
    # What waits for its date would be shown by itself.
    if not verdict.is_new or (hidden is not None and verdict.hidden_until is None):
        return verdict
    return replace(verdict, hidden=reason, hidden_until=None, notes=(*verdict.notes, reason))


def _language(character: Character, traits: Traits) -> Iterator[str]:
    strange = _strangers(character.languages, traits.languages)
    if character.languages and _share(strange, traits.languages) >= _NEARLY_ALL:
        yield f"another language ({_named(strange)}, was {_named(character.languages)})"


def _subject(character: Character, traits: Traits) -> Iterator[str]:
    number = sum(map(len, traits.words))
    if number < _LEAST_WORDS or character.familiar < _LEAST_FAMILIAR:
        return
    share = familiarity(traits.words, character.words)
    if share < character.familiar * _STRANGE:
        yield (
            f"another subject ({share:.0%} of the words in its titles are known, "
            f"else {character.familiar:.0%})"
        )


def _hosts(
    character: Character, traits: Traits, kept_hosts: Callable[[], Collection[str]]
) -> Iterator[str]:
    strange = _strangers(character.hosts, traits.hosts)
    if _share(strange, traits.hosts) >= _NEARLY_ALL and not strange.keys() & set(kept_hosts()):
        yield f"other hosts ({_named(strange)}, was {_named(character.hosts)})"
        return
    least = max(2, traits.read * _MOST)
    known = character.linked.keys() | character.hosts.keys()
    pushed = {host: n for host, n in traits.linked.items() if n >= least and host not in known}
    if pushed:
        yield f"nearly all of it links to {_named(pushed)}, as nothing did before"


def _maker(character: Character, traits: Traits) -> Iterator[str]:
    if character.maker and traits.maker and character.maker != traits.maker:
        yield f"another generator ({traits.maker}, was {character.maker})"


def _volume(count: int, expected: int) -> Iterator[str]:
    if count >= _LEAST_VOLUME and count > _MUCH * expected:
        yield f"{count} entries at once, where {expected} would be many"


def _strangers(known: Mapping[str, int], seen: Counter[str]) -> Counter[str]:
    """Return what was seen and is rare in what is known."""
    total = sum(known.values())
    return Counter(
        {each: n for each, n in seen.items() if known.get(each, 0) < max(total * _RARE, 1)}
    )


def _share(part: Counter[str], whole: Counter[str]) -> float:
    return part.total() / whole.total() if whole else 0.0


def _named(counts: Mapping[str, int]) -> str:
    return ", ".join(sorted(counts, key=lambda each: (-counts[each], each))[:_NAMED])
