"""Rows that prove a lower bound on the rank of the Jacobian of phi at a point mod p.

Column (k, j) of the Jacobian is M_1(h_1) ... M_k(e_j) ... M_K(h_K). Any linear map applied to the columns can only
lower the rank, so a chain is projected to rank-one functionals x^T (.) y derived by sha256, and a network over a
large finite group to a quotient group (a ring homomorphism of group algebras): accepting stays sound.
"""
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

from ..chains import Matrix
from ..errors import Meter
from ..network import Network
from ..primality import is_prime
from .elimination import Row
from .group_algebra import Polynomial, add_shifted, clean, step
from .matrices import added, flatten, identity, linear, multiply, rows_of

Points = Sequence[Sequence[int]]
FEW_PATHS = 20_000


def chain_projected(layers: Sequence[Sequence[Matrix]], h: Points, p: int, count: int, meter: Meter) -> list[Row]:
    """One row of length sum S_k for each of `count` functionals: their values on the Jacobian's columns."""
    at = [linear(matrices, x, p, meter) for matrices, x in zip(layers, h, strict=True)]
    top, end = rows_of(layers[0]), sorted({c for matrix in layers[-1] for row in matrix.values() for c in row})
    meter.hold(count * max(len(top), len(end), sum(map(len, layers))), "functionals")
    meter.spend(2000 * count * (len(top) + len(end)), "functionals")
    left: Matrix = {i: {r: _hashed(i, "x", r, p) for r in top} for i in range(count)}
    right: Matrix = {}
    for c in end:
        right[c] = {i: _hashed(i, "y", c, p) for i in range(count)}
    suffixes = [right]
    for matrix in reversed(at[1:]):
        suffixes.append(multiply(matrix, suffixes[-1], p, meter))
    rows: list[Row] = [{} for _ in range(count)]
    column = 0
    for k, matrices in enumerate(layers):
        suffix = suffixes[len(layers) - 1 - k]
        cells = sum(len(row) for matrix in matrices for row in matrix.values())
        meter.spend(300 * count * cells + 500 * len(matrices), "the Jacobian")
        for matrix in matrices:
            image = _diagonal(left, matrix, suffix)
            for i, value in image.items():
                rows[i][column] = value
            column += 1
        left = multiply(left, at[k], p, meter)
    return rows


def _diagonal(left: Matrix, matrix: Matrix, right: Matrix) -> dict[int, int]:
    """i -> row i of left, times matrix, times column i of right."""
    result: dict[int, int] = {}
    for r, row in matrix.items():
        for c, v in row.items():
            for i, after in right.get(c, {}).items():
                if i in left and r in left[i]:
                    result[i] = result.get(i, 0) + left[i][r] * v * after
    return result


def chain_full(layers: Sequence[Sequence[Matrix]], h: Points, p: int, cols: int, meter: Meter) -> Iterator[Row]:
    """All columns of the Jacobian, as vectors over the cells of an m_1 x cols matrix."""
    at = [linear(matrices, x, p, meter) for matrices, x in zip(layers, h, strict=True)]
    suffixes = [identity({c for matrix in layers[-1] for row in matrix.values() for c in row})]
    held = 0
    for matrix in reversed(at[1:]):
        suffixes.append(multiply(matrix, suffixes[-1], p, meter))
        held += sum(map(len, suffixes[-1].values()))
        meter.hold(held, "the Jacobian")
    left = identity(rows_of(layers[0]))
    for k, matrices in enumerate(layers):
        for matrix in matrices:
            middle = multiply(left, matrix, p, meter)
            row = flatten(multiply(middle, suffixes[len(layers) - 1 - k], p, meter), cols)
            held += len(row)
            meter.hold(held, "the Jacobian")
            yield row
        left = multiply(left, at[k], p, meter)


