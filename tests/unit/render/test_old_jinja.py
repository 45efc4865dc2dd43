from __future__ import annotations

import pytest
from markupsafe import Markup

from ecliptic.errors import RenderError
from ecliptic.render.htmltmpl import Scope
from ecliptic.render.old_jinja import JinjaTemplate, is_jinja


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ name }}", True),
        ("{% for item in Items %}{% endfor %}", True),
        ("<TMPL_VAR name> {{ name }}", False),
        ("<h1>{ }</h1>", False),
    ],
)
def test_is_jinja_when_a_template_speaks_jinja_says_so(text: str, *, expected: bool) -> None:
    assert is_jinja(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ plain }}", "Tom &amp; &lt;Jerry&gt;"),
        ("{{ plain | e }}", "Tom &amp; &lt;Jerry&gt;"),
        ("{{ plain | escape }}", "Tom &amp; &lt;Jerry&gt;"),
        ("{{ plain | safe }}", "Tom &amp; &lt;Jerry&gt;"),
        ("{{ html }}", "<b>a</b> &amp; b"),
        ("{{ html | safe }}", "<b>a</b> &amp; b"),
        ("{{ html | e }}", "&lt;b&gt;a&lt;/b&gt; &amp;amp; b"),
        ("{{ absent }}{{ absent | e }}{{ item.absent | e }}", ""),
        ("{% for item in Items %}{{ item.title }}{% endfor %}", "One"),
    ],
)
def test_fill_when_a_value_is_written_escapes_it_once(text: str, expected: str) -> None:
    values: Scope = {
        "plain": "Tom & <Jerry>",
        "html": Markup("<b>a</b> &amp; b"),
        "item": (),
        "Items": ({"title": "One"},),
    }
    assert JinjaTemplate(text, "a.tmpl").fill(values) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n{% if %}", 2),
        ("{{ name | nosuch }}", 1),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 0),
        ("{{ Items.append(1) }}", 0),
        ("{{ 1 / 0 }}", 0),
        ("{% include '/etc/passwd' %}", 0),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 0),
        ("{% for i in range(10000000) %}{% endfor %}", 0),
    ],
)
def test_fill_when_a_template_is_wrong_names_file_and_line(text: str, line: int) -> None:
    with pytest.raises(RenderError, match=rf"^t/a\.tmpl:{line}: ."):
        JinjaTemplate(text, "t/a.tmpl").fill({"Items": [], "name": "x"})
