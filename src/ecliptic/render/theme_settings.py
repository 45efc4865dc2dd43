"""The ``theme.toml`` of a theme folder: which theme it builds on."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from ecliptic.errors import RenderError
from ecliptic.model.paths import SHIPPED_THEMES

_ALLOWED: Final = "allowed: extends = " + ", ".join(f'"{name}"' for name in SHIPPED_THEMES)
_place = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)\Z")


def base_named(file: str, data: bytes) -> str:
    """Return the theme that one builds on; ``RenderError`` names the file and line of a fault."""
    try:
        text = data.decode("utf-8")
        settings = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(file, line, "this is not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        place = _place.search(str(error))
        line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
        raise _fault(file, line, f"{_place.sub('', str(error))}; {_ALLOWED}") from error
    for key, value in settings.items():
        if key != "extends":
            raise _fault(file, _line_of(key, text), f"unknown key {key!r}; {_ALLOWED}")
        if value not in SHIPPED_THEMES:
            raise _fault(file, _line_of(key, text), f"extends is {value!r}; {_ALLOWED}")
    return str(settings.get("extends", "default"))


def _line_of(key: str, text: str) -> int:
    """Return the line on which a key or table stands, 1 for one that is written unusually."""
    found = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _fault(file: str, line: int, said: str) -> RenderError:
    return RenderError("render.theme", f"{file}:{line}: {said}", file=file, line=line)
