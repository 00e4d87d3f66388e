"""From a certificate to the text of an instance: which claim, and what it needs.

Nothing here is trusted: a wrong certificate gives a file that Coq refuses.
"""

from __future__ import annotations

from typing import Any

from exactfact.model import Architecture, SpecError, from_document

from .errors import NotExported
from .instance import by_minor, by_pair
from .layers import structures
from .minor import find_minor
from .networks import collision, sums
from .pairs import integer_pair

MISSING = "no formal export for this statement yet"


def instance(certificate: Any) -> tuple[str, str]:
    """(what is exported, the text) of the first verdict that has an export; NotExported if there is none."""
    if type(certificate) is not dict or type(certificate.get("claims")) is not list:
        raise NotExported("not a certificate: an object with a list of claims is required")
    try:
        architecture = from_document(certificate.get("spec"))
    except SpecError as error:
        raise NotExported(f"the spec of the certificate: {error}") from error
    verdicts = [c for c in certificate["claims"] if type(c) is dict and c.get("kind") == "verdict"]
    for claim in verdicts:
        text = _export(claim, architecture)
        if text is not None:
            return f"{claim['property']} / {claim['modulo']}, {claim['status']} by {claim['statement']}", text
    raise NotExported(_missing(verdicts))


def _export(claim: dict[str, Any], architecture: Architecture) -> str | None:
    key = tuple(claim.get(name) for name in ("statement", "property", "modulo", "model", "status", "over"))
    if key == ("4.2", "uniform", "scaling", "full", "proved", "CC") and architecture.network is None:
        layers = structures(architecture)
        return by_minor(layers, find_minor(layers))
    if key == ("8.1", "uniform", "scaling", "full", "refuted", "QQ") and architecture.network is None:
        return by_pair(structures(architecture), *integer_pair(claim.get("evidence"), architecture.parameters))
    if key == ("10.1", "uniform", "path-scaling", "full", "proved", "CC") and architecture.network is not None:
        return sums(architecture.network)
    if key == ("10.1", "uniform", "path-scaling", "zero-edges-allowed", "refuted", "QQ") and architecture.network:
        return collision(architecture.network, claim.get("evidence"))
    return None


def _missing(verdicts: list[dict[str, Any]]) -> str:
    """Which statements have no export; a statement is shown only when it looks like one."""
    uniform = [c for c in verdicts if c.get("property") == "uniform"] or verdicts
    shown = sorted({_plain(c) for c in uniform})
    return f"{MISSING}: {', '.join(shown)}" if shown else "the certificate has no verdict"


def _plain(claim: dict[str, Any]) -> str:
    words = [str(claim.get(name)) for name in ("statement", "property", "modulo", "status", "over")]
    safe = [word if len(word) < 30 and word.isascii() and word.isprintable() else "?" for word in words]
    return "{} ({} / {}, {} over {})".format(*safe)
