"""What becomes of an entry by its topic, and that nothing is hidden without a threshold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ecliptic.decide import amended_by_topic, by_topic, topic_note
from ecliptic.model.codes import words
from ecliptic.model.entry import Entry, Reason
from ecliptic.model.site import TopicSettings
from ecliptic.model.topic import Opinion, Spoken
from making import NOON, make_entry

NONE = TopicSettings()
BOTH = TopicSettings(drop_below=0.2, review_below=0.5)
HOLD = TopicSettings(drop_below=0.2, review_below=0.5, grey="hold")
LATER = NOON + timedelta(hours=1)


def thought(probability: float) -> Opinion:
    sign = 1 if probability >= 0.5 else -1
    spoken = [("casino", sign * 3.0), ("planet", sign * -2.0), ("bonus", sign * 1.0)]
    said = tuple(Spoken(word=word, weight=weight) for word, weight in spoken)
    return Opinion(probability=probability, words=said)


def code(entry: Entry) -> str:
    return entry.hidden.code if entry.hidden else ""


@pytest.mark.parametrize(
    ("settings", "probability", "hidden", "noted"),
    [
        (NONE, 0.01, "", "decide.topic"),
        (NONE, 0.99, "", "decide.topic"),
        (BOTH, 0.1, "decide.off_topic", "decide.off_topic"),
        (BOTH, 0.2, "", "decide.topic_review"),
        (BOTH, 0.4, "", "decide.topic_review"),
        (BOTH, 0.5, "", "decide.topic"),
        (HOLD, 0.1, "decide.off_topic", "decide.off_topic"),
        (HOLD, 0.4, "decide.topic_review", "decide.topic_review"),
        (HOLD, 0.6, "", "decide.topic"),
        (TopicSettings(review_below=0.5), 0.01, "", "decide.topic_review"),
        (TopicSettings(drop_below=0.5), 0.49, "decide.off_topic", "decide.off_topic"),
    ],
)
def test_by_topic_when_a_threshold_is_set_then_it_decides(
    settings: TopicSettings, probability: float, hidden: str, noted: str
) -> None:
    entry = by_topic(make_entry(), thought(probability), None, settings, NOON)
    assert code(entry) == hidden
    note = topic_note(entry)
    assert note is not None
    assert (note.code, note.params["probability"]) == (noted, f"{probability:.2f}")


def test_by_topic_when_it_hides_then_the_reason_has_its_evidence_and_says_how_to_undo_it() -> None:
    entry = by_topic(make_entry(), thought(0.12), None, BOTH, NOON)
    assert entry.hidden is not None
    said = words(entry.hidden.code, entry.hidden.params)
    for part in ("0.12", "below 0.2", "casino, bonus", "ecliptic entries unhide"):
        assert part in said
    assert "planet" not in said, "that word spoke for it"


def test_by_topic_when_nothing_can_be_said_then_the_entry_is_shown_as_it_was() -> None:
    entry = make_entry()
    assert amended_by_topic(entry, by_topic(entry, None, None, HOLD, NOON)) is None


def test_by_topic_when_the_operator_shows_it_then_it_is_not_hidden() -> None:
    entry = by_topic(make_entry(ruling="show"), thought(0.01), None, BOTH, NOON)
    assert entry.hidden is None


def test_by_topic_when_another_rule_hides_it_then_that_reason_stays() -> None:
    other = Reason(code="decide.flood", at=NOON)
    for probability in (0.01, 0.99):
        entry = by_topic(make_entry(hidden=other), thought(probability), None, BOTH, LATER)
        assert entry.hidden == other


def test_by_topic_when_it_is_judged_on_topic_again_then_its_own_reason_goes() -> None:
    hidden = by_topic(make_entry(), thought(0.1), None, BOTH, NOON)
    assert by_topic(hidden, thought(0.9), None, BOTH, LATER).hidden is None
    assert by_topic(hidden, thought(0.1), None, NONE, LATER).hidden is None
    assert by_topic(hidden, None, None, BOTH, LATER).hidden is None


def test_by_topic_when_it_is_labelled_then_the_label_goes_before_the_model() -> None:
    held = by_topic(make_entry(), thought(0.4), None, HOLD, NOON)
    assert code(held) == "decide.topic_review"
    assert by_topic(held, thought(0.4), True, HOLD, LATER).hidden is None
    dropped = by_topic(held, thought(0.9), False, HOLD, LATER)
    assert code(dropped) == "decide.off_topic"
    assert by_topic(make_entry(), thought(0.1), False, NONE, LATER).hidden is None


def test_by_topic_when_the_probability_hardly_moved_then_nothing_is_written() -> None:
    before = by_topic(make_entry(), thought(0.40), None, BOTH, NOON)
    assert amended_by_topic(before, by_topic(before, thought(0.45), None, BOTH, LATER)) is None
    after = by_topic(before, thought(0.62), None, BOTH, LATER)
    amendment = amended_by_topic(before, after)
    assert amendment is not None
    assert [note.code for note in amendment.notes] == ["decide.topic"]


settings_of = st.builds(
    TopicSettings,
    drop_below=st.none() | st.floats(0, 1),
    review_below=st.none() | st.floats(0, 1),
    grey=st.sampled_from(["show", "hold"]),
)
opinions = st.none() | st.floats(0, 1).map(thought)


@given(opinions, st.none() | st.booleans(), settings_of, st.sampled_from(["", "show", "hide"]))
def test_by_topic_twice_is_once(
    opinion: Opinion | None,
    label: bool | None,  # noqa: FBT001 - drawn
    settings: TopicSettings,
    ruling: str,
) -> None:
    entry = make_entry(ruling=ruling)
    if ruling == "hide":
        entry = replace(entry, hidden=Reason(code="decide.hidden_by_hand", at=NOON))
    once = by_topic(entry, opinion, label, settings, NOON)
    twice = by_topic(once, opinion, label, settings, LATER)
    assert amended_by_topic(once, twice) is None
    if settings.drop_below is None and settings.grey == "show":
        assert once.hidden == entry.hidden
    if ruling == "show":
        assert once.hidden is None
