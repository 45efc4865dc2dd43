from __future__ import annotations

import pytest

from ecliptic.clean import clean_html


def clean(html: str) -> str:
    return clean_html(html, base="https://blog.example/", link_rel="")


def test_frame_when_its_host_is_known_is_folded_and_sandboxed() -> None:
    html = (
        '<iframe width="560" height="315" src="//www.youtube.com/embed/abc?autoplay=1&start=42"'
        ' title="A film" allow="autoplay" srcdoc="<script>x</script>" allowfullscreen>'
        "<script>x</script></iframe>"
    )
    assert clean(html) == (
        '<details class="embed"><summary>A film</summary><iframe sandbox="allow-scripts '
        'allow-same-origin allow-popups allow-presentation" loading="lazy" '
        'referrerpolicy="strict-origin-when-cross-origin" '
        'src="https://www.youtube-nocookie.com/embed/abc?start=42" title="A film" width="560" '
        'height="315" allowfullscreen=""></iframe></details>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/login",
        "https://www.youtube.com.evil.example/embed/x",
        "https://evil.example/www.youtube.com/embed/x",
        "https://www.youtube.com/redirect?q=https://evil.example/",
        "https://player.vimeo.com/../x",
    ],
)
def test_frame_when_its_host_is_not_known_becomes_a_link(address: str) -> None:
    result = clean(f'<iframe src="{address}"></iframe>')
    assert "<iframe" not in result
    assert result.startswith('<a href="https://')


@pytest.mark.parametrize("frame", ["<iframe></iframe>", '<iframe src="javascript:x"></iframe>'])
def test_frame_when_it_leads_nowhere_is_dropped(frame: str) -> None:
    assert clean(f"<p>a{frame}b</p>") == "<p>ab</p>"


@pytest.mark.parametrize(
    "title", ["it's", "a &amp; b", "&quot;q&quot;", "x&nbsp;y", "&lt;b&gt;", "ü"]
)
def test_frame_when_its_title_has_special_characters_is_folded_once(title: str) -> None:
    html = f'<div><iframe title="{title}" src="https://player.vimeo.com/video/1"></iframe></div>'
    once = clean(html)
    assert once.count("<details") == 1
    assert clean(once) == once


def test_frame_when_nobody_closes_it_does_not_take_the_rest_in() -> None:
    result = clean('<iframe src="https://player.vimeo.com/video/1">text <b>more')
    assert "text" not in result
    assert result.endswith("</iframe></details>")
