"""Which entries are filed under which tags, authors and languages, and which of these changed.

As with the archive, nothing is done for it when entries are written: publishing looks at
what has a revision later than the last time.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final, TypeAlias

import msgspec

from ecliptic.model.archive import Stretch
from ecliptic.model.entry import Entry
from ecliptic.model.terms import NEWEST, OF_PART, Labels, Term, TermName, TermPart
from ecliptic.store.sqlite import meta, rows, spans
from ecliptic.store.sqlite.file import Access
from ecliptic.store.sqlite.queries import queries

_MARK: Final = "terms"
_MOST_BEHIND: Final = 1_000

_Place: TypeAlias = tuple[int, int, int, int]
"""Where an entry stands: under which term, in which year, when, and its row."""


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which revision entries were looked at, by which rules, and how feeds looked."""

    rules: str = ""
    revision: int = -1
    edition: int = 0
    faces: Mapping[int, str] = {}


_to_mark: Final = msgspec.json.Decoder(_Mark).decode


class SqliteTerms:
    """The ``TermIndex`` over SQLite; see ``store.terms`` for what its methods promise."""

    def __init__(self, reading: Access, writing: Access) -> None:
        self._reading = reading
        self._writing = writing
        self._sql = queries()

    def bring_up(
        self,
        rules: str,
        faces: Mapping[int, str],
        terms_of: Callable[[Labels], Iterable[TermName]],
        year_of: Callable[[datetime], int],
    ) -> None:
        """Bring the terms up to date."""
        with self._reading() as connection:
            found, revision = meta.read(connection, _MARK), meta.read(connection, "revision")
        before = _to_mark(found) if found else _Mark()
        after = _Mark(
            rules=rules, revision=int(revision or 0), edition=before.edition + 1, faces=faces
        )
        if (before.rules, before.revision, before.faces) != (rules, after.revision, faces):
            with self._writing() as connection:
                if before.rules != rules:
                    for name in ("term_forget_places", "term_forget_all_parts", "term_forget_all"):
                        connection.execute(self._sql[name])
                    before = _Mark(edition=before.edition, faces=faces)
                _Filing(connection, after, terms_of, year_of).look(before)
                meta.write(connection, _MARK, rows.to_json(after))

    def terms(self, least: int) -> list[Term]:
        """Return the terms of as many entries, as they were brought up to date last."""
        with self._reading() as connection:
            found = connection.execute(self._sql["terms"], (least,)).fetchall()
            divided = connection.execute(self._sql["terms_in_parts"], (NEWEST,)).fetchall()
        parts = {
            term: tuple(_part(*row) for _, *row in each)
            for term, each in groupby(divided, key=lambda row: row[0])
        }
        return [_term(row, parts.get(row[0], ())) for row in found]

    def counts(
        self, terms: Collection[int], bounds: Sequence[datetime]
    ) -> dict[int, tuple[int, ...]]:
        """Count the entries of terms from each bound to the next."""
        asked = (rows.to_json(sorted(terms)), spans.to_json(bounds))
        with self._reading() as connection:
            return spans.gathered(connection.execute(self._sql["term_counts"], asked))

    def newest(self, term: int) -> Iterator[Entry]:
        """Stream the entries of a term, newest first."""
        yield from self._ask("term_newest", term)

    def entries(self, term: int, stretch: Stretch) -> Iterator[Entry]:
        """Stream what a page of one year of a term shows, oldest first."""
        limit = stretch.limit or -1
        yield from self._ask("term_stretch", term, stretch.first.year, limit, stretch.skip)

    def of(self, entry: Entry) -> frozenset[int]:
        """Return the terms that an entry is filed under."""
        with self._reading() as connection:
            found = connection.execute(self._sql["terms_of"], (entry.feed_id, entry.key))
            return frozenset(term for (term,) in found)

    def _ask(self, name: str, *values: int) -> Iterator[Entry]:
        with self._reading() as connection:
            for row in connection.execute(self._sql[name], values):
                yield rows.to_entry(row)


