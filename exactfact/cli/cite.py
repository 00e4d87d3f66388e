"""`exactfact cite`: BibTeX."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from exactfact import __version__
from exactfact.cli import exits

SUMMARY = "print BibTeX for exactfact and the theorems it uses"
DESCRIPTION = "Print BibTeX entries for this version of exactfact and for the works whose theorems it uses."
EXAMPLE = """\
example:
  exactfact cite >> paper.bib"""


def configure(parser: ArgumentParser) -> None:
    """Nothing to add: `cite` has no options."""


def run(options: Namespace) -> int:
    """Print the BibTeX entries of the software and of the works behind its statements; returns 0."""
    from exactfact.reporting.cite import cite

    print(cite(__version__), end="")
    return exits.OK
