from __future__ import annotations

import pytest

from ecliptic.compat.result import FeedParserDict


def test_get_when_a_key_has_another_name_finds_it() -> None:
    feed = FeedParserDict(subtitle="Short", rights="Mine", href="http://a.example/")
    assert feed["description"] == feed.tagline == "Short"
    assert feed.copyright == "Mine"
    assert feed.get("url") == "http://a.example/"
    entry = FeedParserDict(summary="Text", id="1", published="Mon")
    assert (entry.description, entry.guid, entry.issued) == ("Text", "1", "Mon")


def test_set_when_a_key_has_another_name_keeps_it_under_the_usual_one() -> None:
    record = FeedParserDict()
    record["guid"] = "1"
    record["description"] = "Text"
    record.link = "http://a.example/"
    assert dict(record) == {"id": "1", "summary": "Text", "link": "http://a.example/"}


def test_updated_when_missing_is_published_but_does_not_count() -> None:
    entry = FeedParserDict(published="Mon", published_parsed=(2004,))
    assert entry.updated == "Mon"
    assert entry.updated_parsed == (2004,)
    assert "updated" not in entry
    assert not entry.has_key("updated_parsed")


def test_get_when_there_is_nothing_gives_the_default_or_raises() -> None:
    record = FeedParserDict()
    assert record.get("title") is None
    assert record.get("updated", 3) == 3
    assert "category" not in record
    assert record.get("enclosures", ()) == ()
    with pytest.raises(KeyError):
        record["license"]
    with pytest.raises(AttributeError, match="title"):
        _ = record.title


def test_computed_keys_are_made_from_tags_and_links() -> None:
    record = FeedParserDict(
        tags=[FeedParserDict(term="x", scheme=None, label=None)],
        links=[
            FeedParserDict(rel="enclosure", href="http://a.example/1.mp3"),
            FeedParserDict(rel="license", href="http://a.example/by"),
        ],
    )
    assert record.category == "x"
    assert record.enclosures == [{"href": "http://a.example/1.mp3"}]
    assert record.enclosures[0].url == "http://a.example/1.mp3"
    assert record.license == "http://a.example/by"


def test_setdefault_when_an_alias_has_a_value_keeps_it() -> None:
    record = FeedParserDict(summary="Text")
    assert record.setdefault("description", "other") == "Text"
    assert record.setdefault("tags", []) == []
