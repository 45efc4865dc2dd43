"""A planet of Planet 2.0 with Planet Python's own templates, over three feeds written here.

``expected`` gives what its seven pages hold, from the meaning of the templates:
they are turned into Jinja's language, by which Planet Python means to replace
them, and filled with values written out by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import html5lib
from jinja2 import Environment
from markupsafe import Markup

from ecliptic.testing import FeedServer
from shared_data import DATA

HERE = Path(__file__).parent / "conformance" / "old_planet"
TEMPLATES = DATA / "planets" / "planet-python" / "htmltmpl"
JINJA_TEMPLATES = DATA / "planets" / "planet-python" / "py3-branch-jinja2"
FEEDS = ("emile", "boris", "anna")
NAMES = {"emile": "&Eacute;mile", "boris": '"Boris"', "anna": "Anna & friends"}


def serve(server: FeedServer) -> None:
    """Put the three feeds on a server."""
    for name in FEEDS:
        server.add(f"/{name}.xml", (HERE / f"{name}.xml").read_bytes())


def write_config(folder: Path, server: FeedServer, templates: Path = TEMPLATES) -> Path:
    """Write the configuration as Planet Python's is written, and return its path."""
    files = " ".join(str(path) for path in sorted(templates.iterdir()))
    lines = [
        "[Planet]",
        "name = Planet Parrot",
        "link = http://planet.example/",
        "owner_name = The Owners",
        "owner_email = owners@planet.example",
        f"cache_directory = {folder / 'cache'}",
        f"output_dir = {folder / 'output'}",
        "items_per_page = 25",
        "days_per_page = 10",
        "new_feed_items = 10",
        "activity_threshold = 180",
        "date_format = %B %d, %Y %I:%M %p %Z",
        "new_date_format = %B %d, %Y",
        "encoding = utf-8",
        "log_level = DEBUG",
        f"template_files = {files}",
    ]
    for name in FEEDS:
        lines += ["", f"[{server.url(f'/{name}.xml')}]", f"name = {NAMES[name]}"]
    config = folder / "config.ini"
    config.write_text("\n".join(lines) + "\n", "utf-8")
    return config


ANNA = {
    "name": "Anna & friends",
    "title": "Anna & the compiler",
    "link": "https://anna.example/",
}
BORIS = {"name": "Boris", "title": "Boris writes", "link": "https://boris.example/"}
EMILE = {"name": "Émile", "title": "Carnet d'Émile", "link": "https://emile.example/"}

ITEMS: tuple[tuple[Mapping[str, str], dict[str, Any]], ...] = (
    (ANNA, {
        "id": "anna-3",
        "link": "https://anna.example/loops?a=1&b=2",
        "title": Markup("Loops in C"),
        "content": Markup("<p>A loop <em>ends</em>.</p>"),
        "summary": Markup("<p>A loop <em>ends</em>.</p>"),
        "date": "April 24, 2018 02:09 PM UTC",
        "date_822": "Tue, 24 Apr 2018 14:09:00 +0000",
        "date_iso": "2018-04-24T14:09:00+00:00",
        "new_date": "April 24, 2018",
        "new_channel": "yes",
    }),
    (BORIS, {
        "id": "tag:boris.example,2018:2",
        "link": "https://boris.example/with",
        "title": Markup("Use <code>with</code> blocks"),
        "content": Markup("<p>Files close themselves.</p>"),
        "summary": Markup("<p>Files close themselves.</p>"),
        "creator": "Boris B. & Co.",
        "date": "April 24, 2018 12:30 PM UTC",
        "date_822": "Tue, 24 Apr 2018 12:30:00 +0000",
        "date_iso": "2018-04-24T12:30:00+00:00",
        "new_channel": "yes",
    }),
    (ANNA, {
        "id": "anna-2",
        "link": "https://anna.example/second",
        "title": Markup("A second post of the day"),
        "content": Markup(
            '<p>The whole story, with a <a href="https://anna.example/more">link</a>.</p>'
        ),
        "summary": Markup("<p>In short: see below.</p>"),
        "date": "April 24, 2018 11:00 AM UTC",
        "date_822": "Tue, 24 Apr 2018 11:00:00 +0000",
        "date_iso": "2018-04-24T11:00:00+00:00",
        "new_channel": "yes",
    }),
    (EMILE, {
        "id": "https://emile.example/untitled",
        "link": "https://emile.example/untitled",
        "content": Markup("<p>Une photo de l'été, sans titre.</p>"),
        "summary": Markup("<p>Une photo de l'été, sans titre.</p>"),
        "date": "April 23, 2018 09:45 PM UTC",
        "date_822": "Mon, 23 Apr 2018 21:45:00 +0000",
        "date_iso": "2018-04-23T21:45:00+00:00",
        "new_date": "April 23, 2018",
        "new_channel": "yes",
    }),
    (BORIS, {
        "id": "tag:boris.example,2018:1",
        "link": "https://boris.example/why",
        "title": "Why 1 < 2",
        "content": Markup("<p>Because.</p>"),
        "summary": Markup("<p>Because.</p>"),
        "creator": "Boris",
        "date": "April 23, 2018 08:05 AM UTC",
        "date_822": "Mon, 23 Apr 2018 08:05:00 +0000",
        "date_iso": "2018-04-23T08:05:00+00:00",
        "new_channel": "yes",
    }),
)  # fmt: skip


