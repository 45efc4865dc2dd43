"""Publishing is stopped, by a signal or by the disk, while somebody reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import ecliptic

CHILD = Path(__file__).with_name("publish_child.py")
PACKAGE = Path(ecliptic.__file__).parents[1]


def environment(mode: str, **more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PACKAGE), "PUBLISH_AS": mode, **more}


def run(
    task: str, output: Path, mode: str, *, before: tuple[str, ...] = (), **more: str
) -> dict[str, Any]:
    done = subprocess.run(
        [*before, sys.executable, str(CHILD), task, str(output), "0"],
        env=environment(mode, **more),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def view(output: Path) -> str:
    """Read a whole site as one reader does, who resolves the link once."""
    try:
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return "absent"
    try:
        found = {body_token(body) for body in bodies(folder)} - {"still"}
    except FileNotFoundError:
        return "gone on the way"
    finally:
        os.close(folder)
    if "torn" in found:
        return "torn"
    return "whole" if len(found) == 1 else "mixed"


def bodies(folder: int) -> list[bytes]:
    """Return the bytes of every page under an open folder."""
    pages = []
    for _, folders, files, descriptor in os.fwalk(".", dir_fd=folder):
        folders[:] = [name for name in folders if name != ".ecliptic"]
        for name in files:
            file = os.open(name, os.O_RDONLY, dir_fd=descriptor)
            with os.fdopen(file, "rb") as page:
                pages.append(page.read())
    return pages


def body_token(body: bytes) -> str:
    words = body.decode().split()
    whole = bool(words) and words.pop() == "END" and len(set(words)) == 1
    return words[0] if whole else "torn"


@pytest.mark.parametrize("mode", ["links", "folder"])
def test_publishing_when_killed_at_60_random_moments_then_no_reader_sees_a_torn_page(
    tmp_path: Path, mode: str
) -> None:
    output = tmp_path / "public"
    views: Counter[str] = Counter()
    with subprocess.Popen(
        [sys.executable, str(CHILD), "killed_at_random", str(output), "60"],
        env=environment(mode, SEED=str(time.time_ns())),
        stdout=subprocess.PIPE,
    ) as child:
        while child.poll() is None:
            views[view(output)] += 1
        assert child.stdout is not None
        seen = json.loads(child.stdout.read())
    assert child.returncode == 0
    assert seen["stopped"] == 60
    assert seen["broken"] == 0
    assert views["torn"] == 0
    assert views["whole"] > 100
    if mode == "links":
        assert views["mixed"] == 0


@pytest.mark.parametrize("mode", ["links", "folder"])
@pytest.mark.parametrize("task", ["killed_at_each_call", "refused_at_each_call"])
def test_publishing_when_stopped_at_any_call_then_the_next_run_carries_on(
    tmp_path: Path, task: str, mode: str
) -> None:
    seen = run(task, tmp_path / "public", mode)
    assert seen["broken"] == []
    assert seen["calls"] > 30
    if mode == "links":
        assert seen["mixed"] == 0


@pytest.mark.parametrize("mode", ["links", "folder"])
def test_publishing_when_a_file_may_not_grow_so_large_then_says_so_and_the_old_site_stays(
    tmp_path: Path, mode: str
) -> None:
    seen = run("limited", tmp_path / "public", mode)
    assert seen["code"] == "publish.too_large"
    assert str(tmp_path / "public") in seen["message"]
    assert (seen["stays"], seen["leftovers"], seen["recovers"]) == (True, [], True)


@pytest.mark.parametrize("mode", ["links", "folder"])
@pytest.mark.parametrize(
    ("mount", "size"), [("size=1m", "100000"), ("size=9m,nr_inodes=24", "3000")]
)
def test_publishing_when_the_disk_is_full_then_says_so_and_the_old_site_stays(
    tmp_path: Path, mode: str, mount: str, size: str
) -> None:
    alone = ("unshare", "--map-root-user", "--mount")
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not permitted to mount")
    seen = run("full", tmp_path / "public", mode, before=alone, MOUNT=mount, SIZE=size)
    if "skipped" in seen:
        pytest.skip(seen["skipped"])
    assert seen["code"] == "publish.no_space"
    assert str(tmp_path / "public") in seen["message"]
    assert (seen["stays"], seen["leftovers"], seen["recovers"]) == (True, [], True)
