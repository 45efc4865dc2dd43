from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.builtin.preview_image import picture_of, prepare, with_picture
from ecliptic.plugins import Answer, Content, Enclosure, FeedContext, ParsedEntry
from making import make_parsed

PAGE = "https://blog.example/1"
FEED = FeedContext(url="https://blog.example/feed")
PICTURE = b'<head><meta property="og:image" content="/p.png"></head>'


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        (PICTURE, "https://blog.example/p.png"),
        (b"<meta name=twitter:image content=https://cdn.example/t.png>", "https://cdn.example/t.png"),
        (b"<meta name=twitter:image content=t.png><meta property=OG:image content=' o.png '>",
         "https://blog.example/o.png"),
        (b"<meta property=og:image content=''><meta property=og:image:url content=u.png>",
         "https://blog.example/u.png"),
        (b"<meta property=og:image content='javascript:alert(1)'>", ""),
        (b"<meta property=og:image content='data:image/png;base64,AAAA'>", ""),
        (b"<meta property=og:image content='http://[bad/'>", ""),
        (b"<meta property=og:image content='/" + b"p" * 3_000 + b"'>", ""),
        (b"x" * 600_000 + PICTURE, ""),
        (b"", ""), (b"  ", ""), (b"\x00\xff", ""), (b"<p>no picture", ""),
    ],
)  # fmt: skip
def test_picture_of_a_page_is_the_one_it_names(page: bytes, picture: str) -> None:
    assert picture_of(page, PAGE) == picture


def enriched(entry: ParsedEntry, answer: Answer) -> tuple[list[str], ParsedEntry]:
    asked = []
    enricher = with_picture(entry, FEED)
    try:
        asked.append(next(enricher))
        enricher.send(answer)
    except StopIteration as end:
        return asked, end.value
    raise AssertionError("it asks for more than one page")


def test_entry_without_a_picture_is_given_that_of_its_page() -> None:
    answer = Answer(
        asked=PAGE, url="https://other.example/x", body=PICTURE, content_type="text/html"
    )
    asked, entry = enriched(make_parsed(1), answer)
    assert (asked, entry.image) == ([PAGE], "https://other.example/p.png")


@pytest.mark.parametrize(
    "entry",
    [
        make_parsed(image="https://blog.example/own.png"),
        make_parsed(content=Content(value='<IMG src="a.png">')),
        make_parsed(enclosures=(Enclosure(url="https://blog.example/a.jpg", type="image/jpeg"),)),
        make_parsed(link=""),
    ],
)
def test_entry_with_a_picture_or_without_a_page_asks_for_nothing(entry: ParsedEntry) -> None:
    assert enriched(entry, Answer(asked=PAGE, body=PICTURE)) == ([], entry)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(asked=PAGE, code="fetch.http_404"),
        Answer(asked=PAGE, url=PAGE, body=PICTURE, content_type="application/pdf"),
        Answer(asked=PAGE, url=PAGE, body=b"<p>", content_type="text/html"),
    ],
)
def test_entry_when_the_page_has_none_stays_as_it_is(answer: Answer) -> None:
    assert enriched(make_parsed(), answer) == ([make_parsed().link], make_parsed())


def test_prepare_when_there_are_parameters_then_it_names_them() -> None:
    with pytest.raises(ValueError, match="size"):
        prepare({"size": 3}, Path())
