from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import run
from fuzz.targets import SEEDS, TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_target_when_given_sound_input_holds(name: str) -> None:
    for document in SEEDS[name]:
        TARGETS[name](document)


@pytest.mark.parametrize("name", TARGETS)
def test_target_when_given_input_of_other_targets_holds(name: str) -> None:
    for document in (b"", b"\x00\xff", *(one for seeds in SEEDS.values() for one in seeds)):
        TARGETS[name](document)


def test_by_chance_when_something_breaks_keeps_it_and_says_how(tmp_path: Path) -> None:
    def breaks(data: bytes) -> None:
        if b"<" not in data:
            raise ValueError("no tag")

    report = run.by_chance(breaks, [b"<"], tmp_path / "found", seconds=20, seed=1)
    assert "ValueError: no tag" in report
    (kept,) = (tmp_path / "found").iterdir()
    with pytest.raises(ValueError, match="no tag"):
        breaks(kept.read_bytes())


def test_by_chance_when_nothing_breaks_keeps_nothing(tmp_path: Path) -> None:
    holds = TARGETS["feed"]
    assert not run.by_chance(holds, [b"<rss/>"], tmp_path / "found", seconds=0.1, seed=1)
    assert list(tmp_path.iterdir()) == []


def test_replay_when_a_file_is_given_runs_the_target(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "crash"
    path.write_bytes(b"<rss/>")
    assert run.main(["--target", "feed", str(path)]) == 0
    assert capsys.readouterr().out == f"  {path}: holds\n"
