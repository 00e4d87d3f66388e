"""Exact numbers in LaTeX."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactfact.reporting.numbers_section import root
from exactfact.reporting.numerals import compact, integer, number, perfect_power, product


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (-1234, "-1234"),
        (12345, r"12\,345"),
        (5**20, r"95\,367\,431\,640\,625"),
        (32**20, "2^{100}"),
        (6**40, "6^{40}"),
        (2**64 - 1, "2^{64}-1"),
        (2**60 * 3**5, r"2^{60}\cdot 3^{5}"),
        (10**29 + 7, r"100\,000\,000\,000\,000\,000\,000\,000\,000\,007"),
        (10**40 + 7, r"1.000\ldots\cdot 10^{40}"),
        (1234 * 10**40 + 7, r"1.234\ldots\cdot 10^{43}"),
    ],
)
def test_integers(value, expected):
    assert integer(value) == expected


def test_numbers_beyond_the_digits_that_python_prints():
    assert integer(7**100_000 + 3).endswith("10^{84509}")
    assert integer(-(10**5000) - 1).startswith("-")


def test_compact_powers():
    assert compact(5**20) == "5^{20}"
    assert compact(4096) == "4096"
    assert compact(5**20 - 1) == "5^{20}-1"


def test_fractions():
    assert number("-2/3") == r"-\tfrac{2}{3}"
    assert number(Fraction(7, 1)) == "7"
    assert number("0x20000000000000") == r"2^{53}"


def test_products():
    assert product([3, 2]) == r"3\cdot 2=6"
    assert product([5] * 20) == r"5^{20}=95\,367\,431\,640\,625"
    assert product([32] * 20) == "32^{20}"
    assert product([7]) == "7"
    assert product([1, 1]) == "1"


@given(st.integers(2, 2000), st.integers(1, 40))
def test_perfect_powers(base, exponent):
    found, power = perfect_power(base**exponent)
    assert found**power == base**exponent
    assert power >= exponent or base == 1


def test_roots():
    assert root(64) == "8"
    assert root(50) == r"5\sqrt{2}"
    assert root(7) == r"\sqrt{7}"
    assert root(10**12) == "10^{6}"
