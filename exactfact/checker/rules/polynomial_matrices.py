"""The product of a chain at parameters that are polynomials in one variable, over ZZ."""
from collections.abc import Sequence

from ..chains import Layer
from ..errors import Meter
from .polynomials import Poly, size, times, trimmed

PolyMatrix = dict[int, dict[int, Poly]]


def product_of(layers: Sequence[Layer], numerators: list[list[Poly]], meter: Meter) -> PolyMatrix:
    """M_1(N_1) ... M_K(N_K) over ZZ[t], for layers as they are held and vectors N_k of polynomials."""
    value: PolyMatrix | None = None
    for layer, polys in zip(layers, numerators, strict=True):
        at: PolyMatrix = {}
        held = 0
        for poly, matrix in zip(polys, layer.matrices, strict=True):
            for r, row in matrix.items():
                for c, v in row.items():
                    held += _add(at.setdefault(r, {}), c, times([v], poly, 0, meter), meter)
                    meter.hold(held, "products of polynomials")
        value = at if value is None else _multiply(value, at, meter)
    return value or {}


def _multiply(left: PolyMatrix, right: PolyMatrix, meter: Meter) -> PolyMatrix:
    result: PolyMatrix = {}
    held = 0
    for r, row in left.items():
        into: dict[int, Poly] = {}
        for k, a in row.items():
            for c, b in right.get(k, {}).items():
                held += _add(into, c, times(a, b, 0, meter), meter)
                meter.hold(held, "products of polynomials")
        result[r] = into
    return result


def _add(into: dict[int, Poly], c: int, term: Poly, meter: Meter) -> int:
    """Add a term to the entry at c; how many words more that stores."""
    old = into.get(c, [])
    bits = max(size(term), size(old))
    meter.spend(200 * (max(len(term), len(old)) + 10) * (1 + bits // 64), "sums of polynomials")
    into[c] = trimmed([a + b for a, b in aligned(old, term)]) if old else term
    return _words(into[c]) - _words(old)


def _words(f: Poly) -> int:
    return 1 + len(f) * (1 + size(f) // 64)


def aligned(f: Poly, g: Poly) -> list[tuple[int, int]]:
    """The coefficients of both, side by side, the shorter one continued by zeros."""
    n = max(len(f), len(g))
    return list(zip(f + [0] * (n - len(f)), g + [0] * (n - len(g)), strict=True))
