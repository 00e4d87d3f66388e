"""What work costs, in seconds on one ordinary core: estimates from sizes alone, before anything is computed.

A criterion hands its estimate to Context.afford, which compares it with the time left.  An estimate is the price of
doing the work to the end; many searches end early.  `python -m benchmarks.steps` prints estimates beside measured
times; they are meant to agree within a factor of ten, where either is above a tenth of a second.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from exactfact.lifting.chain import Chain
from exactfact.lifting.relations import EQUATION_LIMIT, PAIR_LIMIT
from exactfact.lifting.swaps import PRODUCT_LIMIT, SPAN_UPDATES
from exactfact.lifting.tangent import form_cost

DENSE = 2e-10  # one multiply-add of a blocked elimination modulo a word prime
PASS = 5e-9  # one entry that numpy passes over
SPARSE = 4e-6  # one entry of an exact product of sparse matrices
EXACT = 1e-5  # one term of an exact system that is eliminated in plain Python
LONG = 3e-7  # one operation on numpy's Python integers
SEARCH = 1e-7  # one step of a search for points
WIDE = 50  # times the price of word primes, for primes of 61 bits


def entries(chain: Chain) -> int:
    """How many nonzero entries the matrices M_k(e_j) of all layers have together, a parameter's copies counted each."""
    return sum(len(matrix) for layer in chain.layers for matrix in layer)


def widest(chain: Chain) -> int:
    """How many nonzero entries the fullest matrix M_k(e_j) of the chain has; 1 where all are zero."""
    return max(1, *(len(matrix) for layer in chain.layers for matrix in layer))


def elimination(rows: int, columns: int) -> float:
    """Seconds for the rank of a dense rows x columns matrix modulo a word prime."""
    return DENSE * rows * columns * min(rows, columns) + PASS * rows * columns


def jacobian(chain: Chain, wide: bool) -> float:
    """The Jacobian at one point mod p through parameters + 8 functionals, and its rank; `wide`: a prime of 61 bits."""
    total = sum(chain.parameters)
    rows = min(total + 8, chain.sizes[0] * chain.sizes[-1])
    if wide:
        return LONG * (rows * entries(chain) + rows * total * min(rows, total))
    return elimination(rows, total) + PASS * rows * entries(chain)


def samples(chain: Chain, count: int, cells: int) -> float:
    """So many rank-one samples of A in `cells` cells, and their rank, for one prime."""
    return elimination(count, cells) + 8 * PASS * count * chain.sizes[0] * max(chain.sizes) * chain.depth


def spans(chain: Chain, reached: Sequence[int], exact: bool) -> float:
    """Spanning sets level by level: d_k S_{k+1} products; `exact`: over QQ and with relations, else mod p."""
    price, dimension = 0.0, chain.sizes[0]
    for k, layer in enumerate(chain.layers):
        products = dimension * len(layer) if k else len(layer)
        cells = reached[k]
        dimension = min(cells, products)
        widest_here = max(1, *(len(matrix) for matrix in layer))
        price += SPARSE * products * min(cells, widest_here) if exact else PASS * products * cells
        price += elimination(products, min(cells, 2 * dimension))
    return price


def fields(chain: Chain, terms: int) -> float:
    """Linear fields: one sparse system with so many terms, reduced by the images of the layers; their rank."""
    reductions = 0
    for layer in chain.layers:
        nonzero, cells = sum(map(len, layer)), len({cell for matrix in layer for cell in matrix})
        overlap = nonzero > cells  # else a reduced basis of the image is as sparse as the layer
        reductions += nonzero * max(0, cells - len(layer)) if overlap else nonzero
    return 2 * EXACT * terms + EXACT * reductions + elimination(sum(chain.parameters), sum(chain.parameters))


def tangent(chain: Chain, columns: int, forms: int) -> float:
    """So many forms with N coefficients, and the rank of their rows with so many columns."""
    work, _ = form_cost(chain.parameters, chain.sizes)
    return elimination(columns, columns) + PASS / 2 * forms * work


def annihilators(chain: Chain, cells: int) -> float:
    """The left kernel of the Jacobian in `cells` cells."""
    return elimination(cells, chain.free_dimension) + PASS * cells * max(chain.sizes) * sum(chain.parameters)


def products(chain: Chain, count: int) -> float:
    """So many sparse products of windows of layers, compared."""
    return 3 * SPARSE * count * widest(chain)


def relations(chain: Chain, reached: Sequence[int]) -> float:
    """Bilinear relations of each layer with the product.

    S_k^2 / 2 equations of a dozen terms for each pair of a product before and one behind, from bases of their spans.
    """
    sizes, equations = chain.parameters, 0
    for k, size in enumerate(sizes):
        before = min(math.prod(sizes[:k]), reached[k - 1] if k else 1)
        behind = min(math.prod(sizes[k + 1 :]), chain.sizes[k + 1] * chain.sizes[-1])
        equations += min(EQUATION_LIMIT, min(PAIR_LIMIT, before * behind) * (size * size + 1) // 2)
    return 10 * SPARSE * equations + spans(chain, reached, exact=True)


def listed(chain: Chain, columns: int) -> float:
    """So many columns of A as exact sparse matrices."""
    return SPARSE * columns * widest(chain)


def monomials(chain: Chain, count: int) -> float:
    """So many exponents of all parameters, reduced modulo a lattice."""
    return SEARCH / 10 * sum(chain.parameters) * count


def exchanges(chain: Chain) -> float:
    """Products of all pairs of matrices of two layers with as many parameters, and spans of those between."""
    pairs = sum(a == b for a, b in itertools.combinations(chain.parameters, 2))
    products_of_two = min(PRODUCT_LIMIT, max(chain.parameters) ** 2 * widest(chain))
    return SPARSE * pairs * products_of_two + EXACT * min(SPAN_UPDATES, 10 * chain.depth * entries(chain))


def enumeration(points: int, width: int) -> float:
    """The images of all points of a finite field, in so many cells."""
    return PASS * points * width


def macaulay(columns: int, forms: int) -> float:
    """The kernel of A and one system of `forms` forms in it, modulo a prime."""
    return elimination(columns, columns) + elimination(3 * forms, forms)


def outer(chain: Chain) -> float:
    """The row and column spaces around every layer."""
    return 2 * SPARSE * entries(chain) + SPARSE / 4 * sum(size * size for size in chain.sizes)


def cholesky(work: int) -> float:
    """Exact factorizations of a Gram matrix that take so many products of integers each, a few dozen of them."""
    return 30 * LONG * work
