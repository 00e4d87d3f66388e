"""The smallest nonzero and the largest singular value of the lifted map, from both sides.

Claims: `sigma_min_squared` and `sigma_max_squared`, lower and upper, over QQ; after this step
`context.ledger.bound("sigma_min_squared", "lower")` is what recovery bounds need (none where nothing was found).
Hypotheses: spec over QQ; sigma_min needs the certified rank of A.  Networks: theory 10.4, exact.
Source: theory 12.6 (counts of eigenvalues of A A^T or A^T A by L D L^T).  Cannot show: values where A A^T has too many
entries and A too many columns; then sigma_max has the trace as an upper bound.
Cost: the Gram matrix layer by layer, and one factorization of each different block for every bound.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from exactfact.certificate.claims import Bound, Claim
from exactfact.certificate.numbers import decode_integer, encode_number
from exactfact.model import LimitError
from exactfact.stability.eigenvalues import Shift
from exactfact.stability.singular_values import Spectrum, spectrum, trace

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_closed, rank_lower

STATEMENT = "12.6"


def apply(problem: Problem, context: Context) -> Outcome:
    """Rational bounds on sigma_min(A)^2 and sigma_max(A)^2; where the Gram matrix is too large, the trace alone."""
    if problem.field.characteristic:
        return Outcome(why="singular values exist over QQ only")
    if problem.architecture.network is not None:
        return _network(context)
    if context.ledger.bound("sigma_max_squared", "upper") is not None:
        return Outcome(why="already known")
    try:
        copies = 1 if problem.group is None else math.prod(problem.group)
        found = spectrum(problem.essential, copies, lambda: context.tick("a Gram matrix of the lifted map"))
    except LimitError as error:
        return Outcome(tuple(_trace(problem, context)), why=str(error))
    if not found.gram.order:
        return Outcome(why="the lifted map is zero")
    context.afford("factorizations of a Gram matrix", prices.cholesky(found.gram.work))
    claims = [*_smallest(problem, context, found), *_largest(problem, context, found)]
    return Outcome(tuple(claims), "" if rank_closed(context.ledger) else "the rank of the lifted map is not known")


def _smallest(problem: Problem, context: Context, found: Spectrum) -> list[Claim]:
    """The rank-th largest singular value; without a certified upper bound on the rank only bounded from above."""
    least, most = (context.ledger.bound("rank", side) for side in ("lower", "upper"))
    rank = rank_lower(context.ledger)
    if least is None or not rank:
        return []
    values = found.squared(rank, lambda: context.tick("the smallest singular value"))
    claims: list[Claim] = []
    full = rank == found.gram.order
    if values.lower is not None and (full or (most is not None and rank_closed(context.ledger))):
        reference = None if full or most is None else most.id
        claims.append(_bound("sigma_min_squared", "lower", values.lower, _evidence(problem, found, rank=reference)))
    if values.upper is not None:
        claims.append(_bound("sigma_min_squared", "upper", values.upper, _evidence(problem, found, rank=least.id)))
    return claims


def _largest(problem: Problem, context: Context, found: Spectrum) -> list[Claim]:
    values = found.squared(1, lambda: context.tick("the largest singular value"))
    return [
        _bound("sigma_max_squared", side, shift, _evidence(problem, found))
        for side, shift in (("lower", values.lower), ("upper", values.upper))
        if shift is not None
    ]


def _evidence(problem: Problem, found: Spectrum, **more: Any) -> dict[str, Any]:
    group = None if problem.group is None else list(problem.group)
    return {"gram": found.gram.kind, "group": group, **more}


def _bound(quantity: str, side: str, shift: Shift, evidence: Mapping[str, Any]) -> Bound:
    full = {**evidence, "shift": encode_number(shift.shift), "bits": shift.bits}
    return Bound(quantity, side, _plain(shift.value), "QQ", STATEMENT, full)


def _plain(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def _trace(problem: Problem, context: Context) -> list[Claim]:
    try:
        value = trace(problem.chain, lambda: context.tick("the trace of a Gram matrix"))
    except LimitError:
        return []
    return [Bound("sigma_max_squared", "upper", _plain(value), "QQ", STATEMENT, {"bound": "trace"})]


def _network(context: Context) -> Outcome:
    """nu max c beside the claims on nu min c, from their evidence."""
    known = context.ledger.bound("sigma_min_squared", "lower")
    if known is None:
        return Outcome(why="the path counts are not listed, or a signal length is missing")
    if context.ledger.bound("sigma_max_squared", "upper") is not None:
        return Outcome(why="already known")
    listed = known.evidence.get("multiplicities", [[1, 1]])
    value = _largest_of(known.evidence["nu"], listed)
    return Outcome(
        tuple(Bound("sigma_max_squared", side, value, "QQ", "10.4", known.evidence) for side in ("lower", "upper"))
    )


def _largest_of(nu: Any, listed: Any) -> int:
    return decode_integer(nu) * max(decode_integer(c) for c, _ in listed)
