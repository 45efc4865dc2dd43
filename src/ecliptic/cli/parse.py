"""``ecliptic parse``."""

from __future__ import annotations

from typing import Any

import click

from ecliptic.cli.options import with_options


@click.command("parse", epilog="Example: ecliptic parse feed.xml --url https://blog.example/feed")
@click.argument("source", metavar="FILE|ADDRESS|-")
@click.option("--url", default="", metavar="BASE", help="Where the document was found.")
@click.option("--content-type", default="", metavar="T", help="The Content-Type it came with.")
@with_options("now", "allow_network")
def command(*, source: str, url: str, content_type: str, **options: Any) -> None:
    """Show what Ecliptic understands of a feed document, as JSON, with the problems noted.

    The document is a file, an address to fetch, or - for stdin. Exits with 1
    when it is no feed.
    """
    from ecliptic.cli.report import print_json
    from ecliptic.engine import read_document

    parsed = read_document(
        source,
        url=url,
        content_type=content_type,
        now=options["now"],
        allow_networks=options["allow_networks"],
    )
    print_json(parsed)
    if not parsed.is_feed:
        raise click.exceptions.Exit(1)
