"""A server that knows what a polite client may ask, and counts what it was asked.

Every feed of it speaks HTTP in a way of its own: with or without each validator,
odd ones among them, with or without each way to say for how long an answer is good,
and now and then it asks to be left alone. The time is the test's, not the clock's.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

from in_thread import InThread
from planets import item, rss

HOUR = timedelta(hours=1)
OK = 200
ETAGS = ("none", "strong", "weak", "odd")
DATES = ("none", "good", "odd")
FRESHNESS = (
    "nothing", "max-age", "max-age and age", "no-cache", "expires", "expired", "max-age on 200",
)  # fmt: skip
WISHES = ("nothing", "ttl", "sy", "skipHours")
WISHED_HOURS = {"ttl": 4, "sy": 6}
FAULTS = ("none", "429 seconds", "503 date", "500 at times")


@dataclass
class Feed:
    """One feed: how it speaks, what it sent last, and what was wrong with the questions."""

    number: int
    etag: str
    date: str
    freshness: str
    wish: str
    fault: str
    version: int = 0
    sent_etag: str = ""
    sent_date: str = ""
    has_sent: bool = False
    good_until: datetime | None = None
    leave_alone_until: datetime | None = None
    asked_at: list[datetime] = field(default_factory=list)
    score: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/{self.number}/feed.xml"

    @property
    def seconds(self) -> int:
        """For how many seconds its answers are good, if it says so."""
        return (2 + self.number % 5) * 3_600

    def body(self, now: datetime) -> bytes:
        """Return the document: as many entries as versions there were."""
        first = max(0, self.version - 10)
        entries = [
            item(number, f"Post {number}", now.replace(minute=0) - (self.version - number) * HOUR)
            for number in range(self.version, first, -1)
        ]
        text = rss(f"Feed {self.number}", f"https://blog{self.number}.example/", entries)
        wishes = {
            "nothing": "",
            "ttl": "<ttl>240</ttl>",
            "sy": "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4"
            "</sy:updateFrequency>",
            "skipHours": "<skipHours><hour>1</hour><hour>2</hour><hour>3</hour></skipHours>",
        }
        text = text.replace(
            "<rss ", '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ', 1
        )
        return text.replace("<channel>", f"<channel>{wishes[self.wish]}", 1).encode()


def feeds(count: int) -> list[Feed]:
    """Return so many feeds; each way of each kind meets each way of the others."""
    ways = itertools.product(ETAGS, DATES, FRESHNESS, WISHES)
    return [
        Feed(number, *way, fault=FAULTS[number % len(FAULTS)] if number % 3 == 0 else "none")
        for number, way in enumerate(itertools.islice(itertools.cycle(ways), count))
    ]


class ScoringServer(InThread):
    """Serves the feeds at ``now``, a moment that the test moves on."""

    def __init__(self, served: list[Feed], now: datetime) -> None:
        self.now = now
        self.feeds = {feed.path: feed for feed in served}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                status, headers, body = outer.answer(self.path, self.headers)
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None: ...

        super().__init__(Handler)

    def urls(self) -> list[str]:
        """Return the addresses of all feeds, each at a host of its own."""
        return [
            f"http://blog{feed.number}.localhost:{self.port}{path}"
            for path, feed in self.feeds.items()
        ]

    def answer(self, path: str, asked: Any) -> tuple[int, list[tuple[str, str]], bytes]:
        """Judge a question, and answer it in the feed's own way."""
        feed = self.feeds.get(path)
        if feed is None:
            return 404, [], b""
        _judge(feed, asked, self.now)
        feed.asked_at.append(self.now)
        trouble = _trouble(feed, self.now)
        if trouble:
            return trouble
        headers = list(_validators(feed))
        known = asked.get("If-None-Match"), asked.get("If-Modified-Since")
        sent = feed.sent_etag or None, feed.sent_date or None
        is_known = feed.has_sent and known == sent and any(known)
        new = dict(headers)
        is_same = (new.get("ETag", ""), new.get("Last-Modified", "")) == (
            feed.sent_etag,
            feed.sent_date,
        )
        if is_known and is_same:
            headers += _freshness(feed, self.now, status=304)
            return 304, headers, b""
        feed.sent_etag = new.get("ETag", "")
        feed.sent_date = new.get("Last-Modified", "")
        feed.has_sent = True
        headers += [
            ("Content-Type", "application/rss+xml"),
            *_freshness(feed, self.now, status=200),
        ]
        return 200, headers, feed.body(self.now)


