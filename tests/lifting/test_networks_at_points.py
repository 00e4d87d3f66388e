"""phi, its Jacobian and kernels of networks against dense matrices."""

from __future__ import annotations

import itertools
import random
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
import sympy

from exactfact.algebra.modular import rank_mod_p
from exactfact.lifting.box import Unable, box_of
from exactfact.lifting.network_jacobian import CELL_LIMIT, convolve, jacobian_rank, jacobian_rows
from exactfact.lifting.network_kernel import exact_kernel, live_edges, some_path_is_nonzero
from exactfact.lifting.network_phi import phi
from exactfact.lifting.network_rows import sparse_jacobian, unit_point
from exactfact.lifting.path_sums import find_collision
from exactfact.lifting.points import point
from exactfact.model import GF, QQ, Edge, LimitError, Network
from tests.architectures import chain

from .brute_networks import evaluate, path_tensor, random_network, unit_matrices

P = 4194301


def network_and_matrices(seed):
    network = random_network(random.Random(seed), finite=True)
    layers, leaves = unit_matrices(network)
    return network, layers, leaves


def derivative_columns(layers, h, p):
    """M_1(h_1)...M_k(e_j)...M_K(h_K), flattened, for all (k, j)."""
    columns = []
    for k, matrices in enumerate(layers):
        for j in range(len(matrices)):
            moved = [list(level) for level in h]
            moved[k] = [int(i == j) for i in range(len(matrices))]
            columns.append(evaluate(layers, moved, p).ravel())
    return np.array(columns).T


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("p", [0, 3, 65537])
def test_phi(seed, p):
    network, layers, leaves = network_and_matrices(seed)
    rng = random.Random(seed)
    h = [[rng.randint(-2, 2) % p if p else rng.randint(-2, 2) for _ in matrices] for matrices in layers]
    found = phi(network, h, GF(p) if p else QQ)
    assert all(found.values())
    dense = evaluate(layers, h, p)
    blocks = dense.reshape(dense.shape[0], len(leaves), -1)
    for i, leaf in enumerate(leaves):
        # Row 0 of a translation block by x has its one at -x: the values of the row are those of phi.
        expected = sorted(v for v in blocks[0, i].tolist() if v)
        assert sorted(value for (name, _), value in found.items() if name == leaf) == expected


def test_phi_of_fractions_and_its_limit():
    network = chain([0], [[0, 1], [0, 1]])
    h = ((Fraction(1, 2), 1), (2, Fraction(-4)))
    assert phi(network, h, QQ) == {("in", (0,)): 1, ("in", (2,)): -4}
    with pytest.raises(LimitError):
        phi(network, h, QQ, limit=3)


@pytest.mark.parametrize("seed", range(40))
def test_jacobian_ranks(seed):
    network, layers, _ = network_and_matrices(seed)
    h = point(seed, 0, network.parameters, P)
    expected = rank_mod_p(derivative_columns(layers, h, P), P)
    assert jacobian_rank(network, h, P) == expected
    dense = jacobian_rows(network, box_of(network), h, P)
    assert rank_mod_p(dense, P) == expected
    sparse = sparse_jacobian(network, h, GF(P))
    rows = sorted(tuple(int(row.get(c, 0)) for c in range(dense.shape[1])) for row in sparse.values())
    assert rows == sorted(map(tuple, dense.tolist()))


@pytest.mark.parametrize("seed", range(60))
def test_the_unit_point_has_full_rank_when_all_sums_are_distinct(seed):
    network = random_network(random.Random(seed))
    rows = sparse_jacobian(network, unit_point(network), GF(P))
    width = sum(network.parameters)
    rank = rank_mod_p([[int(row.get(c, 0)) for c in range(width)] for row in rows.values()], P)
    dimension = width - len(network.hidden)
    assert rank <= dimension
    if find_collision(network) is None:
        assert rank == dimension


def test_ranks_below_the_dimension_are_found_among_many_rows():
    """Two full supports over Z/32: 63 - 1 parameters, rank 32; the first rows alone do not tell."""
    network = chain([32], [list(range(32)), list(range(32))])
    assert jacobian_rank(network, point(0, 0, network.parameters, P), P) == 32


