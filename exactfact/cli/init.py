"""`exactfact init`: a commented spec to start from."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from exactfact.cli import exits, files
from exactfact.cli.failures import UsageError

SUMMARY = "write a commented spec to start from"
DESCRIPTION = """\
Print a small, valid, commented spec of the given kind, or write it to a file
(never over an existing one). Without a kind, list the kinds."""
EXAMPLE = """\
example:
  exactfact init chain -o spec.toml"""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `init` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help="what to start from; left out: list the kinds")
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write (default: standard output)")


def run(options: Namespace) -> int:
    """Write one starter spec, or list the kinds."""
    from exactfact.model import KINDS, starter
    from exactfact.model.atomic import write_atomically

    if options.kind is None:
        for kind in KINDS:
            print(kind)
        return exits.OK
    text = starter(options.kind)
    if options.output is None:
        print(text, end="")
        return exits.OK
    path = files.target(options.output)
    if path.suffix == ".json":
        raise UsageError(f"{options.output}: required a name for a TOML file (comments explain it), received .json")
    if path.exists():
        raise UsageError(f"{options.output}: exists already; it is left as it is")
    write_atomically(path, text)
    print(f"spec written to {options.output}", file=sys.stderr)
    return exits.OK
