"""Converted templates, compiled: those of Genshi and Django on the fly, and their Jinja files.

A template runs in Jinja's sandbox, with filters that give plain text. It reads no file
while it runs, for all that it names was read before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Final

from jinja2 import ChainableUndefined, DictLoader, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ecliptic.errors import RenderError
from ecliptic.model.template import OldTemplate
from ecliptic.render.conversion import Folder, conversions
from ecliptic.render.converted_filters import FILTERS, FUNCTIONS
from ecliptic.render.old_jinja import escaped

_WORD: Final = re.compile(r"\w+")
_MOST: Final = 200
_LEFT_OUT: Final = ("pprint", "random", "tojson", "truncate", "urlize", "xmlattr")
"""Filters that leave something to chance, or make markup of what they are given."""


class ConvertedTemplate:
    """A template with all that it names, ``files``; ``mark`` is their hash, ``names`` its words."""

    def __init__(self, settings: OldTemplate) -> None:
        """Read, convert and compile a template; raises ``RenderError`` with file and line."""
        self._main = settings.file
        self._files: dict[str, str] = {}
        texts = dict(self._written(settings) if settings.kind == "jinja" else self._made(settings))
        environment = _environment(texts)
        try:
            compiled = [environment.get_template(name) for name in texts]
        except TemplateSyntaxError as error:
            raise self._fault(error, error.name or "", error.lineno) from error
        except (TemplateError, SyntaxError, RecursionError, MemoryError) as error:
            raise self._fault(error) from error
        self._template = compiled[0]
        self.files = list(self._files.values())
        self.names = frozenset(word for text in texts.values() for word in _WORD.findall(text))
        self.mark = blake2b("\0".join(texts.values()).encode(), digest_size=12).digest()

    def fill(self, values: Mapping[str, object]) -> str:
        """Return the template with its values in their places."""
        try:
            return self._template.render(values)
        except (
            TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            RecursionError,
        ) as error:  # fmt: skip
            raise self._fault(error) from error

    def _made(self, settings: OldTemplate) -> Iterator[tuple[str, str]]:
        """Yield the templates that are converted on the fly."""
        for made in conversions(settings):
            if not made.converted.is_whole:
                first = made.converted.findings[0]
                self._files[""] = made.file
                raise self._fault(ValueError(f"{first.what}; {first.do}"), "", first.line)
            self._files[made.name] = made.file
            yield made.name, made.converted.text

    def _written(self, settings: OldTemplate) -> Iterator[tuple[str, str]]:
        """Yield the templates that are in Jinja's language already."""
        folder, environment = Folder(settings), _environment({})
        waiting = [folder.main]
        while waiting and len(self._files) < _MOST:
            name = waiting.pop(0)
            text = folder.text(name)
            if text is None or name in self._files:
                continue  # where it is missing, Jinja says so when it is asked for
            self._files[name] = folder.file(name)
            yield name, text
            waiting += _named(environment, text)

    def _fault(self, error: BaseException, name: str = "", line: int = 0) -> RenderError:
        file = self._files.get(name, self._main)
        said = str(error) or type(error).__name__
        return RenderError("render.template", f"{file}:{line}: {said}", file=file, line=line)


def _named(environment: ImmutableSandboxedEnvironment, text: str) -> list[str]:
    """Return the templates that a text names; a fault in it is told when it is compiled."""
    try:
        found = meta.find_referenced_templates(environment.parse(text))
        return [name for name in found if name]
    except (TemplateSyntaxError, RecursionError, MemoryError):
        return []


def _shown(value: object) -> object:
    """Return what is written for a value: nothing for ``None``, as in Genshi."""
    return "" if value is None else value


def _environment(texts: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(texts),
        autoescape=True,
        auto_reload=False,
        undefined=ChainableUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
    )
    for name in _LEFT_OUT:
        del environment.filters[name]
    environment.filters.update({**FILTERS, "e": escaped, "escape": escaped})
    environment.globals.update(FUNCTIONS)
    return environment
