from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ecliptic.errors import PluginError
from ecliptic.plugins import Content, Document, ParsedEntry, ParsedFeed, Problem, Source
from ecliptic.plugins.call import address_of, read
from ecliptic.plugins.collect import Chosen, choose
from making import NOON

ADDRESS = "https://notes.example/"
DOCUMENT = Document(address=ADDRESS, url=ADDRESS, body=b"x")


def source(**steps: Callable[..., Any]) -> Chosen:
    return Chosen("notes", Source(pattern=".*", **steps))


def refused(chosen: Chosen) -> PluginError:
    with pytest.raises(PluginError) as caught:
        read(chosen, DOCUMENT)
    return caught.value


def fail(*_: object) -> Any:
    raise ZeroDivisionError("no luck")


def test_address_when_the_source_has_no_rewrite_then_it_stays() -> None:
    assert address_of(source(), ADDRESS, NOON) == ADDRESS


@pytest.mark.parametrize("rewrite", [fail, lambda *_: None, lambda *_: b"bytes"])
def test_address_when_a_rewrite_fails_then_the_error_names_the_plugin(
    rewrite: Callable[..., Any],
) -> None:
    with pytest.raises(PluginError) as caught:
        address_of(source(rewrite=rewrite), ADDRESS, NOON)
    assert caught.value.code == "plugins.failed"
    assert caught.value.detail.startswith("notes: ")


def test_read_when_all_is_well_then_entries_are_numbered_as_they_stand() -> None:
    made = ParsedFeed(format="notes", entries=(ParsedEntry(id="a"), ParsedEntry(id="b")))
    feed = read(source(read=lambda _: made), DOCUMENT)
    assert [(entry.id, entry.position) for entry in feed.entries] == [("a", 0), ("b", 1)]


def test_read_when_there_are_too_many_entries_then_the_first_are_kept_and_it_is_said() -> None:
    made = ParsedFeed(format="notes", entries=(ParsedEntry(),) * 2_001)
    feed = read(source(read=lambda _: made), DOCUMENT)
    assert len(feed.entries) == 2_000
    assert feed.problems[-1].code == "parse.too_many_entries"


@pytest.mark.parametrize(
    "result",
    [
        None,
        {"format": "notes"},
        ParsedFeed(format="notes", title="not a Content"),  # type: ignore[arg-type]
        ParsedFeed(format="notes", entries=(ParsedEntry(title=7),)),  # type: ignore[arg-type]
        ParsedFeed(format="notes", entries=(ParsedEntry(title=Content(value="\ud800")),)),
        ParsedFeed(format="notes", entries=(ParsedEntry(published=datetime(2018, 4, 25)),)),  # noqa: DTZ001
        ParsedFeed(format="notes", ttl=1 << 70),
    ],
)
def test_read_when_the_result_is_not_sound_then_the_error_names_the_plugin(result: Any) -> None:
    error = refused(source(read=lambda _: result))
    assert error.code == "plugins.failed"
    assert error.detail.startswith("notes: ")


def test_read_when_it_raises_then_the_error_names_plugin_and_reason() -> None:
    error = refused(source(read=fail))
    assert (error.code, error.detail) == ("plugins.failed", "notes: ZeroDivisionError: no luck")


def test_read_when_the_document_is_no_feed_then_the_plugins_own_reason_is_given() -> None:
    why = Problem(code="parse.not_a_feed", detail="error 502")
    error = refused(source(read=lambda _: ParsedFeed(problems=(why,))))
    assert (error.code, error.detail) == ("plugins.not_a_feed", "notes: error 502")
    assert "notes" in refused(source(read=lambda _: ParsedFeed())).detail


def test_plugin_when_it_is_not_installed_then_the_error_names_it() -> None:
    with pytest.raises(PluginError) as caught:
        choose(ADDRESS, "nobody-has-this")
    assert (caught.value.code, caught.value.detail) == ("plugins.unknown", "nobody-has-this")


def test_plugin_when_it_is_named_for_an_address_it_does_not_take_then_that_is_said() -> None:
    with pytest.raises(PluginError) as caught:
        choose(ADDRESS, "github")
    assert (caught.value.code, caught.value.detail) == ("plugins.not_for_address", "github")
