"""Python in Genshi's directives that is more than an expression: loops, names, functions."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection
from typing import Final

from ecliptic.render.convert import jinja
from ecliptic.render.convert.converted import Unsayable
from ecliptic.render.convert.expressions import Translator, expression

_REWRITE: Final = "write it anew in Jinja"


def loop_of(asked: str, functions: Collection[str]) -> str:
    """Return the head of a loop, from ``name in values``."""
    head, found, values = asked.partition(" in ")
    if not found:
        raise Unsayable(f"py:for {asked!r} is no loop", "mend it")
    target = _statement(f"for {head.strip()} in ():\n pass", asked)
    names = _names(target.target, asked) if isinstance(target, ast.For) else ""
    return f"{names} in {jinja.part(expression(values, functions))}"


def assigned(asked: str, functions: Collection[str]) -> list[tuple[str, str]]:
    """Return names with the expressions they stand for, from ``a = 1; b = a``."""
    found: list[tuple[str, str]] = []
    for statement in _module(asked.strip(), asked).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.append((jinja.name(name), Translator(asked, functions).whole(value)))
            case _:
                raise Unsayable(f"py:with {asked!r} has no words in Jinja", _REWRITE)
    return found


def signature(asked: str, functions: Collection[str]) -> str:
    """Return a function's name and parameters, from ``row(entry, kind='a')``."""
    call = asked if "(" in asked else f"{asked}()"
    made = _statement(f"def {call}:\n pass", asked)
    plain = isinstance(made, ast.FunctionDef) and not (
        made.args.vararg or made.args.kwarg or made.args.kwonlyargs or made.args.posonlyargs
        or made.returns or made.body[0].lineno != 2  # noqa: PLR2004 - behind the head
    )  # fmt: skip
    if not plain or not isinstance(made, ast.FunctionDef):
        raise Unsayable(f"py:def {asked!r} has no words in Jinja", _REWRITE)
    names = [jinja.name(one.arg) for one in made.args.args]
    given = [Translator(asked, functions).whole(value) for value in made.args.defaults]
    start = len(names) - len(given)
    parts = names[:start] + [
        f"{name}={value}" for name, value in zip(names[start:], given, strict=True)
    ]
    return f"{jinja.name(made.name)}({', '.join(parts)})"


def _names(target: ast.expr, asked: str) -> str:
    """Return what a loop gives its values to."""
    if isinstance(target, ast.Name):
        return jinja.name(target.id)
    if isinstance(target, ast.Tuple) and target.elts:
        inner = [_names(one, asked) for one in target.elts]
        nested = [
            f"({name})" if isinstance(one, ast.Tuple) else name
            for one, name in zip(target.elts, inner, strict=True)
        ]
        return ", ".join(nested) if len(nested) > 1 else f"{nested[0]},"
    raise Unsayable(f"py:for {asked!r} has no words in Jinja", _REWRITE)


def _statement(source: str, asked: str) -> ast.stmt:
    body = _module(source, asked).body
    if len(body) != 1:
        raise Unsayable(f"{asked!r} is no Python", "mend it")
    return body[0]


def _module(source: str, asked: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise Unsayable(f"{asked!r} is no Python", "mend it") from problem
