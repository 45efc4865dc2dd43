from __future__ import annotations

from datetime import timedelta

import pytest

from ecliptic.decide.lifted import lifted, still_hidden_by
from ecliptic.model.amendment import as_it_stands
from ecliptic.model.entry import Reason
from making import NOON, make_entry

END = Reason(code="decide.released", at=NOON)
HELD = Reason(code="decide.flood", at=NOON)


def reason(code: str, **params: str) -> Reason:
    return Reason(code=code, at=NOON, params=dict(params))


def test_lifted_when_nothing_else_was_said_then_it_is_shown_not_ahead_of_now() -> None:
    entry = make_entry(hidden=HELD, notes=(HELD,), shown_at=NOON + timedelta(days=1))
    stands = lifted(as_it_stands(entry, 1), END, NOON)
    assert (stands.hidden, stands.shown_at, stands.notes) == (None, NOON, (HELD, END))


@pytest.mark.parametrize(
    "told",
    [
        [reason("decide.removed")],
        [reason("decide.left_feed"), reason("decide.returned"), reason("decide.removed")],
        [reason("plugins.filtered", plugin="ads")],
        [reason("decide.off_topic")],
        [reason("decide.topic_review", grey="hold")],
    ],
    ids=lambda told: told[-1].code,
)
def test_lifted_when_another_rule_still_holds_then_that_hides_it(told: list[Reason]) -> None:
    entry = make_entry(hidden=HELD, notes=(HELD, *told))
    assert lifted(as_it_stands(entry, 1), END, NOON).hidden == told[-1]
    shown = make_entry(hidden=HELD, notes=(HELD, *told), ruling="show")
    assert lifted(as_it_stands(shown, 1), END, NOON).hidden is None


@pytest.mark.parametrize(
    "told",
    [
        [reason("decide.removed"), reason("decide.returned")],
        [reason("decide.left_feed")],
        [reason("decide.topic_review")],
        [reason("decide.off_topic"), reason("decide.topic_labelled", label="on")],
        [reason("decide.filtered")],
    ],
    ids=lambda told: told[-1].code,
)
def test_still_hidden_by_when_a_rule_holds_no_more_then_it_hides_nothing(
    told: list[Reason],
) -> None:
    assert still_hidden_by(told) is None
