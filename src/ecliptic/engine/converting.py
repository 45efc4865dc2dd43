"""Templates of an old planet, converted into files of the new one's theme folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.render.conversion import LANGUAGES, Made, conversions

REPORT: Final = "CONVERTED.md"
_PAGES: Final = "pages"
_NAMES: Final = {
    "genshi": "Genshi", "django": "Django", "htmltmpl": "htmltmpl", "xslt": "XSLT",
    "jinja": "Jinja",
}  # fmt: skip


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """What a planet's templates became: its settings, the files to write, and their number.

    ``findings`` counts what in the converted templates needs a look.
    """

    site: Site
    files: dict[str, str]
    converted: int
    findings: int


def converted(site: Site, folder: Path) -> Theme:
    """Return a planet whose templates are in Jinja's language, in ``folder``, or run as they are.

    Those of htmltmpl and XSLT stay where they are. Raises ``RenderError`` for a template
    that cannot be read.
    """
    files: dict[str, str] = {}
    places: dict[tuple[str, str], Path] = {}
    templates, sections, count = [], [], 0
    for template in site.templates:
        if template.kind not in LANGUAGES:
            templates.append(template)
            continue
        number = len(places) + 1
        name = _PAGES if number == 1 else f"{_PAGES}-{number}"
        place = places.setdefault((template.folder, template.kind), folder / name)
        made = conversions(template)
        for each in reversed(made):  # the template itself last: it may be named by another
            files[str(place / each.name)] = each.converted.text
        templates.append(_template(template, place / made[0].name))
        sections += [_section(each, place / each.name, folder, template.kind) for each in made]
        count += sum(len(each.converted.findings) for each in made)
    if files:
        kept = [template for template in templates if template in site.templates]
        files[str(folder / REPORT)] = "\n".join([*_head(count), *_kept(kept), *sections])
        theme = site.theme or str(folder)
        site = msgspec.structs.replace(site, templates=tuple(templates), theme=theme)
    return Theme(site=site, files=files, converted=max(len(files) - 1, 0), findings=count)


def _template(template: OldTemplate, file: Path) -> OldTemplate:
    return msgspec.structs.replace(
        template, file=str(file), folder=str(file.parent), kind="jinja", parameters={}
    )


def _head(count: int) -> Iterator[str]:
    yield "# Converted templates\n"
    yield "Made by `ecliptic import`. The pages are made from the new files; change these."
    if count:
        yield "What could not be converted is a comment, NOT CONVERTED, in its place.\n"
    else:
        yield "All of the old ones could be converted.\n"


def _kept(templates: Sequence[OldTemplate]) -> Iterator[str]:
    if templates:
        yield "These run as they are, from where they stand:\n"
        yield from (f"- {each.file} ({_NAMES[each.kind]})" for each in templates)
        yield ""


def _section(made: Made, file: Path, folder: Path, kind: str) -> str:
    new = file.relative_to(folder).as_posix()
    lines = [f"## {new}\n", f"From {made.file} ({_NAMES[kind]}).\n"]
    lines += [
        f"- {made.file}:{finding.line}: {finding.what}. To do: {finding.do}."
        for finding in made.converted.findings
    ] or ["Nothing needs a look."]
    return "\n".join([*lines, ""])
