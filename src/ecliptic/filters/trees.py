"""What a regular expression means: a tree, and what can be told from it about any text."""

from __future__ import annotations

from typing import Final

import msgspec

ENDLESS: Final = 1 << 20
"""A number of ways or steps that stands for any larger one."""


class Tree(msgspec.Struct, frozen=True):
    """A part of a pattern."""

    @property
    def source(self) -> str:
        """The part as a pattern for Python, to be compiled with ``re.IGNORECASE``."""
        raise NotImplementedError

    @property
    def places(self) -> int:
        """How many characters it names when its repetitions are written out."""
        raise NotImplementedError

    @property
    def can_be_empty(self) -> bool:
        """Whether it can be found where there is no character at all."""
        raise NotImplementedError

    @property
    def firsts(self) -> frozenset[str]:
        """The characters, as patterns, with which a match can begin."""
        return frozenset()

    @property
    def looks_around(self) -> bool:
        """Whether it asks what stands before or behind."""
        return False

    @property
    def effort(self) -> Effort:
        """Bounds for what ``re`` may do from one place of any text."""
        return Effort(1, 1)


class Effort(msgspec.Struct, frozen=True):
    """How many ways there are to match, and how many steps it takes to try them all."""

    ways: int
    steps: int

    def then(self, other: Effort) -> Effort:
        """Return the effort of two parts: the second is tried for each way of the first."""
        return Effort(
            min(self.ways * other.ways, ENDLESS), min(self.steps + self.ways * other.steps, ENDLESS)
        )


class Char(Tree, frozen=True):
    r"""One character: a letter, ``.``, ``\d``, ``[a-z]``; ``written`` is as it was."""

    written: str
    any_case: bool

    @property
    def source(self) -> str:
        """The character, as Python reads it."""
        return self.written if self.any_case else f"(?-i:{self.written})"

    @property
    def places(self) -> int:
        """One."""
        return 1

    @property
    def can_be_empty(self) -> bool:
        """No."""
        return False

    @property
    def firsts(self) -> frozenset[str]:
        """Itself."""
        return frozenset({self.source})


class Mark(Tree, frozen=True):
    """A place between characters: ``^ $ A Z b B``."""

    kind: str

    @property
    def source(self) -> str:
        """The mark, as Python reads it."""
        return self.kind if self.kind in "^$" else f"\\{self.kind}"

    @property
    def places(self) -> int:
        """None."""
        return 0

    @property
    def can_be_empty(self) -> bool:
        """Yes."""
        return True


class Row(Tree, frozen=True):
    """Parts one after the other."""

    parts: tuple[Tree, ...]

    @property
    def source(self) -> str:
        """The parts."""
        return "".join(part.source for part in self.parts)

    @property
    def places(self) -> int:
        """Those of all parts."""
        return sum(part.places for part in self.parts)

    @property
    def can_be_empty(self) -> bool:
        """Whether all parts can."""
        return all(part.can_be_empty for part in self.parts)

    @property
    def firsts(self) -> frozenset[str]:
        """Those of the first part, and of the next one as long as a part can be empty."""
        found: frozenset[str] = frozenset()
        for part in self.parts:
            found |= part.firsts
            if not part.can_be_empty:
                break
        return found

    @property
    def looks_around(self) -> bool:
        """Whether one part does."""
        return any(part.looks_around for part in self.parts)

    @property
    def effort(self) -> Effort:
        """That of the parts, one after the other."""
        effort = Effort(1, 0)
        for part in self.parts:
            effort = effort.then(part.effort)
        return effort


class Choice(Tree, frozen=True):
    """One of several parts."""

    parts: tuple[Tree, ...]

    @property
    def source(self) -> str:
        """The parts, in a group."""
        return f"(?:{'|'.join(part.source for part in self.parts)})"

    @property
    def places(self) -> int:
        """Those of all parts."""
        return sum(part.places for part in self.parts)

    @property
    def can_be_empty(self) -> bool:
        """Whether one part can."""
        return any(part.can_be_empty for part in self.parts)

    @property
    def firsts(self) -> frozenset[str]:
        """Those of all parts."""
        return frozenset[str]().union(*(part.firsts for part in self.parts))

    @property
    def looks_around(self) -> bool:
        """Whether one part does."""
        return any(part.looks_around for part in self.parts)

    @property
    def effort(self) -> Effort:
        """That of all parts together."""
        efforts = [part.effort for part in self.parts]
        return Effort(
            min(sum(each.ways for each in efforts), ENDLESS),
            min(sum(each.steps for each in efforts), ENDLESS),
        )


class Repeat(Tree, frozen=True):
    """A part several times; ``most`` is ``None`` where there is no bound."""

    part: Tree
    least: int
    most: int | None

    @property
    def source(self) -> str:
        """The part in a group, counted."""
        most = "" if self.most is None else self.most
        return f"(?:{self.part.source}){{{self.least},{most}}}"

    @property
    def places(self) -> int:
        """Those of the part, as often as it may be there, or must be if there is no bound."""
        return self.part.places * max(self.least + 1 if self.most is None else self.most, 1)

    @property
    def can_be_empty(self) -> bool:
        """Whether it may be there no times."""
        return self.least == 0 or self.part.can_be_empty

    @property
    def firsts(self) -> frozenset[str]:
        """Those of the part."""
        return frozenset() if self.most == 0 else self.part.firsts

    @property
    def looks_around(self) -> bool:
        """Whether the part does."""
        return self.part.looks_around

    @property
    def effort(self) -> Effort:
        """Endless without a bound; else that of each number of times."""
        if self.most is None:
            return Effort(ENDLESS, ENDLESS)
        once, effort = self.part.effort, Effort(1, 0)
        for _ in range(self.least):
            effort = effort.then(once)
        ways = effort.ways
        for _ in range(self.most - self.least):
            effort = effort.then(once)
            ways = min(ways + effort.ways, ENDLESS)
        return Effort(ways, effort.steps)


class Look(Tree, frozen=True):
    """What must, or must not, stand before or behind: ``(?= (?! (?<= (?<!``."""

    opening: str
    part: Tree

    @property
    def source(self) -> str:
        """The look, as Python reads it."""
        return f"{self.opening}{self.part.source})"

    @property
    def places(self) -> int:
        """Those of what is looked for."""
        return self.part.places

    @property
    def can_be_empty(self) -> bool:
        """Yes: it takes no character."""
        return True

    @property
    def looks_around(self) -> bool:
        """Yes."""
        return True

    @property
    def effort(self) -> Effort:
        """The steps of what is looked for; it is looked for once."""
        return Effort(1, self.part.effort.steps)
