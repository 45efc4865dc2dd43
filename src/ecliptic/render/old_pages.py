"""Pages from an older engine's templates: read once, filled, and written in their encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

import msgspec

from ecliptic.errors import RenderError
from ecliptic.model.feed import FeedState
from ecliptic.model.move import Duplicate
from ecliptic.model.page import Page, Shown
from ecliptic.model.site import Site
from ecliptic.model.template import OldTemplate
from ecliptic.render.htmltmpl import Scope, fill, read
from ecliptic.render.messages import messages
from ecliptic.render.old_jinja import JinjaTemplate, is_jinja
from ecliptic.render.variables import Variables
from ecliptic.render.writer import html_bytes, xml_bytes

_XML: Final = frozenset({".xml", ".rdf", ".rss", ".atom", ".opml", ".svg", ".xhtml"})
_REFERENCES: Final = frozenset({"xml", "html", "sgml"})
_INCLUDED: Final = "inc"
_WORD: Final = re.compile(r"\w+")


class _Planet(msgspec.Struct, frozen=True, kw_only=True):
    """What a template's page is made of, in one run."""

    site: Site
    feeds: Sequence[FeedState]
    messages: Mapping[int, str]
    entries: Sequence[Shown]
    changed_at: datetime | None


class _Source(Protocol):
    """A template that was read: ``mark`` is a hash of it and what it includes, ``files``."""

    mark: bytes
    files: list[str]
    tells_trouble: bool
    tells_times: bool

    def make(self, planet: _Planet) -> bytes:
        """Return the page."""
        ...


class OldPages:
    """The templates and copied files of one planet, and the pages they make."""

    def __init__(
        self,
        site: Site,
        feeds: Sequence[FeedState],
        duplicates: Sequence[Duplicate],
        newest: Mapping[int, datetime],
    ) -> None:
        """Read all templates: a fault in one is told before any page is made."""
        self._newest = newest
        self._site = site
        self._feeds = feeds
        self._duplicates = duplicates
        self._settings = {template.path: template for template in site.templates}
        self._sources: dict[str, _Source] = {
            path: _SOURCES[template.kind](template) for path, template in self._settings.items()
        }
        self._copied = {copied.path: _read(copied.file) for copied in site.copies}

    def render(self, page: Page, entries: Sequence[Shown], changed_at: datetime | None) -> bytes:
        """Return the bytes of a page."""
        if page.kind == "copied":
            return self._copied[page.path]
        planet = _Planet(
            site=self._site,
            feeds=self._feeds,
            messages=self._messages(page.path, changed_at),
            entries=entries,
            changed_at=changed_at,
        )
        return self._sources[page.path].make(planet)

    def fingerprint(self, page: Page, changed_at: datetime | None) -> object:
        """Return what a page's bytes depend on besides entries, feeds and the site's settings."""
        if page.kind == "copied":
            return blake2b(self._copied[page.path], digest_size=12).digest()
        source = self._sources[page.path]
        changed = [feed.fetch.changed_at for feed in self._feeds] if source.tells_times else []
        settings = msgspec.structs.replace(self._settings[page.path], file="", folder="")
        said = sorted(self._messages(page.path, changed_at).items())
        return (source.mark, settings, changed, said)

    def _messages(self, path: str, changed_at: datetime | None) -> dict[int, str]:
        """Return what is wrong with which feed, if the template says it."""
        if not self._sources[path].tells_trouble:
            return {}
        return messages(
            self._feeds,
            self._duplicates,
            self._settings[path].engine,
            threshold=self._settings[path].activity_threshold,
            changed_at=changed_at,
            newest=self._newest,
        )


