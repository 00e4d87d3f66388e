"""Evidence that an integer polynomial, in one or several variables, is irreducible over QQ or CC (theory 10.5).

In one variable: a prime modulo which it is irreducible; or a prime above the bound on the coefficients of divisors,
with the factors modulo it, no part of which lifts.  In several: a prime and a line along which it is irreducible, and a
simple zero modulo the prime.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import flint

from exactfact.model import is_prime
from exactfact.model.primality import PRIME_LIMIT

Terms = Mapping[tuple[int, ...], int]
SMALL = 101
PARTS = 12
TRIES = 10


@dataclass(frozen=True)
class ModularFactors:
    """A prime and the monic factors modulo it, constants first."""

    prime: int
    factors: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Lines:
    """A prime, an axis, the values of the other coordinates on the lines, and a simple zero or None."""

    prime: int
    axis: int
    values: tuple[int, ...]
    point: tuple[int, ...] | None


def one_variable(f: Sequence[int]) -> ModularFactors | None:
    """Evidence for an irreducible polynomial, constant first; None when no prime gives it."""
    degree = len(f) - 1
    for p in itertools.islice(_primes_from(SMALL, f[-1]), 20 + 8 * degree):
        _, factors = flint.nmod_poly(list(f), p).factor()
        if len(factors) == 1 and factors[0][1] == 1:
            return ModularFactors(p, (_monic([int(c) for c in factors[0][0].coeffs()], p),))
    bound = 2 * abs(f[-1]) * 2**degree * (math.isqrt(sum(c * c for c in f)) + 1)
    if 2 * bound >= PRIME_LIMIT:
        return None
    found = (_factors(f, p) for p in itertools.islice(_primes_from(bound + 1, f[-1]), TRIES))
    best = min((x for x in found if x is not None), key=lambda x: len(x.factors), default=None)
    return best if best is not None and len(best.factors) <= PARTS else None


def _primes_from(start: int, avoid: int) -> Iterator[int]:
    """Primes not below start that do not divide `avoid`."""
    return (p for p in itertools.count(start) if is_prime(p) and avoid % p)


def _factors(f: Sequence[int], p: int) -> ModularFactors | None:
    context = flint.fmpz_mod_poly_ctx(flint.fmpz_mod_ctx(p))
    _, factors = context(list(f)).factor()
    if any(multiplicity > 1 for _, multiplicity in factors):
        return None
    return ModularFactors(p, tuple(sorted(_monic([int(c) for c in g.coeffs()], p) for g, _ in factors)))


def _monic(f: Sequence[int], p: int) -> tuple[int, ...]:
    inverse = pow(f[-1], -1, p)
    return tuple(c * inverse % p for c in f)


def several_variables(f: Terms, seed: int) -> Lines | None:
    """Evidence for an irreducible polynomial whose exponents are not on a line; None when none is found."""
    rng = random.Random(f"exactfact:irreducible:{seed}:{sorted(f.items())}")
    axes = len(next(iter(f)))
    weak: Lines | None = None
    for p in itertools.islice(_primes_from(SMALL, math.prod(f.values())), 100):
        values = tuple(rng.randrange(1, p) for _ in range(axes))
        for axis in range(axes):
            if not _irreducible_on_lines(f, axis, values, p):
                continue
            point = _simple_zero(f, p, rng)
            if point is not None:
                return Lines(p, axis, values, point)
            weak = weak or Lines(p, axis, values, None)
    return weak


def _irreducible_on_lines(f: Terms, axis: int, values: Sequence[int], p: int) -> bool:
    """f keeps its length and is irreducible along the axis; its coefficients have no common factor along the others."""
    on_line = _restricted(f, axis, values, p)
    if on_line is None or on_line.degree() < 1 or sum(m for _, m in on_line.factor()[1]) != 1:
        return False
    parts: dict[int, dict[tuple[int, ...], int]] = {}
    for at, c in f.items():
        parts.setdefault(at[axis], {})[at] = c
    for other in (i for i in range(len(values)) if i != axis):
        common = flint.nmod_poly([], p)
        for part in parts.values():
            restricted = _restricted(part, other, values, p)
            if restricted is not None:
                common = common.gcd(restricted)
        if common.degree() != 0:
            return False
    return True


def _restricted(f: Terms, axis: int, values: Sequence[int], p: int) -> flint.nmod_poly | None:
    """f on the line along an axis, divided by its lowest power; None when its ends vanish modulo p."""
    low, top = min(at[axis] for at in f), max(at[axis] for at in f)
    result = [0] * (top - low + 1)
    for at, c in f.items():
        rest = math.prod(pow(x, n, p) for i, (x, n) in enumerate(zip(values, at, strict=True)) if i != axis)
        result[at[axis] - low] += c * rest
    return flint.nmod_poly(result, p) if result[0] % p and result[-1] % p else None


def _simple_zero(f: Terms, p: int, rng: random.Random) -> tuple[int, ...] | None:
    """A zero with nonzero coordinates at which some partial derivative does not vanish."""
    axes = len(next(iter(f)))
    for _ in range(TRIES):
        values = [rng.randrange(1, p) for _ in range(axes)]
        on_line = _restricted(f, 0, values, p)
        if on_line is None:
            continue
        for x in range(1, p):
            if int(on_line(x)) == 0 and int(on_line.derivative()(x)):
                return (x, *values[1:])
    return None
