"""The optional engine: the text it is given, programs that misbehave in its place, and the program itself."""

from __future__ import annotations

import re
import stat
import time
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.criteria import fibre_engine, jacobian_rank
from exactfact.criteria.outcome import Context, Outcome
from exactfact.criteria.problem import Problem
from exactfact.lifting import engine_answers as answers
from exactfact.lifting import engine_msolve as engine
from exactfact.lifting.chain import build_chain
from exactfact.lifting.fibre_system import fibre_system, small_point
from exactfact.lifting.polynomial_text import system_text
from exactfact.model import LimitError
from exactfact.pipeline.strategy import Event
from exactfact.pipeline.undecided import measurements, undecided_notes
from exactfact.reporting.open_questions import open_questions
from tests.criteria.convolutions import stack
from tests.criteria.layers import blind, lifted, numbers, observed

# ------------------------------------------------------------------------------------------- the text

TERM = re.compile(r"([+-]?)([1-9][0-9]*)((?:\*x[1-9][0-9]*(?:\^[1-9][0-9]*)?)*)")
monomials = st.lists(st.integers(0, 4), max_size=4).map(lambda v: tuple(sorted(v)))
coefficients = st.integers(-(10**30), 10**30) | st.fractions(max_denominator=50)
polynomials_strategy = st.dictionaries(monomials, coefficients, max_size=6)


def read(line: str) -> dict[tuple[int, ...], int]:
    """A polynomial by a grammar of one's own: sign, integer, powers of different variables in increasing order."""
    found, position = {}, 0
    while position < len(line):
        match = TERM.match(line, position)
        assert match is not None, line
        sign, number, powers = match.groups()
        assert sign or position == 0
        assert sign != "+" or position, "a leading +"
        monomial: list[int] = []
        for power in powers.split("*")[1:]:
            name, _, exponent = power[1:].partition("^")
            assert exponent != "1" and (not monomial or int(name) - 1 > monomial[-1])
            monomial += [int(name) - 1] * int(exponent or 1)
        assert tuple(monomial) not in found, "a monomial twice"
        found[tuple(monomial)] = int(f"{sign}{number}")
        position = match.end()
    return found


@given(st.lists(polynomials_strategy, max_size=4))
def test_what_is_written_reads_back_as_a_multiple(system: list[dict[tuple[int, ...], Fraction]]) -> None:
    nonzero = [{m: v for m, v in p.items() if v} for p in system]
    nonzero = [p for p in nonzero if p]
    if not nonzero:
        with pytest.raises(ValueError, match="not 0"):
            system_text(system, 5)
        return
    names, characteristic, body = system_text(system, 5).split("\n", 2)
    assert (names, characteristic) == ("x1,x2,x3,x4,x5", "0")
    assert not set(body) - set("0123456789+-*^x,\n") and body.endswith("\n")
    for line, polynomial in zip(body.removesuffix("\n").split(",\n"), nonzero, strict=True):
        written = read(line)
        ratios = {Fraction(written[m]) / Fraction(v) for m, v in polynomial.items()}
        assert written.keys() == polynomial.keys() and len(ratios) == 1 and min(ratios) > 0


@pytest.mark.parametrize(("system", "variables"), [([], 1), ([{(): 0}], 1), ([{(0,): 1}], 0), ([{(2,): 1}], 2)])
def test_systems_that_cannot_be_written(system: list[dict[tuple[int, ...], int]], variables: int) -> None:
    with pytest.raises(ValueError, match=r"variable"):
        system_text(system, variables)


def test_a_coefficient_without_measure() -> None:
    with pytest.raises(LimitError):
        system_text([{(0,): 1, (): 2**5000}], 1)


# ------------------------------------------------------------------------------------------- what is read

GOOD = "[0, [0, \n2, \n2, \n['x1', 'x2'],\n[0, 1],\n[1,\n[[2, [-2, 0, 1]],\n[1, [0, 2]],\n[\n[[1, [-4, 0]],\n1]]]]]]:\n"
SQUARE = ef.Architecture(lifted((2, 2, 2), numbers(3, 4, 8)), point=[[1, 2], [3, 4], [1, 1]])


def test_the_three_forms_of_an_answer() -> None:
    found = answers.parse(GOOD, 2)
    assert isinstance(found, answers.Parametrization)
    assert found.solutions() == answers.Solutions(2, 2, 0)
    assert answers.parse("[-1]:\n", 2) is None
    assert answers.parse("[1, 2, -1, []]:", 2) == answers.INFINITE


