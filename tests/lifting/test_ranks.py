"""Every way to the rank of A against the rank of all its columns, listed by dense products."""

from __future__ import annotations

import math
import random

import pytest
import sympy

from exactfact.algebra.modular import rank_mod_p
from exactfact.lifting import sampling
from exactfact.lifting.chain import build_chain, column
from exactfact.lifting.chain_proof import prove_rank
from exactfact.lifting.columns import independent_columns
from exactfact.lifting.graph import SupportGraph, exact_columns, minimum_cover, support_columns, triangular_order
from exactfact.lifting.residues import reduce_chain
from exactfact.lifting.sampling import sample_rank
from exactfact.lifting.spans import cell_arrays, layered_spans
from exactfact.lifting.support import reachable

from .random_chains import dense_columns, random_architecture

P = 4194301


@pytest.mark.parametrize("seed", range(60))
def test_all_methods_agree(seed: int) -> None:
    architecture = random_architecture(random.Random(seed))
    columns = dense_columns(architecture)
    true = sympy.Matrix(list(columns.values())).rank()
    chain = build_chain(architecture)
    reach = reachable(chain)
    residues = reduce_chain(chain, P)
    cells = cell_arrays(reach, chain.depth - 1)
    for index, dense in columns.items():
        exact = {chain.cell(row, col, chain.depth - 1): value for (row, col), value in column(chain, index).items()}
        assert exact == {cell: value for cell, value in enumerate(dense) if value}
    assert true <= reach.counts[-1]
    if not reach.counts[-1]:
        return
    assert len(independent_columns(residues, cells)) == true
    spans = layered_spans(residues, reach)
    assert spans.rank == true == sympy.Matrix([columns[index] for index in spans.columns()]).rank()
    assert sample_rank(residues, reach.counts[-1], seed, cells).rank == true
    proof = prove_rank(chain, reach, seed)
    assert proof is not None and proof.rank == true
    graph, possible = SupportGraph(exact_columns(chain) or {}), SupportGraph(support_columns(chain) or {})
    assert len(triangular_order(graph)[0]) <= true <= minimum_cover(possible).size


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("p", [2, 3, 5])
def test_spans_over_small_fields(p: int, seed: int) -> None:
    architecture = random_architecture(random.Random(seed), p)
    columns = dense_columns(architecture)
    chain = build_chain(architecture)
    true = sympy.Matrix(list(columns.values())).applyfunc(lambda value: value % p)
    domain_rank = sympy.polys.matrices.DomainMatrix.from_Matrix(true).convert_to(sympy.GF(p)).rank()
    assert layered_spans(reduce_chain(chain, p), reachable(chain)).rank == domain_rank


def test_triangular_order_is_triangular() -> None:
    for seed in range(40):
        chain = build_chain(random_architecture(random.Random(seed)))
        columns = exact_columns(chain) or {}
        rows, indices = triangular_order(SupportGraph(columns))
        for t, (row, index) in enumerate(zip(rows, indices, strict=True)):
            assert columns[index][row]
            assert not any(earlier in columns[index] for earlier in rows[:t])


@pytest.mark.parametrize("seed", [1956, 2016, 2227, 2683])
def test_a_deficient_grid_falls_back_to_independent_samples(seed: int) -> None:
    """Half-products of a grid can be less generic than full samples; the guard notices it."""
    chain = build_chain(random_architecture(random.Random(seed)))
    reach = reachable(chain)
    cells = cell_arrays(reach, chain.depth - 1)
    residues = reduce_chain(chain, P)
    wanted = reach.counts[-1]
    left = math.isqrt(wanted + sampling.SPARE)
    right = -(-(wanted + sampling.SPARE) // left)
    grid = sampling._grid_rows(residues, seed, sampling._cut(residues), left, right, cells)
    true = layered_spans(residues, reach).rank
    assert rank_mod_p(grid, P) < true
    sample = sample_rank(residues, wanted, seed, cells)
    assert sample.rank == true and "samples" in sample.evidence
