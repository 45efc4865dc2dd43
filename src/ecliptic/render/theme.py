"""A theme: a folder of templates and assets that overrides the default one file by file."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import Final

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from markupsafe import Markup, escape

from ecliptic.errors import RenderError
from ecliptic.model.paths import SHIPPED_THEMES
from ecliptic.model.text import words_of_html
from ecliptic.render.compiled import Compiled
from ecliptic.render.interface import SOURCE_LANGUAGE, Interface, interface, with_own
from ecliptic.render.unmade import UnmadeError

THEMES: Final = Path(__file__).parents[1] / "themes"
DEFAULT: Final = THEMES / "default"

ASSETS: Final = "theme/"
"""Where a site has the assets of its theme."""


_unknown_part = re.compile(r"'[\w.]+ object' has no attribute '(\w+)'").fullmatch

TEMPLATES: Final = {
    "index": "index.html",
    "titles": "titles.html",
    "feed_page": "feed.html",
    "feeds": "feeds.html",
    "channel": "channel.html",
    "archive": "archive.html",
    "month": "month.html",
    "day": "day.html",
    "post": "post.html",
    "terms": "terms.html",
    "term": "term.html",
    "term_year": "term_year.html",
    "statistics": "statistics.html",
    "blogroll": "blogroll.html",
}
"""Which template makes the pages of which kind."""


class Theme:
    """Templates and assets; the operator's own come before those of the default theme.

    Between them stands the one that ``theme.toml`` names, as ``extends = "classic"``. A
    template can build on the one it replaces: ``{% extends "default/index.html" %}``.
    """

    def __init__(
        self, folders: tuple[Path, ...], words: Interface, compiled: Path | None = None
    ) -> None:
        """Take the folders in which a file is looked for, one after the other; and our words.

        Compiled templates are kept in the folder ``compiled``, if one is given.
        """
        self.templates = _files(folders, "templates")
        self.own_templates = _files(folders[:1], "templates") if len(folders) > 1 else {}
        self.given_templates = frozenset(_files(folders[1:] or folders, "templates"))
        self.assets = _files(folders, "assets")
        self._contents = {name: _read(path) for name, path in self.assets.items()}
        self.words = words
        self.fingerprint = _fingerprint(folders, words.mark)
        self.seconds = 0.0
        """Wall time that templates took so far."""
        self._folders = folders
        loaders = [FileSystemLoader(folder / "templates") for folder in folders]
        named = {
            folder.name: loader for folder, loader in zip(folders[1:], loaders[1:], strict=True)
        }
        self._environment = Environment(
            loader=ChoiceLoader([*loaders, PrefixLoader({**named, "default": loaders[-1]})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=Compiled(compiled) if compiled else None,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.filters["text"] = _text
        self._environment.policies["ext.i18n.trimmed"] = True
        install = getattr(self._environment, "install_gettext_translations")  # noqa: B009 - put there by the extension
        install(words.translations, newstyle=True)
        self._environment.globals["gettext"] = _saying(words)
        # A fault in a template that no page needs today is told today.
        for name in _files(folders[:-1], "templates"):
            self._template(name)

    @classmethod
    def load(
        cls,
        folder: str | None = None,
        language: str = SOURCE_LANGUAGE,
        compiled: Path | None = None,
    ) -> Theme:
        """Return the operator's theme, or one that comes along; the default one for ``""``."""
        words = interface(language)
        if not folder or folder in SHIPPED_THEMES:
            return cls(folders_of(folder), words, compiled)
        if not Path(folder).is_dir():
            raise RenderError(
                "render.theme",
                f"{folder}: there is no such theme folder. Make it, or remove 'theme' from the "
                "settings to use the default theme",
                file=folder,
            )
        words = with_own(words, language, Path(folder))
        return cls(folders_of(folder), words, compiled)

    def asset(self, name: str) -> bytes:
        """Return the bytes of an asset."""
        return self._contents[name]

    @lru_cache(256)  # noqa: B019 - a theme lives as long as the run
    def asset_mark(self, name: str) -> str:
        """Return a short hash of an asset, so that browsers do not show an old one."""
        return blake2b(self._contents[name], digest_size=4).hexdigest()

    def render(self, template: str, context: Mapping[str, object]) -> str:
        """Fill a template; ``RenderError`` names the file and line of a fault in it."""
        start = perf_counter()
        try:
            return self._template(template).render(context)
        except (RenderError, UnmadeError):
            raise
        except TemplateSyntaxError as error:
            raise self._error(error.filename or template, error.lineno, error) from error
        except Exception as error:
            file, line = self._place(error)
            if not file:
                if isinstance(error, TemplateError):
                    raise self._error(template, 0, error) from error
                raise
            raise self._error(file, line, error) from error
        finally:
            self.seconds += perf_counter() - start

    def tree(self, name: str) -> nodes.Template:
        """Return a template as it was read, not yet made a program; ``RenderError`` as above."""
        loader = self._environment.loader
        assert loader is not None
        try:
            text, file, _ = loader.get_source(self._environment, name)
            return self._environment.parse(text, name, file)
        except TemplateError as error:
            raise self._error(name, getattr(error, "lineno", 0), error) from error

    def _template(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise self._error(error.filename or name, error.lineno, error) from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise self._error(str(self.templates[name]), line, error) from error

    def _place(self, error: Exception) -> tuple[str, int]:
        """Return the innermost line of a template that the error passed through."""
        roots = tuple(f"{folder / 'templates'}/" for folder in self._folders)
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if frame.filename.startswith(roots)]
        return (inside[-1].filename, inside[-1].lineno or 0) if inside else ("", 0)

    def _error(self, file: str, line: int, error: Exception) -> RenderError:
        said = str(error) or type(error).__name__
        if isinstance(error, TemplateNotFound):
            said = f"the theme has no template {error.name!r}"
        elif isinstance(error, UnicodeDecodeError):
            said = "this is not UTF-8 text"
        elif isinstance(error, UndefinedError) and (unknown := _unknown_part(said)):
            said = f"there is no {unknown[1]!r} here; the reference of themes tells what there is"
        return RenderError("render.template", f"{file}:{line}: {said}", file=file, line=line)


