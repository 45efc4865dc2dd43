"""The pages that enrichers want to read, fetched by the run, for workers have no network.

A page is asked for like a feed, by a client with the same guard, and more
briefly. One host is asked for one page at a time, with the spacing that feeds
have, and given up when it fails twice in a row: a slow page costs nobody else time.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from ecliptic.fetch import Client
from ecliptic.log import get_logger
from ecliptic.model.access import Access, without_password
from ecliptic.model.outcome import Failed, Fetched, Outcome, Request
from ecliptic.model.site import FetchSettings
from ecliptic.plugins import Answer

log = get_logger(__name__)

MOST_BYTES: Final = 2_000_000
"""The largest page."""

MOST_BYTES_FOR_DOCUMENT: Final = 8_000_000
_MOST_BYTES_KEPT: Final = 32_000_000
_AT_ONCE: Final = 16
_UNSPACED: Final = 2
"""Pages of a host that need no spacing: one post is often all that is new."""

_LONGEST: Final = 10.0
"""Seconds for one page."""

_PATIENCE: Final = 60.0
"""Seconds for all the pages that one document waits for at a time."""

_FAILURES: Final = 2
_REFUSALS: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class _Host(msgspec.Struct):
    """How a host stands: it answers one request at a time."""

    turn: asyncio.Lock
    started: int = 0
    failures: int = 0


class Pages:
    """The pages of one run; the client is made when the first is wanted."""

    def __init__(self, settings: FetchSettings, *, user_agent: str, now: datetime) -> None:
        self._settings = replace(
            settings,
            timeout=min(settings.timeout, _LONGEST),
            max_bytes=min(settings.max_bytes, MOST_BYTES),
            connections=_AT_ONCE,
        )
        self._user_agent = user_agent
        self._now = now
        self._client: Client | None = None
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._hosts: dict[str, _Host] = {}
        self._under_way: dict[tuple[str, str], asyncio.Task[Answer]] = {}
        self._kept: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._kept_bytes = 0
        self.received = 0

    async def ask(self, urls: tuple[str, ...], access: Access | None = None) -> tuple[Answer, ...]:
        """Return an answer for each address; pages are read as the feed itself is, by its proxy."""
        tasks = [self._task(url, access) for url in urls]
        if tasks:
            await asyncio.wait(tasks, timeout=_PATIENCE)
        answers, size = [], 0
        for url, task in zip(urls, tasks, strict=True):
            answer = task.result() if task.done() else _failed(url, "fetch.timeout", "pages before")
            size += len(answer.body)
            if size > MOST_BYTES_FOR_DOCUMENT:
                size -= len(answer.body)
                limit = f"{MOST_BYTES_FOR_DOCUMENT:,} bytes for a document"
                answer = _failed(url, "plugins.asked_too_much", limit)
            answers.append(answer)
        return tuple(answers)

    async def close(self) -> None:
        """End what is still under way, and the client."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.__aexit__(None, None, None)

    def _task(self, url: str, access: Access | None) -> asyncio.Task[Answer]:
        """Return the fetching of a page, which may be under way or done already."""
        proxy = access.proxy.url if access is not None and access.proxy is not None else "-"
        key = url, proxy
        known = self._under_way.get(key)
        if known is None:
            known = asyncio.create_task(self._answer(url, access, key))
            self._under_way[key] = known
        return known

    async def _answer(self, url: str, access: Access | None, key: tuple[str, str]) -> Answer:
        try:
            answer = self._kept.get(key)
            if answer is None:
                answer = await self._in_turn(url, access)
                self._keep(key, answer)
            return answer
        finally:
            del self._under_way[key]

    async def _in_turn(self, url: str, access: Access | None) -> Answer:
        host = self._hosts.setdefault(_host_of(url), _Host(turn=asyncio.Lock()))
        async with host.turn:
            if host.failures >= _FAILURES:
                return _failed(url, "fetch.held", "its host failed twice in a row")
            if host.started >= _UNSPACED:
                await asyncio.sleep(self._settings.host_spacing)
            host.started += 1
            async with self._places:
                outcome = await self._fetch(url, access)
        is_failure = isinstance(outcome, Failed) and (
            not outcome.status or outcome.status in _REFUSALS
        )
        host.failures = host.failures + 1 if is_failure else 0
        return _answer_of(url, outcome)

    async def _fetch(self, url: str, access: Access | None) -> Outcome:
        if self._client is None:
            client = Client(self._settings, user_agent=self._user_agent, now=self._now)
            self._client = await client.__aenter__()
        own = None
        if access is not None and access.proxy is not None:
            own = Access(home=url, proxy=access.proxy)
        outcome = await self._client.fetch(Request(url=url, access=own))
        self.received += outcome.received
        code = outcome.code if isinstance(outcome, Failed) else "fetch.ok"
        log.info("page_fetched url=%s code=%s", without_password(url), code)
        return outcome

    def _keep(self, key: tuple[str, str], answer: Answer) -> None:
        self._kept[key] = answer
        self._kept_bytes += len(answer.body)
        while self._kept_bytes > _MOST_BYTES_KEPT:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.body)


@asynccontextmanager
async def pages_of(
    settings: FetchSettings, *, user_agent: str, now: datetime
) -> AsyncIterator[Pages]:
    """Give the pages of a run, and end what is under way at its end."""
    pages = Pages(settings, user_agent=user_agent, now=now)
    try:
        yield pages
    finally:
        await pages.close()


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _answer_of(url: str, outcome: Outcome) -> Answer:
    match outcome:
        case Fetched(body=body, content_type=content_type):
            return Answer(asked=url, url=outcome.url, body=body, content_type=content_type)
        case Failed(code=code, detail=detail):
            return _failed(url, code, detail)
        case _:  # neither NotModified nor Held comes of one question without validators
            return _failed(url, "fetch.protocol", "no answer to what was asked for")


def _failed(url: str, code: str, detail: str) -> Answer:
    return Answer(asked=url, code=code, detail=detail)
