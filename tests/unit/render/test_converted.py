"""Converted templates as they run: what they see, and what no value can do in them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import html5lib
import pytest
from markupsafe import Markup

from converting import GENSHI, HOSTILE, hostile, page, planet
from ecliptic.errors import RenderError
from ecliptic.model.feed import FetchState
from ecliptic.model.template import OldTemplate
from ecliptic.render.converted import ConvertedTemplate
from ecliptic.render.converted_filters import FILTERS, Changed
from ecliptic.render.django_dates import django_date
from ecliptic.render.guarded import Guarded, Moment, Released, released
from making import NOON
from rendering import make_feed, make_shown

GENSHI_VALUES = (
    "entry.title", "entry.title_detail.value", "entry.title_detail.stream", "HTML(entry.title)",
    "entry.link", "entry.id", "entry.rights", "entry.comments", "entry.author",
    "entry.author_detail.name", "entry.author_detail.email", "entry.author_detail.href",
    "entry.language", "entry.tags[0].term", "entry.tags[0].scheme", "entry.tags[0].label",
    "entry.enclosures[0].href", "entry.source.title", "entry.source.title_detail.stream",
    "entry.source.link", "entry.source.id", "entry.source.config.face", "entry.source.config.name",
    "entry.source.planet_face", "entry.source.icon", "entry.source.logo", "entry.source.subtitle",
    "entry.source.generator", "entry.source.language", "HTML(entry.source.subtitle)",
    "'%s' % entry.title", "HTML(entry.title)[:40]", "HTML(entry.title + entry.title)",
)  # fmt: skip
GENSHI_PLACES = (
    "<p>${{{0}}}</p>", '<p title="${{{0}}}">x</p>', '<p title="a ${{{0}}}">x</p>',
    '<a href="${{{0}}}">x</a>', '<a href="x?${{{0}}}">x</a>',
    "<p onclick=\"f('${{{0}}}')\">x</p>", '<p style="color: ${{{0}}}">x</p>',
    "<script>var a = '${{{0}}}';</script>", "<style>a {{ color: ${{{0}}} }}</style>",
    "<title>${{{0}}}</title>", "<textarea>${{{0}}}</textarea>",
    "<svg><![CDATA[${{{0}}}]]></svg>",
    '<p py:content="{0}">x</p>', "<p py:attrs=\"{{'title': {0}, 'href': {0}}}\">x</p>",
    '<py:def function="f(x)"><i title="$x">$x</i></py:def>${{f({0})}}',
)  # fmt: skip
DJANGO_VALUES = (
    "item.title", "item.title_plain", "item.link", "item.id", "item.rights", "item.comments",
    "item.author", "item.author_email", "item.author_uri", "item.category", "item.enclosure_href",
    "item.enclosure_type", "item.channel_name", "item.channel_face", "item.channel_title",
    "item.channel_link", "item.channel_id", "item.channel_subtitle", "item.channel_generator",
    "item.title_language", "item.channel_author",
)  # fmt: skip
DJANGO_FILTERS = (
    "", "|safe", "|escape", "|force_escape", "|escapejs", "|upper|safe", "|lower", "|title",
    "|capfirst", "|cut:'a'|safe", "|linebreaks", "|linebreaksbr", "|join:'<'", "|truncatewords:9",
    "|truncatechars:90", "|truncatewords_html:9|safe", "|slice:':40'", "|safe|slice:':40'",
    "|striptags|safe", "|removetags:'b'|safe", "|default:'x'|safe", "|add:'x'|safe", "|first",
    "|stringformat:'s'|safe", "|wordwrap:9", "|center:99", "|ljust:99", "|urlencode", "|make_list",
    "|addslashes", "|iriencode|safe", "|slugify", "|date:'Y'", "|yesno:'a,b'",
)  # fmt: skip
DJANGO_PLACES = (
    "<p>{0}</p>", '<p title="{0}">x</p>', "<p title='a {0}'>x</p>", '<a href="{0}">x</a>',
    "<a href='{0}'>x</a>", "<p class={0}>x</p>", "<p onclick=f('{0}')>x</p>",
    "<p onclick=\"f('{0}')\">x</p>",
    "<p style='color: {0}'>x</p>", "<script>var a = '{0}';</script>", "<!-- {0} -->",
    "<style>a {{ color: {0} }}</style>", "<title>{0}</title>", "<textarea>{0}</textarea>",
    '{{% autoescape off %}}<p>{0}</p><p title="{0}"></p>{{% endautoescape %}}',
    '{{% filter upper %}}<p title="{0}">{0}</p>{{% endfilter %}}',
    '{{% with x=item.title|safe %}}<p title="{{{{ x }}}}">{{{{ x }}}}{0}</p>{{% endwith %}}',
    "{{% ifchanged %}}<p>{0}</p>{{% endifchanged %}}",
)  # fmt: skip


def assert_tame(made: str) -> None:
    """Hold a page, read as browsers do, to the elements and attributes of its template."""
    root: Any = html5lib.parse(made, namespaceHTMLElements=False)
    allowed = {"onclick", "style", "title", "href", "class"}
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        assert element.tag != "u"
        assert set(element.attrib) <= allowed
        for name, value in element.attrib.items():
            assert not (name == "href" and value.strip().lower().startswith("javascript:"))
            assert not (name in {"onclick", "style"} and set('<>\\&"') & set(value))
            if name == "onclick":
                assert value.count("'") == 2
        if element.tag in {"script", "style"}:
            assert "alert(1)" not in (element.text or "")
            assert "\\" not in (element.text or "")
            assert (element.text or "").count("'") in {0, 2}


@pytest.mark.parametrize("place", GENSHI_PLACES)
def test_page_when_a_value_of_genshi_is_hostile_keeps_it_in_its_place(
    tmp_path: Path, place: str
) -> None:
    inside = "".join(place.format(value) for value in GENSHI_VALUES)
    text = GENSHI.format(f'<py:for each="entry in entries">{inside}</py:for>')
    made = page(tmp_path, text, "genshi", hostile())
    assert made.count("alert") > 5
    assert_tame(made)


@pytest.mark.parametrize("place", DJANGO_PLACES)
def test_page_when_a_value_of_django_is_hostile_keeps_it_in_its_place(
    tmp_path: Path, place: str
) -> None:
    values = [*DJANGO_VALUES, *(f"item.title{each}" for each in DJANGO_FILTERS)]
    inside = "".join(place.format(f"{{{{ {value} }}}}") for value in values)
    made = page(tmp_path, f"{{% for item in Items %}}{inside}{{% endfor %}}", "django", hostile())
    assert made.lower().count("alert") > 5
    assert_tame(made)


def test_page_when_a_file_is_in_jinja_sees_the_values_of_both(tmp_path: Path) -> None:
    text = (
        "{% for item in Items %}{{ item.title | safe }}|{% endfor %}"
        "{% for entry in venus.entries %}{{ entry.title_detail.stream }}|{% endfor %}"
        "{{ Config.name }}|{% include 'part.html' %}{{ absent.of.all }}"
        "{{ venus.entries[1].new_date }}"
    )
    made = page(tmp_path, text, "jinja", files={"part.html": "{{ colour }}"})
    titles = "Third &amp; <em>last</em>|Second|First|"
    assert made == f"{titles}{titles}Planet &lt;Parrot&gt;|red"


def test_page_when_genshi_asks_for_a_feed_has_what_is_known_of_it(tmp_path: Path) -> None:
    text = GENSHI.format(
        "$feed.link|${feed.links[0].rel}|$feed.author_detail.name|$feed.config.colour|"
        "$feed.updated|<py:for each='feed in feeds'>$feed.title,$feed.author,"
        "$feed.planet_name,$feed.planet_message;</py:for>"
        "<py:for each='entry in entries'>${','.join([tag for tag in 'ab'])}"
        "${entry.enclosures and entry.enclosures[0].type}$entry.published</py:for>"
    )
    gone = make_feed(3, name="Gone", fetch=FetchState(code="http.status", status=404))
    shown = [*planet(), make_shown(9, gone)]
    made = page(tmp_path, text, "genshi", shown)
    assert made.startswith(
        "https://planet.example/|alternate|Vera|red|2018-04-25T12:00:00Z|"
        "Ann&#39;s,Ann,Ann &amp; Co.,;Bob&#39;s,,Bob&#39;s,;Blog 3,,Gone,404: not found;"
    )
    assert "audio/mpeg" in made


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        ("genshi", "\n<p>", 2),
        ("jinja", "\n{% if %}", 2),
        ("jinja", "{{ a | nosuch }}", 1),
        ("jinja", "{{ ''.__class__.__mro__[1].__subclasses__() }}", 0),
        ("jinja", "{{ 1 / 0 }}", 0),
        ("django", "{% if a" + " and a" * 900 + " %}{% endif %}", 0),
        ("django", "{% if " + "not " * 3_000 + "a %}{% endif %}", 0),
        ("jinja", "{% include '/etc/passwd' %}", 0),
        ("jinja", "{% include '../../etc/passwd' %}", 0),
        ("jinja", "{{ name | truncate(3) }}", 1),
        ("jinja", "{{ name | random }}", 1),
        ("jinja", "{% for i in range(10000000) %}{% endfor %}", 0),
        ("django", "{{ Items|divisibleby:'x' }}", 0),
    ],
)
def test_page_when_a_template_fails_says_where(
    tmp_path: Path, kind: str, text: str, line: int
) -> None:
    with pytest.raises(RenderError) as caught:
        page(tmp_path, text, kind)  # type: ignore[arg-type]
    assert caught.value.params["line"] == line
    assert str(caught.value.params["file"]).endswith(f"page.html.{kind}")


def test_mark_when_an_included_template_changes_is_another(tmp_path: Path) -> None:
    (tmp_path / "a.html.dj").write_text("{% include 'b.html' %}", "utf-8")
    (tmp_path / "b.html").write_text("{{ name }}", "utf-8")
    settings = OldTemplate(
        file=str(tmp_path / "a.html.dj"), path="a.html", folder=str(tmp_path), kind="django"
    )
    before = ConvertedTemplate(settings)
    assert ConvertedTemplate(settings).mark == before.mark
    (tmp_path / "b.html").write_text("{{ link }}", "utf-8")
    after = ConvertedTemplate(settings)
    assert after.mark != before.mark
    assert ("link" in before.names, "link" in after.names) == (False, True)


@pytest.mark.parametrize(
    ("name", "value", "given", "expected"),
    [
        ("add", "1", ["2"], 3),
        ("add", "a", ["b"], "ab"),
        ("addslashes", "a'b", [], "a\\'b"),
        ("capfirst", "ann", [], "Ann"),
        ("cut", "a b c", [" "], "abc"),
        ("cut_out", [1, 2, 3], [None, 2], [1, 2]),
        ("cut_out", "abc", [1, None], "bc"),
        ("default_if_none", None, ["x"], "x"),
        ("default_if_none", "", ["x"], ""),
        ("divisibleby", 6, [3], True),
        ("filesizeformat", 1, [], "1\xa0byte"),
        ("filesizeformat", "1000", [], "1000\xa0bytes"),
        ("filesizeformat", 123_456, [], "120.6\xa0KB"),
        ("filesizeformat", 2**60, [], "1024.0\xa0PB"),
        ("filesizeformat", "", [], "0\xa0bytes"),
        ("floatformat", 3.14159, [2], "3.14"),
        ("floatformat", 3.0, [-1], "3"),
        ("floatformat", 3.14, [-1], "3.1"),
        ("floatformat", "x", [1], ""),
        ("length_is", "abc", [3], True),
        ("linebreaks", "a\nb\n\n<c>", [], "<p>a<br>b</p>\n\n<p>&lt;c&gt;</p>"),
        ("ljust", "a", [3], "a  "),
        ("rjust", "a", [3], "  a"),
        ("pluralize", 1, ["s"], ""),
        ("pluralize", 2, ["y,ies"], "ies"),
        ("pluralize", [1], ["y,ies"], "y"),
        ("slice_of", "abcdef", ["1:3"], "bc"),
        ("slice_of", [1, 2, 3], ["2"], [1, 2]),
        ("slugify", "Crème Brûlée & co.", [], "creme-brulee-co"),
        ("stringformat", 3, ["03d"], "003"),
        ("stringformat", "x", ["999999999d"], ""),
        ("truncatechars", "abcdef", [4], "abc…"),
        ("truncatechars", "abc", [4], "abc"),
        ("truncatewords", "a b  c", [2], "a b …"),
        ("truncatewords", "a b", [2], "a b"),
        ("yesno", None, ["y,n,m"], "m"),
        ("yesno", None, ["y,n"], "n"),
        ("yesno", "", ["y,n"], "n"),
        ("yesno", "a", ["y,n"], "y"),
        ("date", "no time", ["Y"], "no time"),
        ("strftime", Moment("x", NOON), ["%d %B"], "25 April"),
        ("strftime", Moment("x", NOON), ["\ud800"], "\ud800"),
    ],
)  # fmt: skip
def test_filter_gives_what_django_gives(
    name: str, value: object, given: list[object], expected: object
) -> None:
    assert FILTERS[name](value, *given) == expected


def test_regroup_when_values_come_in_runs_keeps_their_order() -> None:
    values = [{"a": {"b": 2}}, {"a": {"b": 1}}, {"a": {"b": 1}}, {"c": 1}]
    found = FILTERS["regroup"](values, "a.b")
    assert found == [
        {"grouper": 2, "list": values[:1]},
        {"grouper": 1, "list": values[1:3]},
        {"grouper": "", "list": values[3:]},
    ]


def test_changed_when_values_are_as_before_says_no() -> None:
    changed = Changed()
    assert [changed(value) for value in (None, None, 1, 1, None)] == [
        True, False, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("N j, Y", "April 25, 2018"),
        ("D d M y", "Wed 25 Apr 18"),
        ("l jS F", "Wednesday 25th April"),
        ("g:i A", "3:05 PM"),
        ("G H h f P", "15 15 03 3:05 3:05 p.m."),
        ("n m b E", "4 04 apr April"),
        ("z W o t L w", "115 17 2018 30 False 3"),
        ("s u e T O Z I", "09 000000 UTC UTC +0000 0 0"),
        ("c", "2018-04-25T15:05:09+00:00"),
        ("U", "1524668709"),
        ("r", "Wed, 25 Apr 2018 15:05:09 +0000"),
        ("\\Y\\e\\a\\r Y, Q", "Year 2018, Q"),
    ],
)
def test_django_date_writes_a_time_by_its_letters(form: str, expected: str) -> None:
    assert django_date(datetime.fromisoformat("2018-04-25T15:05:09+00:00"), form) == expected


@pytest.mark.parametrize(
    ("hour", "expected"), [(0, "midnight"), (12, "noon"), (11, "11 a.m."), (23, "11 p.m.")]
)
def test_django_date_names_noon_and_midnight(hour: int, expected: str) -> None:
    assert django_date(NOON.replace(hour=hour), "P") == expected


def test_guarded_when_anything_is_done_with_it_is_plain_text() -> None:
    value = Guarded("a <b>", Markup("a <i>b</i>"))
    shown = released(value)
    assert isinstance(shown, Released)
    assert str(Markup("{}").format(value)) == "a &lt;b&gt;"
    assert str(Markup("{}").format(shown)) == "a <i>b</i>"
    for part in (shown[:9], shown + "", shown.upper(), shown.replace("a", "a"), str(shown)):
        assert not hasattr(part, "__html__")
    assert released("<b>") == "<b>"
    assert released(HOSTILE) == HOSTILE
