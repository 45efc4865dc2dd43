from __future__ import annotations

from msgspec.structs import replace

from ecliptic.decide import hidden_by_hand, shown_by_hand
from ecliptic.decide.merging import is_merged, merged, split
from ecliptic.model.amendment import Amendment
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.kin import Alias
from making import NOON, make_entry


def stands(entry: Entry, amendment: Amendment) -> Entry:
    return replace(entry, hidden=amendment.hidden, notes=amendment.notes, ruling=amendment.ruling)


def test_merged_when_of_one_feed_then_the_copys_key_means_the_first() -> None:
    first, copy = make_entry(1), make_entry(2, ruling="show")
    change = merged(first, copy, NOON)
    hidden, shown = change.amendments
    assert is_merged(stands(copy, hidden))
    assert (hidden.ruling, shown.hidden) == ("", None)
    (alias,) = change.aliases
    assert (alias.key, alias.entry_key, alias.by_hand) == (copy.key, first.key, True)


def test_merged_when_of_two_feeds_then_each_goes_on_for_itself() -> None:
    assert merged(make_entry(1), make_entry(1, feed_id=2), NOON).aliases == ()


def test_split_when_merged_then_it_is_shown_and_its_key_is_its_own() -> None:
    first, copy = make_entry(1), make_entry(2)
    hidden = stands(copy, merged(first, copy, NOON).amendments[0])
    change = split(hidden, (), NOON)
    (shown,) = change.amendments
    assert (shown.hidden, shown.notes[-1].params) == (None, {"other": first.uid})
    assert change.wrong == (copy.key,)


def test_split_when_the_operator_had_ruled_before_then_that_holds_again() -> None:
    first, copy = make_entry(1), make_entry(2)
    waiting = replace(copy, hidden=Reason(code="decide.removed", at=NOON))
    for entry, ruling in (
        (stands(waiting, shown_by_hand(waiting, NOON)), "show"),
        (stands(copy, hidden_by_hand(copy, NOON, why="an advertisement")), "hide"),
    ):
        hidden = stands(entry, merged(first, entry, NOON).amendments[0])
        (after,) = split(hidden, (), NOON).amendments
        assert after.ruling == ruling
        assert after.hidden is None or after.hidden.params == {"why": "an advertisement"}
        assert (after.hidden is None) == (ruling == "show")


def test_split_when_a_rule_joined_keys_then_they_are_no_entrys() -> None:
    reason = Reason(code="decide.known_by_link", at=NOON)
    aliases = [
        Alias(key="other", entry_key="key1", reason=reason),
        Alias(key="by hand", entry_key="key1", reason=reason, by_hand=True),
    ]
    (stranger,) = split(make_entry(1), aliases, NOON).aliases
    assert (stranger.key, stranger.entry_key, stranger.by_hand) == ("other", "", True)


def test_split_when_nothing_was_joined_then_nothing_changes() -> None:
    assert split(make_entry(1), (), NOON).amendments == ()
