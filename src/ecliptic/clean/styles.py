"""The few declarations of a ``style`` attribute that carry meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SAFE: Final = {
    name: frozenset(values.split())
    for name, values in {
        "direction": "ltr rtl",
        "font-style": "normal italic oblique",
        "font-variant": "normal small-caps",
        "font-weight": "normal bold bolder lighter 100 200 300 400 500 600 700 800 900",
        "list-style-type": "none disc circle square decimal decimal-leading-zero lower-alpha "
        "upper-alpha lower-latin upper-latin lower-roman upper-roman lower-greek",
        "text-align": "left right center justify start end",
        "text-decoration": "none underline overline line-through",
        "text-decoration-line": "none underline overline line-through",
        "text-transform": "none capitalize uppercase lowercase",
        "vertical-align": "baseline sub super top middle bottom text-top text-bottom",
        "white-space": "normal nowrap pre pre-wrap pre-line break-spaces",
    }.items()
}
_is_important = re.compile(r"\s*!\s*important\s*$").sub


@lru_cache(maxsize=4_096)
def safe_style(value: str) -> str:
    """Return the safe declarations of ``value``, each value being a known keyword.

    >>> safe_style("Text-Align: center; position: fixed; font-weight:bold !important")
    'text-align:center;font-weight:bold'
    """
    safe: dict[str, str] = {}
    for declaration in value.lower().split(";")[:50]:
        name, _, keyword = declaration.partition(":")
        name, keyword = name.strip(), _is_important("", keyword).strip()
        if keyword in _SAFE.get(name, ()):
            safe[name] = keyword
    return ";".join(f"{name}:{keyword}" for name, keyword in safe.items())
