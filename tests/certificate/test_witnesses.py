"""Witnesses as readers get them: by layers, and by edges for networks."""

from __future__ import annotations

import exactfact as ef
from exactfact.lifting.network_phi import phi
from exactfact.model import QQ

DOUBLING = ef.Network(
    group=(0,), root="r", signal=(8,),
    edges=[ef.Edge("far", "v", "r", ((0,), (2,), (4,))), ef.Edge("near", "x", "v", ((0,), (1,), (2,)))],
)  # fmt: skip


def test_colliding_paths_become_a_pair_of_points() -> None:
    result = ef.certify(ef.Architecture(DOUBLING))
    for modulo in ("path-scaling", "scaling"):
        pair = result.verdict("uniform", modulo).witness
        assert pair is not None and pair["h"] != pair["g"]
        assert phi(DOUBLING, pair["h"], QQ) == phi(DOUBLING, pair["g"], QQ) != {}
        for name in "hg":
            assert pair["edges"][name] == {"far": pair[name][0], "near": pair[name][1]}


def test_edges_share_a_level() -> None:
    network = ef.Network(
        group=(4,), root="r",
        edges=[ef.Edge("b", "w", "r", ((0,), (1,))), ef.Edge("a", "v", "r", ((0,),)),
               ef.Edge("c", "x", "v", ((0,),)), ef.Edge("d", "x", "w", ((0,),))],
    )  # fmt: skip
    pair = ef.certify(ef.Architecture(network)).verdict("uniform", "scaling").witness
    assert pair is not None
    assert list(pair["edges"]["h"]) == ["b", "a", "c", "d"], "edges in file order"
    edges = pair["edges"]["h"]
    assert pair["h"] == [edges["b"] + edges["a"], edges["c"] + edges["d"]]


def test_a_refutation_without_a_pair_says_so() -> None:
    few_data = [ef.circulant(4, [0, 1]), ef.diagonal(4), ef.fixed([[1], [1], [1], [1]])]
    row = ef.certify(ef.Architecture(few_data)).verdict("generic", over="CC")
    assert row.witness is None and "no pair is exhibited" in row.reason
    crowded = ef.Network(group=(5,), root="r", edges=DOUBLING.edges)
    rows = ef.certify(ef.Architecture(crowded)).verdicts
    assert all(row.witness or "no pair" in row.reason for row in rows if row.status == "refuted")
