"""What every store can do, whatever database is under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

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
from ecliptic.store.archive import ArchiveIndex
from ecliptic.store.pictures import PictureIndex
from ecliptic.store.searches import SearchIndex
from ecliptic.store.terms import TermIndex
from ecliptic.store.twins import TwinIndex
from ecliptic.store.words import WordIndex


class KnownEntries(Protocol):
    """The part of a store that deciding asks, open for reading only."""

    def known(self, feed_id: int, keys: Collection[str]) -> Mapping[str, KnownEntry]:
        """Return the stored entries of a feed that are known by one of ``keys``, by key.

        A key may be another one than the entry's own (``Alias``).
        """
        ...

    def relatives(self, feed_id: int, keys: Collection[str], recent: Collection[str]) -> Relatives:
        """Return what entries of unknown ``keys`` may be: those of ``recent`` keys, and the latest.

        There are a few hundred of them, however many the feed has.
        """
        ...

    def openings(self, feed_id: int, keys: Collection[str]) -> Mapping[str, str]:
        """Return how the texts of entries begin, as markup, by key: a few thousand characters."""
        ...

    def memory(self, feed_id: int) -> Memory:
        """Return what is remembered of a feed's last document."""
        ...

    def character(self, feed_id: int) -> Character:
        """Return what a feed usually is like."""
        ...

    def topic_labels(self, feed_id: int, keys: Collection[str]) -> Mapping[str, bool]:
        """Return which entries of a feed were labelled, of ``keys``: ``True`` is on topic."""
        ...


