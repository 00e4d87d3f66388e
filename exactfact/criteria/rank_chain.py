"""rank A <= r over QQ, by a chain of spanning sets with exact relations.

Claim: an upper bound that equals the rank; with its basis of columns also the lower bound, if none is recorded.
Source: theory 3.1 (and 2.5: its annihilators are the left kernel).  Cost: at level k, d_k S_{k+1} exact sparse
products and one rational kernel; used only when cheaper bounds do not already meet.
"""

from __future__ import annotations

from exactfact.algebra.modular import as_array, rank_mod_p, residue
from exactfact.algebra.primes import random_primes
from exactfact.certificate.claims import Claim
from exactfact.lifting.chain import column
from exactfact.lifting.chain_proof import ChainProof, prove_rank

from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound, rank_closed, rank_lower, rank_upper


def apply(problem: Problem, context: Context, method: str = "auto") -> Outcome:
    """At most two claims.  With `method` "span" also when the bounds already meet."""
    ledger = context.ledger
    if problem.field.characteristic:
        return Outcome(why="over a finite field the spans are recomputed instead")
    if method == "auto" and rank_closed(ledger):
        return Outcome(why="the rank is known")
    proof = prove_rank(problem.chain, problem.reach, problem.seed, context.tick)
    if proof is None:
        return Outcome(why="the coefficients of the relations are too large")
    claims: list[Claim] = []
    upper = rank_upper(ledger)
    if method == "span" or upper is None or proof.rank < upper:
        claims.append(rank_bound("upper", proof.rank, problem.over, "3.1", proof.evidence()))
    if proof.rank > rank_lower(ledger):
        claims += _lower(problem, proof)
    return Outcome(tuple(claims), "" if claims else f"the spans only give rank <= {proof.rank}")


def _lower(problem: Problem, proof: ChainProof) -> list[Claim]:
    """The basis columns of the chain, independent modulo a random prime."""
    p = next(random_primes(problem.seed, "chain columns", problem.denominator))
    cells = {cell: position for position, cell in enumerate(problem.reach.cells(problem.chain.depth - 1))}
    rows = []
    for index in proof.columns():
        row = [0] * len(cells)
        for cell, value in column(problem.chain, index).items():
            row[cells[cell]] = residue(value, p)
        rows.append(row)
    rank = rank_mod_p(as_array(rows, p), p) if rows and cells else 0
    evidence = {"prime": p, "columns": [list(index) for index in proof.columns()]}
    return [rank_bound("lower", rank, problem.over, "2.3", evidence)] if rank else []
