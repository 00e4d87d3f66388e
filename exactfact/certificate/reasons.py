"""One sentence for every certified verdict: why it holds, with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

from exactfact.model import layer_label

from .numbers import decode_integer, decode_number, outward

Document = Mapping[str, Any]
Evidence = Mapping[str, Any]


def _full_jacobian(document: Document, evidence: Evidence) -> str:
    return f"the Jacobian has full rank {_value(document, evidence['jacobian_rank'])} at a point"


def _small_rank(document: Document, evidence: Evidence) -> str:
    return (
        f"the rank {_value(document, evidence['rank'])} of the lifted map is too small for uniqueness everywhere "
        "(no pair is exhibited)"
    )


def _path_reason(_: Document, evidence: Evidence) -> str:
    if "uniform" in evidence:
        return "the network is uniformly identifiable path by path"
    if "paths" in evidence:
        return "two paths of taps have the same sum"
    if evidence.get("method") == "pigeonhole":
        return f"leaf {evidence['leaf']!r} has more path multi-indices than positions (no pair is exhibited)"
    return "all path sums are distinct: the product of the all-ones layers has entries 0 and 1"


def _splittings(document: Document, evidence: Evidence, status: str) -> str:
    most = _value(document, evidence["fibre_count"])
    if status == "refuted":
        return f"the factors of the layers can be grouped in up to {most} ways (no pair is exhibited)"
    if most == 1:
        return "the factors of the layers can be grouped in one way only"
    return "for rational h outside a thin set the layers are irreducible polynomials, and no two can be exchanged"


def _peeled(_: Document, evidence: Evidence) -> str:
    return (
        "rank-one terms can be peeled off one after the other: only rescalings of hidden nodes remain, "
        f"{evidence['dimension']} dimensions of classes"
    )


def _value(document: Mapping[str, Any], claim_id: str) -> int:
    return decode_integer(next(c["value"] for c in document["claims"] if c["id"] == claim_id))


def _layer(document: Document, place: int) -> str:
    """The user's name of a parametric layer, given by its place among these."""
    layers = document["spec"]["layer"]
    k = [k for k, layer in enumerate(layers) if layer["operator"] != "fixed"][place]
    return layer_label(k, layers[k]["name"])


def _at_least(value: Any) -> str:
    return outward(decode_number(value), "lower")


def _sigma(document: Document, evidence: Evidence) -> str | None:
    claim = evidence["sigma_min_squared"]
    return None if claim is None else _at_least(next(c["value"] for c in document["claims"] if c["id"] == claim))


def _freedom(document: Mapping[str, Any], claim_id: str) -> int:
    return len(next(c["evidence"]["fields"] for c in document["claims"] if c["id"] == claim_id))


def _torsor(document: Document, evidence: Evidence) -> str:
    """The group of theory 9.1, from the claim that holds it or from the evidence itself."""
    held = evidence.get("jacobian_rank")
    group = next((c["evidence"] for c in document["claims"] if c["id"] == held), evidence)
    free, divisors = int(group["free"]), [decode_integer(d) for d in group["divisors"]]
    parts = [f"a torus of dimension {free}"] if free else []
    parts += [f"a group {' x '.join(f'Z/{d}' for d in divisors)}"] if divisors else []
    if not parts:
        return "the monomials that the product determines leave nothing free but the scalars"
    count, real = prod(divisors), 2 ** sum(d % 2 == 0 for d in divisors)
    if not group.get("exact", True):
        return f"the monomials determined leave {parts[0]}: at most {count} solutions over CC, {real} over RR and QQ"
    words = f"beside the scalars, rescalings by {' and '.join(parts)} keep the product"
    if document["spec"]["field"] != "QQ" or not divisors:
        return f"{words}, and nothing else does"
    return f"{words}: {count} {'orbits' if free else 'solutions'} over CC, {real} over RR and QQ"


def _recovered(_: Document, evidence: Evidence) -> str:
    """The radius in the largest entry; the best listed path where there are several; else the bound on tensors."""
    where = evidence.get("every") or next(iter(evidence.get("paths", ())), evidence)
    noise = f"every solution with noise at most {_at_most(evidence['delta'])}"
    if "radius" not in where:
        return f"{noise} has a tensor within {_at_most(evidence['epsilon'])} of that of the estimate"
    if where is evidence:
        along = ""
    else:
        along = " along every path" if evidence["every"] else f" along {', '.join(where['edges'])}"
    return f"{noise} lies within {_at_most(where['radius']['inf'])} of the estimate (largest entry){along}"


def _at_most(value: Any) -> str:
    return outward(decode_number(value), "upper")


