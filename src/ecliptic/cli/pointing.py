"""Showing where in a filter the mistake is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def pointing(expression: str) -> Iterator[None]:
    """Point at the place in the expression where it is wrong, if what is done finds that."""
    from ecliptic.errors import FilterError

    try:
        yield
    except FilterError as error:
        if expression.isascii() and expression.isprintable() and error.column:
            click.echo(f"  {expression}\n  {' ' * (error.column - 1)}^", err=True)
        raise
