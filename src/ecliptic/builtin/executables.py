"""An operator's own program as a filter, in the way of Venus.

The program is given a new or changed entry as an Atom document on its standard
input. What it writes takes the entry's place; if it writes nothing, the entry is
left out. It is named in the operator's configuration, and started without a
shell, with little of our environment, and with limits of time, memory and output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from ecliptic.builtin.programs import Limits, output_of
from ecliptic.plugins import Dropped, FeedContext, Filter, Parameter, ParsedEntry

_Run: TypeAlias = Callable[[bytes], bytes]

_DEFAULTS: Final[Mapping[str, float]] = {"seconds": 5.0, "megabytes": 512}
_MOST: Final[Mapping[str, float]] = {"seconds": 15.0, "megabytes": 2_048}
_TEMPLATES: Final = frozenset({
    ".dj", ".django", ".genshi", ".html", ".htmltmpl", ".plugin", ".tmpl",
})  # fmt: skip
_XSLT: Final = frozenset({".xsl", ".xslt"})


def register_filters() -> Iterable[Filter]:
    """Give the filter that runs a program."""
    return (through_program,)


def prepare(params: Mapping[str, Parameter], folder: Path) -> str:
    """Look for the program; return a hash of it, so that one that was edited is run again."""
    program = _program(params, str(folder))
    if program.path.suffix.lower() in _XSLT:
        from ecliptic.builtin.xslt import stylesheet  # noqa: PLC0415 - most programs are none

        stylesheet(str(program.path))
    return blake2b(program.path.read_bytes(), digest_size=8).hexdigest()


def through_program(entry: ParsedEntry, feed: FeedContext) -> ParsedEntry | Dropped:
    """Return what the program makes of an entry."""
    from ecliptic.builtin import atom_entry  # noqa: PLC0415 - `prepare` needs no reader

    run, name = _runner(tuple(sorted(feed.params.items())), feed.folder)
    given = atom_entry.write(entry, feed)
    written = run(given)
    if not written.strip():
        return Dropped(reason=f"{name} wrote nothing")
    return atom_entry.merged(entry, given, written, url=feed.link)


class _Program(NamedTuple):
    """A program and its arguments, as in ``excerpt.py?width=500``."""

    path: Path
    arguments: tuple[tuple[str, str], ...]
    limits: Limits


def _program(params: Mapping[str, Parameter], folder: str) -> _Program:
    """Return the program that the parameters name; raises ``ValueError``."""
    unknown = params.keys() - {"run", *_DEFAULTS}
    if unknown:
        raise ValueError(f"it has no parameter {', '.join(sorted(unknown))}")
    run = params.get("run")
    if not isinstance(run, str) or not run:
        raise ValueError('"run" must be the path of a program, such as "filters/excerpt.py"')
    name, _, query = run.partition("?")
    path = Path(os.path.normpath(Path(folder) / Path(name).expanduser()))
    suffix = path.suffix.lower()
    if not path.is_file():
        raise ValueError(f"there is no program {path}")
    if suffix in _TEMPLATES:
        raise ValueError(f"{path.name} is a template of Venus, and templates are not run")
    if suffix not in {".py", ".sed", *_XSLT} and not os.access(path, os.X_OK):
        raise ValueError(f"{path} is not executable (chmod +x), and neither .py, .sed nor .xslt")
    limits = Limits(seconds=_limit(params, "seconds"), bytes=int(_limit(params, "megabytes")) << 20)
    arguments = tuple(parse_qsl(query, keep_blank_values=True))
    return _Program(path, arguments, limits)


def _limit(params: Mapping[str, Parameter], key: str) -> float:
    value = params.get(key, _DEFAULTS[key])
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _MOST[key]:
        raise ValueError(f'"{key}" must be a number above 0, up to {_MOST[key]:g}')
    return value


@cache
def _runner(params: tuple[tuple[str, Parameter], ...], folder: str) -> tuple[_Run, str]:
    """Return what runs a program, and its name."""
    program = _program(dict(params), folder)
    path = str(program.path)
    if program.path.suffix.lower() in _XSLT:
        from ecliptic.builtin import xslt  # noqa: PLC0415 - most programs are none

        return partial(xslt.transformed, path, program.arguments), program.path.name
    begin = {".py": (sys.executable, path), ".sed": ("sed", "-f", path)}
    command = begin.get(program.path.suffix.lower(), (path,))
    options = [word for key, value in program.arguments for word in (f"--{key}", value)]
    run = partial(output_of, (*command, *options), folder=folder, limits=program.limits)
    return run, program.path.name
