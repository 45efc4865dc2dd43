from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from ecliptic.decide.identity import key_of_id
from ecliptic.decide.removal import buried, is_out, is_whole, returned, taken_out, watched
from ecliptic.model.entry import KnownEntry
from ecliptic.model.kin import Memory
from ecliptic.model.parsed import EntrySource, ParsedFeed, Problem, Tombstone
from making import NOON, make_parsed


def seen(*documents: str) -> tuple[Memory, list[str]]:
    """Return what is remembered after documents with these entries, a letter each, and who left."""
    memory = Memory()
    gone: list[str] = []
    for day, document in enumerate(documents):
        watch = watched(memory, list(document), NOON + timedelta(days=day))
        memory = watch.memory
        gone += watch.gone
    return memory, gone


@pytest.mark.parametrize(
    ("documents", "gone"),
    [
        (("abcde", "abde", "abde"), "c"),
        (("abcde", "abde"), ""),
        (("abcde", "abde", "abcde", "abde"), ""),
        (("abcde", "bcde", "xbcde"), "a"),
        (("abcde", "bcde", "bcde", "bcde"), ""),
        (("abcde", "xabcd", "yxabc"), ""),
        (("abcde", "abde", "xabde", "yxabd"), "c"),
        (("abcde", "abde", "xyzab"), ""),
        (("abcde", "", "abde", "abde"), "c"),
        (("abcdefghij", "aj", "aj"), ""),
        (("abcdefghij", "klmno", "klmno"), ""),
        (("edcba", "dcba", "fdcba"), "e"),
    ],
)
def test_watched_then_only_what_left_between_others_twice_is_gone(
    documents: tuple[str, ...], gone: str
) -> None:
    assert seen(*documents)[1] == list(gone)


def test_watched_when_an_entry_is_missing_then_it_is_remembered_in_its_place() -> None:
    memory, _ = seen("abcde", "abde")
    assert memory.keys == tuple("abcde")
    assert memory.missing == {"c": NOON + timedelta(days=1)}


def test_watched_when_nothing_changed_then_the_memory_is_the_same_one() -> None:
    memory, _ = seen("abc")
    assert watched(memory, list("abc"), NOON).memory is memory


def test_whole_when_a_document_is_damaged_or_a_planets_then_it_is_not() -> None:
    own = tuple(make_parsed(n) for n in range(6))
    assert is_whole(ParsedFeed(entries=own))
    cut = Problem(code="parse.truncated")
    assert not is_whole(ParsedFeed(entries=own, problems=(cut,)))
    aggregated = make_parsed(7, source=EntrySource(title="Elsewhere"))
    assert not is_whole(ParsedFeed(entries=(*own, aggregated)))
    hosts = tuple(make_parsed(n, link=f"https://blog{n}.example/post") for n in range(6))
    assert not is_whole(ParsedFeed(entries=hosts))


def test_buried_when_the_entry_is_still_there_then_it_is_not() -> None:
    stones = (Tombstone(ref="a", when=NOON), Tombstone(ref="b"))
    parsed = ParsedFeed(tombstones=stones)
    assert buried(parsed, [key_of_id("b")]) == {key_of_id("a"): NOON}


KNOWN = KnownEntry(
    key="a",
    uid="ea",
    fingerprint=b"",
    policy="1",
    first_seen_at=NOON,
    shown_at=NOON,
    published=None,
    hidden=None,
    notes=(),
    position=0,
)


def out(before: KnownEntry, *, hide: bool = True, now: datetime = NOON) -> KnownEntry:
    amendment = taken_out(before, 1, now, hide=hide, is_said=False)
    assert amendment is not None
    return replace(before, hidden=amendment.hidden, notes=amendment.notes)


def test_taken_out_then_it_is_hidden_or_noted_once() -> None:
    hidden = out(KNOWN)
    assert hidden.hidden is not None
    assert hidden.hidden.code == "decide.removed"
    assert taken_out(hidden, 1, NOON, hide=True, is_said=True) is None
    kept = out(KNOWN, hide=False)
    assert (kept.hidden, kept.notes[-1].code) == (None, "decide.left_feed")
    assert taken_out(kept, 1, NOON, hide=False, is_said=True) is None


def test_taken_out_when_shown_by_hand_then_it_is_not_hidden() -> None:
    assert out(replace(KNOWN, ruling="show")).hidden is None


def test_returned_then_only_what_removal_hid_is_shown_again() -> None:
    back = returned(out(KNOWN), NOON)
    assert (back.hidden, back.notes[-1].code, is_out(back)) == (None, "decide.returned", False)
    by_hand = replace(KNOWN, hidden=replace(KNOWN_REASON, code="decide.hidden_by_hand"))
    assert returned(out(by_hand), NOON).hidden == by_hand.hidden


KNOWN_REASON = out(KNOWN).notes[-1]
