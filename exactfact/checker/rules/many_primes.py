"""Rule 2.6: rank A <= value, by the layered span modulo several primes.

Hypotheses: the primes are distinct, proved, and the operators integral at each. Verified: the rank mod each prime, by
the deterministic layered algorithm (theory 3.1), is <= value; and (prod p)^2 > B^(value+1) with B the product over
the layers of max_j ||c_k M_k(e_j)||_F^2, so that a nonzero minor of order value + 1 cannot vanish mod all primes
(Hadamard). Over GF(p): the single prime p and no size condition. Source: theory 2.6. Cost: one layered span a prime.
"""
from collections.abc import Sequence
from math import prod

from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Meter, Text, require, shown
from ..families import fields, listing
from .elimination import Echelon
from .matrices import flatten, identity, multiply, rows_of


def check(claim: Claim, context: Context) -> None:
    """Accept iff no prime shows a rank above the value and the primes are large enough together."""
    f = fields(claim.evidence, "evidence", "primes")
    given = [context.prime(value, f"primes[{i}]") for i, value in enumerate(listing(f["primes"], "primes"))]
    require(bool(given) and len(set(given)) == len(given), "different primes, at least one", given)
    if not context.p:
        _require_large(given, int(claim.value), context)
    for p in given:
        rank = layered_rank(context.reduced(p), [layer.cols for layer in context.chain.layers], p, context.meter)
        require(rank <= claim.value, f"rank <= {shown(claim.value)} mod {p}", Text(f"rank {rank}"))


def _require_large(primes: list[int], value: int, context: Context) -> None:
    squares = 1
    for layer in context.chain.layers:
        norms = [sum(v * v for row in matrix.values() for v in row.values()) for matrix in layer.matrices]
        squares *= max(norms)
        context.meter.spend(squares.bit_length() + 200 * len(norms), "Hadamard's bound")
    total = prod(primes)
    if squares > 1:
        # Sizes first: the power is formed only when the comparison is not already decided by lengths.
        require((squares.bit_length() - 1) * (value + 1) <= 2 * total.bit_length(),
                f"(product of the primes)^2 > {squares}^{shown(value + 1)}" if squares < 1 << 64 else "larger primes",
                Text(f"a product of {total.bit_length()} bits"))
        context.meter.spend((squares.bit_length() * (value + 1)) ** 2 // 900, "Hadamard's bound")
    power = squares if squares < 2 else squares ** (value + 1)
    require(total * total > power, f"(product of the primes)^2 of more than {power.bit_length()} bits, or larger",
            Text(f"{(total * total).bit_length()} bits"))


def layered_rank(layers: Sequence[Sequence[Matrix]], cols: Sequence[int], p: int, meter: Meter) -> int:
    """Rank of A mod p: at each level a basis of the span of all products, from the basis of the level before."""
    basis = [identity(rows_of(layers[0]))]
    for matrices, n in zip(layers, cols, strict=True):
        following: list[Matrix] = []
        labels = _labels(basis, matrices, n, meter)
        echelon = Echelon(p, len(labels), meter)
        for matrix in matrices:
            for x in basis:
                if echelon.rank == len(labels):
                    break
                image = multiply(x, matrix, p, meter)
                if image and echelon.add({labels[cell]: v for cell, v in flatten(image, n).items()}):
                    following.append(image)
        basis = following
    return len(basis)


def _labels(basis: Sequence[Matrix], matrices: Sequence[Matrix], n: int, meter: Meter) -> dict[int, int]:
    """Numbers for the cells that products of the level may reach."""
    middle: dict[int, set[int]] = {}
    for x in basis:
        for a, row in x.items():
            middle.setdefault(a, set()).update(row)
    union: dict[int, set[int]] = {}
    for matrix in matrices:
        for r, row in matrix.items():
            union.setdefault(r, set()).update(row)
    cells: set[int] = set()
    for a, inner in middle.items():
        for b in inner:
            reached = union.get(b, set())
            meter.spend(60 * len(reached) + 100, "cells of a level")
            cells.update([a * n + c for c in reached])
        meter.hold(len(cells), "cells of a level")
    return {cell: i for i, cell in enumerate(sorted(cells))}
