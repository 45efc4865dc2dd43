from __future__ import annotations

from pathlib import Path

import pytest

from converting import GENSHI, body, converted, page
from ecliptic.render.convert.interpolation import pieces

RED = 'xmlns:py="http://genshi.edgewall.org/"'


def jinja(inside: str) -> str:
    return body(converted(GENSHI.format(inside), "genshi"))


@pytest.mark.parametrize(
    ("genshi", "expected"),
    [
        ("$entry.title!", "{{ entry.title }}!"),
        ("$entry.title.", "{{ entry.title }}."),
        ("${entry['title']}", '{{ entry["title"] }}'),
        ("${'}'} $$5 $ 5 ${", '{{ "}" }} $5 $ 5 ${{ \'{\' }}'),
        ("a &lt; b &amp;&nbsp;c", "a &lt; b &amp;\xa0c"),
        ("{{ a }} {% b %} {# c #} {", "{{ '{' }}{ a }} {{ '{' }}% b %} {{ '{' }}# c #} {{ '{' }}"),
        ("<!-- a $b --><!--! gone -->", "<!-- a $b -->"),
        ("<br/><p/><p></p><img src='a'/>", '<br/><p></p><p></p><img src="a"/>'),
        ("${Markup('&amp;mdash;')}", "&mdash;"),
        ("<b py:if='a'>x</b>", "{% if a %}<b>x</b>{% endif %}"),
        ("<py:if test='a'>x</py:if>", "{% if a %}x{% endif %}"),
        ("<b py:for='x in xs' py:if='x'>$x</b>",
         "{% for x in xs %}{% if x %}<b>{{ x }}</b>{% endif %}{% endfor %}"),
        ("<py:for each='a, (b, c) in xs'/>", "{% for a, (b, c) in xs %}{% endfor %}"),
        ("<b py:content='x'>old</b>", "<b>{{ x }}</b>"),
        ("<b py:replace='x'>old</b>", "{{ x }}"),
        ("<py:replace value='x'/>", "{{ x }}"),
        ("<b py:strip=''>x</b>", "x"),
        ("<b py:strip='a'>x</b>", "{% if not a %}<b>{% endif %}x{% if not a %}</b>{% endif %}"),
        ("<b py:with='a = 1; b = a'>$b</b>",
         "{% with a = 1 %}{% with b = a %}<b>{{ b }}</b>{% endwith %}{% endwith %}"),
        ("<b class='x' py:attrs=\"{'class': a, 'id': 'q'}\"/>",
         '<b{{ attribute("class", a) }}{{ attribute("id", "q") }}></b>'),
        ("<a href='$x' title='a $b'/>",
         '<a{{ attribute("href", x) }} title="a {{ b | in_quoted }}"></a>'),
        ("<a href='${x}/$y' onclick='f($z)'/>",
         ('<a href="{{ x | in_address }}/{{ y | in_quoted }}"'
         ' onclick="f({{ z | in_handler }})"></a>')),
        ("<py:def function='row(e, k=1)'>$e</py:def>${row(x)}",
         "{% macro row(e, k=1) %}{{ e }}{% endmacro %}{{ row(x) }}"),
        ("<py:choose><b py:when='a'>1</b> <b py:when='c'>2</b><b py:otherwise=''>3</b></py:choose>",
         "{% if a %}<b>1</b>{% elif c %}<b>2</b>{% else %}<b>3</b>{% endif %}"),
        ("<p py:choose='n'><py:when test='0'>no</py:when><py:otherwise>some</py:otherwise></p>",
         "<p>{% if n == 0 %}no{% else %}some{% endif %}</p>"),
        ("<py:choose><b py:when='a'>1</b>, <b py:otherwise=''>2</b></py:choose>",
         "{% if a %}<b>1</b>{% endif %}, {% if not a %}<b>2</b>{% endif %}"),
        (("<py:choose>a<b py:when='a'/>, <b py:when='c'/>"
         "<b py:otherwise=''/><b py:when='d'/>z</py:choose>"),
         ("a{% if a %}<b></b>{% endif %}, {% if not a and c %}<b></b>{% elif not a %}<b></b>"
         "{% endif %}z")),
        ("<script>if (a &lt; 1) f('$x')</script>",
         "<script>if (a < 1) f('{{ x | in_script }}')</script>"),
        ("<script>//<![CDATA[\na && '$x'//]]></script>",
         "<script>//<![CDATA[\na && '{{ x | in_script }}'//]]></script>"),
        ("<![CDATA[<b>$x]]>", "<![CDATA[<b>{{ x | in_cdata }}]]>"),
    ],
)  # fmt: skip
def test_convert_when_jinja_has_words_for_it_says_the_same(genshi: str, expected: str) -> None:
    made = converted(GENSHI.format(genshi), "genshi")
    assert body(made) == expected
    assert made.findings == ()
    assert made.is_whole