# (statement, status): the sentence, from the document and the claim's evidence
REASONS: dict[tuple[str, str], Callable[[Document, Evidence], str]] = {
    ("4.2", "proved"): lambda document, evidence: (
        f"the lifted map is injective: its rank is {_value(document, evidence['rank'])}, the number of its columns"
    ),
    ("4.1", "proved"): lambda *_: "every h without zero layer is identifiable",
    ("4.3", "proved"): lambda *_: "the kernel is one line, and no sum of two decomposable tensors lies on it",
    ("4.3", "refuted"): lambda *_: (
        "the kernel is one line of sums of two decomposable tensors, which are not rational (no pair is exhibited)"
    ),
    ("4.4", "proved"): lambda _, evidence: (
        "no sum of two decomposable tensors lies in the kernel: minors generate all forms of degree "
        f"{evidence['degree']}"
    ),
    ("4.5", "proved"): lambda *_: "all points over the field were compared",
    ("5.2b", "refuted"): _small_rank,
    ("5.2c", "refuted"): _small_rank,
    ("12.5", "proved"): lambda _, evidence: (
        "the columns on the supports of any two points of the model are independent"
        + (f", kappa^2 >= {_at_least(evidence['kappa_squared'])}" if "kappa_squared" in evidence else "")
    ),
    ("6.3", "proved"): lambda document, evidence: (
        f"the linear symmetries of the product move {evidence['dimension']} dimensions of "
        f"classes, all that the Jacobian "
        f"rank {_value(document, evidence['gauge'])} leaves free"
    ),
    ("6.4", "refuted"): lambda document, evidence: (
        f"linear symmetries move the parameters in "
        f"{_freedom(document, evidence['gauge'])} dimensions beyond the scalings"
        ", and the product stays (no pair is exhibited)"
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
    ("7.5", "proved"): lambda *_: "polynomial identities force every ratio of parameters to be that of the point",
    ("7.5r", "proved"): lambda _, evidence: (
        "every other complex solution is known, and none is " + ("rational" if "rootless" in evidence else "real")
    ),
    ("7.5r", "refuted"): lambda _, evidence: (
        "another solution has algebraic entries, of degree "
        f"{len(evidence['families'][0]['polynomial']) - 1} (no rational pair is exhibited)"
    ),
    ("7.7", "proved"): lambda *_: "tangent spaces of the image determine a generic point: one rank modulo a prime",
    ("8.2c", "refuted"): lambda document, evidence: (
        f"{' and '.join(_layer(document, place) for place in evidence['layers'])} can be exchanged, and the product "
        "stays"
    ),
    ("8.2f", "refuted"): lambda *_: "changing several layers together gives the same product",
    ("8.1", "refuted"): lambda *_: "two inequivalent parameter vectors give the same matrix",
    ("8.2b", "refuted"): lambda *_: "a direction of one layer never reaches the product",
    ("6.1", "proved"): _full_jacobian,
    ("10.6", "proved"): lambda document, evidence: (
        f"the Jacobian has rank {_value(document, evidence['jacobian_rank'])} at a point, all but the rescalings of "
        "hidden nodes"
    ),
    ("6.2", "refuted"): lambda document, evidence: (
        f"the Jacobian rank is at most {_value(document, evidence['jacobian_rank'])}, "
        "below the number of free parameters (no pair is exhibited)"
    ),
    ("10.2", "refuted"): lambda document, evidence: (
        f"rescaling hidden node {evidence['node']!r} changes the layers, not the product"
    ),
    ("7.8", "proved"): _torsor,
    ("7.8", "refuted"): _torsor,
    ("9.1", "proved"): _torsor,
    ("9.1", "refuted"): _torsor,
    ("10.5", "proved"): lambda document, evidence: _splittings(document, evidence, "proved"),
    ("10.5", "refuted"): lambda document, evidence: _splittings(document, evidence, "refuted"),
    ("10.5a", "proved"): lambda *_: "Laurent polynomials have finitely many factorizations and no zero divisors",
    ("10.5p", "proved"): lambda *_: "no other grouping of the irreducible factors of the layers fits their kernels",
    ("10.5r", "proved"): lambda *_: "the roots of the layers can be split into such parts in one way only",
    ("10.5r", "refuted"): lambda *_: "the roots of the layers can be split into other parts (no pair is exhibited)",
    ("9.3a", "proved"): lambda document, evidence: (
        f"the Jacobian rank {_value(document, evidence['jacobian_rank'])} leaves nothing free but rescalings of hidden "
        f"nodes, {evidence['dimension']} dimensions of classes"
    ),
    ("9.3b", "proved"): lambda _, evidence: (
        "at most one path joins an input and an output: only rescalings of hidden nodes remain, "
        f"{evidence['dimension']} dimensions of classes"
    ),
    ("9.4", "proved"): _peeled,
    ("9.5", "proved"): _peeled,
    ("12.3", "proved"): lambda document, evidence: (
        "the lifted map is injective, gamma = 1"
        + ("" if (found := _sigma(document, evidence)) is None else f", sigma_min^2 >= {found}")
    ),
    ("12.4", "proved"): lambda *_: (
        "no limit of sums of two decomposable tensors lies in the kernel: some finite gamma, no number is known"
    ),
    ("12.4", "refuted"): lambda _, evidence: (
        "two inequivalent points give the same matrix"
        if "uniform" in evidence
        else "the product does not move, to first order, in some direction that is no rescaling"
    ),
    ("5.2d", "refuted"): lambda document, evidence: (
        f"the rank {_value(document, evidence['rank'])} of the lifted map is too small: limits of sums of two "
        "decomposable tensors lie in its kernel"
    ),
    ("10.4", "proved"): lambda _, evidence: (
        f"the columns of the lifted map are orthogonal, gamma = 1, sigma_min^2 = {_at_least(evidence['nu'])}"
    ),
    ("12.1", "proved"): _recovered,
    ("10.4p", "proved"): _recovered,
    ("12.7", "proved"): lambda _, evidence: (
        f"near the estimate, every solution with noise at most {_at_most(evidence['delta'])} that agrees with it in "
        f"one entry of each layer but the last lies within {_at_most(evidence['radius']['2'])} of it (Euclidean)"
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
    "10.5": "the sums of shifts of a chain of convolutions",
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
