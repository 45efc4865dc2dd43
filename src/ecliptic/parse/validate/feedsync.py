"""FeedSync 1.0: a feed as a means of keeping two lists the same."""

from __future__ import annotations

from typing import Final

from ecliptic.parse.tree import Element
from ecliptic.parse.validate import addresses, dates, values
from ecliptic.parse.validate.rules import Check, Fault, Module, Note, module, rule

_MOST: Final = 2**31 - 1
_NUMBER: Final = values.integer(1, _MOST)
_NAME: Final = values.matching(
    r"(?:[A-Za-z0-9()+,.:=@;$_!*'/-]|%[0-9A-Fa-f]{2})+", "letters and digits, as in an URN"
)


def _ascii_full(value: str) -> Fault | None:
    return addresses.full(value) or (
        None if value.isascii() else Fault("check.bad_address", "it must be ASCII here")
    )


def _sharing(element: Element, note: Note) -> None:
    """Look at the window of a partial feed: both ends or none, in order (FeedSync, 2.2)."""
    since, until = element.get("since"), element.get("until")
    for there, other, name in ((since, until, "until"), (until, since, "since")):
        if there is not None and other is None:
            note("check.missing_attribute", "", name)
    if since and until and since > until:
        note("check.bad_value", since, "a time before that of until")


def _history(element: Element, note: Note) -> None:
    for name in ("when", "by"):
        if element.get(name) is None:
            note("check.missing_recommended", "", name)


_MOMENT: Final[Check] = dates.rfc3339

FEEDSYNC: Final[dict[str, Module]] = {
    "sx:sharing": module("feed", "?", rule("sx:related*", _sharing, attributes={
        "since": _MOMENT, "until": _MOMENT, "expires": _MOMENT,
    })),
    "sx:related": module("sharing", "*", rule(attributes={
        "link!": _ascii_full, "title": values.anything,
        "type!": values.one_of(("complete", "aggregated")),
    })),
    "sx:sync": module("entry", "?", rule("sx:history* sx:conflicts?", attributes={
        "id!": _NAME, "updates!": _NUMBER, "deleted": values.TRUE_FALSE,
        "noconflicts": values.TRUE_FALSE,
    })),
    "sx:history": module("sync", "*", rule("", _history, attributes={
        "sequence!": _NUMBER, "when": _MOMENT, "by": _NAME,
    })),
    "sx:conflicts": module("sync", "?", rule(place="any")),
}  # fmt: skip
