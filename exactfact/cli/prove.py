"""`exactfact prove`: statements of the theory on all cases of a small range; formal proofs of a certificate."""

from __future__ import annotations

import re
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from exactfact.cli import exits, values
from exactfact.cli.failures import UsageError
from exactfact.cli.progress import Progress
from exactfact.model.errors import nearest, shorten

if TYPE_CHECKING:
    from exactfact.proving.small.case import Outcome, SmallCase

SUMMARY = "prove statements of the theory on small ranges, or a certificate formally"
DESCRIPTION = """\
For a statement of the theory, test every case of a stated small range, by plain
arithmetic over finite fields or by exact polynomials over Q. No sampling, and
nothing is shared with the code that certifies. Without an identifier: list what
there is. With --formal: write a proof of a certificate for a proof assistant."""
EXAMPLE = """\
examples:
  exactfact prove                            the statements and their ranges
  exactfact prove 1.1 --field GF(3) --max-size 4
  exactfact prove all --quick                a small part of every range
  exactfact prove all --latex > table.tex
  exactfact prove --formal cert.json -o cert.v --run

exit codes: 0 every case holds; 1 a counterexample, printed in full; 2 bad usage;
5 a limit was reached; 130 interrupted."""
LARGEST_FIELD = 31
LARGEST_SIZE = 64
DEFAULT_TIME = 600.0
DEFAULT_MEMORY = 4 * 2**30
_FIELD = re.compile(r"GF\(([0-9]{1,3})\)")


def field(text: str) -> int:
    """QQ (0), or GF(p) for a prime p <= LARGEST_FIELD."""
    if text == "QQ":
        return 0
    match = _FIELD.fullmatch(text)
    p = int(match[1]) if match else 0
    if not (2 <= p <= LARGEST_FIELD and all(p % d for d in range(2, p))):
        required = f"required QQ, or GF(p) with p prime, p <= {LARGEST_FIELD}"
        raise ArgumentTypeError(f"{required}, received {shorten(text)!r}")
    return p


