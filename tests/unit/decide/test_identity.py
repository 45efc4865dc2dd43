from __future__ import annotations

from ecliptic.decide.identity import fingerprint_of, key_of_id, keys_of
from ecliptic.model.text import Content
from making import make_parsed


def test_keys_when_every_entry_has_its_own_id_then_the_id_is_the_key() -> None:
    entries = [make_parsed(1), make_parsed(2)]
    assert keys_of(entries) == [key_of_id(entry.id) for entry in entries]


def test_keys_when_one_guid_and_one_link_serve_for_all_then_names_tell_them_apart() -> None:
    entries = [make_parsed(n, id="blog", link="https://blog.example/") for n in (1, 2, 3)]
    assert len(set(keys_of(entries))) == 3
    untitled = [make_parsed(n, id="blog", link="https://blog.example/", title=None) for n in (1, 2)]
    assert len(set(keys_of(untitled))) == 2


def test_keys_when_entries_without_id_share_a_link_then_names_tell_them_apart() -> None:
    entries = [make_parsed(n, id="", link="https://blog.example/") for n in (1, 2, 3)]
    assert len(set(keys_of(entries))) == 3


def test_keys_when_a_document_has_two_versions_of_an_entry_then_they_are_that_entry() -> None:
    """RFC 4287, 4.1.1: entries of one id are versions of one entry."""
    newer = make_parsed(1, content=Content(value="<p>Newer</p>"))
    one = keys_of([make_parsed(1), make_parsed(2)])
    assert keys_of([newer, make_parsed(1), make_parsed(2)]) == [one[0], *one]


def test_keys_when_few_of_many_share_id_and_link_then_a_new_title_is_a_new_version() -> None:
    retitled = make_parsed(1, title=Content(value="Retitled"))
    keys = keys_of([retitled, *map(make_parsed, range(1, 5))])
    assert keys[0] == keys[1] == key_of_id(retitled.id)


def test_keys_when_ids_do_not_last_then_the_link_is_the_identity() -> None:
    one, other = make_parsed(1), make_parsed(1, id="other")
    assert keys_of([one], "link") == keys_of([other], "link")
    assert keys_of([one], "link") == keys_of([make_parsed(1, id="")])


def test_keys_when_links_do_not_last_either_then_the_text_is_the_identity() -> None:
    one, other = make_parsed(1), make_parsed(1, id="other", link="https://other.example/")
    assert keys_of([one], "text") == keys_of([other], "text")
    assert keys_of([one], "text") == keys_of([make_parsed(1, id="", link="")])


def test_fingerprint_when_what_does_not_last_changes_then_it_stays() -> None:
    one, other = make_parsed(1), make_parsed(1, id="other")
    moved = make_parsed(1, id="other", link="https://other.example/")
    assert fingerprint_of(one) != fingerprint_of(other)
    assert fingerprint_of(one, "link") == fingerprint_of(other, "link")
    assert fingerprint_of(one, "link") != fingerprint_of(moved, "link")
    assert fingerprint_of(one, "text") == fingerprint_of(moved, "text")
