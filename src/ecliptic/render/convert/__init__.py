"""Templates of Genshi and Django, turned into Jinja's language: text in, text and findings out.

Nothing here reads a file or shows a value. Whatever the text, something comes out;
what cannot be said in Jinja is a comment in its place, and a finding. What a value stands
in (an attribute, a script) is known here, and written as a filter, so that no value
can leave its place.
"""

from ecliptic.render.convert.converted import Converted, Finding, Language, Reader, new_name
from ecliptic.render.convert.language import convert

__all__ = ["Converted", "Finding", "Language", "Reader", "convert", "new_name"]
