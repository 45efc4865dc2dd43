"""A template of Genshi or Django with all that it names, read from its folder and converted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from ecliptic.errors import RenderError
from ecliptic.model.template import OldTemplate
from ecliptic.render.convert import Converted, Language, convert, new_name

LANGUAGES: Final[dict[str, Language]] = {"genshi": "genshi", "django": "django"}
"""The languages that are converted, by the kind of the template."""

_MOST: Final = 200


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A converted template; ``name`` is the new one's, seen from the folder of all of them."""

    name: str
    file: str
    converted: Converted


def conversions(template: OldTemplate) -> tuple[Made, ...]:
    """Return a template and all that it names, converted, itself first.

    Raises ``RenderError`` where it cannot be read at all.
    """
    language = LANGUAGES[template.kind]
    folder = Folder(template)
    autoescape = template.parameters.get("django_autoescape", "on").lower() != "off"
    made: dict[str, Made] = {}
    waiting = [folder.main]
    while waiting:
        name = waiting.pop(0)
        text = folder.text(name)
        if text is None or name in made or len(made) >= _MOST:
            continue
        converted = convert(
            text, name, language, folder.text, is_included=bool(made), autoescape=autoescape
        )
        made[name] = Made(
            name=new_name(name, folder.text), file=folder.file(name), converted=converted
        )
        waiting += converted.included
    return tuple(made.values())


class Folder:
    """The folder of a template, out of which nothing is read; ``main`` is the template itself."""

    def __init__(self, template: OldTemplate) -> None:
        self._folder = Path(template.folder).resolve()
        self._file = Path(template.file)
        resolved = self._file.resolve()
        inside = resolved.is_relative_to(self._folder)
        self.main = resolved.relative_to(self._folder).as_posix() if inside else self._file.name

    def text(self, name: str) -> str | None:
        """Return a template by its name, or nothing if there is none in the folder."""
        if name == self.main:
            return read(self._file)
        path = (self._folder / name).resolve()
        return read(path) if path.is_relative_to(self._folder) and path.is_file() else None

    def file(self, name: str) -> str:
        """Return the path of a template, for words about it."""
        return str(self._file if name == self.main else self._folder / name)


def read(path: Path) -> str:
    """Read a template in UTF-8 or, where it is not, in Windows' superset of Latin-1."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RenderError(
            "render.template", f"{path}: cannot be read ({error.strerror})", file=str(path)
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
