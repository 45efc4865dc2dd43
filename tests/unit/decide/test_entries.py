from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.decide import decide, keys_of
from ecliptic.decide.past import Past
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import KnownEntry
from ecliptic.model.parsed import ParsedEntry
from ecliptic.model.rules import EntryRules
from ecliptic.model.text import Content
from making import NOON, make_parsed

FEED = "https://blog.example/feed.xml"


def decided(
    *entries: ParsedEntry, known: dict[str, KnownEntry] | None = None, now: datetime = NOON
) -> Decision:
    return decide(entries, known or {}, feed_url=FEED, now=now, policy="1")


def remembered(*verdicts: Verdict) -> dict[str, KnownEntry]:
    return {
        verdict.key: KnownEntry(
            key=verdict.key,
            uid=verdict.uid,
            fingerprint=verdict.fingerprint,
            policy="1",
            first_seen_at=verdict.first_seen_at,
            shown_at=verdict.shown_at,
            published=verdict.published,
            hidden=verdict.hidden,
            notes=verdict.notes,
            position=verdict.position,
        )
        for verdict in verdicts
    }


def test_decide_when_all_is_new_then_each_stands_at_its_date() -> None:
    decision = decided(make_parsed(1), make_parsed(2))
    assert [verdict.shown_at for verdict in decision.verdicts] == [
        NOON - timedelta(hours=1),
        NOON - timedelta(hours=2),
    ]
    assert decision.count_new == 2


def test_decide_when_nothing_moved_then_nothing_is_written() -> None:
    first = decided(make_parsed(1), make_parsed(2))
    again = decided(make_parsed(1), make_parsed(2), known=remembered(*first.verdicts))
    assert again.verdicts == ()
    assert again.unchanged == 2


def test_decide_when_the_text_changed_then_the_entry_keeps_its_place() -> None:
    first = decided(make_parsed(1))
    edited = make_parsed(
        1, content=Content(value="<p>Edited</p>"), published=NOON, updated=NOON, position=9
    )
    (verdict,) = decided(edited, known=remembered(*first.verdicts)).verdicts
    (before,) = first.verdicts
    assert verdict.is_changed
    assert not verdict.is_new
    assert (verdict.shown_at, verdict.published, verdict.uid, verdict.position) == (
        before.shown_at,
        before.published,
        before.uid,
        before.position,
    )
    told = [note.code for note in verdict.notes]
    assert told == ["decide.first_seen", "decide.changed", "decide.date_moved"]


def test_decide_when_only_dates_moved_then_no_entry_is_written() -> None:
    first = decided(make_parsed(1))
    moved = make_parsed(1, published=NOON + timedelta(days=9), updated=NOON)
    assert decided(moved, known=remembered(*first.verdicts)).verdicts == ()


def test_decide_when_undated_then_it_stands_where_first_seen() -> None:
    (verdict,) = decided(make_parsed(1, published=None)).verdicts
    assert verdict.shown_at == NOON
    assert verdict.notes[-1].code == "decide.undated"


def test_decide_when_first_fetch_is_limited_then_the_newest_by_date_are_shown() -> None:
    oldest_first = [make_parsed(number) for number in (5, 4, 3, 2, 1)]
    decision = decide(
        oldest_first,
        {},
        feed_url=FEED,
        now=NOON,
        policy="1",
        past=Past(is_first=True),
        rules=EntryRules(new_feed_items=2),
    )
    shown = [v.entry.id for v in decision.verdicts if v.hidden is None]
    assert shown == ["tag:blog.example,2018:2", "tag:blog.example,2018:1"]
    reasons = {v.hidden.code for v in decision.verdicts if v.hidden is not None}
    assert reasons == {"decide.back_catalogue"}
    assert len(decision.verdicts) == 5


def test_decide_when_rules_of_cleaning_are_newer_then_it_is_cleaned_but_not_changed() -> None:
    first = decided(make_parsed(1))
    decision = decide(
        [make_parsed(1)], remembered(*first.verdicts), feed_url=FEED, now=NOON, policy="2"
    )
    (verdict,) = decision.verdicts
    assert (verdict.is_new, verdict.is_changed, decision.unchanged) == (False, False, 1)
    assert verdict.notes == first.verdicts[0].notes


def test_decide_when_an_entry_is_edited_for_ever_then_its_history_stays_bounded() -> None:
    verdicts = decided(make_parsed(1)).verdicts
    for number in range(40):
        edited = make_parsed(1, content=Content(value=f"<p>{number}</p>"))
        later = NOON + timedelta(days=number)
        verdicts = decided(edited, known=remembered(*verdicts), now=later).verdicts
    (verdict,) = verdicts
    assert len(verdict.notes) == 12
    assert verdict.notes[0].code == "decide.first_seen"


def test_keys_when_all_entries_share_one_guid_then_links_tell_them_apart() -> None:
    entries = [make_parsed(number, id="the-blog") for number in (1, 2, 3)]
    assert len(set(keys_of(entries))) == 3


def test_keys_when_there_is_no_id_then_the_link_is_the_identity() -> None:
    edited = make_parsed(1, id="", title=Content(value="Other", kind="text"))
    assert keys_of([make_parsed(1, id="")]) == keys_of([edited])


def test_keys_when_there_is_neither_id_nor_link_then_the_text_is_the_identity() -> None:
    one, two = make_parsed(1, id="", link=""), make_parsed(2, id="", link="")
    assert keys_of([one, two]) == [*keys_of([one]), *keys_of([two])]
    assert len({*keys_of([one, two])}) == 2


def test_decide_when_a_document_repeats_an_entry_then_it_is_written_once() -> None:
    assert len(decided(make_parsed(1), make_parsed(1)).verdicts) == 1


texts = st.text(max_size=3)
entries = st.lists(
    st.builds(
        make_parsed,
        st.integers(0, 3),
        id=texts,
        link=texts,
        title=st.builds(Content, value=texts),
        published=st.none() | st.just(NOON),
    ),
    max_size=8,
)


@pytest.mark.slow
@given(entries)
def test_decide_twice_then_nothing_changes(document: list[ParsedEntry]) -> None:
    first = decided(*document)
    assert decided(*document, known=remembered(*first.verdicts)).verdicts == ()


@given(entries)
def test_decide_then_no_entry_is_lost_and_none_stands_in_the_future(
    document: list[ParsedEntry],
) -> None:
    decision = decided(*document)
    assert {verdict.key for verdict in decision.verdicts} == set(keys_of(document))
    assert all(verdict.shown_at <= NOON for verdict in decision.verdicts)
    assert len({verdict.uid for verdict in decision.verdicts}) == len(decision.verdicts)
