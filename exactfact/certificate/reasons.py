"""One sentence for every certified verdict: why it holds, with its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .numbers import decode_integer


def reason(document: Mapping[str, Any], claim: Mapping[str, Any]) -> str:
    """The reason of a verdict claim, in words, from its statement and evidence."""
    evidence = claim["evidence"]
    key = (claim["statement"], claim["status"])
    if key == ("4.2", "proved"):
        return (
            f"the lifted map is injective: its rank is {_value(document, evidence['rank'])}, the number of its columns"
        )
    if key == ("8.1", "refuted"):
        return "two inequivalent parameter vectors give the same matrix"
    if key == ("8.2b", "refuted"):
        return "a direction of one layer never reaches the product"
    if key == ("6.1", "proved") or claim["statement"] == "10.6":
        return f"the Jacobian has full rank {_value(document, evidence['jacobian_rank'])} at a point"
    if key == ("6.2", "refuted"):
        bound = _value(document, evidence["jacobian_rank"])
        return f"the Jacobian rank is at most {bound}, below the number of free parameters (no pair is exhibited)"
    if claim["statement"] == "10.2":
        return f"rescaling hidden node {evidence['node']!r} changes the layers, not the product"
    return _path_reason(evidence)


def _path_reason(evidence: Mapping[str, Any]) -> str:
    if "uniform" in evidence:
        return "the network is uniformly identifiable path by path"
    if "paths" in evidence:
        return "two paths of taps have the same sum"
    if evidence.get("method") == "pigeonhole":
        return f"leaf {evidence['leaf']!r} has more path multi-indices than positions (no pair is exhibited)"
    return "all path sums are distinct: the product of the all-ones layers has entries 0 and 1"


def _value(document: Mapping[str, Any], claim_id: str) -> int:
    return decode_integer(next(c["value"] for c in document["claims"] if c["id"] == claim_id))


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
