"""The documentation holds together: links lead somewhere, examples run."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import re
import shlex
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ecliptic import sources
from ecliptic.cli import cli
from ecliptic.cli.report import as_json
from ecliptic.model.feed import FetchState
from ecliptic.model.ping import Ping
from ecliptic.model.site import Site
from ecliptic.model.summary import Summary
from making import NOON
from project import DOCS, ROOT
from rendering import make_feed, make_status, render_page

PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
MARKDOWN = MarkdownIt("commonmark").enable("table")
FULL_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:")
IN_HTML = re.compile(r'\b(?:href|src|srcset)="([^"]*)"')


class Example(NamedTuple):
    """A block of code in a page."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@cache
def tokens(page: Path) -> tuple[Token, ...]:
    top = MARKDOWN.parse(page.read_text("utf-8"))
    return tuple(part for token in top for part in (token, *(token.children or ())))


def examples(language: str) -> list[Example]:
    return [
        Example(page, (token.map or [0])[0] + 1, language, token.content)
        for page in PAGES
        for token in tokens(page)
        if token.type == "fence" and token.info.split()[:1] == [language]
    ]


def named(language: str) -> list[object]:
    return [pytest.param(example, id=example.name) for example in examples(language)]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    found = tokens(page)
    headings = [
        after.content for token, after in pairwise(found)
        if token.type == "heading_open"
    ]  # fmt: skip
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def targets(page: Path) -> Iterator[str]:
    """Yield where the links and pictures of a page lead, those written in HTML too."""
    for token in tokens(page):
        yield str(token.attrGet("href") or token.attrGet("src") or "")
        if token.type.startswith("html_"):
            yield from IN_HTML.findall(token.content)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_link_of_a_page_leads_to_a_file_and_heading_of_the_project(page: Path) -> None:
    broken = []
    for target in targets(page):
        if not target or FULL_ADDRESS.match(target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def test_page_of_the_docs_is_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        hrefs = (str(token.attrGet("href") or "") for token in tokens(page))
        waiting += [
            (page.parent / href.partition("#")[0]).resolve()
            for href in hrefs
            if href and not FULL_ADDRESS.match(href)
        ]
    assert sorted(set(DOCS.rglob("*.md")) - seen) == []


@pytest.mark.parametrize("example", named("toml"))
def test_example_of_settings_is_read_without_a_complaint(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in re.findall(r'env = "(\w+)"', example.text):
        monkeypatch.setenv(name, "secret")
    for name in re.findall(r'{ file = "([\w.-]+)"', example.text):
        (tmp_path / name).write_text("secret", "utf-8")
    config = tmp_path / "planet.toml"
    text = example.text
    if not re.search(r"^\[planet\]", text, re.MULTILINE):
        text = '[planet]\nname = "Example"\n\n' + text
    config.write_text(text, "utf-8")
    site = sources.load(config)
    assert site.notices == ()


@pytest.mark.parametrize(
    "page", sorted({example.page for example in examples("python")}), ids=lambda page: page.name
)
def test_examples_in_python_say_what_the_page_says(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The examples of a page run one after the other, as a reader would type them."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for example in (each for each in examples("python") if each.page == page):
        assert ">>>" in example.text, f"{example.name}: write it as a doctest, so that it runs"
        test = doctest.DocTestParser().get_doctest(
            example.text, names, example.name, str(page), example.line
        )
        results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, clear_globs=False)
        assert results.failed == 0
        names = test.globs


@pytest.mark.parametrize(
    "module",
    [
        "ecliptic.clean.adverts",
        "ecliptic.clean.excerpt",
        "ecliptic.documents",
        "ecliptic.engine.planet",
        "ecliptic.filters",
        "ecliptic.filters.patterns",
        "ecliptic.filters.reading",
        "ecliptic.filters.words",
        "ecliptic.filters.writing",
        "ecliptic.legacy.xpath",
        "ecliptic.model.text",
    ],
)
def test_example_in_a_docstring_says_what_happens(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)
    assert results.attempted > 0
    assert results.failed == 0


def command_lines(example: Example) -> Iterator[list[str]]:
    """Yield the calls of ecliptic in a console example (``$ ecliptic …``)."""
    joined = example.text.replace("\\\n", " ")
    for line in joined.splitlines():
        if line.startswith("$ "):
            words = shlex.split(line[2:], comments=True)
            for start in (i for i, word in enumerate(words) if Path(word).name == "ecliptic"):
                end = next(
                    (i for i in range(start, len(words)) if words[i] in {"|", "&&", ">", "<"}),
                    len(words),
                )
                yield words[start + 1 : end]


@pytest.mark.parametrize("example", named("console"))
def test_example_of_a_command_uses_commands_and_options_that_exist(example: Example) -> None:
    for words in command_lines(example):
        command: click.Command = cli
        rest = words
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            context = click.Context(command)
            found = command.get_command(context, rest[0])
            assert found is not None, f"{example.name}: no command {rest[0]}"
            command, rest = found, rest[1:]
        # Raises for an option that is not there; runs nothing.
        context = click.Context(command, help_option_names=["-h", "--help"])
        command.make_parser(context).parse_args(list(rest))


def shape_of(value: object) -> object:
    """Return the names of all fields, however deep; a list is of things like its first."""
    if isinstance(value, dict):
        return {key: shape_of(inner) for key, inner in value.items()}
    return [shape_of(value[0])] if isinstance(value, list) and value else None


def test_documents_for_programs_have_the_fields_that_the_reference_names() -> None:
    status, summary = (json.loads(example.text) for example in examples("json"))
    fetch = FetchState(checked_at=NOON, code="fetch.timeout", failures=3)
    hub = "https://hub.example/"
    ping = Ping(hub=hub, topic="https://a.example/", fingerprint="1", owed_at=NOON, code="x")
    written = render_page(
        "status.json",
        site=Site(name="Planet", hub=hub),
        feeds=[make_feed(1, fetch=fetch)],
        status=make_status(pings=(ping,)),
    )
    assert shape_of(status) == shape_of(json.loads(written))
    run = Summary(seconds={"refresh": 1.5, "publish": 0.5, "hub": 0.1})
    assert shape_of(summary) == shape_of(as_json(run))
    page = (DOCS / "reference" / "programs.md").read_text("utf-8")
    assert [name for name in [*status, *summary] if f"`{name}" not in page] == []


def test_docs_have_no_page_without_a_heading() -> None:
    assert [page for page in PAGES if not page.read_text("utf-8").lstrip().startswith("# ")] == []


def test_makefile_tasks_named_in_the_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    tasks = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    asked = {
        task for page in PAGES for task in re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))
    }
    assert asked <= tasks, os.fspath(ROOT / "Makefile")
