"""The statements of ``queries.sql``, by name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_PART: Final = re.compile(r"^-- (columns|name): (\w+)$", re.MULTILINE)
_COLUMNS: Final = re.compile(r"\{(\w+)\}")


CONDITION: Final = "1 /* condition */"
"""What in a statement gives way to a filter."""


@cache
def queries() -> dict[str, str]:
    """Return every statement by its name; ``{entry}`` in it stands for the columns so named."""
    _, *parts = _PART.split(Path(__file__).with_name("queries.sql").read_text("utf-8"))
    columns: dict[str, str] = {}
    statements: dict[str, str] = {}
    for kind, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if kind == "columns":
            columns[name] = text.strip()
        else:
            statement = _COLUMNS.sub(lambda found: columns[found[1]], text)
            statements[name] = statement.strip().rstrip(";")
    return statements
