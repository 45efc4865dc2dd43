from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from ecliptic.decide import decide
from ecliptic.flows.job import Job, Wanted
from ecliptic.flows.plugging import Plugged, passed, plugged, policy_of
from ecliptic.model.decision import Decision, Verdict
from ecliptic.model.entry import KnownEntry, Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.outcome import Fetched
from ecliptic.model.parsed import ParsedEntry, ParsedFeed
from ecliptic.model.pipeline import Pipeline, PluginUse
from ecliptic.plugins import Answer
from ecliptic.plugins.progress import Progress
from making import NOON, make_parsed

URL = "https://a.example/feed"
PICTURES = Pipeline(uses=(PluginUse(name="pictures", plugin="preview_image"),), version="1")
FILTERED = Reason(
    code="plugins.filtered", at=NOON - timedelta(1), params={"plugin": "x", "reason": "y"}
)


def make_job(**fields: object) -> Job:
    values: dict[str, object] = {
        "feed_id": 1,
        "feed_url": URL,
        "state": FetchState(),
        "fetched": Fetched(url=URL, body=b""),
        "now": NOON,
    }
    return Job(**{**values, **fields})  # type: ignore[arg-type] # a plain mapping of fields


def decided(*entries: ParsedEntry, hidden: Reason | None = None) -> Decision:
    """Return a decision to write entries that are known, under other rules, and hidden so."""
    fresh = decide(entries, {}, feed_url=URL, now=NOON, policy="1")
    known = {
        verdict.key: KnownEntry(
            key=verdict.key,
            uid=verdict.uid,
            fingerprint=verdict.fingerprint,
            policy="1",
            first_seen_at=NOON,
            shown_at=NOON,
            published=None,
            hidden=hidden,
            notes=(*verdict.notes, *([hidden] if hidden else [])),
            position=0,
        )
        for verdict in fresh.verdicts
    }
    return decide(entries, known, feed_url=URL, now=NOON, policy="2")


def done(decision: Decision, job: Job) -> Plugged:
    result = plugged(decision, job, ParsedFeed(format="rss20"))
    assert isinstance(result, Plugged)
    return result


def test_plugged_when_there_are_no_plugins_any_more_then_what_they_hid_is_shown() -> None:
    (verdict,) = done(decided(make_parsed(), hidden=FILTERED), make_job()).decision.verdicts
    assert verdict.hidden is None
    assert FILTERED not in verdict.notes


def test_plugged_when_an_entry_is_hidden_for_another_reason_then_it_stays_hidden() -> None:
    other = Reason(code="decide.back_catalogue", at=NOON)
    for job in (make_job(), make_job(pipeline=PICTURES, unplugged="x: 20 seconds")):
        (verdict,) = done(decided(make_parsed(), hidden=other), job).decision.verdicts
        assert verdict.hidden == other


def test_plugged_when_plugins_had_to_be_stopped_then_entries_say_so_and_none_is_shown_by_it() -> (
    None
):
    job = make_job(pipeline=PICTURES, unplugged="pictures: 20 seconds")
    after = done(decided(make_parsed(), hidden=FILTERED), job)
    (verdict,) = after.decision.verdicts
    assert verdict.hidden == FILTERED
    assert verdict.notes[-1].params == {"detail": "pictures: 20 seconds"}
    assert after.skipped == ("pictures: 20 seconds",)


def test_plugged_when_an_enricher_wants_pages_then_the_answers_lead_to_its_result() -> None:
    decision = decided(make_parsed(1), make_parsed(2))
    job = make_job(pipeline=PICTURES)
    wanted = plugged(decision, job, ParsedFeed(format="rss20"))
    assert isinstance(wanted, Wanted)
    assert wanted.urls == ("https://blog.example/1", "https://blog.example/2")
    head = b'<meta property="og:image" content="/p.png">'
    answers = (
        Answer(asked=wanted.urls[0], url=wanted.urls[0], body=head, content_type="text/html"),
        Answer(asked=wanted.urls[1], code="fetch.refused_address", detail="127.0.0.1"),
    )
    job = replace(job, pending=replace(wanted.pending, answers=answers))
    after = done(decision, job)
    images = [verdict.entry.image for verdict in after.decision.verdicts]
    assert images == ["https://blog.example/p.png", ""]
    assert after.skipped == ()


def test_policy_when_plugins_change_then_it_is_another() -> None:
    policies = {
        policy_of(make_job()),
        policy_of(make_job(pipeline=PICTURES)),
        policy_of(make_job(pipeline=replace(PICTURES, version="2"))),
    }
    assert len(policies) == 3


def verdict_of(hidden: Reason | None = None, **fields: object) -> Verdict:
    (verdict,) = decided(make_parsed(), hidden=hidden).verdicts
    return replace(verdict, **fields)


DROPPED = Progress(key="k", entry=make_parsed(), dropped_by="x", reason="y")
WAITING = Reason(code="decide.dated_later", at=NOON)
HELD = Reason(code="decide.back_catalogue", at=NOON)


def test_judged_when_an_entry_is_dropped_then_it_is_hidden_with_the_plugins_reason() -> None:
    verdict = passed(verdict_of(), DROPPED, NOON)
    assert verdict.hidden == verdict.notes[-1]
    assert verdict.hidden is not None
    assert verdict.hidden.params == {"plugin": "x", "reason": "y"}
    assert passed(verdict, DROPPED, NOON + timedelta(1)) == verdict


def test_judged_when_an_entry_only_waits_for_its_time_then_it_is_hidden_for_good() -> None:
    waiting = replace(verdict_of(), hidden=WAITING, hidden_until=NOON + timedelta(1))
    verdict = passed(waiting, DROPPED, NOON)
    assert (verdict.hidden and verdict.hidden.code, verdict.hidden_until) == (
        "plugins.filtered",
        None,
    )
    kept = passed(waiting, replace(DROPPED, dropped_by=""), NOON)
    assert (kept.hidden, kept.hidden_until) == (WAITING, waiting.hidden_until)


def test_judged_when_another_rule_hides_an_entry_then_a_note_says_that_it_is_dropped_too() -> None:
    verdict = passed(verdict_of(HELD), DROPPED, NOON)
    assert (verdict.hidden, verdict.notes[-1].code) == (HELD, "plugins.filtered")


def test_judged_when_the_operator_shows_an_entry_then_no_plugin_hides_it() -> None:
    assert passed(verdict_of(ruling="show"), DROPPED, NOON).hidden is None


def test_judged_when_a_plugin_failed_before_then_only_what_it_says_now_is_noted() -> None:
    failed = replace(DROPPED, dropped_by="", skipped=("x: no luck",))
    once = passed(verdict_of(), failed, NOON)
    assert [note.code for note in once.notes][-1] == "plugins.skipped"
    assert passed(once, failed, NOON) == once
    well = passed(once, replace(failed, skipped=()), NOON)
    assert "plugins.skipped" not in {note.code for note in well.notes}
