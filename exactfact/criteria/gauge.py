"""Linear fields along which phi does not change: the Jacobian rank from above, and what lies in the fibres.

Claims: jacobian_rank <= sum S_k - t; when that is below n, `generic` and `generic-finite` refuted over QQ, RR and CC,
and `uniform` too where no pair of points was found; when it meets the lower bound, also `generic-finite` modulo gauge
proved over CC, and which ratios of parameters take finitely many values (`ratios`).
Hypotheses: spec over QQ.  Source: theory 6.3, 6.4, 6.5.
Cannot show: fields of higher degree, or linear ones that do not telescope where A is too large to list.
Cost: diagonal fields first, then all telescoping ones, then all linear ones; each one sparse system, and an
elimination mod p.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.all_fields import COLUMN_LIMIT, all_linear_fields
from exactfact.lifting.all_fields import TERM_LIMIT as LIST_LIMIT
from exactfact.lifting.chain import Chain, SparseMatrix
from exactfact.lifting.linear_fields import LinearField, blocks, independent
from exactfact.lifting.telescoping import TERM_LIMIT, telescoping_fields, term_count
from exactfact.model import LimitError

from . import prices
from .outcome import Context, Outcome
from .problem import Problem

PARAMETER_LIMIT = 6000
ENTRY_LIMIT = 20_000_000
REFUTED = ("generic-finite", "generic")
FIELDS = ("QQ", "RR", "CC")


def apply(problem: Problem, context: Context) -> Outcome:
    """Everything that the fields found license; nothing when the Jacobian rank is full."""
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    chain = problem.chain
    lower = context.ledger.bound("jacobian_rank", "lower")
    dimension, total = chain.free_dimension, sum(chain.parameters)
    if lower is not None and lower.value >= dimension:
        return Outcome(why="the Jacobian rank is full: no symmetry but the scalings and finite ones")
    if total > PARAMETER_LIMIT:
        return Outcome(why=f"gauge fields of {total} parameters are too many to look for")
    found, limits = _fields(problem, context, total - (int(lower.value) if lower else 0) - (chain.depth - 1))
    value = total - (chain.depth - 1) - len(found)
    if not found:
        return Outcome(why="; ".join(["no linear symmetry beside the scalings was found", *limits]))
    evidence = {"fields": [document(chain, field) for field in found], **_place(problem)}
    claims: list[Claim] = [Bound("jacobian_rank", "upper", value, "QQ", "6.3", evidence)]
    claims += [
        Verdict(prop, "scaling", "full", over, "refuted", "6.4", {"gauge": "@0"})
        for prop in REFUTED
        for over in FIELDS
    ]
    if lower is not None and lower.value == value:
        both = {"gauge": "@0", "jacobian_rank": lower.id}
        finite = {**both, "dimension": dimension - value}
        claims.append(Verdict("generic-finite", "gauge", "full", "CC", "proved", "6.3", finite))
        ratios = {**both, "blocks": blocks(found, chain.parameters)}
        claims.append(Verdict("ratios", "scaling", "full", "CC", "proved", "6.5", ratios))
        return Outcome(tuple(claims))
    why = f"linear symmetries explain a Jacobian rank of {value}"
    return Outcome(tuple(claims), "; ".join([why if lower is None else f"{why}, not {lower.value}", *limits]))


def uniform(problem: Problem, context: Context) -> Outcome:
    """`uniform` refuted by the recorded fields, for when a reader cannot be shown a pair of points."""
    for claim in context.ledger.claims:
        if isinstance(claim, Verdict) and (claim.property, claim.statement, claim.over) == ("generic", "6.4", "QQ"):
            fields = (Verdict("uniform", "scaling", "full", over, "refuted", "6.4", claim.evidence) for over in FIELDS)
            return Outcome(tuple(fields))
    return Outcome()


def _fields(problem: Problem, context: Context, wanted: int) -> tuple[list[LinearField], list[str]]:
    """Independent fields beside the scalings, the sparsest first; and what was too large to look for."""
    chain, seed = problem.chain, problem.seed
    p, h = _prime(problem), None
    terms = {diagonal: min(TERM_LIMIT, term_count(chain.layers, diagonal=diagonal)) for diagonal in (True, False)}
    each = min(COLUMN_LIMIT, chain.lifted_dimension) * prices.widest(chain) * sum(chain.parameters)
    families: tuple[tuple[str, int, Callable[[], list[LinearField]]], ...] = (
        ("rescalings of hidden nodes", terms[True], lambda: telescoping_fields(chain, diagonal=True, seed=seed)),
        ("changes of basis between layers", terms[False], lambda: telescoping_fields(chain, diagonal=False, seed=seed)),
        ("all linear symmetries", min(LIST_LIMIT, each), lambda: all_linear_fields(chain, seed)),
    )
    found: list[LinearField] = []
    limits: list[str] = []
    h = problem.residues(p).point(seed, 0)
    for words, size, family in families:
        context.tick(words)
        try:
            context.afford(words, prices.fields(chain, size))
            candidates = family()
        except LimitError as error:
            limits.append(str(error))
            continue
        candidates.sort(key=lambda field: field.entries)
        if (len(found) + len(candidates) + chain.depth) * sum(chain.parameters) > ENTRY_LIMIT:
            limits.append(f"{len(candidates)} linear fields are too many to compare")
            continue
        found = independent([*found, *candidates], h, p)
        if len(found) >= wanted:
            break
    return found, limits


def _prime(problem: Problem) -> int:
    return next(random_primes(problem.seed, "gauge", problem.denominator, WORD_RANGE))


def _place(problem: Problem) -> dict[str, Any]:
    return {"prime": encode_integer(_prime(problem)), "point": {"seed": problem.seed, "index": 0}}


def document(chain: Chain, field: LinearField) -> dict[str, Any]:
    """The field as evidence: entries [layer, row, column, value] of D, and [interface, row, column, value] of Z."""
    result = {"D": [entry for k, matrix in enumerate(field.maps) for entry in _entries(k, matrix, None)]}
    if field.joints is not None:
        joints = enumerate(field.joints)
        result["Z"] = [entry for i, matrix in joints for entry in _entries(i, matrix, chain.labels[i])]
    return result


def _entries(place: int, matrix: SparseMatrix, labels: tuple[int, ...] | None) -> list[list[int | str]]:
    cells = sorted(matrix.items())
    return [
        [place, *((row, col) if labels is None else (labels[row], labels[col])), encode_integer(int(value))]
        for (row, col), value in cells
    ]
