"""What is wrong with a settings file: one finding a problem, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from ecliptic.errors import ConfigError
from ecliptic.model.finding import Finding


def error(path: Path, findings: Iterable[Finding]) -> ConfigError:
    """Return one error that lists every finding, in the order of the file."""
    ordered = [
        msgspec.structs.replace(finding, where=str(path))
        for finding in sorted(findings, key=lambda finding: finding.line)
    ]
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


def single(path: Path, code: str, message: str, *, line: int = 0) -> ConfigError:
    """Return the error for one problem."""
    return error(path, [Finding(severity="error", code=code, message=message, line=line)])


def of_error(problem: ConfigError) -> tuple[Finding, ...]:
    """Return the findings that an error was made of."""
    findings = problem.params.get("findings")
    if isinstance(findings, tuple):
        return findings
    return (Finding(severity="error", code=problem.code, message=problem.message),)


def place(path: Path, line: int) -> str:
    """Return ``file:line`` in the form editors and robots understand."""
    return f"{path}:{line}" if line else str(path)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "…"?`` when a known word is close, else nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is misspelt

    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
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
