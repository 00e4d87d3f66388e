"""Writes tests/certificates/accept/*.json: small true certificates made by hand, at least one for each rule.

Run `python -m tests.certificates.make_accept` from the repository's root.
"""
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.certificates import estimates, kernels, stability
from tests.checker import build as b
from tests.checker import truth

P, LARGE = 65521, 4194301
Json = dict[str, Any]


def canonical(x: Fraction) -> Any:
    """A small rational in canonical form."""
    return int(x) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"


def chain_evidence(spec: Json, annihilate: bool = False, prime: int | None = None) -> Json:
    """Evidence of 3.1 by plain Fraction elimination: greedy bases, and relations or annihilators."""
    p = truth.characteristic(spec)
    layers = truth.chain_layers(spec)
    m = len(layers[0][0])
    before = [[[Fraction(r == c) for c in range(m)] for r in range(m)]]
    levels, relations, annihilators = [], [], []
    for k, layer in enumerate(layers):
        pairs, vectors, rest = [], [], []
        for i, x in enumerate(before):
            for j, matrix in enumerate(layer):
                image = truth.times(x, matrix)
                flat = {c: v for c, v in enumerate(v for row in image for v in row) if v}
                if truth.rank([*[f for f, _ in vectors], flat], p) > len(vectors):
                    pairs.append([i, j])
                    vectors.append((flat, image))
                else:
                    rest.append((i, j, flat))
        levels.append(pairs)
        n = m * len(layer[0][0])
        if annihilate:
            annihilators.append([k, _kernel([f for f, _ in vectors], n)])
        else:
            relations += [[k, i, j, _solve([f for f, _ in vectors], flat, p)] for i, j, flat in rest]
        before = [image for _, image in vectors]
    return {"levels": levels, "relations": relations, "annihilators": annihilators, "prime": prime}


def _solve(basis: list[dict[int, Any]], target: dict[int, Any], p: int) -> list[list[Any]]:
    """target = sum c_b basis[b]: eliminate the augmented system, one equation a cell."""
    def mod(x: Any) -> Any:
        return x if not p else int(x.numerator * pow(x.denominator, -1, p) % p) if isinstance(x, Fraction) else x % p
    cells = sorted({c for v in [*basis, target] for c in v})
    rows = [[mod(Fraction(v.get(c, 0))) for v in [*basis, target]] for c in cells]
    pivots: list[tuple[int, list[Any]]] = []
    for column in range(len(basis)):
        row = next(r for r in rows if r[column])
        rows.remove(row)
        inverse = pow(row[column], -1, p) if p else 1 / row[column]
        row = [mod(x * inverse) for x in row]
        rows = [[mod(x - r[column] * y) for x, y in zip(r, row, strict=True)] for r in rows]
        pivots = [(c, [mod(x - r[column] * y) for x, y in zip(r, row, strict=True)]) for c, r in pivots]
        pivots.append((column, row))
    return [[c, canonical(Fraction(r[-1]))] for c, r in pivots if r[-1]]


def _kernel(basis: list[dict[int, Any]], n: int) -> list[list[list[Any]]]:
    """Rows that kill the basis, over QQ (cells that no vector reaches are left out)."""
    reached = sorted({c for v in basis for c in v})
    pivots: dict[int, dict[int, Fraction]] = {}
    for v in basis:
        v = {c: Fraction(x) for c, x in v.items()}
        for c, row in pivots.items():
            f = v.get(c, Fraction(0))
            v = {i: v.get(i, Fraction(0)) - f * row.get(i, Fraction(0)) for i in {*v, *row}}
        v = {i: x for i, x in v.items() if x}
        lead = min(v)
        v = {i: x / v[lead] for i, x in v.items()}
        for c, row in pivots.items():
            f = row.get(lead, Fraction(0))
            pivots[c] = {i: row.get(i, Fraction(0)) - f * v.get(i, Fraction(0)) for i in {*row, *v}}
        pivots[lead] = v
    rows = []
    for free in reached:
        if free not in pivots:
            terms = {free: Fraction(1), **{c: -row.get(free, Fraction(0)) for c, row in pivots.items()}}
            rows.append([[c, canonical(x)] for c, x in sorted(terms.items()) if x])
    return rows


