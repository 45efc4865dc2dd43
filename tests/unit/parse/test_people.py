from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecliptic.parse.people import person_from


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Ann Author", "Ann Author", ""),
        ("ann@example.org", "", "ann@example.org"),
        ("ann@example.org (Ann Author)", "Ann Author", "ann@example.org"),
        ("Ann Author (ann@example.org)", "Ann Author", "ann@example.org"),
        ("Ann Author <ann@example.org>", "Ann Author", "ann@example.org"),
        ("mailto:ann@example.org", "", "ann@example.org"),
        ("ann@example.org, Ann Author", "Ann Author", "ann@example.org"),
        ("Ann &amp; Bob", "Ann & Bob", ""),
        ("<a href='x'>Ann</a>", "Ann", ""),
        ('"Ann Author" <ann@example.org>', "Ann Author", "ann@example.org"),
        ("  Ann \n  Author ", "Ann Author", ""),
        ("Ann @ home", "Ann @ home", ""),
        ("ann@example.org?subject=feed", "", "ann@example.org"),
    ],
)
def test_person_from_splits_name_and_email(written: str, name: str, email: str) -> None:
    person = person_from(written)
    assert person is not None
    assert (person.name, person.email) == (name, email)


def test_person_from_nothing_is_nobody() -> None:
    assert person_from("  ") is None
    assert person_from("<b></b>") is None


@given(st.text(max_size=200))
def test_person_from_any_text_never_raises(written: str) -> None:
    person_from(written)
