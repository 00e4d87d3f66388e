"""`exactfact certify`: the main job."""

from __future__ import annotations

import json
import shutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import exactfact as ef
from exactfact.certificate.claims import PROPERTIES
from exactfact.cli import exits, files, values
from exactfact.cli.expect import FORM, expectation, missed
from exactfact.cli.failures import UsageError, explain
from exactfact.cli.progress import Progress
from exactfact.cli.specs import load

SUMMARY = "decide what the product determines, with a certificate"
DESCRIPTION = """\
Decide, for each spec, whether the product of the layers determines their
parameters. The table of verdicts goes to standard output, the certificate to
the file of -o."""
EXAMPLE = """\
examples:
  exactfact certify spec.toml -o cert.json
  exactfact certify spec.toml --property uniform --expect uniform=proved
  exactfact certify a.toml b.toml -o certificates/ --time-limit 60

Interrupted by Ctrl-C or a limit, it prints and saves the verdicts reached.
exit codes: 0 every requested property decided (and as expected); 1 not as
expected; 2 bad usage or spec; 3 a requested property undecided; 5 a limit was
reached; 130 interrupted."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `certify` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("spec", nargs="+", metavar="SPEC", help="a TOML or JSON spec; - is standard input")
    parser.add_argument("-o", "--output", metavar="CERT.json", help="the certificate (a folder for several specs)")
    parser.add_argument(
        "--property",
        action="append",
        type=values.property_name,
        metavar="P",
        help=f"ask for this property only (repeatable): {', '.join(PROPERTIES)}",
    )
    parser.add_argument(
        "--expect",
        action="append",
        default=[],
        type=expectation,
        metavar="P=STATUS",
        help=f"fail unless the verdict is this (repeatable): {FORM}, STATUS one of proved, refuted, undecided",
    )
    add_run_options(parser)
    quiet_or_json(parser)


def add_run_options(parser: ArgumentParser) -> None:
    """`--seed`, `--time-limit` and `--memory-limit` for each spec, which `rank` has as well."""
    parser.add_argument("--seed", type=values.whole, default=0, metavar="N", help="seed of random points (default 0)")
    parser.add_argument("--time-limit", type=values.seconds, metavar="S", help="seconds for each spec")
    parser.add_argument("--memory-limit", type=values.memory, metavar="M", help="memory for each spec, such as 2G")


def quiet_or_json(parser: ArgumentParser) -> None:
    """`--json` or `--quiet`, not both, which `rank` has as well."""
    printed = parser.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help="print JSON (one object a line for several specs)")
    printed.add_argument("--quiet", action="store_true", help="print errors only; the exit code answers")


def run(options: Namespace) -> int:
    """Certify every spec; a bad one does not keep the others from being certified."""
    if options.spec.count("-") > 1:
        raise UsageError("standard input can be read only once")
    targets = _targets(options)
    if len(options.spec) == 1:
        return _certify(options, options.spec[0], targets[0])
    codes = []
    for spec, target in zip(options.spec, targets, strict=True):
        if not options.json and not options.quiet:
            print(f"{spec}:")
        codes.append(_guarded(options, spec, target))
        if codes[-1] == exits.INTERRUPTED:
            break
        if not options.json and not options.quiet:
            print()
    return exits.heaviest(codes)


def _targets(options: Namespace) -> list[Path | None]:
    """Where each certificate goes, found out before hours of work."""
    if options.output is None:
        return [None] * len(options.spec)
    if len(options.spec) == 1:
        files.target(options.output, *options.spec)
        return [Path(options.output)]
    names = files.certificate_names(options.spec)
    folder = files.folder(options.output)
    for name in names:
        files.target(str(folder / name), *options.spec)
    return [folder / name for name in names]


def _guarded(options: Namespace, spec: str, target: Path | None) -> int:
    try:
        return _certify(options, spec, target)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - every other spec still gets its turn; the code stays non-zero
        return explain(error)


def _certify(options: Namespace, spec: str, target: Path | None) -> int:
    architecture = load(spec)
    with Progress(spec) as progress:
        # In a process of its own even without limits: Ctrl-C then works inside a long foreign call too.
        result = ef.certify(
            architecture,
            properties=options.property,
            seed=options.seed,
            time_limit=options.time_limit,
            memory_limit=options.memory_limit,
            progress=progress,
            isolate=True,
        )
    document = show(options, result, target)
    failures = missed(options.expect, document)
    for line in failures:
        print(f"exactfact: {line}", file=sys.stderr)
    if result.interrupted:
        return exits.INTERRUPTED
    if failures:
        return exits.REJECTED
    return _without_expected_gaps(options, result)


def show(options: Namespace, result: ef.Result, target: Path | None) -> dict[str, object]:
    """Save the certificate, then print the result; returns the document of `--json`."""
    document = result.document()
    if target is not None:
        result.certificate.save(files.target(str(target)))
        document["certificate"] = str(target)
    if options.json:
        indent = 2 if options.command == "rank" or len(options.spec) == 1 else None
        print(json.dumps(document, indent=indent), flush=True)
    elif not options.quiet:
        from exactfact.reporting.text import table

        columns = shutil.get_terminal_size((100, 24)).columns
        print(table(document, columns), flush=True)
    if result.stopped is not None:
        print(f"exactfact: {result.stopped}; the verdicts reached so far are kept", file=sys.stderr)
    if target is not None and not options.quiet and not options.json:
        print(f"certificate written to {target}", file=sys.stderr)
    return document


def _without_expected_gaps(options: Namespace, result: ef.Result) -> int:
    """The result's own code, except that a property expected to be undecided, and found so, counts as answered."""
    if result.exit_code != exits.UNDECIDED:
        return result.exit_code
    usual = (None, result.default_group)
    expected = {e.property for e in options.expect if e.status == "undecided" and e.group in usual}
    open_ones = {prop for prop in result.requested if result.verdict(prop).status == "undecided"}
    return exits.OK if open_ones <= expected else exits.UNDECIDED