def lifting_by_columns() -> Json:
    """Two layers with prod S_k = rank: everything about a zero kernel."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0, 0], [0, 0, 1, 0]], [[0, 1, 0, 0], [0, 0, 0, 1]]),
                   model=[{"layer": 0, "supports": [[0], [0, 1]]}, {"layer": 1, "sparsity": 2}],
                   point=[[1, 2], [3, "1/2"]])
    everything = [[i, j] for i in range(2) for j in range(2)]
    proofs = [b.verdict(prop, "scaling", "proved", "CC", "4.2", {"rank": "c0"}, model)
              for prop, model in (("uniform", "full"), ("generic", "full"), ("generic-finite", "full"),
                                  ("at-point", "full"), ("uniform", "spec"), ("at-point", "spec"))]
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": P, "columns": everything}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "lifted"}), *proofs,
        b.bound("jacobian_rank", "lower", 3, "6.1", {"prime": P, "point": [[1, 5], [7, 9]]}),
        b.bound("jacobian_rank", "upper", 3, "6.1", {"bound": "dimension"}),
        b.verdict("generic-finite", "scaling", "proved", "CC", "6.1", {"jacobian_rank": "c8"}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": P}),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[1, 2], [-3, "-1/2"]]]}),
        notes=[{"property": "stable", "status": "undecided"}])


def diagonal_times_dense() -> Json:
    """diag(2) times a full 2 x 2 layer: rank 4 of 8 columns, every upper bound, not identifiable."""
    spec = b.chain(b.diagonal(2), b.full(2, 2), point=[[1, 1], [1, 1, 1, 1]])
    columns = [[0, 0], [0, 1], [1, 2], [1, 3]]
    witness = {"h": [[1, 1], [1, 1, 1, 1]], "g": [[2, 1], ["1/2", "1/2", 1, 1]]}
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": 2, "columns": columns}),
        b.bound("rank", "lower", 4, "2.7b", {"rows": [0, 1, 2, 3], "columns": columns}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "support"}),
        b.bound("rank", "upper", 8, "2.4", {"bound": "lifted"}),
        b.bound("rank", "upper", 8, "2.4", {"bound": "cut", "cut": 1}),
        b.bound("rank", "upper", 4, "2.7a", {"cover_rows": [0, 1, 2, 3], "cover_columns": []}),
        b.bound("rank", "upper", 4, "2.7a", {"cover_rows": [2, 3], "cover_columns": [[0, 0], [0, 1]]}),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec, True, P)),
        b.bound("rank", "upper", 4, "2.6", {"primes": [101]}),
        b.bound("jacobian_rank", "upper", 4, "6.2", {"rank": "c2"}),
        b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("generic-finite", "scaling", "refuted", "RR", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", witness),
        b.verdict("at-point", "scaling", "refuted", "QQ", "8.1", witness),
        b.verdict("uniform", "scaling", "refuted", "RR", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("at-point", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c11"}))


def toeplitz_relations() -> Json:
    """Toeplitz times Toeplitz with fixed layers around: relations that are not trivial, rational numbers, samples."""
    spec = b.chain(b.fixed([["1/2", 0], [0, 3]]), b.layer("toeplitz", rows=2, cols=2, diagonals=None),
                   b.fixed([[1, "1/3"], [0, -1]]), b.layer("hankel", rows=2, cols=2), b.fixed([[1, 1], [0, "2/5"]]))
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": LARGE, "samples": {"seed": 3, "count": 6}}),
        b.bound("rank", "lower", 4, "2.3", {"prime": LARGE, "grid": {"seed": 3, "cut": 1, "left": 2, "right": 3}}),
        b.bound("rank", "lower", 3, "2.3", {"prime": LARGE, "points": [[[1, 2, 3], [4, 5, 6]], [[1, 0, 0], [0, 1, 1]],
                                                                       [[0, 1, 5], [1, 0, 7]]]}),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec, True, LARGE)),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": LARGE, "point": {"seed": 1, "index": 2}}), seed=3)


def full_then_tied() -> Json:
    """A span that fills its cells, then one that does not; and a bound by reachable cells alone."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 1], [0, 0]], [[0, 0], [1, 1]]))
    tied = {"levels": [None, [[0, 0]]], "relations": [], "prime": P, "annihilators": [[1, [[[0, 1], [1, -1]]]]]}
    related = {"levels": [None, [[1, 1]]], "prime": None, "annihilators": [],
               "relations": [[1, 0, 0, [[0, 1]]], [1, 0, 1, []], [1, 1, 0, []]]}
    full = {"levels": [None, None], "relations": [], "annihilators": [], "prime": None}
    return b.certificate(spec, b.bound("rank", "upper", 1, "3.1", tied), b.bound("rank", "upper", 1, "3.1", related),
                         b.bound("rank", "upper", 2, "3.1", full))


def cyclic_layers() -> Json:
    """Circulant layers on Z/4 and on Z/2 x Z/2: as many reachable cells in the first row."""
    ring = b.chain(*[b.layer("circulant", size=[4], support=[[0], [1]]) for _ in range(2)])
    return b.certificate(ring, b.bound("rank", "upper", 3, "2.4", {"bound": "cyclic", "group": [4]}),
                         b.bound("rank", "lower", 3, "2.3", {"prime": P, "samples": {"seed": 1, "count": 5}}))


def cyclic_plane() -> Json:
    """The same with two generators."""
    plane = b.chain(b.layer("circulant", size=[2, 2], support=[[0, 0], [1, 1]]),
                    b.layer("circulant", size=[2, 2], support=[[0, 0], [-1, 1]]))
    return b.certificate(plane, b.bound("rank", "upper", 2, "2.4", {"bound": "cyclic", "group": [2, 2]}))


def narrow_relations() -> Json:
    """A layer of equal and dependent matrices: rank 2 of 6 columns, with relations that have coefficients."""
    spec = b.chain(b.basis([[1, 2]], [[2, 4]], [["1/2", 1]]), b.basis([[1, 0], [0, 1]], [[0, 1], [1, 0]]))
    return b.certificate(
        spec, b.bound("rank", "upper", 2, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 2, "3.1", chain_evidence(spec, True, P)),
        b.bound("rank", "upper", 2, "2.6", {"primes": [4194301, 4194319]}),
        b.bound("rank", "lower", 2, "2.3", {"prime": P, "columns": [[0, 0], [0, 1]]}),
        b.bound("jacobian_rank", "upper", 2, "8.2b", {"bound": "live", "dead": [[0, [2, -1, 0]], [0, [1, 0, -2]]]}),
        b.bound("jacobian_rank", "lower", 2, "6.1", {"prime": P, "point": {"seed": 0, "index": 0}}),
        b.verdict("generic", "scaling", "refuted", "QQ", "8.2b", {"layer": 0, "x": [2, -1, 0]}),
        b.verdict("generic-finite", "scaling", "refuted", "RR", "8.2b", {"layer": 0, "x": ["1/2", 0, -1]}))


def two_sides() -> Json:
    """The same rank by chains that meet at a cut, and by one from the right."""
    spec = b.chain(b.basis([[1, 2]], [[2, 4]], [["1/2", 1]]), b.basis([[1, 0], [0, 1]], [[0, 1], [1, 0]]))
    nothing = {"relations": [], "annihilators": [], "prime": None}
    lines = [[0, 0, 1, [[0, 2]]], [0, 0, 2, [[0, "1/2"]]]]
    meeting = {"cut": 1, "left": {**nothing, "levels": [[[0, 0]], [[0, 0], [0, 1]]], "relations": lines},
               "right": {**nothing, "levels": [[[0, 0], [0, 1]]]}}
    columns = [[1, b_, j, [[b_, c]]] for b_ in (0, 1) for j, c in ((1, 2), (2, "1/2"))]
    turned = {"cut": 0, "left": {**nothing, "levels": [[[0, 0], [0, 1]]]},
              "right": {**nothing, "levels": [[[0, 0], [0, 1]], [[0, 0], [1, 0]]], "relations": columns}}
    cells = {"cut": 1, "left": {**nothing, "levels": [None, None]}, "right": {**nothing, "levels": [None]}}
    return b.certificate(spec, b.bound("rank", "upper", 2, "3.1", meeting), b.bound("rank", "upper", 2, "3.1", turned),
                         b.bound("rank", "upper", 2, "3.1", cells))


