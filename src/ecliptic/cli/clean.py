"""``ecliptic clean``."""

from __future__ import annotations

import sys

import click


@click.command(
    "clean",
    epilog="Example: echo '<a onclick=x() href=/a>a</a>' | ecliptic clean --base https://b.example/",
)
@click.option("--base", default="", metavar="ADDRESS", help="What relative addresses refer to.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Many at once: one {"html": …, "base": …} a line in, one {"html": …} a line out.',
)
def command(*, base: str, jsonl: bool) -> None:
    """Read HTML from stdin, write what is safe of it to stdout.

    What good posts contain is kept: code, tables, figures, media. Scripts,
    handlers, forms and the like are dropped; addresses become absolute.
    """
    from ecliptic.documents import clean_html

    if jsonl:
        _lines(base)
        return
    html = sys.stdin.buffer.read().decode("utf-8", "replace")
    sys.stdout.buffer.write(clean_html(html, base=base).encode("utf-8", "replace"))


def _lines(base: str) -> None:
    import msgspec

    from ecliptic.documents import clean_html
    from ecliptic.errors import UsageError

    class Line(msgspec.Struct):
        html: str
        base: str = base

    decode = msgspec.json.Decoder(Line).decode
    for number, text in enumerate(sys.stdin.buffer, 1):
        if not text.strip():
            continue
        try:
            line = decode(text)
        except msgspec.MsgspecError as error:
            raise UsageError("clean.line", f"stdin, line {number}: {error}") from error
        answer = {"html": clean_html(line.html, base=line.base)}
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
