"""Normal forms: entries fixed to 1 or 0 so that the linear symmetries are used up and no product is lost.

The entries fixed to 1 in one layer become one shared parameter of the changed spec; its value is the layer's scalar,
so that setting it to 1 is a model {one coordinate = 1} to which positive generic verdicts transfer (theory 0.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from exactfact.algebra.modular import dtype_for, pivot_rows, rank_mod_p
from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.lifting.jacobian import jacobian_matrix
from exactfact.lifting.linear_fields import live_layers
from exactfact.model import Architecture

from .change import Change, rebuilt, remapped, targets_of

PARAMETER_LIMIT = 300  # for the search by ranks
FIELD_LIMIT = 2_000_000  # entries of the matrix of weights

Array = Any


@dataclass
class Slice:
    """Entries fixed to 1 and to 0, by parametric layer."""

    ones: dict[int, list[int]] = field(default_factory=dict)
    zeros: dict[int, list[int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many entries are fixed, to 1 or to 0."""
        return sum(map(len, self.ones.values())) + sum(map(len, self.zeros.values()))


def normal_forms(problem: Problem, context: Context, fields: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    """Normal forms for the symmetries in `fields` (evidence of 6.3); LimitError passes through."""
    by_nodes = _one_a_node(problem)
    if by_nodes is not None:
        yield _change(problem.architecture, by_nodes, torus=True)
    diagonal = bool(fields) and all(row == col for entry in fields for _, row, col, _ in entry["D"])
    if diagonal and by_nodes is None:
        yield _change(problem.architecture, _by_weights(problem, fields))
    if not diagonal:
        found = _by_ranks(problem, context)
        if found is not None:
            yield _change(problem.architecture, found)


def shared(architecture: Architecture, k: int, ones: Sequence[int]) -> Change:
    """These entries of one layer fixed to 1, so that they share one parameter."""
    return _change(architecture, Slice({k: sorted(ones)}))


def _one_a_node(problem: Problem) -> Slice | None:
    """The first live entry of every column of every layer but the last, where every parameter sits at one entry.

    They fix the rescaling of each hidden node, from the left to the right; entries on no complete path are set to 0.
    None when layers are not of this kind, or no layer has two live columns.
    """
    layers = live_layers(problem.chain)
    if len(layers) < 2 or any(len(matrix) > 1 for layer in layers for matrix in layer):
        return None
    cells = [[next(iter(matrix), None) for matrix in layer] for layer in layers]
    if any(len(present) != len(set(present)) for present in ([c for c in layer if c] for layer in cells)):
        return None
    ones: dict[int, list[int]] = {}
    for k, layer in enumerate(cells[:-1]):
        first: dict[int, int] = {}
        for j, cell in enumerate(layer):
            if cell is not None:
                first.setdefault(cell[1], j)
        if len(first) > 1:
            ones[k] = sorted(first.values())
    dead = {k: [j for j, cell in enumerate(layer) if cell is None] for k, layer in enumerate(cells)}
    if not ones or any(len(js) == len(cells[k]) for k, js in dead.items()):
        return None
    return Slice(ones, {k: js for k, js in dead.items() if js})


def _by_weights(problem: Problem, fields: Sequence[Mapping[str, Any]]) -> Slice:
    """For rescalings h_j -> s^w h_j: entries whose ratios together determine every s, layer by layer."""
    p = next(random_primes(problem.seed, "normal form", 1, WORD_RANGE))
    sizes = problem.chain.parameters
    starts = np.cumsum([0, *sizes])
    if len(fields) * int(starts[-1]) > FIELD_LIMIT:
        return Slice()
    weights = np.zeros((int(starts[-1]), len(fields)), dtype=dtype_for(p))
    for number, entry in enumerate(fields):
        for k, row, _, value in entry["D"]:
            weights[starts[k] + row, number] = (int(value, 16) if isinstance(value, str) else value) % p
    differences = np.concatenate(
        [(weights[starts[k] : starts[k + 1]] - weights[starts[k]]) % p for k in range(len(sizes))]
    )
    found = Slice()
    for index in sorted(pivot_rows(differences, p)):
        k = int(np.searchsorted(starts, index, side="right")) - 1
        found.ones.setdefault(k, [0]).append(int(index - starts[k]))
    return found


def _by_ranks(problem: Problem, context: Context) -> Slice | None:
    """Zeros off the diagonal first, then ones, each kept when the Jacobian rank at a random point of the slice stays.

    None when too large, or when entries fixed one after the other do not reach full rank.
    """
    chain = problem.chain
    if sum(chain.parameters) > PARAMETER_LIMIT:
        return None
    measure = _Measure(problem)
    found, wanted = Slice(), measure.rank(Slice())
    free = chain.free_dimension
    for k, j, one in _attempts(problem):
        if free == wanted:
            return found
        context.tick("entries to fix")
        longer = _with(found, k, j, one)
        if longer is not None and measure.rank(longer) == wanted:
            free -= _cost(found, longer)
            found = longer
    return found if free == wanted else None


def _attempts(problem: Problem) -> Iterator[tuple[int, int, bool]]:
    """(layer, parameter, to one?): zeros away from the main diagonal, ones on it, then whatever is left."""
    layers = problem.chain.layers
    on_diagonal = [[any(r == c for r, c in matrix) for matrix in layer] for layer in layers]
    for k, marks in enumerate(on_diagonal):
        yield from ((k, j, False) for j, mark in enumerate(marks) if not mark)
        yield from ((k, j, True) for j, mark in enumerate(marks) if mark)
        yield from ((k, j, True) for j, mark in enumerate(marks) if not mark)
        yield from ((k, j, False) for j, mark in enumerate(marks) if mark)


def _with(found: Slice, k: int, j: int, one: bool) -> Slice | None:
    ones = {layer: list(js) for layer, js in found.ones.items()}
    zeros = {layer: list(js) for layer, js in found.zeros.items()}
    if j in ones.get(k, ()) or j in zeros.get(k, ()):
        return None
    (ones if one else zeros).setdefault(k, []).append(j)
    return Slice(ones, zeros)


def _cost(old: Slice, new: Slice) -> int:
    """By how much the dimension falls: a first one in a layer is its scalar and costs nothing."""
    return new.size - len(new.ones) - (old.size - len(old.ones))


class _Measure:
    """The Jacobian rank of a slice at one random point modulo a prime."""

    def __init__(self, problem: Problem) -> None:
        self.p = next(random_primes(problem.seed, "normal form", problem.denominator, WORD_RANGE))
        self.residues = problem.residues(self.p)
        self.point = self.residues.point(problem.seed, 0)
        self.seed = problem.seed
        self.starts = [0, *np.cumsum([len(part) for part in self.point]).tolist()]

    def rank(self, found: Slice) -> int:
        """Columns of the Jacobian at the point of the slice, those of tied entries added up."""
        point = [part.copy() for part in self.point]
        for k, js in found.zeros.items():
            point[k][js] = 0
        for k, js in found.ones.items():
            point[k][js] = 1
        matrix = jacobian_matrix(self.residues, point, self.seed)
        gone = [self.starts[k] + j for k, js in found.zeros.items() for j in js]
        for k, js in found.ones.items():
            columns = [self.starts[k] + j for j in js]
            matrix[:, columns[0]] = matrix[:, columns].sum(axis=1) % self.p
            gone += columns[1:]
        return rank_mod_p(np.delete(matrix, gone, axis=1), self.p)


def _change(architecture: Architecture, found: Slice, *, torus: bool = False) -> Change:
    """The changed spec; when all layers have ones, the last ones are only made equal: the product needs its scale."""
    layers = list(architecture.layers)
    tied = [k for k, js in sorted(found.ones.items()) if len(js) > 1]
    parts = []
    for k, place in enumerate(architecture.parametric):
        ones, zeros = sorted(found.ones.get(k, ())) if k in tied else [], sorted(found.zeros.get(k, ()))
        if not (ones or zeros):
            continue
        layers[place] = remapped(layers[place], targets_of(layers[place].parameters, ones, zeros))
        if zeros:
            parts.append(f"set {_entries(zeros)} of {architecture.label(place)} to 0")
        if ones:
            equal = len(tied) == len(architecture.parametric) and k == tied[-1]
            verb, value = ("make", "equal to one another") if equal else ("fix", "to 1")
            parts.append(f"{verb} {_entries(ones)} of {architecture.label(place)} {value}")
    size = sum(len(js) for js in found.zeros.values()) + sum(len(found.ones[k]) for k in tied)
    return Change("fix", "; ".join(parts), rebuilt(architecture, layers), size, torus=torus)


def _entries(indices: Sequence[int]) -> str:
    shown = ", ".join(map(str, indices if len(indices) <= 16 else indices[:15]))
    more = f" and {len(indices) - 15} more" if len(indices) > 16 else ""
    return f"parameter{'' if len(indices) == 1 else 's'} {shown}{more}"
