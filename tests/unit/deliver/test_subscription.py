"""What is asked of hubs, and what is believed of what comes in their name."""

from __future__ import annotations

import hmac
from datetime import timedelta

import pytest
from msgspec.structs import replace

from ecliptic.deliver import (
    answered,
    asking,
    given_up,
    granted,
    is_awaited,
    is_signed,
    new_subscription,
    refused,
    subscription_request,
)
from ecliptic.model.outcome import Failed, Fetched
from making import NOON

HUB, TOPIC = "https://hub.example/", "https://blog.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW = replace(
    new_subscription(1, hub=HUB, topic=TOPIC, token="token", secret="secret", now=NOON),
    callback="https://planet.example/hubs/",
)
ASKED = asking(NEW, NOON)
BODY = b"<rss/>"


def sign(method: str, body: bytes = BODY, secret: str = "secret") -> str:
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


def test_request_then_it_says_what_the_recommendation_asks_for() -> None:
    request = subscription_request(NEW)
    assert request.url == HUB
    assert dict(request.form) == {
        "hub.callback": "https://planet.example/hubs/token",
        "hub.mode": "subscribe",
        "hub.topic": TOPIC,
        "hub.secret": "secret",
        "hub.lease_seconds": "864000",
    }
    goodbye = dict(subscription_request(given_up(NEW, NOON)).form)
    assert goodbye["hub.mode"] == "unsubscribe"
    assert "hub.secret" not in goodbye


def test_subscription_when_shown_then_without_what_only_the_hub_may_know() -> None:
    shown = f"{replace(NEW, token='t0ken', secret='s3cret')!r}"
    assert "t0ken" not in shown
    assert "s3cret" not in shown


def test_intent_when_asked_about_something_else_then_it_is_not_ours() -> None:
    assert is_awaited(ASKED, "subscribe", TOPIC, NOON + HOUR)
    assert not is_awaited(ASKED, "unsubscribe", TOPIC, NOON)
    assert not is_awaited(ASKED, "subscribe", "https://other.example/", NOON)
    assert not is_awaited(ASKED, "subscribe", TOPIC, NOON + 2 * HOUR)
    assert not is_awaited(NEW, "subscribe", TOPIC, NOON), "we never asked"
    assert not is_awaited(granted(ASKED, "100", NOON), "subscribe", TOPIC, NOON), "twice"


def test_lease_when_granted_then_it_is_renewed_well_before_its_end() -> None:
    taken = granted(ASKED, "1000000", NOON)
    assert taken.lease_until == NOON + timedelta(seconds=1_000_000)
    assert taken.next_at is not None
    share = (taken.next_at - NOON) / (taken.lease_until - NOON)
    assert 0.6 <= share <= 0.8
    times = {granted(replace(ASKED, token=f"{n}"), "1000000", NOON).next_at for n in range(20)}
    assert len(times) > 10, "all renewed in one moment"
    assert taken.is_granted(NOON + 11 * DAY)
    assert not taken.is_granted(NOON + 12 * DAY)


@pytest.mark.parametrize(("said", "days"), [
    ("", 10), ("-5", 10), ("soon", 10), ("99999999999999999999", 30), ("0", 5 / 1440),
])  # fmt: skip
def test_lease_when_it_is_odd_then_it_is_bounded(said: str, days: float) -> None:
    assert granted(ASKED, said, NOON).lease_until == NOON + timedelta(days=days)


def test_renewal_when_confirmed_then_the_promise_is_as_old_as_it_was() -> None:
    taken = granted(ASKED, "1000000", NOON)
    later = NOON + 8 * DAY
    assert granted(asking(taken, later), "1000000", later).granted_at == NOON
    too_late = NOON + 20 * DAY
    assert granted(asking(taken, too_late), "1000000", too_late).granted_at == too_late


def test_asking_when_the_hub_never_confirms_then_it_is_asked_less_and_less() -> None:
    waits, present = [], NEW
    for _ in range(8):
        present = answered(asking(present, NOON), Fetched(url=HUB, body=b"", status=202))
        assert present.next_at is not None
        waits.append((present.next_at - NOON) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24]


def test_answer_when_the_hub_refuses_then_the_reason_stays_and_no_question_is_awaited() -> None:
    busy = Failed(url=HUB, code="fetch.http_503", status=503, retry_at=NOON + 3 * DAY)
    after = answered(ASKED, busy)
    assert (after.code, after.asked_at, after.next_at) == ("fetch.http_503", None, NOON + 3 * DAY)


def test_subscription_when_denied_then_it_is_asked_for_a_week_later() -> None:
    after = refused(granted(ASKED, "1000000", NOON), "deliver.denied", "no", NOON)
    assert not after.is_granted(NOON)
    assert after.next_at == NOON + 7 * DAY


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signature_when_made_with_the_secret_then_it_is_believed(method: str) -> None:
    assert is_signed("secret", sign(method), BODY)
    assert is_signed("secret", sign(method).upper(), BODY)
    assert not is_signed("other", sign(method), BODY)
    assert not is_signed("secret", sign(method), BODY + b" ")
    assert not is_signed("secret", sign(method)[:-1], BODY)


@pytest.mark.parametrize("signature", [
    "", "=", "sha256", "sha256=", "sha256=é", sign("md5"), "none=", "blake2b=" + "0" * 128,
    hmac.new(b"secret", BODY, "sha256").hexdigest(),
])  # fmt: skip
def test_signature_when_it_is_none_of_those_allowed_then_it_is_not_believed(signature: str) -> None:
    assert not is_signed("secret", signature, BODY)