class _Tmpl:
    """A template of htmltmpl or its twin in Jinja, what it includes, and what it asks for."""

    _fill: Callable[[Scope], str]

    def __init__(self, settings: OldTemplate) -> None:
        self._settings = settings
        self._digest = blake2b(digest_size=12)
        self._folder = Path(settings.folder).resolve()
        self.files = [settings.file]
        text = self._text(Path(settings.file))
        if is_jinja(text):
            self._fill = JinjaTemplate(text, settings.file).fill
            self._names = frozenset(_WORD.findall(text))
        else:
            template = read(text, settings.file, self._include)
            self._fill = partial(fill, template)
            self._names = template.names
        self.mark = self._digest.digest()
        self.tells_trouble = bool(self._names & {"message", "channel_message"})
        self.tells_times = any("updated" in name for name in self._names)

    def make(self, planet: _Planet) -> bytes:
        """Return the page."""
        variables = Variables(
            planet.site, self._settings, planet.feeds, planet.messages, self._names
        )
        values = variables.page(planet.entries, planet.changed_at)
        return _encoded(self._fill(values), self._settings)

    def _text(self, path: Path) -> str:
        """Read a template in UTF-8 or, where it is not, in Windows' superset of Latin-1."""
        data = _read(str(path))
        self._digest.update(data)
        try:
            return data.decode()
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")

    def _include(self, name: str, file: str) -> tuple[str, str]:
        """Find an included template: in ``inc``, or beside the one that names it."""
        beside = Path(file).parent
        tried = [beside / _INCLUDED / name, beside / name, self._folder / _INCLUDED / name]
        for path in tried:
            resolved = path.resolve()
            if not resolved.is_relative_to(self._folder):
                raise LookupError(f"it is outside {self._folder}, the folder of the template")
            if resolved.is_file():
                self.files.append(str(path))
                return str(path), self._text(resolved)
        raise LookupError(f"there is no {', '.join(map(str, tried))}")


class _Xslt:
    """A stylesheet of Venus, and the Atom document it is given."""

    tells_times = False

    def __init__(self, settings: OldTemplate) -> None:
        from ecliptic.render.xslt import Stylesheet  # noqa: PLC0415 - libxslt is for few planets

        self._settings = settings
        self._stylesheet = Stylesheet(settings.file, settings.folder)
        self.mark = self._stylesheet.mark
        self.files = self._stylesheet.files
        self.tells_trouble = self._stylesheet.tells_trouble

    def make(self, planet: _Planet) -> bytes:
        """Return the page."""
        from ecliptic.render.venus_atom import VenusAtom  # noqa: PLC0415 - see above

        atom = VenusAtom(planet.site, self._settings, planet.feeds, planet.messages)
        document = atom.document(planet.entries, planet.changed_at)
        parameters = {**planet.site.extra, **self._settings.parameters}
        return self._stylesheet.transform(document, parameters)


class _Converted:
    """A template of Genshi or Django, converted on the fly or before."""

    def __init__(self, settings: OldTemplate) -> None:
        from ecliptic.render.converted import ConvertedTemplate  # noqa: PLC0415 - as for XSLT

        self._settings = settings
        self._template = ConvertedTemplate(settings)
        self._names = self._template.names
        self.mark = self._template.mark
        self.files = self._template.files
        self.tells_trouble = any("message" in name for name in self._names)
        self.tells_times = any("updated" in name for name in self._names)

    def make(self, planet: _Planet) -> bytes:
        """Return the page."""
        from ecliptic.render.converted_values import ConvertedVariables  # noqa: PLC0415 - as above

        variables = ConvertedVariables(
            planet.site, self._settings, planet.feeds, planet.messages, self._names
        )
        values = variables.page(planet.entries, planet.changed_at)
        return _encoded(self._template.fill(values), self._settings)


_SOURCES: Final[Mapping[str, Callable[[OldTemplate], _Source]]] = {
    "htmltmpl": _Tmpl,
    "xslt": _Xslt,
    **dict.fromkeys(("genshi", "django", "jinja"), _Converted),
}


def files_of(template: OldTemplate) -> tuple[str, ...]:
    """Return the files that a template is read from, itself first, then what it includes.

    Raises ``RenderError`` for a fault in one of them.
    """
    return tuple(dict.fromkeys(_SOURCES[template.kind](template).files))


def _encoded(text: str, settings: OldTemplate) -> bytes:
    """Return a page as its settings want it encoded, and without what its format forbids."""
    suffix = PurePosixPath(settings.path).suffix.lower()
    # The one name of a character that cleaned markup holds is not known in XML.
    body = xml_bytes(text.replace("&nbsp;", "&#160;")) if suffix in _XML else html_bytes(text)
    name = settings.encoding.lower()
    codec = "ascii" if name in _REFERENCES else _codec(name)
    if codec == "utf-8":
        return body
    return body.decode().encode(codec, "xmlcharrefreplace")


def _codec(name: str) -> str:
    """Return the name of a text encoding; what is none of them gives way to UTF-8."""
    try:
        "a".encode(name)
        return codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        return "utf-8"


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise RenderError(
            "render.template", f"{path}: cannot be read ({error.strerror})", file=path
        ) from error
