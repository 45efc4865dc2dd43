"""Old templates that were turned into Jinja's language, as Planet Python's are to be.

They escape as htmltmpl's do: where they say so, and by us where they do not. A
template runs in Jinja's sandbox: it sees values, and calls nothing else.
"""

from __future__ import annotations

from typing import Final

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ecliptic.errors import RenderError
from ecliptic.render.htmltmpl import Scope, Value


def is_jinja(text: str) -> bool:
    """Whether a template is written in Jinja's language rather than htmltmpl's."""
    return "TMPL_" not in text and ("{{" in text or "{%" in text)


class JinjaTemplate:
    """A template, compiled. ``names`` holds every word that may be a variable's."""

    def __init__(self, text: str, file: str) -> None:
        """Compile a template; raises ``RenderError`` with its file and line."""
        self._file = file
        try:
            self._template = _ENVIRONMENT.from_string(text)
        except TemplateSyntaxError as error:
            raise self._fault(error.lineno, error) from error
        except (RecursionError, MemoryError) as error:
            raise self._fault(0, error) from error

    def fill(self, values: Scope) -> str:
        """Return the template with its values in their places."""
        try:
            return self._template.render(values)
        except (
            TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError,
        ) as error:  # fmt: skip
            raise self._fault(0, error) from error

    def _fault(self, line: int, error: BaseException) -> RenderError:
        said = str(error) or type(error).__name__
        return RenderError(
            "render.template", f"{self._file}:{line}: {said}", file=self._file, line=line
        )


def escaped(value: Value) -> Markup:
    """Escape a value, markup too: that is what the filter means in these templates."""
    return Markup.escape(str(value))


def _unchanged(value: Value) -> Value:
    """Return a value as it is: what is safe is known already, and no template makes it so."""
    return value


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, auto_reload=False)
    environment.filters.update({"e": escaped, "escape": escaped, "safe": _unchanged})
    return environment


_ENVIRONMENT: Final = _environment()
