"""`exactfact validate`: read specs and say what they are, without certifying."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

import exactfact as ef
from exactfact.cli import exits
from exactfact.cli.failures import UsageError, explain
from exactfact.cli.specs import load

SUMMARY = "check specs without certifying"
DESCRIPTION = """\
Read each spec and say what it describes, or what is wrong with it and where."""
EXAMPLE = """\
example:
  exactfact validate spec.toml other.json

exit codes: 0 all valid; 2 one is not."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `validate` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("spec", nargs="+", metavar="SPEC", help="a TOML or JSON spec; - is standard input")


def run(options: Namespace) -> int:
    """Validate every spec; all problems are reported, one a spec."""
    codes = [_validate(spec) for spec in options.spec]
    return exits.heaviest(codes)


def _validate(spec: str) -> int:
    try:
        architecture = load(spec)
    except UsageError as error:
        return explain(error)
    print(f"{spec}: valid\n  {_summary(architecture)}\n  {architecture.digest}", flush=True)
    return exits.OK


def _summary(architecture: ef.Architecture) -> str:
    network = architecture.network
    sizes = architecture.parameters
    what, unit = f"chain of {len(architecture.layers)} layers", "layer"
    if network is not None:
        what, unit = f"network of {len(network.edges)} edges", "level"
    shown = ", ".join(str(size) for size in sizes[:12]) + (", ..." if len(sizes) > 12 else "")
    shape = architecture.shape
    product = "" if shape is None else f", product {shape[0]} x {shape[1]}"
    return f"{what} over {architecture.field.name}, parameters {shown} by {unit}{product}"
