"""What we know of a feed between two runs."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.character import Character
from ecliptic.model.entry import Entry, FeedInfo, Reason
from ecliptic.model.kin import Alias, Memory
from ecliptic.model.move import Move
from ecliptic.model.picture import Picture
from ecliptic.model.push import Push


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How often feeds are asked. Intervals are in seconds.

    ``price`` is what a check is worth: so many hours of entries that wait.
    """

    min_interval: float = 3_600.0
    max_interval: float = 86_400.0
    price: float = 0.0


class Rhythm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was heard of a feed in ``hours`` hours, most of the last half year.

    ``weights`` has a byte for each hour of the week, from Monday 00:00 UTC: what
    appeared in it, in eighths of an entry. It is empty before the first entry.
    """

    weights: bytes = b""
    hours: float = 0.0


class Hints(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a feed asks to be read: ``ttl``, ``sy:updatePeriod``, ``skipHours``, ``skipDays``."""

    ttl_minutes: int = 0
    update_seconds: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


class FetchState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How fetching a feed stands: validators, times and the present problem.

    ``validators_url`` is the address that gave ``etag`` and ``last_modified``;
    they are sent to no other. ``body_fingerprint`` is of the last body parsed.
    ``code`` is ``""`` while all is well, else the code of the last failure;
    ``failures`` counts them in a row, since ``failing_since``.
    ``retry_at`` is set while a server asked us to stay away until then.
    ``fresh_seconds`` is for how long the server says its answer is good, 0 if
    it does not say. ``next_at`` is when to ask again, and ``next_reason`` why then.
    ``move`` is what is known of another address of the feed, ``push`` of its hub.
    """

    etag: str = ""
    last_modified: str = ""
    validators_url: str = ""
    body_fingerprint: bytes = b""
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    changed_at: datetime | None = None
    retry_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    code: str = ""
    detail: str = ""
    status: int = 0
    fresh_seconds: int = 0
    hints: Hints = Hints()
    rhythm: Rhythm = Rhythm()
    next_at: datetime | None = None
    next_reason: Reason | None = None
    move: Move = Move()
    push: Push = Push()


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it is stored.

    ``position`` is its place in the operator's list. ``entries`` counts all
    stored ones and ``hidden`` those hidden, by the code of the reason.
    ``revision`` moves whenever a page of this feed might look different.
    ``sieves`` is the mark of the filters that its entries were asked last.
    ``quarantine`` is why its new entries are held, while they are. ``pipeline`` is the
    version of the plugins that its last document went through. ``face`` is the picture
    beside its name, if one was found.
    """

    id: int
    url: str
    position: int
    name: str
    link: str
    paused: bool
    hidden_feed: bool
    extra: dict[str, str]
    info: FeedInfo
    fetch: FetchState
    entries: int
    hidden: dict[str, int]
    revision: int
    sieves: str = ""
    quarantine: Reason | None = None
    pipeline: str = ""
    face: Picture | None = None

    @property
    def asked_url(self) -> str:
        """Where the feed is asked for: the subscribed address, or the one it has moved to."""
        return self.fetch.move.adopted or self.url


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a feed's ledger: when we asked, what came, what it brought.

    ``code`` is ``fetch.ok``, ``fetch.not_modified``, ``fetch.same_body``, ``fetch.held``
    or ``fetch.unreached`` (nothing was asked), or a failure's code; ``seconds`` is the
    time the answer took.
    ``why`` is the code of the reason to ask then, ``""`` where nothing was asked;
    its words are those of ``<code>.due``, if there are any. ``next_at`` is the
    time that was chosen for the next check.
    """

    at: datetime
    code: str
    detail: str = ""
    status: int = 0
    received: int = 0
    seconds: float = 0.0
    new: int = 0
    changed: int = 0
    why: str = ""
    next_at: datetime | None = None


class FeedChange(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one check of one feed writes, in one transaction.

    ``entries`` holds the new and changed ones only, ``check`` counts them;
    ``hidden`` says how many of them no page shows. ``amendments`` are of other
    stored entries, which stand otherwise now. ``aliases`` are keys by which
    stored entries came, and ``wrong_aliases`` keys that are none. ``info`` is
    ``None`` when the document was not read again, ``memory`` when it left what
    is remembered of the last one as it was, and ``character`` when nothing was
    learned of the feed; ``quarantine`` is set when it begins, and ``pipeline`` when the
    document went through other plugins than the last one.
    """

    feed_id: int
    fetch: FetchState
    check: Check
    info: FeedInfo | None = None
    entries: tuple[Entry, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    aliases: tuple[Alias, ...] = ()
    wrong_aliases: tuple[str, ...] = ()
    memory: Memory | None = None
    unchanged: int = 0
    hidden: int = 0
    character: Character | None = None
    quarantine: Reason | None = None
    pipeline: str | None = None
