"""The truth about a small architecture by exhaustion: every column of A, every h and g over GF(p).

Over GF(p) `uniform_scaling`, `uniform_paths` and `at_point` are exact decisions (theory 4.1 (i), 10.1 (iii)).
Over QQ they can only find a collision inside a box of small numbers: None means "nothing found".
"""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from functools import reduce

import numpy as np

from .dense import add, evaluate
from .exact import rank
from .expand import Dense

BOX = (-1, 0, 1, 2)
LIMIT = 20_000
CHUNK = 1000
PRIME = 2**89 - 1


# ------------------------------------------------------------------------------------------- linear algebra


def columns(arch: Dense) -> dict:
    """Multi-index -> the column A_i = M_1(e_{i_1}) ... M_K(e_{i_K}), flattened."""
    out = {(): None}
    for matrices in arch.layers:
        out = {(*i, j): _step(x, m, arch.p) for i, x in out.items() for j, m in enumerate(matrices)}
    return {i: [v for row in x for v in row] for i, x in out.items()}


def _step(left: list | None, matrix: list, p: int) -> list:
    return matrix if left is None else _product(left, matrix, p)


def _product(a: list, b: list, p: int) -> list:
    turned = list(zip(*b, strict=True))
    out = [[sum(x * y for x, y in zip(row, col, strict=True) if x and y) for col in turned] for row in a]
    return [[v % p for v in row] for row in out] if p else out


def rank_of_lifting(arch: Dense) -> int:
    """rank A over the field of the spec, from all its columns."""
    return rank(list(columns(arch).values()), arch.p)


def lifted_dimension(arch: Dense) -> int:
    """N = prod S_k; for a network the number of path multi-indices."""
    if arch.net:
        return sum(map(len, arch.net.paths.values()))
    return math.prod(arch.sizes)


def jacobian(arch: Dense, h: list) -> list:
    """The columns (k, j) of the Jacobian of phi at h: h_k replaced by e_j."""
    out = []
    for k, size in enumerate(arch.sizes):
        for j in range(size):
            moved = [*h[:k], [int(i == j) for i in range(size)], *h[k + 1 :]]
            out.append([v for row in evaluate(arch.layers, moved, arch.p) for v in row])
    return out


def jacobian_rank(arch: Dense, seed: int = 0) -> int:
    """Generic rank of the Jacobian over QQ, from a random point modulo the prime 2^89 - 1.

    Never more than the truth, and less only with a probability below 2^-80 (or for a trap built on this prime).
    """
    rng = random.Random(seed)
    layers = [[[[_residue(v) for v in row] for row in m] for m in matrices] for matrices in arch.layers]
    modular = Dense(PRIME, layers, [], None)
    return rank(jacobian(modular, [[rng.randrange(PRIME) for _ in range(s)] for s in arch.sizes]), PRIME)


def _residue(value: Fraction | int) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def dimension(arch: Dense) -> int:
    """n = 1 + sum (S_k - 1): the largest Jacobian rank modulo scaling."""
    return 1 + sum(s - 1 for s in arch.sizes)


def path_dimension(arch: Dense) -> int:
    """sum |S_e| minus the number of hidden nodes: the largest Jacobian rank modulo path-scaling."""
    return sum(arch.sizes) - len(arch.net.hidden)


# ------------------------------------------------------------------------------------------- exhaustion


