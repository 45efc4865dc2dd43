"""What tests of converted templates need: a template in, its page over fixed feeds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from ecliptic.model.entry import FeedInfo
from ecliptic.model.page import Shown
from ecliptic.model.parsed import Category, Enclosure, Person
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.model.text import SafeHTML
from ecliptic.render.convert import Converted, Language, convert
from making import NOON
from rendering import make_feed, make_shown, render_page

Kind = Literal["genshi", "django", "jinja"]

GENSHI = '<d xmlns:py="http://genshi.edgewall.org/" py:strip="">{}</d>'
"""A whole template of Genshi, of which only what is put in leaves something."""


def converted(
    text: str, language: Language, files: Mapping[str, str] | None = None, **options: Any
) -> Converted:
    """Return a template converted, which may name ``files``."""
    return convert(text, "index.html.old", language, (files or {}).get, **options)


def body(made: Converted) -> str:
    """Return what of a converted template is not its head."""
    lines = made.text.split("\n")
    own = [line for line in lines if not line.startswith(("{# Converted", "{%- set feed"))]
    return "\n".join(own)


def page(
    folder: Path,
    text: str,
    kind: Kind,
    shown: Sequence[Shown] | None = None,
    files: Mapping[str, str] | None = None,
    **settings: Any,
) -> str:
    """Return the page that a template makes of entries; of the fixed ones if none are given."""
    for name, included in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(included, "utf-8")
    file = folder / f"page.html.{kind}"
    file.write_text(text, "utf-8")
    template = OldTemplate(
        file=str(file), path="page.html", folder=str(folder), kind=kind, engine="venus", **settings
    )
    site = Site(
        name="Planet <Parrot>",
        link="https://planet.example/",
        owner_name="Vera",
        extra={"colour": "red"},
        templates=(template,),
    )
    return render_page("page.html", planet() if shown is None else shown, site=site).decode()


def planet() -> list[Shown]:
    """Return three entries of two feeds on two days, with all that a template may ask for."""
    ann = make_feed(
        1,
        name="Ann & Co.",
        extra={"face": "ann.png"},
        info=FeedInfo(title="Ann's", link="https://ann.example/", authors=(Person(name="Ann"),)),
    )
    bob = make_feed(2, info=FeedInfo(title="Bob's", link="https://bob.example/"))
    file = Enclosure(url="https://ann.example/a.mp3", type="audio/mpeg", length=9)
    return [
        make_shown(
            3, ann, title="Third & <last>", title_html=SafeHTML("Third &amp; <em>last</em>"),
            shown_at=NOON, authors=(Person(name="Ann", url="https://ann.example/me"),),
            categories=(Category(term="python"), Category(term="web")), enclosures=(file,),
        ),
        make_shown(
            2, bob, title="Second", title_html=SafeHTML("Second"),
            shown_at=NOON - timedelta(hours=1),
        ),
        make_shown(
            1, ann, title="First", title_html=SafeHTML("First"),
            shown_at=NOON - timedelta(days=1),
        ),
    ]  # fmt: skip


HOSTILE = "\"'><script>alert(1)</script><u onclick=x>\\ javascript:x --> ]]> {{ 1 }} {% x %}"
"""A text that would do harm wherever it is not escaped."""


def hostile() -> list[Shown]:
    """Return an entry all of whose plain texts are hostile."""
    feed = make_feed(
        1,
        name=HOSTILE,
        link=HOSTILE,
        extra={"face": HOSTILE},
        info=FeedInfo(
            title=HOSTILE, link=HOSTILE, subtitle=HOSTILE, rights=HOSTILE, generator=HOSTILE,
            language=HOSTILE, icon=HOSTILE, image=HOSTILE, id=HOSTILE,
            authors=(Person(name=HOSTILE, email=HOSTILE, url=HOSTILE),),
        ),
    )  # fmt: skip
    person = Person(name=HOSTILE, email=HOSTILE, url=HOSTILE)
    return [
        make_shown(
            1, feed, title=HOSTILE, title_html=SafeHTML(""), id=HOSTILE, link=HOSTILE,
            rights=HOSTILE, comments=HOSTILE, language=HOSTILE, authors=(person,),
            summary=SafeHTML("<p>clean</p>"), content=SafeHTML("<p>clean</p>"),
            categories=(Category(term=HOSTILE, scheme=HOSTILE, label=HOSTILE),),
            enclosures=(Enclosure(url=HOSTILE, type=HOSTILE, title=HOSTILE),),
        )
    ]  # fmt: skip
