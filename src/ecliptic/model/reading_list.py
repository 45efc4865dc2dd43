"""A list of feeds that somebody else keeps, and the last copy of it that could be used."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from ecliptic.model.access import Access

ListKind: TypeAlias = Literal["", "opml", "foaf", "csv", "ini"]
"""The form of a list; it is found out where nothing is said."""


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """A list whose feeds the operator wants, wherever it goes.

    ``access`` is set where more than the address is needed to read it; ``line`` is
    where it stands in the configuration.
    """

    url: str
    kind: ListKind = ""
    line: int = 0
    access: Access | None = None


class ListedFeed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A feed as a list has it: nothing secret, and no file of this machine."""

    url: str
    name: str = ""
    link: str = ""
    extra: dict[str, str] = {}


class ListState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a list stands: ``feeds`` are those of the last good copy.

    ``code`` is ``""`` while all is well, else why the last answer was not used. The list
    is asked again at ``next_at``, and by nobody before ``retry_at``.
    """

    feeds: tuple[ListedFeed, ...] = ()
    etag: str = ""
    last_modified: str = ""
    validators_url: str = ""
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    next_at: datetime | None = None
    retry_at: datetime | None = None
    code: str = ""
    detail: str = ""
