"""The tags of Django's templates, and what they are in Jinja."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from posixpath import normpath
from typing import Final

from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Unsayable, new_name
from ecliptic.render.convert.django_tree import Tag, Text
from ecliptic.render.convert.django_values import Value
from ecliptic.render.convert.django_writer import Writer

_BY_HAND: Final = "write what it does, by hand"
_SIGNS: Final = {
    "and": "&", "or": "&", "not": "n", "in": "i",
    **dict.fromkeys(("==", "!=", "<", ">", "<=", ">="), "="),
}  # fmt: skip
_COMPARED: Final = "n*v(?:(?:n?i|=)v)?"
_CONDITION: Final = re.compile(f"{_COMPARED}(?:&{_COMPARED})*")
_LITERALS: Final = {
    "openblock": "{%", "closeblock": "%}", "openvariable": "{{", "closevariable": "}}",
    "openbrace": "{", "closebrace": "}", "opencomment": "{#", "closecomment": "#}",
}  # fmt: skip
_TEXT: Final = re.compile(r"""(?P<mark>["'])(.*)(?P=mark)""", re.DOTALL)
_PAIR: Final = re.compile(r"([A-Za-z_]\w*)=(.+)", re.DOTALL | re.ASCII)
_IN_LOOP: Final = re.compile(r"(.+?)\s+in\s+(\S+(?:\s+\S+)*?)(\s+reversed)?", re.DOTALL)


def _if(writer: Writer, tag: Tag) -> Iterator[str]:
    asked = [
        "" if branch.name == "else" else f" {_condition(writer, branch.words, tag.line)}"
        for branch in tag.branches
    ]
    for said, (branch, inside) in zip(asked, writer.branches(tag), strict=True):
        yield f"{{% {branch.name}{said} %}}"
        yield from inside
    yield "{% endif %}"


def _condition(writer: Writer, words: list[str], line: int) -> str:
    """Return a condition; Jinja joins its parts as Django does."""
    if not _CONDITION.fullmatch("".join(_SIGNS.get(word, "v") for word in words)):
        raise Unsayable(f"{{% if {' '.join(words)} %}} is no condition", "mend it")
    return " ".join(word if word in _SIGNS else writer.expression(word, line) for word in words)


def _if_equal(writer: Writer, tag: Tag) -> Iterator[str]:
    if len(tag.words) != 2:  # noqa: PLR2004 - it compares two
        raise Unsayable(f"{{% {tag.name} %}} compares two values", "mend it")
    first, second = (writer.expression(word, tag.line) for word in tag.words)
    sign = "!=" if tag.name == "ifnotequal" else "=="
    yield from _choice(writer, tag, f"{first} {sign} {second}")


def _choice(writer: Writer, tag: Tag, condition: str) -> Iterator[str]:
    for branch, inside in writer.branches(tag):
        yield "{% else %}" if branch.name == "else" else f"{{% if {condition} %}}"
        yield from inside
    yield "{% endif %}"


def _if_changed(writer: Writer, tag: Tag) -> Iterator[str]:
    """Write what is shown when values, or what is written, are others than the time before."""
    name = writer.loops.watch()
    if tag.words:
        given = ", ".join(writer.expression(word, tag.line) for word in tag.words)
        yield from _choice(writer, tag, f"{name}({given})")
        return
    written = name.replace("changed", "written")
    (_, inside), *others = writer.branches(tag)
    yield f"{{% set {written} %}}{''.join(inside)}{{% endset %}}"
    yield f"{{% if {name}({written}) %}}{{{{ {written} }}}}"
    for _, instead in others:
        yield "{% else %}"
        yield from instead
    yield "{% endif %}"


def _for(writer: Writer, tag: Tag) -> Iterator[str]:
    match = _IN_LOOP.fullmatch(" ".join(tag.words))
    names = [name.strip() for name in match[1].split(",")] if match else []
    if match is None or not all(name.isidentifier() for name in names):
        raise Unsayable(f"{{% for {' '.join(tag.words)} %}} is no loop", "mend it")
    values = writer.expression(match[2], tag.line)
    if match[3]:
        values = f"{values} | reverse"
    writer.loops.begin()
    branches = writer.branches(tag)
    _, inside = next(branches)
    before, first = writer.loops.end()
    head = ", ".join(map(jinja.name, names))
    yield f"{before}{{% for {head} in {values} %}}{first}"
    yield from inside
    for _, instead in branches:
        yield "{% else %}"
        yield from instead
    yield "{% endfor %}"


def _with(writer: Writer, tag: Tag) -> Iterator[str]:
    given = _given(writer, tag.words, tag.line)
    if not given:
        raise Unsayable("{% with %} without a name", "mend it")
    yield f"{{% with {', '.join(f'{name} = {text}' for name, text in given)} %}}"
    yield from writer.nodes(tag.branches[0].nodes)
    yield "{% endwith %}"


def _given(writer: Writer, words: list[str], line: int) -> list[tuple[str, str]]:
    """Return names with values: ``name=value …``, or ``value as name``."""
    if len(words) == 3 and words[1] == "as":  # noqa: PLR2004 - the three words of that form
        words = [f"{words[2]}={words[0]}"]
    found = []
    for word in words:
        match = _PAIR.fullmatch(word)
        if match is None:
            raise Unsayable(f"{word!r} gives no value a name", "mend it")
        found.append((jinja.name(match[1]), writer.expression(match[2], line)))
    return found


def _named(writer: Writer, words: list[str], tag: str) -> str:
    """Return the converted template that a tag names."""
    match = _TEXT.fullmatch(words[0]) if words else None
    if match is None:
        raise Unsayable(f"{{% {tag} %}} of a template that is worked out", _BY_HAND)
    name = normpath(match[2])
    if name.startswith(("/", "..")) or writer.read(name) is None:
        raise Unsayable(f"{{% {tag} %}} of {name}, which is not there", "add the file")
    writer.included.append(name)
    return jinja.string(new_name(name, writer.read))


def _include(writer: Writer, tag: Tag) -> Iterator[str]:
    words = [word for word in tag.words if word != "only"]
    if len(words) < len(tag.words):
        writer.findings.note(
            tag.line, "{% include … only %} sees all values here", "see that none is in its way"
        )
    file = _named(writer, words, "include")
    given = _given(writer, words[2:], tag.line) if words[1:2] == ["with"] else []
    if given:
        yield f"{{% with {', '.join(f'{name} = {text}' for name, text in given)} %}}"
    yield f"{{% include {file} %}}"
    if given:
        yield "{% endwith %}"


def _extends(writer: Writer, tag: Tag) -> Iterator[str]:
    yield f"{{% extends {_named(writer, tag.words, 'extends')} %}}"


def _block(writer: Writer, tag: Tag) -> Iterator[str]:
    name = tag.words[0] if tag.words else ""
    if not (name.isidentifier() and name.isascii()):
        raise Unsayable(f"the name of {{% block {name} %}}", "give it one of letters")
    if name in writer.blocks:
        raise Unsayable(f"{{% block {name} %}} for the second time", "give it another name")
    writer.blocks.add(name)
    yield f"{{% block {jinja.name(name)} scoped %}}"
    yield from writer.nodes(tag.branches[0].nodes)
    yield "{% endblock %}"


def _autoescape(writer: Writer, tag: Tag) -> Iterator[str]:
    with writer.escaping(escapes=tag.words[:1] != ["off"]):
        yield from writer.nodes(tag.branches[0].nodes)


def _filter(writer: Writer, tag: Tag) -> Iterator[str]:
    """Write what goes through filters as a whole: it is set aside, and filtered then."""
    name = f"filtered_{tag.line}"
    found = writer.value(f"{name}|{' '.join(tag.words)}", tag.line)
    inside = "".join(writer.nodes(tag.branches[0].nodes))
    yield f"{{% set {name} %}}{inside}{{% endset %}}"
    yield writer.output(found)


def _inside(writer: Writer, tag: Tag) -> Iterable[str]:
    return writer.nodes(tag.branches[0].nodes)


def _nothing(_writer: Writer, _tag: Tag) -> Iterable[str]:
    return ()


def _verbatim(_writer: Writer, tag: Tag) -> Iterator[str]:
    for node in tag.branches[0].nodes:
        if isinstance(node, Text):
            yield jinja.text(node.text)


def _literal(_writer: Writer, tag: Tag) -> Iterator[str]:
    found = _LITERALS.get(tag.words[0] if tag.words else "")
    if found is None:
        raise Unsayable(f"{{% templatetag {' '.join(tag.words)} %}}", "mend it")
    yield f"{{{{ {jinja.string(found)} }}}}"


def _now(writer: Writer, tag: Tag) -> Iterator[str]:
    writer.findings.note(
        tag.line, "{% now %} is when the planet last changed", "nothing, if that will do"
    )
    yield writer.output(writer.value(f"date|date:{' '.join(tag.words)}", tag.line))


def _cycle(writer: Writer, tag: Tag) -> Iterator[str]:
    words = [word for word in tag.words if word != "silent"]
    name = ""
    if words[-2:-1] == ["as"]:
        name, words = jinja.name(words[-1]), words[:-2]
    if not words or not writer.loops.is_inside():
        raise Unsayable("{% cycle %} outside of a loop, or by its name", _BY_HAND)
    given = ", ".join(writer.expression(word, tag.line) for word in words)
    if name:
        yield f"{{% set {name} = loop.cycle({given}) %}}"
    if "silent" not in tag.words:
        yield writer.output(Value(name or f"loop.cycle({given})"))


def _first_of(writer: Writer, tag: Tag) -> Iterator[str]:
    if not tag.words:
        raise Unsayable("{% firstof %} of nothing", "mend it")
    given = [writer.expression(word, tag.line) for word in tag.words]
    yield writer.output(Value(" or ".join(given)))


def _regroup(writer: Writer, tag: Tag) -> Iterator[str]:
    match tag.words:
        case [values, "by", key, "as", name] if name.isidentifier():
            whole = writer.expression(values, tag.line)
            given = jinja.string(key)
            yield f"{{% set {jinja.name(name)} = {whole} | regroup({given}) %}}"
        case _:
            raise Unsayable(f"{{% regroup {' '.join(tag.words)} %}}", "mend it")


def _translated(writer: Writer, tag: Tag) -> Iterator[str]:
    """Write a text that is to be translated, as it is."""
    yield writer.output(writer.value(tag.words[0] if tag.words else "", tag.line))


TAGS: Final[dict[str, Callable[[Writer, Tag], Iterable[str]]]] = {
    "autoescape": _autoescape,
    "block": _block,
    "blocktrans": _inside,
    "blocktranslate": _inside,
    "cache": _inside,
    "comment": _nothing,
    "csrf_token": _nothing,
    "cycle": _cycle,
    "extends": _extends,
    "filter": _filter,
    "firstof": _first_of,
    "for": _for,
    "if": _if,
    "ifchanged": _if_changed,
    "ifequal": _if_equal,
    "ifnotequal": _if_equal,
    "include": _include,
    "language": _inside,
    "load": _nothing,
    "localize": _inside,
    "localtime": _inside,
    "now": _now,
    "regroup": _regroup,
    "spaceless": _inside,
    "templatetag": _literal,
    "timezone": _inside,
    "trans": _translated,
    "translate": _translated,
    "verbatim": _verbatim,
    "with": _with,
}
"""By their names; what shows nothing, and what only other sites need, leaves nothing."""
