"""What was asked of hubs comes back as it was written, and feeds know of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ecliptic.errors import StoreError
from ecliptic.model.entry import Reason
from ecliptic.model.feed import FetchState
from ecliptic.model.push import HubSubscription, Push
from ecliptic.model.site import Subscription
from ecliptic.store import open_store
from making import NOON, make_change

ASKED = HubSubscription(
    feed_id=1, hub="https://hub.example/", topic="https://a.example/", token="t", secret="s",
    callback="https://planet.example/hubs/", asked_at=NOON, next_at=NOON, attempts=3,
    granted_at=NOON, lease_until=NOON + timedelta(days=1), code="deliver.denied", detail="no",
)  # fmt: skip
PUSH = Push(
    since=NOON, until=NOON + timedelta(hours=3),
    missed=Reason(code="decide.push_missed", at=NOON, params={"count": 2}),
)  # fmt: skip


def test_subscriptions_when_written_then_they_and_what_they_change_come_back(
    tmp_path: Path,
) -> None:
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe([Subscription(url="https://a.example/"), Subscription(url="https://b.x/")])
        assert store.hub_subscriptions() == []
        store.write_hub_subscriptions([ASKED], {1: PUSH})
        store.write_hub_subscriptions([ASKED, replace(ASKED, token="u")], {})
    with open_store(tmp_path / "planet.sqlite") as store:
        assert store.hub_subscriptions() == [ASKED, replace(ASKED, token="u")]
        assert [feed.fetch.push for feed in store.feeds()] == [PUSH, Push()]
        with pytest.raises(StoreError):
            store.write_hub_subscriptions([ASKED, ASKED], {1: Push()})
        assert store.feeds()[0].fetch.push == PUSH
        store.write_hub_subscriptions([], {1: Push()})
        assert store.hub_subscriptions() == []
        assert store.feeds()[0].fetch.push == Push()


def test_push_when_a_check_is_written_then_it_is_part_of_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "planet.sqlite") as store:
        store.subscribe([Subscription(url="https://a.example/")])
        store.apply(make_change(fetch=FetchState(push=PUSH)))
        assert store.feeds()[0].fetch.push == PUSH
