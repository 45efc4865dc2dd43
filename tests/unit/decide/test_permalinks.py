"""When two addresses are one, and which ids no two posts share."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ecliptic.decide.permalinks import host_of, permalink, place_of, unique_id


@pytest.mark.parametrize(
    "address",
    [
        "https://blog.example/2018/post",
        "http://blog.example/2018/post/",
        "HTTPS://WWW.Blog.example/2018/post",
        "https://blog.example:443/2018/post",
        "http://blog.example:80/2018/post#comments",
        "https://blog.example/2018/post?utm_source=rss&utm_medium=rss",
        "https://blog.example/2018/post/?fbclid=IwAR0abc",
        "https://blog.example/2018/post?source=rss-4711",
        "https://blog.example/2018/post/index.html",
        "https://blog.example./2018/post?",
        "https://blog.example/2018/%70ost",
    ],
)
def test_permalink_when_spelled_otherwise_is_the_same(address: str) -> None:
    assert permalink(address) == "blog.example/2018/post"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/x?source=mail", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/x.html", "https://a.example/x"),
        ("https://a.example/%2Fx", "https://a.example//x"),
        ("https://a.example/app#!/one", "https://a.example/app#!/two"),
        ("https://a.example/x?index.html", "https://a.example/x"),
    ],
)
def test_permalink_when_of_another_page_is_another(one: str, other: str) -> None:
    assert permalink(one) != permalink(other)


def test_permalink_when_parameters_come_in_another_order_is_the_same() -> None:
    one = permalink("https://a.example/show?id=7&utm_term=x&lang=de")
    assert (
        one == permalink("https://a.example/show?lang=de&amp;id=7") == "a.example/show?id=7&lang=de"
    )


@pytest.mark.parametrize(
    "address",
    ["", "https://a.example", "http://www.a.example/", "https://a.example/index.html",
     "https://a.example/?utm_source=rss", "mailto:ann@a.example", "post-3", "http://./0"],
)  # fmt: skip
def test_permalink_when_of_a_front_page_is_none(address: str) -> None:
    assert permalink(address) == ""


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.example/"]))
@example("::/0", "http://")  # ports that are none
@example("a.example:80.?x", "http://")
@example("a.example:80:443/x", "http://")
def test_permalink_when_given_anything_never_raises_and_is_stable(text: str, start: str) -> None:
    found = permalink(start + text)
    assert permalink(f"https://{found}") == found or not found


@pytest.mark.parametrize(
    ("given", "form"),
    [
        ("tag:blog.example,2018-04-25:/post/3", "tag:blog.example,2018-04-25:/post/3"),
        ("urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
         "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("http://www.blog.example/?p=7", "blog.example?p=7"),
        ("yt:video:dQw4w9WgXcQ", "yt:video:dQw4w9WgXcQ"),
    ],
)  # fmt: skip
def test_id_when_given_out_once_is_compared(given: str, form: str) -> None:
    assert unique_id(given) == form


@pytest.mark.parametrize(
    "given",
    ["", "1", "post-3", "My first post", "http://blog.example/", "tag:nothing", "urn:x", "tag:",
     "00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_id_when_others_may_have_it_is_none(given: str) -> None:
    assert unique_id(given) == ""


def test_place_when_of_a_page_is_its_host_and_folder() -> None:
    assert place_of("https://www.a.example/~ann/index.html?x=/y") == ("a.example", "/~ann/")
    assert place_of("https://a.example/~ann") == ("a.example", "/~ann/")
    assert place_of("https://a.example") == ("a.example", "/")
    assert place_of("tag:x") == ("", "")
    assert host_of("HTTP://WWW.A.example:80?x") == "a.example"
    assert host_of("post-3") == ""
