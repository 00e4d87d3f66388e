"""Formal proofs of certificates: `exactfact prove --formal` writes a file that Coq checks."""

from __future__ import annotations

import json
from pathlib import Path

from .coq import check
from .errors import NotExported
from .export import instance

# What proofs/formal/theory proves as a whole, over any field.
STATEMENTS = ("1.1", "2.1", "4.1", "4.2", "8.1", "10.1", "10.3a", "10.3b")
SIZE_LIMIT = 64 * 2**20
OK, REJECTED, UNUSABLE, NOT_EXPORTED, NOT_CHECKED = 0, 1, 2, 3, 5


def prove(certificate: Path, output: Path, run: bool, claim: str | None = None) -> int:
    """Write the formal proof of a verdict of a certificate: the one with the id `claim`, or the first with an export.

    With `run`, have Coq check it. Returns the exit code.
    """
    try:
        if certificate.stat().st_size > SIZE_LIMIT:
            print(f"{certificate}: at most {SIZE_LIMIT} bytes are read")
            return UNUSABLE
        document = json.loads(certificate.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        print(f"{certificate}: a certificate is required; received {type(error).__name__}: {error}")
        return UNUSABLE
    try:
        what, text = instance(document, claim)
    except NotExported as reason:
        print(f"{certificate}: {reason}")
        return NOT_EXPORTED
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{output}: cannot be written: {error}")
        return UNUSABLE
    print(f"{output}: {what}")
    return _checked(output) if run else OK


def _checked(output: Path) -> int:
    verdict = check(output)
    if not verdict.checked:
        print(f"{output}: not checked: {verdict.reason}")
        return NOT_CHECKED
    print(f"{output}: {'checked' if verdict.accepted else 'REJECTED'}: {verdict.reason}")
    return OK if verdict.accepted else REJECTED
