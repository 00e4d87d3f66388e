"""Compare what the result of `certify` tells its readers with the brute-force truth, and with the claims."""

from __future__ import annotations

from collections.abc import Iterator

from . import brute
from .dense import evaluate, number
from .expand import Dense
from .truth import Truth


def wrong_facts(truth: Truth, result: dict) -> Iterator[str]:
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
    for field, bounds in facts["fibre_count"].items():
        yield from (f"fibre_count over {field} {text}" for text in wrong_count(truth, field, bounds))
    if facts["parameter_blocks"] is not None and not same_blocks(facts["parameter_blocks"]["blocks"], truth.blocks):
        yield f"parameter_blocks {facts['parameter_blocks']['blocks']}, the truth is {truth.blocks}"
    if facts["point"] is not None:
        yield from _point(truth, facts["point"])


def wrong_count(truth: Truth, field: str, bounds: dict | None) -> Iterator[str]:
    """Bounds on the number of classes in generic fibres over a field."""
    if bounds is None:
        return
    lower, upper = number(bounds["lower"] or 0), bounds["upper"]
    if truth.arch.p:
        yield "does not exist over a finite field"
        return
    if truth.injective("scaling"):
        sizes = [1]
    elif not truth.narrow:
        return
    elif not truth.finite:
        # Infinitely many over CC and RR; over QQ nothing here counts them.
        if upper is not None and field != "QQ":
            yield f"<= {upper}, but fibres are infinite"
        return
    else:
        sizes = truth.counts(field)
    if any(size < lower or upper is not None and size > number(upper) for size in sizes):
        yield f"in [{lower}, {upper}], some generic fibres have {sizes}"


def same_blocks(written: list, real: list) -> bool:
    """The same partition of the parameters of every layer."""
    return [sorted(map(sorted, blocks)) for blocks in written] == [sorted(map(sorted, blocks)) for blocks in real]


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


def wrong_rows(truth: Truth, result: dict, certificate: dict) -> Iterator[str]:
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
    """Unique among complex points: so among real and rational ones.  A pair is a pair over any larger field.

    Generic properties are about almost all points of one field: only uniqueness over CC says something elsewhere.
    """
    pointwise = row["property"] in ("uniform", "at-point")
    match row["status"], row["over"]:
        case "proved", "CC":
            return ["RR", "QQ"]
        case "proved", "RR" if pointwise:
            return ["QQ"]
        case "refuted", "RR" if pointwise:
            return ["CC"]
        case "refuted", "QQ" if pointwise:
            return ["RR", "CC"]
    return []
