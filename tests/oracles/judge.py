"""Compare what a certificate claims with the brute-force truth; every disagreement is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from . import brute
from .dense import evaluate, number
from .exact import rank
from .expand import Dense, expand


class Truth:
    """Everything brute force can say about one document, computed when first asked for."""

    def __init__(self, document: dict, limit: int = brute.LIMIT) -> None:
        self.arch: Dense = expand(document)
        self.limit = limit

    @cached_property
    def exhausted(self) -> brute.Exhausted | None:
        return brute.exhaust(self.arch, self.limit)

    @cached_property
    def rank(self) -> int:
        return brute.rank_of_lifting(self.arch)

    @cached_property
    def lifted(self) -> int:
        return brute.lifted_dimension(self.arch)

    @cached_property
    def jacobian_rank(self) -> int:
        return brute.jacobian_rank(self.arch)

    @cached_property
    def jacobian_rank_at_point(self) -> int:
        return rank(brute.jacobian(self.arch, self.arch.point), self.arch.p)

    @cached_property
    def path_max_entry(self) -> int:
        return max(brute.path_counts(self.arch).values())

    @cached_property
    def sigma_min_squared(self) -> int:
        return brute.smallest_singular_value_squared(self.arch)

    @cached_property
    def narrow(self) -> bool:
        """Every hidden level of the network has one node."""
        levels = [level for node, level in self.arch.net.levels.items() if node in set(self.arch.net.hidden)]
        return len(levels) == len(set(levels))

    @cached_property
    def point_inside(self) -> bool:
        """Every layer of h* is nonzero."""
        return all(any(h) for h in self.arch.point)

    def injective(self, modulo: str) -> bool:
        """The lifted map is injective (on the path multi-indices for path-scaling)."""
        total = self.lifted if modulo == "path-scaling" or not self.arch.net else _product(self.arch.sizes)
        return self.rank == total


def _product(values: list) -> int:
    out = 1
    for value in values:
        out *= value
    return out


def disagreements(document: dict, certificate: dict, result: dict | None = None, limit: int = brute.LIMIT) -> list[str]:
    """Every claim of the certificate, and every fact of the result, that brute force contradicts."""
    truth = Truth(document, limit)
    found = list(_spec(truth, certificate["spec"]))
    for claim in certificate["claims"]:
        found += wrong_in(truth, claim)
    if result is not None:
        found += list(_facts(truth, result))
        found += list(_rows(truth, result, certificate))
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
    value = number(claim["value"])
    real = getattr(truth, claim["quantity"])
    if claim["over"] != (f"GF({truth.arch.p})" if truth.arch.p else "QQ"):
        yield f"over {claim['over']}"
    if claim["side"] == "lower" and value > real or claim["side"] == "upper" and value < real:
        yield f"the truth is {real}"


def _verdict(truth: Truth, claim: dict) -> Iterator[str]:
    arch = truth.arch
    fields = {f"GF({arch.p})"} if arch.p else {"CC"} if claim["status"] == "proved" else {"QQ", "RR", "CC"}
    if claim["over"] not in fields:
        yield f"over {claim['over']}"
    if arch.p and claim["property"] not in ("uniform", "at-point"):
        yield "does not exist over a finite field"
    if claim["model"] not in ("full", "zero-edges-allowed", "spec") or claim["model"] == "spec" and not arch.models:
        yield f"model {claim['model']}"
    if claim["property"] in ("uniform", "at-point"):
        yield from _pointwise(truth, claim)
    else:
        yield from _generic(truth, claim)
    if claim["status"] == "refuted" and "h" in claim["evidence"]:
        yield from _witness(truth, claim)
    if claim["statement"] == "8.2b":
        yield from _dead(truth, claim)


def _pointwise(truth: Truth, claim: dict) -> Iterator[str]:
    arch, evidence = truth.arch, claim["evidence"]
    proved, paths = claim["status"] == "proved", claim["modulo"] == "path-scaling"
    in_model = claim["model"] == "spec"
    if claim["property"] == "at-point":
        if not paths and not truth.point_inside:
            yield "the point has a zero layer"
            return
        if in_model and not brute.in_models(arch.models, arch.point):
            yield "the point is outside the model"
            return
    if proved and truth.injective(claim["modulo"]):
        return
    if truth.exhausted is not None and _testable(truth, claim):
        answer = _exhaustive(truth, claim["property"], paths, in_model)
        if arch.p and answer != proved:
            yield f"exhaustion over GF({arch.p}) says {answer}"
        if not arch.p and proved and not answer:
            yield "a collision of small integers exists"
    if not proved and "h" not in evidence:
        yield from _unwitnessed(truth, claim)


def _unwitnessed(truth: Truth, claim: dict) -> Iterator[str]:
    """Refuted without a pair: by dimension (theory 6.2, CC; RR for uniform), or by two colliding path indices."""
    fields = {"uniform": ("CC", "RR"), "at-point": ("CC",)}[claim["property"]]
    if claim["over"] in fields and claim["modulo"] == "scaling" and claim["model"] == "full":
        if truth.jacobian_rank >= brute.dimension(truth.arch):
            yield f"refuted by dimension, but the Jacobian rank is {truth.jacobian_rank}"
    elif not truth.arch.net or truth.path_max_entry < 2 or claim["property"] == "at-point":
        yield "refuted without a witness, and no two path indices collide"
    elif claim["modulo"] == "scaling" and not truth.narrow:
        yield "refuted without a witness on a network with wide hidden levels"


def _testable(truth: Truth, claim: dict) -> bool:
    """Whether the point, if the claim is about it, is among the enumerated ones."""
    if claim["property"] == "uniform" or truth.arch.p:
        return True
    values = {v for h in truth.exhausted.h for v in h.ravel().tolist()}
    return all(v in values for h in truth.arch.point for v in h)


def _exhaustive(truth: Truth, prop: str, paths: bool, in_model: bool) -> bool:
    if prop == "at-point":
        return brute.at_point(truth.exhausted, paths, in_model)
    decide = brute.uniform_paths if paths else brute.uniform_scaling
    return decide(truth.exhausted, in_model)


def _generic(truth: Truth, claim: dict) -> Iterator[str]:
    """generic-finite is proved iff the Jacobian rank is full; generic refuted (so far) needs a deficit."""
    paths = claim["modulo"] == "path-scaling"
    full = brute.path_dimension(truth.arch) if paths else brute.dimension(truth.arch)
    if (truth.jacobian_rank == full) != (claim["status"] == "proved"):
        yield f"Jacobian rank {truth.jacobian_rank}, full would be {full}"
    if claim["property"] == "generic" and claim["status"] == "proved" and not truth.injective(claim["modulo"]):
        yield "generic proved although the kernel is not zero"
    if claim["model"] != "full":
        yield "generic verdicts do not transfer to a model"


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


def _facts(truth: Truth, result: dict) -> Iterator[str]:
    facts, arch = result["facts"], truth.arch
    if number(facts["lifted_dimension"]) != truth.lifted:
        yield f"lifted_dimension {facts['lifted_dimension']}, the truth is {truth.lifted}"
    if result["parameters"] != arch.sizes:
        yield f"parameters {result['parameters']}, the truth is {arch.sizes}"
    if result["shape"] is not None and result["shape"] != _shape(arch):
        yield f"shape {result['shape']}, the truth is {_shape(arch)}"
    quantities = {"rank": "rank", "path_max_entry": "path_max_entry", "sigma_min_squared": "sigma_min_squared"}
    for key in quantities:
        yield from _contains(key, facts[key], lambda key=key: getattr(truth, key))
    yield from _contains("jacobian_rank", facts["jacobian_rank"], lambda: truth.jacobian_rank)
    yield from _contains("kernel_dimension", facts["kernel_dimension"], lambda: truth.lifted - truth.rank)
    if facts["point"] is not None:
        yield from _point(truth, facts["point"])


def _shape(arch: Dense) -> list[int]:
    """Rows and columns of phi(h); a growing signal's rows are those between the extreme path sums."""
    matrix = evaluate(arch.layers, [[0] * s for s in arch.sizes], arch.p)
    rows, cols = len(matrix), len(matrix[0])
    if arch.net and 0 in arch.net.group:
        sums = [x for listed in arch.net.sums.values() for x in listed]
        rows = 1
        for axis, (n, length) in enumerate(zip(arch.net.group, arch.net.signal, strict=True)):
            along = [x[axis] for x in sums]
            rows *= n or max(along) - min(along) + length
    return [rows, cols]


