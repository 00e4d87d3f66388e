"""Writes tests/certificates/reject/*.json: false certificates, each wrong in exactly one way and named for it.

Each is a certificate of the accept corpus with one change (the digest is computed again when the spec changes).
Run `python -m tests.certificates.make_reject` from the repository's root.
"""
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.certificates import estimates, kernels, stability
from tests.certificates import make_accept as accept
from tests.checker import build as b

Json = dict[str, Any]
Change = Callable[[Json], Any]
COMPOSITE = 65521 * 65519  # a product of two primes
PSEUDOPRIME = 3215031751  # strong pseudoprime to the bases 2, 3, 5, 7
FAR = (1 << 53) - 1  # the most columns of a layer; cells of its later rows are written as strings
LARGE_RESIDUE = accept.LARGE + 1


def change(make: Callable[[], Json], *changes: tuple[str, Any], drop: str = "", redigest: bool = False) -> Json:
    """A copy with the values at slash-separated paths replaced, or one path dropped."""
    document = copy.deepcopy(make())
    for path, value in changes:
        *way, last = [int(x) if x.isdigit() else x for x in path.split("/")]
        at: Any = document
        for key in way:
            at = at[key]
        at[last] = value
    if drop:
        *way, last = [int(x) if x.isdigit() else x for x in drop.split("/")]
        at = document
        for key in way:
            at = at[key]
        del at[last]
    if redigest:
        document["digest"] = b.digest(document["spec"])
    return document


def spec_change(make: Callable[[], Json], *changes: tuple[str, Any], drop: str = "") -> Json:
    """The same for a change of the spec: the digest fits."""
    return change(make, *changes, drop=drop, redigest=True)


def only(spec: Json, *claims: Json) -> Json:
    """A certificate made for the occasion."""
    return b.certificate(spec, *claims)


def header() -> dict[str, Json]:
    """Faults of the file."""
    base = accept.lifting_by_columns
    return {
        "digest-wrong": change(base, ("digest", "sha256:" + "0" * 64)),
        "digest-missing": change(base, drop="digest"),
        "version-unknown": change(base, ("version", 2)),
        "version-true": change(base, ("version", True)),
        "format-unknown": change(base, ("format", "exactfact-report")),
        "key-unknown": change(base, ("signature", "x")),
        "seed-negative": change(base, ("seed", -1)),
        "claims-empty": change(base, ("claims", [])),
        "notes-not-objects": change(base, ("notes", ["c0"])),
        "spec-changed-digest-kept": change(base, ("spec/title", "other")),
        "spec-not-canonical-support": spec_change(accept.dilated_chain, ("spec/network/edge/0/support", [0, 1])),
        "spec-default-missing": spec_change(base, drop="spec/title"),
        "spec-unknown-key": spec_change(base, ("spec/layer/0/depth", 1)),
        "spec-unknown-operator": spec_change(base, ("spec/layer/0/operator", "dense")),
        "spec-shapes-do-not-match": spec_change(base, ("spec/layer/0/cols", 3)),
        "spec-index-out-of-range": spec_change(accept.dead_by_support, ("spec/layer/0/entries/0/0", 2)),
        "spec-index-negative": spec_change(accept.dead_by_support, ("spec/layer/0/entries/0/0", -1)),
        "spec-index-true": spec_change(accept.dead_by_support, ("spec/layer/0/entries/1/0", True)),
        "spec-fraction-not-reduced": spec_change(accept.toeplitz_relations, ("spec/layer/0/matrix/0/0", "2/4")),
        "spec-integer-in-hex-below-2-53": spec_change(base, ("spec/point/h/0/0", "0x1")),
        "spec-residue-out-of-range": spec_change(accept.finite_field, ("spec/layer/1/matrices/0/1/2", 9)),
        "spec-field-not-prime": spec_change(accept.finite_field, ("spec/field", "GF(15)")),
        "spec-network-cycle": spec_change(accept.dilated_chain, ("spec/network/edge/2/from", "v1")),
        "spec-network-unequal-lengths": spec_change(accept.haar_tree, ("spec/network/edge/4/to", "out")),
        "spec-network-taps-equal-modulo-n": spec_change(
            accept.dilated_chain, ("spec/network/edge/0/support", [[0], [16]])),
        "spec-network-stride-does-not-divide": spec_change(accept.haar_tree, ("spec/network/layer/0/stride", 3)),
        "spec-model-outside-layer": spec_change(base, ("spec/model/0/supports", [[0, 2]])),
        "spec-point-too-short": spec_change(base, ("spec/point/h/0", [1])),
    }


