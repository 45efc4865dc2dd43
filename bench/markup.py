"""Bodies of entries: what people's tools write, from tidy to dirty."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bench.prose import Voice

Block = Callable[[Voice], str]

PYTHON = """\
def {name}(values: list[float]) -> float:
    \"\"\"Return the mean, or 0.0 when there is nothing to average.\"\"\"
    return sum(values) / len(values) if values else 0.0


for night in range({count}):
    print(night, {name}([night * 0.5, 3 < night]))
"""
SHELL = """\
$ curl -s "https://example.org/{name}?limit={count}&sort=date" | tee {name}.json
$ make test && git push
"""


def body(voice: Voice, length: int) -> str:
    """Return the markup of one entry, of about ``length`` characters."""
    blocks = [paragraph(voice)]
    size = len(blocks[0])
    while size < length:
        choice = voice.random.choices(BLOCKS, WEIGHTS)[0]
        blocks.append(choice(voice))
        size += len(blocks[-1])
    return "\n".join(blocks)


def paragraph(voice: Voice) -> str:
    """Return two to four sentences, one of them with a link or emphasis."""
    lines = [escape(line, quote=False) for line in voice.paragraph(voice.random.randint(2, 4))]
    place = voice.random.randrange(len(lines))
    number = voice.random.randrange(10_000)
    lines[place] = voice.random.choice((
        f'<a href="https://example.org/notes/{number}?from=feed&amp;page=2">{lines[place]}</a>',
        f'<a href="../{number}/" title="more">{lines[place]}</a>',
        f"<em>{lines[place]}</em>",
        f"<strong>{lines[place]}</strong> <code>value_{number}</code>",
        lines[place],
    ))  # fmt: skip
    return f"<p>{voice.language.space.join(lines)}</p>"


def heading(voice: Voice) -> str:
    """Return a heading."""
    return f'<h3 id="part-{voice.random.randrange(99)}">{escape(voice.title())}</h3>'


def bullets(voice: Voice) -> str:
    """Return a list."""
    items = "".join(f"<li>{escape(line)}</li>\n" for line in voice.paragraph(3))
    return f"<ul>\n{items}</ul>"


def code(voice: Voice) -> str:
    """Return a block of code; one in four names its language, as in real feeds.

    Of 7,974 real entries 594 hold such blocks, and 132 of these name a language.
    """
    language, sample = voice.random.choice((("python", PYTHON), ("bash", SHELL)))
    text = sample.format(name=f"mean_{voice.random.randrange(99)}", count=voice.random.randrange(9))
    is_named = voice.random.random() < 0.25
    kind = f' class="language-{language}"' if is_named else ""
    return f"<pre><code{kind}>{escape(text)}</code></pre>"


def image(voice: Voice) -> str:
    """Return a picture with a caption."""
    number = voice.random.randrange(10_000)
    return (
        f'<figure><img src="/images/{number}.jpg" alt="{escape(voice.title())}" width="640"'
        f' height="480" srcset="/images/{number}-2x.jpg 2x">'
        f"<figcaption>{escape(voice.sentence())}</figcaption></figure>"
    )


def table(voice: Voice) -> str:
    """Return a table of measurements."""
    rows = "".join(
        f'<tr><td>{night}</td><td align="right">{voice.random.randrange(9000) / 100}</td>'
        f"<td>{escape(voice.title())}</td></tr>\n"
        for night in range(voice.random.randint(2, 5))
    )
    return f"<table><thead><tr><th>#<th>ms<th>?</tr></thead><tbody>\n{rows}</tbody></table>"


def quotation(voice: Voice) -> str:
    """Return a quotation."""
    return f"<blockquote><p>{escape(voice.sentence())}</p></blockquote>"


def dirt(voice: Voice) -> str:
    """Return what has to be cleaned: scripts, handlers, old tags, things left open."""
    line = escape(voice.sentence(), quote=False)
    number = voice.random.randrange(10_000)
    return voice.random.choice((
        f'<p style="color:red;position:fixed" onclick="go({number})">{line}</p>',
        f"<script>track({number});</script><P><FONT color=navy>{line}</FONT>",
        f'<img src=https://example.org/pixel/{number}.gif width=1 height=1 alt="">',
        f"<div class=post><div><p>{line}<br><br>{line}<b>",
        f'<p>{line} <a href="javascript:alert({number})">AT&T</a>&nbsp;&mdash; fish & chips</p>',
        f'<iframe src="https://example.org/player/{number}" width="560"></iframe><p>{line}',
    ))  # fmt: skip


BLOCKS: tuple[Block, ...] = (paragraph, heading, bullets, code, image, table, quotation, dirt)
WEIGHTS = (50, 6, 9, 9, 9, 4, 5, 8)
