"""What is said of a setting, once, for all who need to know."""

from __future__ import annotations

import msgspec

from ecliptic.sources.kinds import Kind


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One key: the kind of its value, its default, an example and a line of words.

    A key without an ``example`` is shown with its default.
    """

    key: str
    kind: Kind
    words: str
    default: object = ""
    example: object = None
    required: bool = False
