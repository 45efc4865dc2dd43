"""The templates that an old configuration names, found on the disk, with their settings.

Planet 2.0 saw their names from the folder it was started in, Venus from its
template folders. What cannot be found or read is said, never refused: our own
page of that name stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl

import msgspec

from ecliptic.legacy import notices
from ecliptic.legacy.conversion import CONVERTED, convertible
from ecliptic.legacy.ini import Section
from ecliptic.legacy.subscriptions import extra
from ecliptic.legacy.values import Values, one_line
from ecliptic.model.paths import is_safe
from ecliptic.model.site import Site
from ecliptic.model.template import Copied, OldTemplate
from ecliptic.sources import paths
from ecliptic.sources.templates import KINDS, Kind

_DEFAULTS = Site(name="")
_KINDS = {ending: kind for ending, kind in KINDS.items() if kind != "jinja"}
_SETTINGS = frozenset({
    "items_per_page", "days_per_page", "activity_threshold", "date_format", "new_date_format",
    "output_dir",
})  # fmt: skip
_WILD = re.compile(r"(.*)#\{(\w+)\}(.*)")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What templates need of a configuration: its sections, and what its pages show."""

    planet: Section
    programs: tuple[Section, ...]
    feeds: tuple[Section, ...]
    site: Site
    folders: tuple[Path, ...] = ()


def find(values: Values, settings: Settings) -> tuple[OldTemplate, ...]:
    """Return the templates that are there; each makes one page. The others are noted."""
    found: dict[str, OldTemplate] = {}
    missing, unread, beside = [], [], []
    folders = settings.folders or _started_in(values.path)
    for word in settings.planet.text("template_files").split():
        name, _, query = word.partition("?")
        kind = _KINDS.get(PurePosixPath(name).suffix)
        file = _in_folders(name, folders)
        if file is None and not settings.folders:  # a folder that was renamed, or copied alone
            file = _in_folders(PurePosixPath(name).name, (values.path.parent,))
            beside += [name] if file else []
        if kind is None:
            unread.append(name)
        elif file is None:
            missing.append(name)
        else:
            template = _template(values, settings, name, file, kind)
            if kind in CONVERTED and not convertible(values, template):
                continue
            asked = dict(parse_qsl(query)) | template.parameters
            template = msgspec.structs.replace(template, parameters=asked)
            if is_safe(template.path):
                found[template.path] = template
            else:
                missing.append(name)
    line = settings.planet.line_of("template_files")
    _note_missing(values, missing, folders, line)
    if beside:
        values.notices.append(
            "Templates that are not in the folder that is named, and are taken from beside the"
            f" configuration: {notices.some(beside)} (line {line})."
        )
    if unread:
        values.notices.append(
            f"Templates in languages that are not read yet: {notices.some(unread)} (line {line});"
            " where Ecliptic has a page of that name, its own stands there."
        )
    return tuple(found.values())


def copies(values: Values, settings: Settings) -> tuple[Copied, ...]:
    """Return the files that Venus' ``bill_of_materials`` copies into the site."""
    found: dict[str, Copied] = {}
    missing = []
    for name in _listed(settings.planet.text("bill_of_materials"), settings.feeds):
        file = _in_folders(name, settings.folders, inside=True) if is_safe(name) else None
        if file is None:
            missing.append(name)
        else:
            found[name] = Copied(file=str(file), path=name)
    if missing:
        line = settings.planet.line_of("bill_of_materials")
        values.notices.append(
            f"Files of bill_of_materials (line {line}) that are not found: {notices.some(missing)}."
        )
    return tuple(found.values())


def _started_in(config: Path) -> tuple[Path, ...]:
    """Return where Planet 2.0 may have been started; often above the configuration's folder."""
    return tuple(dict.fromkeys((Path.cwd(), config.parent, config.parent.parent)))


def _in_folders(name: str, folders: Iterable[Path], *, inside: bool = False) -> Path | None:
    for folder in folders:
        path = folder / paths.home_filled(name)
        if path.is_file() and (not inside or path.resolve().is_relative_to(folder.resolve())):
            return path.absolute()
    return None


def _note_missing(values: Values, missing: list[str], folders: Sequence[Path], line: int) -> None:
    if missing:
        values.notices.append(
            f"Templates that are not found: {notices.some(missing)} (line {line}; looked for in"
            f" {', '.join(map(str, folders))}). Where Ecliptic has a page of that name, its own"
            " stands there."
        )


def _template(values: Values, settings: Settings, name: str, file: Path, kind: Kind) -> OldTemplate:
    section = _section(settings, name)
    is_venus = settings.site.dialect == "venus"
    return OldTemplate(
        file=str(file),
        folder=str(file.parent),
        path=_path(values, settings, section, name),
        kind=kind,
        engine="venus" if is_venus else "planet",
        items_per_page=settings.site.pages.items_per_page
        if is_venus
        else values.whole(section, "items_per_page", _DEFAULTS.pages.items_per_page),
        days_per_page=0 if is_venus else values.whole(section, "days_per_page"),
        activity_threshold=values.whole(section, "activity_threshold"),
        date_format=values.date_format(section, "date_format", _DEFAULTS.date_format),
        day_format=values.date_format(section, "new_date_format", _DEFAULTS.day_format),
        encoding=one_line(section.text("encoding")) or "utf-8",
        parameters=_parameters(settings, name, kind),
    )


def _section(settings: Settings, name: str) -> Section:
    """Return the settings of a template: the planet's, then those of its own section."""
    keys = dict(settings.planet.keys)
    for own in _own_sections(settings, name):
        keys |= own.keys
    return Section(title=name, line=settings.planet.line, keys=keys)


def _own_sections(settings: Settings, name: str) -> Iterator[Section]:
    for own in settings.programs:
        if own.title in {name, PurePosixPath(name).name}:
            yield own


def _parameters(settings: Settings, name: str, kind: Kind) -> dict[str, str]:
    """Return the keys of a stylesheet's section that are no settings: Venus passes them on."""
    if kind == "django" and settings.planet.text("django_autoescape").lower() == "off":
        return {"django_autoescape": "off"}
    if kind != "xslt":
        return {}
    return {
        key: value
        for own in _own_sections(settings, name)
        for key, value in extra(own, _SETTINGS).items()
    }


def _path(values: Values, settings: Settings, section: Section, name: str) -> str:
    """Return where a template's page stands: its name without ``.tmpl``, in its own folder."""
    path = PurePosixPath(name).stem
    folder = one_line(section.text("output_dir"))
    if settings.site.dialect == "venus" or folder == one_line(settings.planet.text("output_dir")):
        return path
    place = Path(paths.beside(values.path, folder))
    if not place.is_relative_to(settings.site.output):
        values.notices.append(
            f"output_dir = {folder} (line {section.line_of('output_dir')}) is not in the folder"
            f" of the planet; {path} is written there, into {settings.site.output}."
        )
        return path
    return (PurePosixPath(place.relative_to(settings.site.output)) / path).as_posix()


def _listed(text: str, feeds: Sequence[Section]) -> Iterator[str]:
    """Yield the names of a list; ``#{face}`` stands for that key of each subscription."""
    for word in text.split():
        wild = _WILD.fullmatch(word)
        if not wild:
            yield word
            continue
        for feed in feeds:
            value = one_line(feed.text(wild[2].lower()))
            if value:
                yield f"{wild[1]}{value}{wild[3]}"
