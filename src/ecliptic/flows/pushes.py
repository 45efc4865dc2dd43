"""Hubs are asked to send what is new (deliver → fetch), and what they send is kept.

Answering a hub is quick and touches memory alone (``confirm``, ``take``). What
follows from it is done in rounds (``work``): what was sent goes the way of a
fetched document, parse → decide → clean → store, in a worker that can be
killed; and the run's lock is held only while something is written.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Final, NamedTuple

from msgspec.structs import replace

from ecliptic.decide import Sieves
from ecliptic.deliver import (
    answered,
    asking,
    granted,
    is_awaited,
    is_signed,
    refused,
    subscription_request,
)
from ecliptic.errors import Busy
from ecliptic.fetch import Client
from ecliptic.flows.crew import Crew
from ecliptic.flows.job import job_of
from ecliptic.flows.judging import need_languages
from ecliptic.flows.pages import pages_of
from ecliptic.flows.pipelines import Pipelines
from ecliptic.flows.refresh import pace_of
from ecliptic.flows.running import run
from ecliptic.flows.subscribing import pushes_of, reconciled
from ecliptic.log import get_logger
from ecliptic.model.outcome import Fetched
from ecliptic.model.push import HubSubscription
from ecliptic.model.site import Site, rules_by_feed
from ecliptic.store import Store, open_store, run_lock

log = get_logger(__name__)

OK: Final = 200
ACCEPTED: Final = 202
NOT_OURS: Final = 404
GONE: Final = 410
BUSY: Final = 503

_MOST_WAITING: Final = 64
_MOST_WAITING_BYTES: Final = 64_000_000
_MOST_ASKED: Final = 50
"""Hubs asked in one round, so that a planet with a thousand of them is heard meanwhile."""

_REMEMBERED: Final = 50
"""Documents by which a subscription knows that one was sent before."""

_LONGEST_CHALLENGE: Final = 2_000
_BEAT: Final = timedelta(hours=1)


class Sent(NamedTuple):
    """A document that a hub sent, signed with the secret of its subscription."""

    feed_id: int
    topic: str
    content_type: str
    body: bytes

    def as_fetched(self) -> Fetched:
        """Return it as if it had been asked for."""
        return Fetched(
            url=self.topic,
            body=self.body,
            content_type=self.content_type,
            received=len(self.body),
        )


class Subscriber:
    """The subscriptions of one planet; ``callback`` is the public address under which hubs send.

    Raises ``UsageError`` when what the planet needs to read documents is not installed.
    ``confirm`` and ``take`` may be called from any thread, ``work`` and ``close`` from one.
    """

    def __init__(self, site: Site, callback: str, *, user_agent: str) -> None:
        need_languages(site)
        self._site = site
        self._sieves = Sieves(site)
        self._callback = callback
        self._user_agent = user_agent
        self._guard = threading.Lock()
        self._subscriptions: dict[str, HubSubscription] = {}
        self._inbox: deque[Sent] = deque()
        self._before: dict[str, deque[bytes]] = {}
        self._write_at: datetime | None = None
        self._is_loaded = self._is_changed = False

    def is_open(self, token: str, now: datetime) -> bool:
        """Whether something may be sent to the address that ends with ``token``."""
        with self._guard:
            known = self._subscriptions.get(token)
        return known is not None and known.is_granted(now)

    def confirm(self, token: str, asked: Mapping[str, str], now: datetime) -> tuple[int, str]:
        """Answer a hub that asks whether it was us: its challenge, only if it was."""
        mode, topic = asked.get("hub.mode", ""), asked.get("hub.topic", "")
        challenge = asked.get("hub.challenge", "")
        with self._guard:
            known = self._subscriptions.get(token)
            if known is None or topic != known.topic:
                return NOT_OURS, ""
            if mode == "denied":
                reason = asked.get("hub.reason", "")
                self._keep(refused(known, "deliver.denied", reason, now))
                return OK, ""
            is_ours = 0 < len(challenge) <= _LONGEST_CHALLENGE
            if not is_ours or not is_awaited(known, mode, topic, now):
                return NOT_OURS, ""
            if mode == "subscribe":
                self._keep(granted(known, asked.get("hub.lease_seconds", ""), now))
            else:
                self._forget(token)
        log.info("hub_confirmed topic=%s mode=%s", topic, mode)
        return OK, challenge

    def take(
        self, token: str, body: bytes, *, signature: str, content_type: str, now: datetime
    ) -> int:
        """Take a document in, if it is signed and was not sent before; return the status to answer.

        Whoever sends what is not signed learns nothing from the answer.
        """
        with self._guard:
            known = self._subscriptions.get(token)
        if known is None or not known.is_granted(now):
            return GONE
        if not is_signed(known.secret, signature, body):
            log.warning("push_unsigned topic=%s bytes=%d", known.topic, len(body))
            return ACCEPTED
        mark = blake2b(body, digest_size=16).digest()
        with self._guard:
            before = self._before.setdefault(token, deque(maxlen=_REMEMBERED))
            if mark in before:
                return ACCEPTED
            waiting = sum(len(sent.body) for sent in self._inbox)
            if len(self._inbox) >= _MOST_WAITING or waiting + len(body) > _MOST_WAITING_BYTES:
                return BUSY
            before.append(mark)
            self._inbox.append(Sent(known.feed_id, known.topic, content_type, body))
        return ACCEPTED

    def work(self, now: datetime) -> int:
        """Keep what was sent, and ask hubs what is due; return how many documents were kept.

        While another run holds the lock, what is to be written waits.
        """
        kept = 0
        if self._has_something_to_write(now):
            with suppress(Busy):
                kept = self._write(now)
        self._ask_hubs(now)
        return kept

    def close(self, now: datetime) -> None:
        """Let feeds be asked in their own rhythm from now on: nobody listens any more."""
        if not self._is_loaded:
            return
        with (
            suppress(Busy),
            run_lock(self._site.state, command="serve", now=now),
            open_store(self._site.state) as store,
        ):
            pushes = {
                feed.id: replace(feed.fetch.push, until=None)
                for feed in store.feeds()
                if feed.fetch.push.until is not None
            }
            store.write_hub_subscriptions(self._subscriptions.values(), pushes)

    def _keep(self, subscription: HubSubscription) -> None:
        self._subscriptions[subscription.token] = subscription
        self._is_changed = True

    def _forget(self, token: str) -> None:
        del self._subscriptions[token]
        self._before.pop(token, None)
        self._is_changed = True

    def _has_something_to_write(self, now: datetime) -> bool:
        is_due = self._write_at is None or self._write_at <= now
        return is_due or self._is_changed or bool(self._inbox)

    def _write(self, now: datetime) -> int:
        site = self._site
        with run_lock(site.state, command="serve", now=now), open_store(site.state) as store:
            if not self._is_loaded:
                self._load(store, now)
            kept = run(self._refine(store, now)) if self._inbox else 0
            feeds = store.feeds()
            with self._guard:
                asked = [
                    replace(each, callback=self._callback)
                    for each in reconciled(site, feeds, self._subscriptions.values(), now)
                ]
                self._subscriptions = {each.token: each for each in asked}
                self._is_changed = False
            store.write_hub_subscriptions(asked, pushes_of(feeds, asked, now))
        self._write_at = now + _BEAT
        return kept

    def _load(self, store: Store, now: datetime) -> None:
        for known in store.hub_subscriptions():
            moved = known.callback != self._callback
            mine = replace(known, callback=self._callback, next_at=now) if moved else known
            self._subscriptions[known.token] = mine
        self._is_loaded = True

    async def _refine(self, store: Store, now: datetime) -> int:
        """Keep the documents that wait, in their order; return how many there were."""
        feeds = {feed.id: feed for feed in store.feeds()}
        pace = pace_of(list(feeds.values()), self._site.fetch)
        rules = rules_by_feed(self._site)
        access = {feed.url: feed.access for feed in self._site.subscriptions if feed.access}
        pipelines = Pipelines(self._site)
        number = 0
        async with (
            Crew(self._site.state, jobs=1) as crew,
            pages_of(self._site.fetch, user_agent=self._user_agent, now=now) as pages,
        ):
            while self._inbox:
                sent = self._inbox[0]
                feed = feeds.get(sent.feed_id)
                if feed is not None and not feed.paused:
                    document = sent.as_fetched()
                    job = job_of(
                        self._site,
                        feed,
                        document,
                        pace=pace,
                        now=now,
                        rules=rules.get(feed.url, self._site.rules),
                        is_pushed=True,
                        pipeline=pipelines.of(feed.url),
                        filters=self._sieves.of(feed.url),
                    )
                    ask = partial(pages.ask, access=access.get(feed.url))
                    change = (await crew.refine(job, ask)).change
                    store.apply(change)
                    stored = feed.entries + change.check.new
                    feeds[feed.id] = replace(
                        feed,
                        fetch=change.fetch,
                        entries=stored,
                        quarantine=change.quarantine or feed.quarantine,
                    )
                    log.info("push_kept feed=%s code=%s", feed.url, change.check.code)
                    number += 1
                with self._guard:
                    self._inbox.popleft()
        return number

    def _ask_hubs(self, now: datetime) -> None:
        with self._guard:
            due = [
                each
                for each in self._subscriptions.values()
                if each.next_at is not None and each.next_at <= now
            ][:_MOST_ASKED]
            due = [asking(each, now) for each in due]
            for each in due:
                self._keep(each)
        if due:
            run(self._ask(due, now))

    async def _ask(self, due: Sequence[HubSubscription], now: datetime) -> None:
        requests = {
            number: replace(subscription_request(each), tag=number)
            for number, each in enumerate(due)
        }
        async with Client(self._site.fetch, user_agent=self._user_agent, now=now) as client:
            async for answers in client.fetch_all(requests.values()):
                for request, outcome in answers:
                    token = due[request.tag].token
                    with self._guard:
                        present = self._subscriptions.get(token)
                        # A hub may have confirmed, or denied, before it answered.
                        if present is not None and present.asked_at is not None:
                            after = answered(present, outcome)
                            self._keep(after)
                            log.info("hub_asked topic=%s code=%s", after.topic, after.code)
