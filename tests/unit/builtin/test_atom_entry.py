from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from ecliptic.builtin.atom_entry import ATOM, PLANET, XHTML, merged, write
from ecliptic.plugins import Category, Content, Enclosure, FeedContext, ParsedEntry, Person
from making import NOON, make_parsed

FEED = FeedContext(
    url="https://blog.example/feed",
    name="Ada",
    title="A blog",
    link="https://blog.example/",
    extra={"face": "ada.png", "not a name": "x"},
)
FULL = make_parsed(
    summary=Content(value="Short & good", kind="text", base="https://blog.example/"),
    content=Content(value='<p>Hi<br>there<img src="a.png">', base="https://blog.example/1/"),
    updated=NOON,
    authors=(Person(name="Ada", email="ada@blog.example", url="https://blog.example/ada"),),
    categories=(Category(term="weaving", scheme="https://blog.example/tags", label="Weaving"),),
    enclosures=(Enclosure(url="https://blog.example/a.mp3", type="audio/mpeg", duration=7),),
    image="https://blog.example/p.png",
    comments="https://blog.example/1#comments",
    rights="Mine",
)  # fmt: skip


def changed(old: str, new: str, entry: ParsedEntry = FULL) -> ParsedEntry:
    """Return the entry after a program that puts one text in the place of another."""
    written = write(entry, FEED)
    assert old.encode() in written
    return merged(entry, written, written.replace(old.encode(), new.encode()), url=FEED.link)


def test_write_gives_elements_of_xhtml_without_prefix_and_the_feed_as_venus_did() -> None:
    document = write(FULL, FEED)
    assert document.startswith(b'<entry xmlns="http://www.w3.org/2005/Atom"')
    assert b'<p>Hi<br/>there<img src="a.png"/></p>' in document
    root = etree.fromstring(document)
    assert root.findtext(f".//{{{PLANET}}}name") == "Ada"
    assert root.findtext(f".//{{{PLANET}}}face") == "ada.png"
    assert root.find(f"{{{ATOM}}}content/{{{XHTML}}}div/{{{XHTML}}}p") is not None
    assert root.findtext(f"{{{ATOM}}}source/{{{ATOM}}}id") == FEED.url


def test_merged_when_nothing_was_changed_then_the_entry_is_what_it_was() -> None:
    document = write(FULL, FEED)
    assert merged(FULL, document, document, url=FEED.link) == FULL


def test_merged_when_one_thing_was_changed_then_all_else_stays_as_published() -> None:
    after = changed("there", "here")
    assert after.content is not None
    assert after.content.value == '<p>Hi<br>here<img src="a.png"></p>'
    assert replace(after, content=FULL.content) == FULL


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Post 1", "Post one", "title"),
        ("Short &amp; good", "Long", "summary"),
        ("<name>Ada</name>", "<name>Bob</name>", "authors"),
        ('term="weaving"', 'term="looms"', "categories"),
        ('href="https://blog.example/1"', 'href="https://mirror.example/1"', "link"),
        ("<rights>Mine</rights>", "", "rights"),
    ],
)
def test_merged_when_a_part_is_changed_then_that_part_is_taken(
    old: str, new: str, field: str
) -> None:
    after = changed(old, new)
    assert getattr(after, field) != getattr(FULL, field)


def test_merged_when_id_or_date_is_changed_then_they_stay_for_they_say_which_entry_it_is() -> None:
    assert changed(FULL.id, "tag:other.example,2018:x").id == FULL.id
    assert changed("<published>2018", "<published>2017").published == FULL.published


@pytest.mark.parametrize(
    "written",
    [b"hello", b"<html><body>x</body></html>", b'{"version": 1}', b"\x00",
     b"<rss><channel><item><title>x</title></item></channel></rss>",
     b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/><entry/></feed>'],
)  # fmt: skip
def test_merged_when_it_is_not_one_atom_entry_then_it_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match="not one Atom entry"):
        merged(FULL, write(FULL, FEED), written, url=FEED.link)


TEXTS = st.text(max_size=40) | st.from_regex(
    r"(</?[a-z:!?]{1,4}( [a-z:]=.)?/?>|&[a-z]{1,4};|x){0,8}"
)
CONTENTS = st.none() | st.builds(Content, value=TEXTS, kind=st.sampled_from(["text", "html"]))


@given(CONTENTS, CONTENTS, TEXTS)
def test_write_when_an_entry_holds_anything_then_it_is_read_back_unchanged(
    title: Content | None, body: Content | None, word: str
) -> None:
    entry = make_parsed(
        title=title,
        content=body,
        rights=word,
        authors=(Person(name=word),),
        categories=(Category(term=word),),
    )
    document = write(entry, FEED)
    etree.fromstring(document)
    assert merged(entry, document, document, url=FEED.link) == entry
