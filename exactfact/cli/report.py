"""`exactfact report`: the proof, to read."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import exactfact as ef
from exactfact.cli import exits, files
from exactfact.cli.failures import UsageError

SUMMARY = "write the certificate as a LaTeX article or fragment"
DESCRIPTION = """\
Write what a certificate proves as LaTeX: the architecture, its numbers, each
verdict as a theorem with its proof. The checker runs first; a certificate that
it rejects gets no report."""
EXAMPLE = """\
examples:
  exactfact report cert.json                      writes cert.tex
  exactfact report cert.json -o proof.tex --pdf   and proof.pdf, by latexmk
  exactfact report cert.json -o part.tex --fragment

exit codes: 0 written; 1 the checker did not accept the certificate; 2 bad
usage, or LaTeX is missing."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `report` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("certificate", metavar="CERT.json", help="the certificate to report on")
    parser.add_argument("-o", "--output", metavar="OUT.tex", help="the LaTeX file (default: CERT.tex)")
    parser.add_argument("--fragment", action="store_true", help="without preamble, for \\input in a paper")
    parser.add_argument("--pdf", action="store_true", help="compile it with latexmk")


def run(options: Namespace) -> int:
    """Check the certificate and write its report."""
    if options.pdf and options.fragment:
        raise UsageError("--pdf compiles a stand-alone article; leave out --fragment")
    output = Path(options.output or Path(options.certificate).with_suffix(".tex"))
    if options.pdf:
        output = output.with_suffix(".tex")
        files.target(str(output.with_suffix(".pdf")))
    path = files.target(str(output), options.certificate)
    files.certificate(options.certificate)
    ef.report(options.certificate, path, fragment=options.fragment, pdf=options.pdf)
    print(f"report written to {output}", file=sys.stderr)
    if options.pdf:
        print(f"compiled to {output.with_suffix('.pdf')}", file=sys.stderr)
    return exits.OK
