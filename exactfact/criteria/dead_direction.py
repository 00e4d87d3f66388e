"""A direction x of one layer never reaches the product: M_1(.)...M_k(x)...M_K(.) = 0 identically.

Claims: `uniform` refuted by a pair; over QQ also `generic` and `generic-finite`, over QQ, RR and CC, and an upper
bound on the generic Jacobian rank.  Hypotheses: x is not zero (in particular x in Ker M_k).
Source: theory 8.2b, 8.1.  The test finds all dead directions, unless an elimination was too
large and a space was replaced by the whole one.  Cost: the spaces W_k, R_k around
every layer and one small elimination a layer.
"""

from __future__ import annotations

import itertools

from exactfact.algebra.modular import rank_mod_p
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.numbers import encode_vector
from exactfact.lifting.dead import dead_directions
from exactfact.lifting.jacobian import jacobian_matrix
from exactfact.model.numbers import Number

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point, refutations, unit_point, zero_point

PARAMETER_LIMIT = 1000
ENTRY_LIMIT = 1_000_000
ALIVE = "every direction of every layer reaches the product"
Dead = dict[int, list[list[Number]]]


def apply(problem: Problem, context: Context) -> Outcome:
    """Claims for the first dead direction, and the live-parameter bound from all of them."""
    chain = problem.chain
    context.tick("directions that never reach the product")
    if _all_alive(problem):
        return Outcome(why=ALIVE)
    context.afford("the spaces around every layer", prices.outer(chain))
    dead: Dead = {}
    for k in range(chain.depth):
        vectors = dead_directions(chain, problem.spaces, k)
        if vectors:
            dead[k] = vectors
    if not dead:
        return Outcome(why=ALIVE)
    layer, x = next((k, vectors[0]) for k, vectors in dead.items())
    claims: list[Claim] = list(_witness(problem, layer, x))
    if not problem.field.characteristic:
        evidence = {"layer": layer, "x": encode_vector(x)}
        for prop in ("generic-finite", "generic"):
            claims += [
                Verdict(prop, "scaling", "full", over, "refuted", "8.2b", evidence) for over in ("QQ", "RR", "CC")
            ]
        claims.append(_live_bound(chain.parameters, dead))
    return Outcome(tuple(claims))


def _all_alive(problem: Problem) -> bool:
    """Whether some small Jacobian mod p shows it: a dead direction of layer k lies in the kernel of its block."""
    chain = problem.chain
    total = sum(chain.parameters)
    if problem.field.characteristic or total > PARAMETER_LIMIT or total * max(chain.sizes) > ENTRY_LIMIT:
        return False
    p = next(random_primes(problem.seed, "alive", problem.denominator, WORD_RANGE))
    residues = problem.residues(p)
    matrix = jacobian_matrix(residues, residues.point(problem.seed, 0), problem.seed)
    starts = itertools.accumulate(chain.parameters, initial=0)
    return all(
        rank_mod_p(matrix[:, start : start + size], p) == size
        for start, size in zip(starts, chain.parameters, strict=False)
    )


def _witness(problem: Problem, layer: int, x: list[Number]) -> tuple[Verdict, ...]:
    """h = unit vectors with h_k not parallel to x, g = h with h_k + x; when phi = 0, any h against zero."""
    sizes = problem.chain.parameters
    if sizes[layer] == 1:
        point, zero = unit_point(sizes, [0] * len(sizes)), zero_point(sizes)
        return refutations(point, zero, problem.over, _models(problem, point, zero))
    position = next(j for j in range(sizes[layer]) if any(value for i, value in enumerate(x) if i != j))
    index = [position if k == layer else 0 for k in range(len(sizes))]
    h = unit_point(sizes, index)
    shifted = tuple(_reduced(problem, a + b) for a, b in zip(h[layer], x, strict=True))
    g: Point = (*h[:layer], shifted, *h[layer + 1 :])
    return refutations(h, g, problem.over, _models(problem, h, g))


def _reduced(problem: Problem, value: Number) -> Number:
    p = problem.field.characteristic
    return value % p if p else value


def _models(problem: Problem, h: Point, g: Point) -> list[str]:
    if problem.architecture.models and problem.in_model(h) and problem.in_model(g):
        return ["full", "spec"]
    return ["full"]


def _live_bound(sizes: tuple[int, ...], dead: Dead) -> Bound:
    """Dead directions lie in the kernel of every Jacobian, beside the K - 1 scalings."""
    lost = any(len(vectors) == sizes[k] for k, vectors in dead.items())
    live = sum(sizes) - sum(len(vectors) for vectors in dead.values()) - (len(sizes) - 1)
    listed = [[k, encode_vector(x)] for k, vectors in dead.items() for x in vectors]
    return Bound("jacobian_rank", "upper", 0 if lost else live, "QQ", "8.2b", {"bound": "live", "dead": listed})
