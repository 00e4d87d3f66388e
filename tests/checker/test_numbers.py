"""Numbers and files: the canonical grammar, what users write, primality, JSON read strictly."""
from fractions import Fraction

import pytest

from exactfact.checker.errors import Rejected, Unreadable, shown
from exactfact.checker.numbers import decimal, encode, integer, number, user_number
from exactfact.checker.primality import PROOF_LIMIT, is_prime
from exactfact.checker.reading import parse_json

BIG = 1 << 53


@pytest.mark.parametrize("value, expected", [
    (0, 0), (-5, -5), (BIG - 1, BIG - 1), (hex(BIG), BIG), (hex(-BIG), -BIG), ("1/2", Fraction(1, 2)),
    ("-2/3", Fraction(-2, 3)), (f"1/{hex(BIG)}", Fraction(1, BIG)), (f"{hex(-BIG - 3)}/3", Fraction(-BIG - 3, 3))])
def test_canonical_numbers_round_trip(value: object, expected: Fraction) -> None:
    assert number(value, "x") == expected
    assert encode(number(value, "x")) == value
    assert user_number(value, "x") == expected


@pytest.mark.parametrize("value", [
    True, False, None, 1.0, "1", "0x1", hex(BIG - 1), "0X" + hex(BIG)[2:], "0x0" + hex(BIG)[2:], hex(BIG).upper(),
    "2/4", "1/1", "1/-2", "0/3", "1/0", "-0/2", "+1/2", " 1/2", "1/2 ", "1/02", "01/2", "\u0661/2", "1/2/3", "1_0/3",
    "0.5", "1e3", [], {}, BIG, -BIG, "", "/", "1/", "/2", "9007199254740992/3", "0x/3"])
def test_other_forms_are_refused(value: object) -> None:
    with pytest.raises(Rejected):
        number(value, "x")


def test_residues() -> None:
    assert number(4, "x", 5) == 4
    for value in (5, -1, "1/2", True):
        with pytest.raises(Rejected):
            number(value, "x", 5)
    assert user_number("1/2", "x", 5) == 3 and user_number(-1, "x", 5) == 4
    with pytest.raises(Rejected):
        user_number("1/5", "x", 5)


@pytest.mark.parametrize("value, expected", [
    ("0.05", Fraction(1, 20)), ("1e-3", Fraction(1, 1000)), ("-2.5E2", -250), ("+7", 7), ("4/2", 2),
    (".5", Fraction(1, 2)), ("5.", 5), ("-6/4", Fraction(-3, 2)), ("1e3", 1000), ("00", 0)])
def test_user_numbers(value: str, expected: Fraction) -> None:
    assert user_number(value, "x") == expected


@pytest.mark.parametrize("value", ["", ".", "e3", "1e99999", "1e999999999", "0x", "1/0", "1.5/2", "1/2e1", "1 000",
                                   "\u0661", "nan", "inf", True, 0.5, "9" * 20001, "--1", "1e10001"])
def test_bad_user_numbers_are_refused_quickly(value: object) -> None:
    with pytest.raises(Rejected):
        user_number(value, "x")


def test_a_huge_integer_is_refused() -> None:
    with pytest.raises(Rejected):
        user_number(1 << 100_000, "x")


def test_long_decimals_beyond_the_interpreters_limit() -> None:
    assert decimal("1" + "0" * 15000, "x") == 10 ** 15000
    assert user_number("-" + "9" * 20000, "x") == 1 - 10 ** 20000


def test_integer_bounds() -> None:
    assert integer(3, "x", 0, 4) == 3
    for value in (-1, 4, "3", True):
        with pytest.raises(Rejected):
            integer(value, "x", 0, 4)


def test_primality_is_a_proof_below_the_limit() -> None:
    sieve = [n for n in range(2000) if n > 1 and all(n % d for d in range(2, n))]
    assert [n for n in range(2000) if is_prime(n)] == sieve
    assert all(map(is_prime, (65521, 4194301, 2 ** 31 - 1, 2 ** 61 - 1, 3317044064679887385961813)))
    pseudoprimes = (2047, 1373653, 3215031751, 3825123056546413051, 318665857834031151167461, 561, 2 ** 62 - 1)
    assert not any(map(is_prime, pseudoprimes))
    assert not is_prime(65521 * 65519) and PROOF_LIMIT == 3317044064679887385961981


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "1.0", "1e3", "NaN", "-Infinity", "9007199254740992", "9" * 5000])
def test_json_that_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        parse_json(text.encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"\xef\xbb\xbf{}", b"[" * 100000, b"{'a': 1}", b"{} {}", b"[1,]"])
def test_text_that_is_not_json(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_json(data)


def test_shown_is_short_and_printable() -> None:
    for value in ("\x1b[2J" * 100, ["\n"] * 100, {"\u202e": 1}, 1 << 100_000, Fraction(1, 3), None, True, 1.5, [[[]]]):
        text = shown(value)
        assert len(text) < 1000 and text.isascii() and text.isprintable()
