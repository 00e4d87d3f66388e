"""Theorems 5 and 7: from the fit of an estimate to a radius that holds every solution (theory 12.1, 10.4).

Where Ker A = 0 (networks: on path tensors), sigma_min(A)^2 >= t, ||phi(h*) - X|| <= delta, ||phi(h) - X|| <= eta:
||P(h) - P(h*)|| <= epsilon = (delta + eta) / sqrt(t).  With M = ||P(h)||_inf and epsilon <= M/2 (or < M),
d_p([h], [h*]) <= c (sum S_k)^(1/p) M^(1/K - 1) epsilon.  Every number is a rational, rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactfact.model.numbers import Number

from .perturbation import Side, scale_up, side_condition
from .rounding import root_up, shortened_up

RADIUS_BITS = 64


@dataclass(frozen=True)
class Radius:
    """A certified radius in the norms 1, 2 and infinity, with u >= M^(1/K - 1) and the side condition used."""

    largest: Fraction
    side: Side
    root: Fraction
    one: Fraction
    two: Fraction
    infinity: Fraction

    def norms(self) -> dict[str, Fraction]:
        """{"1", "2", "inf"}: the radius of d_p for these p."""
        return {"1": self.one, "2": self.two, "inf": self.infinity}


def tensor_radius(delta: Number, eta: Number, sigma_squared: Number) -> Fraction:
    """epsilon of 12.1, rounded up: epsilon^2 t >= (delta + eta)^2 for t = sigma_squared > 0 (delta, eta >= 0)."""
    return shortened_up(root_up(Fraction(delta + eta) ** 2 / Fraction(sigma_squared)), RADIUS_BITS)


def radius(largest: Fraction, size: int, depth: int, epsilon: Fraction) -> Radius | None:
    """The radius for M >= largest, sum S_k = size, K = depth; None where the side condition fails."""
    side = side_condition(epsilon, largest, depth)
    if side is None:
        return None
    root = shortened_up(scale_up(largest, depth), RADIUS_BITS)
    reach = side.constant * root * epsilon
    return Radius(
        largest,
        side,
        root,
        shortened_up(size * reach, RADIUS_BITS),
        shortened_up(root_up(size) * reach, RADIUS_BITS),
        shortened_up(reach, RADIUS_BITS),
    )


def noise_limit(largest: Fraction, eta: Number, sigma_squared: Number) -> Fraction:
    """The noise level from which on the side condition epsilon < M fails (rounded up; negative when it fails at 0)."""
    return root_up(Fraction(sigma_squared)) * largest - Fraction(eta)