@pytest.mark.parametrize(
    ("genshi", "what"),
    [
        ("<b py:match='//x'>no</b>", "py:match"),
        ("<?python import os ?>", "Python in the template"),
        ("${[x for x in y]}", "no words"),
        ("<b py:if='lambda: 1'>no</b>", "no words"),
        ("<b py:when='x'>no</b>", "not right inside"),
        ("<py:choose><i><b py:when='x'>no</b></i></py:choose>", "not right inside"),
        ("<py:otherwise>no</py:otherwise>", "not right inside"),
        ("<b py:nosuch='x'>no</b>", "py:nosuch is not known"),
        ("<py:nosuch>no</py:nosuch>", "py:nosuch is not known"),
        ("<b py:for='x of y'>no</b>", "no loop"),
        ("<b py:for='x.y in z'>no</b>", "no words"),
        ("<b py:with='a.b = 1'>no</b>", "no words"),
        ("<b py:with='a = '>no</b>", "no Python"),
        ("<py:def function='f(*a)'>no</py:def>", "no words"),
        ("<py:def function='f(): import os #'>no</py:def>", "no Python"),
        ("<p py:choose='lambda: 1'>no</p>", "no words"),
        ("<py:choose><b py:when='lambda: 1'>no</b></py:choose>", "no words"),
        ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='${x}.html'/>", "worked out"),
        ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='x.html'/>", "not there"),
        ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='../x'/>", "not there"),
        ("<xi:fallback xmlns:xi='http://www.w3.org/2001/XInclude'>no</xi:fallback>", "by itself"),
    ],
)
def test_convert_when_jinja_has_no_words_leaves_a_comment_and_a_finding(
    genshi: str, what: str
) -> None:
    made = converted(GENSHI.format(f"<p>\n{genshi}</p>"), "genshi")
    (finding,) = made.findings
    assert (what in finding.what, finding.line) == (True, 2)
    assert finding.do
    assert "{# NOT CONVERTED, line 2: " in body(made)
    assert ">no<" not in made.text
    assert made.is_whole


def test_convert_when_attributes_are_worked_out_keeps_the_element() -> None:
    made = converted(GENSHI.format("<b py:attrs=\"select('@*')\">x</b>"), "genshi")
    assert body(made) == "<b>x</b>"
    assert [finding.do for finding in made.findings] == ["write the attributes into the tag"]


def test_convert_when_the_directives_have_another_prefix_knows_them() -> None:
    text = '<d xmlns:g="http://genshi.edgewall.org/" g:strip=""><b g:if="a"/><g:if test="b"/></d>'
    assert body(converted(text, "genshi")) == ("{% if a %}<b></b>{% endif %}{% if b %}{% endif %}")


def test_convert_when_it_has_a_document_type_and_namespaces_keeps_them() -> None:
    text = (
        f'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" {RED}'
        ' xmlns:svg="urn:svg"><svg:g/></html>'
    )
    assert body(converted(text, "genshi")) == (
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:svg="urn:svg"><svg:g></svg:g></html>'
    )


@pytest.mark.parametrize("text", ["", "<p>", "<p>&nosuch;</p>", "<p>" * 400, "<p/><p/>", "\0"])
def test_convert_when_it_is_no_xml_says_where(text: str) -> None:
    made = converted(text, "genshi")
    assert not made.is_whole
    assert len(made.findings) == 1
    assert made.findings[0].line >= 1


