"""The field over which an architecture is defined: QQ, or GF(p) with p proved prime."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import SpecError, at, describe, nearest
from .numbers import Number, integer, parse_digits
from .primality import PRIME_LIMIT, is_prime

_GF = re.compile(r"GF\(([0-9]+)\)")


@dataclass(frozen=True)
class Field:
    """The field of rationals (characteristic 0) or the prime field of that characteristic.

    Raises SpecError when the characteristic is neither 0 nor a prime below 3317044064679887385961981.
    """

    characteristic: int

    def __post_init__(self) -> None:
        with at("field"):
            p = integer(self.characteristic, 0, below=None)
            if p >= PRIME_LIMIT:
                raise SpecError("", f"a prime p < {PRIME_LIMIT} (3.3e24), where primality is proved", describe(p))
            if p and not is_prime(p):
                raise SpecError("", "GF(p) with p prime", f"{p}, which is not prime")
        object.__setattr__(self, "characteristic", p)

    @property
    def name(self) -> str:
        """As specs and certificates write it: "QQ" or "GF(p)"."""
        return f"GF({self.characteristic})" if self.characteristic else "QQ"

    @property
    def is_finite(self) -> bool:
        """True for GF(p), False for QQ."""
        return self.characteristic != 0

    def reduce(self, value: Number) -> Number:
        """The element that the rational `value` stands for: itself over QQ, its residue in [0, p) over GF(p).

        Raises SpecError (to be placed by the caller) when p divides the denominator.
        """
        p = self.characteristic
        if not p:
            return value
        if isinstance(value, int):
            return value % p
        if value.denominator % p == 0:
            raise SpecError("", f"a denominator not divisible by {p}", f"{describe(value.denominator)} as denominator")
        return value.numerator * pow(value.denominator, -1, p) % p

    def __str__(self) -> str:
        return self.name


QQ = Field(0)


def GF(p: int) -> Field:  # noqa: N802 - the name of the field in mathematics
    """The prime field with p elements; p is proved prime, p < 3317044064679887385961981."""
    with at("field"):
        integer(p, 2, below=None)
    return Field(p)


def field_of(value: object) -> Field:
    """A Field, from a Field or its name "QQ", "GF(p)".  Raises SpecError placed at `field`."""
    if isinstance(value, Field):
        return value
    required = '"QQ", or "GF(p)" with p prime'
    if not isinstance(value, str):
        raise SpecError("field", required, describe(value))
    if value == "QQ":
        return QQ
    match = _GF.fullmatch(value)
    if match is None or not value.isascii():
        raise SpecError("field", required, describe(value), nearest(value, ("QQ", "GF(2)", "GF(65521)")))
    if len(match[1]) > 30:
        raise SpecError("field", f"a prime p < {PRIME_LIMIT} (3.3e24)", f"p of {len(match[1])} digits")
    return GF(parse_digits(match[1]))
