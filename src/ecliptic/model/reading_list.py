"""A list of feeds that somebody else keeps, and the last copy of it that could be used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, TypeAlias

import msgspec

from ecliptic.model.access import Access

ACCOUNT_NAME: Final = "{foaf:accountName}"
"""What stands for the name of an account in the address of its feed, as in Venus."""

DEEPEST: Final = 3
MOST_REACHED: Final = 100
"""How far away the documents of others may be that one list leads to, and how many."""

_RULES: Final = 1

ListKind: TypeAlias = Literal["", "opml", "foaf", "csv", "ini"]
"""The form of a list; it is found out where nothing is said."""


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """A list whose feeds the operator wants, wherever it goes.

    Of the people of a FOAF document, the documents of those they know are read too, ``depth``
    steps away, and what they publish with the services of ``accounts``: these have by the page
    of a service the address of a feed, with ``ACCOUNT_NAME`` in it.

    ``access`` is set where more than the address is needed to read it; ``line`` is
    where it stands in the configuration.
    """

    url: str
    kind: ListKind = ""
    depth: int = 0
    accounts: dict[str, str] = {}
    line: int = 0
    access: Access | None = None

    @property
    def rules(self) -> str:
        """Return what its document is read by, beside its form; it is read anew when that moves."""
        return repr((_RULES, sorted(self.accounts.items())))


class ListedFeed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A feed as a list has it: nothing secret, and no file of this machine."""

    url: str
    name: str = ""
    link: str = ""
    extra: dict[str, str] = {}


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says that is a list: feeds, and addresses of ``further`` lists."""

    feeds: tuple[ListedFeed, ...]
    further: tuple[str, ...] = ()


class ListState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a list stands: ``feeds`` are those of the last good copy, ``further`` lists its too.

    ``code`` is ``""`` while all is well, else why the last answer was not used. The list
    is asked again at ``next_at``, and by nobody before ``retry_at``. ``rules`` are those that
    the copy was read by.
    """

    feeds: tuple[ListedFeed, ...] = ()
    further: tuple[str, ...] = ()
    etag: str = ""
    last_modified: str = ""
    validators_url: str = ""
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    next_at: datetime | None = None
    retry_at: datetime | None = None
    code: str = ""
    detail: str = ""
    rules: str = ""


def reached(wanted: ReadingList, states: Mapping[str, ListState]) -> list[ReadingList]:
    """Return a list, and those that it leads to as far as they are known, each once.

    Those come by their distance, and no more than ``MOST_REACHED`` of them.
    """
    found = {wanted.url: wanted}
    waiting = [wanted]
    for each in waiting:
        state = states.get(each.url)
        for url in state.further if state and each.depth else ():
            if url not in found and len(found) <= MOST_REACHED:
                found[url] = ReadingList(
                    url=url,
                    kind=each.kind,
                    depth=each.depth - 1,
                    accounts=each.accounts,
                    line=each.line,
                )
                waiting.append(found[url])
    return waiting