class Store(KnownEntries, Protocol):
    """One planet's memory. Every method raises ``StoreError`` when the file cannot be used."""

    def subscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Make the stored feeds those the operator lists, in that order; forget none.

        A feed that is listed by another of its addresses (``Move.names``) in
        place of the one it has is the same feed, and is renamed.
        """
        ...

    def feeds(self) -> list[FeedState]:
        """Return the subscribed feeds in the operator's order."""
        ...

    def share_entries(self, feed_id: int, other_id: int) -> bool:
        """Return whether one of the newest entries of a feed is also in another one."""
        ...

    def apply(self, *changes: FeedChange) -> None:
        """Write everything that checks brought, one of each feed, in one transaction."""
        ...

    def amend(
        self,
        amendments: Iterable[Amendment],
        at: datetime,
        *,
        aliases: Mapping[int, Sequence[Alias]] | None = None,
        wrong: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        """Write how entries stand from now on, in one transaction; unknown ones are passed over.

        So are, by feed, ``aliases`` of entries written, and ``wrong`` ones forgotten.
        """
        ...

    def aliases(self, feed_id: int, key: str) -> list[Alias]:
        """Return the other keys of an entry, oldest first."""
        ...

    def revisions(self, feed_id: int, key: str) -> list[Revision]:
        """Return the earlier texts of an entry that are kept, the latest first."""
        ...

    def twins(self) -> TwinIndex:
        """Return what is remembered of copies of posts in several feeds."""
        ...

    def reading_lists(self) -> Mapping[str, ListState]:
        """Return how lists of feeds stand, by their address."""
        ...

    def keep_reading_lists(self, states: Mapping[str, ListState]) -> None:
        """Remember how lists stand; those that are not among ``states`` are forgotten."""
        ...

    def searches(self) -> SearchIndex:
        """Return what is remembered of what the pages of filters show."""
        ...

    def archive(self) -> ArchiveIndex:
        """Return what is remembered of the days that have entries."""
        ...

    def terms(self) -> TermIndex:
        """Return what is remembered of tags, authors and languages."""
        ...

    def words(self) -> WordIndex:
        """Return what is remembered of the published index of words."""
        ...

    def pictures(self) -> PictureIndex:
        """Return the pictures that the site serves itself."""
        ...

    def waiting(self, now: datetime) -> list[Entry]:
        """Return the hidden entries whose time has come: ``hidden_until`` is not after ``now``."""
        ...

    def hidden(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream hidden entries, newest first, of one feed or (0) of all there ever were."""
        ...

    def newest(self, feed_id: int = 0) -> Iterator[Entry]:
        """Stream shown entries, newest first, of one feed or (0) of all subscribed ones.

        Order: ``shown_at`` falling; then by feed; inside a feed those seen
        later first, and those seen together as the document had them.
        """
        ...

    def find(
        self, expression: str, *, now: datetime, feed_id: int = 0, shown: bool = False
    ) -> Iterator[Entry]:
        """Stream the entries that a filter takes, newest first, of one feed or of all subscribed.

        Hidden ones are among them, unless only those are asked for that pages show.
        Raises ``FilterError`` for what is no filter.
        """
        ...

    def sift(
        self, expressions: Sequence[str], feed: FeedState, *, now: datetime
    ) -> Iterator[Sifted]:
        """Stream all entries of a feed, each with what every filter says of it."""
        ...

    def write_sieves(self, marks: Mapping[int, str]) -> None:
        """Remember which filters the entries of feeds have been asked (``FeedState.sieves``)."""
        ...

    def newest_dates(self) -> Mapping[int, datetime]:
        """Return where the newest shown entry of each subscribed feed stands, if it has any."""
        ...

    def end_quarantine(self, feed_id: int, character: Character) -> None:
        """Note that a feed is what it is now, and no more suspected."""
        ...

    def is_new(self) -> bool:
        """Return whether the planet's first run is still to be finished."""
        ...

    def settle(self) -> None:
        """Note that the planet's first run is finished."""
        ...

    def all_of(self, feed_id: int) -> Iterator[Entry]:
        """Stream all entries of a feed, shown and hidden, newest first."""
        ...

    def opined(self, feed_id: int) -> Iterator[Entry]:
        """Stream the entries of a feed with a note of what is thought of their topic."""
        ...

    def topics_mark(self) -> str:
        """Return which thresholds of topics the entries in store stand by, as it was noted."""
        ...

    def note_topics(self, mark: str) -> None:
        """Note which thresholds of topics the entries in store stand by."""
        ...

    def noted(self, code: str) -> Iterator[Entry]:
        """Stream the entries of subscribed feeds with a note whose code begins so, newest first."""
        ...

    def write_topic_labels(self, given: Iterable[TopicLabel]) -> None:
        """Keep what the operator said of topics; entries that are not stored are passed over."""
        ...

    def labelled(self) -> Iterator[tuple[Entry, bool]]:
        """Stream the entries that are labelled, or kept or dropped by hand: ``True`` is on topic.

        A label goes before what was said of hiding.
        """
        ...

    def revision(self) -> int:
        """Return a mark that moves whenever an entry that pages show is new or changed."""
        ...

    def birth(self) -> str:
        """Return a name that no other state has, so that revisions of two are never confused."""
        ...

    def changed_at(self) -> datetime | None:
        """Return when the planet last changed, or ``None`` before its first entry."""
        ...

    def count(self) -> int:
        """Return how many entries the subscribed feeds have in store."""
        ...

    def checks(self, feed_id: int) -> list[Check]:
        """Return the feed's ledger, newest first; the oldest lines are dropped."""
        ...

    def last_checks(self) -> Mapping[int, Sequence[Check]]:
        """Return the last three lines of each subscribed feed's ledger, newest first."""
        ...

    def look_up(self, text: str) -> list[Entry]:
        """Return entries whose uid, link or own id is ``text`` (at most 20)."""
        ...

    def pings(self) -> list[Ping]:
        """Return the outbox: how each of the planet's own feeds stands with its hub."""
        ...

    def write_pings(self, pings: Iterable[Ping]) -> None:
        """Make the outbox hold exactly ``pings``, in one transaction."""
        ...

    def hub_subscriptions(self) -> list[HubSubscription]:
        """Return what was asked of the hubs of feeds, secrets and all."""
        ...

    def write_hub_subscriptions(
        self, subscriptions: Iterable[HubSubscription], pushes: Mapping[int, Push]
    ) -> None:
        """Keep exactly these, and what they change for feeds, in one transaction."""
        ...

    def close(self) -> None:
        """Close the file; a closed store cannot be used again."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