def two_components() -> Json:
    """Layers that fall into two components, of ranks 2 and 1; two samples are enough for both."""
    spec = b.chain(b.diagonal(2), b.entries(2, 3, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 2, 2, 1]))
    nothing = {"relations": [], "annihilators": [], "prime": None}
    parts = [{**nothing, "levels": [[[0, 0]], [[0, 0], [0, 1]]]},
             {"cut": 1, "left": {**nothing, "levels": [None, None]}, "right": {**nothing, "levels": [[[0, 0]]]}}]
    samples = {"seed": 0, "count": 2}
    return b.certificate(spec, b.bound("rank", "upper", 3, "3.1", {"parts": parts}),
                         b.bound("rank", "lower", 3, "2.3", {"prime": P, "samples": samples, "split": True}),
                         b.bound("rank", "lower", 2, "2.3", {"prime": P, "samples": samples}))


def dead_by_support() -> Json:
    """A parameter that no path uses, and one that cancels against a fixed layer."""
    spec = b.chain(b.entries(2, 2, 3, [0, 0, 0, 1], [1, 1, 1, 1], [0, 1, 2, 1]), b.fixed([[1, 0], [0, 0]]),
                   b.entries(2, 1, 2, [0, 0, 0, 1], [1, 0, 1, 1]))
    return b.certificate(
        spec, b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 0, "x": [0, 1, -1]}),
        b.verdict("generic-finite", "scaling", "refuted", "QQ", "8.2b", {"layer": 1, "x": [0, 5]}),
        b.bound("jacobian_rank", "upper", 1, "8.2b",
                {"bound": "live", "dead": [[0, [0, 1, 0]], [0, [0, 0, 1]], [1, [0, 1]]]}),
        b.bound("rank", "upper", 1, "2.4", {"bound": "support"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", {"h": [[1, 0, 0], [1, 0]], "g": [[1, 1, 0], [1, 0]]}))


def dead_by_cancellation() -> Json:
    """x is dead only because prefixes span a line: exact spans are needed."""
    spec = b.chain(b.basis([[1, 1]], [[2, 2]]), b.basis([[1, 0], [0, 0]], [[0, 0], [1, 0]], [[0, 1], [0, 0]]),
                   b.basis([[1], [3]], [[2], [6]]))
    return b.certificate(
        spec, b.verdict("generic", "scaling", "refuted", "RR", "8.2b", {"layer": 1, "x": [1, -1, 0]}),
        b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 1, "x": [3, 0, -1]}),
        b.bound("jacobian_rank", "upper", 1, "8.2b",
                {"bound": "live", "dead": [[1, [1, -1, 0]], [1, [3, 0, -1]], [0, [2, -1]], [2, [2, -1]]]}),
        b.bound("jacobian_rank", "lower", 1, "6.1", {"prime": 7, "point": [[1, 1], [1, 0, 0], [1, 0]]}))


def narrow_layer() -> Json:
    """full 3 x 2 times full 2 x 3: the matrices of rank 2."""
    spec = b.chain(b.full(3, 2), b.full(2, 3))
    return b.certificate(
        spec, b.bound("jacobian_rank", "upper", 8, "6.2", {"bound": "narrow", "layer": 1}),
        b.bound("jacobian_rank", "lower", 8, "6.1", {"prime": LARGE, "point": {"seed": 0, "index": 1}}),
        b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c0"}),
        b.bound("rank", "lower", 9, "2.3", {"prime": LARGE, "samples": {"seed": 9, "count": 12}}))


