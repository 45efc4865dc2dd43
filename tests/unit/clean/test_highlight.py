from __future__ import annotations

import html as html_module
import re
from pathlib import Path

import pytest

import ecliptic
from ecliptic.clean import clean_html
from ecliptic.clean.classes import safe_classes


def words_of(html: str) -> str:
    return html_module.unescape(re.sub("<[^<>]*>", "", html))


@pytest.mark.parametrize(
    "html",
    [
        '<pre><code class="language-python">def f(): pass</code></pre>',
        '<pre><code class="lang-python">def f(): pass</code></pre>',
        '<pre class="brush: python; toolbar: false">def f(): pass</pre>',
        '<div class="highlight highlight-source-python"><pre>def f(): pass</pre></div>',
        '<pre class="language-python">def f(): pass</pre>',
        '<pre class="sourceCode python"><code class="sourceCode python">def f(): pass</code></pre>',
        '<pre><code class="hljs python">def f(): pass</code></pre>',
    ],
)
def test_code_when_its_language_is_named_is_marked(html: str) -> None:
    result = clean_html(html)
    assert '<span class="k">def</span>' in result
    assert "language-python" in result
    assert '<pre class="highlight' in result
    assert clean_html(result) == result


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code>def f(): pass</code></pre>",
        '<pre><code class="language-nonsense">def f(): pass</code></pre>',
        '<pre><code class="language-python">def <b>f</b>(): pass</code></pre>',
        '<p><code class="language-python">def f(): pass</code></p>',
    ],
)
def test_code_when_it_cannot_or_need_not_be_marked_stays(html: str) -> None:
    assert clean_html(html) == html


def test_code_when_its_author_marked_it_keeps_that() -> None:
    html = '<div class="highlight"><pre><span class="kd">var</span> x</pre></div>'
    assert clean_html(html) == html


@pytest.mark.parametrize(
    "source",
    [
        "\n\n  x = 1 &lt; 2 &amp;&amp; y  \n\n",
        "\tx\xa0y\n",
        "'\"&gt;",
        "# ü 😀\n",
        "x" * 3_000,
        "%%% \\ ☃",
    ],
)
def test_code_when_it_is_marked_keeps_every_character(source: str) -> None:
    for language in ("python", "html", "c", "bash", "json", "sql", "diff"):
        html = f'<pre><code class="language-{language}">{source}</code></pre>'
        result = clean_html(html)
        assert words_of(result) == words_of(html)
        assert clean_html(result) == result


def test_code_when_its_author_coloured_it_by_style_or_foreign_classes_is_marked_anew() -> None:
    html = (
        '<pre style="color:#fff"><code class="language-python"><span style="color:#f00">def</span>'
        ' <span class="token function">f</span>(): pass</code></pre>'
    )
    plain = '<pre><code class="language-python">def f(): pass</code></pre>'
    assert clean_html(html) == clean_html(plain)


@pytest.mark.parametrize("depth", [100, 196, 197, 198, 199])
def test_code_when_it_stands_deep_is_cleaned_to_what_can_be_cleaned_again(depth: int) -> None:
    code = '<pre><code class="language-python">x = 1</code></pre>'
    result = clean_html("<div>" * depth + code + "</div>" * depth)
    assert clean_html(result) == result


def test_code_when_it_is_long_stays_plain() -> None:
    html = f'<pre><code class="language-python">{"x = 1 " * 5_000}</code></pre>'
    assert "<span" not in clean_html(html)


STYLES = (
    Path(ecliptic.__file__).parent / "themes" / "default" / "assets" / "highlight.css"
).read_text("utf-8")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("scheme", "ground"), [(0, "#f1f0ea"), (1, "#10131f")])
def test_colours_when_they_stand_on_the_themes_ground_can_be_read(scheme: int, ground: str) -> None:
    colours = re.findall(r"--code-[a-z]+: (#[0-9a-f]{6});", STYLES)
    own = colours[len(colours) // 2 * scheme :][: len(colours) // 2]
    assert len(own) == 7
    for colour in own:
        high, low = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


def test_colours_are_given_to_classes_that_cleaning_keeps() -> None:
    styled = set(re.findall(r"\.([a-z0-9]+)", STYLES.partition(".highlight")[2])) - {"highlight"}
    for name in styled:
        assert safe_classes("span", name) == name
    assert {"k", "s", "c1", "mi", "nf", "kt", "gd", "gi"} <= styled
