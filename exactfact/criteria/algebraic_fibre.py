"""The other classes in the fibre of h*, as algebraic numbers: at a point the answer over RR and QQ may differ from CC.

Claims: `at-point` refuted over CC by a competitor with algebraic entries, over RR when one is real, over QQ (8.1) when
one is rational; proved over RR or QQ when all complex classes are known and none but that of h* is real or rational.
Hypotheses: spec over QQ, no layer of h* is zero, phi(h*) is not zero; for proofs, a bound on the number of complex
classes at h* (theory 7.3(b)) that is the number of those found, with h*.
Source: theory 7.5 (several complex classes: real roots, rational factors), 7.3(b), 8.1.
Cannot show: anything about classes where the Jacobian drops, or that lie in fibres of positive dimension; proofs
where rank-one tensors in the kernel of A, or multiple points, spoil the count.
Cost: Gauss-Newton steps from random starts, Newton steps in balls, rational reconstruction; small N only.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from exactfact.algebra.modular import residue
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.algebraic_family import Family
from exactfact.lifting.at_point import equivalent
from exactfact.lifting.chain import evaluate
from exactfact.lifting.columns import column_rows
from exactfact.lifting.fibre_families import Families, real_roots, recognise, rootless_prime
from exactfact.lifting.fibre_points import primes_agree
from exactfact.lifting.fibre_search import NEAR, Fibre, fibre_through, loop, merged, regular_points, search
from exactfact.lifting.spans import cell_arrays

from . import prices
from .clear import integer_layers
from .fibre_length import Ring
from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled
from .witness import Point, refutation, replaced, scaled

COLUMN_LIMIT = 400
WORK_LIMIT = 6_000
CLASSES = 40
BATCHES = 24
QUIET = 4  # batches without a new point after which a search ends when the number of points is not known
PATIENCE = 10  # and when it is
DEGREES = range(1, 41)
ROOT_PRIME = 2_000
FIELDS = ("QQ", "RR", "CC")


def apply(problem: Problem, context: Context) -> Outcome:
    """A rational competitor, else what the families of algebraic ones show field by field."""
    h, chain = problem.architecture.point, problem.chain
    if h is None:
        return Outcome(why="no point is given")
    if problem.field.characteristic:
        return Outcome(why="real and complex points are asked for in characteristic 0")
    if all(settled(context.ledger, "at-point", over) for over in FIELDS):
        return Outcome(why="decided at the point")
    if not all(any(vector) for vector in h):
        return Outcome(why="a layer of the point is zero")
    work = sum(chain.parameters) * chain.sizes[0] * chain.sizes[-1]
    work += sum(size * a * b for size, a, b in zip(chain.parameters, chain.sizes, chain.sizes[1:], strict=False))
    if chain.lifted_dimension > COLUMN_LIMIT or work > WORK_LIMIT:
        return Outcome(why="the fibre of h* is too large to search for all its points")
    exact, point = chain.integral(), integer_layers(h)
    context.afford("points in the fibre of h*", prices.PASS * 100 * BATCHES * work)
    fibre = fibre_through(exact, point, problem.seed)
    if isinstance(fibre, str):
        return Outcome(why=fibre)
    prime = next(random_primes(problem.seed, "families", problem.avoided(h), WORD_RANGE))
    degree, classes = _count(problem, context, h, prime)
    points = _search(problem, context, fibre, point, classes)
    if not points:
        return Outcome(why="no other isolated point in the fibre of h* was found")
    found = recognise(exact, point, fibre, points, problem.seed, context.tick)
    if isinstance(found, str):
        return Outcome(why=found)
    rational = _rational(problem, h, found)
    if rational is not None:
        return Outcome((refutation("at-point", h, rational, problem.over),))
    if found.points or not primes_agree(exact, point, found.families, prime):
        return Outcome(why="the points found in the fibre of h* do not fit together modulo a prime")
    complete = classes == 1 + sum(len(family.f) - 1 for family in found.families)
    return _verdicts(context, found, prime, degree if complete else None)


def _verdicts(context: Context, found: Families, prime: int, degree: int | None) -> Outcome:
    """Refuted over RR (else CC) by one family; proved over RR (else QQ) by all, when they are all."""
    weights = [list(row) for row in found.weights]
    shared: dict[str, Any] = {"prime": encode_integer(prime), "pivots": list(found.pivots), "weights": weights}
    families = sorted(found.families, key=lambda family: len(family.f))
    real = next((family for family in families if real_roots(family.f)), None)
    over, chosen = ("CC", families[0]) if real is None else ("RR", real)
    claims: list[Claim] = []
    if not settled(context.ledger, "at-point", over):
        evidence = {**shared, "families": [_document(chosen)]}
        claims.append(Verdict("at-point", "scaling", "full", over, "refuted", "7.5r", evidence))
    why = ""
    if degree is None:
        why = "other complex classes of h* are known, but not their number"
    elif real is None and not settled(context.ledger, "at-point", "RR"):
        evidence = {**shared, "families": [_document(family) for family in families], "degree": degree}
        claims.append(Verdict("at-point", "scaling", "full", "RR", "proved", "7.5r", evidence))
    elif not settled(context.ledger, "at-point", "QQ"):
        primes = [rootless_prime(family.f, 1, ROOT_PRIME) for family in families]
        evidence = {**shared, "families": [_document(family) for family in families], "degree": degree}
        if None not in primes:
            evidence["rootless"] = primes
            claims.append(Verdict("at-point", "scaling", "full", "QQ", "proved", "7.5r", evidence))
        else:
            why = "no small prime shows that the other classes of h* are not rational"
    return Outcome(tuple(claims), why)


def _count(problem: Problem, context: Context, h: Point, p: int) -> tuple[int | None, int | None]:
    """(d, c) with H(d) = c at h* modulo p, and c <= d or H_0(d+1) = 0."""
    residues, cells = problem.residues(p), cell_arrays(problem.reach, problem.chain.depth - 1)
    ring = Ring(residues, cells, column_rows(residues, cells), problem.chain.parameters)
    forms = ring.vanishing([[residue(x, p) for x in vector] for vector in h])
    if forms is None:
        return None, None
    everything = ring.everything()
    for d in DEGREES:
        left = ring.length(forms, d, context)
        if left is None:
            break
        if left <= d or (left <= CLASSES and ring.length(everything, d + 1, context) == 0):
            return d, left
    return None, None


def _search(problem: Problem, context: Context, fibre: Fibre, h: Point, classes: int | None) -> list[Any]:
    """The points found, h* left out: all when their number is known, else until nothing new is met."""
    rng = np.random.default_rng([11, problem.seed % 2**63])
    own = _own(fibre, h)
    if own is None:
        return []
    regular = bool(merged([], regular_points(fibre, own[None])))
    points: list[Any] = [own]
    quiet = 0
    for batch in range(BATCHES):
        context.tick(f"points in the fibre of h*, batch {batch + 1}")
        before = len(points)
        points = merged(points, loop(fibre, points, rng) if batch and regular else search(fibre, rng))
        quiet = quiet + 1 if len(points) == before else 0
        if len(points) == classes or len(points) > CLASSES or quiet == (QUIET if classes is None else PATIENCE):
            break
    return points[1:] if len(points) <= CLASSES else []


def _own(fibre: Fibre, h: Point) -> Any:
    """h* in the chart, the last layer scaled to the product; None when double precision is too small for that."""
    vectors = [np.array([float(v) for v in vector], dtype=complex) for vector in h]
    for k, row in enumerate(fibre.charts):
        vectors[k] = vectors[k] / (vectors[k] @ row)
    x = np.concatenate(vectors)
    value = fibre.value(x[None])[0]
    vectors[-1] = vectors[-1] * (fibre.target @ fibre.target) / (value @ fibre.target)
    own = np.concatenate(vectors)
    return own if np.abs(fibre.residuals(own[None])).max() < NEAR else None


def _rational(problem: Problem, h: Point, found: Families) -> Point | None:
    """A competitor of h* over QQ, rescaled to its product."""
    target = evaluate(problem.chain, h)
    cell = min(target)
    for g in found.points:
        value = evaluate(problem.chain, g)
        if not value.get(cell):
            continue
        rival = replaced(g, 0, scaled(g[0], Fraction(target[cell]) / Fraction(value[cell]), 0))
        if evaluate(problem.chain, rival) == target and not equivalent(h, rival, problem.field):
            return rival
    return None


def _document(family: Family) -> dict[str, Any]:
    return {
        "polynomial": [encode_integer(c) for c in family.f],
        "numerators": [[[encode_integer(c) for c in row] for row in layer] for layer in family.numerators],
        "scales": [encode_integer(e) for e in family.scales],
    }
