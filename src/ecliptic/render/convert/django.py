"""Django's templates, turned into Jinja's language."""

from __future__ import annotations

from ecliptic.render.convert import django_tree as tree
from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Converted, Reader, Unsayable
from ecliptic.render.convert.django_tags import TAGS
from ecliptic.render.convert.django_writer import Writer
from ecliptic.render.convert.findings import Findings


def convert(text: str, name: str, read: Reader, *, autoescape: bool = True) -> Converted:
    """Return a template of Django in Jinja's language; ``read`` gives those it names."""
    findings = Findings()
    try:
        nodes = tree.read(text, findings)
    except Unsayable as problem:
        words = findings.left_out(1, problem)
        return Converted(text=words, findings=findings.all(), is_whole=False)
    writer = Writer(findings, read, TAGS, escapes=autoescape)
    body = "".join(writer.nodes(nodes))
    included = tuple(dict.fromkeys(writer.included))
    return Converted(text=jinja.head(name) + body, findings=findings.all(), included=included)
