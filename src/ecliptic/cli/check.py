"""``ecliptic check``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import DEFAULT_CONFIG, chosen_dialect, with_options


@click.command("check", epilog="Example: ecliptic check planet.toml --json")
@click.argument("what", metavar="[CONFIG|FEED|ADDRESS]", default=DEFAULT_CONFIG)
@click.option(
    "--config",
    "-c",
    metavar="CONFIG",
    default="",
    help="Ask ADDRESS as this planet does: through its proxy, with the feed's password.",
)
@with_options("dialect", "now", "allow_network", "json", "strict")
def command(*, what: str, config: str, as_json: bool, strict: bool, **options: Any) -> None:
    """Check a configuration, a feed in a file, or the feed at an address.

    Prints what was found: of a feed, what breaks the specifications, each with
    its line and what to do. Exits with 2 when the configuration cannot be used,
    with 1 when the feed has errors or the address leads to none; --strict makes
    warnings exit 1.
    """
    from ecliptic.cli.report import print_checked
    from ecliptic.engine import check

    networks = options["allow_networks"]
    result = check(
        what,
        now=options["now"],
        allow_networks=networks,
        config=config,
        dialect=chosen_dialect(),
    )
    print_checked(result, as_json=as_json, strict=strict)
