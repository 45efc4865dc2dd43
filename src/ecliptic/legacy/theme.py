"""Venus' themes: a folder whose ``config.ini`` stands under the planet's own."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ecliptic.legacy import dialect, ini
from ecliptic.legacy.ini import Document, Section, Value
from ecliptic.legacy.values import Values, one_line
from ecliptic.sources import files

_CONFIG = Path("config").with_suffix(".ini")


class Themed(msgspec.Struct, frozen=True, kw_only=True):
    """A planet's document with its theme's under it, and the folders to look for files in."""

    document: Document
    folders: tuple[Path, ...] = ()


def themed(values: Values, document: Document) -> Themed:
    """Read the theme that a Venus configuration names; one that is not there is noted."""
    planet = dialect.planet_section(document) or Section(title="Planet", line=0)
    places = _places_of(values.path)
    own = [place / name for name in planet.text("template_directories").split() for place in places]
    own = own or list(places)
    name = one_line(planet.text("output_theme"))
    if not name:
        return Themed(document=document, folders=tuple(own))
    looked_in = _homes(places, name)
    folder = next((home for home in looked_in if (home / _CONFIG).is_file()), None)
    if folder is None:
        looked = ", ".join(map(str, looked_in))
        values.notices.append(
            f"output_theme = {name} (line {planet.line_of('output_theme')}) is not used: there is"
            f" no {_CONFIG} in {looked}. Copy the theme's folder there to keep it; until then,"
            " pages are made with Ecliptic's own theme."
        )
        return Themed(document=document, folders=tuple(own))
    theme = ini.parse(files.read(folder / _CONFIG))
    section = dialect.planet_section(theme) or Section(title="Planet", line=0)
    further = [folder / each for each in section.text("template_directories").split()]
    return Themed(
        document=_over(theme, document), folders=(*own, folder, values.path.parent, *further)
    )


def _homes(places: tuple[Path, ...], name: str) -> tuple[Path, ...]:
    """Return where a theme may be: Venus had ``themes`` beside its program too."""
    above = places[0].parent
    themes = [place / "themes" / name for place in (*places, above)]
    return tuple(dict.fromkeys((*(place / name for place in places), *themes)))


def _places_of(config: Path) -> tuple[Path, ...]:
    """Return where relative names are looked for: beside the configuration, then where we are."""
    return tuple(dict.fromkeys((config.parent, Path.cwd())))


def _over(theme: Document, document: Document) -> Document:
    """Return a document with a theme's keys where it has none; lists of files are joined."""
    section = dialect.planet_section(document) or Section(title="Planet", line=0)
    under = dialect.planet_section(theme) or Section(title="Planet", line=0)
    whole = ini.merged(_unlined(theme), document)
    lists = [each.text("bill_of_materials") for each in (under, section)]
    planet = dialect.planet_section(whole)
    if planet and all(lists):
        line = section.line_of("bill_of_materials")
        planet.keys["bill_of_materials"] = Value(text="\n".join(lists), line=line)
    return whole


def _unlined(theme: Document) -> Document:
    """Return a theme without line numbers, which are of another file."""
    sections = tuple(
        Section(
            title=section.title,
            line=0,
            keys={key: Value(text=value.text, line=0) for key, value in section.keys.items()},
        )
        for section in theme.sections
    )
    return Document(top=Section(title="", line=0), sections=sections, odd_lines=())
