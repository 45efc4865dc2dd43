"""What no file of the project may hold."""

from __future__ import annotations

import re

from project import ROOT, committed

# Written in parts, so that this file does not hold them.
FORBIDDEN = re.compile(
    "|".join((
        "pypi" + r"\.org", "python" + "hosted", "/opt/" + "(pypi|wheels)", "/tmp/" + "lab",
        "/work/" + "(main|shared)", "/home/" + r"[a-z]+/", "<<<<" + "<<<", ">>>>" + ">>>",
    ))
)  # fmt: skip
LARGEST = 1_500_000


def test_files_name_no_registry_and_no_path_of_a_machine() -> None:
    named = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", "ignore")
        named += [f"{path.relative_to(ROOT)}: {m.group()}" for m in FORBIDDEN.finditer(text)]
    assert named == []


def test_files_are_no_larger_than_a_clone_should_bear() -> None:
    assert [path for path in committed() if path.stat().st_size > LARGEST] == []
