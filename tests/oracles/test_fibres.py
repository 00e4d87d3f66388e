"""Counts of classes against published ones and against Groebner bases, and the judge on planted verdicts."""

from __future__ import annotations

import itertools
import json
import math
import random
import shutil
import subprocess
from functools import cache

import pytest
from sympy import Matrix, groebner, symbols

from . import brute, fibres, secants, torus
from .expand import expand
from .judge import wrong_in
from .truth import Truth

FIELDS = ("CC", "RR", "QQ")


def forms(sizes: tuple, *listed: dict) -> dict:
    """A document with phi(h) = (sum_i c_i P(h)_i) for each {i: c_i}: block selectors, then the forms (theory 2.1')."""
    layers, width = [], 1
    indices = list(itertools.product(*map(range, sizes)))
    for size in sizes:
        blocks = [[[int(c == r * size + j) for c in range(width * size)] for r in range(width)] for j in range(size)]
        layers.append({"operator": "basis", "matrices": blocks})
        width *= size
    matrix = [[form.get(i, 0) for form in listed] for i in indices]
    return {"exactfact": 1, "field": "QQ", "layer": [*layers, {"operator": "fixed", "matrix": matrix}]}


def multiplication(*degrees: int) -> dict:
    """The product of polynomials in one variable."""
    sizes = tuple(d + 1 for d in degrees)
    every = list(itertools.product(*map(range, sizes)))
    return forms(sizes, *({i: 1 for i in every if sum(i) == d} for d in range(sum(degrees) + 1)))


def monomials(*indices: tuple) -> dict:
    return forms((2,) * len(indices[0]), *({i: 1} for i in indices))


def diagonals(n: int) -> dict:
    circulant = {"operator": "circulant", "size": n, "support": list(range(n))}
    return {"exactfact": 1, "field": "QQ",
            "layer": [{"operator": "diagonal", "size": n}, circulant, {"operator": "diagonal", "size": n}]}  # fmt: skip


def general(sizes: tuple, rank: int, seed: int = 1) -> dict:
    rng = random.Random(seed)
    every = list(itertools.product(*map(range, sizes)))
    return forms(sizes, *({i: rng.randint(-9, 9) for i in every} for _ in range(rank)))


