"""What the engine msolve answers about a polynomial system, read strictly: anything else is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpz_poly

from .polynomial_text import variable

EXTRA_VARIABLE = "A"  # what the engine calls a variable that it adds: minus the linear form of the others


class EngineError(Exception):
    """The engine is missing, was stopped, or gave an answer that cannot be trusted; the message says which."""


@dataclass(frozen=True)
class Solutions:
    """How many different solutions a system has over CC, RR and QQ; all None when there are infinitely many."""

    CC: int | None
    RR: int | None
    QQ: int | None


INFINITE = Solutions(None, None, None)


@dataclass(frozen=True)
class Parametrization:
    """A finite set of solutions: the zeros of `minimal`, values of the linear form with weights `form` in `names`."""

    names: tuple[str, ...]
    form: tuple[int, ...]
    minimal: tuple[int, ...]

    def solutions(self) -> Solutions:
        """Different zeros over CC, RR and QQ."""
        poly = fmpz_poly(list(self.minimal))
        parts = [factor for factor, _ in poly.factor()[1]]
        roots: list[Any] = [root for part in parts for root in part.complex_roots()]
        real = sum(value.imag == 0 for value, _ in roots)  # balls of real roots have the exact imaginary part 0
        return Solutions(sum(part.degree() for part in parts), real, sum(part.degree() == 1 for part in parts))

    def solved_by(self, point: Sequence[Fraction]) -> bool:
        """Whether the linear form takes one of its values at the point (the variables x1, x2, ...)."""
        values = {variable(number): value for number, value in enumerate(point)}
        weights = dict(zip(self.names, self.form, strict=True))
        extra = weights.pop(EXTRA_VARIABLE, None)
        if weights.keys() != values.keys() or extra == 0:
            return False
        value = sum((weights[name] * values[name] for name in values), Fraction(0))
        t = value if extra is None else -value / extra
        total = Fraction(0)
        for coefficient in reversed(self.minimal):
            total = total * t + coefficient
        return total == 0


def parse(text: str, variables: int) -> Parametrization | Solutions | None:
    """Read the output of mode -P 2.  EngineError for anything but its three forms."""
    body = "".join(text.split())
    if not body.endswith(":"):
        raise EngineError("msolve's answer is cut")
    try:
        value = json.loads(body[:-1].replace("'", '"'))
    except (ValueError, RecursionError):
        raise EngineError("msolve's answer is not in its format") from None
    if value == [-1]:
        return None
    if type(value) is list and len(value) == 4 and value[0] == 1 and value[2:] == [-1, []]:
        return INFINITE
    try:
        return _parametrization(value, variables)
    except (TypeError, ValueError, IndexError, KeyError):
        raise EngineError("msolve's answer is not in its format") from None


def _parametrization(value: Any, variables: int) -> Parametrization:
    """Read [0, [0, n, degree, names, form, [1, [minimal, derivative, ...]]]], polynomials as [degree, coefficients]."""
    zero, (characteristic, count, degree, names, form, (one, (minimal, *_))) = value
    size, coefficients = minimal
    allowed = {*(variable(n) for n in range(variables)), EXTRA_VARIABLE}
    sound = (
        (zero, characteristic, one) == (0, 0, 1)
        and len(names) == len(form) == count == len(set(names))
        and set(names) <= allowed
        and size >= 1
        and len(coefficients) == size + 1
        and size <= degree
        and all(type(v) is int for v in (*form, *coefficients, degree, size))
        and coefficients[-1] != 0
    )
    if not sound:
        raise ValueError
    return Parametrization(tuple(names), tuple(form), tuple(coefficients))
