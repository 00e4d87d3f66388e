"""Ker A meets the sums of two decomposable tensors in 0 only, seen modulo one prime: `uniform` over CC.

Claims: `uniform` proved over CC (over GF(p) for a spec over it), hence `generic`, `generic-finite`, `at-point`.
Hypotheses: operators integral at p; some degree D in which multiples of 3 x 3 minors of flattenings of Ker (A mod p)
are all forms.  Source: theory 4.4.
Cannot show: a refutation; kernels with tangent vectors, which are uniform at times (theory 5.2e).
Cost: all N columns and Ker A mod p; one elimination of binom(d + D - 1, D) columns, d = dim Ker A.  At most FORMS of
them, so that the kernel has dimension below 20.
"""

from __future__ import annotations

from typing import Any

from exactfact.algebra.primes import random_primes
from exactfact.certificate.numbers import encode_integer
from exactfact.lifting.listed import kernel_modulo, table
from exactfact.lifting.minors import Macaulay, all_forms, forms
from exactfact.lifting.spans import cell_arrays

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_lower, rank_upper
from .uniform_claims import open_fields, uniform_proved

COLUMN_LIMIT = 1000
ENTRY_LIMIT = 8_000_000
ENTRY_BYTES = 40
FORMS = 1400
DEGREES = range(3, 9)
SYSTEM_LIMIT = 3 * FORMS * FORMS


def apply(problem: Problem, context: Context) -> Outcome:
    """`uniform` proved over the largest field, and what follows, when the minors generate the forms of some degree."""
    if problem.proved_over not in open_fields(problem, context.ledger):
        return Outcome(why="already decided")
    found = proof(problem, context)
    if isinstance(found, str):
        return Outcome(why=found)
    return Outcome(tuple(uniform_proved(problem, problem.proved_over, "4.4", found)))


def proof(problem: Problem, context: Context) -> dict[str, Any] | str:
    """Evidence that Ker A meets the closure of the sums of two decomposable tensors in 0 only, or why there is none."""
    chain = problem.essential
    why = _too_large(problem, context)
    if why:
        return why
    p = problem.field.characteristic or next(random_primes(problem.seed, "minors", problem.denominator))
    entries = chain.lifted_dimension * chain.sizes[0] * max(chain.sizes[1:])
    context.allocate("the kernel of the lifted map", ENTRY_BYTES * entries)
    context.afford("minors of the kernel", prices.macaulay(chain.lifted_dimension, FORMS))
    context.tick("the kernel of the lifted map")
    basis = kernel_modulo(table(chain, cell_arrays(problem.essential_reach, chain.depth - 1), p), p)
    degrees = [degree for degree in DEGREES if forms(len(basis), degree) <= FORMS]
    if not len(basis) or not degrees:
        return f"the kernel has dimension {len(basis)} modulo {p}"
    found = all_forms(basis, chain.parameters, p, degrees, SYSTEM_LIMIT, problem.seed, context.tick)
    if not isinstance(found, Macaulay):
        return found
    minors = [[*(list(part) for part in minor), list(factors)] for minor, factors in found.minors]
    return {"prime": encode_integer(p), "degree": found.degree, "minors": minors}


def _too_large(problem: Problem, context: Context) -> str:
    """Why the minors are not looked at; by the bounds on the rank where they say enough."""
    chain = problem.essential
    columns, upper = chain.lifted_dimension, rank_upper(context.ledger)
    if columns > COLUMN_LIMIT:
        return f"the lifted map has more than {COLUMN_LIMIT} columns"
    least = columns - (columns if upper is None else upper)
    if forms(least, 3) > FORMS:
        return f"a kernel of dimension at least {least} has too many cubics"
    secant = secant_dimension(chain.parameters)
    if upper is not None and upper < secant:
        return f"rank <= {upper}, and minors can only show what needs a rank of at least {secant}"
    if rank_lower(context.ledger) >= columns:
        return "the lifted map is injective"
    if columns * chain.sizes[0] * max(chain.sizes[1:]) > ENTRY_LIMIT:
        return f"listing {columns} columns takes too many entries"
    return ""


def secant_dimension(sizes: tuple[int, ...]) -> int:
    """s_2, the dimension of the closure of the sums of two decomposable tensors (theory 1.2)."""
    wide = [size for size in sizes if size >= 2]
    n = 1 + sum(size - 1 for size in wide)
    return (1, n, 2 * n - 2)[len(wide)] if len(wide) < 3 else 2 * n
