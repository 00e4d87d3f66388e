"""Rule 2.4: rank A <= value, by a bound that needs no elimination.

Evidence names the bound: "ambient" m_1 m_{K+1}; "lifted" prod S_k; "support" the cells that the Boolean product of
the supports reaches; "cut" c, 0 < c < K: (vectors left of the cut) times (vectors right of it), each at most its number
of columns and its number of cells; "cyclic" with a group [n_1, ..., n_d]: all interfaces have n_1...n_d indices
(row-major), every M_k(e_j) is invariant when rows and columns are shifted together along any coordinate, so a product
is determined by its row 0: the reachable cells of that row. Verified: the hypotheses, and the number is <= value.
Networks: "lifted" only. Source: theory 2.4. Cost: "support" one Boolean product, "cyclic" one pass more.
"""
from collections.abc import Sequence
from math import prod
from typing import Any

from ..claims import Claim, Context
from ..errors import require, shown
from ..families import Operator, fields, whole
from .cyclic import require_invariant
from .supports import count, reachable


def check(claim: Claim, context: Context) -> None:
    """Accept iff the named bound is at most the value."""
    name = claim.evidence.get("bound")
    keys = {"cut": "bound cut", "cyclic": "bound group"}
    f = fields(claim.evidence, "evidence", keys.get(name, "bound") if isinstance(name, str) else "bound")
    found = _bound(name, f, context)
    require(found >= 0, 'bound "ambient", "lifted", "support", "cut" or "cyclic" (networks: "lifted")', name)
    require(found <= claim.value, f"a value >= {shown(found)}, the {name} bound", claim.value)


def _bound(name: object, f: dict[str, Any], context: Context) -> int:
    """The bound of that name; -1 where this spec has none."""
    sizes, operators = context.spec.parameters, context.spec.operators
    if name == "lifted":
        return prod(sizes)
    if context.spec.network:
        return -1
    if name == "ambient":
        return operators[0].rows * operators[-1].cols
    if name == "support":
        return count(reachable(context.chain.layers, context.meter)[-1])
    if name == "cut":
        return _cut(whole(f["cut"], "evidence, cut", 1, len(sizes)), sizes, operators)
    if name == "cyclic":
        require_invariant(f["group"], context)
        return len(reachable(context.chain.layers, context.meter)[-1].get(0, ()))
    return -1


def _cut(c: int, sizes: list[int], operators: Sequence[Operator]) -> int:
    """The bound at a cut; any dimension between the two parametric layers is valid, so the least is taken."""
    parametric = [i for i, operator in enumerate(operators) if operator.parameters]
    inner = min(operator.cols for operator in operators[parametric[c - 1]:parametric[c]])
    left = min(prod(sizes[:c]), operators[0].rows * inner)
    return left * min(prod(sizes[c:]), inner * operators[-1].cols)

