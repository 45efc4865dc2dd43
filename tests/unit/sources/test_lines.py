from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from ecliptic.sources.lines import Path, headers, line_of, places, statements

TEXT = '''\
# [planet] in a comment
top = 1

  [planet]   # trailing
name = "a # [x]"
"quoted key" = 'C:\\temp'
list = [
  "]", # ]
  [1, 2],
]
long = """
[[feed]]
url = "no"
\\"""
"""
a.b . "c" = 1
inline = { x = "}", y = [ "]" ] }
[[feed]]
url = 'https://a.example/'

[feed.extra]
face = "x"
[fetch]
x = 1
[[feed]]
url = \'\'\'
multi\'\'\'
name = "n"
'''


def test_places_when_values_hold_brackets_and_quotes_are_not_misled() -> None:
    assert tomllib.loads(TEXT)
    found = places(TEXT)
    assert found == {
        ("top",): 2,
        ("planet",): 4,
        ("planet", "name"): 5,
        ("planet", "quoted key"): 6,
        ("planet", "list"): 7,
        ("planet", "long"): 11,
        ("planet", "a"): 16,
        ("planet", "a", "b"): 16,
        ("planet", "a", "b", "c"): 16,
        ("planet", "inline"): 17,
        ("feed",): 18,
        ("feed", 0): 18,
        ("feed", 0, "url"): 19,
        ("feed", 0, "extra"): 21,
        ("feed", 0, "extra", "face"): 22,
        ("fetch",): 23,
        ("fetch", "x"): 24,
        ("feed", 1): 25,
        ("feed", 1, "url"): 26,
        ("feed", 1, "name"): 28,
    }


def test_statements_when_a_value_has_several_lines_know_the_last() -> None:
    lasts = {each.path: each.last for each in statements(TEXT)}
    assert lasts[("planet", "list")] == 10
    assert lasts[("planet", "long")] == 15
    assert lasts[("feed", 1, "url")] == 27


def test_line_of_when_the_place_is_unknown_is_that_of_what_holds_it() -> None:
    found = places(TEXT)
    assert line_of(found, ("planet", "inline", "y", 0)) == 17
    assert line_of(found, ("nothing",)) == 0


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)


@given(st.lists(st.tuples(LINE, LINE, st.booleans()), min_size=1, max_size=8), st.data())
def test_places_when_tables_are_made_at_random_find_every_key(
    feeds: list[tuple[str, str, bool]], data: st.DataObject
) -> None:
    """The line of a key is the line where its unique value was written."""
    lines: list[str] = ["[planet]", 'name = "P"']
    expected: dict[Path, int] = {}
    for index, (noise, value, many) in enumerate(feeds):
        lines += [f"# {noise}"] * data.draw(st.integers(0, 2))
        lines += ["", "[[feed]]"]
        expected[("feed", index)] = len(lines)
        if many:
            lines += ["note = '''", noise.replace("'", ""), "[[feed]]", "'''"]
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'url = "{escaped}"  # {noise}')
        expected[("feed", index, "url")] = len(lines)
    text = "\n".join(lines)
    assert len(tomllib.loads(text)["feed"]) == len(feeds)
    found = places(text)
    assert {path: found[path] for path in expected} == expected
    starts = [line for path, line in expected.items() if len(path) == 2]
    assert headers(text, "feed") in ([], starts)


def test_headers_when_the_text_is_plain_then_the_line_of_each() -> None:
    text = '# [[feed]]\n[planet]\nname = "[[feed]]"\n[[feed]]\nurl = "a"\n\n  [[ feed ]] # x\n'
    assert headers(text, "feed") == [4, 7]
    assert headers(text.replace("\n", "\r\n"), "feed") == [4, 7]


def test_headers_when_a_text_may_hold_one_then_none_are_told() -> None:
    assert headers(TEXT, "feed") == []