def structure() -> dict[str, Json]:
    """Faults of a claim's form and licence."""
    base = accept.lifting_by_columns
    return {
        "claim-id-out-of-order": change(base, ("claims/1/id", "c7")),
        "claim-key-unknown": change(base, ("claims/2/strength", "certified")),
        "claim-key-missing": change(base, drop="claims/2/model"),
        "claim-kind-unknown": change(base, ("claims/2/kind", "lemma")),
        "claim-value-true": change(base, ("claims/0/value", True)),
        "claim-value-negative": change(base, ("claims/0/value", -4)),
        "statement-unknown": change(base, ("claims/0/statement", "9.9")),
        "statement-proves-other-side": change(base, ("claims/0/side", "upper")),
        "statement-proves-other-quantity": change(base, ("claims/0/quantity", "jacobian_rank")),
        "statement-proves-other-group": change(base, ("claims/2/modulo", "path-scaling")),
        "statement-proves-other-property": change(base, ("claims/10/property", "generic")),
        "statement-cannot-refute": change(base, ("claims/2/status", "refuted")),
        "status-undecided": change(base, ("claims/2/status", "undecided")),
        "field-bound-over-complex": change(base, ("claims/0/over", "CC")),
        "field-proof-over-finite-field": change(base, ("claims/2/over", "GF(5)")),
        "field-witness-over-complex": change(accept.diagonal_times_dense, ("claims/14/over", "CC")),
        "field-too-small-over-rationals": change(accept.diagonal_times_dense, ("claims/12/over", "QQ")),
        "field-too-small-at-a-real-point": change(accept.diagonal_times_dense, ("claims/17/over", "RR")),
        "point-too-small-with-zero-layer": only(
            {**accept.diagonal_times_dense()["spec"], "point": {"h": [[0, 0], [1, 1, 1, 1]]}},
            b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
            b.bound("jacobian_rank", "upper", 4, "6.2", {"rank": "c0"}),
            b.verdict("at-point", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c1"})),
        "field-wrong-finite-field": change(accept.finite_field, ("claims/3/over", "GF(7)")),
        "field-generic-over-finite-field": change(accept.finite_field, ("claims/3/property", "generic")),
        "field-jacobian-over-finite-field": change(
            accept.finite_field, ("claims/5", {
                **accept.finite_field()["claims"][5], "quantity": "jacobian_rank", "statement": "6.1",
                "evidence": {"prime": 5, "point": [[1, 0], [0, 4]]}})),
        "model-without-models": spec_change(base, ("spec/model", [])),
        "model-generic-in-a-model": change(base, ("claims/3/model", "spec")),
        "model-zero-edges-for-a-chain": change(accept.diagonal_times_dense, ("claims/14/model", "zero-edges-allowed")),
        "model-full-for-zero-edges": change(accept.doubling_collision, ("claims/0/model", "full")),
        "model-point-outside": spec_change(base, ("spec/model/0/supports", [[0]])),
        "point-missing": spec_change(base, ("spec/point", None)),
        "point-with-zero-layer": spec_change(base, ("spec/point/h/0", [0, 0])),
        "reference-forward": change(base, ("claims/2/evidence/rank", "c9")),
        "reference-to-itself": change(base, ("claims/2/evidence/rank", "c2")),
        "reference-wrong-side": change(base, ("claims/2/evidence/rank", "c1")),
        "reference-wrong-quantity": change(base, ("claims/10/evidence/jacobian_rank", "c0")),
        "reference-to-rejected": change(base, ("claims/0/evidence/columns", [[0, 0], [0, 1], [1, 0], [1, 0]])),
        "reference-not-a-string": change(base, ("claims/2/evidence/rank", 0)),
        "evidence-unknown-key": change(base, ("claims/0/evidence/hint", 1)),
    }


def chains() -> dict[str, Json]:
    """Faults of the evidence about chains."""
    base, dense, narrow = accept.lifting_by_columns, accept.diagonal_times_dense, accept.narrow_relations
    mixed, tied, ring = accept.toeplitz_relations, accept.full_then_tied, accept.cyclic_layers
    sides, parts = accept.two_sides, accept.two_components
    drop = b.chain(b.basis([[1, 1]], [[1, -1]]))
    big = b.chain(b.basis([["1/65521", 0]], [[0, 1]]), b.diagonal(2))
    return {
        "rank-prime-composite": change(base, ("claims/0/evidence/prime", COMPOSITE)),
        "rank-prime-pseudoprime": change(base, ("claims/0/evidence/prime", PSEUDOPRIME)),
        "rank-prime-one": change(base, ("claims/0/evidence/prime", 1)),
        "rank-prime-not-of-the-field": change(accept.finite_field, ("claims/0/evidence/prime", 7)),
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
        "rank-points-not-residues": change(mixed, ("claims/2/evidence/points/0/0/0", LARGE_RESIDUE)),
        "rank-samples-too-few": change(mixed, ("claims/0/evidence/samples/count", 3)),
        "rank-samples-value-above-rank": change(mixed, ("claims/0/value", 5)),
        "rank-grid-cut-at-the-end": change(mixed, ("claims/1/evidence/grid/cut", 2)),
        "upper-ambient-too-small": change(dense, ("claims/2/value", 3)),
        "upper-support-too-small": change(dense, ("claims/3/value", 3)),
        "upper-cut-out-of-range": change(dense, ("claims/5/evidence/cut", 2)),
        "upper-bound-unknown": change(dense, ("claims/2/evidence/bound", "numerical")),
        "upper-sampled-rank-is-no-bound": change(dense, ("claims/2/statement", "2.3")),
        "two-sides-cut-out-of-range": change(sides, ("claims/0/evidence/cut", 2)),
        "two-sides-another-cut": change(sides, ("claims/1/evidence/cut", 1)),
        "two-sides-right-relation-missing": change(sides, drop="claims/1/evidence/right/relations/0"),
        "two-sides-right-basis-too-small": change(sides, ("claims/0/evidence/right/levels/0", [[0, 0]])),
        "two-sides-left-relation-wrong": change(sides, ("claims/0/evidence/left/relations/0/3/0/1", 3)),
        "two-sides-nested": change(sides, ("claims/0/evidence/right", accept.two_sides()["claims"][0]["evidence"])),
        "components-one-too-few": change(parts, drop="claims/0/evidence/parts/1"),
        "components-value-too-small": change(parts, ("claims/0/value", 2)),
        "components-of-a-connected-chain": change(sides, ("claims/0/evidence", {
            "parts": [accept.two_sides()["claims"][0]["evidence"]] * 2})),
        "components-split-false": change(parts, ("claims/1/evidence/split", False)),
        "components-not-split": change(parts, drop="claims/1/evidence/split"),
        "components-value-above-rank": change(parts, ("claims/1/value", 4)),
        "components-of-a-network": change(accept.dilated_chain, ("claims/18/evidence/split", True)),
        "full-level-with-annihilators": change(tied, ("claims/0/evidence/annihilators/0/0", 0)),
        "full-level-with-a-relation": change(tied, ("claims/1/evidence/relations/1/0", 0)),
        "full-last-level-above-value": change(tied, ("claims/2/value", 1)),
        "full-level-unit-cell-out-of-range": change(tied, ("claims/0/evidence/levels/1/0/0", 2)),
        "full-level-relation-missing": change(tied, drop="claims/1/evidence/relations/2"),
        "full-level-wrong-relation": change(tied, ("claims/1/evidence/relations/0/3/0/1", 2)),
        "full-level-annihilator-missing": change(tied, ("claims/0/evidence/annihilators/0/1", [])),
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
        "triangular-zero-diagonal": change(dense, ("claims/1/evidence/rows", [1, 0, 2, 3])),
        "triangular-order-wrong": only(
            b.chain(b.basis([[1, 0]], [[1, 1]]), b.basis([[1, 0], [0, 1]])),
            b.bound("rank", "lower", 2, "2.7b", {"rows": [0, 1], "columns": [[0, 0], [1, 0]]})),
        "triangular-value-above": change(dense, ("claims/1/value", 5)),
        "chain-relation-coefficient-wrong": change(narrow, ("claims/0/evidence/relations/0/3", [[0, 3]])),
        "chain-relation-missing": change(narrow, drop="claims/0/evidence/relations/0"),
        "chain-relation-only-mod-p": change(narrow, ("claims/0/evidence/relations/0/3", [[0, 2 + 65521]])),
        "chain-basis-vector-missing": change(narrow, drop="claims/0/evidence/levels/1/1"),
        "chain-value-below-length": change(narrow, ("claims/0/value", 1)),
        "chain-level-missing": change(narrow, drop="claims/0/evidence/levels/1"),
        "chain-parent-out-of-range": change(narrow, ("claims/0/evidence/levels/1/1", [1, 1])),
        "chain-annihilator-wrong": change(narrow, ("claims/1/evidence/annihilators/0/1", [[[0, 1], [1, -1]]])),
        "chain-annihilators-too-few": change(narrow, ("claims/1/evidence/annihilators/0/1", [])),
        "chain-annihilators-without-prime": change(narrow, ("claims/1/evidence/prime", None)),
        "dead-direction-zero": change(narrow, ("claims/6/evidence/x", [0, 0, 0])),
        "dead-direction-alive": change(narrow, ("claims/6/evidence/x", [2, 1, 0])),
        "dead-direction-layer-out-of-range": change(narrow, ("claims/6/evidence/layer", 2)),
        "dead-direction-by-cancellation-wrong": change(
            accept.dead_by_cancellation, ("claims/1/evidence/x", [2, 0, -1])),
        "dead-directions-dependent": change(narrow, ("claims/4/evidence/dead", [[0, [2, -1, 0]], [0, [4, -2, 0]]])),
        "live-bound-too-small": change(narrow, ("claims/4/value", 1)),
        "witness-equivalent": change(dense, ("claims/14/evidence/g", [[2, 2], ["1/2", "1/2", "1/2", "1/2"]])),
        "witness-different-image": change(dense, ("claims/14/evidence/g", [[2, 1], ["1/2", "1/2", 1, 2]])),
        "witness-zero-layer": change(dense, ("claims/14/evidence", {"h": [[0, 0], [1, 1, 1, 1]],
                                                                    "g": [[0, 0], [1, 0, 0, 0]]})),
        "witness-not-at-the-point": change(dense, ("claims/15/evidence/h", [[2, 2], ["1/2", "1/2", "1/2", "1/2"]])),
        "witness-outside-the-model": only(
            {**dense()["spec"], "model": [{"layer": 1, "sparsity": 3}]},
            b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", dense()["claims"][14]["evidence"], "spec")),
        "kernel-zero-rank-too-small": only(
            dense()["spec"], dense()["claims"][0],
            b.verdict("uniform", "scaling", "proved", "CC", "4.2", {"rank": "c0"})),
        "jacobian-value-above-rank": change(accept.narrow_layer, ("claims/1/value", 9)),
        "jacobian-upper-below-dimension": change(base, ("claims/9/value", 2)),
        "jacobian-finite-rank-too-small": change(accept.narrow_layer, ("claims/2", {
            **b.verdict("generic-finite", "scaling", "proved", "CC", "6.1", {"jacobian_rank": "c1"}), "id": "c2"})),
        "jacobian-narrow-layer-out-of-range": change(accept.narrow_layer, ("claims/0/evidence/layer", 0)),
        "too-small-not-below-n": only(
            base()["spec"], b.bound("jacobian_rank", "upper", 3, "6.1", {"bound": "dimension"}),
            b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c0"})),
        "point-kernel-not-killed": change(base, ("claims/12/evidence/kernel/0/1", [-3, 2])),
        "point-kernel-dependent": change(base, ("claims/12", {**base()["claims"][12], "value": 2, "evidence": {
            "kernel": [[[1, 2], [-3, "-1/2"]], [[2, 4], [-6, -1]]]}})),
        "point-rank-above": change(base, ("claims/11/value", 4)),
    }


def symmetries() -> dict[str, Json]:
    """Faults of fields, swaps, and fixed supports modulo the torus."""
    dense, swap, turn = accept.dense_gauge, accept.commuting_layers, accept.turned_layers
    butterfly, lu, ldu = accept.four_point_butterfly, accept.triangular_layers, accept.triangles_and_diagonal
    cut = "claims/0/evidence/cuts/0"
    return {
        "gauge-value-too-small": change(dense, ("claims/0/value", 3)),
        "gauge-field-wrong": change(dense, ("claims/0/evidence/fields/0/D/0/3", 2)),
        "gauge-dimension-wrong": change(dense, ("claims/11/evidence/dimension", 2)),
        "ratios-blocks-too-coarse": change(dense, ("claims/12/evidence/blocks/0", [[0, 1], [2], [3]])),
        "swap-of-other-vectors": change(swap, ("claims/0/evidence/C", [[0, 0, 1], [1, 1, 2]])),
        "swap-count-too-large": change(swap, ("claims/3/value", 3)),
        "layer-maps-identity": change(turn, ("claims/0/evidence", {"C": [], "Z": []})),
        "layer-maps-count-too-large": change(turn, ("claims/1/value", 4)),
        "torus-paths-meet": spec_change(butterfly, ("spec/layer/1/level", 0)),
        "torus-two-parameters-at-one-entry": spec_change(lu, ("spec/layer/1/entries/1", [0, 0, 1, "1/2"])),
        "torus-entry-leads-nowhere": spec_change(lu, ("spec/layer/1/entries", [[0, 0, 0, 1], [0, 1, 1, 1]])),
        "torus-finite-rank-too-small": change(butterfly, ("claims/0/value", 11)),
        "torus-finite-dimension-wrong": change(butterfly, ("claims/1/evidence/dimension", 4)),
        "torus-paths-dimension-wrong": change(butterfly, ("claims/3/evidence/dimension", 2)),
        "torus-at-every-point": change(butterfly, ("claims/3/property", "uniform")),
        "torus-order-wrong": change(lu, (f"{cut}/order", [1, 0]),
                                    (f"{cut}/trees", [[[1, 1]], [[0, 0], [0, 1], [1, 0]]])),
        "torus-order-incomplete": change(lu, (f"{cut}/order", [0]), (f"{cut}/trees", [[[0, 0], [0, 1], [1, 0]]])),
        "torus-tree-covered-by-a-later-node": change(lu, (f"{cut}/trees/0/2", [1, 1])),
        "torus-tree-with-a-cycle": change(lu, (f"{cut}/trees/0/2", [0, 1])),
        "torus-tree-too-small": change(lu, (f"{cut}/trees/0", [[0, 0], [0, 1]])),
        "torus-cut-missing": change(ldu, drop="claims/0/evidence/cuts/1"),
        "torus-cut-of-no-interval": change(ldu, ("claims/0/evidence/cuts/1/layers", [0, 1])),
        "torus-point-missing": spec_change(accept.butterfly_at_a_point, ("spec/point", None)),
        "torus-point-with-a-zero": spec_change(accept.butterfly_at_a_point, ("spec/point/h/0/3", 0)),
        "torus-point-refuted": change(accept.butterfly_at_a_point, ("claims/0/status", "refuted")),
        "torus-point-with-a-zero-of-two-layers": spec_change(accept.nodes_at_a_point, ("spec/point/h/1", [1, 1, -2])),
        "torus-point-with-a-zero-at-a-cut": spec_change(accept.triangles_at_a_point, ("spec/point/h/1/2", 0)),
        "torus-point-peeled-in-another-order": change(
            accept.nodes_at_a_point, ("claims/0/evidence/cuts/1/order", [1, 0])),
        "torus-point-over-another-field": change(accept.triangles_at_a_point, ("claims/0/over", "CC")),
        "torus-two-layers-asked": change(ldu, ("claims/0/statement", "9.4")),
    }


def networks() -> dict[str, Json]:
    """Faults of the evidence about networks."""
    line, twice, tree = accept.dilated_chain, accept.doubling_collision, accept.haar_tree
    pair = accept.parallel_edges
    clash = b.line([16], [0, 1], [0, 1])
    sparse = {**b.line([16], [0, 1], [0, 2]), "model": [{"edge": "e0", "sparsity": 1}]}
    full = b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"method": "table"})
    narrow = b.verdict("uniform", "path-scaling", "proved", "CC", "10.1", {"uniform": "c0"}, "spec")
    return {
        "network-table-collision": only(clash, b.verdict("uniform", "path-scaling", "proved", "CC", "10.1",
                                                         {"method": "table"})),
        "network-spec-without-model": only({**sparse, "model": []}, full, narrow),
        "network-generic-from-the-model": only(
            sparse, full, narrow, b.verdict("generic", "path-scaling", "proved", "CC", "10.1", {"uniform": "c1"})),
        "network-entry-too-small": change(twice, ("claims/4/value", 1)),
        "network-rank-too-large": change(line, ("claims/4/value", 9)),
        "network-rank-upper-too-small": change(twice, ("claims/6/value", 6)),
        "network-radix-moduli-do-not-divide": change(line, ("claims/2/evidence/moduli", [[1], [2], [4], [12]])),
        "network-radix-taps-equal": change(line, ("claims/2/evidence/moduli", [[1], [2], [4], [4]])),
        "network-radix-first-not-one": change(line, ("claims/2/evidence/moduli/0", [2])),
        "network-radix-order-repeats": change(line, ("claims/2/evidence/order", [0, 1, 1])),
        "network-radix-order-wrong": change(line, ("claims/2/evidence/order", [2, 1, 0])),
        "network-superincreasing-wraps": only(
            b.line([3], [0, 1], [0, 2]), b.bound("path_max_entry", "upper", 1, "10.3a",
                                                 {"method": "superincreasing", "order": [0, 1]})),
        "network-superincreasing-gap-too-small": only(
            b.line([0], [0, 2], [0, 2]), b.bound("path_max_entry", "upper", 1, "10.3a",
                                                 {"method": "superincreasing", "order": [0, 1]})),
        "network-radix-on-a-tree": change(tree, ("claims/0", {**b.bound(
            "path_max_entry", "upper", 1, "10.3a", {"method": "superincreasing", "order": [0, 1]}), "id": "c0"})),
        "network-paths-equal": change(twice, ("claims/0/evidence/paths/1", [["e0", 2], ["e1", 0]])),
        "network-paths-different-sums": change(twice, ("claims/0/evidence/paths/1", [["e0", 1], ["e1", 1]])),
        "network-paths-tap-negative": change(twice, ("claims/0/evidence/paths/0", [["e0", -1], ["e1", 0]])),
        "network-paths-broken": change(twice, ("claims/0/evidence/paths/0", [["e1", 0], ["e0", 2]])),
        "network-paths-unknown-leaf": change(twice, ("claims/0/evidence/leaf", "v1")),
        "network-pigeonhole-room-for-all": change(accept.crowded_chain, ("spec/network/group", [5 ** 20]),
                                                  redigest=True),
        "network-pigeonhole-value-too-large": change(accept.crowded_chain, ("claims/2/value", 3)),
        "network-sigma-nu-wrong": change(line, ("claims/16/evidence/nu", 8)),
        "network-sigma-multiplicities-wrong": change(twice, ("claims/5/evidence/multiplicities", [[1, 4], [2, 2]])),
        "network-sigma-not-zero-one": change(twice, ("claims/5/evidence", {"nu": 10, "zero_one": "c4"})),
        "network-sigma-without-signal": spec_change(twice, ("spec/network/signal", None)),
        "network-scaling-with-two-nodes": change(tree, ("claims/3", {
            **b.verdict("uniform", "scaling", "proved", "CC", "10.1", {"uniform": "c1"}), "id": "c3"})),
        "network-node-alone": change(line, ("claims/13", {
            **b.verdict("generic", "scaling", "refuted", "QQ", "10.2", {"node": "v1"}), "id": "c13"})),
        "network-node-is-the-root": change(tree, ("claims/3/evidence/node", "out")),
        "network-node-is-a-leaf": change(tree, ("claims/3/evidence/node", "w")),
        "network-finite-rank-too-small": change(tree, ("claims/6/value", 7)),
        "network-finite-bound-too-small": change(tree, ("claims/5/value", 7)),
        "network-jacobian-too-large": change(tree, ("claims/6/value", 9)),
        "network-witness-path-equivalent": change(pair, ("claims/0/evidence/g", [[2, 2, 0, 0], ["1/2"]])),
        "network-witness-other-image": change(pair, ("claims/0/evidence/g", [[1, 0, 1, 1], [1]])),
        "network-dead-direction-alive": change(pair, ("claims/3/evidence/x", [1, 0, -1, 0])),
        "network-kernel-zero": change(line, ("claims/12", {
            **b.verdict("uniform", "scaling", "proved", "CC", "4.2", {"rank": "c4"}), "id": "c12"})),
        "network-generic-by-table": change(line, ("claims/9/evidence", {"method": "table"})),
    }


def lattices() -> dict[str, Json]:
    """Faults of the evidence about lattices of exponents."""
    roots, signs, mixed = accept.three_roots, accept.signs_over_three_elements, accept.mixed_columns
    steps, index = accept.triangular_factors, accept.index_three
    return {
        "lattice-torsion-missing": change(roots, ("claims/0/evidence/divisors", [])),
        "lattice-torsion-large": change(roots, ("claims/0/evidence/divisors", [9])),
        "lattice-free-rank-large": change(roots, ("claims/0/evidence/free", 1), ("claims/0/value", 6)),
        "lattice-bound-low": change(roots, ("claims/0/value", 6)),
        "lattice-paths-unknown": change(roots, ("claims/0/evidence/paths", "few")),
        "lattice-complex-proved": change(roots, ("claims/3/status", "proved")),
        "lattice-real-refuted": change(roots, ("claims/7/status", "refuted")),
        "lattice-count-high": change(roots, ("claims/1/value", 4)),
        "lattice-count-of-another-field": change(roots, ("claims/1/over", "RR")),
        "lattice-point-with-zero": spec_change(roots, ("spec/point/h/0/0", 0)),
        "lattice-point-complex-proved": change(roots, ("claims/12/status", "proved")),
        "lattice-point-finite-field-proved": change(signs, ("claims/0/status", "proved")),
        "lattice-paths-meet": change(mixed, ("claims/1/evidence", {"paths": "unique", "free": 0, "divisors": []})),
        "lattice-rank-below-columns": change(mixed, ("claims/0/value", 2)),
        "lattice-parameter-unused": spec_change(mixed, ("spec/layer/1/matrices/1/1", [0, 0, 0])),
        "lattice-statement-of-the-other": change(mixed, ("claims/2/statement", "7.8")),
        "steps-order-reversed": change(steps, ("claims/0/evidence/steps", [[0, 3], [0, 1, 2]])),
        "steps-entry-missing": change(steps, ("claims/0/evidence/steps", [[0, 1, 2], [3]])),
        "steps-point-with-zero": change(steps, ("claims/0/evidence/point/0/0", 0)),
        "steps-prime-composite": change(steps, ("claims/0/evidence/prime", COMPOSITE)),
        "steps-torus-of-another-dimension": change(steps, ("claims/11/evidence/dimension", 2)),
        "steps-torus-modulo-scaling": change(steps, ("claims/11/modulo", "scaling")),
        "steps-special-point": only(
            b.chain(b.full(1, 3), b.entries(3, 4, 2, [0, 0, 0, 1], [1, 1, 1, 1], [2, 2, 1, 1], [0, 3, 1, 1],
                                            [1, 3, 0, 1], [2, 3, 0, -1])),
            b.bound("jacobian_rank", "upper", 4, "7.8", {
                "prime": 65521, "point": [[1, 1, 1], [1, 1]], "steps": [[0, 1, 2], [3]], "exact": False, "free": 0,
                "divisors": []})),
        "steps-support-modulo-the-prime": only(
            b.chain(b.full(1, 2), b.entries(2, 3, 2, [0, 0, 0, 1], [1, 0, 1, 65521], [0, 1, 1, 1], [1, 2, 0, 1])),
            b.bound("jacobian_rank", "upper", 3, "7.8", {
                "prime": 65521, "point": [[1, 2], [3, 4]], "steps": [[0, 1, 2]], "exact": False, "free": 0,
                "divisors": []})),
        "index-called-exact": change(index, ("claims/0/evidence/exact", True)),
        "index-counts-from-below": change(index, ("claims/1/side", "lower")),
        "index-refutes": change(index, ("claims/3/status", "refuted")),
    }


def convolutions() -> dict[str, Json]:
    """Faults of chains of convolutions."""
    cubic, dilated, plane, zero = (accept.line_and_cubic, accept.dilated_layers, accept.triangle_and_segment,
                                   accept.line_without_a_layer)
    shifts, factors = "claims/0/evidence/shifts", "claims/8/evidence"
    return {
        "convolution-shifts-of-another-kernel": change(cubic, (shifts, [[[0], [2]], [[0], [1], [2], [3]]])),
        "convolution-shifts-twice": change(cubic, (shifts, [[[0], [0]], [[0], [1], [2], [3]]])),
        "convolution-wraps-around": spec_change(cubic, ("spec/network/group", [4])),
        "convolution-layers-of-other-shifts": change(dilated, (shifts, [[[0], [1], [2]], [[0], [1]]])),
        "convolution-count-too-small": change(cubic, ("claims/0/value", 3)),
        "convolution-real-count-too-large": change(cubic, ("claims/2/value", 3)),
        "convolution-generic-over-the-rationals": change(cubic, ("claims/4/over", "QQ")),
        "convolution-generic-proved": change(cubic, ("claims/4/status", "proved")),
        "convolution-hilbert-over-the-reals": change(cubic, ("claims/6/over", "RR")),
        "convolution-hilbert-called-generic": change(cubic, ("claims/6/property", "generic")),
        "convolution-factors-over-the-reals": change(cubic, ("claims/8/over", "RR")),
        "convolution-factor-reducible-mod-p": change(cubic, (f"{factors}/proofs/1", {
            "prime": 5, "factors": [[3, 0, 0, 1]]})),
        "convolution-factor-without-proof": change(cubic, (f"{factors}/proofs/1", None)),
        "convolution-factor-composite-modulus": change(cubic, (f"{factors}/proofs/1/prime", 49)),
        "convolution-factors-of-another-point": change(cubic, (f"{factors}/factors/1/1/1", 3)),
        "convolution-exponents-exchanged": change(cubic, (f"{factors}/exponents", [[0, 1], [1, 0]])),
        "convolution-roots-over-the-rationals": change(cubic, ("claims/9/over", "QQ")),
        "convolution-roots-proved": change(cubic, ("claims/9/status", "proved")),
        "convolution-roots-two": spec_change(dilated, ("spec/point/h", [[0, 1, 3], [0, 2]])),
        "convolution-plane-no-simple-zero": change(plane, ("claims/1/evidence/proofs/0/point", [1, 2])),
        "convolution-plane-coefficient-vanishes": spec_change(
            plane, ("spec/point/h", [[1, 5, 1], [1, 2]]), ("claims/1/evidence/factors/0/2/1", 5)),
        "convolution-no-zero-layer": spec_change(zero, ("spec/point/h", [[0, 1], [1, 0, 2]])),
        "convolution-zero-layer-modulo-scaling": change(zero, ("claims/1/modulo", "scaling")),
    }


def uniform() -> dict[str, Json]:
    """Faults of claims about uniform identifiability."""
    return kernels.false_ones(change, spec_change)


def stable() -> dict[str, Json]:
    """Faults of claims about singular values and stable recovery."""
    return stability.false_ones(change, spec_change)


def generic_points() -> dict[str, Json]:
    """Faults of the evidence about generic points and about h*."""
    one, two, field = accept.rank_one_matrices, accept.two_linear_factors, accept.point_over_a_finite_field
    three = b.chain(b.full(2, 1), b.full(1, 2), b.layer("toeplitz", rows=2, cols=3, diagonals=[0, -1]))
    point = [[1, 2], [1, 3], [1, 5]]
    tangent = {"prime": accept.P, "point": point, "annihilators": 2, "layer": 2}
    vanishing = {"prime": accept.P, "point": [[1, 0], [0, 1]], "degree": 1}
    # phi = (h_0, h_0), the second at a cell beyond 2^53, whose number is a string; h_1 is free.
    wide = 1 << 40
    far = only(
        b.chain(b.entries(wide, wide, 2, [0, 0, 0, 1], [wide - 1, 5, 0, 1]), point=[[1, 0]]),
        b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [{
            "layer": 0, "pivot": 0, "cell": 0, "exponent": 1, "degree": 1,
            "cofactors": [[1, [[hex((wide - 1) * wide + 5), [1], 1]]]]}]}))
    return {
        "identities-value-at-a-far-cell": far,
        "identities-exponent": change(accept.double_root, ("claims/0/evidence/steps/0/exponent", 1)),
        "identities-coefficient": change(accept.double_root, (
            "claims/0/evidence/steps/0/cofactors/0/1/1/2", -2)),
        "identities-layer-missing": change(accept.double_root, drop="claims/0/evidence/steps/1"),
        "identities-layer-known-too-early": change(accept.double_root, (
            "claims/0/evidence/steps", accept.double_root()["claims"][0]["evidence"]["steps"][::-1])),
        "identities-of-another-point": spec_change(accept.double_root, ("spec/point/h/1", [1, 2])),
        "identities-zero-product": only(
            b.chain(b.basis([[1, 0]]), b.basis([[0], [1]]), point=[[1], [1]]),
            b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": []})),
        "identities-far-cell": only(  # both entries are g_0; their difference vanishes, each alone does not
            b.chain(b.entries(3, FAR, 2, [0, 0, 0, 1], [2, 0, 0, 1]), point=[[1, 1]]),
            b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [{
                "layer": 0, "pivot": 0, "cell": 0, "exponent": 1, "degree": 1,
                "cofactors": [[1, [[b.number(2 * FAR), [1], 1], [b.number(2 * FAR), [0], -1]]]]}]})),
        "identities-zero-layer": spec_change(accept.double_root, ("spec/point/h/1", [0, 0])),
        "relation-only-mod-p": change(one, ("claims/0/evidence/relations/0/0/1/2", accept.P - 1)),
        "relation-of-another-layer": change(one, ("claims/1/evidence/relations/1/0/1/0", 2)),
        "relations-too-few": change(one, ("claims/0/evidence/relations/1", [])),
        "relations-vanish-at-the-point": change(one, ("claims/0/evidence/relations/1", [[[0, 1, 0], [1, 0, 0]]])),
        "relation-place-twice": change(one, ("claims/0/evidence/relations/0/0/1", [0, 1, 1])),
        "relation-cell-out-of-range": change(one, ("claims/0/evidence/relations/0/0/0/0", 4)),
        "relation-not-a-residue": change(field, ("claims/0/evidence/relations/0/0/1/2", -1)),
        "relations-of-too-few-layers": change(one, drop="claims/0/evidence/relations/1"),
        "relations-at-a-zero-layer": change(one, ("claims/0/evidence/point", [[0, 0], [3, 5]])),
        "relations-h-with-a-zero-layer": spec_change(one, ("spec/point/h/1", [0, 0])),
        "relations-prime-of-another-field": change(field, ("claims/0/evidence/prime", 7)),
        "relations-product-zero": only(
            b.chain(b.diagonal(2), b.full(2, 1)),
            b.verdict("generic", "scaling", "proved", "CC", "7.2", {
                "prime": accept.P, "point": [[1, 0], [0, 1]], "relations": [[], []]})),
        "tangent-too-few-annihilators": change(one, ("claims/2/evidence/annihilators", 0)),
        "tangent-too-many-annihilators": change(one, ("claims/2/evidence/annihilators", 2)),
        "tangent-point-with-a-zero-layer": change(one, ("claims/2/evidence/point", [[1, 2], [0, 0]])),
        "tangent-layer-out-of-range": change(one, ("claims/2/evidence/layer", 2)),
        "tangent-prime-composite": change(one, ("claims/2/evidence/prime", COMPOSITE)),
        "tangent-known-layer-itself": change(one, ("claims/4/evidence/layer", 0)),
        "tangent-known-without-relations": change(one, ("claims/4/evidence/known", [[0, []]])),
        "tangent-jacobian-deficient": only(
            b.chain(b.full(2, 2), b.full(2, 2)),
            b.verdict("generic", "scaling", "proved", "CC", "7.7", {
                "prime": accept.P, "point": {"seed": 0, "index": 0}, "annihilators": 0, "layer": 0})),
        "tangent-merged-layers": only(three, b.verdict("generic", "scaling", "proved", "CC", "7.7", tangent)),
        "tangent-merged-layers-all-at-once": only(
            three, b.verdict("generic", "scaling", "proved", "CC", "7.7", {**tangent, "layer": None})),
        "tangent-over-the-rationals": change(one, ("claims/2/over", "QQ")),
        "length-product-zero": only(
            b.chain(b.diagonal(2), b.full(2, 1)), b.verdict("generic", "scaling", "proved", "CC", "7.3", vanishing)),
        "length-degree-zero": change(one, ("claims/5/evidence/degree", 0)),
        "length-two-classes": only(two()["spec"], b.verdict("generic", "scaling", "proved", "CC", "7.3", {
            "prime": accept.P, "point": [[1, 2], [1, 3]], "degree": 2})),
        "length-above-the-degree": change(two, ("claims/4/evidence/degree", 1)),
        "length-bound-too-small": change(two, ("claims/4/value", 1)),
        "length-bound-over-the-reals": change(two, ("claims/4/over", "RR")),
        "length-relation-false": change(one, ("claims/8/evidence/relations/0/0/1/2", 1)),
        "length-relations-at-a-point": change(one, ("claims/6/evidence/relations", [[], []])),
        "branches-equivalent": change(two, ("claims/5/evidence/g", [[2, 4], ["1/2", "1/6"]])),
        "branches-other-product": change(two, ("claims/5/evidence/g", [[1, 2], [1, 2]])),
        "branches-not-regular": change(two, ("claims/5/evidence/h", [[1, 1], [1, 1]])),
        "branches-both-singular": only(
            b.chain(b.full(1, 2), b.basis([[1, 0, 0], [0, 1, 0]], [[0, 1, 0], [0, 0, 0]])),
            b.bound("rank", "upper", 3, "2.4", {"bound": "ambient"}),
            b.verdict("generic", "scaling", "refuted", "CC", "7.1b", {
                "h": [[0, 1], [0, 1]], "g": [[0, 1], [0, 2]], "rank": "c0", "prime": accept.P})),
        "branches-rank-above": only(
            one()["spec"], b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
            b.verdict("generic", "scaling", "refuted", "CC", "7.1b", {
                "h": [[1, 2], [1, 3]], "g": [[1, 3], [1, 2]], "rank": "c0", "prime": accept.P})),
        "branches-over-the-reals": change(two, ("claims/5/over", "RR")),
        "branches-prime-divides-a-denominator": change(two, ("claims/5/evidence/prime", 3)),
        "branches-count-too-large": change(two, ("claims/6/value", 3)),
        "degree-count-too-large": change(two, ("claims/1/value", 3)),
        "degree-count-too-small": change(two, ("claims/2/value", 1)),
        "degree-forms-too-few": change(two, ("claims/1/evidence/degree", 1)),
        "degree-rank-not-bounded": change(two, ("claims/0/value", 4)),
        "degree-refutes-over-the-reals": change(two, ("claims/3/over", "RR")),
        "degree-count-of-another-statement": change(two, ("claims/3/evidence/fibre_count", "c0")),
        "degree-one-layer": only(
            b.chain(b.full(2, 1)), b.bound("rank", "upper", 2, "2.4", {"bound": "lifted"}),
            b.bound("fibre_count", "lower", 1, "7.4", {"rank": "c0", "prime": accept.P, "degree": 1}, "CC")),
    }