def finite_field(p: int = 5) -> Json:
    """A chain over GF(5): uniform and at-point only."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0, 0], [0, 0, 4, 0]], [[0, 2, 0, 0], [0, 0, 0, 3]]), field="GF(5)",
                   point=[[1, 0], [0, 4]])
    field = "GF(5)"
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": 5, "columns": [[0, 0], [0, 1], [1, 0], [1, 1]]}, field),
        b.bound("rank", "upper", 4, "2.6", {"primes": [5]}, field),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec), field),
        b.verdict("uniform", "scaling", "proved", field, "4.2", {"rank": "c0"}),
        b.verdict("at-point", "scaling", "proved", field, "4.2", {"rank": "c0"}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": 5}, field),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[2, 0], [0, 2]]]}, field))


def finite_field_two() -> Json:
    """Over GF(2), where a rank drops: rank 1, refuted there."""
    spec = b.chain(b.basis([[1, 1]], [[1, 0]]), b.basis([[1], [1]], [[0], [1]]), field="GF(2)")
    return b.certificate(
        spec, b.bound("rank", "upper", 1, "2.4", {"bound": "ambient"}, "GF(2)"),
        b.bound("rank", "lower", 1, "2.3", {"prime": 2, "columns": [[0, 0], [0, 1]]}, "GF(2)"),
        b.verdict("uniform", "scaling", "refuted", "GF(2)", "8.1", {"h": [[1, 0], [1, 0]], "g": [[0, 0], [1, 0]]}))


def dilated_chain() -> Json:
    """A WaveNet chain: taps 2, dilations 1, 2, 4 over Z/16; 0/1 by table, mixed radix and superincreasing."""
    spec = b.line([16], [0, 1], [0, 1], [0, 1], dilations=[1, 2, 4], point=[[1, 2], [3, 4], [0, 1]])
    radix = {"method": "mixed-radix", "order": [0, 1, 2], "moduli": [[1], [2], [4], [8]]}
    growing = {"method": "superincreasing", "order": [0, 1, 2]}
    table = {"method": "table"}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", table),
        b.bound("path_max_entry", "lower", 1, "10.1", table),
        b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.bound("path_max_entry", "upper", 1, "10.3a", growing),
        b.bound("rank", "lower", 8, "10.1", table), b.bound("rank", "upper", 8, "10.1", {"zero_one": "c2"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", table),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", growing),
        b.verdict("generic", "path-scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.1", {"uniform": "c7"}),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.1", {"uniform": "c8"}),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("generic-finite", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.verdict("at-point", "scaling", "proved", "CC", "10.1", {"uniform": "c6"}),
        b.bound("sigma_min_squared", "lower", 16, "10.4", {"nu": 16, "multiplicities": [[1, 8]]}),
        b.bound("sigma_min_squared", "upper", 16, "10.4", {"nu": 16, "zero_one": "c0"}),
        b.bound("rank", "lower", 8, "2.3", {"prime": P, "samples": {"seed": 0, "count": 9}}),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": P, "point": {"seed": 0, "index": 0}}))


def doubling_collision() -> Json:
    """Three taps with doubling dilations over Z: a collision, and more paths than places."""
    spec = b.line([0], [0, 1, 2], [0, 1, 2], dilations=[1, 2], signal=[10])
    paths = [[["e0", 2], ["e1", 0]], [["e0", 0], ["e1", 1]]]
    hole = {"method": "pigeonhole", "leaf": "v2"}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", {"leaf": "v2", "paths": paths},
                        "zero-edges-allowed"),
        b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", hole, "zero-edges-allowed"),
        b.verdict("uniform", "scaling", "refuted", "QQ", "10.1", hole),
        b.bound("path_max_entry", "lower", 2, "10.3b", hole), b.bound("path_max_entry", "upper", 2, "10.1",
                                                                      {"method": "table"}),
        b.bound("sigma_min_squared", "lower", 10, "10.4", {"nu": 10, "multiplicities": [[1, 5], [2, 2]]}),
        b.bound("rank", "upper", 7, "10.1", {"method": "table"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1",
                  {"h": [[0, 0, 1], [1, 0, 0]], "g": [[1, 0, 0], [0, 1, 0]]}))


def long_chain() -> Json:
    """Twenty layers of five taps over Z/5^20 and more paths than positions over Z/(5^20 - 1), nothing enumerated."""
    spec = b.line([5 ** 20], *[[0, 1, 2, 3, 4]] * 20, dilations=[5 ** k for k in range(20)])
    radix = {"method": "mixed-radix", "order": list(range(20)), "moduli": [[5 ** k] for k in range(21)]}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.bound("rank", "lower", 5 ** 20, "10.1", {"zero_one": "c0"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c2"}),
        b.bound("sigma_min_squared", "upper", 5 ** 20, "10.4", {"nu": 5 ** 20, "zero_one": "c0"}),
        b.bound("jacobian_rank", "lower", 81, "6.1", {"prime": LARGE, "point": [[1, 0, 0, 0, 0]] * 20}),
        b.bound("jacobian_rank", "upper", 81, "6.1", {"bound": "dimension"}))


def crowded_chain() -> Json:
    """Twenty layers of five taps over Z/(5^20 - 1): one place too few."""
    spec = b.line([5 ** 20 - 1], *[[0, 1, 2, 3, 4]] * 20, dilations=[5 ** k for k in range(20)])
    hole = {"method": "pigeonhole", "leaf": "v20"}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "refuted", "QQ", "10.1", hole, "zero-edges-allowed"),
        b.verdict("uniform", "scaling", "refuted", "QQ", "10.1", hole),
        b.bound("path_max_entry", "lower", 2, "10.3b", hole))


def haar_tree() -> Json:
    """A packet tree with strides over Z/8: two hidden nodes, four leaves, strides 2."""
    edges = [b.edge("a", "u", "out", [0, 1]), b.edge("b", "v", "out", [2, 3]), b.edge("c", "w", "u", [0, 1]),
             b.edge("d", "x", "u", [0, 1]), b.edge("e", "y", "v", [0, 1])]
    spec = b.network([8], edges, 2, strides=[2, 2], point=[[1, 1, 0, 0], [1, 1, 1, 1, 0, 0]])
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.1", {"method": "table"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"method": "table"}),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.1", {"uniform": "c1"}),
        b.verdict("generic", "scaling", "refuted", "QQ", "10.2", {"node": "u"}),
        b.verdict("generic-finite", "scaling", "refuted", "CC", "10.2", {"node": "v"}),
        b.bound("jacobian_rank", "upper", 8, "10.6", {"bound": "dimension"}),
        b.bound("jacobian_rank", "lower", 8, "6.1", {"prime": P, "point": {"seed": 4, "index": 0}}),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.6", {"jacobian_rank": "c6"}),
        b.bound("sigma_min_squared", "lower", 2, "10.4", {"nu": 2, "zero_one": "c0"}),
        b.bound("rank", "upper", 12, "10.1", {"zero_one": "c0"}),
        b.bound("rank", "upper", 24, "2.4", {"bound": "lifted"}))


def sparse_model() -> Json:
    """A chain with a sparsity model: what holds for all parameters holds for the model."""
    spec = {**b.line([16], [0, 1], [0, 2]), "model": [{"edge": "e0", "sparsity": 1}]}
    return b.certificate(
        spec, b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"method": "table"}),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"uniform": "c0"}, "spec"),
        b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c0"}, "spec"))


def parallel_edges() -> Json:
    """Two parallel edges with a common tap: a dead direction, a witness at a point, all in a network over Z/5."""
    edges = [b.edge("a", "u", "out", [0, 1]), b.edge("b", "u", "out", [1, 2]), b.edge("c", "x", "u", [0])]
    spec = b.network([5], edges, 2, point=[[1, 1, 0, 0], [1]])
    pair = {"h": [[1, 1, 0, 0], [1]], "g": [[1, 0, 1, 0], [1]]}
    return b.certificate(
        spec, b.verdict("at-point", "path-scaling", "refuted", "QQ", "8.1", pair),
        b.verdict("at-point", "scaling", "refuted", "QQ", "8.1", pair),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", pair, "zero-edges-allowed"),
        b.verdict("generic", "scaling", "refuted", "CC", "8.2b", {"layer": 0, "x": [0, 1, -1, 0]}),
        b.bound("jacobian_rank", "upper", 3, "8.2b", {"bound": "live", "dead": [[0, [0, 1, -1, 0]]]}),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[0, 1, -1, 0], [0]], [[1, 1, 0, 0], [-1]]]}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": P}),
        b.bound("rank", "lower", 3, "2.3", {"prime": 3, "columns": [[0, 0], [1, 0], [3, 0]]}))


def plane_network() -> Json:
    """A 2-D network over Z/4 x Z without a signal: mixed radix in two coordinates."""
    spec = b.line([4, 0], [[0, 0], [1, 0]], [[0, 0], [2, 0], [0, 1], [2, 1]])
    radix = {"method": "mixed-radix", "order": [0, 1], "moduli": [[1, 1], [2, 1], [4, 2]]}
    return b.certificate(
        spec, b.bound("path_max_entry", "upper", 1, "10.3a", radix),
        b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", radix),
        b.bound("rank", "lower", 8, "10.1", {"method": "table"}),
        b.bound("path_max_entry", "lower", 1, "10.3b", {"method": "pigeonhole", "leaf": "v2"}))


def families() -> Json:
    """One chain through the other families, rank by derived samples, bounds by supports."""
    spec = b.chain(
        b.layer("butterfly", size=4, level=1), b.layer("circulant", size=[2, 2], support=[[0, 0], [1, -1]]),
        b.layer("kronecker", left=2, right=1, of=b.layer("toeplitz", rows=2, cols=2, diagonals=[0, -1])),
        b.layer("block_diagonal", blocks=[b.diagonal(2), b.full(2, 1)]),
        b.layer("convolution", length=[3], kernel=[2], in_channels=1, out_channels=1, stride=1, dilation=1,
                padding="full"), title="families: \\input{x} $ % <script>")
    spec["layer"][-1] = b.layer("convolution", length=[2], kernel=[2], in_channels=1, out_channels=1, stride=1,
                                dilation=1, padding="full")
    return b.certificate(spec, b.bound("rank", "upper", 8, "2.4", {"bound": "ambient"}))


def selector(width: int, size: int) -> Json:
    """A row of length `width` becomes its products with `size` parameters, side by side (theory 2.1')."""
    return b.entries(width, width * size, size, *([r, r * size + j, j, 1] for r in range(width) for j in range(size)))


def torsor(statement: str, divisors: list[int], at: str, exact: bool = True) -> list[Json]:
    """All verdicts and counts over QQ, RR and CC for f = 0."""
    link, claims = {"jacobian_rank": at}, []
    for over in ("CC", "RR", "QQ"):
        count = 1
        for d in divisors:
            count *= d if over == "CC" else 2 - d % 2
        claims += [b.bound("fibre_count", side, count, statement, link, over)
                   for side in (("lower", "upper") if exact else ("upper",))]
        status = "proved" if count == 1 else "refuted"
        if exact or count == 1:
            claims.append(b.verdict("generic", "scaling", status, over, statement, link))
        if exact and count > 1:
            claims.append(b.verdict("uniform", "scaling", status, over, statement, link))
    return [*claims, b.verdict("generic-finite", "scaling", "proved", "CC", statement, link)]


def three_roots() -> Json:
    """diag circ diag of size 3: every entry is one monomial, L_0/L = Z/3."""
    spec = b.chain(b.diagonal(3), b.layer("circulant", size=[3], support=[[0], [1], [2]]), b.diagonal(3),
                   point=[[1, 2, 3], ["1/2", -1, 4], [1, 1, 5]])
    points = [b.verdict("at-point", "scaling", "refuted" if over == "CC" else "proved", over, "9.1",
                        {"jacobian_rank": "c0"}) for over in ("CC", "RR")]
    return b.certificate(spec, b.bound("jacobian_rank", "upper", 7, "9.1", {
        "paths": "unique", "free": 0, "divisors": [3]}), *torsor("9.1", [3], "c0"), *points)


def signs_over_three_elements() -> Json:
    """The monomials 000, 110, 101, 011 over GF(3): two classes."""
    last = b.entries(4, 4, 2, [0, 0, 0, 1], [3, 1, 0, 1], [2, 2, 1, 2], [1, 3, 1, 1])
    spec = b.chain(b.full(1, 2), selector(2, 2), last, field="GF(3)", point=[[1, 2], [2, 2], [1, 1]])
    return b.certificate(spec, b.verdict("at-point", "scaling", "refuted", "GF(3)", "9.1", {
        "paths": "unique", "free": 0, "divisors": [2]}))


def mixed_columns() -> Json:
    """Three independent columns that overlap, of four: the rank shows their independence."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0], [0, 0, 0]], [[1, 1, 0], [0, 1, 1]]), point=[[1, 2], [1, 3]])
    rank = b.bound("rank", "lower", 3, "2.3", {"prime": P, "columns": [[0, 0], [0, 1], [1, 1]]})
    return b.certificate(
        spec, rank, b.bound("jacobian_rank", "upper", 3, "9.1", {"rank": "c0", "free": 0, "divisors": []}),
        *torsor("9.1", [], "c1"), b.verdict("at-point", "scaling", "proved", "CC", "9.1", {"jacobian_rank": "c1"}))


def triangular_factors() -> Json:
    """Lower times upper triangular 2 x 2: determined up to a diagonal matrix, in two steps."""
    spec = b.chain(b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 1], [1, 1, 2, 1]),
                   b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 2, 1]))
    link = {"jacobian_rank": "c0"}
    orbit = {**link, "dimension": 1}
    refuted = [b.verdict(prop, "scaling", "refuted", over, "7.8", link)
               for prop in ("uniform", "generic", "generic-finite") for over in ("QQ", "RR", "CC")]
    return b.certificate(
        spec, b.bound("jacobian_rank", "upper", 4, "7.8", {
            "prime": P, "point": [[1, 2, 3], [4, 5, 6]], "steps": [[0, 1, 2], [0, 3]], "exact": True, "free": 1,
            "divisors": []}), *refuted, b.verdict("generic-finite", "torus", "proved", "CC", "7.8", orbit),
        b.verdict("generic", "torus", "proved", "CC", "7.8", orbit))


def index_three() -> Json:
    """The monomials 0001, 0010, 0100, 1000, 1111 and a sum of two others: a lattice of index 3 that is not all of L."""
    last = b.entries(8, 6, 2, [0, 0, 1, 1], [1, 1, 0, 1], [2, 2, 0, 1], [4, 3, 0, 1], [7, 4, 1, 1],
                     [0, 5, 0, 1], [6, 5, 0, 2])
    spec = b.chain(b.full(1, 2), selector(2, 2), selector(4, 2), last)
    return b.certificate(spec, b.bound("jacobian_rank", "upper", 5, "7.8", {
        "prime": P, "point": [[1, 2], [3, 4], [5, 6], [7, 8]], "steps": [[0, 1, 2, 3, 4]], "exact": False, "free": 0,
        "divisors": [3]}), *torsor("7.8", [3], "c0", exact=False))


def dense_gauge() -> Json:
    """Two full 2 x 2 layers: any invertible matrix and its inverse fit between them."""
    shapes = [[[0, 1], [0, 0]], [[0, 0], [1, 0]], [[1, 0], [0, -1]]]
    gauge = []
    for z in shapes:
        d = [[0, 2 * r + e, 2 * r + c, z[c][e]] for r in range(2) for c in range(2) for e in range(2) if z[c][e]]
        d += [[1, 2 * e + c, 2 * r + c, -z[e][r]] for r in range(2) for c in range(2) for e in range(2) if z[e][r]]
        gauge.append({"D": d, "Z": [[1, r, c, z[r][c]] for r in range(2) for c in range(2) if z[r][c]]})
    point = [[1, 2, 3, 5], [7, 1, 4, 9]]
    both = {"gauge": "c0", "jacobian_rank": "c1"}
    return b.certificate(
        b.chain(b.full(2, 2), b.full(2, 2)),
        b.bound("jacobian_rank", "upper", 4, "6.3", {"fields": gauge, "prime": P, "point": point}),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": P, "point": point}),
        *(b.verdict(prop, "scaling", "refuted", over, "6.4", {"gauge": "c0"})
          for prop in ("uniform", "generic", "generic-finite") for over in ("QQ", "RR", "CC")),
        b.verdict("generic-finite", "gauge", "proved", "CC", "6.3", {**both, "dimension": 3}),
        b.verdict("ratios", "scaling", "proved", "CC", "6.5", {**both, "blocks": [[[j] for j in range(4)]] * 2}))


def commuting_layers() -> Json:
    """Two circulants of size 3 with two taps: they can be exchanged."""
    one = [[i, i, 1] for i in range(2)]
    circulant = b.layer("circulant", size=[3], support=[[0], [1]])
    return b.certificate(
        b.chain(circulant, circulant),
        *(b.verdict("generic", "scaling", "refuted", over, "8.2c", {"layers": [0, 1], "C": one, "D": one})
          for over in ("QQ", "RR", "CC")),
        *({**b.bound("fibre_count", "lower", 2, "8.2c", {"generic": f"c{i}"}), "over": over}
          for i, over in enumerate(("QQ", "RR", "CC"))))


def turned_layers() -> Json:
    """A row times a column: both are permuted together."""
    turn = [[0, 1, 1], [1, 2, 1], [2, 0, 1]]
    back = [[c, r, v] for r, c, v in turn]
    evidence = {"C": [[0, back], [1, back]], "Z": [[1, turn]]}
    return b.certificate(
        b.chain(b.full(1, 3), b.full(3, 1)), b.verdict("generic", "scaling", "refuted", "QQ", "8.2f", evidence),
        {**b.bound("fibre_count", "lower", 3, "8.2f", {"generic": "c0"}), "over": "QQ"})


def four_point_butterfly() -> Json:
    """A butterfly of size 4: one path from each input to each output, four hidden nodes less one scaling."""
    return b.certificate(
        b.chain(b.layer("butterfly", size=4, level=0), b.layer("butterfly", size=4, level=1)),
        b.bound("jacobian_rank", "lower", 12, "6.1", {"prime": LARGE, "point": {"seed": 0, "index": 0}}),
        b.verdict("generic-finite", "torus", "proved", "CC", "9.3a", {"jacobian_rank": "c0", "dimension": 3}),
        b.verdict("generic-finite", "torus", "proved", "CC", "9.3b", {"dimension": 3}),
        b.verdict("generic", "torus", "proved", "CC", "9.3b", {"dimension": 3}))


def triangular_layers() -> Json:
    """Lower times upper triangular, 2 x 2, then a diagonal between them: peeled at one cut, and at two."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, -1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, "1/2"], [1, 1, 2, 3])
    trees = [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]
    evidence = {"dimension": 1, "cuts": [{"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": trees}]}
    return b.certificate(
        b.chain(lower, upper),
        *(b.verdict(prop, "torus", "proved", "CC", statement, evidence)
          for prop in ("generic", "generic-finite") for statement in ("9.4", "9.5")))


def triangles_and_diagonal() -> Json:
    """Lower triangular, diagonal, upper triangular, 2 x 2: peeled at two cuts."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, -1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, "1/2"], [1, 1, 2, 3])
    outer = {"layers": [0, 2], "cut": 0, "order": [0, 1], "trees": [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]}
    inner = {"layers": [1, 2], "cut": 1, "order": [0, 1], "trees": [[[0, 0], [0, 1]], [[1, 1]]]}
    return b.certificate(
        b.chain(lower, b.diagonal(2), upper),
        b.verdict("generic", "torus", "proved", "CC", "9.5", {"dimension": 2, "cuts": [outer, inner]}))


def nodes_at_a_point() -> Json:
    """Lower, upper triangular and diagonal, 2 x 2, at a point: cut before the diagonal, then between the triangles."""
    lower = b.entries(2, 2, 3, [0, 0, 0, 1], [1, 0, 1, 1], [1, 1, 2, 1])
    upper = b.entries(2, 2, 3, [0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 2, 1])
    outer = {"layers": [0, 2], "cut": 1, "order": [0, 1], "trees": [[[0, 0], [1, 0]], [[0, 1], [1, 1]]]}
    inner = {"layers": [0, 1], "cut": 0, "order": [0, 1], "trees": [[[0, 0], [0, 1], [1, 0]], [[1, 1]]]}
    return b.certificate(
        b.chain(lower, upper, b.diagonal(2), point=[[1, 1, "1/2"], [1, 3, 1], [1, 2]]),
        b.verdict("at-point", "torus", "proved", "CC", "9.5", {"dimension": 2, "cuts": [outer, inner]}))


def triangles_at_a_point() -> Json:
    """Lower times upper triangular, over three elements."""
    made = triangular_layers()
    lower, upper = (b.entries(2, 2, 3, *cells) for cells in (
        ([0, 0, 0, 1], [1, 0, 1, 2], [1, 1, 2, 2]), ([0, 0, 0, 1], [0, 1, 1, 2], [1, 1, 2, 1])))
    return b.certificate(
        b.chain(lower, upper, field="GF(3)", point=[[1, 2, 1], [1, 2, 2]]),
        b.verdict("at-point", "torus", "proved", "GF(3)", "9.4", made["claims"][0]["evidence"]))


def butterfly_at_a_point() -> Json:
    """A butterfly of size 4 at a point without zeros."""
    return b.certificate(
        b.chain(b.layer("butterfly", size=4, level=0), b.layer("butterfly", size=4, level=1),
                point=[[1, 2, 3, -4, 5, 6, 7, 8], [1, 1, "1/2", 1, -1, 1, 1, 1]]),
        b.verdict("at-point", "torus", "proved", "CC", "9.3b", {"dimension": 3}))


def line_and_cubic() -> Json:
    """A network whose two edges are a line and a cubic over Z/16, where nothing wraps around."""
    spec = b.line([16], [0, 1], [0, 1, 2, 3], point=[[1, 1], [1, 0, 0, 2]])
    count = {"fibre_count": "c0"}
    factors = {**count, "factors": [[[[0], 1], [[1], 1]], [[[0], 1], [[3], 2]]], "exponents": [[1, 0], [0, 1]],
               "proofs": [None, {"prime": 7, "factors": [[4, 0, 0, 1]]}]}
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 4, "10.5", {"shifts": [[[0], [1]], [[0], [1], [2], [3]]]}, "CC"),
        b.bound("fibre_count", "lower", 4, "10.5", count, "CC"),
        b.bound("fibre_count", "lower", 2, "10.5", count, "RR"),
        b.bound("fibre_count", "upper", 4, "10.5", count, "QQ"),
        b.verdict("generic", "scaling", "refuted", "CC", "10.5", count),
        b.verdict("generic", "path-scaling", "refuted", "RR", "10.5", count),
        b.verdict("hilbert-generic", "scaling", "proved", "QQ", "10.5", count),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.5a", count),
        b.verdict("at-point", "scaling", "proved", "QQ", "10.5p", factors),
        b.verdict("at-point", "path-scaling", "refuted", "RR", "10.5r", count))


def dilated_layers() -> Json:
    """Layers of dilations 1 and 2, identifiable for generic points; at h* both are powers of one linear form."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "padding": "valid"}
    spec = b.chain(b.layer("convolution", length=[5], kernel=[3], dilation=1, **keys),
                   b.layer("convolution", length=[7], kernel=[2], dilation=2, **keys), point=[[0, 0, 3], [0, 2]])
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 1, "10.5", {"shifts": [[[0], [1], [2]], [[0], [2]]]}, "CC"),
        b.verdict("generic", "scaling", "proved", "CC", "10.5", {"fibre_count": "c0"}),
        b.verdict("at-point", "scaling", "proved", "CC", "10.5r", {"fibre_count": "c0"}))


