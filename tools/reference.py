"""Write the generated pages of the documentation; ``--check`` only compares."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import click
from printed import printed_page

from ecliptic import errors
from ecliptic.cli import cli
from ecliptic.model import codes
from ecliptic.sources.setting import Setting
from ecliptic.sources.settings import LISTS, OLD, PLUGIN, TABLES
from ecliptic.sources.starter import literal, starter

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "ecliptic"
DOCS: Final = ROOT / "docs"
GENERATED: Final = "<!-- Written by `make docs` from the code; do not edit. -->"
WIDTH: Final = 88


class Raised(NamedTuple):
    """An error that the code can raise: its code, its class, and where."""

    code: str
    kind: str
    module: str


def commands_page() -> str:
    """Return the page of all commands: their own help, word for word."""
    parts = ["# Commands", GENERATED]
    parts += ["Exit status: 0 ran, 1 a run failed, 2 usage or settings."]
    parts += [f"## {name}\n\n```text\n{_help(command, name)}\n```" for name, command in _commands()]
    return "\n\n".join(parts) + "\n"


def _commands() -> Iterator[tuple[str, click.Command]]:
    yield from _walk(cli, "ecliptic")


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _walk(found, f"{name} {sub}")


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    return command.get_help(context)


def codes_page() -> str:
    """Return the page of all codes: those of decisions and failures, and those of errors."""
    parts = ["# Codes", GENERATED]
    parts.append(
        "A code is `stage.reason` and stays the same from version to version; the words may"
        " change. `{…}` stands for what was found."
    )
    for stage in sorted({code.partition(".")[0] for code in codes.WORDS}):
        rows = [(c, w) for c, w in codes.WORDS.items() if c.partition(".")[0] == stage]
        parts.append(f"## {stage}\n\n" + _table(("code", "meaning"), rows))
    rows_of_errors = [
        (raised.code, f"`{raised.kind}`, exit {_exit_status(raised.kind)}")
        for raised in sorted(set(_raised()))
    ]
    parts.append(
        "## Errors\n\nThese stop a run; the message names the place and the remedy.\n\n"
        + _table(("code", "raised as"), sorted(set(rows_of_errors)))
    )
    return "\n\n".join(parts) + "\n"


def settings_page() -> str:
    """Return the page of all settings of ``planet.toml``, and a whole file."""
    parts = ["# Settings", GENERATED]
    parts.append(
        "These are the settings of `planet.toml`. Paths are seen from the folder of the file. A"
        " mistake is an error that names file, line, key, what was found and what is allowed;"
        " nothing is written then."
    )
    headings = {
        "plugin": "[plugin.NAME]",
        **{name: f"[[{name}]]" for name in ("page", "feed", *LISTS, *OLD)},
    }
    for title, table in {**TABLES, **LISTS, "plugin": PLUGIN, **OLD}.items():
        heading = headings.get(title, f"[{title}]")
        rows = [_settings_row(setting) for setting in table]
        lines = ["| key | meaning | allowed | default |", "|---|---|---|---|", *rows]
        parts.append(f"## {heading}\n\n" + "\n".join(lines))
    parts.append(
        "`[[template]]` and `[[copy]]` keep [the templates of an older engine](old-templates.md);"
        " `ecliptic import` writes them."
    )
    parts.append("All other keys of a plugin's table are its [parameters](plugins.md).")
    parts.append(
        "## A whole file\n\nThis is what `ecliptic init` writes.\n\n"
        f"```toml\n{example_settings()}```"
    )
    return "\n\n".join(parts) + "\n"


def _settings_row(setting: Setting) -> str:
    default = "required" if setting.required else f"`{literal(setting.default)}`"
    if setting.default in ("", (), None, {}):
        default = default if setting.required else ""
    meaning = setting.words[0].upper() + setting.words[1:]
    return " | ".join((f"| `{setting.key}`", meaning, setting.kind.allowed, f"{default} |"))


def example_settings() -> str:
    """Return ``examples/planet.toml``: every setting with its words."""
    return starter("Planet Example", "https://planet.example/", "https://blog.example/feed.xml")


def decisions_page() -> str:
    """Return the list of decisions: the heading of each."""
    parts = ["# Decisions", GENERATED]
    parts.append(
        "Each page says what was to be decided, what was chosen, its price, and when to reopen it."
    )
    found = sorted((DOCS / "adr").glob("[0-9]*.md"))
    parts.append("\n".join(f"- [{_heading(path)}]({path.name})" for path in found))
    return "\n\n".join(parts) + "\n"


def _heading(path: Path) -> str:
    return path.read_text("utf-8").partition("\n")[0].removeprefix("# ")


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|"]
    lines += [f"| `{code}` | {words.replace('|', chr(92) + '|')} |" for code, words in rows]
    return "\n".join(lines)


def _raised() -> Iterator[Raised]:
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str(code)), *_]):
                    if _is_error(kind) and "." in code:
                        yield Raised(code, kind, module)


def _is_error(kind: str) -> bool:
    found = getattr(errors, kind, None)
    return isinstance(found, type) and issubclass(found, errors.EclipticError)


def _exit_status(kind: str) -> int:
    found: type[errors.EclipticError] = getattr(errors, kind)
    return found.exit_status


def main() -> int:
    """Write the pages, or with ``--check`` say which are not current."""
    pages = {
        DOCS / "reference" / "commands.md": commands_page(),
        DOCS / "reference" / "codes.md": codes_page(),
        DOCS / "reference" / "settings.md": settings_page(),
        DOCS / "reference" / "json.md": printed_page(GENERATED),
        DOCS / "adr" / "index.md": decisions_page(),
        ROOT / "examples" / "planet.toml": example_settings(),
    }
    stale = [path for path, text in pages.items() if _current(path) != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the project says: run `make docs`")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], "utf-8")
        print(f"  wrote {path.relative_to(ROOT)}")
    return 0


def _current(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