def algebraic_points() -> dict[str, Json]:
    """7.5r: faults of families, and of what is said of their roots."""
    two, minus = accept.square_root_of_two, accept.square_root_of_minus_one
    family = "claims/0/evidence/families/0"
    both = two()["claims"][0]["evidence"]["families"] * 2
    own = {"polynomial": [-1, 1], "numerators": [[[-2], [], [1]], [[-1], [1]]], "scales": [1, 1]}
    vanishing = {"prime": accept.P, "pivots": [0, 0], "weights": [[0, 1], [0, 0]], "families": [
        {"polynomial": [-2, 0, 1], "numerators": [[[0, 2], [4]], [[0, 2], [-2]]], "scales": [1, 1]}]}
    pairs = accept.two_pairs_of_roots
    first = pairs()["claims"][0]["evidence"]["families"][:1]
    return {
        "family-numerator-wrong": change(two, (f"{family}/numerators/0/1", [4, -1])),
        "family-pivot-is-not-the-derivative": change(two, (f"{family}/numerators/1", [[-2], [0, 1]])),
        "family-scale-zero": change(two, (f"{family}/scales/0", 0)),
        "family-polynomial-constant": change(two, (f"{family}/polynomial", [1])),
        "family-polynomial-not-primitive": change(two, (f"{family}/polynomial", [-4, 0, 2])),
        "family-of-the-point-itself": change(two, ("claims/0/evidence/families", [own])),
        "family-weights-of-another-number": change(two, ("claims/0/evidence/weights/1/0", 1)),
        "family-of-another-point": spec_change(two, ("spec/point/h/0/1", 1)),
        "family-at-a-zero-layer": spec_change(two, ("spec/point/h/1", [0, 0])),
        "family-product-zero": only(b.chain(b.full(1, 2), b.full(2, 1), point=[[1, 1], [1, -1]]), b.verdict(
            "at-point", "scaling", "refuted", "CC", "7.5r", vanishing)),
        "family-without-real-root": change(minus, ("claims/0/over", "RR")),
        "families-none": change(minus, ("claims/1/evidence/families", [])),
        "families-refute-with-two": change(pairs, ("claims/1/evidence/families", pairs()[
            "claims"][0]["evidence"]["families"])),
        "families-twice-the-same": change(two, ("claims/1/evidence/families", both), (
            "claims/1/evidence/rootless", [3, 3]), ("claims/1/evidence/degree", 5)),
        "families-prove-with-a-real-root": only(two()["spec"], b.verdict(
            "at-point", "scaling", "proved", "RR", "7.5r", {**two()["claims"][0]["evidence"], "degree": 3})),
        "families-prove-over-the-complex-numbers": change(minus, ("claims/1/over", "CC")),
        "families-degree-too-small": change(minus, ("claims/1/evidence/degree", 0)),
        "families-prime-composite": change(minus, ("claims/1/evidence/prime", COMPOSITE)),
        "families-prime-with-a-root": change(two, ("claims/1/evidence/rootless", [7])),
        "families-prime-of-the-discriminant": change(two, ("claims/1/evidence/rootless", [2])),
        "families-too-few": change(pairs, ("claims/0/evidence/families", first)),
        "families-modulo-the-torus": change(minus, ("claims/1/modulo", "torus")),
    }


