"""Over GF(p), phi at one point of every line of every layer: `uniform` and `at-point` decided.

Claims: `uniform` (for the full space, and for the spec's model) and `at-point`, over GF(p): refuted by a pair, proved
by the enumeration itself, which the checker repeats.  Hypotheses: prod (p^S_k - 1) / (p - 1) points are few.
Source: theory 4.5; pairs: 8.1.  Cannot show: anything over another field.  Cost: one image a point.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from exactfact.algebra.modular import pivot_rows
from exactfact.certificate.claims import Claim, Verdict
from exactfact.lifting.listed import table
from exactfact.lifting.segre_points import collision, count, image, point, ratio, representatives, rivals
from exactfact.lifting.spans import cell_arrays

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .uniform_claims import open_fields, uniform_proved
from .witness import Point, refutation, zero_point

POINT_LIMIT = 2_000_000
ENTRY_LIMIT = 200_000_000
# Steps of the checker (about a nanosecond each) that a proof may take.
CHECK_LIMIT = 10_000_000_000
Array = Any


def apply(problem: Problem, context: Context) -> Outcome:
    """What the enumeration decides of the open questions."""
    p, sizes = problem.field.characteristic, problem.chain.parameters
    if not p:
        return Outcome()  # nothing that a reader would expect to have been tried
    least = (sum(sizes) - len(sizes)) * (p.bit_length() - 1)  # at least 2^least points
    if least > POINT_LIMIT.bit_length():
        return Outcome(why=f"more than {POINT_LIMIT} points have to be compared")
    total = math.prod(count(size, p) for size in sizes)
    if total > POINT_LIMIT:
        return Outcome(why=f"more than {POINT_LIMIT} points have to be compared")
    width = problem.essential_reach.counts[-1]
    cells = problem.chain.lifted_dimension * problem.essential.sizes[0] * max(problem.essential.sizes[1:])
    if max(total * max(1, width), cells) > ENTRY_LIMIT:
        return Outcome(why=f"the images of {total} points are too large")
    context.allocate("the images of all points", 16 * total + 40 * cells)
    context.afford(f"the images of {total} points", prices.enumeration(total, max(1, width)))
    columns = table(problem.essential, cell_arrays(problem.essential_reach, problem.chain.depth - 1), p)
    columns = _independent(columns.astype(np.int64), p)
    claims: list[Claim] = []
    limits: list[str] = []
    everything = [representatives(size, p) for size in sizes]
    for model in ("full", "spec") if problem.architecture.models else ("full",):
        if open_fields(problem, context.ledger, model=model) and not any(
            isinstance(claim, Verdict) and (claim.property, claim.model) == ("uniform", model) for claim in claims
        ):
            points = everything if model == "full" else _inside(problem, everything)
            if not all(len(part) for part in points):
                continue
            found, why = _uniform(problem, context, columns, points, model)
            claims += found
            limits += why
    claims += _at_point(problem, context, columns, everything, claims)
    return Outcome(tuple(claims), "; ".join(limits) or ("" if claims else "already decided"))


def _independent(columns: Array, p: int) -> Array:
    """The columns restricted to independent cells: equal there, equal everywhere."""
    kept = pivot_rows(np.ascontiguousarray(columns.T), p)
    return np.ascontiguousarray(columns[:, kept]) if kept else columns[:, :1] * 0


def _inside(problem: Problem, points: list[Array]) -> list[Array]:
    """The points of the spec's model, which is a union of products of coordinate subspaces."""
    kept = []
    for layer, part in zip(problem.architecture.parametric, points, strict=True):
        models = [model for model in problem.architecture.models if model.layer == layer]
        allowed = [all(model.contains(tuple(vector)) for model in models) for vector in part.tolist()]
        kept.append(part[np.array(allowed, dtype=bool)])
    return kept


def _uniform(
    problem: Problem, context: Context, columns: Array, points: list[Array], model: str
) -> tuple[list[Claim], list[str]]:
    p = problem.field.characteristic
    found = collision(columns, points, p, context.tick)
    if found is not None:
        h = point(points, found[0])
        if found[1] is None:
            g: Point = zero_point(problem.chain.parameters)
        else:
            factor = ratio(image(columns, points, found[0], p), image(columns, points, found[1], p), p)
            assert factor is not None
            first, *rest = point(points, found[1])
            g = (tuple(factor * x % p for x in first), *rest)
        return [refutation("uniform", h, g, problem.over, model)], []
    if _price(points, columns.shape[1]) > CHECK_LIMIT:
        return [], ["no two points collide, but the enumeration is too long to be checked again"]
    if model == "full":
        return list(uniform_proved(problem, problem.over, "4.5", {})), []
    return [Verdict("uniform", "scaling", "spec", problem.over, "proved", "4.5", {})], []


def _price(points: list[Array], rank: int) -> int:
    """About the checker's steps: a combination of S_K vectors for each point."""
    width = int(points[-1].shape[1])
    return math.prod(len(part) for part in points) * (2000 + 100 * width * max(1, rank))


def _at_point(
    problem: Problem, context: Context, columns: Array, points: list[Array], claims: list[Claim]
) -> list[Claim]:
    h, p = problem.architecture.point, problem.field.characteristic
    decided = any(isinstance(claim, Verdict) and claim.property == "at-point" for claim in claims)
    if h is None or decided or not all(any(x) for x in h) or not open_fields(problem, context.ledger, "at-point"):
        return []
    here = [np.array([vector], dtype=np.int64) for vector in h]
    target = image(columns, here, 0, p)
    if not target.any():
        return [refutation("at-point", h, zero_point(problem.chain.parameters), problem.over)]
    lines = tuple(_line(vector, p) for vector in h)
    for number in rivals(columns, points, target, p, context.tick):
        g = point(points, number)
        if g != lines:
            factor = ratio(target, image(columns, points, number, p), p)
            assert factor is not None
            rival: Point = (tuple(factor * x % p for x in g[0]), *g[1:])
            return [refutation("at-point", h, rival, problem.over)]
    if _price(points, columns.shape[1]) > CHECK_LIMIT:
        return []
    return [Verdict("at-point", "scaling", "full", problem.over, "proved", "4.5", {})]


def _line(vector: tuple[Any, ...], p: int) -> tuple[int, ...]:
    lead = next(int(x) for x in vector if x)
    return tuple(int(x) * pow(lead, -1, p) % p for x in vector)