def _judge(feed: Feed, asked: Any, now: datetime) -> None:
    """Count what a polite client would not have asked, or not in this way."""
    score = feed.score
    score["requests"] += 1
    known, since = asked.get("If-None-Match"), asked.get("If-Modified-Since")
    is_conditional = known is not None or since is not None
    score["conditional"] += is_conditional
    if feed.has_sent and (feed.sent_etag or feed.sent_date) and not is_conditional:
        score["needless unconditional"] += 1
    if known is not None and known != feed.sent_etag:
        score["made-up If-None-Match"] += 1
    if since is not None and since != feed.sent_date:
        score["made-up If-Modified-Since"] += 1
    if asked.get("A-IM") is not None and known is None:
        score["A-IM without If-None-Match"] += 1
    if feed.leave_alone_until and now < feed.leave_alone_until:
        score["during Retry-After"] += 1
    if feed.good_until and now < feed.good_until:
        score["before it was due"] += 1
    if feed.asked_at and now - feed.asked_at[-1] < 0.9 * HOUR:
        score["twice within an hour"] += 1
    if feed.wish == "skipHours" and feed.has_sent and now.hour in {1, 2, 3}:
        score["in a skipped hour"] += 1
    for name in ("Cookie", "Referer", "Pragma"):
        score[f"with {name}"] += asked.get(name) is not None
    offered = {name.strip() for name in asked.get("Accept-Encoding", "").split(",")}
    score["without each coding"] += not offered >= {"gzip", "deflate", "br", "zstd"}
    score["without a name"] += "Ecliptic" not in asked.get("User-Agent", "")


def _trouble(feed: Feed, now: datetime) -> tuple[int, list[tuple[str, str]], bytes] | None:
    """Return the answer of a server that wants to be left alone, now and then."""
    turn = len(feed.asked_at)
    if feed.fault == "429 seconds" and turn % 7 == 3:
        feed.leave_alone_until = now + 30 * HOUR
        return 429, [("Retry-After", str(30 * 3600))], b"slow down"
    if feed.fault == "503 date" and turn % 9 == 4:
        feed.leave_alone_until = now + 50 * HOUR
        return 503, [("Retry-After", format_datetime(now + 50 * HOUR, usegmt=True))], b""
    if feed.fault == "500 at times" and turn % 5 == 2:
        feed.good_until = None
        return 500, [], b"oops"
    return None


def _validators(feed: Feed) -> Iterator[tuple[str, str]]:
    version = f"{feed.number}-{feed.version}"
    if feed.etag != "none":
        yield "ETag", {
            "strong": f'"{version}"', "weak": f'W/"{version}"', "odd": f"{version} no quotes",
        }[feed.etag]  # fmt: skip
    if feed.date == "good":
        stamp = datetime(2018, 4, 1, tzinfo=UTC) + feed.version * HOUR
        yield "Last-Modified", format_datetime(stamp, usegmt=True)
    elif feed.date == "odd":
        yield "Last-Modified", f"the day of version {feed.version}, perhaps"


def _freshness(feed: Feed, now: datetime, *, status: int) -> list[tuple[str, str]]:
    """Return how the feed says for how long this answer is good, and remember what it said."""
    end = now + timedelta(seconds=feed.seconds)
    is_said, headers = {
        "nothing": (False, {}),
        "max-age": (True, {"Cache-Control": f"public, max-age={feed.seconds}"}),
        "max-age and age": (
            True,
            {"Cache-Control": f"max-age={feed.seconds + 600}", "Age": "600"},
        ),
        "no-cache": (False, {"Cache-Control": "no-cache, max-age=31536000"}),
        "expires": (True, {"Expires": _stamp(end), "Date": _stamp(now)}),
        "expired": (False, {"Expires": "0"}),
        # A 304 that says nothing renews what the answer said that it stands for.
        "max-age on 200": (
            True,
            {"Cache-Control": f"max-age={feed.seconds}"} if status == OK else {},
        ),
    }[feed.freshness]
    # A 304 renews what the document asks for, too.
    wished = now + WISHED_HOURS.get(feed.wish, 0) * HOUR
    feed.good_until = max(end, wished) if is_said else wished
    return list(headers.items())


def _stamp(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