def test_many_parameters_over_a_small_group_take_little_memory():
    """2 x 3000 taps over Z/3: the kernel of the 3 x 6000 Jacobian would take hundreds of megabytes."""
    edges = [Edge(f"e{k}{side}", f"v{k + 1}", f"v{k}", [0, 1]) for k in range(1500) for side in "ab"]
    network = Network([3], "v0", edges)
    tracemalloc.start()
    try:
        assert jacobian_rank(network, point(0, 0, network.parameters, P), P) == 3
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_large_boxes_are_refused_with_their_size():
    network = chain([10**9], [[0, 1], [0, 2]])
    found = jacobian_rank(network, unit_point(network), P)
    assert isinstance(found, Unable)
    assert found.needed == 2 * 10**9
    assert found.limit == CELL_LIMIT
    with pytest.raises(LimitError):
        sparse_jacobian(network, [[1, 1], [1, 1]], QQ, limit=5)


@pytest.mark.parametrize("dims", [(7,), (4, 3), (2, 3, 2), (1, 5)])
def test_convolve(dims):
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, P, dims), rng.integers(0, P, dims)
    expected = np.zeros(dims, dtype=object)
    for x, y in itertools.product(np.ndindex(*dims), repeat=2):
        place = tuple((a + b) % n for a, b, n in zip(x, y, dims, strict=True))
        expected[place] += int(left[x]) * int(right[y])
    assert (convolve(left, right, P) == (expected % P).astype(np.int64)).all()
    delta = np.zeros(dims, dtype=np.int64)
    delta.flat[1] = 5
    assert (convolve(delta, right, P) == convolve(right, delta, P)).all()
    assert not convolve(np.zeros(dims, dtype=np.int64), right, P).any()


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("p", [0, 2, 5])
def test_exact_kernels(seed, p):
    network, _layers, _ = network_and_matrices(seed)
    rng = random.Random(seed)
    field = GF(p) if p else QQ
    h = [[field.reduce(rng.choice([0, 1, Fraction(1, 3), -2])) for _ in range(size)] for size in network.parameters]
    rows = sparse_jacobian(network, h, field)
    columns = sorted(rng.sample(range(sum(network.parameters)), rng.randint(1, sum(network.parameters))))
    found = exact_kernel(rows, columns, field, seed)
    dense = sympy.Matrix([[sympy.Rational(str(row.get(c, 0))) for c in columns] for row in rows.values()])
    assert len(found.vectors) == len(columns) - found.rank
    for vector in found.vectors:
        assert set(vector) <= set(columns)
        for row in rows.values():
            total = sum(row.get(c, 0) * v for c, v in vector.items())
            assert (total % p if p else total) == 0
    if not p:
        assert found.rank == (dense.rank() if rows else 0)


@pytest.mark.parametrize("seed", range(40))
def test_live_edges(seed):
    network = random_network(random.Random(seed))
    rng = random.Random(seed)
    h = [[rng.choice([0, 0, 1]) for _ in range(size)] for size in network.parameters]
    assert some_path_is_nonzero(network, h) == any(path_tensor(network, h))
    for level in range(network.depth):
        for e in network.level_edges[level]:
            alone = [list(values) for values in h]
            start = network.offset(e)
            alone[level] = [int(start <= j < start + len(network.edges[e].support)) for j in range(len(h[level]))]
            assert (e in live_edges(network, h, level)) == any(path_tensor(network, alone))


def test_derived_points_are_fixed_by_the_certificate_format():
    from hashlib import shake_256

    digest = shake_256(b"exactfact:7:2:1").hexdigest(64)
    for p in (2, 101, 4194301, 2**31 - 1, 2**61 - 1):
        assert point(7, 2, (1, 4), p)[1] == tuple(int(digest[32 * j : 32 * j + 32], 16) % p for j in range(4))
    assert [len(level) for level in point(0, 0, (3, 1), 5)] == [3, 1]
