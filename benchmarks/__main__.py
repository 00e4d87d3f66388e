"""`python -m benchmarks [--save] [NAME ...]`: run the rows, print the table, and keep it on request."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from . import lifted_rank
from .timing import ROUNDS, Row, machine

GROUPS: dict[str, Callable[[], list[Row]]] = {"lifted-rank": lifted_rank.rows}
RESULTS = Path(__file__).with_name("results.json")


def main(arguments: list[str]) -> int:
    """Exit 0 when every promised ratio is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"groups of rows: {', '.join(GROUPS)} (default: all)")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(GROUPS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    described = machine()
    print(", ".join(f"{key} {value}" for key, value in described.items()))
    print(f"medians of {ROUNDS} interleaved rounds; ratio = peer / ours")
    rows = [row for name in options.names or GROUPS for row in GROUPS[name]()]
    for row in rows:
        print_row(row)
    if options.save:
        results = [{**asdict(row), "ratio": round(row.ratio, 2)} for row in rows]
        RESULTS.write_text(json.dumps({"machine": described, "rows": results}, indent=1) + "\n", encoding="utf-8")
        print(f"saved: {RESULTS}")
    return 0 if all(row.met for row in rows) else 1


def print_row(row: Row) -> None:
    """One row as a short block of text."""
    promise = "" if row.target is None else f" (promised {row.target:g}: {'met' if row.met else 'MISSED'})"
    print(f"\n{row.name}: {row.answer}")
    print(f"  ours  {row.ours_seconds * 1e3:9.1f} ms  {row.ours}")
    print(f"  peer  {row.peer_seconds * 1e3:9.1f} ms  {row.peer}")
    print(f"  ratio {row.ratio:9.1f}{promise}")
    for note in row.notes:
        print(f"  {note}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
