"""Names and addresses: ``Jo (jo@example.com)`` and its relatives → a name and an address."""

from __future__ import annotations

import re
from typing import Final

from ecliptic.compat.result import FeedParserDict

_ADDRESS: Final = re.compile(
    r"[\w.+-]{1,64}@(?:\[\d{1,3}(?:\.\d{1,3}){3}\]|(?:[a-zA-Z0-9-]{1,63}\.){1,10}[a-zA-Z]{2,24})",
    re.ASCII,
)
_EMPTY_BRACKETS: Final = ("()", "<>", "&lt;&gt;")


def person_in(text: str) -> FeedParserDict:
    """Return the name and the address that a line of text gives."""
    person = FeedParserDict()
    found = _ADDRESS.search(text)
    name = text
    if found:
        name = name.replace(found[0], "").replace("mailto:", "")
        for brackets in _EMPTY_BRACKETS:
            name = name.replace(brackets, "")
        name = name.strip().removeprefix("(").removesuffix(")").strip()
        person["email"] = found[0]
    if name:
        person["name"] = name
    return person


def line_of(person: FeedParserDict) -> str:
    """Return a person as one line of text."""
    name, email = person.get("name"), person.get("email")
    return f"{name} ({email})" if name and email else str(name or email or "")
