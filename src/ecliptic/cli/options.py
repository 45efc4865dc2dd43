"""Options that several commands share, and the planet they describe."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from ecliptic.engine import Planet

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_CONFIG: Final = "planet.toml"


class _Time(click.ParamType[datetime]):
    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            time = datetime.fromisoformat(value)
            return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no time: write it as 2018-04-25T01:47:00Z", param, ctx)


class _Network(click.ParamType[str]):
    name = "cidr"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from ipaddress import ip_network

        try:
            return str(ip_network(value, strict=False))
        except ValueError:
            self.fail(f"{value!r} is no network: write it as 127.0.0.0/8 or ::1/128", param, ctx)


def _show_log(ctx: click.Context, param: click.Parameter, count: int) -> None:
    del ctx, param
    from ecliptic.log import show

    show(_LEVELS[min(count, 2)])


def _choose_dialect(ctx: click.Context, param: click.Parameter, given: str | None) -> None:
    del param
    if given:
        ctx.meta[_DIALECT] = given


def chosen_dialect() -> str:
    """Return what ``--dialect`` says of the command that runs: ``""`` if nothing."""
    ctx = click.get_current_context(silent=True)
    return str(ctx.meta.get(_DIALECT, "")) if ctx else ""


_DIALECT: Final = "ecliptic.dialect"
_LEVELS: Final = (0, logging.INFO, logging.DEBUG)

_OPTIONS: Final = {
    "config": click.option(
        "--config",
        "-c",
        metavar="CONFIG",
        default=DEFAULT_CONFIG,
        show_default=True,
        help="The planet's configuration.",
    ),
    "dialect": click.option(
        "--dialect",
        type=click.Choice(("planet", "venus", "pluto")),
        callback=_choose_dialect,
        expose_value=False,
        help="The engine that an ini file was written for [default: recognised by its keys].",
    ),
    "now": click.option(
        "--now", type=_Time(), metavar="TIME", help="Behave as at this moment (ISO 8601)."
    ),
    "state": click.option(
        "--state",
        type=click.Path(dir_okay=False),
        metavar="PATH",
        help="The SQLite file that keeps feeds and entries [default: beside the configuration].",
    ),
    "output": click.option(
        "--output",
        type=click.Path(file_okay=False),
        metavar="DIR",
        help="Where the site goes [default: from the configuration].",
    ),
    "allow_network": click.option(
        "--allow-network",
        "allow_networks",
        type=_Network(),
        metavar="CIDR",
        multiple=True,
        help="Let feeds be in this private or loopback network (repeatable).",
    ),
    "all": click.option(
        "--all",
        "every",
        is_flag=True,
        help="Ask feeds that are not due too; a server that asked us to wait is not asked.",
    ),
    "only": click.option(
        "--only",
        metavar="PATTERN",
        help="Ask only feeds with PATTERN in their address or name, due or not (* is anything).",
    ),
    "feed": click.option(
        "--feed", default="", metavar="FEED", help="Of this feed only: its address or name."
    ),
    "limit": click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=50,
        show_default=True,
        help="The newest so many; 0 for all.",
    ),
    "offline": click.option("--offline", is_flag=True, help="Ask nobody; use what is stored."),
    "jobs": click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1, max=256),
        metavar="N",
        help="Processes that read and clean documents, and make pages [default: one a core].",
    ),
    "json": click.option(
        "--json", "as_json", is_flag=True, help="Print the result as JSON, alone, on stdout."
    ),
    "verbose": click.option(
        "--verbose",
        "-v",
        count=True,
        callback=_show_log,
        expose_value=False,
        help="Tell each event on stderr; -vv tells more.",
    ),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="No progress, no summary."),
    "strict": click.option(
        "--strict", is_flag=True, help="Exit with 1 when a feed or page failed."
    ),
}


_TOGETHER: Final = {"config": ("config", "dialect")}


def with_options(*names: str) -> Callable[[Function], Function]:
    """Add shared options to a command, in the order given; a configuration has a dialect."""
    wanted = [part for name in names for part in _TOGETHER.get(name, (name,))]

    def decorate(function: Function) -> Function:
        for name in reversed(wanted):
            function = _OPTIONS[name](function)
        return function

    return decorate


def refresh_options(function: Function) -> Function:
    """Add what commands have that ask feeds: which of them, and all options of a run."""
    return run_options(with_options("all", "only")(function))


def run_options(function: Function) -> Function:
    """Add what build, refresh and publish have in common: the configuration and all options."""
    return config_argument(
        with_options(
            "now", "state", "output", "allow_network", "offline", "jobs",
            "json", "quiet", "verbose", "strict",
        )(function)
    )  # fmt: skip


def config_argument(function: Function) -> Function:
    """Add the optional argument that names the configuration; Venus takes several."""
    return click.argument("config", metavar="[CONFIG]...", nargs=-1, callback=_one_or_more)(
        with_options("dialect")(function)
    )


def _one_or_more(
    ctx: click.Context, param: click.Parameter, given: tuple[str, ...]
) -> str | tuple[str, ...]:
    del ctx, param
    return given if len(given) > 1 else next(iter(given), DEFAULT_CONFIG)


def open_planet(config: str | tuple[str, ...], **options: Any) -> Planet:
    """Open the planet that a command's options describe; ``None`` means not given."""
    from ecliptic.engine import Planet

    return Planet.open(
        config,
        now=options.get("now"),
        state=options.get("state"),
        output=options.get("output"),
        allow_networks=options.get("allow_networks") or (),
        offline=bool(options.get("offline")),
        every=bool(options.get("every")),
        only=options.get("only") or "",
        jobs=options.get("jobs") or 0,
        dialect=options.get("dialect", chosen_dialect()),
    )
