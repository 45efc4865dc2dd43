"""The command line: parse, call one flow, print.

Only ``click`` is imported before a command runs, so that help comes at once.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Final

import click

from ecliptic import __version__

COMMANDS: Final = {
    "init": "Make a new planet: settings, a first subscription, a theme folder.",
    "import": "Bring along the settings, subscriptions or archive of another program.",
    "export": "Write the settings or subscriptions for another program.",
    "build": "Refresh and publish: the main job.",
    "refresh": "Ask the feeds, store what is new.",
    "publish": "Write the site from what is stored; asks no network.",
    "ping": "Tell the hub which output feeds changed; build does so itself.",
    "serve": "Preview the site; publishes again when theme or settings change.",
    "theme": "Make, check and look at themes.",
    "feeds": "List, add, remove, pause or resume feeds; tell which have moved.",
    "entries": "List, hide or unhide entries.",
    "filter": "Show what a filter takes of the stored entries, and what it leaves.",
    "topics": "Keep the planet on topic: label entries, learn from them, review.",
    "why": "Say why an entry or feed is, or is not, on the page.",
    "check": "Check a configuration or one feed.",
    "parse": "Show what Ecliptic understands of a feed document, as JSON.",
    "clean": "Make HTML safe: from stdin to stdout.",
}

_RARELY: Final = 200_000


class _Commands(click.Group):
    """The commands, each in a module of its name that is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        # A module cannot have the name of a word of Python's.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"ecliptic.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: ecliptic init planet && ecliptic build planet/planet.toml",
)
@click.version_option(__version__, prog_name="ecliptic")
def cli() -> None:
    """Ecliptic, the planet engine: many people's feeds in, one community site out."""


def main() -> None:
    """Run the command line; exit 0: ran, 1: a run failed, 2: usage or settings."""
    from ecliptic.errors import EclipticError

    # Little of what a run makes refers to itself; looking for it took a tenth of a short run.
    gc.set_threshold(_RARELY)
    try:
        status = cli.main(prog_name="ecliptic", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("ecliptic: stopped; nothing is lost, the next run carries on", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        click.echo(f"ecliptic: {error}", err=True)
        sys.exit(1)
    except EclipticError as error:
        click.echo(f"ecliptic: {error.message}", err=True)
        sys.exit(error.exit_status)
    finally:
        gc.freeze()  # and at the end it need not be looked for at all
