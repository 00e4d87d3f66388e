"""One sentence for every certified verdict: why it holds, with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .numbers import decode_integer

Document = Mapping[str, Any]
Evidence = Mapping[str, Any]


def _full_jacobian(document: Document, evidence: Evidence) -> str:
    return f"the Jacobian has full rank {_value(document, evidence['jacobian_rank'])} at a point"


def _path_reason(_: Document, evidence: Evidence) -> str:
    if "uniform" in evidence:
        return "the network is uniformly identifiable path by path"
    if "paths" in evidence:
        return "two paths of taps have the same sum"
    if evidence.get("method") == "pigeonhole":
        return f"leaf {evidence['leaf']!r} has more path multi-indices than positions (no pair is exhibited)"
    return "all path sums are distinct: the product of the all-ones layers has entries 0 and 1"


def _value(document: Mapping[str, Any], claim_id: str) -> int:
    return decode_integer(next(c["value"] for c in document["claims"] if c["id"] == claim_id))


def _freedom(document: Mapping[str, Any], claim_id: str) -> int:
    return len(next(c["evidence"]["fields"] for c in document["claims"] if c["id"] == claim_id))


# (statement, status): the sentence, from the document and the claim's evidence
REASONS: dict[tuple[str, str], Callable[[Document, Evidence], str]] = {
    ("4.2", "proved"): lambda document, evidence: (
        f"the lifted map is injective: its rank is {_value(document, evidence['rank'])}, the number of its columns"
    ),
    ("6.3", "proved"): lambda document, evidence: (
        f"the linear symmetries of the product move {evidence['dimension']} dimensions of "
        f"classes, all that the Jacobian "
        f"rank {_value(document, evidence['gauge'])} leaves free"
    ),
    ("6.4", "refuted"): lambda document, evidence: (
        f"linear symmetries move the parameters in "
        f"{_freedom(document, evidence['gauge'])} dimensions beyond the scalings"
        ", and the product stays"
    ),
    ("6.5", "proved"): lambda *_: "the certified symmetries are all that the Jacobian leaves free",
    ("7.1b", "refuted"): lambda *_: (
        "two inequivalent points give the same matrix, and near both the product is a local isomorphism"
    ),
    ("7.2", "proved"): lambda *_: "exact linear relations read each layer off from the product",
    ("7.3", "proved"): lambda *_: "one fibre modulo a prime is a single reduced point, and nothing escapes from it",
    ("7.4", "refuted"): lambda document, evidence: (
        f"a generic complex fibre has exactly {_value(document, evidence['fibre_count'])} classes"
    ),
    ("7.7", "proved"): lambda *_: "tangent spaces of the image determine a generic point: one rank modulo a prime",
    ("8.2c", "refuted"): lambda _, evidence: (
        f"layers {evidence['layers'][0] + 1} and {evidence['layers'][1] + 1} can be exchanged, and the product stays"
    ),
    ("8.2f", "refuted"): lambda *_: "changing several layers together gives the same product",
    ("8.1", "refuted"): lambda *_: "two inequivalent parameter vectors give the same matrix",
    ("8.2b", "refuted"): lambda *_: "a direction of one layer never reaches the product",
    ("6.1", "proved"): _full_jacobian,
    ("10.6", "proved"): _full_jacobian,
    ("6.2", "refuted"): lambda document, evidence: (
        f"the Jacobian rank is at most {_value(document, evidence['jacobian_rank'])}, "
        "below the number of free parameters (no pair is exhibited)"
    ),
    ("10.2", "refuted"): lambda document, evidence: (
        f"rescaling hidden node {evidence['node']!r} changes the layers, not the product"
    ),
    ("10.1", "proved"): _path_reason,
    ("10.1", "refuted"): _path_reason,
}


def reason(document: Document, claim: Mapping[str, Any]) -> str:
    """The reason of a verdict claim, in words, from its statement and evidence."""
    return REASONS[claim["statement"], claim["status"]](document, claim["evidence"])


METHODS = {
    "2.4": "a dimension or the support of the product",
    "2.6": "ranks modulo many primes",
    "2.7a": "a vertex cover of the support graph",
    "2.7b": "a triangular minor",
    "3.1": "a chain of spans with exact relations",
    "10.1": "the path sums",
}
VECTORS = {
    "columns": "columns modulo a prime",
    "points": "values at points modulo a prime",
    "samples": "samples modulo a prime",
    "grid": "a grid of samples modulo a prime",
}


def method(claim: Mapping[str, Any]) -> str:
    """How a bound on the rank was reached, in words."""
    if claim["statement"] == "2.3":
        return next(words for kind, words in VECTORS.items() if kind in claim["evidence"])
    return METHODS[claim["statement"]]
