from __future__ import annotations

import pytest

from ecliptic.clean.nesting import is_plainly_nested


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words",
        "<p>a <b>b <i>c</i></b><br>d<br/>e</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        '<p class="a" title="it\'s" data-x=1 hidden>x</p>',
        "<!-- more --><div><p>x</p></div><!---->",
        '<a href="https://x.example/?a=1&b=2"><img src=x.png alt=""></a>',
        "<img src=https://x.example/a/b.png><br class=a/>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
    ],
)
def test_nesting_when_it_is_plain_is_seen(html: str) -> None:
    assert is_plainly_nested(html)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a",
        "a</p>",
        "<b><i>x</b></i>",
        "<p><div>x</div></p>",
        "<p>a<hr></p>",
        "<a><b><a>x</a></b></a>",
        "<li>x</li>",
        "<h1><h2>x</h2></h1>",
        "<table></table>",
        "<script></script>",
        "<P>x</P>",
        '<p title="a>b">x</p>',
        '<p title="<b>">x</p>',
        '<p ="x>">x</p>',
        '<p a="b>x</p>',
        "a < b",
        "<!-->",
        "<!-- > -->",
        "<![CDATA[x]]>",
        "<?x?>",
        "</ p>",
        "<span>" * 300 + "</span>" * 300,
    ],
)
def test_nesting_when_it_could_be_read_in_two_ways_is_not_plain(html: str) -> None:
    assert not is_plainly_nested(html)
