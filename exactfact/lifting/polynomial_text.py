"""Polynomial systems as text for a solver that misreads more than it refuses: one strict way to write them.

Integer coefficients; every monomial once; x1^2, never x1*x1; no parentheses, fractions, decimals, leading +, -0, empty
polynomial, or name but x1, ..., xn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from exactfact.model import LimitError
from exactfact.model.numbers import Number

# Monomials are tuples of numbers of variables (0-based), in increasing order, repeated for powers.
Polynomial = dict[tuple[int, ...], Number]
COEFFICIENT_BITS = 4096


def cleared(polynomial: Mapping[tuple[int, ...], Number]) -> dict[tuple[int, ...], int]:
    """Integer coefficients without a common divisor, zeros dropped."""
    terms = {tuple(sorted(monomial)): value for monomial, value in polynomial.items() if value}
    scale = math.lcm(*(int(value.denominator) for value in terms.values()))
    whole = {monomial: int(value * scale) for monomial, value in terms.items()}
    common = math.gcd(*whole.values()) or 1
    return {monomial: value // common for monomial, value in whole.items()}


def variable(number: int) -> str:
    """The name of variable `number`, counted from 0: x1, x2, ..."""
    return f"x{number + 1}"


def system_text(polynomials: Sequence[Mapping[tuple[int, ...], Number]], variables: int) -> str:
    """A system over QQ: a line of variables, the characteristic, the polynomials that are not 0.

    ValueError without polynomials or variables, or when a monomial names a variable that does not exist.
    LimitError for coefficients beyond COEFFICIENT_BITS.
    """
    listed = [terms for terms in map(cleared, polynomials) if terms]
    if not listed or variables < 1:
        raise ValueError("a system needs a variable and a polynomial that is not 0")
    names = ",".join(variable(number) for number in range(variables))
    return f"{names}\n0\n" + ",\n".join(_polynomial(terms, variables) for terms in listed) + "\n"


def _polynomial(terms: Mapping[tuple[int, ...], int], variables: int) -> str:
    ordered = sorted(terms.items(), key=lambda term: (-len(term[0]), term[0]))
    text = "".join(_term(monomial, value, variables) for monomial, value in ordered)
    return text.removeprefix("+")


def _term(monomial: tuple[int, ...], value: int, variables: int) -> str:
    if value.bit_length() > COEFFICIENT_BITS:
        raise LimitError("a coefficient of a system", f"{value.bit_length()} bits", f"{COEFFICIENT_BITS}")
    if monomial and not 0 <= monomial[0] <= monomial[-1] < variables:
        raise ValueError(f"variables below {variables}")
    powers = [variable(n) if e == 1 else f"{variable(n)}^{e}" for n, e in sorted(Counter(monomial).items())]
    return "*".join([f"{value:+d}", *powers])
