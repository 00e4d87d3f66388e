"""Reading specs: every complaint names the file it is about."""

from __future__ import annotations

import exactfact as ef
from exactfact.cli.failures import UsageError


def load(spec: str) -> ef.Architecture:
    """The architecture of a spec file, or of standard input for "-".  UsageError names the file and the place in it."""
    try:
        return ef.load(spec)
    except ef.SpecError as error:
        name = "stdin" if spec == "-" else spec
        message = str(error)
        raise UsageError(message if message.startswith(name) else f"{name}: {message}") from None
