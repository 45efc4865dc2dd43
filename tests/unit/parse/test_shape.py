"""Layouts are shared by documents, so what they keep is bounded and nothing shows through."""

from __future__ import annotations

from ecliptic.parse import parse
from ecliptic.parse.names import Names
from ecliptic.parse.shape import MAX_REPEATED, Layouts


def test_layout_of_names_gives_the_places_of_a_field_best_first() -> None:
    layout = Layouts(Names())[("dc:date", "title", "pubDate", "dc:date")]
    assert layout.names == ("dc:date", "title", "pubdate", "dc:date")
    assert layout.shape.published == (2, 0, 3)
    assert layout.shape.titles == layout.at("title") == (1,)
    assert layout.shape.bodies == layout.at("content:encoded") == ()


def test_layout_of_one_name_repeated_keeps_the_first_places() -> None:
    layout = Layouts(Names())[("category",) * (MAX_REPEATED + 1)]
    assert layout.shape.categories == tuple(range(MAX_REPEATED))


def test_layouts_of_a_hostile_document_are_forgotten() -> None:
    layouts = Layouts(Names())
    for number in range(5_000):
        layouts[(f"a{number}", "title")]
    layouts[("title",) * 5_000]
    layouts[("a" * 10_000, "title")]
    assert len(layouts) <= 2_000
    assert len(layouts.names) <= 1_000
    assert max(map(len, layouts)) <= 100
    assert max(map(len, layouts.names)) <= 500
    assert max(len("".join(tags)) for tags in layouts) <= 5_000
    assert layouts[("a1", "title")].shape.titles == (1,)


def test_entries_with_the_same_tags_in_another_order_are_read_alike() -> None:
    parts = ("<title>T</title>", "<link>http://a.example/1</link>", "<guid>g</guid>")
    entries = [
        parse(f"<rss><channel><item>{inside}</item></channel></rss>").entries[0]
        for inside in ("".join(parts), "".join(reversed(parts)))
    ]
    assert entries[0] == entries[1]
    assert (entries[0].id, entries[0].link) == ("g", "http://a.example/1")


def test_entry_with_thousands_of_children_is_read_to_its_end() -> None:
    many = "<x/>" * 5_000 + "<category>a</category>" * 400 + "<category>b</category>"
    document = f"<rss><channel><item>{many}<title>last</title></item></channel></rss>"
    entry = parse(document).entries[0]
    assert entry.title
    assert entry.title.value == "last"
    assert [category.term for category in entry.categories] == ["a"]