def triangle_and_segment() -> Json:
    """A triangle and a segment in the plane, irreducible over CC at the point."""
    spec = b.line([0, 0], [[0, 0], [1, 0], [0, 1]], [[0, 0], [1, 0]], point=[[1, 1, 1], [1, 2]])
    factors = [[[[0, 0], 1], [[0, 1], 1], [[1, 0], 1]], [[[0, 0], 1], [[1, 0], 2]]]
    shifts = [[[0, 0], [1, 0], [0, 1]], [[0, 0], [1, 0]]]
    proofs = [{"prime": 5, "axis": 0, "values": [1, 1], "point": [1, 3]}, None]
    evidence = {"fibre_count": "c0", "factors": factors, "exponents": [[1, 0], [0, 1]], "proofs": proofs}
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 1, "10.5", {"shifts": shifts}, "CC"),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.5p", evidence))


def line_without_a_layer() -> Json:
    """A point with a zero edge: one class modulo path-scaling."""
    spec = b.line([0], [0, 1], [0, 1, 2], point=[[0, 0], [1, 0, 2]])
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 3, "10.5", {"shifts": [[[7], [8]], [[0], [1], [2]]]}, "CC"),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.5a", {"fibre_count": "c0"}))


def rank_one_matrices() -> Json:
    """Columns times rows: relations, tangents and one reduced point determine generic h, and h*."""
    spec = b.chain(b.full(2, 1), b.full(1, 2), point=[[1, "1/2"], [3, 0]])
    relations = [[[[0, 1, 1], [2, 0, -1]]], [[[0, 1, 1], [1, 0, -1]]]]
    point = [[1, 2], [3, 5]]
    at = {"prime": P, "point": point}
    return b.certificate(
        spec, b.verdict("generic", "scaling", "proved", "CC", "7.2", {**at, "relations": relations}),
        b.verdict("at-point", "scaling", "proved", "CC", "7.2", {"prime": P, "relations": relations}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7", {**at, "annihilators": 1, "layer": 0}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7", {**at, "annihilators": 1, "layer": None}),
        b.verdict("generic", "scaling", "proved", "CC", "7.7",
                  {**at, "annihilators": 0, "layer": 1, "known": [[0, relations[0]]]}),
        b.verdict("generic", "scaling", "proved", "CC", "7.3", {**at, "degree": 1}),
        b.verdict("at-point", "scaling", "proved", "CC", "7.3", {"prime": P, "degree": 2}),
        b.bound("fibre_count", "upper", 1, "7.3", {**at, "degree": 1}, "CC"),
        b.verdict("generic", "scaling", "proved", "CC", "7.3", {**at, "degree": 2, "relations": relations}))


