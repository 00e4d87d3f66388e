"""Compare what a certificate claims with the brute-force truth; every disagreement is one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from . import brute
from .dense import evaluate, number
from .expand import Dense, expand
from .rows import same_blocks, wrong_count, wrong_facts, wrong_rows
from .truth import FIELDS, Truth


def disagreements(document: dict, certificate: dict, result: dict | None = None, limit: int = brute.LIMIT) -> list[str]:
    """Every claim of the certificate, and every fact of the result, that brute force contradicts."""
    truth = Truth(document, limit)
    found = list(_spec(truth, certificate["spec"]))
    for claim in certificate["claims"]:
        found += wrong_in(truth, claim)
    if result is not None:
        found += list(wrong_facts(truth, result))
        found += list(wrong_rows(truth, result, certificate))
    return found


def wrong_in(truth: Truth, claim: dict) -> list[str]:
    """What brute force contradicts in one claim."""
    wrong = _bound(truth, claim) if claim["kind"] == "bound" else _verdict(truth, claim)
    return [f"{claim['id']} {_title(claim)}: {text}" for text in wrong]


def _title(claim: dict) -> str:
    if claim["kind"] == "bound":
        return f"{claim['quantity']} {claim['side']} {claim['value']} ({claim['statement']})"
    keys = ("property", "modulo", "model", "over", "status", "statement")
    return "/".join(str(claim[key]) for key in keys)


def _spec(truth: Truth, spec: dict) -> Iterator[str]:
    again = expand(spec)
    same = (again.p, again.layers, again.models, again.point) == _parts(truth.arch)
    if not same:
        yield "the canonical spec expands to another architecture"


def _parts(arch: Dense) -> tuple:
    return (arch.p, arch.layers, arch.models, arch.point)


def _bound(truth: Truth, claim: dict) -> Iterator[str]:
    value, side = number(claim["value"]), claim["side"]
    fields = (f"GF({truth.arch.p})" if truth.arch.p else "QQ",)
    if claim["quantity"] == "fibre_count":
        fields = () if truth.arch.p else FIELDS
        yield from wrong_count(truth, claim["over"], {"lower": 0, "upper": None, side: claim["value"]})
    else:
        real = getattr(truth, claim["quantity"])
        if side == "lower" and value > real or side == "upper" and value < real:
            yield f"the truth is {real}"
    if claim["over"] not in fields:
        yield f"over {claim['over']}"


def _verdict(truth: Truth, claim: dict) -> Iterator[str]:
    """The status is one that the truth allows, the claim is one that exists, and a pair is what it is said to be."""
    arch, prop, status = truth.arch, claim["property"], claim["status"]
    if claim["over"] not in ((f"GF({arch.p})",) if arch.p else FIELDS):
        yield f"over {claim['over']}"
        return
    if claim["model"] not in ("full", "zero-edges-allowed", "spec") or claim["model"] == "spec" and not arch.models:
        yield f"model {claim['model']}"
    if prop not in ("uniform", "at-point"):
        if arch.p:
            yield "does not exist over a finite field"
            return
        if claim["model"] != "full":
            yield "generic verdicts do not transfer to a model"
    outside = list(_outside(truth, claim)) if prop == "at-point" else []
    yield from outside
    if not outside and status not in truth.allowed(claim):
        yield f"the truth allows {sorted(truth.allowed(claim))}: {_why(truth)}"
    yield from _evidence(truth, claim)


def _why(truth: Truth) -> str:
    arch = truth.arch
    if arch.p:
        return f"rank {truth.rank}"
    return f"rank {truth.rank}, Jacobian rank {truth.jacobian_rank} of {brute.dimension(arch)}, sizes {arch.sizes}"


def _outside(truth: Truth, claim: dict) -> Iterator[str]:
    if claim["modulo"] != "path-scaling" and not truth.point_inside:
        yield "the point has a zero layer"
    elif claim["model"] == "spec" and not brute.in_models(truth.arch.models, truth.arch.point):
        yield "the point is outside the model"


def _evidence(truth: Truth, claim: dict) -> Iterator[str]:
    """What the evidence itself says: dimensions, blocks, pairs, directions."""
    evidence = claim["evidence"]
    if claim["modulo"] in ("gauge", "torus"):
        missing = brute.dimension(truth.arch) - truth.jacobian_rank
        if evidence.get("dimension") != missing:
            yield f"orbits of dimension {evidence.get('dimension')}, fibres have {missing}"
    if claim["property"] == "ratios" and not same_blocks(evidence.get("blocks", []), truth.blocks):
        yield f"blocks {evidence.get('blocks')}, the truth is {truth.blocks}"
    if claim["status"] == "refuted" and "h" in evidence:
        yield from _witness(truth, claim)
    if claim["statement"] == "8.2b":
        yield from _dead(truth, claim)


def _witness(truth: Truth, claim: dict) -> Iterator[str]:
    arch = truth.arch
    h, g = ([[number(v, arch.p) for v in layer] for layer in claim["evidence"][key]] for key in "hg")
    if [len(x) for x in h] != arch.sizes or [len(x) for x in g] != arch.sizes:
        yield "the witness has the wrong shape"
        return
    if evaluate(arch.layers, h, arch.p) != evaluate(arch.layers, g, arch.p):
        yield "phi(h) differs from phi(g)"
    if claim["modulo"] == "path-scaling":
        paths = brute.all_paths(arch)
        if brute.tensor(arch, h, paths) == brute.tensor(arch, g, paths):
            yield "h and g have equal path tensors"
    elif not all(any(x) for x in h):
        yield "h has a zero layer"
    elif brute.equivalent(arch, h, g):
        yield "h and g are equivalent"
    if claim["property"] == "at-point" and h != arch.point:
        yield "h is not the point"
    if claim["model"] == "spec" and not (brute.in_models(arch.models, h) and brute.in_models(arch.models, g)):
        yield "the witness is outside the model"


def _dead(truth: Truth, claim: dict) -> Iterator[str]:
    if "layer" not in claim["evidence"]:
        yield "no dead direction is named"
        return
    arch, k = truth.arch, claim["evidence"]["layer"]
    x = [number(v, arch.p) for v in claim["evidence"]["x"]]
    contracted: dict = {}
    for index, column in brute.columns(arch).items():
        rest = (*index[:k], *index[k + 1 :])
        old = contracted.get(rest, [0] * len(column))
        contracted[rest] = [a + x[index[k]] * b for a, b in zip(old, column, strict=True)]
    if not any(x) or any(v for column in contracted.values() for v in column):
        yield "the direction is not dead"
