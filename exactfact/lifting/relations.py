"""Relations B(phi(h), h_k) = 0 that hold identically, linear in the product and in one layer (theory 7.2).

B is bilinear in (y, x), y an independent set of entries of the product.  It vanishes identically iff, for all products
X of the layers before and Y of those after, with Z_a = X M_k(e_a) Y, B(Z_a, e_a) = 0 and B(Z_a, e_b) + B(Z_b, e_a) = 0.
This is linear in (X, Y), so spanning sets of both suffice: polynomial in the number of layers.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, nullspace_mod_p, pivot_rows
from exactfact.algebra.rational import rational_kernel
from exactfact.model import LimitError

from .chain import Chain, SparseMatrix, multiply_sparse
from .product import product_at
from .residues import Residues, reduce_chain
from .spans import cell_arrays, layered_spans
from .support import Reach, reachable

PAIR_LIMIT = 4000
WIDTH_LIMIT = 1600
EQUATION_LIMIT = 20_000
ENTRY_LIMIT = 8_000_000
KERNEL_LIMIT = 4_000_000
PRIMES = 40
Array = Any
Tick = Callable[[str], None]


@dataclass(frozen=True)
class Relation:
    """sum of coefficient * y[row, col] * x[parameter] over `terms`, in compact indices."""

    terms: tuple[tuple[int, int, int, int], ...]

    def height(self) -> int:
        """Bits of all coefficients together: what the relation costs in a certificate."""
        return sum(abs(term[3]).bit_length() for term in self.terms)


@dataclass(frozen=True)
class Product:
    """An integral chain seen mod p: independent entries of its product, and spans of the products of its parts."""

    chain: Chain
    residues: Residues
    cells: tuple[tuple[int, int], ...]
    tick: Tick

    def pairs(self, k: int) -> list[tuple[SparseMatrix | None, SparseMatrix | None]]:
        """Products (X, Y) of the layers before and after k whose pairs span all; None is the empty product."""
        before = self._products(0, k)
        after = self._products(k + 1, self.chain.depth)
        if len(before) * len(after) > PAIR_LIMIT:
            received = f"{len(before) * len(after)} products"
            raise LimitError(f"relations of {self.chain.name(k)}", received, f"{PAIR_LIMIT}")
        return list(itertools.product(before, after))

    def _products(self, start: int, stop: int) -> list[SparseMatrix | None]:
        if start == stop:
            return [None]
        part = part_of(self.chain, start, stop)
        residues = replace(self.residues, layers=self.residues.layers[start:stop])
        found = layered_spans(residues, reachable(part), self.tick)
        products: list[SparseMatrix | None] = []
        for index in found.columns():
            product = part.layers[0][index[0]]
            for layer, j in zip(part.layers[1:], index[1:], strict=True):
                product = multiply_sparse(product, layer[j], part.field)
            products.append(product)
        return products


def product_of(chain: Chain, p: int, reach: Reach, tick: Tick) -> Product:
    """The chain prepared for `relations`.  LimitError when a span of products is too large."""
    residues = reduce_chain(chain, p)
    places = cell_arrays(reach, chain.depth - 1)
    columns = layered_spans(residues, reach, tick).columns()
    if len(columns) * len(places[0]) > ENTRY_LIMIT:
        raise LimitError("independent entries of the product", f"{len(columns)} columns", "fewer")
    number = {cell: i for i, cell in enumerate(zip(*(part.tolist() for part in places), strict=True))}
    table = np.zeros((len(number), len(columns)), dtype=dtype_for(p))
    for t, index in enumerate(columns):
        product = chain.layers[0][index[0]]
        for layer, j in zip(chain.layers[1:], index[1:], strict=True):
            product = multiply_sparse(product, layer[j], chain.field)
        for cell, value in product.items():
            table[number[cell], t] = int(value) % p
    cells = list(number)
    return Product(chain, residues, tuple(cells[i] for i in pivot_rows(table, p)), tick)


def part_of(chain: Chain, start: int, stop: int) -> Chain:
    """Layers start..stop-1 as a chain of their own."""
    ends = slice(start, stop + 1)
    return Chain(chain.field, chain.widths[ends], chain.labels[ends], chain.layers[start:stop])


def equations(product: Product, k: int) -> list[dict[int, int]]:
    """Rows, by unknown cell * S_k + parameter, whose kernel is the space of the relations of layer k."""
    chain, p, size = product.chain, product.residues.p, product.chain.parameters[k]
    place = {cell: i for i, cell in enumerate(product.cells)}
    width = len(place) * size
    if width > WIDTH_LIMIT:
        raise LimitError(f"relations of {product.chain.name(k)}", f"{width} unknowns", f"{WIDTH_LIMIT}")
    pairs = product.pairs(k)
    if len(pairs) * width > ENTRY_LIMIT:
        received = f"{len(pairs)} products of {width} entries"
        raise LimitError(f"relations of {product.chain.name(k)}", received, f"{ENTRY_LIMIT}")
    images = []
    table = np.zeros((len(pairs), width), dtype=dtype_for(p))
    for t, (x, y) in enumerate(pairs):
        product.tick(f"relations of {product.chain.name(k)}")
        images.append([_image(chain, x, matrix, y, place) for matrix in chain.layers[k]])
        for a, image in enumerate(images[-1]):
            for i, value in image.items():
                table[t, i * size + a] = value % p
    chosen = pivot_rows(table, p)
    if len(chosen) * size * (size + 1) // 2 > EQUATION_LIMIT:
        count = len(chosen) * size * (size + 1) // 2
        raise LimitError(f"relations of {product.chain.name(k)}", f"{count} equations", f"{EQUATION_LIMIT}")
    rows = []
    for t in chosen:
        for a, b in itertools.combinations_with_replacement(range(size), 2):
            row = {i * size + b: value for i, value in images[t][a].items()}
            if a != b:
                row |= {i * size + a: value for i, value in images[t][b].items()}
            if row:
                rows.append(row)
    return rows


def _image(
    chain: Chain,
    x: SparseMatrix | None,
    matrix: SparseMatrix,
    y: SparseMatrix | None,
    place: dict[tuple[int, int], int],
) -> dict[int, int]:
    """X M Y at the independent cells."""
    left = matrix if x is None else multiply_sparse(x, matrix, chain.field)
    whole = left if y is None else multiply_sparse(left, y, chain.field)
    return {place[cell]: int(value) for cell, value in whole.items() if cell in place}


def relations(
    product: Product, k: int, values: Sequence[Array], seed: int, least: int | None = None
) -> list[list[Relation]]:
    """For every value y of the product mod p: relations of layer k with independent x-parts at y, as many as there are.

    None at all where they are fewer than `least` (default S_k - 1).  A value is an array over `product.cells`.
    Relations hold exactly over the chain's field.  Cost: one elimination of the equations mod p; over QQ, when it is
    promising, one rational kernel.
    """
    size, p = product.chain.parameters[k], product.residues.p
    least = size - 1 if least is None else least
    if size == 1:
        return [[] for _ in values]
    rows = equations(product, k)
    width = len(product.cells) * size
    dense = np.zeros((len(rows), width), dtype=object)
    for t, row in enumerate(rows):
        for unknown, value in row.items():
            dense[t, unknown] = value
    reduced = (dense % p).astype(dtype_for(p))
    independent = pivot_rows(reduced, p)
    if width - len(independent) < least:
        return [[] for _ in values]
    _, kernel = nullspace_mod_p(reduced[independent], p)
    found = [{free: 1, **entries} for free, entries in kernel]
    if all(len(_chosen(found, value, size, p)) < max(least, 1) for value in values):
        return [[] for _ in values]
    if not product.chain.field.characteristic:
        product.tick(f"relations of {product.chain.name(k)} over the rationals")
        if len(independent) * len(kernel) > KERNEL_LIMIT:
            raise LimitError(f"exact relations of {product.chain.name(k)}", f"{len(kernel)} of {width} terms", "fewer")
        exact = rational_kernel(dense[independent], width, seed, PRIMES)
        if exact is None:
            raise LimitError(f"exact relations of {product.chain.name(k)}", "larger numbers", f"{62 * PRIMES} bits")
        found = sorted(exact.vectors, key=lambda v: (sum(abs(c).bit_length() for c in v.values()), min(v)))
    result = []
    for value in values:
        chosen = _chosen(found, value, size, p)
        result.append([_relation(product, found[i], size) for i in chosen] if len(chosen) >= least else [])
    return result


def _chosen(vectors: Sequence[dict[int, int]], value: Array, size: int, p: int) -> list[int]:
    """Numbers of vectors, the first ones, with independent x-parts at the value."""
    table = np.zeros((len(vectors), size), dtype=dtype_for(p))
    for t, vector in enumerate(vectors):
        for unknown, c in vector.items():
            i, j = divmod(unknown, size)
            table[t, j] = (int(table[t, j]) + c % p * int(value[i])) % p
    return pivot_rows(table, p)


def _relation(product: Product, vector: dict[int, int], size: int) -> Relation:
    terms = []
    for unknown, c in sorted(vector.items()):
        i, j = divmod(unknown, size)
        if c:
            terms.append((*product.cells[i], j, c))
    return Relation(tuple(terms))


def at_value(relation: Relation, product: Array, size: int, p: int) -> list[int]:
    """The linear form B(y, .) mod p in the layer's parameters, for the product y as a dense matrix."""
    form = [0] * size
    for row, col, j, c in relation.terms:
        form[j] = (form[j] + c * int(product[row, col])) % p
    return form


def value_at(product: Product, h: Sequence[Array]) -> Array:
    """phi(h) mod p at the independent cells."""
    whole = product_at(product.residues, h)
    return np.array([whole[cell] for cell in product.cells], dtype=dtype_for(product.residues.p))
