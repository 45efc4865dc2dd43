"""What is wrong with a settings file: one finding a problem, all of them at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NoReturn

import msgspec

from ecliptic.errors import ConfigError


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to say of a configuration, and where. ``line`` 0 means the whole file."""

    severity: Literal["error", "warning"] = "error"
    code: str
    message: str
    line: int = 0
    key: str = ""
    found: str = ""
    allowed: str = ""


def error(path: Path, findings: Iterable[Finding]) -> ConfigError:
    """Return one error that lists every finding, in the order of the file."""
    ordered = sorted(findings, key=lambda finding: finding.line)
    first = ordered[0]
    message = "\n".join(f"{place(path, finding.line)}: {finding.message}" for finding in ordered)
    return ConfigError(
        first.code,
        message,
        file=str(path),
        line=first.line,
        key=first.key,
        found=first.found,
        allowed=first.allowed,
        findings=tuple(ordered),
    )


def refuse(path: Path, code: str, message: str, *, line: int = 0) -> NoReturn:
    """Raise the error for a single problem."""
    raise error(path, [Finding(code=code, message=message, line=line)])


def of_error(problem: ConfigError) -> tuple[Finding, ...]:
    """Return the findings that an error was made of."""
    findings = problem.params.get("findings")
    if isinstance(findings, tuple):
        return findings
    return (Finding(code=problem.code, message=problem.message),)


def place(path: Path, line: int) -> str:
    """Return ``file:line`` in the form editors and robots understand."""
    return f"{path}:{line}" if line else str(path)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "…"?`` when a known word is close, else nothing."""
    close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def shown(value: object) -> str:
    """Return a value as an operator wrote it, short enough for one line."""
    text = f'"{value}"' if isinstance(value, str) else _literal(value)
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - one terminal line


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(shown(part) for part in value)}]"
    return str(value)
