"""Chains of convolutions: integer shifts for which phi(h) is the product of the Laurent polynomials of the layers.

With h_k(x) = sum_j h_{k,j} x^{s_{k,j}}, phi(h) depends on prod h_k(x) alone, and determines it (theory 10.5).
A network has its taps; for layers the shifts are guessed from the operators, or from the positions of the entries, and
then verified on the products of the layers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from exactfact.model import Architecture, LimitError, Network
from exactfact.model.convolutional import Convolution
from exactfact.model.structured import Circulant, Toeplitz

from .chain import Chain, SparseMatrix, multiply_sparse

Shift = tuple[int, ...]
Shifts = tuple[tuple[Shift, ...], ...]
Axis = tuple[tuple[int, ...], int]  # (places on one coordinate, its modulus or 0)
WORK_LIMIT = 4_000_000
SUMS_LIMIT = 200_000
STEPS = 12


def network_shifts(network: Network) -> Shifts | None:
    """Shifts of a network with one path whose sums do not wrap around; None when there are none to be found."""
    if any(len(edges) != 1 for edges in network.level_edges):
        return None
    taps = [network.effective_support(edges[0]) for edges in network.level_edges]
    for shifts in _lifts(taps, [network.group] * len(taps)):
        if _injective(shifts, network.group):
            return shifts
    return None


def layer_shifts(architecture: Architecture, chain: Chain) -> Iterator[Shifts]:
    """Shifts that would make a chain of layers one of convolutions: by families, then by offsets; see `verified`."""
    yield from _by_family(architecture)
    yield from _by_offsets(chain)


def _lifts(taps: Sequence[Sequence[Shift]], moduli: Sequence[Shift]) -> Iterator[Shifts]:
    """Integer representatives of the taps: arcs without the largest gap, for steps that make them short."""
    steps = [1]
    if len(moduli[0]) == 1 and len(set(moduli)) == 1 and moduli[0][0]:
        n = moduli[0][0]
        gaps = ((tap[0] - row[0][0]) % n for row in taps for tap in row)
        steps += [g for g in dict.fromkeys(min(g, n - g) for g in gaps) if g > 1 and math.gcd(g, n) == 1][:STEPS]
    for step in steps:
        lifted = []
        for row, modulus in zip(taps, moduli, strict=True):
            columns = [_arc([tap[i] for tap in row], n, step) for i, n in enumerate(modulus)]
            lifted.append(tuple(zip(*columns, strict=True)))
        yield tuple(lifted)


def _arc(places: Sequence[int], n: int, step: int) -> list[int]:
    """Representatives modulo n, in steps of `step`, that start after the largest gap."""
    if not n:
        return list(places)
    inverse = pow(step, -1, n)
    turned = [x * inverse % n for x in places]
    residues = sorted(set(turned))
    gaps = [(residues[i] - residues[i - 1]) % n or n for i in range(len(residues))]
    start = residues[max(range(len(gaps)), key=gaps.__getitem__)]
    return [(start + (x - start) % n) * step for x in turned]


def _injective(shifts: Shifts, moduli: Shift) -> bool:
    """Whether all sums stay different in the group."""
    axes = range(len(moduli))
    widths = [sum(max(s[i] for s in row) - min(s[i] for s in row) for row in shifts) for i in axes]
    if all(not n or width < n for n, width in zip(moduli, widths, strict=True)):
        return True
    sums: set[Shift] = {(0,) * len(moduli)}
    for row in shifts:
        if len(sums) * len(row) > SUMS_LIMIT:
            return False
        sums = {tuple(map(sum, zip(x, s, strict=True))) for x in sums for s in row}
    images = {tuple(x % n if n else x for x, n in zip(at, moduli, strict=True)) for at in sums}
    return len(images) == len(sums)


def sums(shifts: Shifts, most: int | None = None) -> int:
    """The number of different sums of one shift of each layer; of the first layers alone once that exceeds `most`."""
    reached: set[Shift] = {(0,) * len(shifts[0][0])}
    for row in shifts:
        reached = {tuple(map(sum, zip(x, s, strict=True))) for x in reached for s in row}
        if most is not None and len(reached) > most:
            break
    return len(reached)


def products(shifts: Shifts) -> int:
    """How many products of two matrices `verified` forms: for each layer, its parameters by the sums before it."""
    return sum(sums(shifts[:k]) * len(shifts[k]) for k in range(1, len(shifts)))


def _by_family(architecture: Architecture) -> Iterator[Shifts]:
    """Shifts from the keys of convolutions of one channel, circulants and Toeplitz layers.

    A convolution reads input place i * stride + shift for output place i; the strides of the layers to the right of a
    layer multiply its shifts.
    """
    rows, moduli, factors, factor = [], [], [], 1
    for layer in reversed(architecture.layers or ()):
        found = _taps(layer.operator)
        if found is None:
            return
        row, modulus, stride = found
        rows.append(row)
        moduli.append(modulus)
        factors.append(factor)
        factor *= stride
    if len({len(modulus) for modulus in moduli}) != 1:
        return
    for lifted in _lifts(rows[::-1], moduli[::-1]):
        yield tuple(
            tuple(tuple(f * x for x in s) for s in row) for row, f in zip(lifted, reversed(factors), strict=True)
        )


def _taps(operator: object) -> tuple[list[Shift], Shift, int] | None:
    """(shifts, moduli, stride) of one operator, None for another family."""
    if isinstance(operator, Circulant):
        return [tuple(-x for x in s) for s in operator.support], operator.size, 1
    if isinstance(operator, Toeplitz):
        diagonals = operator.diagonals or tuple(range(1 - operator.cols, operator.rows))
        return [(-d,) for d in diagonals], (0,), 1
    if not isinstance(operator, Convolution) or (operator.in_channels, operator.out_channels) != (1, 1):
        return None
    taps: list[Shift] = [()]
    for k in operator.kernel:
        taps = [(*tap, s * operator.dilation) for tap in taps for s in range(k)]
    wraps = operator.padding == "circular"
    return taps, tuple(n if wraps else 0 for n in operator.length), operator.stride


def _by_offsets(chain: Chain) -> Iterator[Shifts]:
    """Shifts from the entries: column = stride * row + shift for all entries of M_k(e_j), in one coordinate."""
    rows, factor = [], 1
    for k in reversed(range(chain.depth)):
        found = _offsets(chain, k)
        if found is None:
            return
        offsets, stride = found
        rows.append(tuple((factor * x,) for x in offsets))
        factor *= stride
    yield tuple(rows[::-1])


def _offsets(chain: Chain, k: int) -> tuple[list[int], int] | None:
    left, right = chain.labels[k], chain.labels[k + 1]
    layer = [sorted((left[r], right[c]) for r, c in matrix) for matrix in chain.layers[k]]
    if not all(layer):
        return None
    pair = next((cells for cells in layer if cells[0][0] != cells[-1][0]), None)
    stride = 1
    if pair is not None:
        (r, c), (r2, c2) = pair[0], pair[-1]
        stride = (c2 - c) // (r2 - r)
    offsets = [cells[0][1] - stride * cells[0][0] for cells in layer]
    good = all(c == stride * r + x for cells, x in zip(layer, offsets, strict=True) for r, c in cells)
    return (offsets, stride) if good and stride and len(set(offsets)) == len(offsets) else None


def verified(chain: Chain, shifts: Shifts, tick: Callable[[], None]) -> bool:
    """Whether the products of the layers depend on the sum of the shifts alone, and are independent by own cells.

    LimitError after WORK_LIMIT entries.
    """
    if [len(set(row)) for row in shifts] != list(chain.parameters):
        return False
    work = 0
    products: dict[Shift, SparseMatrix] = dict(zip(shifts[0], chain.layers[0], strict=True))
    for layer, row in zip(chain.layers[1:], shifts[1:], strict=True):
        tick()
        after: dict[Shift, SparseMatrix] = {}
        for at, product in products.items():
            for shift, matrix in zip(row, layer, strict=True):
                total = tuple(map(sum, zip(at, shift, strict=True)))
                new = multiply_sparse(product, matrix, chain.field)
                work += len(product) + len(matrix)
                if work > WORK_LIMIT:
                    raise LimitError("products of convolutions", f"more than {WORK_LIMIT} entries", f"{WORK_LIMIT}")
                if after.setdefault(total, new) != new:
                    return False
        products = after
    used = Counter(cell for product in products.values() for cell in product)
    return all(any(used[cell] == 1 for cell in product) for product in products.values())
