"""The nonzero columns of A are independent: fibres are read off a lattice, torsion included.

Claims: number of classes in generic fibres over CC, RR and QQ; `generic` proved or refuted field by field;
`generic-finite` refuted, and both modulo the torus, when the lattice has smaller rank; `at-point` when no entry of
h* vanishes (over GF(p) too); `uniform` refuted by a zero column.
Hypotheses: every entry of phi is zero or one monomial (no two paths share both ends), or rank A >= number of nonzero
columns; every parameter occurs.  Source: theory 9.1, 9.2.  Cannot show: anything when columns depend on each other.
Cost: one path for every edge, or all products of prefixes (at most 200 000); an integer elimination of sparse vectors.
"""

from __future__ import annotations

from itertools import islice, product
from typing import Any

from exactfact.algebra.lattice import Lattice, Quotient
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.paths import Index, moves, nonzero_columns, path_generators, unique_paths
from exactfact.lifting.propagation import exponents, starts
from exactfact.model import LimitError

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .torsor import count_over_prime_field, settled, torsion_count, torsor_claims
from .witness import refutations, unit_point, zero_point

VECTOR_LIMIT = 60_000
WITNESS_TRIES = 20_000


def apply(problem: Problem, context: Context) -> Outcome:
    """All claims of theorem 9.1 that are not recorded yet."""
    point = problem.architecture.point
    pointed = point is not None and all(value for vector in point for value in vector)
    pointed = pointed and context.ledger.verdict("at-point", "scaling") is None
    if not pointed and (problem.field.characteristic or settled(context.ledger)):
        return Outcome(why="no point without zero entries is open" if problem.field.characteristic else "decided")
    context.tick("nonzero columns of the lifted map")
    found = _independent_columns(problem, context)
    if isinstance(found, str):
        return Outcome(why=found)
    columns, evidence = found
    if len(columns) > VECTOR_LIMIT:
        raise LimitError("the lattice of the nonzero columns", f"{len(columns)} vectors", f"{VECTOR_LIMIT}")
    context.afford("the lattice of the nonzero columns", prices.monomials(problem.chain, len(columns)))
    quotient = _quotient(problem, context, columns)
    if quotient is None:
        return Outcome(why="some parameter never reaches the product")
    claims: list[Claim] = []
    if not problem.field.characteristic:
        claims += torsor_claims(quotient, "9.1", evidence, problem.chain.free_dimension)
    claims += _zero_column(problem, context)
    if pointed:
        claims += _at_point(problem, quotient, evidence)
    return Outcome(tuple(claims))


def _independent_columns(problem: Problem, context: Context) -> tuple[list[Index], dict[str, Any]] | str:
    """Multi-indices that span the lattice of the nonzero columns, the evidence for their independence, or why not."""
    layers = moves(problem.chain)
    if not layers[0]:
        return "the product is always zero"
    if unique_paths(layers):
        return path_generators(layers), {"paths": "unique"}
    bound = context.ledger.bound("rank", "lower")
    if bound is None or not bound.value:
        return "no bound on the rank of the lifted map"
    columns = []
    for index in nonzero_columns(problem.chain, layers):
        columns.append(index)
        if len(columns) > bound.value:
            return f"more than {bound.value} nonzero columns, which is the known rank of the lifted map"
    return columns, {"rank": bound.id}


def _quotient(problem: Problem, context: Context, columns: list[Index]) -> Quotient | None:
    """L_0/L, or None when some parameter is not used."""
    sizes = problem.chain.parameters
    offsets, lattice = starts(sizes), Lattice(sum(sizes))
    for number, index in enumerate(columns):
        if number % 500 == 0:
            context.tick("the lattice of the nonzero columns")
        if lattice.everything(problem.chain.free_dimension):
            break
        lattice.add(exponents(index, offsets))
    return lattice.quotient(len(sizes) - 1) if lattice.covers() else None


def _at_point(problem: Problem, quotient: Quotient, evidence: dict[str, Any]) -> list[Claim]:
    """theory 9.1 holds for every h without zero entries."""
    p = problem.field.characteristic
    if p:
        status = "proved" if count_over_prime_field(quotient, p) == 1 else "refuted"
        divisors = [encode_integer(d) for d in quotient.divisors]
        group = {**evidence, "free": quotient.free, "divisors": divisors}
        return [Verdict("at-point", "scaling", "full", problem.over, status, "9.1", group)]
    one = {over: not quotient.free and torsion_count(quotient.divisors, over) == 1 for over in ("CC", "QQ")}
    rows = [("CC", "proved")] if one["CC"] else [("CC", "refuted"), ("RR", "proved")] if one["QQ"] else []
    return [
        Verdict("at-point", "scaling", "full", over, status, "9.1", {"jacobian_rank": "@0"})
        for over, status in rows or [("QQ", "refuted")]
    ]


def _zero_column(problem: Problem, context: Context) -> tuple[Verdict, ...]:
    """A zero column against zero (theory 9.2): the first gap among the nonzero columns in lexicographic order."""
    if context.ledger.verdict("uniform", "scaling") is not None:
        return ()
    sizes = problem.chain.parameters
    nonzero = nonzero_columns(problem.chain, moves(problem.chain))
    for index in islice(product(*map(range, sizes)), WITNESS_TRIES):
        if next(nonzero, None) != index:
            h, zero = unit_point(sizes, index), zero_point(sizes)
            inside = problem.architecture.models and problem.in_model(h) and problem.in_model(zero)
            return refutations(h, zero, problem.over, ["full", "spec"] if inside else ["full"])
    return ()