def texts() -> dict[str, bytes]:
    """Faults of the text itself."""
    text = json.dumps(accept.lifting_by_columns(), indent=1)
    return {
        "text-duplicate-key": text.replace('"version": 1,', '"version": 1, "version": 1,', 1).encode(),
        "text-float": text.replace('"version": 1,', '"version": 1.0,', 1).encode(),
        "text-exponent": text.replace('"seed": 0', '"seed": 1e1', 1).encode(),
        "text-nan": text.replace('"seed": 0', '"seed": NaN', 1).encode(),
        "text-large-integer-in-decimal": text.replace('"seed": 0', f'"seed": {1 << 53}', 1).encode(),
        "text-huge-integer": text.replace('"seed": 0', '"seed": ' + "9" * 100_000, 1).encode(),
        "text-truncated": text[:len(text) // 2].encode(),
        "text-not-utf-8": text.encode().replace(b"hand-made", b"hand-\xff"),
        "text-nested-too-deeply": b"[" * 100_000 + b"]" * 100_000,
        "text-list": b"[]",
    }


def error_bounds() -> dict[str, Json]:
    """12.1, 10.4p, 12.7: estimates of parameters."""
    return estimates.false(change)


GROUPS = (
    header,
    structure,
    chains,
    symmetries,
    networks,
    lattices,
    convolutions,
    uniform,
    generic_points,
    algebraic_points,
    stable,
    error_bounds,
)


def main() -> None:
    """Write all files; stale ones are removed."""
    folder = Path(__file__).parent / "reject"
    folder.mkdir(exist_ok=True)
    files: dict[str, bytes] = texts()
    for group in GROUPS:
        files.update({name: (json.dumps(document) + "\n").encode() for name, document in group().items()})
    for path in folder.glob("*.json"):
        if path.stem not in files:
            path.unlink()
    for name, data in files.items():
        (folder / f"{name}.json").write_bytes(data)


if __name__ == "__main__":
    main()
