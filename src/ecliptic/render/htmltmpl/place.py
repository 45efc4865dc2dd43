"""What a variable stands in: text, an attribute, a script. Known from the template alone.

A value is written so that it cannot leave its place, whatever it holds.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Place: TypeAlias = Literal[
    "text", "quoted", "address", "handler", "bare", "bare_handler", "script", "comment", "cdata"
]

_OPENING: Final = re.compile(r"<!--|<!\[CDATA\[|<[A-Za-z/!?]")
_NAME: Final = re.compile(r"[^\s/>]*")
_TURN: Final = re.compile("[\"'>]")
_SCRIPT_END: Final = {
    element: re.compile(f"</{element}", re.IGNORECASE) for element in ("script", "style")
}
_ADDRESSES: Final = "href|src|action|formaction|data|poster|background|cite|srcset|xlink:href"
_ADDRESS: Final = re.compile(rf"(?:^|[\s\"'/<])(?:{_ADDRESSES})\s*=\s*[\"']?\s*$", re.IGNORECASE)
_IS_ADDRESS: Final = re.compile(_ADDRESSES, re.IGNORECASE)
_HANDLERS: Final = r"on\w+|style|srcdoc"
_IS_HANDLER: Final = re.compile(_HANDLERS, re.IGNORECASE)
_BARE_HANDLER: Final = re.compile(rf"[\s\"'](?:{_HANDLERS})\s*=\s*[^\s>]*$", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=]*)\s*=\s*$")
_HEAD: Final = 40
_PLACES: Final[dict[str, Place]] = {
    "text": "text", "tag": "bare", "script": "script", "comment": "comment", "cdata": "cdata",
}  # fmt: skip
_ENDS: Final = {"comment": "-->", "cdata": "]]>", '"': '"', "'": "'"}


class Position:
    """Follows a template's own text, and says what the next variable stands in."""

    def __init__(self) -> None:
        self._state = "text"
        self._element = ""
        self._behind = ""
        self._attribute = ""

    def mark(self) -> tuple[str, str, str, str]:
        """Return the position, to come back to it at the other branch of a choice."""
        return (self._state, self._element, self._behind, self._attribute)

    def back_to(self, mark: tuple[str, str, str, str]) -> None:
        """Go back to a position that ``mark`` gave."""
        self._state, self._element, self._behind, self._attribute = mark

    def after_value(self) -> None:
        """Note that a value stands here: what follows is not the head of an attribute."""
        self._behind = (self._behind + "x")[-_HEAD:]

    def place(self) -> Place:
        """Return what a variable stands in."""
        if self._state in {'"', "'"}:
            if _IS_HANDLER.fullmatch(self._attribute):
                return "handler"
            return "address" if _ADDRESS.search(self._behind) else "quoted"
        if self._state == "tag" and _BARE_HANDLER.search(self._behind):
            return "bare_handler"
        return _PLACES[self._state]

    def take(self, text: str) -> None:
        """Go on over a piece of the template's text."""
        at = 0
        while at < len(text):
            at = self._step(text, at)
        self._behind = (self._behind + text)[-_HEAD:]

    def _step(self, text: str, at: int) -> int:
        """Go to where the state changes next, and return the position behind it."""
        if self._state == "text":
            return self._into_markup(text, at)
        if self._state == "tag":
            return self._in_tag(text, at)
        if self._state == "script":
            match = _SCRIPT_END[self._element].search(text, at)
            if match is None:
                return len(text)
            self._state, self._element = "tag", ""
            return match.end()
        end = _ENDS[self._state]
        found = text.find(end, at)
        if found < 0:
            return len(text)
        self._state = "tag" if self._state in {'"', "'"} else "text"
        return found + len(end)

    def _into_markup(self, text: str, at: int) -> int:
        match = _OPENING.search(text, at)
        if match is None:
            return len(text)
        if match[0] == "<!--":
            self._state = "comment"
        elif match[0] == "<![CDATA[":
            self._state = "cdata"
        else:
            self._state = "tag"
            name = _NAME.match(text, match.end() - 1)
            self._element = name[0].lower() if name else ""
        return match.end()

    def _in_tag(self, text: str, at: int) -> int:
        match = _TURN.search(text, at)
        if match is None:
            return len(text)
        if match[0] == ">":
            self._state = "script" if self._element in _SCRIPT_END else "text"
        elif found := _ATTRIBUTE.search(self._behind + text[max(at - _HEAD, 0) : match.start()]):
            self._state = match[0]  # a quote elsewhere is a slip, which browsers pass over
            self._attribute = found[1]
        return match.end()


def attribute_place(name: str, *, is_first: bool) -> Place:
    """Return what a value stands in that is in an attribute, first or behind other text."""
    if _IS_HANDLER.fullmatch(name):
        return "handler"
    return "address" if is_first and _IS_ADDRESS.fullmatch(name) else "quoted"