# name: document, classes over CC, RR and QQ in generic fibres (None: they differ from fibre to fibre)
COUNTED = {
    "a fibre of one class, another escaped": (
        forms((2, 2, 2), {(0, 0, 0): 1}, {(1, 0, 0): 1, (0, 1, 0): 1}, {(1, 1, 0): 1}, {(1, 0, 1): 1}), 2, 2, 2,
    ),
    "three linear polynomials": (multiplication(1, 1, 1), 6, 6, 6),
    "two quadratic polynomials": (multiplication(2, 2), 6, None, 2),
    "a quadratic and a linear polynomial": (multiplication(2, 1), 3, None, 1),
    "torsion of order 2": (monomials((0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1)), 2, 2, 2),
    "torsion of order 3": (
        monomials((0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0), (1, 1, 1, 1)), 3, 1, 1,
    ),
    "as many forms as dimensions": (general((2, 2, 2), 4), 6, None, 1),
    "one form more": (general((2, 2, 2), 5), 1, 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTED)
def test_published_counts(name: str) -> None:
    document, *expected = COUNTED[name]
    found = fibres.generic_counts(expand(document))
    assert found is not None
    for counts in found:
        for field, count in zip(FIELDS, expected, strict=True):
            assert count is None or counts[field] == count


def test_a_circulant_between_diagonals() -> None:
    """Three classes over CC, one over RR; one exact fibre suffices to see it."""
    arch, rng = expand(diagonals(3)), random.Random(0)
    assert fibres.complex_count(arch, rng) == 3
    h = [[rng.randint(1, 99) for _ in range(3)] for _ in range(3)]
    assert fibres.counts_at(arch, h, rng) == {"CC": 3, "RR": 1, "QQ": 1}


def test_infinite_fibres_are_not_counted() -> None:
    arch = expand({"layer": [{"operator": "full", "rows": 2, "cols": 1}, {"operator": "full", "rows": 1, "cols": 2}]})
    assert fibres.generic_counts(arch) == [dict.fromkeys(FIELDS, 1)]
    arch = expand({"layer": [{"operator": "full", "rows": 1, "cols": 2}, {"operator": "full", "rows": 2, "cols": 1}]})
    assert fibres.complex_count(arch, random.Random(0)) is None


@pytest.mark.parametrize("seed", range(4))
def test_counts_agree_with_groebner_bases(seed: int) -> None:
    """Standard monomials of the chart l(g_1) = 1, found by another program."""
    rng = random.Random(seed)
    sizes, rank = rng.choice([((2, 2), 3), ((3, 2), 4), ((3, 2), 5), ((2, 2, 2), 4)])
    arch = expand(general(sizes, rank, seed))
    prime = 32003
    x = symbols(f"x:{sum(sizes)}")
    h = [rng.randrange(1, prime) for _ in x]
    starts = [0, *itertools.accumulate(sizes)]
    columns = brute.columns(arch)

    def phi(values: object) -> list:
        out = [0] * len(next(iter(columns.values())))
        for index, column in columns.items():
            term = 1
            for start, j in zip(starts, index, strict=False):
                term *= values[start + j]
            out = [a + term * int(b) for a, b in zip(out, column, strict=True)]
        return out

    chart = [sum(rng.randrange(1, prime) * v for v in x[a:b]) - 1 for a, b in itertools.pairwise(starts[:-1])]
    system = [a - b for a, b in zip(phi(x), phi(h), strict=True)] + chart
    basis = groebner(system, *x, modulus=prime, order="grevlex")
    leads = [f.monoms(order="grevlex")[0] for f in basis.polys]
    assert fibres.complex_count(arch, rng) == len(_standard(leads, len(x)))


def _standard(leads: list, unknowns: int) -> list:
    found, frontier = [], [(0,) * unknowns]
    while frontier:
        keep = [m for m in frontier if not any(all(a >= b for a, b in zip(m, x, strict=True)) for x in leads)]
        found += keep
        frontier = sorted({(*m[:i], m[i] + 1, *m[i + 1 :]) for m in keep for i in range(unknowns)})
    return found


@pytest.mark.skipif(shutil.which("Singular") is None, reason="Singular is not installed")
def test_counts_agree_with_singular() -> None:
    code = "ring r=32003,(a,b,c,d),dp; ideal i=a*c-6,a*d+b*c-17,b*d-5,2*a+3*b-1; print(vdim(std(i))); quit;"
    done = subprocess.run(["Singular", "-q", "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 2 == fibres.complex_count(expand(multiplication(1, 1)), random.Random(0))


# ------------------------------------------------------------------------------------------- kernels


def kernel_of(*listed: dict, sizes: tuple = (2, 2, 2)) -> dict:
    """An architecture whose lifted map has the given kernel."""
    vectors = [[t.get(i, 0) for i in itertools.product(*map(range, sizes))] for t in listed]
    rows = _annihilator(vectors)
    every = list(itertools.product(*map(range, sizes)))
    return forms(sizes, *(dict(zip(every, row, strict=True)) for row in rows))


def _annihilator(vectors: list) -> list:
    """Integer forms spanning what vanishes on the vectors."""
    return [[int(v * lcm) for v in col] for col in Matrix(vectors).nullspace() for lcm in [_denominator(col)]]


def _denominator(column: object) -> int:
    return math.lcm(*(int(v.q) for v in column))


W = {(0, 0, 1): 1, (0, 1, 0): 1, (1, 0, 0): 1}
COMPLEX = {(0, 0, 0): 1, (0, 1, 1): -1, (1, 0, 1): -1, (1, 1, 0): -1}  # real part of (e + i f)^3
SURD = {(0, 0, 0): 1, (0, 1, 1): 2, (1, 0, 1): 2, (1, 1, 0): 2}  # of (e + sqrt 2 f)^3
RATIONAL = {(0, 0, 0): 1, (1, 1, 1): 1}
PLANE = {(0, 0, 0): 1, (0, 1, 1): 1}


@pytest.mark.parametrize(
    ("tensor", "answer"),
    [(W, (True, True, True)), (COMPLEX, (False, True, True)), (SURD, (False, False, True)),
     (RATIONAL, (False, False, False)), (PLANE, (False, False, False))],
)  # fmt: skip
def test_a_kernel_of_dimension_one_decides_by_field(tensor: dict, answer: tuple) -> None:
    assert secants.uniform(expand(kernel_of(tensor))) == dict(zip(FIELDS, answer, strict=True))


def test_two_copies_of_w_are_not_denied() -> None:
    """Uniform over CC, but not by minors: W is in the closure of the tensors of rank 2 (theory 5.2 (e))."""
    first = {(0, 0, 1): 2, (0, 1, 0): -1, (1, 0, 0): -1}
    second = {(0, 1, 1): 1, (1, 0, 1): 1, (1, 1, 0): -2}
    assert secants.uniform(expand(kernel_of(first, second))) == {}


def test_a_general_kernel_meets_no_secant() -> None:
    assert secants.uniform(expand(general((2, 2, 2, 2), 13))) == dict.fromkeys(FIELDS, True)


# ------------------------------------------------------------------------------------------- the torus

CUBE = monomials((0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0), (1, 1, 1, 1))
LU = {"exactfact": 1, "field": "QQ", "layer": [
    {"operator": "entries", "rows": 3, "cols": 3, "parameters": 6,
     "entries": [[0, 0, 0], [1, 0, 1], [1, 1, 2], [2, 0, 3], [2, 1, 4], [2, 2, 5]]},
    {"operator": "entries", "rows": 3, "cols": 3, "parameters": 6,
     "entries": [[0, 0, 0], [0, 1, 1], [0, 2, 2], [1, 1, 3], [1, 2, 4], [2, 2, 5]]},
]}  # fmt: skip
LU2 = {"exactfact": 1, "field": "QQ", "layer": [
    {"operator": "entries", "rows": 2, "cols": 2, "parameters": 3, "entries": [[0, 0, 0], [1, 0, 1], [1, 1, 2]]},
    {"operator": "entries", "rows": 2, "cols": 2, "parameters": 3, "entries": [[0, 0, 0], [0, 1, 1], [1, 1, 2]]},
]}  # fmt: skip
DENSE = {"exactfact": 1, "field": "QQ", "layer": [{"operator": "full", "rows": 2, "cols": 2}] * 2}
BUTTERFLY = {"exactfact": 1, "field": "QQ",
             "layer": [{"operator": "butterfly", "size": 4, "level": level} for level in range(2)]}  # fmt: skip


FREE = monomials((0, 0, 0, 0), (1, 1, 0, 0), (0, 1, 1, 1), (1, 0, 1, 1))  # an order 2 and one dimension


@pytest.mark.parametrize(
    ("document", "dimension", "orbits"), [(LU2, 1, 1), (LU, 2, 1), (DENSE, 1, None), (CUBE, 0, 1), (FREE, 1, 1)]
)
def test_orbits_of_the_torus(document: dict, dimension: int, orbits: int | None) -> None:
    arch = expand(document)
    assert torus.dimension(arch) == dimension
    assert torus.orbits(arch) == orbits


def test_the_torus_of_a_butterfly() -> None:
    assert torus.dimension(expand(BUTTERFLY)) == 3


# ------------------------------------------------------------------------------------------- the judge


def verdict(prop: str, over: str, status: str, modulo: str = "scaling", **evidence: object) -> dict:
    return {"kind": "verdict", "id": "c1", "property": prop, "modulo": modulo, "model": "full", "over": over,
            "status": status, "statement": "0.0", "evidence": evidence}  # fmt: skip


def count(over: str, side: str, value: int) -> dict:
    return {"kind": "bound", "id": "c1", "quantity": "fibre_count", "side": side, "value": value, "over": over,
            "statement": "0.0", "evidence": {}}  # fmt: skip


def at(document: dict, *h: list) -> dict:
    return {**document, "point": {"h": list(h)}}


TRUE, FALSE = True, False
STATUSES = ("proved", "refuted")
PLANTED = [
    *((CUBE, verdict("generic", f, s), (s == "refuted") == (f == "CC")) for f in FIELDS for s in ("proved", "refuted")),
    *((CUBE, count(f, "lower", 2), f == "CC") for f in FIELDS),
    *((CUBE, count(f, "upper", 1), f != "CC") for f in FIELDS),
    (CUBE, count("CC", "lower", 4), FALSE),
    (CUBE, count("CC", "upper", 2), FALSE),
    (CUBE, count("CC", "upper", 3), TRUE),
    *((multiplication(2, 1), verdict("generic", "RR", s), FALSE) for s in ("proved", "refuted")),
    (multiplication(2, 1), count("RR", "upper", 3), TRUE),
    (multiplication(2, 1), count("RR", "upper", 2), FALSE),
    (general((2, 2, 2), 5), verdict("generic", "CC", "proved"), TRUE),
    (general((2, 2, 2), 5), verdict("generic", "RR", "refuted"), FALSE),
    (general((2, 2, 2), 4), verdict("generic", "CC", "refuted"), TRUE),
    (general((2, 2, 2), 4), verdict("generic", "CC", "proved"), FALSE),
    (general((2, 2, 2), 3), verdict("generic-finite", "CC", "proved"), FALSE),
    *((kernel_of(W), verdict("uniform", f, "proved"), TRUE) for f in FIELDS),
    *((kernel_of(W), verdict("uniform", f, "refuted"), FALSE) for f in FIELDS),
    *((kernel_of(COMPLEX), verdict("uniform", f, "proved"), f != "CC") for f in FIELDS),
    *((kernel_of(SURD), verdict("uniform", f, "proved"), f == "QQ") for f in FIELDS),
    *((kernel_of(SURD), verdict("uniform", f, "refuted"), f != "QQ") for f in FIELDS),
    (kernel_of(RATIONAL), verdict("uniform", "QQ", "proved"), FALSE),
    (general((3, 3), 5), verdict("uniform", "QQ", "proved"), FALSE),
    (general((2, 2, 2, 2), 13), verdict("uniform", "CC", "proved"), TRUE),
    (general((2, 2, 2, 2), 13), verdict("uniform", "CC", "refuted"), FALSE),
    *((at(CUBE, [1, 2], [3, 1], [1, 1], [2, 5]), verdict("at-point", f, "proved"), f != "CC") for f in FIELDS),
    *((at(CUBE, [1, 2], [3, 1], [1, 1], [2, 5]), verdict("at-point", f, "refuted"), f == "CC") for f in FIELDS),
    (at(multiplication(1, 1), [1, 2], [2, 4]), verdict("at-point", "CC", "proved"), TRUE),
    (at(multiplication(1, 1), [1, 2], [1, 3]), verdict("at-point", "QQ", "proved"), FALSE),
    (at(multiplication(2, 1), [1, 0, 1], [1, 3]), verdict("at-point", "RR", "proved"), TRUE),
    (at(multiplication(2, 1), [1, 0, 1], [1, 3]), verdict("at-point", "CC", "refuted"), TRUE),
    (at(multiplication(2, 1), [1, 0, -2], [1, 3]), verdict("at-point", "QQ", "proved"), TRUE),
    (at(multiplication(2, 1), [1, 0, -2], [1, 3]), verdict("at-point", "RR", "proved"), FALSE),
    (at(monomials((0, 0), (1, 1)), [1, 0], [0, 1]), verdict("at-point", "QQ", "proved"), FALSE),
    (LU, verdict("generic", "CC", "proved", "torus", dimension=2), TRUE),
    (LU, verdict("generic", "CC", "proved", "torus", dimension=3), FALSE),
    (LU, verdict("generic", "CC", "refuted", "torus", dimension=2), FALSE),
    (LU, verdict("generic-finite", "CC", "proved", "torus", dimension=2), TRUE),
    (LU, verdict("generic", "CC", "proved"), FALSE),
    (DENSE, verdict("generic-finite", "CC", "proved", "torus", dimension=3), FALSE),
    (DENSE, verdict("generic-finite", "CC", "proved", "torus", dimension=1), FALSE),
    (DENSE, verdict("generic-finite", "CC", "proved", "gauge", dimension=3), TRUE),
    (BUTTERFLY, verdict("generic-finite", "CC", "proved", "torus", dimension=3), TRUE),
    (BUTTERFLY, verdict("generic", "CC", "proved", "torus", dimension=3), TRUE),
    (CUBE, verdict("generic", "CC", "proved", "torus", dimension=0), FALSE),
    (multiplication(1, 1), verdict("generic", "CC", "proved", "torus", dimension=0), FALSE),
    *((FREE, verdict("generic", f, s, "torus", dimension=1), s == "refuted") for f in FIELDS for s in STATUSES),
    *((CUBE, verdict("generic", f, s, "torus", dimension=0), (s == "refuted") == (f == "CC"))
      for f in FIELDS for s in STATUSES),
    (multiplication(2, 1), verdict("hilbert-generic", "QQ", "proved"), TRUE),
    (multiplication(1, 1), verdict("hilbert-generic", "QQ", "proved"), FALSE),
    (multiplication(2, 1), verdict("hilbert-generic", "CC", "proved"), FALSE),
]


@pytest.mark.parametrize(("document", "claim", "true"), PLANTED)
def test_the_judge_tells_truths_from_lies(document: dict, claim: dict, true: bool) -> None:
    assert (wrong_in(_truth(json.dumps(document)), claim) == []) == true


@cache
def _truth(document: str) -> Truth:
    return Truth(json.loads(document))