def _point(truth: Truth, fact: dict) -> Iterator[str]:
    if fact["in_h_star"] != truth.point_inside:
        yield f"point in_h_star {fact['in_h_star']}"
    yield from _contains("jacobian_rank at the point", fact["jacobian_rank"], lambda: truth.jacobian_rank_at_point)
    full = truth.jacobian_rank_at_point == brute.dimension(truth.arch)
    if fact["local"] is not None and not (full and truth.point_inside and not truth.arch.p):
        yield f"point local {fact['local']}"


def _contains(key: str, bounds: dict | None, real: object) -> Iterator[str]:
    if bounds is None:
        return
    value = real()
    lower, upper = number(bounds["lower"]), bounds["upper"]
    if value < lower or upper is not None and value > number(upper):
        yield f"{key} in [{lower}, {upper}], the truth is {value}"


def _rows(truth: Truth, result: dict, certificate: dict) -> Iterator[str]:
    """The verdict table says what the claims say, transfers exactly as theory 0.3 allows, no question twice."""
    questions: set = set()
    for row in result["verdicts"]:
        key = tuple(row[k] for k in ("property", "modulo", "model", "over"))
        if key in questions:
            yield f"two rows for {key}"
        questions.add(key)
        if row["status"] == "undecided":
            continue
        claim = next(c for c in certificate["claims"] if c["id"] == row["claim"])
        if any(claim[k] != row[k] for k in ("property", "modulo", "model", "over", "status", "statement")):
            yield f"row {key} differs from claim {claim['id']}"
        allowed = _transfers(row)
        if list(row["also_over"]) != allowed:
            yield f"row {key} transfers to {row['also_over']} instead of {allowed}"


def _transfers(row: dict) -> list[str]:
    if row["over"] == "CC" and row["status"] == "proved":
        return ["RR", "QQ"]
    if row["over"] == "QQ" and row["status"] == "refuted" and row["property"] in ("uniform", "at-point"):
        return ["RR", "CC"]
    return []
