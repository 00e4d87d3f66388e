"""The fast ranks of a thousand random architectures, against FLINT on all columns listed by dense products."""

from __future__ import annotations

import random

import pytest
from flint import fmpz_mat, fmpz_mod_ctx, fmpz_mod_mat, nmod_mat
from hypothesis import given, settings
from hypothesis import strategies as st

import exactfact as ef
from exactfact.lifting.chain import build_chain
from exactfact.lifting.chain_proof import prove_rank
from exactfact.lifting.columns import independent_columns
from exactfact.lifting.residues import reduce_chain
from exactfact.lifting.sampling import sample_rank
from exactfact.lifting.spans import cell_arrays, layered_spans
from exactfact.lifting.support import reachable

from .random_chains import dense_columns, dense_matrices, random_architecture

PRIMES = (2, 3, 65521, 4194301, 2**31 - 1, 2**61 - 1)
SAMPLED = 65521


def flint_rank(rows: list[list[int]], p: int) -> int:
    height, width = len(rows), len(rows[0])
    entries = [value % p for row in rows for value in row]
    matrix = nmod_mat(height, width, entries, p) if p < 2**63 else fmpz_mod_mat(height, width, entries, fmpz_mod_ctx(p))
    return int(matrix.rank())


@pytest.mark.parametrize("block", range(20))
def test_every_fast_rank(block: int) -> None:
    for seed in range(1000 + 52 * block, 1000 + 52 * (block + 1)):
        architecture = random_architecture(random.Random(seed))
        chain, reach = build_chain(architecture), reachable(build_chain(architecture))
        columns = list(dense_columns(architecture).values())
        exact = fmpz_mat(columns).rank()
        assert exact <= reach.counts[-1]
        if not reach.counts[-1]:
            continue
        cells = cell_arrays(reach, chain.depth - 1)
        p = PRIMES[seed % len(PRIMES)]
        residues, true = reduce_chain(chain, p), flint_rank(columns, p)
        assert layered_spans(residues, reach).rank == len(independent_columns(residues, cells)) == true <= exact
        sampled = sample_rank(residues, reach.counts[-1], seed, cells).rank
        assert sampled <= true and (p < SAMPLED or sampled == true)
        if seed % 4 == 0:
            proof = prove_rank(chain, reach, seed)
            assert proof is not None and proof.rank == exact


def rank_of(matrices: list[list[list[list[int]]]], p: int = 4194301) -> int:
    """The sampled rank of the architecture with these M_k(e_j)."""
    chain = build_chain(ef.Architecture([ef.basis(layer) for layer in matrices]))
    reach = reachable(chain)
    if not reach.counts[-1]:
        return 0
    return sample_rank(reduce_chain(chain, p), reach.counts[-1], 0, cell_arrays(reach, chain.depth - 1)).rank


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), factor=st.sampled_from([-3, 2, 7]))
def test_rank_is_invariant(seed: int, factor: int) -> None:
    """Under transposition of the chain, permutation of parameters and hidden indices, scaling of a layer."""
    rng = random.Random(seed)
    layers = dense_matrices(random_architecture(rng))
    rank = rank_of(layers)
    turned = [[[list(row) for row in zip(*matrix, strict=True)] for matrix in layer] for layer in reversed(layers)]
    assert rank_of(turned) == rank
    assert rank_of([rng.sample(layer, len(layer)) for layer in layers]) == rank
    k = rng.randrange(len(layers))
    scaled = [[[factor * value for value in row] for row in matrix] for matrix in layers[k]]
    assert rank_of([*layers[:k], scaled, *layers[k + 1 :]]) == rank
    if k:
        order = rng.sample(range(len(layers[k][0])), len(layers[k][0]))
        moved = [[matrix[i] for i in order] for matrix in layers[k]]
        before = [[[row[i] for i in order] for row in matrix] for matrix in layers[k - 1]]
        assert rank_of([*layers[: k - 1], before, moved, *layers[k + 1 :]]) == rank
