from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.legacy.ini import Document, Section, interpolate, parse
from stopwatch import cpu_seconds_below


def texts(document: Document) -> dict[str, dict[str, str]]:
    return {
        section.title: {key: value.text for key, value in section.keys.items()}
        for section in document.sections
    }


def read(text: str) -> dict[str, dict[str, str]]:
    return texts(parse(text.encode()))


KEYS = [
    ("name = Ada", "name", "Ada"),
    ("name=Ada", "name", "Ada"),
    ("name: Ada", "name", "Ada"),
    ("Name = Ada", "name", "Ada"),
    ("link = https://a.example/?a=b;c", "link", "https://a.example/?a=b;c"),
    ("name = Ada ; not Eve", "name", "Ada"),
    ('name = "Menno\'s Musings"', "name", "Menno's Musings"),
    ("name = 'Ada'", "name", "Ada"),
    ('name = David "Pigeonflight" Bain', "name", 'David "Pigeonflight" Bain'),
    ('name = "A" and "B"', "name", '"A" and "B"'),
    ("name =", "name", ""),
    ('name = ""', "name", ""),
    ("date_format = %B %d, %Y", "date_format", "%B %d, %Y"),
    ("new date = x", "new date", "x"),
]


@pytest.mark.parametrize(("line", "key", "value"), KEYS)
def test_parse_when_a_line_is_a_key_splits_it_at_the_first_sign(
    line: str, key: str, value: str
) -> None:
    assert read(f"[s]\n{line}\n") == {"s": {key: value}}


TITLES = [
    ("[http://a.example/?a=1&b=[2];c#d]", "http://a.example/?a=1&b=[2];c#d"),
    ("[http://[2001:db8::1]:80/feed]", "http://[2001:db8::1]:80/feed"),
    ("[https://a.example/]  # Ada [the first]", "https://a.example/"),
    ("[https://a.example/] ; Ada", "https://a.example/"),
    ("[https://a.example/]   ", "https://a.example/"),
    ("[ https://a.example/ ]", "https://a.example/"),
    ("[https://a.example/] name", "https://a.example/"),
]


@pytest.mark.parametrize(("line", "title"), TITLES)
def test_parse_when_a_title_holds_signs_keeps_them(line: str, title: str) -> None:
    assert read(f"{line}\nname = A\n") == {title: {"name": "A"}}


def test_parse_when_a_section_comes_twice_joins_both() -> None:
    document = parse(b"[a]\nx = 1\ny = 1\n[b]\n[a]\ny = 2\n")
    assert texts(document) == {"a": {"x": "1", "y": "2"}, "b": {}}
    assert (document.sections[0].line, document.sections[0].again) == (1, [5])


def test_parse_when_a_value_goes_on_joins_its_lines() -> None:
    text = "[index.html.xslt]\nfilters:\n#  mememe.plugin\n  addsearch.xslt\n\n  # no\n  b.py?x=1\n"
    assert read(text) == {"index.html.xslt": {"filters": "addsearch.xslt\nb.py?x=1"}}


def test_parse_when_lines_of_a_value_look_like_keys_keeps_them_in_it() -> None:
    text = (
        "[l]\nonline_accounts =\n  http://d.example/|http://d.example/{x}\n  mode = fast\nx = 1\n"
    )
    assert read(text)["l"] == {
        "online_accounts": "http://d.example/|http://d.example/{x}\nmode = fast",
        "x": "1",
    }


def test_parse_when_keys_are_indented_reads_each() -> None:
    text = (
        "title = P\n[ada]\n  title = Ada\n  # her own\n  feed  = https://a.example/\n\tlink=x\n"
        "[bob]\n title = B\n"
    )
    document = parse(text.encode())
    assert document.top.text("title") == "P"
    assert texts(document) == {
        "ada": {"title": "Ada", "feed": "https://a.example/", "link": "x"},
        "bob": {"title": "B"},
    }


