"""The loops that a part of a Django template stands in, and what ``forloop`` tells of them."""

from __future__ import annotations

from typing import Final

from ecliptic.render.convert.converted import Unsayable

_TOLD: Final = {
    "counter": "index", "counter0": "index0", "revcounter": "revindex",
    "revcounter0": "revindex0", "first": "first", "last": "last",
}  # fmt: skip


class _Loop:
    def __init__(self, number: int) -> None:
        self.name = f"loop_{number}"
        self.is_named = False
        self.kept: list[str] = []


class Loops:
    """Loops from the outermost to the innermost.

    Jinja's ``loop`` is always the innermost: another one that is asked for gets a name.
    """

    def __init__(self) -> None:
        self._open: list[_Loop] = []
        self._numbers = 0

    def begin(self) -> None:
        """Go into a loop."""
        self._numbers += 1
        self._open.append(_Loop(self._numbers))

    def end(self) -> tuple[str, str]:
        """Leave a loop; return what must stand before it, and first in it."""
        loop = self._open.pop()
        before = "".join(f"{{% set {name} = changed() %}}" for name in loop.kept)
        return before, f"{{% set {loop.name} = loop %}}" if loop.is_named else ""

    def is_inside(self) -> bool:
        """Whether this is in a loop."""
        return bool(self._open)

    def watch(self) -> str:
        """Return a name for what tells, in the innermost loop, whether a value has changed."""
        if not self._open:
            raise Unsayable("{% ifchanged %} outside of a loop", "put it into one")
        self._numbers += 1
        name = f"changed_{self._numbers}"
        self._open[-1].kept.append(name)
        return name

    def told(self, parts: list[str]) -> str:
        """Return what ``forloop`` tells by a name; raises ``Unsayable``."""
        up = 0
        while parts[up : up + 1] == ["parentloop"]:
            up += 1
        rest = parts[up:]
        if up >= len(self._open) or len(rest) != 1 or rest[0] not in _TOLD:
            raise Unsayable(f"forloop.{'.'.join(parts)} is not known here", "mend it")
        if not up:
            return f"loop.{_TOLD[rest[0]]}"
        loop = self._open[-1 - up]
        loop.is_named = True
        return f"{loop.name}.{_TOLD[rest[0]]}"
