"""A finite symmetry: two layers can be exchanged, or all layers changed together, and the product stays.

Claims: `generic` refuted over QQ, RR and CC, and at least 2 classes in a generic fibre, or as many as the symmetry has
different powers.
Hypotheses: spec over QQ.  Source: theory 8.2c (swaps of any two layers), 8.2f (layerwise maps), 8.3.
Cannot show: symmetries that are not linear, or come from other permutations of the nodes.
Cost: products of pairs of matrices of two layers, and one pass over the layers for each permutation tried.
"""

from __future__ import annotations

from typing import Any

from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import encode_number
from exactfact.certificate.transfers import also_over
from exactfact.lifting.chain import Chain, SparseMatrix
from exactfact.lifting.swaps import Swap, swaps
from exactfact.lifting.symmetry import LayerMaps, layer_symmetries, order

from . import prices
from .outcome import Context, Outcome
from .problem import Problem

FIELDS = ("QQ", "RR", "CC")


def apply(problem: Problem, context: Context) -> Outcome:
    """`generic` refuted, with a count of classes, by a swap of two layers, else by a symmetry of all layers."""
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    if all(_decided(context.ledger, over) for over in FIELDS):
        return Outcome(why="generic identifiability is decided")
    context.afford("exchanges of layers", prices.exchanges(problem.chain))
    context.tick("layers that can be exchanged")
    swap = next(swaps(problem.chain, problem.seed), None)
    if swap is not None:
        return _claims("8.2c", _swap(swap), 2)
    context.tick("symmetries of all layers together")
    maps = next(layer_symmetries(problem.chain), None)
    if maps is not None:
        return _claims("8.2f", _layers(problem.chain, maps), order(maps, problem.chain.parameters))
    return Outcome(why="no two layers can be exchanged, and no layer symmetry was found")


def _decided(ledger: Ledger, over: str) -> bool:
    return any(
        isinstance(c, Verdict)
        and (c.property, c.modulo, c.model) == ("generic", "scaling", "full")
        and over in (c.over, *also_over(c.property, c.status, c.over))
        for c in ledger.claims
    )


def _claims(statement: str, evidence: dict[str, Any], classes: int) -> Outcome:
    claims: list[Claim] = [
        Verdict("generic", "scaling", "full", over, "refuted", statement, evidence) for over in FIELDS
    ]
    claims += [
        Bound("fibre_count", "lower", classes, over, statement, {"generic": f"@{i}"}) for i, over in enumerate(FIELDS)
    ]
    return Outcome(tuple(claims))


def _swap(swap: Swap) -> dict[str, Any]:
    return {"layers": [swap.first, swap.last], "C": _entries(swap.c, None), "D": _entries(swap.d, None)}


def _layers(chain: Chain, found: LayerMaps) -> dict[str, Any]:
    maps = [[k, _entries(matrix, None)] for k, matrix in sorted(found.maps.items())]
    joints = [[i, _entries(matrix, chain.labels[i])] for i, matrix in sorted(found.joints.items())]
    return {"C": maps, "Z": joints}


def _entries(matrix: SparseMatrix, labels: tuple[int, ...] | None) -> list[list[int | str]]:
    return [
        [*((row, col) if labels is None else (labels[row], labels[col])), encode_number(value)]
        for (row, col), value in sorted(matrix.items())
    ]
