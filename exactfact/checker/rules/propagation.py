"""Rule 7.8: entries of phi that determine monomials step by step, a lattice Lambda of their exponents.

Evidence: {"prime", "point", "steps": [[cell, ...], ...], "exact", "free", "divisors"}; every entry of the point is
nonzero mod p. Each step: the classes modulo Lambda of the v(i) with A_i[cell] != 0 over QQ for some cell of the step
(formal supports); the matrix with a row for each cell and a column for each class C, the sum over i in C of
A_i[cell] h^v(i) mod p, has full column rank; then Lambda takes in all these v(i). "exact": true: the v(i) of all
complete paths of nonzero entries lie in Lambda, so Lambda = L; false: Lambda has finite index in L_0. Every parameter
occurs in Lambda. free and divisors are those of L_0/Lambda, and value >= n - free. (h^v(i) in place of
h^(v(i) - v(i_C)) multiplies columns by nonzero numbers; the common denominators of the layers are units mod p.)
Source: theory 7.8. Cost: the terms of the listed entries, reduced modulo Lambda; one rank mod p a step.
"""
from collections.abc import Sequence

from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from .elimination import Row, rank_mod
from .jacobian import read_point
from .lattice import Lattice
from .path_lattice import Entries, Index, edges_of, exponents, generators, group, starts
from .torsor import require_group


def check(claim: Claim, context: Context) -> None:
    """Accept iff the steps hold, the group is the one written, and value >= n - f."""
    f = fields(claim.evidence, "evidence", "prime point steps exact free divisors")
    p = context.prime(f["prime"])
    h = read_point(f["point"], p, context)
    require(all(x % p for layer in h for x in layer), "a point without zero entries", Text("a zero entry"))
    require(type(f["exact"]) is bool, "exact: true or false", f["exact"])
    sizes, edges = context.spec.parameters, edges_of(context)
    lattice, entries = Lattice(sum(sizes), context.meter), Entries(edges, context.meter)
    for number, step in enumerate(listing(f["steps"], "steps")):
        _step(listing(step, f"steps[{number}]"), f"steps[{number}]", entries, h, p, lattice, context)
    if f["exact"]:
        offsets = starts(sizes)
        missing = [i for i in generators(edges, context.meter) if lattice.reduce(exponents(i, offsets))]
        require(not missing, "the exponents of all paths in the lattice", Text(f"{len(missing)} that are not"))
    require(lattice.covers(), "every parameter in the lattice", Text("one that is not"))
    found = group(lattice, context)
    require(f["exact"] or not found[0], "a lattice of finite index", Text(f"free rank {found[0]}"))
    require_group(f, found)
    require(context.dimension - found[0] <= claim.value, f"a value >= {context.dimension - found[0]}", claim.value)


def _step(cells: Sequence[object], where: str, entries: Entries, h: list[list[int]], p: int, lattice: Lattice,
          context: Context) -> None:
    m, n = context.chain.shape
    offsets = starts(context.spec.parameters)
    names: dict[tuple[tuple[int, int], ...], int] = {}
    rows: list[Row] = []
    held = 0
    for cell in cells:
        start, end = divmod(whole(cell, where, 0, m * n), n)
        row: Row = {}
        for index, weight in entries.terms(start, end).items():
            key = tuple(sorted(lattice.reduce(exponents(index, offsets)).items()))
            column = names.setdefault(key, len(names))
            row[column] = (row.get(column, 0) + weight * _monomial(index, h, p)) % p
            context.meter.spend(1000 + 300 * len(index) + weight.bit_length(), "terms of an entry")
            held += 2 + 2 * len(key)
        rows.append(row)
        context.meter.hold(held, "terms of the entries")
    rank = rank_mod(rows, p, context.meter)
    require(rank == len(names) > 0, f"{where}: a matrix of full column rank {len(names)}", rank)
    for key in names:
        lattice.add(dict(key))


def _monomial(index: Index, h: list[list[int]], p: int) -> int:
    value = 1
    for j, layer in zip(index, h, strict=True):
        value = value * layer[j] % p
    return value
