from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from ecliptic.errors import RenderError
from ecliptic.render.htmltmpl import Scope, fill, read

VALUES: Scope = {
    "name": "Planet Parrot",
    "empty": "",
    "number": 3,
    "amp": "Tom & <Jerry>",
    "html": Markup("<em>it</em> &amp; more"),
    "Items": (
        {"title": "One", "link": "https://a.example/?a=1&b=2"},
        {"title": "Two", "name": "inner"},
        {"title": "Three"},
    ),
    "Channels": (),
}


def filled(text: str, values: Scope = VALUES) -> str:
    return fill(read(text, "page.tmpl"), values)


@pytest.mark.parametrize(
    "statement",
    [
        "<TMPL_VAR name>", '<TMPL_VAR NAME="name">', "<TMPL_VAR NAME='name'>", "<TMPL_VAR 'name'>",
        "<TMPL_VAR NAME=name>", "<TMPL_VAR name />", "<tmpl_var name>", "<Tmpl_Var Name = name >",
        "<!-- TMPL_VAR name -->", "<!--TMPL_VAR NAME=name-->", "<TMPL_VAR\n  name\n>",
        '<TMPL_VAR NAME="name" ESCAPE="NONE">', "<TMPL_VAR ESCAPE=0 name>", "<TMPL_VAR NAME=NAME>",
    ],
)  # fmt: skip
def test_fill_when_a_variable_is_written_in_any_way_gives_its_value(statement: str) -> None:
    assert filled(f"[{statement}]") == "[Planet Parrot]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<TMPL_VAR absent>", ""),
        ("<TMPL_VAR number>", "3"),
        ("<TMPL_VAR Items>", "3"),
        ("<TMPL_VAR amp>", "Tom &amp; &lt;Jerry&gt;"),
        ("<TMPL_VAR amp ESCAPE=HTML>", "Tom &amp; &lt;Jerry&gt;"),
        ('<TMPL_VAR amp ESCAPE="1">', "Tom &amp; &lt;Jerry&gt;"),
        ("<TMPL_VAR amp ESCAPE=NONE>", "Tom &amp; &lt;Jerry&gt;"),
        ("<TMPL_VAR amp ESCAPE=URL>", "Tom%20%26%20%3CJerry%3E"),
        ("<TMPL_VAR html>", "<em>it</em> &amp; more"),
        ("<TMPL_VAR html ESCAPE=HTML>", "&lt;em&gt;it&lt;/em&gt; &amp;amp; more"),
        ("<TMPL_VAR absent DEFAULT='a &quot; b'>", "a &amp;quot; b"),
        ("<TMPL_VAR name DEFAULT=other>", "Planet Parrot"),
        ("<TMPL_GETTEXT Don't panic>", "Don't panic"),
        ("a<TMPL_BOUNDARY>b", "ab"),
    ],
)
def test_fill_when_a_value_is_escaped_does_it_once(text: str, expected: str) -> None:
    assert filled(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<TMPL_IF name>yes</TMPL_IF>", "yes"),
        ("<TMPL_IF empty>yes</TMPL_IF>", ""),
        ("<TMPL_IF absent>yes<TMPL_ELSE>no</TMPL_IF>", "no"),
        ("<TMPL_IF Items>some</TMPL_IF><TMPL_IF Channels>none</TMPL_IF>", "some"),
        ("<TMPL_UNLESS empty>none<TMPL_ELSE>some</TMPL_UNLESS>", "none"),
        ("<TMPL_UNLESS name>none<TMPL_ELSE>some</TMPL_UNLESS>", "some"),
        ("<!-- TMPL_IF name -->a<!-- TMPL_ELSE -->b<!-- /TMPL_IF -->", "a"),
        ("<TMPL_IF name><TMPL_IF empty>1<TMPL_ELSE>2</TMPL_IF>3</TMPL_IF NAME=name>", "23"),
    ],
)
def test_fill_when_a_part_depends_on_a_value_takes_the_right_one(text: str, expected: str) -> None:
    assert filled(text) == expected


def test_fill_when_it_loops_sees_the_values_of_each_item_alone() -> None:
    assert filled("<TMPL_LOOP Items>[<TMPL_VAR title>|<TMPL_VAR name>]</TMPL_LOOP>") == (
        "[One|][Two|inner][Three|]"
    )


