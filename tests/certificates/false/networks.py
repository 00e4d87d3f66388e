"""Faults of the evidence about networks (theory 10.1 to 10.4, 10.6)."""
from tests.certificates.changes import change, only, spec_change
from tests.certificates.true import networks
from tests.checker import build as b
from tests.checker.build import Json


def tables_and_ranks() -> dict[str, Json]:
    """Entries and ranks by enumeration, and what follows from them for a model."""
    line, twice = networks.dilated_chain, networks.doubling_collision
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
        "network-kernel-zero": change(line, ("claims/12", {
            **b.verdict("uniform", "scaling", "proved", "CC", "4.2", {"rank": "c4"}), "id": "c12"})),
        "network-generic-by-table": change(line, ("claims/9/evidence", {"method": "table"})),
    }


def orders() -> dict[str, Json]:
    """Mixed radix and superincreasing dilations."""
    line, tree = networks.dilated_chain, networks.haar_tree
    return {
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
    }


def collisions() -> dict[str, Json]:
    """Pairs of paths with one sum, and more paths than places."""
    twice = networks.doubling_collision
    return {
        "network-paths-equal": change(twice, ("claims/0/evidence/paths/1", [["e0", 2], ["e1", 0]])),
        "network-paths-different-sums": change(twice, ("claims/0/evidence/paths/1", [["e0", 1], ["e1", 1]])),
        "network-paths-tap-negative": change(twice, ("claims/0/evidence/paths/0", [["e0", -1], ["e1", 0]])),
        "network-paths-broken": change(twice, ("claims/0/evidence/paths/0", [["e1", 0], ["e0", 2]])),
        "network-paths-unknown-leaf": change(twice, ("claims/0/evidence/leaf", "v1")),
        "network-pigeonhole-room-for-all": change(networks.crowded_chain, ("spec/network/group", [5 ** 20]),
                                                  redigest=True),
        "network-pigeonhole-value-too-large": change(networks.crowded_chain, ("claims/2/value", 3)),
    }


def constants() -> dict[str, Json]:
    """Singular values by multiplicities."""
    line, twice = networks.dilated_chain, networks.doubling_collision
    return {
        "network-sigma-nu-wrong": change(line, ("claims/16/evidence/nu", 8)),
        "network-sigma-multiplicities-wrong": change(twice, ("claims/5/evidence/multiplicities", [[1, 4], [2, 2]])),
        "network-sigma-not-zero-one": change(twice, ("claims/5/evidence", {"nu": 10, "zero_one": "c4"})),
        "network-sigma-without-signal": spec_change(twice, ("spec/network/signal", None)),
    }


def nodes_and_jacobians() -> dict[str, Json]:
    """Hidden nodes, ranks of the Jacobian, and pairs."""
    line, tree, pair = networks.dilated_chain, networks.haar_tree, networks.parallel_edges
    return {
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
    }
