"""rank A <= a number that needs no elimination.

Claim: the smallest of m_1 m_{K+1} (ambient), S_1...S_K (lifted), the number of cells that the Boolean product of the
layers' supports reaches (support); for circulant layers those of row 0, which determines the product (cyclic); and, for
a cut c, the product of the trivial bounds on both sides.
Source: theory 2.4.  Cannot show: anything about cancellation.  Cost: one Boolean product.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Sequence
from typing import Any

from exactfact.lifting.chain import Chain
from exactfact.model import LimitError

from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_bound


def apply(problem: Problem, context: Context) -> Outcome:
    """One claim: the best trivial upper bound, the one that is simplest to check among equals."""
    context.tick("reachable cells")
    rows, cols = problem.architecture.layers[0].rows, problem.architecture.layers[-1].cols
    candidates: list[tuple[int, dict[str, Any]]] = [
        (rows * cols, {"bound": "ambient"}),
        (math.prod(problem.architecture.parameters), {"bound": "lifted"}),
    ]
    # A spec too large to expand still has its sizes.
    with contextlib.suppress(LimitError):
        candidates.append((problem.reach.counts[-1], {"bound": "support"}))
        if problem.group is not None:
            cyclic = {"bound": "cyclic", "group": list(problem.group)}
            candidates.append((problem.essential_reach.counts[-1], cyclic))
        cuts = enumerate(_cut_bounds(problem.chain), start=1)
        candidates += [(value, {"bound": "cut", "cut": c}) for c, value in cuts]
    value, evidence = min(candidates, key=lambda candidate: candidate[0])
    return Outcome((rank_bound("upper", value, problem.over, "2.4", evidence),))


def _cut_bounds(chain: Chain) -> list[int]:
    """dim V_c * dim U_{c+1} for c = 1..K-1, with both dimensions replaced by their trivial bounds."""
    left = _capped_products(chain.parameters, [chain.widths[0] * width for width in chain.widths[1:]])
    right = _capped_products(chain.parameters[::-1], [width * chain.widths[-1] for width in chain.widths[-2::-1]])
    return [left[c - 1] * right[chain.depth - c - 1] for c in range(1, chain.depth)]


def _capped_products(sizes: Sequence[int], caps: Sequence[int]) -> list[int]:
    """min(S_1...S_c, cap_c) for every c, in one pass: beyond the largest cap the product itself does not matter."""
    ceiling, product, bounds = max(caps), 1, []
    for size, cap in zip(sizes, caps, strict=True):
        product = min(product * size, ceiling)
        bounds.append(min(product, cap))
    return bounds
