"""Every code is listed, with words, in the reference."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ecliptic.model.codes import WORDS, words
from project import DOCS, ROOT, SOURCE, modules, tree

STAGES = (
    "config", "check", "sources", "fetch", "parse", "decide", "clean", "store", "select", "render",
    "publish", "plugins", "usage",
)  # fmt: skip
CODE = re.compile(rf"({'|'.join(STAGES)})\.[a-z][a-z0-9_.]*[a-z0-9]")


def literals() -> Iterator[tuple[str, str]]:
    """Yield every string in the source that has the form of a code, and where."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and CODE.fullmatch(node.value)
            ):
                yield node.value, f"{path.relative_to(SOURCE)}:{node.lineno}"


def test_codes_used_in_the_source_are_all_in_the_reference() -> None:
    page = (DOCS / "reference" / "codes.md").read_text("utf-8")
    missing = {f"{code} ({place})" for code, place in literals() if f"`{code}`" not in page}
    assert "\n".join(sorted(missing)) == ""


def test_codes_all_have_the_form_stage_dot_reason() -> None:
    assert [code for code in WORDS if not re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_.]*", code)] == []


@pytest.mark.parametrize("code", sorted(WORDS))
def test_words_when_nothing_is_known_still_read_as_a_sentence(code: str) -> None:
    said = words(code)
    assert said
    assert "{" not in said


def test_reference_lists_every_code() -> None:
    page = (DOCS / "reference" / "codes.md").read_text("utf-8")
    assert [code for code in WORDS if f"`{code}`" not in page] == []


def test_reference_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