@pytest.mark.parametrize(
    "text",
    [
        "", "[-1]", "[0]:", "[2, 2, -1, []]:", "nonsense:", "[" * 100_000 + ":", GOOD.replace("[0, 1]", "[0]"),
        GOOD.replace("'x2'", "'y'"), GOOD.replace("-2, 0, 1", "-2, 0"), GOOD.replace("-2, 0, 1", "-2, 0, 0"),
        GOOD.replace("-2, 0, 1", "-2, 0, 1.5"), GOOD.replace("'x2'", "'x1'"),
        GOOD.replace("[2, [-2, 0, 1]]", "[0, [1]]"), GOOD.replace("2, \n['x1'", "1, \n['x1'"),
        GOOD.replace("-2, 0", "9" * 5000 + ", 0"),
    ],
)  # fmt: skip
def test_other_answers_are_refused(text: str) -> None:
    with pytest.raises(answers.EngineError):
        answers.parse(text, 2)


def test_the_point_must_be_a_solution() -> None:
    """x1 = 1, x2 = 3 as the engine writes it: x2 itself, or an added variable with x1 + 2 x2 + A = 0."""
    point = [Fraction(1), Fraction(3)]
    assert answers.Parametrization(("x1", "x2"), (0, 1), (-3, 1)).solved_by(point)
    assert answers.Parametrization(("x2", "x1"), (1, 0), (-3, 1)).solved_by(point)
    assert answers.Parametrization(("x1", "x2", "A"), (1, 2, 1), (7, 1)).solved_by(point)
    assert not answers.Parametrization(("x1", "x2"), (0, 1), (-2, 1)).solved_by(point)
    assert not answers.Parametrization(("x1", "A"), (0, 1), (-3, 1)).solved_by(point)


# ------------------------------------------------------------------------------------------- programs in its place


def program(folder: Path, body: str) -> str:
    path = folder / "msolve"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


# The output file is the last argument: -P 2 -t 1 -f IN -o OUT.
FAKES = {
    "hangs": ("sleep 60", "stopped after"),
    "hangs in a child": ("sleep 60 & wait", "stopped after"),
    "crashes": ("kill -SEGV $$", "status -11"),
    "fails": ("exit 3", "status 3"),
    "writes nothing": ("exit 0", "no readable answer"),
    "writes rubbish": ('head -c 1000 /dev/urandom > "$8"', "msolve"),
    "writes words": ('echo hello > "$8"', "cut"),
    "writes too much": ('yes > "$8"', "msolve"),
    "always says none": ('echo "[-1]:" > "$8"', "wrong answer"),
    "always says infinitely many": ('echo "[1, 2, -1, []]:" > "$8"', "wrong answer"),
}


def asked(architecture: ef.Architecture) -> Outcome:
    """What the criterion alone says when everything is asked and nothing but the Jacobian rank is known."""
    problem = Problem(architecture)
    context = Context(Ledger(), requested=("generic", "at-point"))
    context.ledger.absorb(jacobian_rank.apply(problem, context).claims)
    return fibre_engine.apply(problem, context)


@pytest.mark.parametrize("name", FAKES)
def test_a_program_that_misbehaves_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body, reason = FAKES[name]
    path = program(tmp_path, body)
    monkeypatch.setattr(engine, "find_program", lambda: path)
    monkeypatch.setattr(fibre_engine, "find_program", lambda: path)
    monkeypatch.setattr(engine, "SELF_TEST_SECONDS", 1)
    start = time.monotonic()
    outcome = asked(SQUARE)
    assert time.monotonic() - start < 20
    assert (outcome.claims, outcome.probable) == ((), {}) and reason in outcome.why


