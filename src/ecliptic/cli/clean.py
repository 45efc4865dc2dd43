"""``ecliptic clean``."""

from __future__ import annotations

import sys

import click


@click.command(
    "clean",
    epilog="Example: ecliptic clean --base https://blog.example/ < post.html",
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
    import json

    from ecliptic.documents import clean_html
    from ecliptic.errors import UsageError

    for number, text in enumerate(sys.stdin.buffer, 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            html, own_base = line["html"], line.get("base") or base
            cleaned = clean_html(str(html), base=str(own_base))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise UsageError(
                "clean.line",
                f'stdin, line {number}: expected {{"html": "…", "base": "…"}} ({error})',
            ) from error
        answer = json.dumps({"html": cleaned}, ensure_ascii=False)
        sys.stdout.buffer.write(answer.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
