"""Faults of the evidence about the rank of A (theory 2.3 to 2.7)."""
from tests.certificates.changes import change, only
from tests.certificates.true import ranks, spans
from tests.checker import build as b
from tests.checker.build import COMPOSITE, LARGE, PSEUDOPRIME, Json


def lower_bounds() -> dict[str, Json]:
    """Ranks from below: primes, columns and points."""
    base, dense, mixed = ranks.lifting_by_columns, ranks.diagonal_times_dense, spans.toeplitz_relations
    drop = b.chain(b.basis([[1, 1]], [[1, -1]]))
    big = b.chain(b.basis([["1/65521", 0]], [[0, 1]]), b.diagonal(2))
    return {
        "rank-prime-composite": change(base, ("claims/0/evidence/prime", COMPOSITE)),
        "rank-prime-pseudoprime": change(base, ("claims/0/evidence/prime", PSEUDOPRIME)),
        "rank-prime-one": change(base, ("claims/0/evidence/prime", 1)),
        "rank-prime-not-of-the-field": change(ranks.finite_field, ("claims/0/evidence/prime", 7)),
        "rank-prime-divides-a-denominator": only(big, b.bound("rank", "lower", 2, "2.3", {
            "prime": 65521, "columns": [[0, 0], [1, 1]]})),
        "rank-one-more-than-columns": change(base, ("claims/0/value", 5)),
        "rank-dependent-columns": change(dense, ("claims/0/evidence/columns", [[0, 0], [0, 1], [0, 2], [1, 3]])),
        "rank-drops-modulo-the-prime": only(drop, b.bound("rank", "lower", 2, "2.3", {
            "prime": 2, "columns": [[0], [1]]})),
        "rank-column-negative-index": change(base, ("claims/0/evidence/columns/0", [0, -1])),
        "rank-column-index-too-large": change(base, ("claims/0/evidence/columns/3", [1, 2])),
        "rank-column-index-true": change(base, ("claims/0/evidence/columns/3", [True, 1])),
        "rank-column-too-short": change(base, ("claims/0/evidence/columns/3", [1])),
        "rank-points-not-residues": change(mixed, ("claims/2/evidence/points/0/0/0", LARGE + 1)),
        "rank-samples-too-few": change(mixed, ("claims/0/evidence/samples/count", 3)),
        "rank-samples-value-above-rank": change(mixed, ("claims/0/value", 5)),
        "rank-grid-cut-at-the-end": change(mixed, ("claims/1/evidence/grid/cut", 2)),
        "triangular-zero-diagonal": change(dense, ("claims/1/evidence/rows", [1, 0, 2, 3])),
        "triangular-order-wrong": only(
            b.chain(b.basis([[1, 0]], [[1, 1]]), b.basis([[1, 0], [0, 1]])),
            b.bound("rank", "lower", 2, "2.7b", {"rows": [0, 1], "columns": [[0, 0], [1, 0]]})),
        "triangular-value-above": change(dense, ("claims/1/value", 5)),
    }


def upper_bounds() -> dict[str, Json]:
    """Ranks from above: counts, groups, primes and covers."""
    dense, ring, narrow = ranks.diagonal_times_dense, ranks.cyclic_layers, spans.narrow_relations
    return {
        "upper-ambient-too-small": change(dense, ("claims/2/value", 3)),
        "upper-support-too-small": change(dense, ("claims/3/value", 3)),
        "upper-cut-out-of-range": change(dense, ("claims/5/evidence/cut", 2)),
        "upper-bound-unknown": change(dense, ("claims/2/evidence/bound", "numerical")),
        "upper-sampled-rank-is-no-bound": change(dense, ("claims/2/statement", "2.3")),
        "cyclic-group-of-another-size": change(ring, ("claims/0/evidence/group", [6])),
        "cyclic-group-that-moves-the-layers": change(ring, ("claims/0/evidence/group", [2, 2])),
        "cyclic-value-below-the-reach": change(ring, ("claims/0/value", 2)),
        "cyclic-layers-not-invariant": only(
            b.chain(b.diagonal(3), b.diagonal(3)),
            b.bound("rank", "upper", 1, "2.4", {"bound": "cyclic", "group": [3]})),
        "primes-too-small": change(narrow, ("claims/2/evidence/primes", [7])),
        "primes-repeated": change(narrow, ("claims/2/evidence/primes", [4194301, 4194301])),
        "primes-rank-above-value": change(narrow, ("claims/2/value", 1)),
        "primes-composite": change(dense, ("claims/10/evidence/primes", [COMPOSITE])),
        "cover-misses-a-path": change(dense, ("claims/7/evidence/cover_columns", [[0, 0], [0, 3]])),
        "cover-larger-than-value": change(dense, ("claims/6/value", 3)),
        "cover-repeats": change(dense, ("claims/6/evidence/cover_rows", [0, 1, 2, 2])),
    }
