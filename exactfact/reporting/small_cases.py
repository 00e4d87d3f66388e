"""Small cases in print: lines for a terminal, a table for LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from exactfact.proving.small.case import Outcome, SmallCase
from exactfact.reporting.escape import latex

WIDTH = 100
INDENT = " " * 6
WORDS = {
    "proved": "holds",
    "false": "FALSE",
    "empty": "no case in this range",
    "unfinished": "unfinished",
}


def lines(outcome: Outcome) -> Iterator[str]:
    """One outcome: status, number of cases, seconds; claim; range; the counterexample, in full."""
    case = outcome.case
    yield f"{case.statement}  {WORDS[outcome.status]}: {counted(outcome)}, {outcome.seconds:.1f} s"
    yield from paragraph(case.claim)
    yield from paragraph(f"range: {case.described(outcome.sizes)}")
    if outcome.stopped is not None:
        yield from paragraph(f"{outcome.stopped}: the cases so far hold, the rest of the range is open")
    if outcome.reason is not None:
        yield from paragraph("counterexample, the first in order of size:")
        yield f"{INDENT}  {outcome.counterexample!r}"
        yield f"{INDENT}  {outcome.reason}"


def counted(outcome: Outcome) -> str:
    """How many cases, and how many of them the statement speaks about."""
    cases = f"{outcome.cases} case{'s' * (outcome.cases != 1)}"
    return cases if outcome.case.hypothesis is None else f"{cases}, {outcome.tested} with the hypothesis"


def paragraph(text: str) -> Iterator[str]:
    """The lines of a text wrapped to WIDTH, the first indented, the others more."""
    return iter(wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT + "  ", break_on_hyphens=False))


def listing(cases: Iterable[SmallCase], absent: dict[str, str]) -> Iterator[str]:
    """What there is: claims and full ranges, then the statements without a small case."""
    for case in cases:
        yield case.statement
        yield from paragraph(case.claim)
        yield from paragraph(f"range: {case.described(case.sizes(quick=False, only=None, largest=None))}")
    yield ""
    yield from absences(absent)


def absences(absent: dict[str, str]) -> Iterator[str]:
    """The statements without a small case, with the reasons."""
    for statement, reason in absent.items():
        text = f"{statement}  no small case: {reason}"
        yield from wrap(text, WIDTH, subsequent_indent=INDENT, break_on_hyphens=False)


def table(outcomes: Iterable[Outcome]) -> str:
    """A LaTeX table (booktabs, longtable) of all outcomes."""
    rows = []
    for outcome in outcomes:
        case = outcome.case
        words = f"{latex(case.claim, None)}. Range: {latex(case.described(outcome.sizes), None)}."
        if outcome.status != "proved":
            words += rf" \textbf{{{latex(WORDS[outcome.status])}}}"
        numbers = f"{outcome.cases} & {outcome.tested} & {outcome.seconds:.1f}"
        rows.append(rf"{latex(case.statement)} & {words} & {numbers} \\")
    head = [
        "% needs \\usepackage{booktabs,longtable}",
        r"\begin{longtable}{lp{0.6\linewidth}rrr}",
        r"\toprule",
        r"statement & claim and range & cases & tested & seconds \\",
        r"\midrule",
        r"\endhead",
    ]
    return "\n".join([*head, *rows, r"\bottomrule", r"\end{longtable}"]) + "\n"
