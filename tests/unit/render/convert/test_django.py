from __future__ import annotations

from pathlib import Path

import pytest

from converting import body, converted, page


@pytest.mark.parametrize(
    ("django", "expected"),
    [
        ("{{ name }}", "{{ name }}"),
        ("{{name|upper|default:'x'}}", '{{ name | upper | default("x", true) }}'),
        ("{{ item.0.title }}", "{{ item[0].title }}"),
        ("{{ d.items }}{{ d.copy }}", '{{ d.items() }}{{ d["copy"] }}'),
        ("{{ loop }}{{ not }}", "{{ loop_ }}{{ not_ }}"),
        ("{{ a\n}} {{ {% } {", "{{ '{' }}{ a\n}} {{ '{' }}{ {{ '{' }}% } {{ '{' }}"),
        ("{# gone #}", ""),
        ("{% comment %}{{ a }}{% if %}{% endcomment %}", ""),
        ("{% verbatim %}{{ a }}{% endverbatim %}", "{{ '{' }}{ a }}"),
        ("{% load x %}{% csrf_token %}", ""),
        ("{% if a %}1{% elif b %}2{% else %}3{% endif %}",
         "{% if a %}1{% elif b %}2{% else %}3{% endif %}"),
        ("{% if a and not b or c|length > 3 %}1{% endif %}",
         "{% if a and not b or (c | length) > 3 %}1{% endif %}"),
        ("{% if a in b %}1{% endif %}", "{% if a in b %}1{% endif %}"),
        ("{% if not a not in b and not not c %}1{% endif %}",
         "{% if not a not in b and not not c %}1{% endif %}"),
        ("{% ifequal a 'b c' %}1{% else %}2{% endifequal %}",
         '{% if a == ("b c") %}1{% else %}2{% endif %}'),
        ("{% ifnotequal a 1 %}1{% endifnotequal %}", "{% if a != 1 %}1{% endif %}"),
        ("{% for a in b %}{{ forloop.counter }}{% empty %}x{% endfor %}",
         "{% for a in b %}{{ loop.index }}{% else %}x{% endfor %}"),
        ("{% for a, b in c.items reversed %}{{ a }}{% endfor %}",
         "{% for a, b in c.items() | reverse %}{{ a }}{% endfor %}"),
        ("{% for a in b %}{% for c in a %}{{ forloop.parentloop.first }}{% endfor %}{% endfor %}",
         ("{% for a in b %}{% set loop_1 = loop %}{% for c in a %}{{ loop_1.first }}{% endfor %}"
         "{% endfor %}")),
        ("{% for a in b %}{% ifchanged a.x %}1{% else %}2{% endifchanged %}{% endfor %}",
         ("{% set changed_2 = changed() %}{% for a in b %}"
         "{% if changed_2(a.x) %}1{% else %}2{% endif %}{% endfor %}")),
        ("{% for a in b %}{% ifchanged %}{{ a }}{% endifchanged %}{% endfor %}",
         ("{% set changed_2 = changed() %}{% for a in b %}{% set written_2 %}{{ a }}{% endset %}"
         "{% if changed_2(written_2) %}{{ written_2 }}{% endif %}{% endfor %}")),
        ("{% for a in b %}{% cycle 'x' a.y %}{% endfor %}",
         '{% for a in b %}{{ loop.cycle("x", a.y) }}{% endfor %}'),
        ("{% for a in b %}{% cycle 'x' 'y' as z %}{{ z }}{% endfor %}",
         '{% for a in b %}{% set z = loop.cycle("x", "y") %}{{ z }}{{ z }}{% endfor %}'),
        ("{% with a=b|lower c='d' %}{{ a }}{% endwith %}",
         '{% with a = (b | lower), c = "d" %}{{ a }}{% endwith %}'),
        ("{% with b as a %}{{ a }}{% endwith %}", "{% with a = b %}{{ a }}{% endwith %}"),
        ("{% firstof a b 'c' %}", '{{ a or b or "c" }}'),
        ("{% regroup a by b.c as d %}", '{% set d = a | regroup("b.c") %}'),
        ("{% templatetag openblock %}", '{{ "{%" }}'),
        ("{% filter upper %}a{% endfilter %}",
         "{% set filtered_1 %}a{% endset %}{{ filtered_1 | upper }}"),
        ("{% spaceless %}{% localize on %}a{% endlocalize %}{% endspaceless %}", "a"),
        ("{% trans 'Hello' %}{% blocktrans %}b{% endblocktrans %}", '{{ "Hello" }}b'),
        ("{% autoescape off %}{{ a }}{{ a|escape }}{% endautoescape %}{{ a }}",
         "{{ a | safe }}{{ a }}{{ a }}"),
        ("{{ d|date }}{{ d|date:'Y \\a\\t' }}{{ d|time }}",
         '{{ d | date("N j, Y") }}{{ d | date("Y \\\\a\\\\t") }}{{ d | date("P") }}'),
        ("{% firstof b|dictsort:'c' %}", '{{ (b | sort(case_sensitive=true, attribute="c")) }}'),
        ("{{ b|dictsortreversed:'c' }}",
         '{{ b | sort(case_sensitive=true, attribute="c", reverse=true) }}'),
        ("{{ a|truncatewords:3|safe }}", "{{ a | truncatewords(3) | safe }}"),
        ("{{ _('a \\' b') }} {{ -1.5 }}", '{{ "a \' b" }} {{ -1.5 }}'),
        ("{% if a == None or a == True %}{% endif %}",
         "{% if a == none or a == true %}{% endif %}"),
        ("<a href='{{ a }}' title=\"x{{ b }}\" onclick=\"f('{{ c }}')\">{{ d }}</a>",
         ("<a href='{{ a | in_address }}' title=\"x{{ b | in_quoted }}\""
         " onclick=\"f('{{ c | in_handler }}')\">{{ d }}</a>")),
        ("<script>{{ a }}</script><b {{ c }}><!-- {{ d }} -->",
         "<script>{{ a | in_script }}</script><b {{ c | in_bare }}><!-- {{ d | in_comment }} -->"),
        ('<a {% if a %}href="{{ a }}"{% else %}title="{{ b|safe }}"{% endif %}>{{ c }}',
         ('<a {% if a %}href="{{ a | in_address }}"{% else %}'
         'title="{{ (b | safe) | in_quoted }}"{% endif %}>{{ c }}')),
    ],
)  # fmt: skip
def test_convert_when_jinja_has_words_for_it_says_the_same(django: str, expected: str) -> None:
    made = converted(django, "django")
    assert body(made) == expected
    assert made.findings == ()


