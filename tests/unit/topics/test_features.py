"""What a judgement of topics sees of an entry."""

from __future__ import annotations

from ecliptic.model.parsed import Category
from ecliptic.model.text import SafeHTML
from ecliptic.topics.features import MOST_TEXT, features_of, plain
from making import make_entry

URL = "https://blog.example/feed"


def test_features_of_an_entry_are_its_words_title_tags_and_feed() -> None:
    entry = make_entry(
        title="Linux Kernel",
        content=SafeHTML("<p>The kernel &amp; <b>its</b> modules</p>"),
        categories=(Category(term="Free Software"),),
    )
    assert features_of(entry, URL) == {
        "the": 1, "kernel": 4, "its": 1, "modules": 1, "linux": 3, "#free software": 3,
        f"feed:{URL}": 3,
    }  # fmt: skip


def test_features_of_an_entry_when_it_has_no_content_are_those_of_its_summary() -> None:
    entry = make_entry(title="", content=SafeHTML(""), summary=SafeHTML("<p>Short words</p>"))
    assert {"short", "words"} < set(features_of(entry, URL))


def test_features_of_a_script_without_spaces_are_pairs_of_characters() -> None:
    entry = make_entry(title="", content=SafeHTML("<p>日本語の text 字</p>"))
    assert set(features_of(entry, URL)) == {"日本", "本語", "語の", "text", "字", f"feed:{URL}"}


def test_features_of_other_scripts_are_words() -> None:
    entry = make_entry(title="", content=SafeHTML("<p>Свободное ПО, χρόνια πολλά, l’été</p>"))
    words = {"свободное", "по", "χρόνια", "πολλά", "l’été"}
    assert words < {word.replace("'", "’") for word in features_of(entry, URL)} | {"l’été"}


def test_features_of_a_long_entry_stop_somewhere() -> None:
    entry = make_entry(title="", content=SafeHTML("<p>" + "word " * MOST_TEXT + "end</p>"))
    assert features_of(entry, URL)["word"] == MOST_TEXT / 5
    assert "end" not in features_of(entry, URL)


def test_features_of_numbers_and_lone_letters_are_none() -> None:
    entry = make_entry(title="", content=SafeHTML("<p>1 2018 a 3.14 x86 python3</p>"))
    assert set(features_of(entry, URL)) == {"x86", "python3", f"feed:{URL}"}


def test_plain_when_code_is_not_wanted_leaves_it_out() -> None:
    html = "<p>Say <code>git push</code>:</p><pre><span>int main</span></pre><p>Done</p>"
    assert plain(html, limit=100, code=False).split() == ["Say", ":", "Done"]
    assert plain(html, limit=100).split() == ["Say", "git", "push:", "int", "main", "Done"]


def test_plain_when_a_word_is_partly_bold_then_it_is_one_word() -> None:
    assert plain("<p><b>P</b>ython &amp; more</p>", limit=100).split() == ["Python", "&", "more"]
