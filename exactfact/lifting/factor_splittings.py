"""The factors of a point of a chain of convolutions, and all other ways to give them to the layers (theory 10.5 c).

A layer is a Laurent polynomial {exponents: coefficient}; monomials are units.  A splitting gives each layer a part of
the multiset of irreducible factors and a monomial, so that its exponents are among the shifts of the layer.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint

from exactfact.algebra.irreducibility import Lines, ModularFactors, one_variable, several_variables
from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .convolution import Shift, Shifts
from .convolution_counts import line

Laurent = dict[Shift, int]
Part = tuple[int, ...]
Choice = tuple[tuple[Part, Shift], ...]  # for each layer its factors and its monomial
DEGREE_LIMIT = 1000
TERM_LIMIT = 2000
PART_LIMIT = 4096
STATE_LIMIT = 1_000_000
EXCHANGE_LIMIT = 300


@dataclass(frozen=True)
class Factored:
    """Irreducible factors over QQ with least exponents 0, and how often each divides each layer."""

    factors: tuple[Laurent, ...]
    exponents: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Irreducible:
    """The largest field (QQ, RR, CC) over which a factor is shown to be irreducible, with the evidence."""

    field: str
    proof: ModularFactors | Lines | None


def polynomials(shifts: Shifts, h: Sequence[Sequence[Number]]) -> list[Laurent]:
    """The layers at h as Laurent polynomials over ZZ, each times its common denominator; zero terms left out."""
    result = []
    for row, vector in zip(shifts, h, strict=True):
        scale = math.lcm(*(int(Fraction(x).denominator) for x in vector))
        result.append({s: int(x * scale) for s, x in zip(row, vector, strict=True) if x})
    return result


def factored(layers: Sequence[Laurent]) -> Factored:
    """The factors of all layers.  LimitError for degrees or numbers of terms that are too large."""
    found: dict[tuple[tuple[Shift, int], ...], list[int]] = {}
    for k, layer in enumerate(layers):
        for factor, exponent in _factors(layer):
            found.setdefault(tuple(sorted(factor.items())), [0] * len(layers))[k] += exponent
    ordered = sorted(found)
    return Factored(tuple(dict(terms) for terms in ordered), tuple(tuple(found[terms]) for terms in ordered))


def _factors(layer: Laurent) -> list[tuple[Laurent, int]]:
    low = _least(layer)
    terms = {tuple(x - y for x, y in zip(at, low, strict=True)): c for at, c in layer.items()}
    if len(terms) == 1:
        return []
    largest = max(map(max, terms))
    if largest > DEGREE_LIMIT or len(terms) > TERM_LIMIT:
        needed = f"degree {largest}, {len(terms)} terms"
        raise LimitError("factors of a layer", needed, f"degree {DEGREE_LIMIT}, {TERM_LIMIT} terms")
    if len(low) == 1:
        poly = flint.fmpz_poly([terms.get((i,), 0) for i in range(largest + 1)])
        return [({(i,): int(c) for i, c in enumerate(g.coeffs()) if int(c)}, int(e)) for g, e in poly.factor()[1]]
    names = tuple(f"x{i}" for i in range(len(low)))
    context = flint.fmpz_mpoly_ctx.get(names, "lex")
    factors = context.from_dict(terms).factor()[1]
    return [({tuple(map(int, at)): int(c) for at, c in g.to_dict().items()}, int(e)) for g, e in factors]


def irreducible(factor: Laurent, seed: int) -> Irreducible | None:
    """Evidence for one of the factors; None when none is found."""
    segment = line(sorted(factor))
    if segment is None:
        lines = several_variables(factor, seed)
        return None if lines is None else Irreducible("QQ" if lines.point is None else "CC", lines)
    places = segment[1]
    coefficients = [0] * (max(places) - min(places) + 1)
    for n, at in zip(places, sorted(factor), strict=True):
        coefficients[n - min(places)] = factor[at]
    if len(coefficients) == 2:
        return Irreducible("CC", None)
    if len(coefficients) == 3 and coefficients[1] ** 2 < 4 * coefficients[0] * coefficients[2]:
        return Irreducible("RR", None)
    proof = one_variable(coefficients)
    return None if proof is None else Irreducible("QQ", proof)


def splittings(found: Factored, layers: Sequence[Laurent], shifts: Shifts) -> list[Choice]:
    """One or two different splittings, the point's own among them or not.  LimitError when there are too many parts."""
    total = tuple(map(sum, found.exponents))
    parts = math.prod(e + 1 for e in total)
    if parts > PART_LIMIT:
        raise LimitError("ways to split the factors", f"{parts} parts", f"{PART_LIMIT} parts")
    products = _products(found.factors, total, len(shifts[0][0]))
    start = tuple(map(sum, zip(*map(_least, layers), strict=True)))
    states: dict[tuple[Part, Shift], list[Choice]] = {(total, start): [()]}
    for row in shifts:
        fitting = [(part, gap) for part, product in products.items() for gap in _gaps(product, row)]
        if len(states) * len(fitting) > STATE_LIMIT:
            raise LimitError("ways to split the factors", f"{len(states) * len(fitting)} steps", f"{STATE_LIMIT} steps")
        after: dict[tuple[Part, Shift], list[Choice]] = defaultdict(list)
        for (left, room), choices in states.items():
            for part, gap in fitting:
                if all(a >= b for a, b in zip(left, part, strict=True)):
                    into = after[_minus(left, part), _minus(room, gap)]
                    into += [(*choice, (part, gap)) for choice in choices[: 2 - len(into)]]
        states = after
    return states.get((tuple(0 for _ in total), (0,) * len(start)), [])


