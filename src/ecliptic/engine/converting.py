"""Templates of an old planet, converted or copied into files of the new one's theme folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from ecliptic.errors import RenderError
from ecliptic.model.site import Site
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.render.conversion import LANGUAGES, Made, conversions
from ecliptic.render.old_pages import files_of

REPORT: Final = "CONVERTED.md"
_PAGES: Final = "pages"
_FILES: Final = "files"
_NAMES: Final = {
    "genshi": "Genshi", "django": "Django", "htmltmpl": "htmltmpl", "xslt": "XSLT",
    "jinja": "Jinja",
}  # fmt: skip


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """What a planet's templates became: its settings, the files to write, and their number.

    ``converted`` counts those in Jinja's language, ``copied`` those that are as they were.
    ``look`` has sentences on what could not be taken along.
    """

    site: Site
    files: dict[str, str | bytes]
    converted: int
    copied: int
    look: tuple[str, ...] = ()


def converted(site: Site, folder: Path) -> Theme:
    """Return a planet that has all its templates in ``folder``: converted to Jinja, or copied.

    So are the files that it puts into its site. What stands in ``folder`` already stays,
    and what cannot be read stays where it is. Raises ``RenderError`` for a template that
    is to be converted and cannot be read.
    """
    taken = _Taken(folder)
    templates = tuple(map(taken.template, site.templates))
    copies = tuple(map(taken.file, site.copies))
    files = dict(taken.files)
    if taken.report:
        files[str(folder / REPORT)] = "\n".join(taken.lines())
    if files:
        # A folder of that name that is not of ours may be another's: the writer warns of it.
        is_ours = not folder.is_dir() or (folder / REPORT).is_file()
        theme = site.theme or (str(folder) if is_ours else "")
        site = msgspec.structs.replace(site, templates=templates, copies=copies, theme=theme)
    return Theme(
        site=site,
        files=files,
        converted=taken.converted,
        copied=len(taken.files) - taken.converted,
        look=tuple(taken.look),
    )


class _Taken:
    """The files of a new theme, as one old template after the other is taken into it."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, str | bytes] = {}
        self.look: list[str] = []
        self._folder = folder
        self._places: dict[tuple[str, str], Path] = {}
        self._sections: list[str] = []
        self._copied: dict[str, None] = {}
        self._findings = 0
        self.converted = 0

    @property
    def report(self) -> bool:
        """Whether there is a template to tell of."""
        return bool(self._sections or self._copied)

    def template(self, template: OldTemplate) -> OldTemplate:
        """Take a template with all that it includes, and return the new one."""
        if template.kind in LANGUAGES:
            return self._convert(template)
        if Path(template.file).is_relative_to(self._folder):
            return template
        try:
            files = {name: Path(name).read_bytes() for name in files_of(template)}
        except (RenderError, OSError) as error:
            self.look.append(f"The template {template.file} stays where it is: {error}")
            return template
        place = self._place(template)
        for name, data in files.items():
            new = place / _inside(name, template.folder)
            self.files[str(new)] = data
            self._copied[f"- {self._seen(new)}, from {name} ({_NAMES[template.kind]})"] = None
        return _moved(template, place / _inside(template.file, template.folder))

    def file(self, copied: Copied) -> Copied:
        """Take a file that goes into the site as it is."""
        if Path(copied.file).is_relative_to(self._folder):
            return copied
        try:
            data = Path(copied.file).read_bytes()
        except OSError as error:
            self.look.append(f"The file {copied.file} stays where it is: {error.strerror}.")
            return copied
        new = self._folder / _FILES / copied.path
        self.files[str(new)] = data
        return msgspec.structs.replace(copied, file=str(new))

    def _convert(self, template: OldTemplate) -> OldTemplate:
        place, made = self._place(template), conversions(template)
        for each in reversed(made):  # the template itself last: it may be named by another
            new = str(place / each.name)
            self.converted += new not in self.files
            self.files[new] = each.converted.text
        self._sections += [self._section(each, place, template.kind) for each in made]
        self._findings += sum(len(each.converted.findings) for each in made)
        new_one = _moved(template, place / made[0].name)
        return msgspec.structs.replace(new_one, kind="jinja", parameters={})

    def _place(self, template: OldTemplate) -> Path:
        number = len(self._places) + 1
        name = _PAGES if number == 1 else f"{_PAGES}-{number}"
        return self._places.setdefault((template.folder, template.kind), self._folder / name)

    def _seen(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()

    def _section(self, made: Made, place: Path, kind: str) -> str:
        lines = [f"## {self._seen(place / made.name)}\n", f"From {made.file} ({_NAMES[kind]}).\n"]
        lines += [
            f"- {made.file}:{finding.line}: {finding.what}. To do: {finding.do}."
            for finding in made.converted.findings
        ] or ["Nothing needs a look."]
        return "\n".join([*lines, ""])

    def lines(self) -> Iterator[str]:
        """Yield the report: what was copied, what was converted, and what needs a look."""
        yield "# Templates of the old planet\n"
        yield "Made by `ecliptic import`. The pages are made from the new files; change these.\n"
        if self._findings:
            yield "What could not be converted is a comment, NOT CONVERTED, in its place.\n"
        elif self._sections:
            yield "All that had to be converted could be.\n"
        if self._copied:
            yield "These run as they are, and were copied with what they include:\n"
            yield from self._copied
            yield ""
        yield from self._sections


def _moved(template: OldTemplate, file: Path) -> OldTemplate:
    return msgspec.structs.replace(template, file=str(file), folder=str(file.parent))


def _inside(file: str, folder: str) -> Path:
    """Return where a file stands in a folder, as its name says or else as it is on the disk."""
    path = Path(os.path.normpath(file))
    if not path.is_relative_to(folder):
        path, folder = path.resolve(), str(Path(folder).resolve())
    return path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
