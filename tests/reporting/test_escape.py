"""User strings in LaTeX, HTML and on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactfact.reporting.escape import abbreviate, code, latex, plain

ACTIVE = set("\\{}$&#^_~%")


@given(st.text())
def test_latex_is_ascii_and_has_balanced_braces(text):
    escaped = latex(text, None)
    assert escaped.isascii()
    depth, place = 0, 0
    while place < len(escaped):
        if escaped[place] == "\\":
            place += 2
            continue
        depth += {"{": 1, "}": -1}.get(escaped[place], 0)
        assert depth >= 0
        place += 1
    assert depth == 0


@given(st.text(alphabet="\\{}$&#^_~%ab \"'`<>-|"))
def test_no_special_character_survives_bare(text):
    rest = latex(text, None)
    for command in (
        "textbackslash",
        "textdollar",
        "textasciicircum",
        "textasciitilde",
        "textquotedbl",
        "textquotesingle",
    ):
        rest = rest.replace(f"\\{command}{{}}", "")
    for command in ("textasciigrave", "textless", "textgreater", "textbar", "allowbreak"):
        rest = rest.replace(f"\\{command}{{}}", "")
    for sign in "{}&#%_":
        rest = rest.replace(f"\\{sign}", "")
    rest = rest.replace("-{}", "")
    assert not ACTIVE & set(rest)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("é", r"\'{e}"),
        ("e\u0301", r"\'{e}"),
        ("ş", r"\c{s}"),
        ("í", r"\'{\i}"),
        ("β", r"\ensuremath{\beta}"),
        ("ά", r"\ensuremath{\acute{\alpha}}"),
        ("≤", r"\ensuremath{\leq}"),
        ("\u211d", r"\ensuremath{\mathbb{R}}"),
        ("中", r"\efunknown{U+4E2D}"),
        ("🎉", r"\efunknown{U+1F389}"),
        ("\x1b", r"\efunknown{U+001B}"),
        ("\u202e", r"\efunknown{U+202E}"),
        ("--", "-{}-{}"),
    ],
)
def test_glyphs(text, expected):
    assert latex(text) == expected


def test_long_words_can_break():
    assert latex("x" * 30).count(r"\allowbreak") == 2
    assert r"\allowbreak" not in latex("x" * 30, breakable=False)


def test_abbreviations_keep_both_ends():
    assert abbreviate("abcdefghij", 7) == "abcd…ij"
    assert abbreviate("abc", 7) == "abc"
    assert len(abbreviate("x" * 10_000, 50)) == 50


def test_an_empty_name_is_visible():
    assert code("") == r"\efname{\ensuremath{\sqcup}}"


@given(st.text())
def test_plain_has_no_control_characters(text):
    assert all(unicodedata.category(character) not in ("Cc", "Cf", "Cs") for character in plain(text))
