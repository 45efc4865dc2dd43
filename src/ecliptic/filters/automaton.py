"""Finding a pattern in one walk over the text, whatever the two look like.

Python's ``re`` tries one way after the other, and a text that was made for it can have
it try for years. This keeps all ways in mind at once (Thompson, 1968) and remembers
where each character led, so it costs a look into a table for each character. It only
says whether there is a match, which is all that a filter asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from ecliptic.filters.trees import Char, Choice, Mark, Repeat, Row, Tree

_MOST_STATES: Final = 2_000
"""States remembered before all are forgotten: they are found again when needed."""

_Place: TypeAlias = int
_FOUND: Final = 0
"""The place behind the whole pattern."""


class _State:
    """A set of places where a match may go on, and where each character leads from them."""

    __slots__ = ("before", "moves", "places")

    def __init__(self, places: frozenset[_Place], before: str) -> None:
        self.places = places
        self.before = before
        self.moves: dict[str, _State | None] = {}


class Automaton:
    """A pattern that cannot be empty, ready to be looked for."""

    def __init__(self, tree: Tree) -> None:
        self._chars: dict[_Place, tuple[Callable[[str], bool], _Place]] = {}
        self._marks: dict[_Place, tuple[str, _Place]] = {}
        self._forks: dict[_Place, tuple[_Place, ...]] = {}
        self._next_place = _FOUND + 1
        self._start = self._add(tree, _FOUND)
        self._first = re.compile("|".join(sorted(tree.firsts)), re.IGNORECASE)
        self._states: dict[tuple[frozenset[_Place], str], _State] = {}

    def search(self, text: str) -> bool:
        """Return whether the pattern is found in ``text``."""
        first, state, place, last = self._first, self._state(frozenset(), ""), 0, len(text) - 1
        while place < last:
            if not state.places:
                found = first.search(text, place)
                if found is None:
                    return False
                if found.start() > place:
                    place = found.start()
                    state = self._state(state.places, _kind(text[place - 1]))
                    continue
            char = text[place]
            try:
                following = state.moves[char]
            except KeyError:
                following = self._move(state, char)
            if following is None:
                return True
            state, place = following, place + 1
        return self._ends(state, text[last:])

    def _ends(self, state: _State, char: str) -> bool:
        """Return whether a match ends with, or before, the last character."""
        for char_is_last in (True, False) if char else (False,):
            here = char if char_is_last else ""
            reached = self._reached(state, here, is_last=char_is_last)
            if _FOUND in reached:
                return True
            state = _State(self._stepped(reached, here), _kind(here)) if here else state
        return False

    def _move(self, state: _State, char: str) -> _State | None:
        reached = self._reached(state, char, is_last=False)
        following = None
        if _FOUND not in reached:
            following = self._state(self._stepped(reached, char), _kind(char))
        state.moves[char] = following
        return following

    def _state(self, places: frozenset[_Place], before: str) -> _State:
        state = self._states.get((places, before))
        if state is None:
            if len(self._states) >= _MOST_STATES:
                for each in self._states.values():  # they refer to each other in circles
                    each.moves.clear()
                self._states.clear()
            state = self._states[places, before] = _State(places, before)
        return state

    def _stepped(self, reached: Iterable[_Place], char: str) -> frozenset[_Place]:
        chars = self._chars
        return frozenset(
            chars[place][1] for place in reached if place in chars and chars[place][0](char)
        )

    def _reached(self, state: _State, char: str, *, is_last: bool) -> set[_Place]:
        """Return every place that is reached before ``char`` (``""``: the text's end) is read."""
        reached: set[_Place] = set()
        waiting = [self._start, *state.places]
        while waiting:
            place = waiting.pop()
            if place in reached:
                continue
            reached.add(place)
            if place in self._forks:
                waiting += self._forks[place]
            elif place in self._marks:
                kind, behind = self._marks[place]
                if _holds(kind, state.before, char, is_last=is_last):
                    waiting.append(behind)
        return reached

    def _add(self, tree: Tree, behind: _Place) -> _Place:
        """Add the places of a tree that goes on at ``behind``; return where it begins."""
        match tree:
            case Char():
                place = self._new()
                self._chars[place] = (_meets(tree.source), behind)
                return place
            case Mark():
                place = self._new()
                self._marks[place] = (tree.kind, behind)
                return place
            case Row():
                for part in reversed(tree.parts):
                    behind = self._add(part, behind)
                return behind
            case Choice():
                return self._fork(self._add(part, behind) for part in tree.parts)
            case Repeat():
                return self._add_repeat(tree, behind)
            case _:
                raise TypeError(f"cannot be found in one walk: {tree!r}")

    def _add_repeat(self, tree: Repeat, behind: _Place) -> _Place:
        start = behind
        if tree.most is None:
            start = self._new()
            self._forks[start] = (behind,)
            self._forks[start] = (self._add(tree.part, start), behind)
        else:
            for _ in range(tree.most - tree.least):
                start = self._fork((self._add(tree.part, start), behind))
        for _ in range(tree.least):
            start = self._add(tree.part, start)
        return start

    def _fork(self, ways: Iterable[_Place]) -> _Place:
        ways = tuple(ways)
        place = self._new()
        self._forks[place] = ways
        return place

    def _new(self) -> _Place:
        self._next_place += 1
        return self._next_place


def _kind(char: str) -> str:
    """Return what a mark must know of the character before it."""
    return "w" if char.isalnum() or char == "_" else "-"


def _holds(kind: str, before: str, char: str, *, is_last: bool) -> bool:
    """Whether a mark holds between a character of kind ``before`` and ``char``."""
    match kind:
        case "^" | "A":
            return not before
        case "Z":
            return not char
        case "$":
            return not char or (char == "\n" and is_last)
        case _:
            is_edge = (before == "w") != (bool(char) and _kind(char) == "w")
            return is_edge == (kind == "b")


@lru_cache(maxsize=1_024)
def _meets(one: str) -> Callable[[str], bool]:
    """Return whether a character is the one that a pattern asks for, as ``re`` sees it."""
    matches = re.compile(one, re.IGNORECASE).match
    known: dict[str, bool] = {}

    def meets(char: str) -> bool:
        answer = known.get(char)
        if answer is None:
            answer = known[char] = matches(char) is not None
        return answer

    return meets
