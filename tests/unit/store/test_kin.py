from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Reason
from ecliptic.model.kin import Alias, Memory
from ecliptic.model.site import Subscription
from ecliptic.model.text import SafeHTML
from ecliptic.store import Store, open_known, open_store
from ecliptic.store.sqlite import kin
from making import NOON, make_change, make_entry

EVIDENCE = Reason(code="decide.known_by_link", at=NOON, params={"was": "a", "now": "b"})


def alias(key: str, entry_key: str, *, by_hand: bool = False, hours: int = 0) -> Alias:
    reason = Reason(code="decide.known_by_link", at=NOON + timedelta(hours=hours))
    return Alias(key=key, entry_key=entry_key, reason=reason, id=f"id of {key}", by_hand=by_hand)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planet.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        opened.subscribe([Subscription(url=f"https://blog{n}.example/feed") for n in (1, 2)])
        opened.apply(make_change(*(make_entry(n) for n in (1, 2, 3))))
        yield opened


def test_known_when_a_key_is_an_alias_then_it_gives_the_entry(store: Store, path: Path) -> None:
    store.apply(make_change(aliases=(alias("other", "key1"),)))
    found = store.known(1, ["other", "key2", "none"])
    assert {key: (e.key, e.alias) for key, e in found.items()} == {
        "other": ("key1", "rule"),
        "key2": ("key2", ""),
    }
    with closing(open_known(path)) as reading:
        assert reading.known(1, ["other", "key2", "none"]) == found
    assert store.known(2, ["other"]) == {}


def test_known_when_an_alias_is_wrong_then_it_is_forgotten(store: Store) -> None:
    store.apply(make_change(aliases=(alias("other", "key1"),)))
    store.apply(make_change(wrong_aliases=("other",)))
    assert store.known(1, ["other"]) == {}
    assert store.aliases(1, "key1") == []


def test_known_when_entries_were_merged_in_turn_then_all_give_the_last(store: Store) -> None:
    store.apply(make_change(aliases=(alias("other", "key1"),)))
    store.amend((), NOON, aliases={1: [alias("key1", "key2", by_hand=True)]})
    store.amend((), NOON, aliases={1: [alias("key2", "key3", by_hand=True)]})
    found = store.known(1, ["other", "key1", "key2", "key3"])
    assert {(e.key, e.alias) for key, e in found.items() if key != "key3"} == {("key3", "hand")}
    store.amend((), NOON, wrong={1: ["key2"]})
    assert store.known(1, ["other"])["other"].key == "key2"


def test_aliases_when_stored_then_they_come_back_with_their_evidence(store: Store) -> None:
    told = Alias(key="other", entry_key="key1", reason=EVIDENCE, id="b")
    store.apply(make_change(aliases=(told,)))
    assert store.aliases(1, "key1") == [told]
    assert [entry.key for entry in store.look_up("b")] == ["key1"]


def test_aliases_when_there_are_too_many_then_the_oldest_by_rule_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kin, "_MOST_ALIASES", 2)
    store.apply(make_change(aliases=(alias("by hand", "key1", by_hand=True),)))
    store.apply(make_change(aliases=tuple(alias(f"{n}", "key1", hours=n) for n in range(4))))
    assert [told.key for told in store.aliases(1, "key1")] == ["by hand", "2", "3"]


def test_relatives_then_they_are_the_latest_the_recent_and_the_hidden(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kin, "_LATEST", 1)
    found = store.relatives(1, ["new"], ["key3"])
    assert [relative.key for relative in found.entries] == ["key1", "key3"]
    hidden = Reason(code="decide.removed", at=NOON)
    store.apply(make_change(make_entry(4, hidden=hidden)))
    found = store.relatives(1, ["new"], [])
    assert [relative.key for relative in found.entries] == ["key1", "key4"]
    assert store.relatives(2, ["new"], ["key3"]).entries == ()


def test_relatives_when_a_key_was_set_apart_then_it_is_told(store: Store) -> None:
    store.amend((), NOON, aliases={1: [alias("new", "")]})
    assert store.relatives(1, ["new", "newer"], []).apart == {"new"}
    assert store.known(1, ["new"]) == {}


def test_openings_then_they_are_how_the_fullest_texts_begin(store: Store) -> None:
    short = make_entry(4, content=SafeHTML(""), summary=SafeHTML("<p>Short</p>"))
    long = make_entry(5, content=SafeHTML("x" * 9_000))
    store.apply(make_change(short, long))
    found = store.openings(1, ["key4", "key5"])
    assert (found["key4"], len(found["key5"])) == ("<p>Short</p>", 3_000)


def test_memory_when_stored_then_it_comes_back(store: Store, path: Path) -> None:
    memory = Memory(keys=("key1", "key2"), missing={"key2": NOON}, trust="link", reason=EVIDENCE)
    assert store.memory(1) == Memory()
    store.apply(make_change(memory=memory))
    store.apply(make_change())
    with closing(open_known(path)) as reading:
        assert reading.memory(1) == store.memory(1) == memory


def edit(store: Store, text: str, *, hours: int, fingerprint: bytes | None = None) -> None:
    entry = make_entry(
        1, content=SafeHTML(text), fingerprint=text.encode() if fingerprint is None else fingerprint
    )
    store.apply(make_change(entry, at=NOON + timedelta(hours=hours)))


def test_revisions_when_an_author_edits_then_the_last_few_texts_are_kept(store: Store) -> None:
    for hour in range(1, 9):
        edit(store, f"text {hour}", hours=hour)
    kept = store.revisions(1, "key1")
    assert [old.content for old in kept] == [f"text {hour}" for hour in (7, 6, 5, 4, 3)]
    assert kept[0].until == NOON + timedelta(hours=8)
    assert kept[0].size == len("Post 1") + len("text 7")


def test_revisions_when_only_the_rules_of_cleaning_changed_then_none_is_kept(store: Store) -> None:
    edit(store, "cleaned otherwise", hours=1, fingerprint=b"first")
    edit(store, "cleaned otherwise", hours=2, fingerprint=b"only a tag changed")
    assert store.revisions(1, "key1") == []


def test_id_when_an_entry_comes_under_another_then_the_first_stays(store: Store) -> None:
    first = make_entry(1).id
    store.apply(make_change(make_entry(1, id="another", link="https://blog1.example/new")))
    (entry,) = store.look_up(first)
    assert (entry.id, entry.link) == (first, "https://blog1.example/new")


def test_amend_when_it_breaks_off_then_no_alias_stays(store: Store) -> None:
    amendment = as_it_stands(make_entry(1), 1)
    broken = Alias(key="x", entry_key="key1", reason=EVIDENCE, id="\ud800")
    with pytest.raises(UnicodeEncodeError):
        store.amend([amendment], NOON, aliases={1: [alias("other", "key1"), broken]})
    assert store.aliases(1, "key1") == []