def two_linear_factors() -> Json:
    """Products of two polynomials of degree one: two classes over CC."""
    spec = b.chain(b.full(1, 2), b.layer("toeplitz", rows=2, cols=3, diagonals=[0, -1]))
    return b.certificate(
        spec, b.bound("rank", "upper", 3, "2.4", {"bound": "ambient"}),
        b.bound("fibre_count", "lower", 2, "7.4", {"rank": "c0", "prime": P, "degree": 2}, "CC"),
        b.bound("fibre_count", "upper", 2, "7.4", {"fibre_count": "c1"}, "CC"),
        b.verdict("generic", "scaling", "refuted", "CC", "7.4", {"fibre_count": "c1"}),
        b.bound("fibre_count", "upper", 2, "7.3", {"prime": P, "point": [[1, 2], [1, 3]], "degree": 2}, "CC"),
        b.verdict("generic", "scaling", "refuted", "CC", "7.1b",
                  {"h": [[1, 2], [1, "1/3"]], "g": [[1, "1/3"], [1, 2]], "rank": "c0", "prime": P}),
        b.bound("fibre_count", "lower", 2, "7.1b", {"generic": "c5"}, "CC"))


def point_over_a_finite_field() -> Json:
    """Over GF(5): relations determine h*."""
    spec = b.chain(b.full(2, 1), b.full(1, 2), field="GF(5)", point=[[1, 4], [3, 0]])
    relations = [[[[0, 1, 1], [2, 0, 4]]], [[[0, 1, 1], [1, 0, 4]]]]
    return b.certificate(spec, b.verdict("at-point", "scaling", "proved", "GF(5)", "7.2",
                                         {"prime": 5, "relations": relations}))