class _Filing:
    """One look at the entries that may be filed otherwise than before."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        after: _Mark,
        terms_of: Callable[[Labels], Iterable[TermName]],
        year_of: Callable[[datetime], int],
    ) -> None:
        self._connection = connection
        self._sql = queries()
        self._after = after
        self._terms_of = terms_of
        self._year_of = year_of
        self._rows: dict[TermName, int] = {}
        self._edited: set[_Place] = set()
        self._moved: set[_Place] = set()

    def look(self, before: _Mark) -> None:
        """File anew what changed after ``before``, and count what that touches."""
        others = before.faces.items() ^ self._after.faces.items()
        feeds = rows.to_json(sorted({feed_id for feed_id, _ in others}))
        self._edited |= set(self._execute("term_of_copies", feeds))
        for asked in (("term_revised", before.revision), ("term_of_feeds", feeds)):
            for entry in self._execute(*asked).fetchall():
                self._file(entry)
        changed_at = meta.read(self._connection, "changed_at") or 0
        touched = sorted({place[:2] for place in self._edited | self._moved})
        edited, moved = (_by_year(places) for places in (self._edited, self._moved))
        for term, year in touched:
            self._part(
                term, year, edited[term, year], min(moved[term, year], default=None), changed_at
            )
        terms = sorted({term for term, _ in touched})
        self._many("term_move", [(self._after.edition, changed_at, term) for term in terms])
        self._many("term_forget_empty", [(term,) for term in terms])

    def _part(
        self,
        term: int,
        year: int,
        edited: Iterable[tuple[int, int]],
        moved: tuple[int, int] | None,
        changed_at: rows.Cell,
    ) -> None:
        """Note the parts of a year that show what was edited, and all from what came or went."""
        of_year = (term, year)
        entries = self._number("term_count", *of_year)
        parts = -(-entries // OF_PART)
        known = self._number("term_parts", *of_year)
        new = {1 + self._rank(of_year, place, entries) // OF_PART for place in edited}
        if moved is not None:
            first = 1 + self._rank(of_year, moved, entries) // OF_PART
            new |= set(range(min(first, known + 1), parts + 1))
        self._many(
            "term_write_part",
            [
                (
                    *of_year,
                    part,
                    min(OF_PART, entries - (part - 1) * OF_PART),
                    self._after.edition,
                    changed_at,
                )
                for part in sorted(new)
                if part <= parts
            ],
        )
        self._execute("term_forget_parts", *of_year, parts)

    def _rank(self, of_year: tuple[int, int], place: tuple[int, int], entries: int) -> int:
        """Return how many entries of a year stand before a place."""
        behind = self._number("term_behind", *of_year, *place, _MOST_BEHIND)
        if behind < _MOST_BEHIND:
            return entries - behind
        return self._number("term_rank", *of_year, *place)

    def _file(self, row: rows.Row) -> None:
        """File an entry where it belongs, and note where it stood and stands."""
        held: set[_Place] = set(self._execute("term_places", row[0]))
        places = set(self._places(row))
        self._many("term_remove", held - places)
        self._many("term_place", places - held)
        self._moved |= held ^ places
        self._edited |= held & places

    def _places(self, row: rows.Row) -> Iterator[_Place]:
        number, feed_id, shown_at, is_shown, told = row
        moment = rows.to_time(shown_at)
        if not is_shown or feed_id not in self._after.faces or moment is None:
            return
        details = rows.details(told)
        labels = Labels(
            feed_id=feed_id,
            categories=details.categories,
            authors=details.authors,
            language=details.language,
        )
        year = self._year_of(moment)
        for name in self._terms_of(labels):
            yield self._row(name), year, shown_at, number

    def _row(self, name: TermName) -> int:
        """Return the number of a term; of its spellings the first of the alphabet is kept."""
        known = self._rows.get(name)
        if known is None:
            (known,) = self._execute("term_row", name.taxonomy, name.key, name.name).fetchone()
            self._rows[name] = known
        return known

    def _execute(self, name: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(self._sql[name], values)

    def _number(self, name: str, *values: object) -> int:
        (number,) = self._execute(name, *values).fetchone()
        return int(number)

    def _many(self, name: str, values: Iterable[tuple[rows.Cell, ...]]) -> None:
        self._connection.executemany(self._sql[name], values)


def _by_year(places: Iterable[_Place]) -> defaultdict[tuple[int, int], list[tuple[int, int]]]:
    """Return places by term and year."""
    found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for term, year, shown_at, entry in places:
        found[term, year].append((shown_at, entry))
    return found


def _term(row: rows.Row, parts: tuple[TermPart, ...]) -> Term:
    number, taxonomy, key, name, entries, edition, at = row
    return Term(
        row=number,
        name=TermName(taxonomy=taxonomy, key=key, name=name),
        entries=entries,
        edition=edition,
        changed_at=rows.to_time(at or None),
        parts=parts,
    )


def _part(year: int, part: int, entries: int, edition: int, at: int) -> TermPart:
    changed_at = rows.to_time(at or None)
    return TermPart(year=year, part=part, entries=entries, edition=edition, changed_at=changed_at)
