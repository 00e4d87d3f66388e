"""The nonzero columns of A are independent: fibres are read off a lattice, torsion included.

Claims: number of classes in generic fibres over CC, RR and QQ; `generic` proved or refuted field by field;
`generic-finite` refuted, and `generic` modulo the torus, when the lattice has smaller rank; `at-point` when no entry of
h* vanishes (over GF(p) too); `uniform` refuted by a zero column.
Hypotheses: every entry of phi is zero or one monomial (no two paths share both ends), or rank A >= number of nonzero
columns; every parameter occurs.  Source: theory 9.1, 9.2.  Cannot show: anything when columns depend on each other.
Cost: all paths, or all products of prefixes (at most 200 000); an integer elimination of sparse vectors.
"""

from __future__ import annotations

from typing import Any

from exactfact.algebra.lattice import Lattice, Quotient
from exactfact.certificate.claims import Claim, Verdict
from exactfact.lifting.monomial_lattice import exponents, starts, used_everywhere
from exactfact.lifting.paths import PATH_LIMIT, Index, nonzero_columns, unique_paths
from exactfact.model import LimitError

from .outcome import Context, Outcome
from .problem import Problem
from .torsor import count_over_prime_field, torsion_count, torsor_claims
from .witness import refutations, unit_point, zero_point

VECTOR_LIMIT = 20_000
WITNESS_TRIES = 1000


def apply(problem: Problem, context: Context) -> Outcome:
    """All claims of theorem 9.1 that are not recorded yet."""
    if _settled(problem, context):
        return Outcome(why="the generic fibres are decided")
    context.tick("nonzero columns of the lifted map")
    found = _independent_columns(problem, context)
    if isinstance(found, str):
        return Outcome(why=found)
    columns, evidence = found
    if len(columns) > VECTOR_LIMIT:
        raise LimitError("the lattice of the nonzero columns", f"{len(columns)} vectors", f"{VECTOR_LIMIT}")
    quotient = _quotient(problem, context, columns)
    claims = list(_uniform(problem, context, columns))
    if quotient is None:
        return Outcome(tuple(claims), "" if claims else "some parameter never reaches the product")
    if not problem.field.characteristic:
        claims += torsor_claims(quotient, "9.1", evidence, problem.chain.free_dimension)
    claims += _at_point(problem, quotient, evidence)
    return Outcome(tuple(claims), "" if claims else "only generic statements would follow")


def _settled(problem: Problem, context: Context) -> bool:
    if problem.architecture.point is not None and context.ledger.verdict("at-point", "scaling") is None:
        return False
    decided = {claim.over for claim in context.ledger.claims if _generic(claim)}
    return not problem.field.characteristic and ("CC proved" in {*_statuses(context)} or decided >= {"CC", "RR", "QQ"})


def _generic(claim: Claim) -> bool:
    return isinstance(claim, Verdict) and (claim.property, claim.modulo) == ("generic", "scaling")


def _statuses(context: Context) -> list[str]:
    return [f"{claim.over} {claim.status}" for claim in context.ledger.claims if isinstance(claim, Verdict)
            and _generic(claim)]


def _independent_columns(problem: Problem, context: Context) -> tuple[list[Index], dict[str, Any]] | str:
    """The multi-indices of the nonzero columns with the evidence for their independence, or why there is none."""
    paths = unique_paths(problem.chain)
    if paths is not None:
        return (paths, {"paths": "unique"}) if paths else "the product is always zero"
    bound = context.ledger.bound("rank", "lower")
    if bound is None or not bound.value:
        return "no bound on the rank of the lifted map"
    columns = []
    for index in nonzero_columns(problem.chain, PATH_LIMIT):
        columns.append(index)
        if len(columns) > bound.value:
            return f"more than {bound.value} nonzero columns, which is the known rank of the lifted map"
    return columns, {"rank": bound.id}


def _quotient(problem: Problem, context: Context, columns: list[Index]) -> Quotient | None:
    sizes = problem.chain.parameters
    offsets, lattice = starts(sizes), Lattice(problem.chain.free_dimension)
    for number, index in enumerate(columns):
        if number % 500 == 0:
            context.tick("the lattice of the nonzero columns")
        lattice.add(exponents(index, offsets))
    return lattice.quotient() if used_everywhere(lattice, sizes) else None


def _at_point(problem: Problem, quotient: Quotient, evidence: dict[str, Any]) -> list[Claim]:
    point = problem.architecture.point
    if point is None or not all(value for vector in point for value in vector):
        return []
    p = problem.field.characteristic
    if p:
        status = "proved" if count_over_prime_field(quotient, p) == 1 else "refuted"
        return [Verdict("at-point", "scaling", "full", problem.over, status, "9.1", evidence)]
    one = {over: not quotient.free and torsion_count(quotient, over) == 1 for over in ("CC", "RR", "QQ")}
    if one["CC"] or not one["QQ"]:
        over, status = ("CC", "proved") if one["CC"] else ("QQ", "refuted")
        return [Verdict("at-point", "scaling", "full", over, status, "9.1", evidence)]
    return [Verdict("at-point", "scaling", "full", "CC", "refuted", "9.1", evidence),
            Verdict("at-point", "scaling", "full", "RR", "proved", "9.1", evidence)]


def _uniform(problem: Problem, context: Context, columns: list[Index]) -> tuple[Verdict, ...]:
    """A zero column against zero (theory 9.2): the search ends, as the nonzero columns are listed."""
    sizes = problem.chain.parameters
    if context.ledger.verdict("uniform", "scaling") is not None or len(columns) == problem.chain.lifted_dimension:
        return ()
    known, index = set(columns), [0] * len(sizes)
    while tuple(index) in known:
        k = len(sizes) - 1
        while index[k] == sizes[k] - 1:
            index[k] = 0
            k -= 1
        index[k] += 1
    h, zero = unit_point(sizes, index), zero_point(sizes)
    inside = problem.architecture.models and problem.in_model(h) and problem.in_model(zero)
    return refutations(h, zero, problem.over, ["full", "spec"] if inside else ["full"])