def test_a_program_that_knows_the_test_but_not_the_fibre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right about the known systems, wrong about the fibre: its solutions do not contain the point."""
    monkeypatch.setattr(engine, "_self_test", lambda path: "")
    monkeypatch.setattr(engine, "find_program", lambda: program(tmp_path, f"cat > \"$8\" <<'END'\n{GOOD}END"))
    chain = build_chain(ef.Architecture([ef.full(1, 1), ef.full(1, 1)]))
    with pytest.raises(answers.EngineError, match="do not contain"):
        engine.count_fibre(fibre_system(chain, ((5,), (7,)), 0), 5)


def test_without_the_extra_the_reason_says_what_it_would_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fibre_engine, "find_program", lambda: None)
    outcome = asked(SQUARE)
    assert "exactfact[engines]" in outcome.why and not outcome.probable


def test_nothing_is_said_about_infinite_fibres_or_large_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fibre_engine, "find_program", lambda: "there")
    monkeypatch.setattr(fibre_engine, "count_fibre", lambda system, seconds: answers.Solutions(1, 1, 1))
    assert "may be infinite" in asked(ef.Architecture([ef.full(2, 2)] * 2)).why
    assert "too large" in asked(ef.Architecture([ef.toeplitz(8, 8)] * 2)).why


def test_what_an_engine_says_is_probable_and_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fibre_engine, "find_program", lambda: "there")
    monkeypatch.setattr(fibre_engine, "count_fibre", lambda system, seconds: answers.Solutions(6, 2, 1))
    outcome = asked(SQUARE)
    assert outcome.claims == ()
    event = Event("fibre_engine", (), outcome.why, outcome.probable)
    notes = undecided_notes(SQUARE, ("generic", "at-point"), [event], None)
    said = {(note.property, note.over): note for note in notes if note.strength == "probable"}
    assert set(said) == {("generic", "CC"), ("generic", "RR"), *(("at-point", over) for over in ("CC", "RR", "QQ"))}
    assert all("as msolve counts" in note.reason and note.error_probability is None for note in said.values())
    assert "h = [[" in said["generic", "CC"].reason
    assert said["at-point", "QQ"].reason.startswith("probably: 1 class over QQ")
    assert said["at-point", "RR"].reason.startswith("probably not: 2 classes over RR")
    assert measurements([event], ()) == ()
    entries = open_questions([note.document() for note in notes])
    assert any("as msolve counts" in entry["sentence"] for entry in entries)
    assert all("None" not in entry["sentence"] for entry in entries)


# ------------------------------------------------------------------------------------------- the program itself

PROGRAM = engine.find_program()
real = pytest.mark.skipif(PROGRAM is None, reason="the optional extra exactfact[engines] is not installed")

# Numbers of classes over CC, RR, QQ in the fibre of a point: published, or roots counted by hand.
FIBRES = {
    "a group of order two": (observed(2, ["000", "110", "011", "101"]), [[1, 2], [3, 5], [1, 7]], (2, 2, 2)),
    "a group of order three": (
        observed(2, ["0001", "0010", "0100", "1000", "1111"]), [[1, 2], [3, 5], [1, 7], [2, 3]], (3, 1, 1),
    ),
    "roots 1, 2 and 3": (stack([3, 2], length=1), [[1, -3, 2], [1, -3]], (3, 3, 3)),
    "roots i, -i and 3": (stack([3, 2], length=1), [[1, 0, 1], [1, -3]], (3, 1, 1)),
    "three quadrics": (stack([3, 3, 3], length=1), [[1, 0, 1], [1, 0, 2], [1, 0, 3]], (90, 6, 6)),
    "blind deconvolution": (blind(8, 4, 4), [[1, 2, 3, 4], [1, -1, 2, 5]], (1, 1, 1)),
    "square": (lifted((2, 2, 2), numbers(3, 4, 8)), [[1, 2], [3, 4], [1, 1]], (6, None, None)),
}  # fmt: skip


@real
@pytest.mark.parametrize("name", FIBRES)
def test_known_fibres(name: str) -> None:
    layers, point, counts = FIBRES[name]
    chain = build_chain(ef.Architecture(layers)).integral()
    found = engine.count_fibre(fibre_system(chain, point, 0), 20)
    for have, want in zip((found.CC, found.RR, found.QQ), counts, strict=True):
        assert want is None or have == want


@real
def test_an_infinite_fibre() -> None:
    chain = build_chain(ef.Architecture([ef.full(2, 2)] * 2))
    assert engine.count_fibre(fibre_system(chain, small_point((4, 4), 0), 0), 20) == answers.INFINITE


@real
def test_a_system_that_takes_too_long() -> None:
    chain = build_chain(ef.Architecture(blind(16, 8, 8)))
    with pytest.raises(answers.EngineError, match="stopped"):
        engine.count_fibre(fibre_system(chain, small_point((8, 8), 0), 0), 1)


def test_the_equations_vanish_at_the_point_and_count_the_cells() -> None:
    chain = build_chain(ef.Architecture(blind(8, 4, 4))).integral()
    system = fibre_system(chain, small_point((4, 4), 1), 1)
    assert len(system.polynomials) == 8 + 1
    for polynomial in system.polynomials:
        total = Fraction(0)
        for monomial, value in polynomial.items():
            term = Fraction(value)
            for number, power in Counter(monomial).items():
                term *= system.solution[number] ** power
            total += term
        assert total == 0
