from __future__ import annotations

import pytest

from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.expressions import expression


@pytest.mark.parametrize(
    ("python", "jinja"),
    [
        ("entry.title", "entry.title"),
        ("entry['title']", 'entry["title"]'),
        ("feed.config.get('face', 'x.png')", 'feed.config.get("face", "x.png")'),
        ("feed.items", 'feed["items"]'),
        ("entry.content[0].value", "entry.content[0].value"),
        ("not entry.new_date", "not entry.new_date"),
        ("a and b or c", "(a and b) or c"),
        ("a or (b and not c)", "a or (b and (not c))"),
        ("x if a else 'y'", 'x if a else "y"'),
        ("link.type in ['a', 'b']", 'link.type in ["a", "b"]'),
        ("a is None", "a is none"),
        ("a is not None", "a is not none"),
        ("1 < n <= 10", "1 < n <= 10"),
        ("-n + 2 * 3", "(-n) + (2 * 3)"),
        ("'%s: %s' % (a, b)", '"%s: %s" % (a, b)'),
        ("len(entries)", "entries | length"),
        ("len(entries) > 3", "(entries | length) > 3"),
        ("sorted(a)", "a | sort(case_sensitive=true)"),
        ("unicode(a)", "a | string"),
        ("range(1, 5)", "range(1, 5)"),
        ("enumerate(entries)", "enumerate(entries)"),
        ("HTML(entry.summary)", "entry.summary | safe"),
        ("entries[:10]", "entries | cut_out(none, 10)"),
        ("entries[1:10:2]", "entries | cut_out(1, 10, 2)"),
        ("entries[0:2][0]", "(entries | cut_out(0, 2))[0]"),
        ("feed.has_key('link')", '"link" in feed'),
        ("feed.has_key('link') and x", '("link" in feed) and x'),
        ("hasattr(entry, 'title') and a", '("title" in entry) and a'),
        ("getattr(entry, 'title', '')", 'entry.get("title", "")'),
        ("time.strftime('%Y', entry.updated_parsed)", 'entry.updated_parsed | strftime("%Y")'),
        ("a.b.lower().strip()", "a.b.lower().strip()"),
        ("{'class': 'a', 'n': 1}", '{"class": "a", "n": 1}'),
        ("(1,)", "(1,)"),
        ("loop.index", "loop_.index"),
        ("u'caf\\xe9'", '"caf\u00e9"'),
        ("'a\"\\\\\\n'", '"a\\"\\\\\\n"'),
        ("True", "true"),
        ("1.5", "1.5"),
        ("  a\n  .b ", "a.b"),
    ],
)
def test_expression_when_jinja_has_the_same_says_it(python: str, jinja: str) -> None:
    assert expression(python) == jinja


@pytest.mark.parametrize(
    "python",
    [
        "",
        "a b",
        "lambda: 1",
        "[x for x in y]",
        "a.__class__",
        "a._private",
        "open('/etc/passwd')",
        "__import__('os')",
        "a.format(b)",
        "f'{a}'",
        "b'a'",
        "2 ** 9999999",
        "1j",
        "9" * 30,
        "a is b",
        "f(*x)",
        "f(**x)",
        "a[1, 2]",
        "{**a}",
        "~a",
        "(yield)",
        "a := 1",
        "x" * 5_000,
        "(" * 3_000,
        "not " * 900 + "a",
        "\0",
        "time.strftime('%Y')",
        "defined('x', 'y', 'z')",
    ],
)
def test_expression_when_jinja_has_no_words_for_it_says_so(python: str) -> None:
    with pytest.raises(Unsayable) as caught:
        expression(python)
    assert caught.value.what
    assert caught.value.do


def test_expression_when_the_template_defines_a_function_calls_it() -> None:
    assert expression("row(entry, kind='a')", {"row"}) == 'row(entry, kind="a")'
    with pytest.raises(Unsayable, match=r"row\(\)"):
        expression("row(entry)")
