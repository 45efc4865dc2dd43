"""``ecliptic why``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ecliptic.cli.options import open_planet, with_options

if TYPE_CHECKING:
    from datetime import datetime

    from ecliptic.flows.faced import FaceAnswer
    from ecliptic.flows.said import Said
    from ecliptic.flows.why import Answer, EntryAnswer, FeedAnswer


@click.command("why", epilog="Example: ecliptic why https://blog.example/2018/04/a-post")
@click.argument("what", metavar="ADDRESS-OR-ID")
@with_options("config", "now", "state", "json")
def command(*, what: str, config: str, as_json: bool, **options: Any) -> None:
    """Say why an entry or feed is, or is not, on the page.

    ADDRESS-OR-ID is an entry's link, its id in the feed or on our page, or a
    feed's address, site or name. Every stored decision is told with its time.
    """
    from ecliptic.cli.report import print_json

    planet = open_planet(config, **options)
    answer = planet.why(what)
    if as_json:
        print_json(answer)
    else:
        for line in _lines(answer):
            click.echo(line)
    if not answer.entries and not answer.feeds:
        click.echo(
            f"ecliptic: no entry and no feed of {planet.site.name} is known as {what}. Has its "
            "feed been asked? `ecliptic feeds list` shows them; `ecliptic check ADDRESS` reads one",
            err=True,
        )
        raise click.exceptions.Exit(1)


def _lines(answer: Answer) -> Iterator[str]:
    for entry in answer.entries:
        yield from _entry(entry)
    for feed in answer.feeds:
        yield from _feed(feed)


def _entry(entry: EntryAnswer) -> Iterator[str]:
    yield f"entry   {entry.title or '(no title)'}"
    yield f"  link        {entry.link or '(none)'}"
    yield f"  id          {entry.id or '(none)'}, on our pages {entry.uid}"
    yield f"  feed        {entry.feed} <{entry.feed_url}>"
    yield f"  dated       {_time(entry.published) if entry.published else 'not at all'}"
    yield f"  first seen  {_time(entry.first_seen_at)}"
    yield f"  stands at   {_time(entry.shown_at)}"
    yield f"  now         {_said(entry.verdict)}"
    if entry.pages:
        yield f"  shown on    {', '.join(entry.pages)}"
    if entry.also_at:
        yield f"  also at     {', '.join(entry.also_at)}"
    for said in entry.history:
        yield f"  history     {_said(said)}"
    for said in entry.aliases:
        yield f"  also        {_said(said)}"
    for number, edit in enumerate(entry.edits, 1):
        yield (
            f"  revision    {number}: {edit.size:,} characters, shown until {_time(edit.until)}; "
            f"`ecliptic entries show {entry.uid} --revision {number}`"
        )


def _feed(feed: FeedAnswer) -> Iterator[str]:
    yield f"feed    {feed.name} <{feed.url}>"
    yield f"  last check  {_said(feed.verdict)}"
    if feed.succeeded_at:
        yield f"  last read   {_time(feed.succeeded_at)}"
    yield f"  next check  {feed.next_check.words}"
    if feed.moved:
        yield f"  moved       {_said(feed.moved)}"
    if feed.identity:
        yield f"  entries     {_said(feed.identity)}"
    for sign in feed.signs:
        yield f"  look        {_said(sign)}"
    for duplicate in feed.duplicates:
        yield f"  duplicate   {duplicate.words} [{duplicate.code}]"
    yield f"  entries     {feed.entries:,} stored, {feed.on_front_page:,} on the front page"
    for hidden in feed.hidden:
        yield f"  hidden      {hidden.words} [{hidden.code}]"
    yield from _face(feed.face)
    for check in feed.checks:
        from ecliptic.model.codes import due_words, words

        told = words(check.code, {"detail": check.detail})
        moved = f", {check.detail}" if check.detail and check.detail not in told else ""
        yield (
            f"  checked     {_time(check.at)}: {told}{moved}; {check.new} new, "
            f"{check.changed} changed, {check.received:,} bytes in {check.seconds:.2f} s"
        )
        if check.why or check.next_at:
            again = f"; next {_time(check.next_at)}" if check.next_at else ""
            yield f"              {due_words(check.why) or 'not asked'}{again}"


def _face(face: FaceAnswer) -> Iterator[str]:
    shown = f", as {face.path}" if face.path else ""
    yield f"  picture     {_said(face.verdict)}{shown}"
    for tried in face.tried:
        where = f"{tried.url}: " if tried.url else ""
        yield f"              {where}{tried.why.words} [{tried.why.code}]"
    if face.next_at:
        yield f"              looked for again after {_time(face.next_at)}"


def _said(said: Said) -> str:
    when = f"{_time(said.at)}: " if said.at else ""
    return f"{when}{said.words} [{said.code}]"


def _time(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC" if time else "never"
