"""`exactfact schema`: the JSON Schema of a spec."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from exactfact.cli import exits

SUMMARY = "print the JSON Schema of a spec"
DESCRIPTION = "Print the JSON Schema of a spec, for editors and for programs that write specs."
EXAMPLE = """\
example:
  exactfact schema > exactfact.schema.json"""


def configure(parser: ArgumentParser) -> None:
    """Nothing to add: `schema` has no options."""


def run(options: Namespace) -> int:
    """Print the JSON schema of specs; returns 0."""
    from exactfact.model import json_schema

    print(json.dumps(json_schema(), indent=2))
    return exits.OK