def size(text: str) -> int:
    """The argument of `--max-size`: an integer from 1 to LARGEST_SIZE, else ArgumentTypeError."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= LARGEST_SIZE:
        raise ArgumentTypeError(f"required an integer from 1 to {LARGEST_SIZE}, received {shorten(text)!r}")
    return int(text)


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `prove` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("statement", metavar="ID", nargs="?", help="a statement such as 1.1 or 10.5p, or all")
    parser.add_argument("--field", type=field, metavar="GF(p)", help="only this field, or QQ (default: as listed)")
    parser.add_argument("--max-size", type=size, metavar="N", help="the largest size (default: as listed)")
    parser.add_argument("--quick", action="store_true", help="a small part of every range, about a second a statement")
    parser.add_argument("--latex", action="store_true", help="print a LaTeX table (booktabs, longtable)")
    parser.add_argument(
        "--time-limit", type=values.seconds, default=DEFAULT_TIME, metavar="S", help="seconds in all (default: 600)"
    )
    parser.add_argument(
        "--memory-limit", type=values.memory, default=DEFAULT_MEMORY, metavar="M", help="memory, as 2G (default: 4G)"
    )
    parser.add_argument("--formal", metavar="CERT.json", help="write a formal proof of this certificate")
    parser.add_argument("-o", "--output", metavar="OUT.v", help="where to write the formal proof")
    parser.add_argument("--claim", metavar="ID", help="which verdict of it (default: the first with an export)")
    parser.add_argument("--run", action="store_true", help="have the proof assistant check what was written")


def run(options: Namespace) -> int:
    """List the statements, check small cases of the chosen ones, or write formal proofs; returns the exit code.

    UsageError for options that do not go together, and where sympy is needed and missing.
    """
    _refuse_mixtures(options)
    if options.formal is not None:
        return _formal(options)
    from exactfact.proving.small.table import ABSENT, ALL
    from exactfact.reporting.small_cases import lines, listing, table

    if options.statement is None:
        print("\n".join(listing(ALL, ABSENT)))
        return exits.OK
    chosen = _chosen(options)
    outcomes = []
    with Progress() as progress:
        deadline = time.monotonic() + options.time_limit
        for case, sizes in chosen:
            outcome = _one(case, sizes, deadline, options, progress)
            outcomes.append(outcome)
            if not options.latex:
                print("\n".join(lines(outcome)), flush=True)
    if options.latex:
        print(table(outcomes), end="")
    return _finish(options, outcomes, ABSENT)


def _one(
    case: SmallCase, sizes: dict[int, int], deadline: float, options: Namespace, progress: Progress
) -> Outcome:
    from exactfact.proving.small.case import MissingSympy
    from exactfact.proving.small.runner import run as run_case

    left = max(deadline - time.monotonic(), 1e-3)
    try:
        return run_case(case, sizes, time_limit=left, memory_limit=options.memory_limit, progress=progress)
    except MissingSympy as error:
        raise UsageError(f"prove: {error}") from error


def _refuse_mixtures(options: Namespace) -> None:
    small = [options.statement, options.field, options.max_size]
    if options.formal is None:
        if options.output is not None or options.run or options.claim is not None:
            raise UsageError("prove: -o, --claim and --run belong to --formal CERT.json")
        if options.statement is None and (any(o is not None for o in small) or options.quick or options.latex):
            raise UsageError("prove: required a statement such as 1.1, or all (`exactfact prove` lists them)")
    elif any(o is not None for o in small) or options.quick or options.latex:
        raise UsageError("prove: --formal proves a certificate; it takes -o, --claim, --run, no statement and no range")
    elif options.output is None:
        raise UsageError("prove: --formal requires -o OUT.v, the file to write")


def _formal(options: Namespace) -> int:
    try:
        from exactfact.proving.formal import prove  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise UsageError(f"prove: this installation has no formal proofs ({error})") from error
    code: int = prove(Path(options.formal), Path(options.output), options.run, options.claim)
    return code


def _chosen(options: Namespace) -> list[tuple[SmallCase, dict[int, int]]]:
    """The cases to run, each with its sizes."""
    from exactfact.proving.small.table import ABSENT, ALL, find, statements

    name = options.statement
    if name in ABSENT:
        raise UsageError(f"prove: {name} has no small case: {ABSENT[name]}")
    cases = ALL if name == "all" else find(name)
    if not cases:
        guess = nearest(name, ["all", *statements()])
        hint = f" (did you mean {guess!r}?)" if guess else ""
        required = "prove: required a statement that `exactfact prove` lists, or all"
        raise UsageError(f"{required}, received {shorten(name)!r}{hint}")
    sized = [(c, c.sizes(quick=options.quick, only=options.field, largest=options.max_size)) for c in cases]
    chosen = [(case, sizes) for case, sizes in sized if sizes]
    if not chosen:
        fields = sorted({p for case in cases for p in case.full})
        listed = ", ".join("QQ" if p == 0 else f"GF({p})" for p in fields)
        raise UsageError(f"prove: the small cases of {name} are over {listed}")
    if any(case.sympy for case, _ in chosen) and find_spec("sympy") is None:
        raise UsageError("prove: this needs sympy: pip install 'exactfact[prove]'")
    return chosen


def _finish(options: Namespace, outcomes: list[Outcome], absent: dict[str, str]) -> int:
    states = [outcome.status for outcome in outcomes]
    if options.statement == "all" and not options.latex:
        from exactfact.reporting.small_cases import absences

        total, seconds = sum(o.cases for o in outcomes), sum(o.seconds for o in outcomes)
        print("\n".join(absences(absent)))
        held = sum(state == "proved" for state in states)
        print(f"{held} of {len(states)} ranges hold: {total} cases, {seconds:.0f} s")
    if "false" in states:
        return exits.REJECTED
    if "unfinished" in states:
        return exits.LIMIT
    if "proved" not in states:
        raise UsageError("prove: no case in this range satisfies the hypothesis; a larger --max-size is required")
    return exits.OK
