"""`python -m benchmarks`: run every row beside its peers, print the tables.

Exit status: 0 when all contestants agree on the answers (a missed target is printed as MISSED, a missing peer by
name), 1 when two of them disagree, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import dense, growth, lifted, machine, peers, table, toeplitz
from .race import Disagreement
from .rows import Row, Setting, by_number, memory_row

MEMORY_MIB = 2048
GROUPS: dict[str, Callable[[Setting], list[Row]]] = {
    "dense": dense.modular_rows,
    "rational": dense.rational_rows,
    "lifted": lifted.rank_rows,
    "paths": lifted.path_rows,
    "jacobian": lifted.jacobian_rows,
    "certificate": lifted.certificate_rows,
    "toeplitz": toeplitz.rows,
}
NAMES = (*GROUPS, "growth")


def main(arguments: list[str]) -> int:
    """Run, print, and on request keep the results; see the module for the exit status."""
    options = _options(arguments)
    if options.render:
        render(json.loads(table.RESULTS.read_text(encoding="utf-8")))
        return 0
    results, disagreements = run(options)
    print(table.whole(results))
    if disagreements:
        print("\n".join(f"DISAGREEMENT, {text}" for text in disagreements))
    elif options.save:
        table.RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        render(results)
    return 1 if disagreements else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join(NAMES)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, fewer rounds: two minutes")
    parser.add_argument("--without", action="append", default=[], metavar="PEER", help="as if it could not be had")
    parser.add_argument("--save", action="store_true", help="keep the results, and render them into the pages")
    parser.add_argument("--render", action="store_true", help="only render the kept results into the pages")
    options = parser.parse_args(arguments)
    for given, known in ((options.names, NAMES), (options.without, peers.INSTALLERS)):
        if unknown := set(given) - set(known):
            parser.error(f"unknown: {', '.join(sorted(unknown))}; there is {', '.join(known)}")
    if options.save and options.names:
        parser.error("--save keeps whole runs, without NAME")
    return options


def run(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The results as JSON data, and what the contestants disagree on."""
    installed = peers.install(options.without)
    for peer in installed.values():
        say(f"{peer.name}: {peer.version or f'MISSING, {peer.missing}'}")
    names = options.names or NAMES
    rows: list[Row] = []
    disagreements: list[str] = []
    grown: list[growth.Growth] = []
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(options.quick, Path(folder), installed)
        for name, group in GROUPS.items():
            if name in names:
                rows += timed(name, group, setting, disagreements)
        if "growth" in names:
            grown = timed("growth", growth.series, setting, disagreements)
    rows = by_number([*rows, memory_row(9, rows, MEMORY_MIB)])
    results = {
        "quick": options.quick,
        "rounds": setting.rounds,
        "machine": machine.described(installed),
        "rows": [{**asdict(row), "verdict": row.verdict} for row in rows],
        "growth": [asdict(entry) for entry in grown],
    }
    # As it will be read back: lists for tuples.
    return json.loads(json.dumps(results)), disagreements


def timed(name: str, group: Callable[[Setting], list[Any]], setting: Setting, disagreements: list[str]) -> list[Any]:
    """What a group found; nothing, and a disagreement more, when its contestants do not agree."""
    start = time.monotonic()
    try:
        return group(setting)
    except Disagreement as error:
        disagreements.append(f"{name}: {error}")
        return []
    finally:
        say(f"{name}: {time.monotonic() - start:.0f} s")


def render(results: dict[str, Any]) -> None:
    """The results into the pages that show them."""
    for page in table.PAGES:
        page.write_text(table.rendered(page.read_text(encoding="utf-8"), results), encoding="utf-8")
        say(f"rendered {page.name}")


def say(text: str) -> None:
    """Progress, apart from the tables."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