def own(found: Factored, layers: Sequence[Laurent]) -> Choice:
    """The splitting that the point itself is: for each layer how often each factor divides it, and its monomial."""
    columns = zip(*found.exponents, strict=True) if found.exponents else itertools.repeat(())
    return tuple((tuple(part), _least(layer)) for part, layer in zip(columns, layers, strict=False))


def exchanged(found: Factored, layers: Sequence[Laurent], shifts: Shifts) -> Choice | None:
    """A splitting in which two layers exchanged one factor each, the other way round; the first of a bounded number."""
    choice = own(found, layers)
    axes, tried = len(shifts[0][0]), 0
    for (k, (first, a)), (m, (last, b)) in itertools.combinations(enumerate(choice), 2):
        for i, j in itertools.permutations(range(len(found.factors)), 2):
            if not first[i] or not last[j]:
                continue
            tried += 1
            if tried > EXCHANGE_LIMIT:
                return None
            parts = [tuple(e + s * ((n == j) - (n == i)) for n, e in enumerate(p)) for p, s in ((first, 1), (last, -1))]
            gaps = [
                _gaps(_power_product(found.factors, p, axes), shifts[n]) for p, n in zip(parts, (k, m), strict=True)
            ]
            room = tuple(map(sum, zip(a, b, strict=True)))
            for gap in gaps[0]:
                if _minus(room, gap) in gaps[1]:
                    swapped = {k: (parts[0], gap), m: (parts[1], _minus(room, gap))}
                    return tuple(swapped.get(n, x) for n, x in enumerate(choice))
    return None


def competitor(
    found: Factored, choice: Choice, shifts: Shifts, h: Sequence[Sequence[Number]]
) -> tuple[tuple[Number, ...], ...]:
    """The point with that splitting and the same product: the scalars go into its first layer."""
    scalar = Fraction(1)
    vectors: list[list[Number]] = []
    for (part, gap), row, vector, exponents in zip(
        choice, shifts, h, itertools.zip_longest(*found.exponents) if found.exponents else [()] * len(h), strict=True
    ):
        product = _power_product(found.factors, part, len(gap))
        vectors.append([product.get(_minus(s, gap), 0) for s in row])
        given = _power_product(found.factors, exponents, len(gap))
        lead = min(s for s, x in zip(row, vector, strict=True) if x)
        scalar *= Fraction(vector[row.index(lead)]) / given[min(given)]
    first = [x * scalar for x in vectors[0]]
    vectors[0] = [int(x) if x.denominator == 1 else x for x in first]
    return tuple(tuple(vector) for vector in vectors)


def _least(f: Mapping[Shift, int]) -> Shift:
    return tuple(map(min, zip(*f, strict=True)))


def _minus(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...]:
    return tuple(x - y for x, y in zip(a, b, strict=True))


def _times(f: Laurent, g: Laurent) -> Laurent:
    result: Laurent = defaultdict(int)
    for a, x in f.items():
        for b, y in g.items():
            result[tuple(map(sum, zip(a, b, strict=True)))] += x * y
    return {at: c for at, c in result.items() if c}


def _power_product(factors: Sequence[Laurent], exponents: Sequence[int], axes: int) -> Laurent:
    result: Laurent = {(0,) * axes: 1}
    for factor, e in zip(factors, exponents, strict=True):
        for _ in range(e):
            result = _times(result, factor)
    return result


def _products(factors: Sequence[Laurent], total: Part, axes: int) -> dict[Part, Laurent]:
    """The products of all parts of the multiset of factors."""
    result: dict[Part, Laurent] = {}
    terms = 0
    for part in itertools.product(*(range(e + 1) for e in total)):
        i = next((i for i, e in enumerate(part) if e), None)
        if i is None:
            result[part] = {(0,) * axes: 1}
            continue
        result[part] = _times(result[(*part[:i], part[i] - 1, *part[i + 1 :])], factors[i])
        terms += len(result[part])
        if terms > STATE_LIMIT:
            raise LimitError("products of the factors", f"more than {STATE_LIMIT} terms", f"{STATE_LIMIT} terms")
    return result


def _gaps(product: Laurent, row: Sequence[Shift]) -> list[Shift]:
    """The monomials that take the exponents of a product into the shifts of a layer."""
    taps, first = set(row), next(iter(product))
    if len(product) > len(taps):
        return []
    gaps = (_minus(tap, first) for tap in row)
    return [gap for gap in gaps if all(tuple(map(sum, zip(at, gap, strict=True))) in taps for at in product)]
