"""Filters of Django, and what Jinja and our pages have for them."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from ecliptic.render.convert.converted import Unsayable


class Filter(msgspec.Struct, frozen=True):
    """A filter: ``word`` is its name here, ``form`` a whole expression where it has none.

    ``given`` is what is said where the template says nothing, and ``note`` what differs.
    """

    word: str = ""
    form: str = ""
    given: str = ""
    takes: Literal["nothing", "one"] = "one"
    note: str = ""

    def write(self, value: str, given: str | None) -> str:
        """Return the expression of a value that goes through the filter."""
        said = self.given if given is None else given
        if not self.word and not self.form:
            return value
        if bool(said) != (self.takes == "one"):
            raise Unsayable(f"the filter {self.word} takes {self.takes}", "mend it")
        if self.form:
            return self.form.format(value=_part(value), given=said)
        return f"{_part(value)} | {self.word}({said})" if said else f"{_part(value)} | {self.word}"


def _part(value: str) -> str:
    """Return an expression to which a filter may be added; filters follow each other."""
    simple = " " not in value or " | " in value or value.startswith('"')
    return value if simple and not value.startswith("-") else f"({value})"


def _alone(*names: str) -> dict[str, Filter]:
    return {name: Filter(name, takes="nothing") for name in names}


_WORDS_ONLY: Final = "its markup is left out, and its words are cut"
FILTERS: Final = {
    **_alone(
        "addslashes",
        "capfirst",
        "filesizeformat",
        "first",
        "last",
        "length",
        "linebreaks",
        "linebreaksbr",
        "lower",
        "slugify",
        "striptags",
        "title",
        "upper",
        "wordcount",
    ),
    "add": Filter("add"),
    "center": Filter("center"),
    "cut": Filter("cut"),
    "date": Filter("date", given='"N j, Y"'),
    "default": Filter(form="{value} | default({given}, true)", given='""'),
    "default_if_none": Filter("default_if_none", given='""'),
    "dictsort": Filter(form="{value} | sort(case_sensitive=true, attribute={given})"),
    "dictsortreversed": Filter(
        form="{value} | sort(case_sensitive=true, attribute={given}, reverse=true)"
    ),
    "divisibleby": Filter("divisibleby"),
    "escape": Filter(),
    "escapejs": Filter(),
    "floatformat": Filter("floatformat", given="-1"),
    "force_escape": Filter(),
    "iriencode": Filter(),
    "join": Filter("join"),
    "length_is": Filter("length_is"),
    "ljust": Filter("ljust"),
    "make_list": Filter("list", takes="nothing"),
    "pluralize": Filter("pluralize", given='"s"'),
    "removetags": Filter(
        form="{value} | striptags", note="it takes out all tags here; {% if %} what needs them"
    ),
    "rjust": Filter("rjust"),
    "safe": Filter("safe", takes="nothing"),
    "slice": Filter("slice_of"),
    "stringformat": Filter("stringformat"),
    "time": Filter("date", given='"P"'),
    "truncatechars": Filter("truncatechars"),
    "truncatechars_html": Filter(
        form="{value} | striptags | truncatechars({given})", note=_WORDS_ONLY
    ),
    "truncatewords": Filter("truncatewords"),
    "truncatewords_html": Filter(
        form="{value} | striptags | truncatewords({given})", note=_WORDS_ONLY
    ),
    "urlencode": Filter("urlencode", takes="nothing"),
    "wordwrap": Filter("wordwrap"),
    "yesno": Filter("yesno", given='"yes,no,maybe"'),
}
"""By their names in Django. What needs a clock or chance is not here: pages have neither."""
