"""One planet's memory in one file: WAL, one writer, a feed written whole in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ecliptic.model.amendment import Amendment
from ecliptic.model.character import Character
from ecliptic.model.entry import Entry, KnownEntry
from ecliptic.model.feed import Check, FeedChange, FeedState
from ecliptic.model.kin import Alias, Memory, Relatives, Revision
from ecliptic.model.ping import Ping
from ecliptic.model.push import HubSubscription, Push
from ecliptic.model.reading_list import ListState
from ecliptic.model.sieve import Sifted
from ecliptic.model.site import Subscription
from ecliptic.model.topic import TopicLabel
from ecliptic.store.sqlite import kin, labels, meta, rows, writing
from ecliptic.store.sqlite.archive import SqliteArchive
from ecliptic.store.sqlite.file import StateFile
from ecliptic.store.sqlite.pictures import SqlitePictures
from ecliptic.store.sqlite.queries import CONDITION, queries
from ecliptic.store.sqlite.reading import character
from ecliptic.store.sqlite.renaming import rename_moved
from ecliptic.store.sqlite.searches import SqliteSearches
from ecliptic.store.sqlite.terms import SqliteTerms
from ecliptic.store.sqlite.twins import SqliteTwins
from ecliptic.store.sqlite.words import SqliteWords

if TYPE_CHECKING:
    from ecliptic.store.sqlite.finding import Condition

_TOPICS: Final = "topics"
_LISTS: Final = "reading_lists"
_to_lists: Final = msgspec.json.Decoder(dict[str, ListState]).decode


class SqliteStore(StateFile):
    """The ``Store`` over SQLite; see ``store.base`` for what its methods promise."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._sql = queries()
        self._twins = SqliteTwins(self._reading, self._transaction)
        self._archive = SqliteArchive(self._reading, self._transaction)
        self._terms = SqliteTerms(self._reading, self._transaction)
        self._words = SqliteWords(self._reading, self._transaction)
        self._pictures = SqlitePictures(self._reading, self._transaction)
        self._searches = SqliteSearches(self.feeds, self._reading, self._transaction)

    def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Make the stored feeds those the operator lists, in that order; forget none."""
        listed = [
            (
                feed.url,
                position,
                feed.name,
                feed.link,
                feed.paused,
                feed.hidden,
                rows.to_json(feed.extra),
            )
            for position, feed in enumerate(subscriptions)
        ]
        mark = blake2b(rows.to_json(listed).encode(), digest_size=16).digest()
        if self._fact("subscriptions") == mark:
            return
        with self._transaction() as connection:
            rename_moved(connection, [feed.url for feed in subscriptions])
            connection.execute(self._sql["unsubscribe_all"])
            connection.executemany(self._sql["subscribe"], listed)
            meta.write(connection, "subscriptions", mark)

    def feeds(self) -> list[FeedState]:
        """Return the subscribed feeds in the operator's order."""
        with self._errors():
            return [rows.to_feed(row) for row in self._connection.execute(self._sql["feeds"])]

    def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, KnownEntry]:
        """Return the stored entries of a feed that are known by one of ``keys``."""
        with self._errors():
            return kin.known(self._connection, feed_id, keys)

    def relatives(self, feed_id: int, keys: Collection[str], recent: Collection[str]) -> Relatives:
        """Return what entries of unknown ``keys`` may be."""
        with self._errors():
            return kin.relatives(self._connection, feed_id, keys, recent)

    def openings(self, feed_id: int, keys: Collection[str]) -> Mapping[str, str]:
        """Return how the texts of entries begin, as markup."""
        with self._errors():
            return kin.openings(self._connection, feed_id, keys)

    def memory(self, feed_id: int) -> Memory:
        """Return what is remembered of a feed's last document."""
        with self._errors():
            return kin.memory(self._connection, feed_id)

    def aliases(self, feed_id: int, key: str) -> list[Alias]:
        """Return the other keys of an entry, oldest first."""
        with self._errors():
            return kin.aliases_of(self._connection, feed_id, key)

    def revisions(self, feed_id: int, key: str) -> list[Revision]:
        """Return the earlier texts of an entry that are kept, the latest first."""
        with self._errors():
            return kin.revisions(self._connection, feed_id, key)

    def character(self, feed_id: int) -> Character:
        """Return what a feed usually is like."""
        with self._errors():
            return character(self._connection, feed_id)

    def newest_dates(self) -> Mapping[int, datetime]:
        """Return where the newest shown entry of each subscribed feed stands, if it has any."""
        with self._errors():
            found = self._connection.execute(self._sql["newest_dates"])
            return {number: time for number, at in found if (time := rows.to_time(at))}

    def end_quarantine(self, feed_id: int, character: Character) -> None:
        """Note that a feed is what it is now, and no more suspected."""
        with self._transaction() as connection:
            learned = (feed_id, rows.to_json(character))
            connection.execute(self._sql["write_character"], learned)
            connection.execute(self._sql["write_quarantine"], (None, feed_id))

    def share_entries(self, feed_id: int, other_id: int) -> bool:
        """Return whether one of the newest entries of a feed is also in another one."""
        with self._errors():
            found = self._connection.execute(self._sql["share_entries"], (feed_id, other_id) * 2)
            return found.fetchone() is not None

    def apply(self, *changes: FeedChange) -> None:
        """Write everything that checks brought, one of each feed, in one transaction."""
        if not changes:
            return
        sql = self._sql
        checks = [rows.check_row(change.feed_id, change.check) for change in changes]
        fetches = [rows.fetch_row(change.feed_id, change.fetch) for change in changes]
        with self._transaction() as connection:
            connection.executemany(sql["write_check"], checks)
            connection.executemany(sql["write_fetch"], fetches)
            for change in changes:
                if change.info is not None:
                    writing.write_info(connection, change.feed_id, change.info)
                if change.pipeline is not None:
                    connection.execute(sql["write_pipeline"], (change.pipeline, change.feed_id))
                writing.write_character(connection, change)
                if change.entries:
                    writing.write_entries(connection, change)
                if change.amendments:
                    writing.amend(connection, change.amendments, change.check.at)
                kin.write_kin(connection, change)

    def amend(
        self,
        amendments: Iterable[Amendment],
        at: datetime,
        *,
        aliases: Mapping[int, Sequence[Alias]] | None = None,
        wrong: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        """Write how entries stand from now on, in one transaction; unknown ones are passed over."""
        with self._transaction() as connection:
            writing.amend(connection, amendments, at)
            for feed_id in {**(aliases or {}), **(wrong or {})}:
                added = (aliases or {}).get(feed_id, ())
                kin.write_aliases(connection, feed_id, added, (wrong or {}).get(feed_id, ()))

    def twins(self) -> SqliteTwins:
        """Return what is remembered of copies of posts in several feeds."""
        return self._twins

    def reading_lists(self) -> Mapping[str, ListState]:
        """Return how lists of feeds stand, by their address."""
        found = self._fact(_LISTS)
        return _to_lists(str(found)) if found else {}

    def keep_reading_lists(self, states: Mapping[str, ListState]) -> None:
        """Remember how lists stand; those that are not among ``states`` are forgotten."""
        with self._transaction() as connection:
            meta.write(connection, _LISTS, rows.to_json(states))

    def searches(self) -> SqliteSearches:
        """Return what is remembered of what the pages of filters show."""
        return self._searches

    def archive(self) -> SqliteArchive:
        """Return what is remembered of the days that have entries."""
        return self._archive

    def terms(self) -> SqliteTerms:
        """Return what is remembered of tags, authors and languages."""
        return self._terms

    def words(self) -> SqliteWords:
        """Return what is remembered of the published index of words."""
        return self._words

    def pictures(self) -> SqlitePictures:
        """Return the pictures that the site serves itself."""
        return self._pictures

    def waiting(self, now: datetime) -> list[Entry]:
        """Return the hidden entries whose time has come."""
        with self._errors():
            found = self._connection.execute(self._sql["waiting"], (rows.to_ticks(now),))
            return [rows.to_entry(row) for row in found]

    def hidden(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream hidden entries, newest first, of one feed or (0) of all there ever were."""
        with self._errors():
            if feed_id:
                found = self._connection.execute(self._sql["hidden_of_feed"], (feed_id,))
            else:
                found = self._connection.execute(self._sql["hidden_entries"])
            for row in found:
                yield rows.to_entry(row)

    def newest(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream shown entries, newest first, of one feed or (0) of all subscribed ones."""
        with self._errors():
            if feed_id:
                found = self._connection.execute(self._sql["newest_of_feed"], (feed_id,))
            else:
                found = self._connection.execute(self._sql["newest"])
            for row in found:
                yield rows.to_entry(row)

    def find(
        self, expression: str, *, now: datetime, feed_id: int = 0, shown: bool = False
    ) -> Iterator[Entry]:
        """Stream the entries that a filter takes, newest first, of one feed or (0) of all."""
        (asked,) = self._conditions([expression], self.feeds(), now)
        name = f"find{'_shown' if shown else ''}{'_of_feed' if feed_id else ''}"
        values = (*asked.values, feed_id) if feed_id else asked.values
        with self._errors():
            for row in self._connection.execute(
                self._sql[name].replace(CONDITION, asked.sql), values
            ):
                yield rows.to_entry(row)

    def sift(
        self, expressions: Sequence[str], feed: FeedState, *, now: datetime
    ) -> Iterator[Sifted]:
        """Stream all entries of a feed, each with what every filter says of it."""
        asked = self._conditions(expressions, [feed], now)
        columns = ", ".join(one.sql for one in asked) or "1"
        values = [value for one in asked for value in one.values]
        statement = self._sql["sift"].replace(CONDITION, columns)
        with self._errors():
            for row in self._connection.execute(statement, (*values, feed.id)):
                yield rows.to_sifted(row)

    def _conditions(
        self, expressions: Sequence[str], feeds: Sequence[FeedState], now: datetime
    ) -> list[Condition]:
        from ecliptic.store.sqlite import finding  # noqa: PLC0415 - most runs have no filter

        finding.teach(self._connection)
        return [finding.condition(text, feeds, now) for text in expressions]

    def write_sieves(self, marks: Mapping[int, str]) -> None:
        """Remember which filters the entries of feeds have been asked."""
        with self._transaction() as connection:
            written = ((mark, feed_id) for feed_id, mark in marks.items())
            connection.executemany(self._sql["write_sieves"], written)

    def is_new(self) -> bool:
        """Return whether the planet's first run is still to be finished."""
        return self._fact("settled") is None

    def settle(self) -> None:
        """Note that the planet's first run is finished."""
        with self._transaction() as connection:
            meta.write(connection, "settled", 1)

    def all_of(self, feed_id: int) -> Iterator[Entry]:
        """Stream all entries of a feed, shown and hidden, newest first."""
        with self._errors():
            for row in self._connection.execute(self._sql["all_of_feed"], (feed_id,)):
                yield rows.to_entry(row)

    def opined(self, feed_id: int) -> Iterator[Entry]:
        """Stream the entries of a feed with a note of what is thought of their topic."""
        with self._errors():
            for row in self._connection.execute(self._sql["opined"], (feed_id,)):
                yield rows.to_entry(row)

    def topics_mark(self) -> str:
        """Return which thresholds of topics the entries in store stand by, as it was noted."""
        return str(self._fact(_TOPICS) or "")

    def note_topics(self, mark: str) -> None:
        """Note which thresholds of topics the entries in store stand by."""
        with self._transaction() as connection:
            meta.write(connection, _TOPICS, mark)

    def noted(self, code: str) -> Iterator[Entry]:
        """Stream the entries of subscribed feeds with a note whose code begins so, newest first."""
        with self._errors():
            for row in self._connection.execute(self._sql["noted"], (f'"code":"{code}',)):
                yield rows.to_entry(row)

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return which entries of a feed were labelled, of ``keys``: ``True`` is on topic."""
        with self._errors():
            return labels.of_feed(self._connection, feed_id, keys)

    def write_topic_labels(self, given: Iterable[TopicLabel]) -> None:
        """Keep what the operator said of topics; entries that are not stored are passed over."""
        with self._transaction() as connection:
            labels.write(connection, given)

    def labelled(self) -> Iterator[tuple[Entry, bool]]:
        """Stream the entries that are labelled, or kept or dropped by hand."""
        with self._errors():
            yield from labels.labelled(self._connection)

    def revision(self) -> int:
        """Return a mark that moves whenever an entry is new or changed."""
        return int(self._fact("revision") or 0)

    def birth(self) -> str:
        """Return a name that no other state has, so that revisions of two are never confused."""
        return str(self._fact("birth"))

    def changed_at(self) -> datetime | None:
        """Return when the planet last changed, or ``None`` before its first entry."""
        return rows.to_time(self._fact("changed_at"))

    def count(self) -> int:
        """Return how many entries the subscribed feeds have in store."""
        with self._errors():
            return int(self._connection.execute(self._sql["count"]).fetchone()[0])

    def checks(self, feed_id: int) -> list[Check]:
        """Return the feed's ledger, newest first; the oldest lines are dropped."""
        with self._errors():
            found = self._connection.execute(self._sql["checks"], (feed_id,))
            return [rows.to_check(row) for row in found]

    def last_checks(self) -> dict[int, list[Check]]:
        """Return the last three lines of each subscribed feed's ledger, newest first."""
        found: dict[int, list[Check]] = {}
        with self._errors():
            for row in self._connection.execute(self._sql["last_checks"]):
                found.setdefault(row[10], []).append(rows.to_check(row))
        for checks in found.values():
            checks.sort(key=attrgetter("at"), reverse=True)
        return found

    def look_up(self, text: str) -> list[Entry]:
        """Return entries whose uid, link or own id is ``text`` (at most 20)."""
        with self._errors():
            try:
                found = self._connection.execute(self._sql["look_up"], {"text": text})
            except UnicodeEncodeError:  # a lone surrogate, which no row can hold
                return []
            return [rows.to_entry(row) for row in found]

    def pings(self) -> list[Ping]:
        """Return the outbox: how each of the planet's own feeds stands with its hub."""
        with self._errors():
            return [rows.to_ping(row) for row in self._connection.execute(self._sql["pings"])]

    def write_pings(self, pings: Iterable[Ping]) -> None:
        """Make the outbox hold exactly ``pings``, in one transaction."""
        with self._transaction() as connection:
            connection.execute(self._sql["forget_pings"])
            connection.executemany(self._sql["add_ping"], map(rows.ping_row, pings))

    def hub_subscriptions(self) -> list[HubSubscription]:
        """Return what was asked of the hubs of feeds, secrets and all."""
        with self._errors():
            found = self._connection.execute(self._sql["hub_subscriptions"])
            return [rows.hub_subscription(text) for (text,) in found]

    def write_hub_subscriptions(
        self, subscriptions: Iterable[HubSubscription], pushes: Mapping[int, Push]
    ) -> None:
        """Keep exactly these, and what they change for feeds, in one transaction."""
        kept = [(each.token, rows.to_json(each)) for each in subscriptions]
        states = [(rows.to_json(push), feed_id) for feed_id, push in pushes.items()]
        with self._transaction() as connection:
            connection.execute(self._sql["forget_hub_subscriptions"])
            connection.executemany(self._sql["add_hub_subscription"], kept)
            connection.executemany(self._sql["write_push"], states)

    def _fact(self, key: str) -> rows.Cell:
        with self._errors():
            return meta.read(self._connection, key)
