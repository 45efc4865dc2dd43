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

_NAMES: Final = (
    "name", "feed", "feeds", "entries", "entry", "entry.title", "entry.title_detail.stream",
    "entry.title_detail.value", "entry.source.config.face", "entry.author_detail.name",
    "entry.link", "entry.id", "entry.tags", "item.title", "item.content", "item.link", "item.id",
    "item.channel_name", "item.channel_face", "item.author", "item.rights", "x", "forloop.counter",
)  # fmt: skip
_WORDS: Final = (
    "and", "or", "not", "in", "==", "+", "%", "[0]", "[:9]", "(", ")", "'a'", '"%s"', "1", "|safe",
    "|upper", "|join:'-'", "|cut:'a'", "|truncatewords:2", "|linebreaks", "|default:'z'", "Markup(",
    "len(", "HTML(", ".split()", ".replace('a', 'b')", "|escape", "|first", "|last", "|slice:':9'",
)  # fmt: skip
_MARKS: Final = (
    "<b>", "</b>", "<a href='", "'>", "</a>", '<a title="', '">', "<script>", "</script>", "<!--",
    "-->", "<![CDATA[", "]]>", '<p onclick="', "<style>", "</style>", "\n", "{", "}", "&amp;", "$",
)  # fmt: skip
_EXPRESSIONS: Final = st.lists(st.sampled_from(_NAMES + _WORDS), min_size=1, max_size=5).map(
    " ".join
)
_TAGS: Final = st.sampled_from((
    "{% for item in Items %}", "{% for x in Channels %}", "{% endfor %}", "{% if item %}",
    "{% else %}", "{% endif %}", "{% ifchanged %}", "{% endifchanged %}", "{% autoescape off %}",
    "{% endautoescape %}", "{% filter upper %}", "{% endfilter %}", "{% filter slice:':9' %}",
    "{% with x=item.title|safe %}", "{% endwith %}", "{% regroup Items by title as x %}",
))  # fmt: skip
DJANGO: Final = st.lists(
    st.one_of(
        st.sampled_from(_MARKS), _TAGS, _EXPRESSIONS.map("{{{{ {} }}}}".format),
        _EXPRESSIONS.map("{{% if {} %}}".format), st.text(max_size=5),
    ),
    max_size=20,
).map("".join)  # fmt: skip


def _elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    quoted = _EXPRESSIONS.map(lambda text: text.replace("&", "").replace('"', "'"))
    directive = st.sampled_from((
        "py:if", "py:strip", "py:content", "py:replace", "py:choose", "py:when", "py:attrs",
        "py:match", "title", "href", "onclick", "style",
    ))  # fmt: skip
    value = st.one_of(quoted, quoted.map("${{{}}}".format))
    return st.builds(
        '<{0} {1}="{2}">{3}</{0}>'.format,
        st.sampled_from(("b", "a", "script", "style", "py:choose")),
        directive,
        value,
        st.lists(inner, max_size=3).map("".join),
    )


ELEMENTS: Final = st.recursive(
    st.one_of(
        _EXPRESSIONS.map(lambda text: f"${{{text.replace('&', '').replace('<', '')}}}"),
        st.sampled_from(("$entry.title", "<![CDATA[$entry.title]]>", "text")),
    ),
    _elements,
    max_leaves=8,
)
WHOLE: Final = ELEMENTS.map(
    lambda inner: GENSHI.format(f'<py:for each="entry in entries">{inner}</py:for>')
)
ANY: Final = settings(deadline=None, max_examples=150)
HERE: Final = settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize("language", ["genshi", "django"])
@ANY
@given(text=st.one_of(st.text(), DJANGO, WHOLE))
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