@pytest.mark.parametrize(
    ("django", "what", "kept"),
    [
        ("{% nosuch a %}", "{% nosuch %} is not known", ""),
        ("{% %}", "is not known", ""),
        ("{{ a|nosuch }}", "the filter nosuch", ""),
        ("{{ a|timesince }}", "the filter timesince", ""),
        ("{{ a|random }}", "the filter random", ""),
        ("{{ a|truncatewords }}", "takes one", ""),
        ("{{ a|upper:1 }}", "takes nothing", ""),
        ("{{ }}", "no value", ""),
        ("{{ a b }}", "no value", ""),
        ("{{ a._b }}", "no value", ""),
        ("{{ forloop.counter }}", "forloop.counter", ""),
        ("{% if %}kept{% endif %}", "no condition", "kept"),
        ("{% if a b %}kept{% endif %}", "no condition", "kept"),
        ("{% if a == not b %}kept{% endif %}", "no condition", "kept"),
        ("{% if and a %}kept{% endif %}", "no condition", "kept"),
        ("{% if a or %}kept{% endif %}", "no condition", "kept"),
        ("{% if a not b %}kept{% endif %}", "no condition", "kept"),
        ("{% if not in b %}kept{% endif %}", "no condition", "kept"),
        ("{% if a not %}kept{% endif %}", "no condition", "kept"),
        ("{% if a| %}kept{% endif %}", "no value", "kept"),
        ("{% for a %}lost{% endfor %}", "no loop", ""),
        ("{% for a.b in c %}lost{% endfor %}", "no loop", ""),
        ("{% ifequal a %}kept{% endifequal %}", "compares two", "kept"),
        ("{% ifchanged %}kept{% endifchanged %}", "outside of a loop", "kept"),
        ("{% cycle 'a' %}", "outside of a loop", ""),
        ("{% with %}kept{% endwith %}", "without a name", "kept"),
        ("{% with a %}kept{% endwith %}", "gives no value a name", "kept"),
        ("{% firstof %}", "of nothing", ""),
        ("{% regroup a %}", "regroup", ""),
        ("{% templatetag x %}", "templatetag", ""),
        ("{% include a %}", "worked out", ""),
        ("{% include 'x.html' %}", "x.html, which is not there", ""),
        ("{% include '../x.html' %}", "which is not there", ""),
        ("{% extends '/etc/passwd' %}", "which is not there", ""),
        ("{% block a-b %}kept{% endblock %}", "name of", "kept"),
        ("{% block a %}{% endblock %}{% block a %}kept{% endblock %}", "second time", "kept"),
    ],
)
def test_convert_when_jinja_has_no_words_leaves_a_comment_and_a_finding(
    django: str, what: str, kept: str
) -> None:
    made = converted(f"\n{django}", "django")
    (finding,) = made.findings
    assert what in finding.what
    assert (finding.line, bool(finding.do)) == (2, True)
    assert "{# NOT CONVERTED, line 2: " in made.text
    assert "lost" not in made.text
    assert kept in made.text


