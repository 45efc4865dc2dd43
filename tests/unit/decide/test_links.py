from __future__ import annotations

import pytest

from ecliptic.decide.links import place_of

SAME = "https://blog.example/2018/a-post"


@pytest.mark.parametrize(
    "link",
    [
        "http://blog.example/2018/a-post",
        "https://www.blog.example/2018/a-post/",
        "https://Blog.Example:443/2018/a-post",
        "http://blog.example:80/2018/a-post",
        "https://blog.example/2018/a-post?utm_source=rss&utm_medium=feed",
        "https://blog.example/2018/a-post/?fbclid=x#comments",
        "https://blog.example/2018/a-post;jsessionid=0A1B",
        "https://blog.example/2018/a%2Dpost/index.html",
        "https://blog.example/2018/a-post?source=rss",
        "https://user@blog.example/2018/a-post#",
    ],
)
def test_place_when_only_what_makes_no_difference_differs_then_it_is_the_same(link: str) -> None:
    assert place_of(link) == place_of(SAME)


@pytest.mark.parametrize(
    "link",
    [
        "https://blog.example/2018/b-post",
        "https://other.example/2018/a-post",
        "https://blog.example/2018/a-post?p=2",
        "https://blog.example/2018/a-post#part-2",
        "https://blog.example:8080/2018/a-post",
        "https://blog.example/2018/A-post",
        "https://blog.example/2018/a-post?source=print",
        "https://blog.example/2018/a-post?sid=18/04/25/1234",
    ],
)
def test_place_when_it_may_be_another_page_then_it_differs(link: str) -> None:
    assert place_of(link) != place_of(SAME)


@pytest.mark.parametrize("link", ["https://blog.example/", "https://blog.example/en/", ""])
def test_place_when_it_is_hardly_more_than_a_host_then_it_is_home(link: str) -> None:
    assert place_of(link).is_home
    assert not place_of(SAME).is_home


def test_place_when_the_order_of_a_query_differs_then_it_is_the_same() -> None:
    assert place_of("https://a.example/?p=1&q=2") == place_of("https://a.example/?q=2&p=1")
