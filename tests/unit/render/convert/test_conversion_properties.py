"""Any text is converted to something that compiles, and shows nothing that is not escaped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from converting import GENSHI, HOSTILE, converted, hostile, page
from ecliptic.errors import RenderError
from ecliptic.render.convert import Language
from ecliptic.render.converted_filters import FILTERS

_GENSHI: Final = (
    "feed.config.name", "entry.title", "entry.title_detail.stream", "entry.title_detail.value",
    "entry.source.config.face", "entry.author_detail.name", "entry.link", "entry.id",
    "entry.rights",    "entry.tags[0].term", "entry.content[0].stream", "entry.absent",
)  # fmt: skip
_DJANGO: Final = (
    "name", "item.title", "item.content", "item.link", "item.id", "item.channel_name",
    "item.channel_face", "item.author", "item.rights", "forloop.counter", "item.absent", "x",
)  # fmt: skip
_WORDS: Final = (
    "and", "or", "not", "in", "==", "+", "%", "[0]", "[:9]", "(", ")", "'a'", '"%s"', "1", "|safe",
    "Markup(", "len(", ".split()", "lambda", "if", "else",
)  # fmt: skip
_FILTERS: Final = (
    "", "|safe", "|upper", "|join:'-'", "|cut:'a'", "|truncatewords:2", "|linebreaks",
    "|default:'z'", "|escape", "|first", "|slice:':9'", "|striptags", "|add:item.title", "|nosuch",
)  # fmt: skip
_FORMS: Final = (
    "{0}", "HTML({0})", "{0}[:60]", "HTML({0})[:60]", "{0} or {1}", "'%s %s' % ({0}, {1})",
    "{0} + {1}", "HTML({0} + {1})", "{0} if {1} else 'x'", "len({0})", "{0}.upper()", "f({0})",
    "{0}.replace('a', 'b')", "[{0}][0]", "HTML({0}).replace('a', {1})",
)  # fmt: skip
_MARKS: Final = (
    "<b>", "</b>", "<a href='", "'>", "</a>", '<a title="', '">', "<script>", "</script>", "<!--",
    "-->", "<![CDATA[", "]]>", '<p onclick="', "<p onclick=", "<style>", "</style>", "\n", "{", "}",
    "&amp;", "$", ">",
)  # fmt: skip
_ANYTHING: Final = st.lists(st.sampled_from(_GENSHI + _DJANGO + _WORDS), max_size=5).map(" ".join)
_SAID: Final = st.builds(
    lambda form, *names: form.format(*names),
    st.sampled_from(_FORMS), st.sampled_from(_GENSHI), st.sampled_from(_GENSHI),
)  # fmt: skip
_PYTHON: Final = st.one_of(_SAID, _SAID, _ANYTHING).map(
    lambda text: text.replace("&", "").replace("<", "").replace('"', "'")
)
_FILTERED: Final = st.builds(
    "{}{}{}".format,
    st.sampled_from(_DJANGO), st.sampled_from(_FILTERS), st.sampled_from(_FILTERS),
)  # fmt: skip
_TAGS: Final = st.sampled_from((
    "{% for x in Channels %}", "{% endfor %}", "{% if item %}", "{% else %}", "{% endif %}",
    "{% ifchanged %}", "{% endifchanged %}", "{% autoescape off %}", "{% endautoescape %}",
    "{% filter upper %}", "{% filter slice:':9' %}", "{% endfilter %}",
    "{% with x=item.title|safe %}", "{% endwith %}", "{% regroup Items by title as x %}",
))  # fmt: skip
PIECES: Final = st.lists(
    st.one_of(
        st.sampled_from(_MARKS), _TAGS, _FILTERED.map("{{{{ {} }}}}".format),
        _FILTERED.map("{{{{ {} }}}}".format), _ANYTHING.map("{{% if {} %}}".format),
        st.text(max_size=5),
    ),
    max_size=20,
).map("".join)  # fmt: skip
DJANGO: Final = PIECES.map("{{% for item in Items %}}{}{{% endfor %}}".format)


def _elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from((
        "py:if", "py:strip", "py:content", "py:replace", "py:choose", "py:when", "py:attrs",
        "py:match", "title", "href", "onclick", "style",
    ))  # fmt: skip
    value = st.one_of(_PYTHON, _PYTHON.map("${{{}}}".format), _PYTHON.map("a ${{{}}}".format))
    return st.builds(
        '<{0} {1}="{2}">{3}</{0}>'.format,
        st.sampled_from(("b", "a", "script", "style", "py:choose")),
        name,
        value,
        st.lists(inner, max_size=3).map("".join),
    )


ELEMENTS: Final = st.recursive(
    st.one_of(
        _PYTHON.map("${{{}}}".format),
        st.sampled_from(("$entry.title", "<![CDATA[$entry.title]]>", "text")),
    ),
    _elements,
    max_leaves=8,
)
WHOLE: Final = ELEMENTS.map(
    lambda inner: GENSHI.format(
        '<py:def function="f(x)"><i title="$x">$x</i></py:def>'
        f'<py:for each="entry in entries">{inner}</py:for>'
    )
)
ANY: Final = settings(deadline=None, max_examples=100)
HERE: Final = settings(
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("language", ["genshi", "django"])
@ANY
@given(text=st.one_of(st.text(), PIECES, DJANGO, WHOLE))
def test_convert_any_text_gives_a_value(language: Language, text: str) -> None:
    made = converted(text, language)
    assert made.is_whole or made.findings
    assert all(finding.line >= 1 and finding.do for finding in made.findings)
    compiler().compile(made.text)


@cache
def compiler() -> Environment:
    """Return what compiles a converted template, and refuses filters that there are not."""
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    return environment


def shown(folder: Path, text: str, language: Language) -> str:
    """Return a page of hostile entries; a template that fails as it runs shows nothing."""
    try:
        return page(folder, text, language, hostile())
    except RenderError:
        return ""


@HERE
@given(text=WHOLE)
def test_page_of_any_genshi_leaves_no_hostile_text_unescaped(tmp_path: Path, text: str) -> None:
    assert_harmless(shown(tmp_path, text, "genshi"))


@HERE
@given(text=DJANGO)
def test_page_of_any_django_leaves_no_hostile_text_unescaped(tmp_path: Path, text: str) -> None:
    assert_harmless(shown(tmp_path, text, "django"))


def assert_harmless(made: str) -> None:
    """Hold a page against pieces of the hostile text that only stand where it broke out."""
    assert "<script>alert" not in made
    assert "<u onclick" not in made
    assert HOSTILE not in made
    assert not re.search(r"(?:href|src)\s*=\s*[\"']?\s*javascript:", made, re.IGNORECASE)
