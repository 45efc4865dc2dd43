"""One target under atheris, which ends the process: ``TARGET FOLDER SECONDS SEED``.

Only our own code is made to count its branches: all of Python's would take half a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["ecliptic"]):
    from fuzz.targets import SEEDS, TARGETS

_OPTIONS: Final = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=8192")


def main(name: str, folder: str, seconds: str, seed: str) -> None:
    """Fuzz until time is up; what breaks is written into the folder."""
    seeds = Path(folder, "seeds")
    seeds.mkdir(parents=True, exist_ok=True)
    for number, document in enumerate(SEEDS[name]):
        (seeds / f"{number}").write_bytes(document)
    bounds = (f"-max_total_time={max(1, round(float(seconds)))}", f"-seed={seed}")
    words = [*_OPTIONS, *bounds, f"-artifact_prefix={folder}/", str(seeds)]
    atheris.Setup([sys.argv[0], *words], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