def test_convert_when_it_includes_another_brings_its_functions() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="./lib.html"/>${row(x)}'
    lib = GENSHI.format('<py:def function="row(e)">$e</py:def>')
    made = converted(GENSHI.format(include), "genshi", {"lib.html": lib})
    assert made.included == ("lib.html",)
    assert body(made) == (
        '{% from "lib.html.jinja" import row with context %}{% include "lib.html.jinja" %}'
        "{{ row(x) }}"
    )


def test_page_when_it_includes_another_is_made_of_both(tmp_path: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="in/lib.html"/>'
    text = GENSHI.format(f'{include}<py:for each="e in entries">${{row(e)}}</py:for>')
    lib = GENSHI.format('<py:def function="row(e)"><i>$e.title</i></py:def>$feed.config.colour:')
    assert page(tmp_path, text, "genshi", files={"in/lib.html": lib}) == (
        "red:<i>Third &amp; &lt;last&gt;</i><i>Second</i><i>First</i>"
    )


EXPECTED = """\
<html>
<h1>Planet &lt;Parrot&gt;</h1>
<h2>April 25, 2018</h2>
<h3>Ann &amp; Co.</h3><img src="faces/ann.png"/>
<h4><a href="https://blog1.example/3">Third &amp; <em>last</em></a> by Ann</h4>
<div><p>Body 3</p></div>
<i>python</i><i>web</i>
<h3>Bob&#39;s</h3>
<h4><a href="https://blog2.example/2">Second</a> by Bob&#39;s</h4>
<div><p>Body 2</p></div>
<h2>April 24, 2018</h2>
<h3>Ann &amp; Co.</h3><img src="faces/ann.png"/>
<h4><a href="https://blog1.example/1">First</a> by Ann &amp; Co.</h4>
<div><p>Body 1</p></div>
<a href="https://blog1.example/feed" title="Ann&#x27;s">Ann &amp; Co.</a>
<a href="https://blog2.example/feed" title="Bob&#x27;s">Bob&#39;s</a>
</html>"""
TEMPLATE = """\
<html xmlns:py="http://genshi.edgewall.org/">
<h1>$feed.config.name</h1>
<py:for each="entry in entries">
<h2 py:if="entry.new_date">$entry.new_date</h2>
<py:if test="entry.new_feed"><h3>$entry.source.config.name</h3><img
 py:if="entry.source.config.face" src="faces/$entry.source.config.face"
 width="$entry.source.config.facewidth"/></py:if>
<h4 py:if="entry.title"><a href="$entry.link">$entry.title_detail.stream</a>
<py:if test="entry.author_detail and entry.author_detail.name"
>by $entry.author_detail.name</py:if></h4>
<div py:choose=""><py:when test="entry.content">${entry.content[0].stream}</py:when>
<py:when test="entry.summary_detail">${entry.summary_detail.stream}</py:when></div>
<i py:for="tag in entry.tags">$tag.term</i>
</py:for>
<py:for each="feed in feeds"><a py:for="link in feed.links" py:if="link.rel == 'self'"
 href="$link.href" title="$feed.title">$feed.config.name</a></py:for>
</html>"""


def lines(text: str) -> str:
    """Return a page without blank lines, and with blanks that do not count made one."""
    return " ".join(text.split()).replace("> <", "><")


def test_page_when_a_theme_is_in_genshi_shows_the_planet(tmp_path: Path) -> None:
    assert lines(page(tmp_path, TEMPLATE, "genshi")) == lines(EXPECTED)


def test_pieces_when_an_expression_holds_braces_and_quotes_takes_all_of_it() -> None:
    found = [(piece.text, piece.is_expression) for piece in pieces("a ${ {'}': 1}['}'] } b\n$c.d")]
    assert found == [("a ", False), (" {'}': 1}['}'] ", True), (" b\n", False), ("c.d", True)]
    assert [piece.lines for piece in pieces("a\n\n$b")][-1] == 2
