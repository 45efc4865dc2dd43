"""``ecliptic filter``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from ecliptic.cli.options import open_planet, with_options
from ecliptic.cli.pointing import pointing

if TYPE_CHECKING:
    from ecliptic.flows.filtering import Example, Tried


_HELP: Final = """Show what EXPR takes of the stored entries, and what it leaves.

Nothing is changed. The language, in short:

\b
  python "big news"         words in title or body, whole, in any case
  python*                   words that begin so
  title:python              in one field: title body summary text author
                            tag lang feed link host source id
  title:="Exactly this"     the field is this and nothing else
  title:~"\\bjobs?\\b"        a regular expression is found in it
  date>=2024-05 age<30d     date published updated seen; age from now
  has:image                 image enclosure audio video tag author date ...
  a b   a and b             both;  a or b  one of them;  not a  -a  neither
  tag:x and (lang:en or feed:"Ada")
"""


@click.group("filter", epilog="Example: ecliptic filter test 'title:python and not tag:jobs'")
def command() -> None:
    """Try filters before they stand in the settings."""


@command.command(
    "test", epilog="Example: ecliptic filter test 'tag:jobs or title:hiring' --limit 5"
)
@click.argument("expression", metavar="EXPR")
@with_options("feed")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="So many of the newest that are taken, and that are left.",
)
@with_options("config", "now", "state", "json")
def test_filter(
    *, expression: str, feed: str, limit: int, config: str, as_json: bool, **options: Any
) -> None:
    """Show what EXPR takes of the stored entries, and what it leaves."""
    from ecliptic.cli.report import Drawn, print_json

    planet = open_planet(config, **options)
    is_seen = not as_json and bool(sys.stderr) and sys.stderr.isatty()
    with pointing(expression):
        tried = planet.try_filter(
            expression, feed=feed, limit=limit, progress=Drawn() if is_seen else None
        )
    if as_json:
        print_json(tried)
        return
    for line in _lines(tried):
        click.echo(line)
    if tried.moving:
        click.echo(f"note: {tried.moving} changes by itself and cannot be a setting", err=True)
    if not tried.taken + tried.left:
        click.echo("note: no entry is stored yet; `ecliptic refresh` fetches some", err=True)


def _lines(tried: Tried) -> Iterator[str]:
    yield f"{tried.filter}: {tried.taken:,} taken, {tried.left:,} left"
    for word, examples in (("taken", tried.examples_taken), ("left", tried.examples_left)):
        for example in examples:
            yield from _example(word, example)


def _example(word: str, example: Example) -> Iterator[str]:
    title = example.title or "(no title)"
    yield f"{word:<5}  {example.shown_at:%Y-%m-%d}  {title}  ({example.feed})"
    if example.why:
        yield f"       hidden at present: {example.why}"