def test_fill_when_a_variable_is_global_looks_outside_the_loop() -> None:
    assert filled('<TMPL_LOOP Items><TMPL_VAR name GLOBAL="1"> </TMPL_LOOP>') == (
        "Planet Parrot inner Planet Parrot "
    )
    assert filled("<TMPL_LOOP Items><TMPL_IF number GLOBAL=1>x</TMPL_IF></TMPL_LOOP>") == "xxx"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("__FIRST__", "10000"), ("__LAST__", "00001"), ("__INNER__", "01110"),
        ("__ODD__", "10101"), ("__PASS__", "12345"), ("__PASSTOTAL__", "55555"),
        ("__EVERY__2", "01010"), ("__EVERY__3", "00100"), ("__first__", "10000"),
        ("__NOTHING__", ""),
    ],
)  # fmt: skip
def test_fill_when_a_loop_is_asked_where_it_stands_tells_it(name: str, expected: str) -> None:
    five: Scope = {"Items": tuple({"n": str(number)} for number in range(5))}
    assert filled(f"<TMPL_LOOP Items><TMPL_VAR {name}></TMPL_LOOP>", five) == expected
    if len(expected) == 5 and set(expected) <= {"0", "1"}:
        chosen = filled(
            f"<TMPL_LOOP Items><TMPL_IF {name}>1<TMPL_ELSE>0</TMPL_IF></TMPL_LOOP>", five
        )
        assert chosen == expected


def test_fill_when_loops_stand_in_each_other_does_not_multiply_them() -> None:
    text = "<TMPL_LOOP Items>" * 40 + "x" + "</TMPL_LOOP>" * 40
    assert filled(text) == ""


def test_fill_when_statements_stand_alone_in_their_lines_leaves_no_empty_ones() -> None:
    text = (
        "<ul>\n  <TMPL_LOOP Items>\n\t<TMPL_IF title>\n  <li><TMPL_VAR title></li>\n"
        "  </TMPL_IF>\n</TMPL_LOOP>\n</ul>\n"
    )
    assert filled(text) == ("<ul>\n  <li>One</li>\n  <li>Two</li>\n  <li>Three</li>\n</ul>\n")


def test_fill_when_a_template_has_comments_leaves_them_out() -> None:
    text = (
        "a\n### The <TMPL_IF varname> ... is not closed\n  ### nor is <TMPL_LOOP\n"
        "b ### behind\n<a href='#'>c#### d</a>\n"
    )
    assert filled(text) == "a\nb\n<a href='#'>c#### d</a>\n"


def test_fill_when_lines_end_as_on_windows_reads_them_alike() -> None:
    assert filled("a\r\n### no\r\n<TMPL_IF name>\r\nb\r\n</TMPL_IF>\r\n") == "a\nb\n"


def test_read_when_asked_for_its_names_gives_all_that_it_looks_at() -> None:
    template = read("<TMPL_LOOP Items><TMPL_IF a><TMPL_VAR b></TMPL_IF></TMPL_LOOP>", "x")
    assert template.names == {"Items", "a", "b"}