class Exhausted:
    """phi(h) and P(h) for every h over GF(p), or over a box of small integers for QQ, as arrays of classes."""

    def __init__(self, arch: Dense, values: tuple) -> None:
        self.arch = arch
        vectors = [np.array(list(itertools.product(values, repeat=s)), dtype=np.int64) for s in arch.sizes]
        self.h = [_repeat(v, k, vectors) for k, v in enumerate(vectors)]
        self.count = len(self.h[0])
        self.layers = [np.array(_integral(matrices), dtype=float) for matrices in arch.layers]
        chunks = [self._images(slice(start, start + CHUNK)) for start in range(0, self.count, CHUNK)]
        self.image = np.concatenate(chunks)
        self.nonzero = reduce(np.logical_and, [h.any(axis=1) for h in self.h])

    def _images(self, rows: slice) -> np.ndarray:
        """phi(h) for a slice of the h, by batched products in floating point: every number stays below 2^53."""
        product = None
        for h, layer in zip(self.h, self.layers, strict=True):
            factor = self._reduce(np.tensordot(h[rows].astype(float), layer, axes=1))
            product = factor if product is None else self._reduce(product @ factor)
        flat = product.reshape(len(product), -1)
        return flat.astype(np.uint8 if self.arch.p else np.int64)

    def _reduce(self, x: np.ndarray) -> np.ndarray:
        return x % self.arch.p if self.arch.p else x

    def tensors(self, indices: list | None = None) -> np.ndarray:
        """P(h), or only its coordinates at the given multi-indices, reduced mod p."""
        if indices is None:
            indices = list(itertools.product(*(range(s) for s in self.arch.sizes)))
        out = np.ones((self.count, len(indices)), dtype=np.uint16 if self.arch.p else np.int64)
        for k, h in enumerate(self.h):
            out = self._reduce(out * h[:, [i[k] for i in indices]].astype(out.dtype))
        return out

    def inside(self, models: list) -> np.ndarray:
        """Which h lie in the union of the models."""
        keep = np.ones(self.count, dtype=bool)
        for domain, options in models:
            keep &= reduce(np.logical_or, [self._vanishes(domain - option) for option in options])
        return keep

    def _vanishes(self, positions: set) -> np.ndarray:
        return reduce(np.logical_and, [self.h[k][:, j] == 0 for k, j in positions], np.ones(self.count, dtype=bool))

    def index(self, point: list) -> int:
        """Position of a given h."""
        same = [np.all(h == np.array(x, dtype=np.int64), axis=1) for h, x in zip(self.h, point, strict=True)]
        return int(np.flatnonzero(reduce(np.logical_and, same))[0])


def _repeat(vectors: np.ndarray, k: int, all_vectors: list) -> np.ndarray:
    before = math.prod(len(v) for v in all_vectors[:k])
    after = math.prod(len(v) for v in all_vectors[k + 1 :])
    return np.tile(np.repeat(vectors, after, axis=0), (before, 1))


def _integral(matrices: list) -> list:
    """The layer times its common denominator: phi changes by a nonzero constant, collisions stay."""
    scale = math.lcm(*(Fraction(v).denominator for m in matrices for row in m for v in row))
    return [[[int(v * scale) for v in row] for row in m] for m in matrices]


def exhaust(arch: Dense, limit: int = LIMIT) -> Exhausted | None:
    """Everything over GF(p); a box over QQ; None when there is too much of it or numbers may overflow."""
    if arch.p:
        values = tuple(range(arch.p)) if arch.p < 256 else ()
    else:
        values = next((box for box in (BOX, BOX[:3], BOX[1:3]) if len(box) ** sum(arch.sizes) <= limit), ())
    if not values or len(values) ** sum(arch.sizes) > limit or (not arch.p and _height(arch) > 2**52):
        return None
    return Exhausted(arch, values)


def _height(arch: Dense) -> int:
    """A bound on every number met over QQ."""
    return math.prod(
        sum(2 * abs(v) for m in _integral(matrices) for row in m for v in row) + 1 for matrices in arch.layers
    )


def _labels(rows: np.ndarray) -> np.ndarray:
    packed = np.ascontiguousarray(rows)
    if packed.shape[1] == 0:
        return np.zeros(len(rows), dtype=np.int64)
    view = packed.view(np.dtype((np.void, packed.dtype.itemsize * packed.shape[1]))).ravel()
    return np.unique(view, return_inverse=True)[1].ravel()


