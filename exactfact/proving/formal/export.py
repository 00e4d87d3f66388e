"""From a certificate to the text of an instance: which claim, and what it needs.

Nothing here is trusted: a wrong certificate gives a file that Coq refuses.
"""

from __future__ import annotations

from typing import Any

from exactfact.model import Architecture, Network, SpecError, from_document

from .errors import NotExported
from .instance import by_minor, by_pair
from .layers import structures
from .minor import find_minor
from .pairs import integer_pair
from .paths import all_different, pair, two_equal

MISSING = "no formal export for this statement yet"


def instance(certificate: Any, chosen: str | None = None) -> tuple[str, str]:
    """(what is exported, the text) of the chosen verdict, or of the first with an export; NotExported without one."""
    if type(certificate) is not dict or type(certificate.get("claims")) is not list:
        raise NotExported("not a certificate: an object with a list of claims is required")
    try:
        architecture = from_document(certificate.get("spec"))
    except SpecError as error:
        raise NotExported(f"the spec of the certificate: {error}") from error
    claims = [c for c in certificate["claims"] if type(c) is dict]
    verdicts = [c for c in claims if c.get("kind") == "verdict" and chosen in (None, c.get("id"))]
    reasons = []
    for claim in verdicts:
        try:
            text = _export(claim, architecture, claims)
        except NotExported as reason:
            reasons.append(reason)
            continue
        if text is not None:
            return f"{claim['property']} / {claim['modulo']}, {claim['status']} by {claim['statement']}", text
    raise reasons[0] if reasons else NotExported(_missing(verdicts, chosen))


def _export(claim: dict[str, Any], architecture: Architecture, claims: list[dict[str, Any]]) -> str | None:
    """The text of a claim's instance; None if its statement has no export."""
    key = tuple(claim.get(name) for name in ("statement", "property", "modulo", "status"))
    network, model, over = architecture.network, claim.get("model"), claim.get("over")
    if network is not None:
        return _network(key, claim, network, claims)
    if (key, model, over) == (("4.2", "uniform", "scaling", "proved"), "full", "CC"):
        layers = structures(architecture)
        return by_minor(layers, find_minor(layers))
    if (key, model, over) == (("8.1", "uniform", "scaling", "refuted"), "full", "QQ"):
        return by_pair(structures(architecture), *integer_pair(claim.get("evidence"), architecture.parameters))
    return None


def _network(
    key: tuple[Any, ...], claim: dict[str, Any], network: Network, claims: list[dict[str, Any]]
) -> str | None:
    """10.1 is proved in Coq for every field, so the field of the claim does not matter; 8.1 for characteristic 0."""
    model, evidence = claim.get("model"), claim.get("evidence")
    if key == ("10.1", "uniform", "path-scaling", "proved") and model == "full":
        return all_different(network, evidence, scaling=False)
    if key == ("10.1", "uniform", "scaling", "proved") and model == "full":
        return all_different(network, _referenced(evidence, claims), scaling=True)
    if key == ("10.1", "uniform", "path-scaling", "refuted") and model == "zero-edges-allowed":
        return two_equal(network, evidence)
    if key == ("10.1", "uniform", "scaling", "refuted") and model in ("full", "zero-edges-allowed"):
        return two_equal(network, evidence)
    if (key, model, claim.get("over")) == (("8.1", "uniform", "scaling", "refuted"), "full", "QQ"):
        return pair(network, evidence)
    return None


def _referenced(evidence: Any, claims: list[dict[str, Any]]) -> Any:
    """The evidence of the claim modulo path scalings that this one follows from."""
    name = evidence.get("uniform") if type(evidence) is dict else None
    found = [c.get("evidence") for c in claims if type(name) is str and c.get("id") == name]
    return found[0] if found else None


def _missing(verdicts: list[dict[str, Any]], chosen: str | None) -> str:
    """Which statements have no export; a statement is shown only when it looks like one."""
    uniform = [c for c in verdicts if c.get("property") == "uniform"] or verdicts
    shown = sorted({_plain(c) for c in uniform})
    if shown:
        return f"{MISSING}: {', '.join(shown)}"
    return "the certificate has no verdict" if chosen is None else "the certificate has no verdict with this id"


def _plain(claim: dict[str, Any]) -> str:
    words = [str(claim.get(name)) for name in ("statement", "property", "modulo", "status", "over")]
    safe = [word if len(word) < 30 and word.isascii() and word.isprintable() else "?" for word in words]
    return "{} ({} / {}, {} over {})".format(*safe)
