from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.sources.venus_cache import Cache, file_name

NAMES = [
    ("http://www.example.com/feed/", "example.com,feed"),
    ("https://example.com/a?b=c|d", "example.com,a,b=c,d"),
    ("tag:example.com,2004:1", "example.com,2004,1"),
    ("urn:uuid:1", "1"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_file_name_when_it_is_an_address_or_id_is_that_of_venus(text: str, name: str) -> None:
    assert file_name(text) == name


@given(st.binary(max_size=400))
def test_entries_when_a_file_is_any_bytes_never_raises(data: bytes) -> None:
    start = b'<entry xmlns="http://www.w3.org/2005/Atom"><source><id>x</id></source>'
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a").write_bytes(data)
        Path(folder, "b").write_bytes(start + data + b"</entry>")
        cache = Cache(Path(folder))
        assert len(list(cache.entries())) + cache.unreadable == 2


def test_entries_when_there_is_no_folder_are_none() -> None:
    assert list(Cache(Path("/nowhere")).entries()) == []
    assert Cache(Path("/nowhere")).feed_ids(["https://a.example/"]) == {}
