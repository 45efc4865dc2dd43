"""What commands print with ``--json``: the record of each, and the page that tells of them."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from ecliptic.engine.importing import Brought
from ecliptic.flows.adding import Added
from ecliptic.flows.curating import EntryStands
from ecliptic.flows.explaining import Explained
from ecliptic.flows.filtering import Tried
from ecliptic.flows.listed import DeadFeed, Listed, Moved
from ecliptic.flows.releasing import Released
from ecliptic.flows.reviewing import Applied, Labelled, Waiting
from ecliptic.flows.showing import EntryText
from ecliptic.flows.teaching import Assessed, Taught
from ecliptic.flows.why import Answer
from ecliptic.model.finding import Checked
from ecliptic.model.parsed import ParsedFeed

PRINTED: Final[Mapping[tuple[str, ...], Any]] = {
    ("why",): Answer,
    ("check", "theme check"): Checked,
    ("parse",): ParsedFeed,
    ("feeds list",): list[Listed],
    ("feeds add",): Added,
    ("feeds moved",): list[Moved],
    ("feeds release",): list[Released],
    ("feeds dead",): list[DeadFeed],
    tuple(f"entries {name}" for name in ("list", "hide", "unhide", "merge", "split")): list[
        EntryStands
    ],
    ("entries show",): EntryText,
    ("filter test",): Tried,
    ("topics label",): Labelled,
    ("topics train",): Taught,
    ("topics evaluate",): Assessed,
    ("topics explain",): list[Explained],
    ("topics review",): list[Waiting],
    ("topics apply",): Applied,
    ("import",): Brought,
}
"""Of each command that prints one; the summary of a run has a page of its own."""

DONE: Final = ("feeds remove", "feeds pause", "feeds resume")
"""Commands that print what they did, and to which feed."""

_NAMES: Final[Mapping[Any, str]] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "time",
    bytes: "text",
    types.NoneType: "`null`",
}


_ONE: Final = {list: "a list of"}


def printed_page(generated: str) -> str:
    """Return the page: of each command the fields of what it prints."""
    parts = ["# What commands print", generated]
    parts.append(
        "With `--json` these commands print one value on stdout, and nothing else there. All"
        " fields are always there; later versions may add some. Times are ISO 8601 in UTC."
        " [What a run prints](programs.md) is told elsewhere."
    )
    done = ", ".join(f"`ecliptic {command}`" for command in DONE)
    parts.append(f'{done} print `{{"action": "paused", "url": "https://…"}}` of what they did.')
    for commands, printed in PRINTED.items():
        heading = ", ".join(f"`ecliptic {command}`" for command in commands)
        parts.append(f"## {heading}")
        parts.append(f"Prints {_ONE.get(get_origin(printed), 'one')} {_name_of(printed)}.")
        parts += [_record(record) for record in _records(printed)]
    return "\n\n".join(parts) + "\n"


def _name_of(printed: Any) -> str:
    """Return the name of the record that is printed, or of which a list is."""
    return str((*get_args(printed), printed)[0].__name__)


def _records(printed: Any) -> list[type[msgspec.Struct]]:
    """Return the records that a value is made of, each once, those it begins with first."""
    found: dict[type[msgspec.Struct], None] = {}
    asked = [printed]
    while asked:
        kind = asked.pop(0)
        if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
            if kind in found:
                continue
            found[kind] = None
            asked += _fields(kind).values()
        else:
            asked += [part for part in get_args(kind) if part is not Ellipsis]
    return list(found)


def _fields(record: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(record)
    return {name: hints[name] for name in record.__struct_fields__}


def _record(record: type[msgspec.Struct]) -> str:
    told = (inspect.getdoc(record) or "").replace("``", "`").replace("`None`", "`null`")
    lines = [f"**{record.__name__}**: {told}", "", "| field | value |", "|---|---|"]
    lines += [f"| `{name}` | {_worded(kind)} |" for name, kind in _fields(record).items()]
    return "\n".join(lines)


def _worded(kind: Any) -> str:
    """Say in words what JSON has for a type."""
    if kind in _NAMES:
        return _NAMES[kind]
    if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
        return kind.__name__
    return _of_parts(get_origin(kind), get_args(kind), kind)


def _of_parts(origin: Any, parts: tuple[Any, ...], kind: Any) -> str:
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin in {Union, types.UnionType}:
        return " or ".join(map(_worded, parts))
    if origin is dict or (inspect.isclass(origin) and issubclass(origin, Mapping)):
        return f"object with a value for each name: {_worded(parts[1])}"
    if origin in {list, tuple}:
        return f"list of {_worded(parts[0])}" if _is_uniform(origin, parts) else _listed(parts)
    return _worded(kind.__supertype__)


def _is_uniform(origin: Any, parts: tuple[Any, ...]) -> bool:
    return origin is list or parts[1:] == (Ellipsis,)


def _listed(parts: tuple[Any, ...]) -> str:
    return f"list of {len(parts)}: {', '.join(map(_worded, parts))}"
