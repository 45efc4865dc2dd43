"""Findings as they are made → few enough to be read: the same ones folded, the rest counted."""

from __future__ import annotations

from typing import Final

import msgspec

from ecliptic.model.codes import words
from ecliptic.model.finding import Finding
from ecliptic.parse.validate.severity import severity_of

MOST: Final = 100
"""How many findings a document has; it would take a day to mend more."""

_LONGEST: Final = 80


class _Kept(msgspec.Struct):
    finding: Finding
    count: int = 1


class Report:
    """Collects what is found; of the same kind at the same element, the first with a count."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str, str], _Kept] = {}
        self._dropped = 0

    def note(
        self,
        code: str,
        *,
        line: int = 0,
        what: str = "",
        parent: str = "",
        found: str = "",
        detail: str = "",
    ) -> None:
        """Keep a finding; ``what`` is the element or attribute it is about."""
        found = shortened(found)
        key = (code, what, parent, detail)
        if key in self._kept:
            self._kept[key].count += 1
        elif len(self._kept) >= MOST:
            self._dropped += 1
        else:
            params = {"what": what, "parent": parent, "found": found, "detail": detail}
            self._kept[key] = _Kept(
                Finding(
                    severity=severity_of(code),
                    code=code,
                    message=words(code, params),
                    line=line,
                    key=what,
                    found=found,
                )
            )

    def findings(self) -> tuple[Finding, ...]:
        """Return what was kept, in the order of the document."""
        found = [_counted(kept) for kept in self._kept.values()]
        found.sort(key=lambda finding: finding.line)
        if self._dropped:
            code = "check.more"
            message = words(code, {"detail": f"{self._dropped:,}"})
            found.append(Finding(severity=severity_of(code), code=code, message=message))
        return tuple(found)


def _counted(kept: _Kept) -> Finding:
    if kept.count == 1:
        return kept.finding
    message = f"{kept.finding.message} ({kept.count:,} times, first here)"
    return msgspec.structs.replace(kept.finding, message=message)


def shortened(text: str) -> str:
    """Return a value as it can be shown in a line."""
    text = " ".join(text[: 4 * _LONGEST].split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