def double_root() -> Json:
    """(1 + x)^2: the square of the ratio of the first layer lies in the ideal, then the second is read off."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    spec = b.chain(b.layer("convolution", length=[2], kernel=[2], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[1, 1], [1, 1]])
    # phi = (x_1 x_3, x_0 x_3 + x_1 x_2, x_0 x_2), y = (1, 2, 1):
    # x_0 x_1 (phi_1 - 2 phi_0) - x_1^2 (phi_2 - phi_0) = (x_1 - x_0)^2 phi_0; then -(phi_1 - 2 phi_0) = x_3 - x_2
    square = {"layer": 0, "pivot": 0, "cell": 0, "exponent": 2, "degree": 1,
              "cofactors": [[1, [[1, [0, 1], 1], [2, [1, 1], -1]]]]}
    line = {"layer": 1, "pivot": 0, "cell": 0, "exponent": 1, "degree": 0, "cofactors": [[1, [[1, [], -1]]]]}
    return b.certificate(spec, b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [square, line]}))


def _quadratic_and_linear(square: int) -> Json:
    """(x^2 - square)(x - 1), written as a quadratic and a linear polynomial, the constants first."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    return b.chain(b.layer("convolution", length=[2], kernel=[3], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[-square, 0, 1], [-1, 1]])