def _collides(image: np.ndarray, tensor: np.ndarray, left: np.ndarray, right: np.ndarray) -> bool:
    """Some h in `left` and g in `right` with equal images and different tensors."""
    seen: dict[int, set] = {}
    for i, t in set(zip(image[right].tolist(), tensor[right].tolist(), strict=True)):
        seen.setdefault(i, set()).add(t)
    pairs = set(zip(image[left].tolist(), tensor[left].tolist(), strict=True))
    return any(seen.get(i, set()) - {t} for i, t in pairs)


def uniform_scaling(full: Exhausted, with_models: bool = False) -> bool:
    """Theory 4.1 (i): h with all layers nonzero, g anything (both in the models), phi(h) = phi(g) => P(h) = P(g)."""
    inside = full.inside(full.arch.models) if with_models else np.ones(full.count, dtype=bool)
    return not _collides(_labels(full.image), _labels(full.tensors()), inside & full.nonzero, inside)


def uniform_paths(full: Exhausted, with_models: bool = False) -> bool:
    """Theory 10.1 (iii): any h and g, zero edges allowed, phi(h) = phi(g) => equal path tensors."""
    inside = full.inside(full.arch.models) if with_models else np.ones(full.count, dtype=bool)
    return not _collides(_labels(full.image), _labels(full.tensors(all_paths(full.arch))), inside, inside)


def at_point(full: Exhausted, paths: bool, with_models: bool = False) -> bool:
    """phi(g) = phi(h*) => g equivalent to h*, for the point of the spec (which must lie in the box)."""
    inside = full.inside(full.arch.models) if with_models else np.ones(full.count, dtype=bool)
    only = np.zeros(full.count, dtype=bool)
    only[full.index(full.arch.point)] = True
    tensors = full.tensors(all_paths(full.arch) if paths else None)
    return not _collides(_labels(full.image), _labels(tensors), only, inside)


def all_paths(arch: Dense) -> list:
    """The path multi-indices of every leaf."""
    return [index for indices in arch.net.paths.values() for index in indices]


# ------------------------------------------------------------------------------------------- witnesses


def tensor(arch: Dense, h: list, indices: list | None = None) -> list:
    """P(h) at the given multi-indices (all of them by default)."""
    if indices is None:
        indices = list(itertools.product(*(range(s) for s in arch.sizes)))
    out = []
    for index in indices:
        value = math.prod((h[k][j] for k, j in enumerate(index)), start=Fraction(1))
        out.append(int(value) % arch.p if arch.p else value)
    return out


def equivalent(arch: Dense, h: list, g: list) -> bool:
    """h ~ g modulo scaling, all layers of h nonzero: layers proportional, factors multiply to 1 (theory 1.1)."""
    product = Fraction(1) if not arch.p else 1
    for x, y in zip(h, g, strict=True):
        at = next(j for j, v in enumerate(x) if v)
        ratio = y[at] * pow(x[at], -1, arch.p) % arch.p if arch.p else Fraction(y[at]) / x[at]
        if any(add(v * ratio, -w, arch.p) for v, w in zip(x, y, strict=True)):
            return False
        product = product * ratio % arch.p if arch.p else product * ratio
    return product == 1


def in_models(models: list, h: list) -> bool:
    """h lies in the union of the models."""
    return all(any(all(h[k][j] == 0 for k, j in domain - option) for option in options) for domain, options in models)


def path_counts(arch: Dense) -> dict:
    """c_leaf(x): number of path multi-indices of the leaf with sum x, as {(leaf, x): count}."""
    out: dict = {}
    for leaf, sums in arch.net.sums.items():
        for x in sums:
            out[leaf, x] = out.get((leaf, x), 0) + 1
    return out


def smallest_singular_value_squared(arch: Dense) -> int:
    """sigma_min^2 of A (smallest nonzero) in floating point from the Gram matrix of the dense columns, rounded."""
    a = np.array(list(columns(arch).values()), dtype=float)
    values = np.linalg.eigvalsh(a @ a.T if len(a) <= a.shape[1] else a.T @ a)
    smallest = min(v for v in values if v > 1e-6)
    assert abs(smallest - round(smallest)) < 1e-6, smallest
    return round(smallest)