def test_parse_when_only_some_keys_are_indented_reads_each() -> None:
    text = "[ada]\ntitle = Ada\n    feed = https://a.example/\n  [bob]\n  title = Bob\n"
    assert read(text) == {
        "ada": {"title": "Ada", "feed": "https://a.example/"},
        "bob": {"title": "Bob"},
    }


def test_parse_when_one_line_is_latin1_reads_the_others_as_utf8() -> None:
    data = "[a]\nname = Éric\n".encode() + b"[b]\nname = fran\xe7aise \x80\n"
    assert texts(parse(data)) == {"a": {"name": "Éric"}, "b": {"name": "française €"}}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_parse_when_lines_end_in_any_way_counts_them_alike(newline: str) -> None:
    document = parse("\ufeff[a]\n\nname = A\n[b]\n".replace("\n", newline).encode())
    assert [section.line for section in document.sections] == [1, 4]
    assert document.sections[0].line_of("name") == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_parse_when_a_file_is_in_utf16_reads_it(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    document = parse(f"{mark}[a]\r\nname = Éric\r\n".encode(encoding))
    assert texts(document) == {"a": {"name": "Éric"}}
    assert document.odd_lines == ()


def test_parse_when_a_line_begins_with_rem_takes_it_for_a_comment() -> None:
    document = parse(b"[a]\nREM of old\nrem http://x.example/\nrem\nremark = kept\n")
    assert texts(document) == {"a": {"remark": "kept"}}
    assert document.odd_lines == ()


def test_parse_when_a_line_is_nothing_remembers_its_number() -> None:
    document = parse(b"[a]\nwhat is this\n= x\n: y\n[unclosed\nname = A\n")
    assert document.odd_lines == (2, 3, 4, 5)
    assert texts(document) == {"a": {"name": "A"}}


def filled(**keys: str) -> dict[str, str]:
    body = "\n".join(f"{key} = {text}" for key, text in keys.items())
    document = parse(f"[DEFAULT]\nroot = /srv\n[s]\n{body}\n".encode())
    section = interpolate(document.sections[1], document.sections[0])
    return {key: value.text for key, value in section.keys.items()}


def test_interpolate_when_a_value_refers_to_keys_fills_them_in() -> None:
    assert filled(home="%(root)s/planet", out="%(home)s/100%%", fmt="%B %%")["out"] == (
        "/srv/planet/100%"
    )


def test_interpolate_when_there_is_no_reference_leaves_percent_signs() -> None:
    assert filled(date_format="%B %d %%")["date_format"] == "%B %d %%"


def test_interpolate_when_a_key_is_unknown_leaves_the_reference() -> None:
    assert filled(out="%(nothing)s/x")["out"] == "%(nothing)s/x"


@pytest.mark.parametrize("text", ["%(b)s", "%(b)s%(b)s", "%(a)s", "x%(a)s%(a)s%%"])
def test_interpolate_when_keys_refer_to_each_other_leaves_them(text: str) -> None:
    assert filled(a=text, b="%(a)s%(a)s")["a"] == text


def test_interpolate_when_the_section_has_a_key_it_wins_over_the_default() -> None:
    assert filled(root="/home")["root"] == "/home"


HOSTILE = [
    b"[s]\na" + b" " * 300_000,
    b"[" * 300_000,
    b"[s]\n" + b"[x] " * 80_000,
    b"[s]\nx =\n" + b" y\n" * 100_000,
    b"[s]\nx = " + b"%(x)s" * 60_000,
    b"[s]\nx = " + b" ;" * 150_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_parse_when_a_file_is_hostile_stays_quick(data: bytes) -> None:
    with cpu_seconds_below(2):
        document = parse(data)
        for section in document.sections:
            interpolate(section, None)


@given(st.binary(max_size=400) | st.text("[]=:;#% \t\n\"'ab(s)", max_size=200).map(str.encode))
def test_parse_when_given_any_bytes_never_fails(data: bytes) -> None:
    document = parse(data)
    for section in document.sections:
        assert section.title
        assert isinstance(interpolate(section, Section(title="D", line=0)), Section)