def _other_linear_factors(square: int) -> Json:
    """The competitors (x - 1)(x + t), x - t with t^2 = square, times f' = 2t; u = -g_{1,0} / g_{1,1} = t."""
    numerators = [[[-2 * square], [2 * square, -2], [0, 2]], [[-2 * square], [0, 2]]]
    family = {"polynomial": [-square, 0, 1], "numerators": numerators, "scales": [1, 1]}
    return {"prime": P, "pivots": [2, 1], "weights": [[0, 0, 0], [-1, 0]], "families": [family]}


def square_root_of_two() -> Json:
    """Three complex classes, all real, one rational."""
    evidence = _other_linear_factors(2)
    return b.certificate(
        _quadratic_and_linear(2),
        b.verdict("at-point", "scaling", "refuted", "RR", "7.5r", evidence),
        b.verdict("at-point", "scaling", "proved", "QQ", "7.5r", {**evidence, "degree": 3, "rootless": [3]}))


def square_root_of_minus_one() -> Json:
    """Three complex classes, one real."""
    evidence = _other_linear_factors(-1)
    return b.certificate(
        _quadratic_and_linear(-1),
        b.verdict("at-point", "scaling", "refuted", "CC", "7.5r", evidence),
        b.verdict("at-point", "scaling", "proved", "RR", "7.5r", {**evidence, "degree": 3}))


def two_pairs_of_roots() -> Json:
    """(x^2 + 1)(x^2 + 4)(x - 1), a quartic and a linear polynomial: one class is real, two pairs are not.

    (x - 1)(x + t)(x^2 + 4), x - t with t^2 = -1, and the same with 1 and 4 exchanged, times 2 t.
    """
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    spec = b.chain(b.layer("convolution", length=[2], kernel=[5], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[4, 0, 5, 0, 1], [-1, 1]])
    one = {"polynomial": [1, 0, 1], "scales": [1, 1],
           "numerators": [[[8], [-8, -8], [2, 8], [-2, -2], [0, 2]], [[2], [0, 2]]]}
    two = {"polynomial": [4, 0, 1], "scales": [1, 1],
           "numerators": [[[8], [-8, -2], [8, 2], [-8, -2], [0, 2]], [[8], [0, 2]]]}
    evidence = {"prime": P, "pivots": [4, 1], "weights": [[0] * 5, [-1, 0]], "families": [one, two]}
    return b.certificate(
        spec, b.verdict("at-point", "scaling", "proved", "RR", "7.5r", {**evidence, "degree": 5}),
        b.verdict("at-point", "scaling", "refuted", "CC", "7.5r", {**evidence, "families": [two]}))


CERTIFICATES = (
    double_root,
    two_pairs_of_roots,
    square_root_of_two,
    square_root_of_minus_one,
    lifting_by_columns,
    diagonal_times_dense,
    toeplitz_relations,
    full_then_tied,
    narrow_relations,
    two_sides,
    two_components,
    cyclic_layers,
    cyclic_plane,
    dead_by_support,
    dead_by_cancellation,
    narrow_layer,
    finite_field,
    finite_field_two,
    dilated_chain,
    doubling_collision,
    long_chain,
    crowded_chain,
    sparse_model,
    haar_tree,
    parallel_edges,
    plane_network,
    families,
    three_roots,
    signs_over_three_elements,
    mixed_columns,
    triangular_factors,
    index_three,
    dense_gauge,
    commuting_layers,
    turned_layers,
    four_point_butterfly,
    triangular_layers,
    triangles_and_diagonal,
    nodes_at_a_point,
    triangles_at_a_point,
    butterfly_at_a_point,
    line_and_cubic,
    dilated_layers,
    triangle_and_segment,
    line_without_a_layer,
    *kernels.CERTIFICATES,
    rank_one_matrices,
    two_linear_factors,
    point_over_a_finite_field,
    *stability.CERTIFICATES,
    *estimates.CERTIFICATES,
)


def main() -> None:
    """Write all files."""
    folder = Path(__file__).parent / "accept"
    folder.mkdir(exist_ok=True)
    for make in CERTIFICATES:
        (folder / f"{make.__name__}.json").write_text(json.dumps(make(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