def _saying(words: Interface) -> Callable[..., Markup]:
    """Return what templates say words by; Jinja's own took a sixth of the time of a long list."""

    def say(text: str, /, **values: object) -> Markup:
        filled = {name: escape(value) for name, value in values.items()}
        return Markup(words.say(text) % filled)  # noqa: S704 - ours, or the operator's own

    return say


def folders_of(folder: str | None) -> tuple[Path, ...]:
    """Return a theme's folder, and those of the themes that it builds on.

    Raises ``RenderError`` for a fault in its ``theme.toml``.
    """
    if not folder or folder in SHIPPED_THEMES:
        return tuple(dict.fromkeys((THEMES / (folder or "default"), DEFAULT)))
    return tuple(dict.fromkeys((Path(folder), _base(Path(folder)), DEFAULT)))


def _base(folder: Path) -> Path:
    """Return the theme that one builds on, as its ``theme.toml`` says."""
    path = folder / "theme.toml"
    if not path.is_file():
        return DEFAULT
    # Few themes have such a file.
    from ecliptic.render.theme_settings import base_named  # noqa: PLC0415 - see above

    return THEMES / base_named(str(path), _read(path))


def _text(html: str) -> str:
    """Return the words of markup, in one line: the filter ``text`` of templates."""
    return " ".join(words_of_html(html).split())


def _files(folders: tuple[Path, ...], kind: str) -> dict[str, Path]:
    """Return the files of a theme by their path inside it; hidden and backup files are none."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        for path in sorted((folder / kind).rglob("*")):
            name = path.relative_to(folder / kind)
            is_ours = not any(part.startswith(".") for part in name.parts) and path.suffix != ".bak"
            if is_ours and not path.name.endswith("~") and path.is_file():
                found[name.as_posix()] = path
    return dict(sorted(found.items()))


def _fingerprint(folders: tuple[Path, ...], words: bytes) -> str:
    """Return a hash of every file of the theme: those it overrides too, for ``extends``."""
    digest = blake2b(words, digest_size=12)
    for folder in folders:
        for kind in ("templates", "assets"):
            for name, path in _files((folder,), kind).items():
                digest.update(f"{kind}/{name}\0".encode() + _read(path) + b"\0")
    return digest.hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RenderError(
            "render.theme", f"{path}: cannot be read ({error.strerror})", file=str(path)
        ) from error


class Assets:
    """``asset("style.css")`` in a template: where the asset stands, seen from the page."""

    def __init__(self, theme: Theme, root: str) -> None:
        self._theme = theme
        self._root = root

    def __call__(self, name: str) -> str:
        """Return the address of an asset; it changes when the asset does."""
        if name not in self._theme.assets:
            raise FileNotFoundError(f"the theme has no asset {name!r}")
        return f"{self._root}{ASSETS}{name}?{self._theme.asset_mark(name)}"

    def __contains__(self, name: str) -> bool:
        return name in self._theme.assets
