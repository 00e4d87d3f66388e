"""The tables as Markdown, from the results alone: printed after a run, and embedded in the documentation.

A page holds a table between two comment lines, `<!-- benchmarks NAME -->` and `<!-- /benchmarks -->`.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

from .rows import ABSENT, MISSED

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.json")
PAGES = (ROOT / "README.md", ROOT / "docs" / "benchmarks.md")
BLOCK = re.compile(r"(<!-- benchmarks (\w+) -->\n).*?(<!-- /benchmarks -->)", re.DOTALL)
Results = dict[str, Any]


def rendered(page: str, results: Results) -> str:
    """The page with every table replaced by today's."""
    return BLOCK.sub(lambda found: found[1] + TABLES[found[2]](results) + found[3], page)


def targets(results: Results) -> str:
    """The short table: every figure with a target, and how many are met."""
    rows = [row for row in results["rows"] if row["target"]]
    lines = [(row["number"], row["figure"], _target(row), *_outcome(row)) for row in rows]
    met = sum(row["verdict"] == "met" for row in rows)
    machine = results["machine"]
    where = f"{machine['processor']}, {machine['date']}, {_rounds(results)}; {met} of {len(rows)} targets met."
    return f"{where}\n\n{_table(('#', 'figure', 'target', 'measured', ''), lines)}"


def machine(results: Results) -> str:
    """What the figures were taken on."""
    return _table(("", ""), list(results["machine"].items()))


def contestants(results: Results) -> str:
    """Every row with the seconds behind it, the memory of our process, and notes."""
    lines = []
    for row in results["rows"]:
        times = "; ".join(_contestant(timing, results["rounds"]) for timing in row["contestants"])
        peaks = [timing["peak_mib"] for timing in row["contestants"] if timing["ours"] and timing["peak_mib"]]
        memory = f"{max(peaks)} MiB" if peaks else ""
        lines.append((row["number"], row["figure"], _measured(row), times, memory, row["note"]))
    return _table(("#", "figure", "measured", "medians", "our memory", "note"), lines)


def growth(results: Results) -> str:
    """Fitted exponents beside the predicted ones, with the medians behind them."""
    lines = []
    for entry in results["growth"]:
        low, high = entry["predicted"]
        fitted, last = (
            "-" if entry[key] is None else f"{entry[key]:.2f}".replace("-0.00", "0.00") for key in ("exponent", "last")
        )
        times = ", ".join(_point(*point) for point in entry["points"])
        times += f"; missing: {entry['missing']}" if entry["missing"] else ""
        lines.append((entry["size"], entry["case"], fitted, last, f"{low:g} to {high:g}", entry["why"], times))
    return _table(("against", "case", "exponent", "at the end", "predicted", "because", "medians"), lines)


TABLES = {"targets": targets, "machine": machine, "contestants": contestants, "growth": growth}


def whole(results: Results) -> str:
    """Everything, as a run prints it."""
    return "\n".join(table(results) for table in (machine, targets, contestants, growth))


def _rounds(results: Results) -> str:
    return f"medians of {results['rounds']} interleaved rounds" + (" (quick run)" if results["quick"] else "")


def _target(row: dict[str, Any]) -> str:
    sense, bound = row["target"]
    return f"{sense} {bound:g}{_unit(row)}"


def _measured(row: dict[str, Any]) -> str:
    return "-" if row["measured"] is None else f"{_number(row['measured'])}{_unit(row)}"


def _unit(row: dict[str, Any]) -> str:
    return "" if row["unit"] == "ratio" else f" {row['unit']}"


def _outcome(row: dict[str, Any]) -> tuple[str, str]:
    """What was measured, and the verdict; or why it was not: whom we miss."""
    if row["verdict"] == ABSENT:
        return "-", "; ".join([ABSENT, *(f"{t['name']}: {t['missing']}" for t in row["contestants"] if t["missing"])])
    return _measured(row), f"**{MISSED}**" if row["verdict"] == MISSED else row["verdict"]


def _contestant(timing: dict[str, Any], rounds: int) -> str:
    """Name and median; how many rounds, where they are not those of the run."""
    if timing["seconds"] is None:
        return f"{timing['name']}: missing, {timing['missing']}"
    why = f": {timing['missing']}" if timing["missing"] else ""
    fewer = "" if timing["rounds"] == rounds else f" (rounds: {timing['rounds']}{why})"
    return f"{timing['name']} {_seconds(timing['seconds'])}{fewer}"


def _point(size: int, seconds: float, answer: Any) -> str:
    rank = answer[0] if isinstance(answer, list) else answer
    return f"{size}: {_seconds(seconds)} (r = {rank})"


def _seconds(seconds: float) -> str:
    return f"{_number(seconds)} s" if seconds >= 1 else f"{_number(seconds * 1e3)} ms"


def _number(value: float) -> str:
    """Three digits, the whole part in full."""
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 2
    return f"{value:.{min(digits, 4)}f}"


def _table(head: tuple[str, ...], lines: list[tuple[Any, ...]]) -> str:
    """A Markdown table; a bar in a cell would end it."""
    rows = [head, tuple("---" for _ in head), *lines]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |\n" for row in rows)
