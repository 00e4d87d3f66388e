"""The table of a terminal."""

import pytest

from exactfact.reporting import table
from exactfact.reporting.cite import cite
from exactfact.reporting.widths import width

DOCUMENT = {
    "exactfact": 1,
    "title": "two sparse layers",
    "digest": "sha256:00",
    "field": "QQ",
    "shape": [4, 2],
    "parameters": [3, 2],
    "seed": 0,
    "seconds": 0.4,
    "facts": {
        "lifted_dimension": 6,
        "rank": {"lower": 6, "upper": 6, "claims": ["c0", "c1"]},
        "kernel_dimension": {"lower": 0, "upper": 0, "claims": []},
        "jacobian_rank": {"lower": 4, "upper": None, "claims": ["c2"]},
        "fibre_count": {"CC": {"lower": 1, "upper": 1}, "RR": None, "QQ": None},
        "path_multiindices": None,
        "path_max_entry": None,
        "sigma_min_squared": None,
        "sigma_max_squared": None,
        "point": None,
        "parameter_blocks": None,
    },
    "verdicts": [
        {
            "property": "uniform",
            "modulo": "scaling",
            "model": "full",
            "over": "CC",
            "also_over": ["RR", "QQ"],
            "status": "proved",
            "strength": "certified",
            "statement": "4.2",
            "claim": "c4",
            "reason": "the lifted map is injective",
            "tried": [],
        },
        *(
            {
                "property": "generic",
                "modulo": "scaling",
                "model": "full",
                "over": field,
                "also_over": [],
                "status": "undecided",
                "strength": "probable",
                "error_probability": "2^-100",
                "statement": None,
                "claim": None,
                "reason": "probably not",
                "tried": [{"criterion": "kernel_zero", "why": "no"}],
            }
            for field in ("QQ", "RR", "CC")
        ),
    ],
    "certificate": "cert.json",
}

EXPECTED = """\
two sparse layers
QQ, product 4 x 2, parameters 3 + 2

property  modulo   over          status                by   reason
----------------------------------------------------------------------------------------------------
uniform   scaling  CC (RR) (QQ)  proved                4.2  the lifted map is injective
generic   scaling  QQ RR CC      undecided (probable)  -    probably not (error probability 2^-100);
                                                            tried: injectivity of the lifted map

columns of the lifted map           6
rank of the lifted map              6
kernel of the lifted map            0
Jacobian rank                       at least 4
solutions of a generic product, CC  1"""


def test_golden():
    found = table(DOCUMENT)
    assert [line for line in found.splitlines() if line] == [line for line in EXPECTED.splitlines() if line]


@pytest.mark.parametrize("columns", [20, 70, 80, 100, 300])
def test_no_line_is_wider_than_asked(columns):
    row = {**DOCUMENT["verdicts"][0], "reason": "very " * 60, "model": "zero-edges-allowed", "modulo": "path-scaling"}
    document = {**DOCUMENT, "title": "日本" * 200, "verdicts": [row, *DOCUMENT["verdicts"]]}
    assert max(map(width, table(document, columns).splitlines())) <= max(70, min(columns, 100))


def test_control_characters_do_not_reach_the_terminal():
    row = {**DOCUMENT["verdicts"][0], "reason": "\x1b[31mred\u202e"}
    found = table({**DOCUMENT, "title": "a\x07b\x1b]0;x\x07\nc", "verdicts": [row]})
    assert "\x1b" not in found
    assert "\x07" not in found
    assert "a<U+0007>b<U+001B>]0;x<U+0007> c" in found
    assert "<U+202E>" in found


def test_huge_numbers_are_short():
    facts = {**DOCUMENT["facts"], "lifted_dimension": hex(32**2000)}
    assert "columns of the lifted map           1.995...e3010" in table({**DOCUMENT, "facts": facts})


def test_no_verdicts():
    assert "no verdict was asked for" in table({**DOCUMENT, "verdicts": []})


def test_bibtex():
    text = cite("0.1.0")
    assert text.count("@") == text.count("\n}") >= 5
    assert "1703.08044" in text
    assert "version = {0.1.0}" in text
    assert "raz-shpilka" not in cite("0.1.0", ["4.2"])
