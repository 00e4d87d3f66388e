"""From a certificate to the text of an instance: which claim, and what it needs.

Nothing here is trusted: a wrong certificate gives a file that Coq refuses.
"""

from __future__ import annotations

from typing import Any

from exactfact.model import Architecture, Network, SpecError, from_document

from .errors import NotExported
from .instance import by_minor, by_pair, by_sums
from .layers import structures
from .minor import find_minor
from .pairs import integer_pair

PATH_LIMIT = 20_000
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
        return _sums(architecture.network)
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


def _sums(network: Network) -> str:
    paths = sum(network.path_counts.values())
    if paths > PATH_LIMIT:
        raise NotExported(f"{paths} path indices; the export of 10.1 lists them, up to {PATH_LIMIT}")
    number = {network.root: 0}
    for edge in network.edges:
        for node in (edge.target, edge.source):
            number.setdefault(node, len(number))
    bound = 1 + max(network.group, default=0) + len(number)
    levels = []
    for level in network.level_edges:
        edges = []
        for index in level:
            edge = network.edges[index]
            taps = [list(tap) for tap in network.effective_support(index)]
            bound += max(abs(x) for tap in taps for x in tap)
            edges.append((number[edge.source], number[edge.target], taps))
        levels.append(edges)
    return by_sums(list(network.group), levels, 2 * bound + 1)
