"""`exactfact rank`: the rank of the lifted map, without verdicts."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exactfact.certificate.numbers import decode_integer
from exactfact.certificate.reasons import method
from exactfact.cli import exits, files
from exactfact.cli.certify import add_run_options, quiet_or_json, show
from exactfact.cli.progress import Progress
from exactfact.cli.specs import load

if TYPE_CHECKING:
    from exactfact.pipeline import Result

SUMMARY = "the rank and kernel dimension of the lifted map"
DESCRIPTION = """\
Bound the rank of the lifted map, the linear map behind the product, from below
and from above, with a certificate for both bounds."""
EXAMPLE = """\
examples:
  exactfact rank spec.toml
  exactfact rank spec.toml --method sampling      quick, a lower bound
  exactfact rank spec.toml --method span -o cert.json

exit codes: 0 the two bounds meet; 2 bad usage or spec; 3 they do not;
5 a limit was reached; 130 interrupted."""
METHODS = ("auto", "span", "sampling", "columns")


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `rank` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("spec", metavar="SPEC", help="a TOML or JSON spec; - is standard input")
    parser.add_argument("--method", choices=METHODS, default="auto", help="how (default: auto)")
    parser.add_argument("-o", "--output", metavar="CERT.json", help="the certificate")
    add_run_options(parser)
    quiet_or_json(parser)


def run(options: Namespace) -> int:
    """Bound the rank of one spec's lifted map from both sides, print and save; returns the exit code.

    0 the bounds meet, 3 they do not, 5 a limit was reached, 130 interrupted.  Raises UsageError, SpecError.
    """
    from exactfact.pipeline import rank

    target = None if options.output is None else Path(options.output)
    if target is not None:
        files.target(options.output, options.spec)
    architecture = load(options.spec)
    with Progress(options.spec) as progress:
        result = rank(
            architecture,
            method=options.method,
            seed=options.seed,
            time_limit=options.time_limit,
            memory_limit=options.memory_limit,
            progress=progress,
            isolate=True,
        )
    show(options, result, target)
    if not options.json and not options.quiet:
        for line in _methods(result):
            print(line)
    if result.interrupted:
        return exits.INTERRUPTED
    if result.exit_code != exits.OK:
        return result.exit_code
    bounds = result.facts["rank"]
    exact = bounds is not None and bounds["lower"] == bounds["upper"]
    return exits.OK if exact else exits.UNDECIDED


def _methods(result: Result) -> Iterator[str]:
    """Which statement gave each of the two bounds."""
    document = result.certificate.document()
    for claim in document["claims"]:
        if claim["kind"] == "bound" and claim["quantity"] == "rank":
            sign = ">=" if claim["side"] == "lower" else "<="
            yield f"rank {sign} {decode_integer(claim['value'])} by {claim['statement']}: {method(claim)}"
