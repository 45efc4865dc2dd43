"""The service and category documents of AtomPub (RFC 5023, 7 and 8)."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, atom, values
from ecliptic.parse.validate.rules import Format, Note, prefixed, rule


def _categories(element: Element, note: Note) -> None:
    """Look at a list of categories, which is here or elsewhere (RFC 5023, 7.2.1)."""
    if element.get("href") is None:
        return
    if len(element):
        note("check.here_and_elsewhere", "", "its own categories")
    for name in ("fixed", "scheme"):
        if element.get(name) is not None:
            note("check.here_and_elsewhere", "", f"the attribute {name}")


RULES: Final = {
    **prefixed("app", {
        "service": rule("workspace+", place="app"),
        "workspace": rule("atom:title! collection* atom:category*", place="app"),
        "collection": rule("atom:title! accept* categories* atom:id?", place="app",
            attributes={"href!": addresses.reference}),
        "accept": rule(text=values.anything, may_be_empty=True),
        "categories": rule("atom:category*", _categories, place="app", attributes={
            "fixed": values.YES_NO, "scheme": addresses.full, "href": addresses.reference,
        }),
    }),
    **{name: atom.RULES[name] for name in ("atom:title", "atom:category", "atom:id")},
}  # fmt: skip

SERVICE: Final = Format("app:service", RULES, frozenset({"app"}))
CATEGORIES: Final = Format("app:categories", RULES, frozenset({"app"}))
