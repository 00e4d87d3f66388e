"""Layers that linear relations with the product determine, one by one; and the tangent test for the others.

Claims: `generic` modulo scaling proved over CC; `at-point` proved over CC, or over GF(p) in a spec over GF(p).
Hypotheses: bilinear relations B(phi(h), h_k) = 0, exact and identical in h, of rank S_k - 1 at the product mod p, which
is not zero there; for `at-point` at h* itself.  When only some layers are determined, the others may pass the tangent
test at a point where the Jacobian rank is n.
Source: theory 7.2; 7.7 (L3).
Cannot show: anything when some layer has too few relations, as when products of other layers look alike.
Cost: spans of the products of parts of the chain, one kernel with r S_k unknowns for each layer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from exactfact.algebra.modular import rank_mod_p, residue
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting import tangent
from exactfact.lifting.chain import Chain
from exactfact.lifting.product import product_at
from exactfact.lifting.relations import Product, Relation, at_value, product_of, relations, value_at
from exactfact.model import LimitError

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .settled import settled
from .tangent_test import Tangents, passing, tangents, too_large, useful_annihilators

ENTRY_LIMIT = 5_000_000
NAMED = 6  # layers in a reason
Found = dict[int, list[Relation]]
Array = Any


@dataclass(frozen=True)
class Task:
    """What is asked: at a random point (`generic`), at h* (`point`), or both; mod p."""

    p: int
    generic: bool
    point: tuple[tuple[int, ...], ...] | None


def apply(problem: Problem, context: Context) -> Outcome:
    """Claims from the relations of all layers, and for generic points from those of some of them."""
    task = _task(problem, context)
    if isinstance(task, str):
        return Outcome(why=task)
    chain = problem.chain if problem.field.characteristic else problem.chain.integral()
    entries = sum(chain.parameters) * max(a * b for a, b in zip(chain.sizes, chain.sizes[1:], strict=False))
    if entries > ENTRY_LIMIT:
        return Outcome(why=f"relations of layers with {entries} entries are too many to look for")
    context.tick("relations between the product and single layers")
    context.afford("relations of single layers", prices.relations(chain, problem.reach.counts))
    product = product_of(chain, task.p, problem.reach, context.tick)
    random = product.residues.point(problem.seed, 0)
    points: list[Any] = [random] if task.generic else []
    points += [task.point] if task.point is not None else []
    values = [value_at(product, h) for h in points]
    if not all(value.any() for value in values):
        return Outcome(why="the product is zero at the point")
    found, limits = _all_relations(problem, product, values)
    claims: list[Claim] = []
    if task.point is not None and len(found[-1]) == chain.depth:
        evidence = {"prime": encode_integer(task.p), "relations": _documents(chain, found[-1])}
        claims.append(Verdict("at-point", "scaling", "full", problem.proved_over, "proved", "7.2", evidence))
    if task.generic:
        claims += _generic(problem, context, task, found[0], limits)
    why = "" if len(claims) == len(points) else _why(chain, found[0 if task.generic else -1], limits)
    return Outcome(tuple(claims), why)


def _task(problem: Problem, context: Context) -> Task | str:
    h, p = problem.architecture.point, problem.field.characteristic
    ledger = context.ledger
    pointed = h is not None and all(any(vector) for vector in h) and ledger.verdict("at-point", "scaling") is None
    generic = not p and not settled(ledger, "generic", "CC")
    if not generic and not pointed:
        return "what relations could show is decided, or not asked"
    upper = ledger.bound("jacobian_rank", "upper")
    if not p and upper is not None and upper.value < problem.chain.free_dimension:
        return "the Jacobian rank is too small"
    if p:
        return Task(p, generic, h)  # type: ignore[arg-type]  # residues
    prime = next(random_primes(problem.seed, "relations", problem.avoided(h), WORD_RANGE))
    if h is None or not pointed:
        return Task(prime, generic, None)
    return Task(prime, generic, tuple(tuple(residue(value, prime) for value in vector) for vector in h))


def _all_relations(problem: Problem, product: Product, values: list[Array]) -> tuple[list[Found], list[str]]:
    """For each value, the relations of the layers that are determined there; and what was too large."""
    found: list[Found] = [{} for _ in values]
    limits = []
    for k in range(product.chain.depth):
        try:
            listed = relations(product, k, values, problem.seed)
        except LimitError as error:
            limits.append(str(error))
            continue
        for into, chosen in zip(found, listed, strict=True):
            if len(chosen) == product.chain.parameters[k] - 1:
                into[k] = chosen
    return found, limits


def _generic(problem: Problem, context: Context, task: Task, found: Found, limits: list[str]) -> list[Claim]:
    chain = problem.chain
    if len(found) == chain.depth:
        evidence = {
            "prime": encode_integer(task.p),
            "point": {"seed": problem.seed, "index": 0},
            "relations": _documents(chain, found),
        }
        return [Verdict("generic", "scaling", "full", "CC", "proved", "7.2", evidence)]
    known = {k: rows for k, rows in found.items() if rows}
    return _with_known(problem, context, known, limits) if known else []


def _with_known(problem: Problem, context: Context, known: Found, limits: list[str]) -> list[Claim]:
    """7.7, L3: the tangent test on the layers that are not determined."""
    start = tangents(problem, context)
    if isinstance(start, str):
        limits.append(start)
        return []
    sizes = tuple(1 if k in known else size for k, size in enumerate(problem.chain.parameters))
    context.tick("the tangent test with known layers")
    fixed = replace(start, fixed={k: start.h[k] for k in known}, known={})
    if not _determined(problem, fixed, known):
        limits.append("the point of the tangent test is not a generic one")
        return []
    useful = useful_annihilators(problem, context, fixed)
    for k in sorted(set(range(len(sizes))) - set(known), key=lambda k: tangent.others(sizes, k)):
        columns = tangent.others(sizes, k)
        if (limit := too_large(problem, sizes, columns, columns // sizes[k] + 2)) is not None:
            limits.append(limit)
            continue
        count = passing(fixed, context, useful, columns - 1, partial(tangent.layer_rows, k=k), sizes[k])
        if count is not None:
            listed = [[other, document(problem.chain, rows)] for other, rows in sorted(known.items())]
            evidence = {**fixed.evidence, "annihilators": count, "layer": k, "known": listed}
            return [Verdict("generic", "scaling", "full", "CC", "proved", "7.7", evidence)]
    return []


def _determined(problem: Problem, start: Tangents, known: Found) -> bool:
    """Whether the relations have full rank at the point of the tangent test too (it has another prime)."""
    p = start.residues.p
    whole = product_at(start.residues, start.h)
    for k, rows in known.items():
        table = [at_value(relation, whole, problem.chain.parameters[k], p) for relation in rows]
        if rank_mod_p(table, p) < problem.chain.parameters[k] - 1:
            return False
    return True


def _documents(chain: Chain, found: Found) -> list[Any]:
    return [document(chain, found[k]) for k in range(chain.depth)]


def document(chain: Chain, rows: list[Relation]) -> list[list[list[int | str]]]:
    """Relations as evidence of 7.2: terms [cell, parameter, coefficient], cells in the original numbering."""
    last = chain.depth - 1
    return [[[chain.cell(r, c, last), j, encode_integer(v)] for r, c, j, v in row.terms] for row in rows]


def _why(chain: Chain, found: Found, limits: list[str]) -> str:
    left = [chain.name(k) for k in range(chain.depth) if k not in found]
    names = left if len(left) <= NAMED + 1 else [*left[:NAMED], f"{len(left) - NAMED} more layers"]
    return "; ".join([f"linear relations do not determine {', '.join(names)}", *dict.fromkeys(limits)])