WRONG = [
    ("a\n\n<TMPL_IF x>\nb", 3, "TMPL_IF has no end; write </TMPL_IF>"),
    ("### c\n</TMPL_LOOP>", 2, "</TMPL_LOOP> has no beginning here; remove it"),
    ("<TMPL_IF x>\n</TMPL_LOOP>", 2, "which begins in line 1; write </TMPL_IF> first"),
    ("\n<TMPL_ELSE>", 2, "TMPL_ELSE stands outside a TMPL_IF"),
    ("<TMPL_LOOP x><TMPL_ELSE></TMPL_LOOP>", 1, "TMPL_ELSE stands outside a TMPL_IF"),
    ("<TMPL_IF x><TMPL_ELSE>\n<TMPL_ELSE></TMPL_IF>", 2, "TMPL_ELSE stands outside"),
    ("<TMPL_FOO x>", 1, "there is no statement TMPL_FOO; write one of TMPL_BOUNDARY"),
    ("<TMPL_VAR>", 1, "TMPL_VAR needs a name"),
    ("<TMPL_VAR x", 1, "TMPL_VAR does not end; close it with >"),
    ('<TMPL_VAR "x>', 1, "TMPL_VAR does not end; close it with >"),
    ("<TMPL_GETTEXT x", 1, "TMPL_GETTEXT does not end"),
    ("<TMPL_VAR x y>", 1, "TMPL_VAR does not take 'y'"),
    ("<TMPL_VAR x COLOUR=red>", 1, "TMPL_VAR does not take 'COLOUR=red'"),
    ("<TMPL_VAR x ESCAPE=JS>", 1, "ESCAPE=JS is not known; write HTML, URL or NONE"),
    ("<TMPL_VAR x></TMPL_VAR>", 1, "TMPL_VAR has no end; remove </TMPL_VAR>"),
    ("<TMPL_INCLUDE a.tmpl>", 1, "this template can include no other"),
    ("<TMPL_IF x>" * 51, 1, "blocks stand more than 50 deep"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_read_when_a_template_is_wrong_names_file_line_and_remedy(
    text: str, line: int, said: str
) -> None:
    with pytest.raises(RenderError) as caught:
        read(text, "themes/page.tmpl")
    assert caught.value.message.startswith(f"themes/page.tmpl:{line}: ")
    assert said in caught.value.message
    assert caught.value.params == {"file": "themes/page.tmpl", "line": line}


def test_read_when_it_includes_others_puts_them_in_their_places() -> None:
    files = {
        "head.tmpl": "<h1><TMPL_VAR name></h1><TMPL_LOOP Items>",
        "foot.tmpl": "</TMPL_LOOP><TMPL_INCLUDE NAME='end.tmpl'>",
        "end.tmpl": "!",
    }
    template = read(
        "<TMPL_INCLUDE head.tmpl>x<TMPL_INCLUDE foot.tmpl>",
        "page.tmpl",
        lambda name, _: (f"inc/{name}", files[name]),
    )
    assert fill(template, VALUES) == "<h1>Planet Parrot</h1>xxx!"


def test_read_when_templates_include_each_other_stops() -> None:
    with pytest.raises(RenderError, match=r"inc/a:2: templates include each other without end"):
        read("<TMPL_INCLUDE a>", "page", lambda name, _: (f"inc/{name}", "\n<TMPL_INCLUDE a>"))
    with pytest.raises(RenderError, match="without end"):
        read(
            "<TMPL_INCLUDE 0>", "page",
            lambda name, _: (name, f"<TMPL_INCLUDE {int(name) + 1}>" * 9 if int(name) < 9 else ""),
        )  # fmt: skip


def test_read_when_an_included_template_is_not_there_says_why() -> None:
    def nowhere(name: str, file: str) -> tuple[str, str]:
        raise LookupError(f"there is no {name} beside {file}")

    with pytest.raises(RenderError, match=r"page:2: cannot include 'a': there is no a beside page"):
        read("\n<TMPL_INCLUDE a>", "page", nowhere)


PIECES = st.sampled_from([
    "<TMPL_VAR ", "<TMPL_IF ", "</TMPL_IF>", "<TMPL_LOOP Items>", "</TMPL_LOOP>", "<TMPL_ELSE>",
    "<TMPL_UNLESS x>", "</TMPL_UNLESS>", "<!-- TMPL_", "-->", "###", "\n", "\r", '"', "'", "=", ">",
    "<", "/", "ESCAPE=HTML", "GLOBAL=1", "title", "x", " ", "<script>", "</script>", "<![CDATA[",
    "]]>", "<!--", "<a href=", "DEFAULT=", "__EVERY__2", "<TMPL_GETTEXT ", "\u0130", "\x00",
])  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(text=st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example(text="<TMPL_VAR \u0130>")
@example(text="<TMPL_VAR a" + "=" * 50)
def test_read_when_the_text_is_anything_fills_it_or_says_what_is_wrong(text: str) -> None:
    faults = []
    try:
        fill(read(text, "any.tmpl"), VALUES)
    except RenderError as error:
        faults.append(error)
    for fault in faults:
        assert fault.message.startswith("any.tmpl:")
        assert 1 <= int(str(fault.params["line"])) <= text.count("\n") + text.count("\r") + 1
