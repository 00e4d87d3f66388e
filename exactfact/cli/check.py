"""`exactfact check`: the independent checker, as `python -m exactfact.checker`."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

import exactfact as ef
from exactfact.checker.errors import DEFAULT_LIMIT
from exactfact.cli import files, values

SUMMARY = "check a certificate, independently of what made it"
DESCRIPTION = """\
Recompute every claim of a certificate from the spec inside it, with the
standard library only, and print one line a claim."""
EXAMPLE = """\
examples:
  exactfact check cert.json
  exactfact check cert.json --spec spec.toml    is it about this spec?
  python -m exactfact.checker cert.json         the same, without this command

exit codes: 0 every claim accepted; 1 a claim rejected, or no claim; 2 bad
usage, or an unreadable file; 5 a claim not checked, its work being over the limit."""

LIMIT_HELP = "steps (about a nanosecond each) allowed for each claim (default %(default)s)"


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `check` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("certificate", metavar="CERT.json", help="the certificate to check")
    parser.add_argument("--spec", metavar="SPEC", help="require that the certificate is about this spec")
    parser.add_argument("--limit", type=values.whole, default=DEFAULT_LIMIT, metavar="N", help=LIMIT_HELP)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace) -> int:
    """Print the checker's report on one certificate; returns its exit code: 0, 1, 2 or 5 as `EXAMPLE` lists them."""
    files.certificate(options.certificate)
    checked = ef.check(options.certificate, spec=options.spec, limit=options.limit)
    if options.json:
        print(json.dumps(checked.document(), indent=2))
    else:
        for line in checked.lines():
            print(line)
    return checked.exit_code
