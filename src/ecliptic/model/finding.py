"""What a check found."""

from __future__ import annotations

from typing import Literal

import msgspec


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a check has to say, for people and for robots.

    An ``error`` keeps the thing from working, a ``warning`` should be mended
    some day, a ``note`` is good to know. ``line`` counts from 1; 0: no line.
    Of a setting, ``key`` is its name, ``found`` its value and ``allowed`` what
    it may be.
    """

    severity: Literal["error", "warning", "note"]
    code: str
    message: str
    where: str = ""
    line: int = 0
    key: str = ""
    found: str = ""
    allowed: str = ""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found; ``status`` is the exit status it deserves."""

    what: str
    verdict: str
    status: int
    findings: tuple[Finding, ...]
