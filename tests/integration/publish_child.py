"""A program that publishes and is stopped on the way; started by the tests beside it.

Each site is one token, in every page. ``killed_at_random`` is stopped by the
clock, ``killed_at_each_call`` and ``refused_at_each_call`` at each call to the
system in turn, until a run comes through; after each, the site is looked at and
the next run must go through. What was seen is printed as JSON.
"""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ecliptic.errors import PublishError
from ecliptic.model.page import Artifact
from ecliptic.publish import open_site

END = "END"
STILL = "assets/still.css"
CALLS = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.symlink"}


def paths(token: int) -> list[str]:
    """Return the pages of a site: one file comes and goes with each token."""
    pages = [f"feeds/{number}.html" for number in range(6)]
    return ["index.html", "atom.xml", *pages, f"days/{token % 2}/day.html", STILL]


def artifact(path: str, token: int, size: int = 3000) -> Artifact:
    """Return a page that holds its token from the first byte to the last."""
    word = "still" if path == STILL else str(token)
    body = " ".join([word] * (size // len(word))) + f" {END}"
    return Artifact(path=path, body=body.encode(), stamp=word)


def commit(output: str, token: int, size: int = 3000) -> None:
    """Publish the site of a token, as a run does: only pages whose stamp moved."""
    site = open_site(output, os.environ["PUBLISH_AS"])
    stamps = site.stamps()
    pages = (artifact(path, token, size) for path in paths(token))
    site.commit((page for page in pages if stamps.get(page.path) != page.stamp), paths(token))


def tokens(output: str) -> dict[str, str]:
    """Return each file's token, ``"torn"`` for a file that is not whole."""
    root = Path(output).resolve()
    files = (path for path in root.rglob("*") if path.is_file() and ".ecliptic" not in path.parts)
    return {str(path.relative_to(root)): token_of(path.read_bytes()) for path in files}


def token_of(body: bytes) -> str:
    """Return the one token that a page holds, or ``"torn"``."""
    words = body.decode().split()
    if not words or words.pop() != END or len(set(words)) != 1:
        return "torn"
    return words[0]


def is_site(found: dict[str, str], token: int) -> bool:
    """Whether what stands is exactly the site of a token."""
    return found == {path: "still" if path == STILL else str(token) for path in paths(token)}


def leftovers(output: str) -> list[str]:
    """Return what a finished run must not leave behind."""
    parent = Path(output).parent
    home = parent / f".{Path(output).name}.generations"
    names = ("staging", "link", "probe", "probe.twin")
    found = [home / name for name in names if os.path.lexists(home / name)]
    found += [*parent.rglob("*.new"), *parent.rglob(".ecliptic")]
    return [str(path.relative_to(parent)) for path in found]


def in_child(work: Callable[[], None]) -> int:
    """Run ``work`` in a process of its own and return that process' id."""
    child = os.fork()
    if child:
        return child
    work()
    os._exit(0)


def killed_at_random(output: str, times: int) -> None:
    """Be killed by the clock, at a random moment of a row of commits."""
    rng = random.Random(os.environ.get("SEED", "1"))
    stopped = broken = 0
    commit(output, 0)
    token = 0

    for _ in range(times):

        def work(start: int = token) -> None:
            for number in range(start + 1, start + 1000):
                commit(output, number)
                time.sleep(0.002)

        child = in_child(work)
        time.sleep(rng.uniform(0.001, 0.06))
        os.kill(child, signal.SIGKILL)
        stopped += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        found = tokens(output)
        seen = {int(word) for word in found.values() if word.isdecimal()}
        token = max(seen)
        if "torn" in found.values() or (not mixes() and not is_site(found, token)):
            broken += 1
        token += 1
        commit(output, token)
        if not is_site(tokens(output), token) or leftovers(output):
            broken += 1
    report(stopped=stopped, broken=broken, last=token)


def mixes() -> bool:
    """Whether pages of two runs may stand side by side after a crash."""
    return os.environ["PUBLISH_AS"] == "folder"


def killed_at_each_call(output: str, _: int) -> None:
    """Be killed before the first call to the system, then before the second, and so on."""
    commit(output, 0)
    calls, broken, mixed = 0, [], 0
    while True:
        old = 2 * calls
        child = in_child(lambda at=calls, token=old + 1: stopped_commit(output, token, at))  # type: ignore[misc]
        status = os.waitpid(child, 0)[1]
        found = tokens(output)
        if "torn" in found.values():
            broken.append(f"torn at call {calls}")
        if not is_site(found, old) and not is_site(found, old + 1):
            mixed += 1
        elif not mixes() and open_site(output, "links").stamps().keys() != found.keys():
            broken.append(f"shown without its manifest at call {calls}")
        # The settings go back to what they were: the stamps are those of the old site.
        commit(output, old)
        if not is_site(tokens(output), old):
            broken.append(f"not mended after call {calls}: {tokens(output)}")
        commit(output, old + 2)
        if not is_site(tokens(output), old + 2) or leftovers(output):
            broken.append(f"next run after call {calls}: {leftovers(output)}")
        if not os.WIFSIGNALED(status):
            break
        calls += 1
    report(calls=calls, broken=broken, mixed=mixed)


def stopped_commit(output: str, token: int, at: int) -> None:
    """Commit, and be killed before call number ``at``."""
    watch(at, lambda: os.kill(os.getpid(), signal.SIGKILL))
    commit(output, token)


def refused_at_each_call(output: str, _: int) -> None:
    """Find the disk full at the first call to the system, then at the second, and so on."""
    commit(output, 0)
    calls, broken, mixed = 0, [], 0
    while True:
        old = 2 * calls
        child = in_child(lambda at=calls, token=old + 1: refused_commit(output, token, at))  # type: ignore[misc]
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = tokens(output)
        if status not in {0, 3, 4} or "torn" in found.values():
            broken.append(f"exit {status} at call {calls}")
        if status == 3 and leftovers(output):
            broken.append(f"left after call {calls}: {leftovers(output)}")
        if not is_site(found, old) and not is_site(found, old + 1):
            mixed += 1
        commit(output, old + 2)
        if not is_site(tokens(output), old + 2) or leftovers(output):
            broken.append(f"next run after call {calls}: {leftovers(output)}")
        if status == 4:
            break
        calls += 1
    report(calls=calls, broken=broken, mixed=mixed)


def refused_commit(output: str, token: int, at: int) -> None:
    """Commit with call ``at`` refused; exit 3 for a clear error, 4 if there was no such call."""

    def refuse() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    left = watch(at, refuse)
    try:
        commit(output, token)
    except PublishError as error:
        os._exit(3 if error.code == "publish.no_space" else 5)
    os._exit(4 if left() >= 0 else 0)


def watch(at: int, action: Callable[[], None]) -> Callable[[], int]:
    """Do ``action`` before call ``at`` that changes the disk; the answer tells how far it is."""
    left = at

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in CALLS or (event == "open" and not is_write(arguments)):
            return
        left -= 1
        if left == -1:
            action()

    sys.addaudithook(hook)
    return lambda: left


def is_write(arguments: tuple[object, ...]) -> bool:
    """Whether an ``open`` event is about a file to be written, or synced."""
    path = str(arguments[0])
    return ".generations" in path or ".ecliptic" in path or "public" in path


def limited(output: str, _: int) -> None:
    """Meet the limit on a file's size (ulimit -f) with the pages of the next site."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    commit(output, 1)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most))
    fails(output, 1_000_000, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))


def full(output: str, _: int) -> None:
    """Fill a small disk; in a mount namespace of our own, so that it goes with us."""
    folder = str(Path(output).parent)
    mount = ["mount", "-t", "tmpfs", "-o", os.environ["MOUNT"], "tmpfs", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        report(skipped="not permitted to mount")
        return
    commit(output, 1)
    more = ["mount", "-o", "remount,size=90m,nr_inodes=1000", folder]
    fails(output, int(os.environ["SIZE"]), lambda: subprocess.run(more, check=True))


def fails(output: str, size: int, remedy: Callable[[], object]) -> None:
    """Commit a site that does not fit, do what the message says, and commit it again."""
    code = message = ""
    try:
        commit(output, 2, size)
    except PublishError as error:
        code, message = error.code, error.message
    stays, left = is_site(tokens(output), 1), leftovers(output)
    remedy()
    commit(output, 2, size)
    recovers = is_site(tokens(output), 2)
    report(code=code, message=message, stays=stays, leftovers=left, recovers=recovers)


def report(**seen: object) -> None:
    """Print what was seen."""
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    _, task, where, count = sys.argv
    globals()[task](where, int(count))
