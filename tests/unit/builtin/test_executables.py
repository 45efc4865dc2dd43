from __future__ import annotations

from pathlib import Path

import pytest

from ecliptic.builtin.executables import prepare
from ecliptic.plugins import Parameter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.py", "a.tmpl", "plain", "run"):
        (tmp_path / name).write_text("")
    (tmp_path / "run").chmod(0o755)
    (tmp_path / "bad.xslt").write_text("<no/>")
    return tmp_path


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({}, '"run" must be the path of a program'),
        ({"run": ("a.py",)}, '"run" must be the path of a program'),
        ({"run": "missing.py?x=1"}, "there is no program"),
        ({"run": "."}, "there is no program"),
        ({"run": "a.tmpl"}, "a template of Venus"),
        ({"run": "plain"}, "not executable"),
        ({"run": "bad.xslt"}, "no stylesheet"),
        ({"run": "a.py", "second": 1}, "no parameter second"),
        ({"run": "a.py", "seconds": 0}, '"seconds" must be a number above 0, up to 15'),
        ({"run": "a.py", "seconds": True}, '"seconds" must be a number'),
        ({"run": "a.py", "megabytes": "many"}, '"megabytes" must be a number'),
    ],
)
def test_prepare_when_a_parameter_is_wrong_then_it_says_what_is_allowed(
    folder: Path, params: dict[str, Parameter], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        prepare(params, folder)


def test_prepare_when_a_program_is_edited_then_entries_are_to_be_run_again(folder: Path) -> None:
    before = prepare({"run": "a.py?width=3", "seconds": 2.5}, folder)
    assert prepare({"run": "a.py"}, folder) == before
    (folder / "a.py").write_text("1")
    assert prepare({"run": "a.py"}, folder) != before
    assert prepare({"run": str(folder / "run")}, Path("/"))
