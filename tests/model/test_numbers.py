"""The grammar of exact numbers, and its limits."""
# ruff: noqa: E501 - one case to a line

import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactfact.model import GF, QQ, SpecError
from exactfact.model.numbers import encode, integer, number, parse_digits

GOOD = [
    (0, 0), (-5, -5), ("7", 7), ("-0", 0), ("+3", 3), ("-2/3", Fraction(-2, 3)), ("4/2", 2), ("0.05", Fraction(1, 20)),
    ("1e-3", Fraction(1, 1000)), ("1.50E+2", 150), ("12e0", 12), ("007", 7), ("0x1f", 31), ("-0x10/0x3", Fraction(-16, 3)),
    ("5/0x2", Fraction(5, 2)), (Fraction(6, 4), Fraction(3, 2)), (Fraction(8, 4), 2), (Decimal("0.1"), Fraction(1, 10)),
    (np.int64(-9), -9), (np.uint8(200), 200),
]  # fmt: skip


@pytest.mark.parametrize(("written", "value"), GOOD)
def test_accepted(written, value):
    found = number(written)
    assert found == value
    assert type(found) is (int if Fraction(value).denominator == 1 else Fraction)


BAD = [
    "", " ", "1 ", " 1", "1_000", "1/0", "1/-2", "--1", "1/2/3", "1.5/2", ".5", "5.", "e3", "1e", "0x", "x1", "0x1g", "inf",
    "nan", "NaN", "Infinity", "\u0661", "\uff11", "1\u0661", "\u00b2", "1e5/3", "0X1F", "1\n", "one", "0b1", "1e\u0663", "1,5",
    None, True, False, np.bool_(True), [], {}, 1j, b"1", object(), Decimal("NaN"), Decimal("Infinity"),
]  # fmt: skip


@pytest.mark.parametrize("written", BAD, ids=lambda x: type(x).__name__ if type(x) is object else repr(x))
def test_refused(written):
    with pytest.raises(SpecError, match="required .*received"):
        number(written)


@pytest.mark.parametrize(
    ("value", "text"), [(0.05, "0.05"), (1e-7, "1e-07"), (2.0, "2.0"), (1e300, "1e+300"), (np.float64(0.1), "0.1")]
)
def test_floats_are_refused_naming_the_exact_string(value, text):
    with pytest.raises(SpecError) as caught:
        number(value)
    assert f'write the string "{text}"' in str(caught.value)
    assert number(text) == Fraction(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_not_a_number_is_refused_even_as_dyadic(value):
    with pytest.raises(SpecError, match="the float -?(nan|inf)"):
        number(value, dyadic=True)


def test_dyadic_floats_are_exact():
    assert number(0.1, dyadic=True) == Fraction(3602879701896397, 2**55)
    assert number(4.0, dyadic=True) == 4 and type(number(4.0, dyadic=True)) is int


@pytest.mark.parametrize(
    "written",
    [
        "1e999999999", "1e-999999999", "1e10001", "1e" + "9" * 10**6, "1" * 20_001, "-" + "1" * 20_001, "1" * 10**7,
        "1/" + "1" * 20_001, "0." + "0" * 20_001, "0x" + "f" * 16_611, "9" * 20_000 + "e10000", "1." + "0" * 15_000 + "1e-10000", 1 << 10**6, -(1 << 10**6), "0x" + "f" * 10**7,
        Decimal("1e999999"), Fraction(1, 1 << 10**6), "0" * 10**6 + "1",
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_long_numbers_are_refused_at_once(written):
    start = time.process_time()
    with pytest.raises(SpecError, match="at most 20000|between -10000 and 10000"):
        number(written)
    assert time.process_time() - start < 0.2


def test_numbers_at_the_limits():
    assert number("9" * 20_000) == 10**20_000 - 1
    assert number("-" + "9" * 20_000 + "/7").denominator in (1, 7)
    assert number("1e10000") == 10**10_000 and number("1e-10000") == Fraction(1, 10**10_000)
    assert number("1e" + "0" * 90 + "5") == 10**5
    for text in ("9" * 20_000, "-" + "9" * 20_000 + "/7", "9" * 10_000 + "e10000", "7e-10000", "1/" + "9" * 20_000):
        assert number(encode(number(text))) == number(text)


@given(st.fractions() | st.integers(-(2**80), 2**80))
def test_the_canonical_form_reads_back(value):
    text = encode(value)
    assert number(text) == value
    if isinstance(text, int):
        assert abs(text) < 2**53
    elif "/" in text:
        top, bottom = text.split("/")
        assert number(top) == Fraction(value).numerator and number(bottom) == Fraction(value).denominator > 1
    else:
        assert text.startswith(("0x", "-0x")) and abs(value) >= 2**53 and text == text.lower()


@given(st.integers(-(10**60), 10**60), st.integers(-50, 50))
def test_decimals_agree_with_fractions(mantissa, exponent):
    text = f"{mantissa}e{exponent}"
    assert number(text) == Fraction(text) == encode_and_read(text)


def encode_and_read(text):
    return number(encode(number(text)))


def test_canonical_examples():
    values = [0, 2**53 - 1, 2**53, -(2**53), Fraction(1, 3), Fraction(2**60, 3), Fraction(-1, 2**53)]
    written = [0, 9007199254740991, "0x20000000000000", "-0x20000000000000", "1/3", "0x1000000000000000/3"]
    assert [encode(value) for value in values] == [*written, "-1/0x20000000000000"]


def test_digits_beyond_the_limit_of_python():
    assert parse_digits("-" + "123456789" * 2000) == -(123456789 * (10**18000 - 1) // (10**9 - 1))


def test_integers():
    assert [integer(x) for x in (3, np.int32(3), np.uint8(7))] == [3, 3, 7]
    for bad in (1.0, "3", "0x3", "1/2", None, True, "x", Fraction(2, 1), Fraction(1, 2), [1]):
        with pytest.raises(SpecError):
            integer(bad)
    with pytest.raises(SpecError, match="an integer >= 1, received 0"):
        integer(0, 1)
    assert integer(2**53 - 1) == 2**53 - 1 and integer(2**80, below=None) == 2**80
    for bad in (2**53, -(2**53), 10**10000):
        with pytest.raises(SpecError, match="an integer below 2\\^53, received"):
            integer(bad)


def test_residues():
    assert GF(7).reduce(Fraction(1, 2)) == 4 and GF(7).reduce(-1) == 6 and GF(7).reduce(14) == 0
    assert QQ.reduce(Fraction(1, 2)) == Fraction(1, 2)
    with pytest.raises(SpecError, match="a denominator not divisible by 7, received 14 as denominator"):
        GF(7).reduce(Fraction(1, 14))
