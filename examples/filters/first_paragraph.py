"""Keep the first paragraphs of each entry: a program for the plugin ``executables``.

It reads an Atom entry and writes one. ``--paragraphs`` says how many are kept.
"""

from __future__ import annotations

import argparse
import sys

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def main() -> None:
    """Read the entry, shorten its content, write it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--paragraphs", type=int, default=1)
    most = parser.parse_args().paragraphs
    entry = etree.parse(sys.stdin.buffer)
    for body in entry.iterfind(f"{ATOM}content/{XHTML}div"):
        paragraphs = body.findall(f"{XHTML}p")
        for child in list(body) if paragraphs else []:
            if child not in paragraphs[:most]:
                body.remove(child)
    sys.stdout.buffer.write(etree.tostring(entry))


if __name__ == "__main__":
    main()
