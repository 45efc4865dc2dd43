"""Addresses of inner networks, asked for where every one of them would answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from ecliptic.fetch import is_public
from guarded_net import ORIGIN
from shared_data import DATA, needs_shared_data

ATTACKS = DATA / "vectors" / "ssrf.json"
OURS = [
    ("http://127.0.0.1/", "deny"),
    ("http://0/", "deny"),
    ("http://169.254.169.254/latest/meta-data/", "deny"),
    ("http://2852039166/", "deny"),
    ("http://0xa9fea9fe/", "deny"),
    ("http://10.0.0.1/", "deny"),
    ("http://[::1]/", "deny"),
    ("http://[::ffff:169.254.169.254]/", "deny"),
    ("http://[64:ff9b::a9fe:a9fe]/", "deny"),
    ("http://[2002:7f00:1::1]/", "deny"),
    ("http://localhost/", "deny"),
    ("http://192.168.1.1:8080/", "deny"),
    ("http://9.9.9.9/", "allow"),
    ("http://[2620:fe::fe]/", "allow"),
]


def in_a_net_of_its_own(cases: list[tuple[str, str]], folder: Path) -> dict[str, Any]:
    """Run ``guarded_net`` with the addresses of the cases."""
    unshare = [which("unshare") or "false", "-rn"]
    if not which("ip") or subprocess.run([*unshare, "true"], check=False).returncode:
        pytest.skip("needs a network namespace (unshare, ip)")
    listed = folder / "addresses.json"
    listed.write_text(json.dumps([address for address, _ in cases]), "utf-8")
    child = Path(__file__).with_name("guarded_net.py")
    done = subprocess.run(
        [*unshare, sys.executable, str(child), str(listed)],
        capture_output=True,
        check=False,
        text=True,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def assert_guarded(report: dict[str, Any], cases: list[tuple[str, str]]) -> None:
    """No connection was made to an inner address; without the guard there would be many."""
    for way in ("direct", "redirected"):
        seen = report[way]
        assert [address for address in seen["connected"] if not is_public(address)] == []
        for (address, expected), code in zip(cases, seen["codes"], strict=True):
            assert (code == "fetch.ok") == (expected == "allow"), (way, address, code)
    assert report["redirected"]["connected"].count(ORIGIN) == 1
    inner = [a for a in report["unguarded"]["connected"] if not is_public(a)]
    assert len(inner) >= 6


def test_fetch_all_when_inner_addresses_would_answer_then_none_is_connected_to(
    tmp_path: Path,
) -> None:
    report = in_a_net_of_its_own(OURS, tmp_path)
    assert_guarded(report, OURS)
    refused = [code for code, (_, what) in zip(report["direct"]["codes"], OURS, strict=True)
               if what == "deny"]  # fmt: skip
    assert set(refused) == {"fetch.refused_address"}


@needs_shared_data
def test_fetch_all_on_the_list_of_attacks_then_no_inner_address_is_connected_to(
    tmp_path: Path,
) -> None:
    listed = json.loads(ATTACKS.read_text("utf-8"))
    cases = [(case["payload"], case["expect"]) for case in listed]
    assert_guarded(in_a_net_of_its_own(cases, tmp_path), cases)


def test_fetch_when_a_name_leads_inside_or_turns_there_then_never_connected(
    tmp_path: Path,
) -> None:
    report = in_a_net_of_its_own(OURS[:1], tmp_path)
    assert report["names"] == {"codes": ["fetch.refused_address"] * 3, "connected": []}
    assert report["rebound first"] == {"codes": ["fetch.ok"], "connected": [ORIGIN]}
    assert report["rebound then"] == {"codes": ["fetch.refused_address"], "connected": []}
