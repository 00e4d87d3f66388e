"""Exact polynomials through sympy, and the number of classes in a generic or a given complex fibre.

sympy is wanted only here, and imported only when a case needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from math import comb, prod
from typing import Any

from exactfact.proving.small.case import MissingSympy

Grid = list[list[Any]]
INFINITE = -1


@cache
def _sympy() -> Any:
    try:
        import sympy
        import sympy.polys.groebnertools
        import sympy.polys.rings
    except ImportError as error:
        raise MissingSympy("this case needs sympy: pip install 'exactfact[prove]'") from error
    return sympy


def symbols(count: int) -> list[Any]:
    """Independent polynomial variables over the integers."""
    sympy = _sympy()
    if count == 0:
        return []
    ring = sympy.polys.rings.ring([f"v{i}" for i in range(count)], sympy.ZZ)[0]
    return list(ring.gens)


def multiply(left: Grid, right: Grid) -> Grid:
    """Matrix times matrix."""
    columns = list(zip(*right, strict=True))
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def add(left: Grid, right: Grid) -> Grid:
    """The sum."""
    return [[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(left, right, strict=True)]


def subtract(left: Grid, right: Grid) -> Grid:
    """The difference."""
    return [[a - b for a, b in zip(r, s, strict=True)] for r, s in zip(left, right, strict=True)]


def entries(h: Sequence[Sequence[Any]]) -> list[Any]:
    """P(h)."""
    result: list[Any] = [1]
    for layer in h:
        result = [a * b for a in result for b in layer]
    return result


@cache
def generic_classes(sizes: tuple[int, ...], rows: tuple[tuple[int, ...], ...]) -> int:
    """The number of classes in the generic complex fibre of h -> A P(h), INFINITE where it is infinite.

    h is a point with independent symbols as entries: Groebner bases over Q(h), one for every cell of the product of
    projective spaces (the first nonzero entry of each layer is 1), with one unknown scalar. In characteristic 0 the
    generic fibre is reduced, so the dimension of the quotient counts its points.
    """
    field, y = _generic_values(sizes, rows)
    return _all_cells(sizes, rows, y, field, radical=False)


def _generic_values(sizes: Sequence[int], rows: Sequence[Sequence[int]]) -> tuple[Any, list[Any]]:
    """Q(h) and A P(h); by homogeneity the first entry of all layers but one is 1."""
    sympy = _sympy()
    names = [sympy.Symbol(f"h{k}_{j}") for k, s in enumerate(sizes) for j in range(s) if j or not k]
    field = sympy.QQ.frac_field(*names)
    given = iter(field.gens)
    h = [[next(given) if j or not k else field.one for j in range(s)] for k, s in enumerate(sizes)]
    return field, _values(rows, entries(h))


@cache
def classes_at(rows: tuple[tuple[int, ...], ...], h: tuple[tuple[int, ...], ...]) -> int:
    """The number of classes g with phi(g) = phi(h) != 0 over the complex numbers, for an integer point h."""
    y = _values(rows, entries(h))
    assert any(y)
    return _all_cells(tuple(map(len, h)), rows, y, _sympy().QQ, radical=True)


def _values(rows: Sequence[Sequence[int]], tensor: Sequence[Any]) -> list[Any]:
    return [sum((a * t for a, t in zip(row, tensor, strict=True) if a), tensor[0] * 0) for row in rows]


def _all_cells(sizes: Sequence[int], rows: Sequence[Sequence[int]], y: list[Any], field: Any, *, radical: bool) -> int:
    total = 0
    for cell in product(*(range(s) for s in sizes)):
        found = _cell(sizes, rows, y, field, cell, radical)
        if found == INFINITE:
            return INFINITE
        total += found
    return total


def _cell(
    sizes: Sequence[int], rows: Sequence[Sequence[int]], y: list[Any], field: Any, cell: Sequence[int], radical: bool
) -> int:
    """Solutions whose first nonzero entry in layer k is the entry cell[k], equal to 1, with a scalar in front."""
    ring, equations, _ = _cell_equations(sizes, rows, y, field, cell, _sympy().grevlex)
    return count_points(equations, ring, radical=radical)


def _cell_equations(
    sizes: Sequence[int], rows: Sequence[Sequence[int]], y: list[Any], field: Any, cell: Sequence[int], order: Any
) -> tuple[Any, list[Any], list[list[Any]]]:
    """The ring, the equations scale * A P(g) = y, and g."""
    free = sum(s - 1 - c for s, c in zip(sizes, cell, strict=True))
    ring = _sympy().polys.rings.ring([f"x{i}" for i in range(free + 1)], field, order)[0]
    scale, *unknown = ring.gens
    left = iter(unknown)
    heads = [[ring.zero] * c + [ring.one] for c in cell]
    g = [[*head, *(next(left) for _ in range(s - len(head)))] for s, head in zip(sizes, heads, strict=True)]
    tensor = [scale * t for t in entries(g)]
    equations = [value - given for value, given in zip(_values(rows, tensor), y, strict=True)]
    return ring, [e for e in equations if e != 0], g


def count_points(equations: list[Any], ring: Any, *, radical: bool) -> int:
    """The dimension of the quotient by the equations, after making the ideal radical if asked."""
    basis = groebner(equations, ring)
    leading = [g.LM for g in basis]
    if any(not any(m) for m in leading):
        return 0
    if not _finite(leading, ring.ngens):
        return INFINITE
    if radical:
        extra = [_eliminant(basis, ring, i) for i in range(ring.ngens)]
        leading = [g.LM for g in groebner([*basis, *extra], ring)]
    return sum(1 for _ in _standard(leading, ring.ngens))


def groebner(equations: list[Any], ring: Any) -> list[Any]:
    """A Groebner basis."""
    if not equations:
        return []
    found: list[Any] = _sympy().polys.groebnertools.groebner(equations, ring)
    return found


def _finite(leading: list[Any], variables: int) -> bool:
    powers = {i for m in leading for i in range(variables) if m[i] and sum(m) == m[i]}
    return len(powers) == variables


def _standard(leading: list[Any], variables: int) -> Iterator[tuple[int, ...]]:
    """The monomials that no leading monomial divides; finitely many."""
    bounds = [min(m[i] for m in leading if m[i] and sum(m) == m[i]) for i in range(variables)]
    for monomial in product(*map(range, bounds)):
        if not any(all(a <= b for a, b in zip(m, monomial, strict=True)) for m in leading):
            yield monomial


def _eliminant(basis: list[Any], ring: Any, i: int) -> Any:
    """The squarefree part of the polynomial of least degree in the i-th variable alone (Seidenberg's lemma)."""
    sympy = _sympy()
    x = ring.gens[i]
    powers = [ring.one]
    while True:
        powers.append((powers[-1] * x).rem(basis))
        monomials = sorted({m for f in powers for m in f.monoms()})
        matrix = sympy.polys.matrices.DomainMatrix(
            [[f.coeff(ring({m: ring.domain.one})) if f else ring.domain.zero for f in powers] for m in monomials],
            (len(monomials), len(powers)),
            ring.domain,
        )
        null = matrix.nullspace()
        if null.shape[0]:
            weights = null.to_list()[0]
            polynomial = sum((ring({(0,) * ring.ngens: w}) * x**j for j, w in enumerate(weights)), ring.zero)
            return polynomial.exquo(polynomial.gcd(polynomial.diff(x)))


def fibre_length(
    rows: Sequence[Sequence[int]], sizes: Sequence[int], degree: int, p: int, y: Sequence[int] | None
) -> int:
    """H(d) of 7.3 mod p: forms of multidegree (d, .., d) modulo the outputs that vanish on y (None: all outputs)."""
    from exactfact.proving.small.finite import kernel, rank

    given = [list(row) for row in rows]
    functionals = [tuple(int(i == j) for j in range(len(given))) for i in range(len(given))]
    if y is not None:
        functionals = list(kernel([tuple(y)], len(given), p))
    columns = list(zip(*given, strict=True)) or [()] * prod(sizes)
    forms = [tuple(sum(c * a for c, a in zip(f, column, strict=True)) % p for column in columns) for f in functionals]
    count, places = _multiples(tuple(sizes), degree)
    shifted = []
    for form, positions in product(forms, places):
        row = [0] * count
        for coefficient, at in zip(form, positions, strict=True):
            row[at] = (row[at] + coefficient) % p
        shifted.append(row)
    return count - rank(shifted, p)


@cache
def _multiples(sizes: tuple[int, ...], degree: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """How many monomials have multidegree (d, .., d), and where those of multidegree (d-1, .., d-1) send each entry."""
    index = {m: i for i, m in enumerate(product(*(_exponents(s, degree) for s in sizes)))}
    assert len(index) == prod(comb(s + degree - 1, degree) for s in sizes)
    places = []
    for factor in product(*(_exponents(s, degree - 1) for s in sizes)):
        entries_of_tensor = product(*(range(s) for s in sizes))
        places.append(tuple(index[_raised(factor, i)] for i in entries_of_tensor))
    return len(index), tuple(places)


def _raised(factor: Sequence[tuple[int, ...]], i: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The monomial times h_{1, i_1} .. h_{K, i_K}."""
    return tuple(tuple(e + (j == a) for a, e in enumerate(m)) for m, j in zip(factor, i, strict=True))


def _exponents(variables: int, degree: int) -> Iterator[tuple[int, ...]]:
    if variables == 1:
        yield (degree,)
        return
    for first in range(degree, -1, -1):
        yield from ((first, *rest) for rest in _exponents(variables - 1, degree - first))


@cache
def generic_rank(sizes: tuple[int, ...], rows: tuple[tuple[int, ...], ...]) -> int:
    """The rank of the Jacobian of h -> A P(h) over Q(h)."""
    sympy = _sympy()
    names = [sympy.Symbol(f"h{k}_{j}") for k, s in enumerate(sizes) for j in range(s)]
    field = sympy.QQ.frac_field(*names)
    given = iter(field.gens)
    h = [[next(given) for _ in range(s)] for s in sizes]
    columns = []
    for k, s in enumerate(sizes):
        for j in range(s):
            moved = [*h[:k], [field.one if i == j else field.zero for i in range(s)], *h[k + 1 :]]
            columns.append([field.zero + v for v in _values(rows, entries(moved))])
    if not rows:
        return 0
    matrix = sympy.polys.matrices.DomainMatrix(columns, (len(columns), len(rows)), field)
    return int(matrix.rank())


def generic_ring(parameters: int, variables: int) -> tuple[Any, list[Any]]:
    """A polynomial ring over the field of rational functions in independent parameters, and these parameters."""
    sympy = _sympy()
    field = sympy.QQ.frac_field(*(sympy.Symbol(f"h{i}") for i in range(parameters)))
    ring = sympy.polys.rings.ring([f"x{i}" for i in range(variables)], field, sympy.grevlex)[0]
    return ring, [ring(h) for h in field.gens]


def isolated_at_origin(count: int, equations: Callable[[list[Any]], list[Any]]) -> bool:
    """Whether 0 is an isolated common zero, over CC, of equations in that many variables.

    It is one iff for every variable x some polynomial of the ideal saturated by x is not 0 there: the polynomials free
    of u in a lexicographic basis of the equations and u x - 1.
    """
    sympy = _sympy()
    ring = sympy.polys.rings.ring([f"x{i}" for i in range(count + 1)], sympy.QQ, sympy.lex)[0]
    u, *variables = ring.gens
    given = [ring(f) for f in equations(variables)]
    return all(_misses_origin(groebner([f for f in [*given, u * x - 1] if f], ring), ring) for x in variables)


def _misses_origin(basis: list[Any], ring: Any) -> bool:
    free = [f for f in basis if not any(m[0] for m in f.monoms())]
    return any(f.get(ring.zero_monom) for f in free)


def unknowns(count: int) -> tuple[Any, list[Any]]:
    """A polynomial ring over Q and its variables."""
    sympy = _sympy()
    ring = sympy.polys.rings.ring([f"x{i}" for i in range(count)], sympy.QQ, sympy.grevlex)[0]
    return ring, list(ring.gens)


def in_ideal(f: Any, equations: list[Any], ring: Any) -> bool:
    """Whether f is in the ideal of the equations."""
    return not f.rem(groebner([e for e in equations if e != 0], ring))


def finitely_many_values(
    sizes: tuple[int, ...], rows: tuple[tuple[int, ...], ...], layer: int, entry: int
) -> bool:
    """Whether h_{layer, entry} / h_{layer, 0} takes finitely many values on the generic complex fibre.

    In every cell where the first entry of the layer is 1, the ratio is a variable: it takes finitely many values iff
    the ideal contains a polynomial in it alone. In the other cells it is infinite: one value.
    """
    sympy = _sympy()
    field, y = _generic_values(sizes, rows)
    for cell in product(*(range(s) for s in sizes)):
        if cell[layer]:
            continue
        ring, equations, g = _cell_equations(sizes, rows, y, field, cell, sympy.lex)
        last = g[layer][entry]
        place = ring.gens.index(last)
        order = [i for i in range(ring.ngens) if i != place] + [place]
        turned = ring.clone(symbols=[ring.symbols[i] for i in order])
        moved = [turned.from_dict({tuple(m[i] for i in order): c for m, c in e.items()}) for e in equations]
        basis = groebner(moved, turned)
        if not any(all(not any(m[:-1]) for m in f) for f in basis):
            return False
    return True
