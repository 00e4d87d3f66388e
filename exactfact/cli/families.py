"""`exactfact families`: the operators a layer can be, with an example each."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from exactfact.cli import exits
from exactfact.cli.failures import UsageError

SUMMARY = "list the operator families, with an example each"
DESCRIPTION = "List the families of operators that a layer can be: meaning, keys, and an example in TOML."
EXAMPLE = """\
examples:
  exactfact families
  exactfact families circulant"""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `families` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="show this family only")


def run(options: Namespace) -> int:
    """Print all families of operators with their keys, or one; returns 0.  UsageError for an unknown name."""
    from exactfact.model import families

    known = families()
    chosen = [family for family in known if options.name in (None, family[0])]
    if not chosen:
        names = ", ".join(family[0] for family in known)
        raise UsageError(f"required a family among {names}, received {options.name!r}")
    print("\n\n".join(_described(*family) for family in chosen))
    return exits.OK


def _described(name: str, keys: tuple[str, ...], meaning: str, example: str) -> str:
    lines = [f"{name}: {meaning}", f"  keys: {', '.join(keys)}"]
    return "\n".join(lines + [f"    {line}" for line in example.strip().splitlines()])
