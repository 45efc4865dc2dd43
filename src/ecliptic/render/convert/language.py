"""The one way to convert a template, whatever its language."""

from __future__ import annotations

from ecliptic.render.convert import django, genshi
from ecliptic.render.convert.converted import Converted, Language, Reader


def convert(
    text: str,
    name: str,
    language: Language,
    read: Reader,
    *,
    is_included: bool = False,
    autoescape: bool = True,
) -> Converted:
    """Return a template in Jinja's language.

    ``name`` is its own, and ``read`` gives the text of those that it names, as seen from
    the folder of all of them. ``is_included`` if another template names it. ``autoescape``
    is what Venus' ``django_autoescape`` says.
    """
    if language == "genshi":
        return genshi.convert(text, name, read, is_included=is_included)
    return django.convert(text, name, read, autoescape=autoescape)