def network_rows(network: Network, h: Points, p: int, wanted: int, meter: Meter) -> Iterator[dict[object, int]]:
    """All columns of the Jacobian of a network, over pairs (leaf, position of a quotient of the group)."""
    small = replace(network, moduli=_quotient(network, h, wanted))
    start: dict[str, Polynomial] = {network.root: {(0,) * len(network.moduli): 1}}
    forward, held = [start], 0
    for k in range(len(network.levels) - 1):
        forward.append(step(small, forward[-1], h, k, p, meter))
        held += sum(map(len, forward[-1].values()))
        meter.hold(held, "the Jacobian of a network")
    backward = _backward(small, h, p, meter)
    for edge in network.edges:
        prefix = forward[edge.level][edge.target]
        images: dict[str, Polynomial] = {}
        for leaf, poly in backward[edge.source].items():
            into = images.setdefault(leaf, {})
            meter.spend(300 * len(poly) * len(prefix) + 100, "the Jacobian of a network")
            for x, c in poly.items():
                add_shifted(into, prefix, x, c, small.moduli)
                meter.hold(held + len(into), "the Jacobian of a network")
            held += len(into)
            images[leaf] = clean(into, p)
        for tap in edge.taps:
            row: dict[object, int] = {}
            for leaf, poly in images.items():
                moved: Polynomial = {}
                meter.spend(300 * len(poly), "the Jacobian of a network")
                add_shifted(moved, poly, tap, 1, small.moduli)
                row.update({(leaf, x): int(c) for x, c in moved.items()})
            held += len(row)
            meter.hold(held, "the Jacobian of a network")
            yield row


def _backward(network: Network, h: Points, p: int, meter: Meter) -> dict[str, dict[str, Polynomial]]:
    """Node -> leaf -> sum over the paths from the leaf to the node."""
    zero = (0,) * len(network.moduli)
    result: dict[str, dict[str, Polynomial]] = {leaf: {leaf: {zero: 1}} for leaf in network.leaves}
    held = 0
    for level in reversed(network.levels):
        for edge in level:
            for leaf, poly in result[edge.source].items():
                into = result.setdefault(edge.target, {}).setdefault(leaf, {})
                meter.spend(300 * len(poly) * len(edge.taps) + 500, "the Jacobian of a network")
                held -= len(into)
                for i, tap in enumerate(edge.taps):
                    add_shifted(into, poly, tap, h[edge.level][edge.offset + i], network.moduli)
                    meter.hold(held + len(into), "the Jacobian of a network")
                held += len(into)
        for node in {edge.target for edge in level}:
            result[node] = {leaf: clean(poly, p) for leaf, poly in result[node].items()}
    return result


def _quotient(network: Network, h: Points, wanted: int) -> tuple[int, ...]:
    """A modulus for every coordinate.

    The group itself when the point has few nonzero paths; else divisors of its entries (primes for 0) that leave
    room for `wanted` independent rows, where small ones exist.
    """
    counts = {network.root: 1}
    for edge in network.edges_by_level:
        live = sum(1 for i in range(len(edge.taps)) if h[edge.level][edge.offset + i])
        counts[edge.source] = counts.get(edge.source, 0) + live * counts[edge.target]
    if max(counts.values()) <= FEW_PATHS:
        return network.moduli
    moduli = [n or next(q for q in range(64 * wanted + 4096, 1 << 62) if is_prime(q)) for n in network.moduli]
    for i in range(len(moduli)):
        while prod(moduli) > 64 * wanted + 4096:
            factor = next((q for q in range(2, 1000) if moduli[i] % q == 0), None)
            if factor is None or prod(moduli) // factor < 8 * wanted:
                break
            moduli[i] //= factor
    return tuple(moduli)


def directional(layers: Sequence[Sequence[Matrix]], h: Points, x: Points, p: int, meter: Meter) -> Matrix:
    """J_h x for a chain: the derivative of phi at h in the direction x (exact, or mod p)."""
    value = identity(rows_of(layers[0]))
    slope: Matrix = {}
    for matrices, hk, xk in zip(layers, h, x, strict=True):
        at = linear(matrices, hk, p, meter)
        slope = _plus(multiply(slope, at, p, meter), multiply(value, linear(matrices, xk, p, meter), p, meter), p)
        value = multiply(value, at, p, meter)
    return slope


def _plus(a: Matrix, b: Matrix, p: int) -> Matrix:
    return {r: kept for r, row in added((a, b)).items()
            if (kept := {c: z for c, v in row.items() if (z := v % p if p else v)})}


def _hashed(i: int, side: str, index: int, p: int) -> int:
    return int(hashlib.sha256(b"exactfact-checker:%d:%s:%d" % (i, side.encode(), index)).hexdigest()[:32], 16) % p

