"""Solutions of integer systems, digit by digit modulo powers of a prime, in exact float64 products.

The system is [B; below] Y = d [right; corner] with B invertible.  Residuals stay small, so that all products of a
residual or a digit with a block are integers below 2^53.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from flint import nmod_mat

from .primes import random_primes
from .reconstruction import reconstruct

EXACT = 2**53
LARGEST_DIGIT = 2**30
SMALLEST_DIGIT = 2**12
# All of them miss a factor 2 of the denominator with probability 2^-12.
COMBINATIONS = 12
WEIGHT = 2**10
Array = Any


@dataclass(frozen=True)
class Split:
    """Blocks of an integer matrix around an invertible minor B, in float64.

    `left` = [B; below], `right` = [right; corner], the rows of B first.  `modulus`: the prime of the digits.
    """

    left: Array
    right: Array
    modulus: int

    @staticmethod
    def around(array: Array, rows: list[int], cols: list[int]) -> Split | None:
        """The blocks of an integer matrix; None when its entries are too large for exact float64 products."""
        order = rows + np.delete(np.arange(len(array)), rows).tolist()
        free = np.delete(np.arange(array.shape[1]), cols)
        largest = max(-int(array.min()), int(array.max()))
        size = len(rows)
        # |residual| <= size * largest / 2 + largest + 1, met by a balanced inverse; digits are met by the entries.
        high = min(LARGEST_DIGIT, 2 * EXACT // (size * (size * largest // 2 + largest + 1) + 1))
        if high < SMALLEST_DIGIT:
            return None
        tall = array[order]
        for modulus in random_primes(size, "digits", span=(high // 2, high)):
            split = Split(tall[:, cols].astype(np.float64), tall[:, free].astype(np.float64), modulus)
            if split.inverse is not None:
                return split
        raise AssertionError

    @property
    def size(self) -> int:
        """The rank r of B."""
        return int(self.left.shape[1])

    @cached_property
    def inverse(self) -> Array | None:
        """B^-1 modulo the modulus, balanced; None when the modulus divides det B."""
        minor = self.left[: self.size].astype(np.int64)
        try:
            inverse = nmod_mat(self.size, self.size, minor.ravel().tolist(), self.modulus).inv()
        except ZeroDivisionError:
            return None
        values = np.array([int(x) for x in inverse.entries()], dtype=np.float64).reshape(minor.shape)
        return np.where(values > self.modulus // 2, values - self.modulus, values)

    def digits_bound(self) -> int:
        """Digits that hold every entry of Y: Cramer's rule and Hadamard's bound by rows."""
        squares = (self.left[: self.size] ** 2).sum(axis=1) + (self.right[: self.size] ** 2).max(axis=1, initial=0)
        bits = sum(math.ceil(math.log2(square + 1)) for square in squares.tolist()) / 2
        return int(bits / (self.modulus.bit_length() - 1)) + 3

    def digit(self, residuals: Array) -> Array:
        """B^-1 times the residuals of the rows of B, balanced modulo the modulus."""
        return _balanced(self.inverse @ residuals[: self.size], self.modulus)


def common_denominator(split: Split, seed: int, digits: int) -> int | None:
    """The denominator of B^-1 times random combinations of the columns of `right`, or None beyond `digits` digits."""
    rng = np.random.default_rng(seed)
    weights = rng.integers(-WEIGHT, WEIGHT + 1, (split.right.shape[1], COMBINATIONS)).astype(np.float64)
    target = split.right[: split.size] @ weights
    top, q = split.left[: split.size], split.modulus
    # The combinations are larger than one column: their first residual is met in two halves.
    low = _balanced(target.copy(), q)
    residuals, carry = low, (target - low) / q
    lifted, power, attempt = np.zeros(target.shape, dtype=object), 1, 2
    for count in range(1, digits + 1):
        digit = _balanced(_product(split.inverse, residuals, q), q)
        lifted = lifted + power * digit.astype(np.int64).astype(object)
        power *= q
        residuals = (residuals - top @ digit) / q + carry
        carry = np.zeros_like(carry)
        if count in (attempt, digits):
            attempt = attempt * 3 // 2 + 1
            denominator = _denominator(lifted.ravel().tolist(), power)
            if denominator is not None:
                return denominator
    return None


def solves(split: Split, denominator: int, digits: int, progress: Callable[[str], None]) -> int | None:
    """After how many digits Y is complete and solves all rows; None when it is not after `digits`."""
    q, size = split.modulus, split.size
    solution = np.rint(split.digit(split.right)).astype(np.int64)
    residuals = np.zeros_like(split.right)
    coefficients = _balanced_digits(denominator, q)
    for count in range(max(digits, len(coefficients)) + 2):
        if count % 16 == 0:
            progress(f"digit {count} of the proof that a rank is {size}")
        coefficient = coefficients[count] if count < len(coefficients) else 0
        digit = split.inverse @ residuals[:size]
        if coefficient:
            digit += (solution * coefficient % q).astype(np.float64)
            residuals += coefficient * split.right
        elif count >= len(coefficients) and not residuals.any():
            return count
        residuals -= split.left @ _balanced(digit, q)
        quotient = np.rint(residuals * (1.0 / q))
        residuals -= q * quotient
        if residuals.any():
            return None
        residuals = quotient
    return None


def _balanced_digits(value: int, q: int) -> list[int]:
    digits = []
    while value:
        digit = value % q
        digit -= q if digit > q // 2 else 0
        digits.append(digit)
        value = (value - digit) // q
    return digits


def _denominator(values: list[int], modulus: int) -> int | None:
    """A common denominator of numbers known modulo `modulus` that leaves small numerators, or None."""
    bound = math.isqrt(modulus // 2)
    # A denominator that fits by chance does not fit the margin of one more word.
    small, denominator = bound >> 16, 1
    for value in values:
        scaled = value * denominator % modulus
        if min(scaled, modulus - scaled) <= small:
            continue
        fraction = reconstruct(scaled, modulus)
        if fraction is None:
            return None
        denominator *= fraction.denominator
        if denominator > small:
            return None
    return denominator


def _product(inverse: Array, residuals: Array, q: int) -> Array:
    """inverse @ residuals reduced mod q, for residuals up to q / 2: in two halves of their bits."""
    step = 2.0**12
    high = np.rint(residuals / step)
    upper = _balanced(inverse @ high, q) * step
    return upper + _balanced(inverse @ (residuals - step * high), q)


def _balanced(values: Array, q: int) -> Array:
    values -= q * np.rint(values * (1.0 / q))
    return values
