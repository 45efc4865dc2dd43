from __future__ import annotations

from collections.abc import Sequence

from ecliptic.decide.kin import Match
from ecliptic.decide.trust import trust_after
from ecliptic.model.entry import Reason
from ecliptic.model.kin import Memory, Relative
from ecliptic.model.parsed import ParsedEntry
from making import NOON, make_parsed


def came_back(entries: Sequence[ParsedEntry], count: int, code: str = "link") -> list[Match]:
    """Return that so many entries were known by other ids."""
    return [
        Match(
            place,
            Relative(key=f"key{place}", id="before", link="", title="", published=None),
            Reason(code=f"decide.known_by_{code}", at=NOON),
        )
        for place in range(min(count, len(entries)))
    ]


def after(*counts: int, of: int = 10, code: str = "link") -> Memory:
    """Return what is remembered after documents in which so many entries changed their ids."""
    memory = Memory()
    entries = [make_parsed(number) for number in range(of)]
    stored = [f"key{number}" for number in range(of)]
    for count in counts:
        memory = trust_after(memory, entries, came_back(entries, count, code), stored, NOON)
    return memory


def test_trust_when_all_ids_change_once_then_it_stays() -> None:
    assert after(10, 0, 0, 0, 0, 0).trust == "id"


def test_trust_when_all_ids_change_twice_then_links_are_used() -> None:
    memory = after(10, 10)
    assert memory.trust == "link"
    assert memory.reason is not None
    assert memory.reason.params == {"count": 10, "of": 10}


def test_trust_when_a_good_third_changes_each_time_then_links_are_used() -> None:
    assert after(*[4] * 8).trust == "link"


def test_trust_when_edits_change_an_id_now_and_then_then_it_stays() -> None:
    assert after(*[1] * 50).trust == "id"
    assert after(*[2, 0, 0] * 20).trust == "id"


def test_trust_when_ids_only_change_their_host_then_it_stays() -> None:
    assert after(10, 10, 10, code="id").trust == "id"


def test_trust_when_nothing_happens_then_nothing_is_to_be_written() -> None:
    memory = Memory(keys=("a",))
    assert trust_after(memory, [make_parsed(1)], [], ["a"], NOON) is memory


def test_trust_when_ids_are_kept_for_some_documents_then_they_are_used_again() -> None:
    memory = after(10, 10, 0, 0, 0, 0, 0)
    assert (memory.trust, memory.ids) == ("id", {})
    assert memory.reason is not None
    assert memory.reason.code == "decide.ids_steady"
