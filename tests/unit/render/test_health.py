"""How the feeds stand: for people in words, for monitors as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from ecliptic.decide import duplicates
from ecliptic.model.codes import words
from ecliptic.model.entry import Reason
from ecliptic.model.feed import Check, FeedState, FetchState
from ecliptic.model.move import Move
from ecliptic.model.ping import Ping
from ecliptic.model.site import Site
from ecliptic.render import Renderer
from ecliptic.render.health import state_of
from ecliptic.select import pages
from making import NOON
from rendering import default_theme, make_feed, make_shown, make_status, render_page

SITE = Site(name="Planet", activity_threshold=180)
TIMED_OUT = FetchState(
    checked_at=NOON, succeeded_at=NOON - timedelta(days=2), failing_since=NOON - timedelta(days=1),
    failures=3, code="fetch.timeout", detail="30 s",
)  # fmt: skip
GONE = FetchState(
    checked_at=NOON, failing_since=NOON, failures=1, code="fetch.http_410", status=410,
    retry_at=NOON + timedelta(days=30), next_at=NOON + timedelta(days=30),
    next_reason=Reason(code="decide.gone", at=NOON),
)  # fmt: skip


def signed(feed: FeedState, sign: Reason) -> str:
    renderer = Renderer(SITE, default_theme(), [feed], signs={feed.id: sign})
    page = next(page for page in pages(SITE, [feed]) if page.path == "feeds.html")
    return renderer.render(page, (), make_status()).decode()


def health(*feeds: FeedState, shown: int = 0) -> str:
    entries = [make_shown(n, feeds[0]) for n in range(shown)]
    text = render_page("feeds.html", entries, site=SITE, feeds=feeds).decode()
    return " ".join(text[text.index("<main") : text.index("</main")].split())


@pytest.mark.parametrize(
    ("fetch", "state"),
    [
        (FetchState(), "new"),
        (FetchState(checked_at=NOON, succeeded_at=NOON, changed_at=NOON), "well"),
        (FetchState(checked_at=NOON, retry_at=NOON + timedelta(hours=2)), "waiting"),
        (TIMED_OUT, "failing"),
        (GONE, "gone"),
    ],
)
def test_state_when_the_last_check_ended_so_is_this(fetch: FetchState, state: str) -> None:
    assert state_of(make_feed(fetch=fetch), NOON) == state
    assert state_of(make_feed(fetch=fetch, paused=True), NOON) == "paused"


@pytest.mark.parametrize(
    ("code", "state"),
    [("decide.dead", "dead"), ("decide.silent", "dead"), ("decide.inactive", "inactive")],
)
def test_state_when_there_is_no_sign_of_life_then_it_is_named(code: str, state: str) -> None:
    feed = make_feed(fetch=FetchState(checked_at=NOON, succeeded_at=NOON))
    assert state_of(feed, NOON, Reason(code=code, at=NOON)) == state


def test_health_when_a_feed_is_in_quarantine_then_it_comes_first_with_the_evidence() -> None:
    reason = Reason(code="decide.quarantine", at=NOON, params={"evidence": "another <subject>"})
    page = health(make_feed(1, fetch=GONE), make_feed(2, quarantine=reason))
    assert page.index("Blog 2") < page.index("Blog 1")
    assert "may have been taken over: another &lt;subject&gt;" in page


def test_health_when_a_feed_fails_says_what_and_since_when() -> None:
    page = health(make_feed(fetch=TIMED_OUT))
    assert words("fetch.timeout", {"detail": "30 s"}) in page
    assert "since April 24, 2018 12:00 PM, 3 times in a row" in page
    assert "April 23, 2018 12:00 PM" in page
    assert words("decide.next_run") in page


def test_health_when_a_feed_has_moved_then_it_says_where_to() -> None:
    reason = Reason(code="decide.moved", at=NOON, params={"url": "https://new.example/<feed>"})
    moved = FetchState(checked_at=NOON, move=Move(adopted="https://new.example/", reason=reason))
    assert "moved for good to https://new.example/&lt;feed&gt;" in health(make_feed(fetch=moved))
    assert "Moved" not in health(make_feed())


def test_health_when_a_redirect_is_young_then_it_says_that_it_is_followed() -> None:
    move = Move(target="https://new.example/", since=NOON, is_same=True)
    page = health(make_feed(fetch=FetchState(checked_at=NOON, move=move)))
    assert words("decide.redirected", {"url": "https://new.example/"}) in page


def test_health_when_a_feed_is_subscribed_twice_then_the_other_is_named() -> None:
    ends = FetchState(checked_at=NOON, validators_url="https://one.example/feed")
    feeds = [make_feed(1, fetch=ends), make_feed(2, fetch=ends)]
    twice = duplicates(feeds, lambda *_: False, NOON)
    renderer = Renderer(SITE, default_theme(), feeds, duplicates=twice)
    page = next(page for page in pages(SITE, feeds) if page.path == "feeds.html")
    text = renderer.render(page, (), make_status()).decode()
    assert text.count("<dt>Duplicate</dt>") == 1
    assert "the same feed as https://blog1.example/feed: both end at https://one.example/" in text


def test_health_when_a_feed_was_asked_then_its_last_checks_are_told() -> None:
    came = Check(
        at=NOON, code="fetch.ok", status=200, received=12_345, seconds=0.25, new=2,
        why="decide.next_rhythm", next_at=NOON + timedelta(hours=2),
    )  # fmt: skip
    lost = Check(at=NOON, code="fetch.dns", detail="<b>", why="decide.first_check")
    unknown = Check(at=NOON, code="fetch.not_modified", status=304, received=164)
    status = make_status(checks={1: (came, lost, unknown)})
    page = render_page("feeds.html", site=SITE, feeds=[make_feed()], status=status).decode()
    noon = "<li>April 25, 2018 12:00 PM"
    brought = "fetched, 200, 12 kB in 0.25 s, 2 new, 0 changed"
    assert [line for line in page.splitlines() if line.startswith(noon)] == [
        f"{noon}, due by its rhythm: {brought}; next April 25, 2018 02:00 PM</li>",
        f"{noon}, its first check: no address is known for the name &lt;b&gt;</li>",
        f"{noon}: not modified since the last check, 304, 164 bytes in 0.00 s</li>",
    ]
    assert "<details>" not in health(make_feed())


def test_health_when_a_feed_failed_once_does_not_count() -> None:
    once = FetchState(checked_at=NOON, failing_since=NOON, failures=1, code="fetch.reset")
    page = health(make_feed(fetch=once))
    assert f"{words('fetch.reset')}</span> — since April 25, 2018 12:00 PM</p>" in page


def test_health_when_a_feed_is_gone_says_when_it_is_asked_again() -> None:
    page = health(make_feed(fetch=GONE))
    assert words("decide.gone", {"until": "May 25, 2018 12:00 PM"}) in page
    assert "<dt>Last success</dt><dd>never</dd>" in page


def test_health_when_a_feed_is_quiet_says_since_when() -> None:
    feed = make_feed(fetch=FetchState(checked_at=NOON))
    sign = Reason(code="decide.inactive", at=NOON - timedelta(days=365))
    assert "<dt>Quiet since</dt><dd>April 25, 2017 12:00 PM</dd>" in signed(feed, sign)


def test_health_when_a_feed_is_dead_says_since_when_and_what_fails() -> None:
    params: dict[str, str | int] = {"since": "2018-01-01", "days": 114, "problem": "gone"}
    page = signed(make_feed(fetch=GONE), Reason(code="decide.dead", at=NOON, params=params))
    assert words("decide.dead", params) in page
    assert '<p class="state">Dead</p>' in page


def test_health_when_entries_are_hidden_says_how_many_and_why() -> None:
    page = health(make_feed(entries=30, hidden={"decide.back_catalogue": 27}), shown=3)
    assert "30 stored, 3 on the front page" in page
    assert words("decide.back_catalogue.count", {"count": 27}) in page


def test_health_when_feeds_fail_names_them_first() -> None:
    page = health(make_feed(1), make_feed(2, fetch=TIMED_OUT), make_feed(3, fetch=GONE))
    assert page.index("Blog 3") < page.index("Blog 2") < page.index("Blog 1")


def test_status_when_read_by_a_monitor_counts_and_names_failures() -> None:
    feeds = [make_feed(1), make_feed(2, fetch=TIMED_OUT), make_feed(3, fetch=GONE)]
    assert json.loads(render_page("status.json", site=SITE, feeds=feeds)) == {
        "name": "Planet",
        "changed_at": "2018-04-25T12:00:00Z",
        "built_at": "2018-04-25T13:00:00Z",
        "entries": 7,
        "feeds": {
            "total": 3, "failing": 1, "gone": 1, "dead": 0, "quarantine": 0, "paused": 0,
        },
        "failing": [
            {
                "name": "Blog 2", "url": "https://blog2.example/feed", "code": "fetch.timeout",
                "detail": "30 s", "failures": 3, "since": "2018-04-24T12:00:00Z",
            },
            {
                "name": "Blog 3", "url": "https://blog3.example/feed", "code": "fetch.http_410",
                "detail": "", "failures": 1, "since": "2018-04-25T12:00:00Z",
            },
        ],
        "quarantine": [],
    }  # fmt: skip


def test_status_when_the_planet_has_a_hub_tells_what_it_was_not_told() -> None:
    hub = "https://hub.example/"
    told = Ping(hub=hub, topic="https://a.example/1", fingerprint="1", owed_at=NOON)
    late = replace(told, topic="https://a.example/2", next_at=NOON, code="fetch.dns", detail="hub")
    lost = replace(late, topic="https://a.example/3", next_at=None, attempts=9)
    other = replace(lost, hub="https://former.example/")
    status = make_status(pings=(told, late, lost, other))
    page = render_page("status.json", site=replace(SITE, hub=hub), status=status)
    found = json.loads(page)["hub"]
    untold = found.pop("untold")
    assert found == {"url": hub, "waiting": 1, "given_up": 1}
    assert [(each["topic"], each["code"], each["attempts"]) for each in untold] == [
        ("https://a.example/2", "fetch.dns", 0),
        ("https://a.example/3", "fetch.dns", 9),
    ]
    assert untold[0]["next_at"] == untold[0]["since"] == "2018-04-25T12:00:00Z"
    assert untold[1]["next_at"] is None
    assert "hub" not in json.loads(render_page("status.json", site=SITE))


def test_status_when_nothing_was_ever_fetched_is_valid() -> None:
    status = json.loads(render_page("status.json", status=make_status(None)))
    assert status["changed_at"] is None
    assert status["failing"] == []