def expected(template: Path, *, generator: str, urls: Mapping[str, str]) -> str:
    """Return what a template gives over the three feeds."""
    channels = [
        {**channel, "url": urls[name]}
        for name, channel in (("anna", ANNA), ("boris", BORIS), ("emile", EMILE))
    ]
    items = [
        {**item, **{f"channel_{key}": value for key, value in channel.items()}}
        for channel, item in ITEMS
    ]
    made = Environment(autoescape=True).from_string(_in_jinja(template.read_text("utf-8")))
    return made.render(
        Items=items,
        Channels=channels,
        generator=generator,
        name="Planet Parrot",
        link="http://planet.example/",
        owner_name="The Owners",
        owner_email="owners@planet.example",
        date="April 25, 2018 01:47 AM UTC",
        date_822="Wed, 25 Apr 2018 01:47:00 +0000",
        e=_escaped,
    )


def _escaped(value: object) -> Markup:
    """Escape a value that may be markup already, as ESCAPE="HTML" asks for."""
    return Markup.escape(str(value))


def _in_jinja(text: str) -> str:
    """Turn a template of htmltmpl into one of Jinja, as far as Planet Python's go."""
    text = re.sub(r"(?m)^###.*\n", "", text)
    parts = re.split(r"<TMPL_LOOP (\w+)>(.*?)</TMPL_LOOP>", text, flags=re.DOTALL)
    made = [_statements(parts[0], "")]
    for loop, body, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        made.append(f"{{% for one in {loop} %}}{_statements(body, 'one.')}{{% endfor %}}")
        made.append(_statements(after, ""))
    return "".join(made)


def _statements(text: str, scope: str) -> str:
    for pattern, replacement in (
        (r'<TMPL_VAR (\w+) ESCAPE="HTML">', rf"{{{{ e({scope}\1 or '') }}}}"),
        (r"<TMPL_VAR (\w+)>", rf"{{{{ {scope}\1 or '' }}}}"),
        (r"<TMPL_IF (\w+)>", rf"{{% if {scope}\1 %}}"),
        (r"</TMPL_IF>", "{% endif %}"),
    ):
        text = re.sub(pattern, replacement, text)
    return text


def tags(page: str) -> list[object]:
    """Return a page tag by tag: each with its attributes, and the words between them."""
    tree = html5lib.parse(page, treebuilder="etree")
    found: list[object] = []
    for token in html5lib.getTreeWalker("etree")(tree):
        words = " ".join(str(token.get("data", "")).split()) if _is_text(token) else None
        if words is None:
            found.append((token["type"], token.get("name"), token.get("data")))
        elif words and found and isinstance(found[-1], str):
            found[-1] = f"{found[-1]} {words}"
        elif words:
            found.append(words)
    return found


def _is_text(token: Mapping[str, object]) -> bool:
    return token["type"] in {"Characters", "SpaceCharacters"}


def lines(page: str) -> Iterator[str]:
    """Yield the visible lines of the main part of Planet Python's page."""
    main = html5lib.parse(page, namespaceHTMLElements=False).find(".//div[@id='body-main']")
    assert main is not None
    for element in main.iter():
        if element.tag in {"h1", "h2", "h3", "h4"} or (
            element.tag == "p" and not element.findall("./h2")
        ):
            said = " ".join("".join(element.itertext()).split())
            if said:
                yield said
