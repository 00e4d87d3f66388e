"""Rule 7.7: generic identifiability modulo scaling over CC, by the tangent spaces of the image.

Evidence: prime p, a point h mod p with no zero layer and rank J_h = n, a number of annihilators of im J_h (the
functionals that `annihilators` derives), and a layer k: T_k is the matrix of the forms B_a(., e_i in layer k, .), a
through the annihilators and i < S_k, on the tensors of the other layers. Accepted iff
- rank T_k >= N / S_k - 1 mod p (L1); or
- layer null: these forms for all k, times e_j^* in layer k for all j, and the functionals of the product that vanish
  at phi(h), have rank >= N - 1 mod p as forms on all tensors (L2); or
- known [[l, relations], ...]: those layers are determined up to a scalar by the exact relations of 7.2, with h_l put
  into them, and rank T_k >= prod S_l - 1 over the other layers l != k (L3).
Layers are those of the spec, never products of several. Source: theory 7.7. Cost: one Jacobian mod p and its
elimination, N coefficients for each annihilator, one elimination with N / S_k (L2: N) columns.
"""
from collections.abc import Iterator, Sequence
from math import prod

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Meter, Text, require
from ..families import fields, listing, whole
from .elimination import Row, rank_mod
from .jacobian import read_point
from .jacobian_rows import chain_full
from .kernel_zero import require_nonzero
from .linear_elimination import require_determined
from .linear_forms import annihilators, coefficients, slices, vanishing
from .matrices import linear

Layers = Sequence[Sequence[Matrix]]


def check(claim: Claim, context: Context) -> None:
    """Accept iff the tangent test holds at the point."""
    f = fields(claim.evidence, "evidence", "prime point annihilators layer", known=[])
    p, meter = context.prime(f["prime"]), context.meter
    h = read_point(f["point"], p, context)
    require_nonzero(h, f"a point mod {p}")
    sizes, cols, layers = list(context.spec.parameters), context.chain.shape[1], context.reduced(p)
    known = [listing(x, "known", 2) for x in listing(f["known"], "known")]
    fixed = [whole(other, "known, layer", 0, len(sizes)) for other, _ in known]
    require(len(set(fixed)) == len(fixed), "different known layers", fixed)
    require_determined({other: rows for other, (_, rows) in zip(fixed, known, strict=True)}, h, p, context)
    count = whole(f["annihilators"], "annihilators", 0)
    kills = annihilators(list(chain_full(layers, h, p, cols, meter)), context.dimension, count, p, meter)
    if f["layer"] is None:
        require(not known, "no known layers for the test on all layers", fixed)
        require_rank(_all_forms(kills, layers, h, cols, p, meter), prod(sizes) - 1, p, meter)
        return
    k = whole(f["layer"], "layer", 0, len(sizes))
    require(k not in fixed, "a layer that is not known", k)
    left: list[Sequence[Matrix]] = list(layers)
    for other in fixed:
        left[other], sizes[other] = [linear(layers[other], h[other], p, meter)], 1
    require_rank((row for functional in kills for row in slices(
        coefficients(left, functional, cols, p, meter), sizes, k, meter)), prod(sizes) // sizes[k] - 1, p, meter)


def require_rank(rows: Iterator[Row], needed: int, p: int, meter: Meter) -> None:
    """Reject unless the forms have the rank needed mod p."""
    held = []
    size = 0
    for row in rows:
        size += len(row) + 8
        meter.hold(size, "forms")
        held.append(row)
    rank = rank_mod(held, p, meter, needed)
    require(rank >= needed, f"forms of rank >= {needed} mod {p}", Text(f"rank {rank}"))


def _all_forms(kills: Sequence[Row], layers: Layers, h: Sequence[Sequence[int]], cols: int, p: int,
               meter: Meter) -> Iterator[Row]:
    """The forms of L2 on all tensors."""
    sizes = [len(matrices) for matrices in layers]
    for functional in kills:
        form = coefficients(layers, functional, cols, p, meter)
        for k, size in enumerate(sizes):
            right = prod(sizes[k + 1:])
            for part in slices(form, sizes, k, meter):
                for j in range(size):
                    meter.spend(200 * len(part), "forms")
                    yield {(at // right * size + j) * right + at % right: v for at, v in part.items()}
    yield from vanishing(layers, h, cols, p, meter)
