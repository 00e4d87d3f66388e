"""Writes tests/certificates/reject/*.json, the false certificates of tests/certificates/false.

Run `python -m tests.certificates.make_reject` from the repository's root.
"""
import json
from pathlib import Path

from tests.certificates.false import GROUPS
from tests.certificates.false.files import texts
from tests.certificates.make_accept import write

FOLDER = Path(__file__).parent / "reject"


def files() -> dict[str, bytes]:
    """Every file: its name without the ending, and its bytes."""
    made = texts()
    for group in GROUPS:
        made.update({name: (json.dumps(document) + "\n").encode() for name, document in group().items()})
    return made


if __name__ == "__main__":
    write(FOLDER, files())
