"""Rule 4.4: `uniform` modulo scaling, proved over CC (or GF(p)) by 3 x 3 minors on the kernel of A modulo one prime.

Evidence: p proved prime, operators p-integral (the field's own p over GF(p)); a degree D >= 3; minors
[layers, rows, columns, factors]: of the flattening of T(t) = sum t_f B_f with these layers as rows, the others as
columns, numbered in lexicographic order. For each multi-index f whose column of A depends mod p on those before it, in
order, B_f is the vector of Ker (A mod p) with a 1 at f and otherwise entries at earlier multi-indices that are not of
this kind. factors: numbers of the monomials of degree D - 3 in t_1, ..., t_d, lexicographic as sorted variables.
Verified: the products span all forms of degree D mod p. Then no nonzero
kernel vector mod p, so none over CC, is a sum of two decomposable tensors or a limit of such.
Source: theory 4.4. Cost: the kernel mod p, one elimination of binom(d + D - 1, D) columns.
"""
from collections.abc import Sequence
from itertools import combinations_with_replacement, product
from math import comb, prod
from typing import Any

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from .columns import columns
from .elimination import Echelon, Row, rank_mod
from .matrices import flatten

Form = dict[tuple[int, ...], int]  # sorted variables: coefficient


def check(claim: Claim, context: Context) -> None:
    """Accept iff the multiples of the minors are all forms of the degree."""
    f = fields(claim.evidence, "evidence", "prime degree minors")
    p, degree = context.prime(f["prime"]), whole(f["degree"], "degree", 3, 64)
    sizes = context.spec.parameters
    basis = _kernel(p, context)
    d = len(basis)
    total = comb(d + degree - 1, degree)
    context.meter.spend(1000 * total, "forms")
    width = 1 + degree // 8  # a monomial is a tuple of as many variables
    context.meter.hold(total * width, "forms")
    factors = _monomials(d, degree - 3, context) if d else []
    rows: list[Row] = []
    size = 0
    for i, entry in enumerate(listing(f["minors"], "minors")):
        where = f"minors[{i}]"
        layers, at, across, chosen = listing(entry, where, 4)
        cubic = _minor(basis, _places(layers, at, across, sizes, where), p, context)
        for number in listing(chosen, where):
            factor = factors[whole(number, f"{where}, factor", 0, len(factors))]
            context.meter.spend(1000 + 1000 * len(cubic), "multiples of minors")
            rows.append({tuple(sorted(m + factor)): v for m, v in cubic.items()})
            size += len(cubic) * width
            context.meter.hold(size, "multiples of minors")
    rank = rank_mod(rows, p, context.meter, total) if len(rows) >= total else 0
    require(rank == total, f"{total} independent multiples of degree {degree} mod {p}", Text(
        f"rank {rank} of {len(rows)}"))


def _monomials(d: int, degree: int, context: Context) -> list[tuple[int, ...]]:
    context.meter.spend(300 * comb(d + degree - 1, degree), "forms")
    return list(combinations_with_replacement(range(d), degree))


def _kernel(p: int, context: Context) -> list[dict[tuple[int, ...], int]]:
    """The basis of Ker (A mod p): rows (A_i, e_i) are eliminated in order, those that vanish on the cells remain.

    The coordinates of e stand in decreasing order, so that a row that remains leads with its own, the latest, i.
    """
    sizes, meter = context.spec.parameters, context.meter
    total = prod(sizes)
    meter.hold(total * (1 + len(sizes) // 8), "columns")
    indices = list(product(*map(range, sizes)))
    vectors, size = [], 0
    for _, matrix in columns(context.reduced(p), indices, p, meter):
        vectors.append(flatten(matrix, context.chain.shape[1]))
        size += len(vectors[-1])
        meter.hold(size, "columns")
    cells = {c: i for i, c in enumerate(sorted({c for vector in vectors for c in vector}))}
    start = len(cells)
    echelon = Echelon(p, start + total, meter)
    echelon.require_affordable(total)
    for i, vector in enumerate(vectors):
        echelon.add({**{cells[c]: v for c, v in vector.items()}, start + total - 1 - i: 1})
    return [{indices[start + total - 1 - column - i]: v for i, v in enumerate(values) if v}
            for column, values in reversed(echelon.rows_from(start))]


def _places(layers: Any, at: Any, across: Any, sizes: Sequence[int], where: str) -> list[list[tuple[int, ...]]]:
    """The 3 x 3 multi-indices of a minor."""
    side = [whole(k, f"{where}, layers", 0, len(sizes)) for k in listing(layers, f"{where}, layers")]
    require(side == sorted(set(side)) and 0 < len(side) < len(sizes), f"{where}: some layers, not all, in order", side)
    others = [k for k in range(len(sizes)) if k not in side]
    split = []
    for given, part in ((at, side), (across, others)):
        count = prod(sizes[k] for k in part)
        numbers = [whole(i, where, 0, count) for i in listing(given, where, 3)]
        require(len(set(numbers)) == 3, f"{where}: three different rows and columns", numbers)
        split.append([_unranked(i, part, sizes) for i in numbers])
    return [[tuple((row | col)[k] for k in range(len(sizes))) for col in split[1]] for row in split[0]]


def _unranked(number: int, layers: Sequence[int], sizes: Sequence[int]) -> dict[int, int]:
    index = {}
    for k in reversed(layers):
        number, index[k] = divmod(number, sizes[k])
    return index


def _minor(basis: list[dict[tuple[int, ...], int]], places: list[list[tuple[int, ...]]], p: int,
           context: Context) -> Form:
    """det of the linear forms at 3 x 3 places, a cubic form."""
    linear = [[{i: v for i, vector in enumerate(basis) if (v := vector.get(at, 0))} for at in row] for row in places]
    context.meter.spend(1000 * (len(basis) + len(context.spec.parameters)), "minors")
    total: Form = {}
    for i, (j, k) in enumerate(((1, 2), (2, 0), (0, 1))):
        for sign, one, two in ((1, linear[1][j], linear[2][k]), (-1, linear[1][k], linear[2][j])):
            context.meter.spend(600 * (1 + len(linear[0][i])) * (1 + len(one)) * (1 + len(two)), "minors")
            for (a, x), (b, y), (c, z) in product(linear[0][i].items(), one.items(), two.items()):
                at = tuple(sorted((a, b, c)))
                total[at] = (total.get(at, 0) + sign * x * y * z) % p
    return {at: v for at, v in total.items() if v}
