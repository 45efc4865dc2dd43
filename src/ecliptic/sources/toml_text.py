"""The text of a TOML file, and the tables in it, not yet validated."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ecliptic.sources import files, findings

_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


def document(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a settings file and what TOML makes of it, not yet validated."""
    text = text_of(path)
    return text, tables_of(path, text)


def text_of(path: Path) -> str:
    """Return the text of a settings file; raises ``ConfigError`` when it is not UTF-8."""
    data = files.read(path).removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        found = f"byte 0x{data[problem.start]:02x}"
        message = f"{found} is not UTF-8, which TOML files must be"
        raise findings.single(path, "sources.bad_syntax", message, line=line) from problem


def tables_of(path: Path, text: str) -> dict[str, Any]:
    """Return what TOML makes of a text; raises ``ConfigError`` that names the line."""
    try:
        return tomllib.loads(text)
    except RecursionError as problem:
        raise findings.single(
            path, "sources.bad_syntax", "brackets are nested too deeply"
        ) from problem
    except ValueError as problem:  # TOMLDecodeError, or a number with too many digits
        words = str(problem)
        place = _PLACE.search(words)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = f"this is not TOML: {_PLACE.sub('', words)}"
        raise findings.single(path, "sources.bad_syntax", message, line=line) from problem