@pytest.mark.parametrize(
    ("django", "what"),
    [
        ("{% if a %}", "{% if %} is never closed"),
        ("{% endif %}", "closes nothing"),
        ("{% if a %}{% else %}{% elif b %}{% endif %}", "behind the last branch"),
        ("{% for a in b %}{% if c %}{% endfor %}", "{% if %} is never closed"),
        ("{{ a|truncatewords_html:3 }}", "truncatewords_html"),
        ("{{ a|removetags:'b' }}", "removetags"),
        ("{% now 'Y' %}", "when the planet last changed"),
        ("{% include 'there.html' only %}", "sees all values"),
    ],
)
def test_convert_when_it_is_not_quite_the_same_says_so(django: str, what: str) -> None:
    made = converted(django, "django", {"there.html": ""})
    (finding,) = made.findings
    assert what in finding.what
    assert "NOT CONVERTED" not in made.text
    assert made.is_whole


def test_convert_when_statements_stand_very_deep_says_so() -> None:
    made = converted("{% if a %}" * 500, "django")
    assert not made.is_whole


def test_convert_when_autoescape_is_off_asks_for_markup() -> None:
    assert body(converted("{{ a }}", "django", autoescape=False)) == "{{ a | safe }}"


def test_convert_when_it_names_others_names_their_converted_files() -> None:
    files = {"base.html": "", "inc/a.html": ""}
    text = (
        "{% extends 'base.html' %}{% block a %}{{ block.super }}"
        "{% include './inc/a.html' with x=1 %}{% endblock %}"
    )
    made = converted(text, "django", files)
    assert made.included == ("base.html", "inc/a.html")
    assert body(made) == (
        '{% extends "base.html.jinja" %}{% block a scoped %}{{ super() }}'
        '{% with x = 1 %}{% include "inc/a.html.jinja" %}{% endwith %}{% endblock %}'
    )


TEMPLATE = """\
{% extends "base.html" %}{% block body %}{{ block.super }}
{% for item in Items %}{% ifchanged item.new_date %}
{% if item.new_date %}<h2>{{ item.new_date }}</h2>{% endif %}{% endifchanged %}
{% ifchanged item.channel_name %}<h3>{{ item.channel_name }}</h3>{% endifchanged %}
<h4><a href="{{ item.link }}" title="{{ item.title }}">
{{ item.title|safe }}</a>
{{ item.title }}</h4>
{{ item.content|safe }}
<p>{{ forloop.counter }}/{{ Items|length }} {{ item.date|date:"D, jS F Y, P" }}
{{ item.content|striptags|truncatewords:1 }}{% if not forloop.last %};{% endif %}</p>
{% endfor %}{% include "side.html" with heading="Feeds" %}{% endblock %}"""
FILES = {
    "base.html": "<html><h1>{{ name }}</h1>{% block body %}<i>{{ Config.owner_name }}</i>"
    "{% endblock %}</html>",
    "side.html": "<h5>{{ heading }}</h5>{% for channel in Channels %}"
    "<a href='{{ channel.link }}'>{{ channel.name }}{% ifequal channel.face 'ann.png' %}*"
    "{% endifequal %}</a>{% endfor %}",
}
EXPECTED = """\
<html><h1>Planet &lt;Parrot&gt;</h1><i>Vera</i>
<h2>April 25, 2018</h2>
<h3>Ann &amp; Co.</h3>
<h4><a href="https://blog1.example/3" title="Third &amp; &lt;last&gt;">
Third &amp; <em>last</em></a> Third &amp; &lt;last&gt;</h4>
<p>Body 3</p>
<p>1/3 Wed, 25th April 2018, noon Body …;</p>
<h3>Bob&#39;s</h3>
<h4><a href="https://blog2.example/2" title="Second">
Second</a> Second</h4>
<p>Body 2</p>
<p>2/3 Wed, 25th April 2018, 11 a.m. Body …;</p>
<h2>April 24, 2018</h2>
<h3>Ann &amp; Co.</h3>
<h4><a href="https://blog1.example/1" title="First">
First</a> First</h4>
<p>Body 1</p>
<p>3/3 Tue, 24th April 2018, noon Body …</p>
<h5>Feeds</h5><a href='https://ann.example/'>Ann &amp; Co.*</a>\
<a href='https://bob.example/'>Bob&#39;s</a></html>"""


def test_page_when_a_theme_is_in_django_shows_the_planet(tmp_path: Path) -> None:
    made = page(tmp_path, TEMPLATE, "django", files=FILES)
    assert " ".join(made.split()) == " ".join(EXPECTED.split())


def test_page_when_autoescape_is_off_shows_markup_and_still_escapes_text(tmp_path: Path) -> None:
    text = "{% for item in Items %}{{ item.content }}{{ item.channel_name }}{% endfor %}{{ name }}"
    settings = {"django_autoescape": "off"}
    made = page(tmp_path, text, "django", parameters=settings)
    assert made.startswith("<p>Body 3</p>Ann &amp; Co.")
    assert made.endswith("Planet &lt;Parrot&gt;")
