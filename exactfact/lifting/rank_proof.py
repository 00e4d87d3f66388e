"""Evidence for rank A <= r over QQ: chains of spans, from one side or from two (theory 3.1, 3.3), part by part (2.7c).

Two chains that meet at a cut are cheaper where products are many and the middle is narrow, or where the product has
few columns: the right one starts from them.  Its vectors stand as the parameters of one more layer behind the left
layers, which the left chain then runs through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .allocation import Allocate, unlimited
from .chain import Chain, SparseMatrix
from .chain_proof import ChainProof, full_levels, prove_rank
from .support import Reach, reachable

# Two chains are used where their estimated cost is at most one part in this many of one chain's.
ADVANTAGE = 3
Quiet = Callable[[str], None]


@dataclass(frozen=True)
class RankProof:
    """rank A <= rank, with the evidence of docs/certificate.md, section 4."""

    rank: int
    evidence: dict[str, Any]


def prove(
    chain: Chain,
    reach: Reach,
    parts: Sequence[Chain],
    seed: int,
    check: Quiet = lambda text: None,
    allocate: Allocate = unlimited,
) -> RankProof | None:
    """The cheapest proof, or None when coefficients are too large.  LimitError when a level has too many products.

    `parts`: the components of the chain, none where it is not to be split.
    """
    if len(parts) < 2:
        return _prove(chain, reach, seed, check, allocate)
    proofs = [_prove(part, reachable(part), seed, check, allocate) for part in parts]
    found = [proof for proof in proofs if proof is not None]
    if len(found) < len(parts):
        return None
    return RankProof(sum(proof.rank for proof in found), {"parts": [proof.evidence for proof in found]})


def _prove(chain: Chain, reach: Reach, seed: int, check: Quiet, allocate: Allocate) -> RankProof | None:
    full = full_levels(chain, reach, seed, allocate)
    cut = best_cut(chain, reach, full)
    if cut is None:
        proof = prove_rank(chain, reach, seed, check, allocate, full=full)
        return None if proof is None else RankProof(proof.rank, proof.evidence())
    behind = turned(Chain(chain.field, chain.widths[cut:], chain.labels[cut:], chain.layers[cut:]))
    right = prove_rank(behind, reachable(behind), seed, check, allocate, vectors=True)
    if right is None:
        return None
    joined = _joined(chain, cut, right)
    left = prove_rank(joined, reachable(joined), seed, check, allocate)
    if left is None:
        return None
    return RankProof(left.rank, {"cut": cut, "left": left.evidence(), "right": right.evidence()})


def turned(chain: Chain) -> Chain:
    """The transposed layers in reverse order: its products are those of the chain, transposed."""
    layers = tuple(
        tuple({(col, row): value for (row, col), value in matrix.items()} for matrix in layer)
        for layer in reversed(chain.layers)
    )
    return Chain(chain.field, chain.widths[::-1], chain.labels[::-1], layers)


def _joined(chain: Chain, cut: int, right: ChainProof) -> Chain:
    """The layers before the cut, and the vectors found from the right as one more layer."""
    vectors = tuple(_sparse(vector) for vector in right.basis)
    widths, labels = (*chain.widths[: cut + 1], chain.widths[-1]), (*chain.labels[: cut + 1], chain.labels[-1])
    return Chain(chain.field, widths, labels, (*chain.layers[:cut], vectors))


def _sparse(vector: Any) -> SparseMatrix:
    """A dense matrix, transposed."""
    rows, cols = vector.nonzero()
    return {(int(col), int(row)): int(vector[row, col]) for row, col in zip(rows, cols, strict=True)}


def best_cut(chain: Chain, reach: Reach, full: int = 0) -> int | None:
    """The interface where two chains meet at the least estimated cost; None where one chain costs about as much.

    `full`: levels at the start for which one chain has nothing to show.
    """
    back = turned(chain)
    left, right = _costs(chain, reach), _costs(back, reachable(back))
    cells = chain.sizes[0] * chain.sizes[-1]
    both = {
        cut: left[cut][0] + right[chain.depth - cut][0] + left[cut][1] * right[chain.depth - cut][1] * cells
        for cut in range(chain.depth)
    }
    cut = min(both, key=lambda c: both[c])
    return cut if ADVANTAGE * both[cut] <= left[-1][0] - left[full][0] else None


def _costs(chain: Chain, reach: Reach) -> list[tuple[int, int]]:
    """For 0, 1, ..., K layers: (entries of the products of all levels, bound on the dimension of the last one)."""
    costs = [(0, 1)]
    for size, count, (_, width) in zip(chain.parameters, reach.counts, pairwise(chain.sizes), strict=True):
        products = costs[-1][1] * size
        costs.append((costs[-1][0] + products * chain.sizes[0] * width, min(products, count)))
    return costs
