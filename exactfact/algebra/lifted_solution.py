"""Solutions of integer systems, digit by digit modulo powers of a prime, in exact float64 products.

The system is [B; below] Y = d [right; corner] with B invertible.  Residuals stay small, so that all products of a
residual or a digit with a block are integers below 2^53.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import nmod_mat

from .primes import random_primes
from .reconstruction import reconstruct

EXACT = 2**53
LARGEST_DIGIT = 2**30
SMALLEST_DIGIT = 2**12
# What is added to the products of a residual before they are reduced: two halves of a coefficient times a digit.
ROOM = 2**46
# Those of the columns, or those of the rows, all miss a factor 2 of the denominator with probability 2^-11.
COMBINATIONS = 12
WEIGHT = 2**10
# Rows updated at a time, so that temporaries stay in cache.
STRIP = 128
HALF = 2**14
Array = Any


@dataclass(frozen=True)
class Split:
    """Blocks of an integer matrix around an invertible minor B, in float64.

    `left` = [B; below], `right` = [right; corner], the rows of B first.  `modulus`: the prime of the digits; `inverse`:
    B^-1 modulo it, balanced.
    """

    left: Array
    right: Array
    modulus: int
    inverse: Array

    @staticmethod
    def around(array: Array, rows: list[int], cols: list[int]) -> Split | None:
        """The blocks of an integer matrix; None when its entries are too large for exact float64 products."""
        order = rows + np.delete(np.arange(len(array)), rows).tolist()
        free = np.delete(np.arange(array.shape[1]), cols)
        largest = max(-int(array.min()), int(array.max()))
        size = len(rows)
        # |residual| <= size * largest / 2 + largest + 1, met by a balanced inverse; digits are met by the entries.
        high = min(LARGEST_DIGIT, 2 * (EXACT - ROOM) // (size * (size * largest // 2 + largest + 1) + 1))
        if high < SMALLEST_DIGIT:
            return None
        tall = array[order]
        for modulus in random_primes(size, "digits", span=(high - high // 8, high)):
            inverse = _inverse(tall[:size, cols], modulus)
            if inverse is not None:
                return Split(tall[:, cols].astype(np.float64), tall[:, free].astype(np.float64), modulus, inverse)
        raise AssertionError

    def transposed(self) -> Split:
        """The blocks of the transpose, around the transpose of B."""
        whole = np.concatenate([self.left, self.right], axis=1).T
        parts = whole[:, : self.size], whole[:, self.size :], self.inverse.T
        left, right, inverse = (np.ascontiguousarray(part) for part in parts)
        return Split(left, right, self.modulus, inverse)

    @property
    def size(self) -> int:
        """The rank r of the invertible minor B (r x r)."""
        return int(self.left.shape[1])

    def digits_bound(self) -> int:
        """Digits that hold every entry of Y: Cramer's rule and Hadamard's bound by rows."""
        squares = (self.left[: self.size] ** 2).sum(axis=1) + (self.right[: self.size] ** 2).max(axis=1, initial=0)
        bits = sum(math.ceil(math.log2(square + 1)) for square in squares.tolist()) / 2
        return int(bits / (self.modulus.bit_length() - 1)) + 3

    def digit(self, residuals: Array) -> Array:
        """B^-1 times the residuals of the rows of B, balanced modulo the modulus."""
        return _balanced(self.inverse @ residuals[: self.size], self.modulus)


def _inverse(minor: Array, modulus: int) -> Array | None:
    """The inverse of an integer matrix, balanced; None when the modulus divides its determinant."""
    size = len(minor)
    try:
        inverse = nmod_mat(size, size, minor.ravel().tolist(), modulus).inv()
    except ZeroDivisionError:
        return None
    return _balanced(np.array([int(x) for x in inverse.entries()], dtype=np.float64).reshape(size, size), modulus)


def common_denominator(split: Split, seed: int, digits: int) -> int | None:
    """The denominator of B^-1 `right`, from random combinations of its rows and columns; None beyond `digits` digits.

    It may miss a factor, with a small probability: then `solves` fails.
    """
    rng = np.random.default_rng(seed)
    shapes = (split.right.shape[1], COMBINATIONS), (COMBINATIONS, split.size)
    weights, across = (rng.integers(-WEIGHT, WEIGHT + 1, shape).astype(np.float64) for shape in shapes)
    target = split.right[: split.size] @ weights
    top, q = split.left[: split.size], split.modulus
    # The combinations are larger than one column: their first residual is met in two halves.
    residuals = _balanced(target.copy(), q)
    carry, digit = (target - residuals) / q, _balanced(_product(split.inverse, residuals, q), q)
    lifted, power, attempt = np.zeros((COMBINATIONS, COMBINATIONS), dtype=object), 1, 2
    for count in range(1, digits + 1):
        lifted = lifted + power * (across @ digit).astype(np.int64).astype(object)
        power *= q
        residuals = (residuals - top @ digit) / q + carry
        carry = np.zeros_like(carry)
        digit = split.digit(residuals)
        if count in (attempt, digits):
            attempt = attempt * 5 // 4 + 2
            denominator = _denominator((lifted % power).ravel().tolist(), power)
            if denominator is not None:
                return denominator
    return None


def solves(split: Split, denominator: int, digits: int, progress: Callable[[str], None]) -> int | None:
    """After how many digits Y is complete and solves all rows; None when it is not after `digits`."""
    q, size = split.modulus, split.size
    # B^-1 right modulo q, and 2^14 times it: their products with halves of a coefficient are small.
    solution = split.digit(split.right)
    shifted = _balanced(solution * HALF, q)
    residuals = np.zeros_like(split.right)
    coefficients = _balanced_digits(denominator, q)
    for count in range(max(digits, len(coefficients)) + 2):
        if count % 16 == 0:
            progress(f"digit {count} of the proof that a rank is {size}")
        coefficient = coefficients[count] if count < len(coefficients) else 0
        if count >= len(coefficients) and not residuals.any():
            return count
        digit = split.inverse @ residuals[:size]
        high = (coefficient + HALF // 2) // HALF
        for start in range(0, size, STRIP):
            strip = slice(start, start + STRIP)
            if coefficient:
                digit[strip] += shifted[strip] * high
                digit[strip] += solution[strip] * (coefficient - HALF * high)
            _balanced(digit[strip], q)
        for start in range(0, len(residuals), STRIP):
            strip = slice(start, start + STRIP)
            residuals[strip] += coefficient * split.right[strip]
            residuals[strip] -= split.left[strip] @ digit
            residuals[strip] /= q  # exact, or no integer: numerators are below 2^53, quotients below 2^(53 - bits of q)
            if (np.rint(residuals[strip]) != residuals[strip]).any():
                return None
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
