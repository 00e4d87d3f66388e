"""Monomials that the entries of phi determine, step by step: the lattice Lambda of theory 7.8.

A class is a set of multi-indices i whose v(i) = sum_k e_{k,i_k} agree modulo Lambda; a step is a set of cells whose
classes are linearly independent at a point mod p.  A cell with a single new class is a step by itself; otherwise the
cells that meet a class not determined at the point are deleted until all classes left are determined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Any

import numpy as np

from exactfact.algebra.lattice import Lattice, Vector
from exactfact.algebra.modular import column_relations, dtype_for, pivot_rows, residue

from .chain import Chain
from .paths import Cell, Index, Moves, backward, cell_terms, incoming, moves, path_counts, path_generators

# Cells with at most so many paths are looked at, few first; and so many paths of all cells together.
TERMS = (1, 4, 32, 256)
TERMS_TOGETHER = 20_000
MATRIX_LIMIT = 1_000_000

Key = tuple[tuple[int, int], ...]
Incoming = list[dict[int, list[int]]]
Rows = dict[Cell, dict[Key, int]]
ZERO: Key = ()


@dataclass
class Propagation:
    """Steps (compact cells), the lattice Lambda they generate, and generators of all paths (the last not in it)."""

    lattice: Lattice
    missing: list[Vector]
    steps: list[list[Cell]] = field(default_factory=list)
    anchor: Cell | None = None

    @property
    def complete(self) -> bool:
        """Whether Lambda holds the exponents of every path, so that it is the lattice L of theory 9.1."""
        return not self.missing


def starts(sizes: Sequence[int]) -> list[int]:
    """For each layer the coordinate of its first parameter in Z^(S_1 + ... + S_K)."""
    return [0, *accumulate(sizes)][: len(sizes)]


def exponents(index: Sequence[int], offsets: Sequence[int]) -> Vector:
    """v(i) = sum_k e_{k,i_k} in Z^n (theory 7.8), layer k beginning at coordinate offsets[k]."""
    return {offset + j: 1 for j, offset in zip(index, offsets, strict=True)}


def propagate(chain: Chain, h: Sequence[Sequence[int]], p: int, tick: Callable[[], None]) -> Propagation:
    """As large a Lambda as steps of cells give at the point h mod p, all of whose entries are nonzero."""
    layers, offsets = moves(chain), starts(chain.parameters)
    into = incoming(layers)
    counts = dict(path_counts(layers))
    order = sorted(counts, key=lambda cell: (counts[cell], cell))
    missing = [exponents(index, offsets) for index in path_generators(layers)]
    state = Propagation(Lattice(sum(chain.parameters)), missing)
    rows: Rows = {}
    room, taken = TERMS_TOGETHER, 0
    for most in TERMS:
        fitting = []
        for cell in islice(order, taken, None):
            room -= counts[cell]
            if counts[cell] > most or room < 0:
                break
            fitting.append(cell)
        taken += len(fitting)
        room = TERMS_TOGETHER - sum(counts[cell] for cell in order[:taken])
        rows |= _read(chain, layers, into, fitting, h, p)
        rows = _open(_merged(rows, state.lattice, p))
        _exhaust(state, rows, p, tick)
        if state.complete:
            break
    return state


def _exhaust(state: Propagation, rows: Rows, p: int, tick: Callable[[], None]) -> None:
    """Steps until the rows give no more; `rows` keeps those that still hold an unknown class."""
    while rows and not state.complete:
        tick()
        step = _single(rows, state.lattice) or _determined(rows, p)
        if not step:
            return
        for key in dict.fromkeys(key for cell in step for key in rows[cell] if key != ZERO):
            state.lattice.add(dict(key))
        if state.anchor is not None and any(ZERO in rows[cell] for cell in step):
            step = [state.anchor, *step]
        state.steps.append(step)
        while state.missing and state.lattice.contains(state.missing[-1]):
            state.missing.pop()
        merged = _merged(rows, state.lattice, p)
        for cell, row in merged.items():
            if row.keys() == {ZERO}:
                # Its value is the entry of phi at the point: nonzero for some row of the first step.
                state.anchor = cell if state.anchor is None and row[ZERO] else state.anchor
        rows.clear()
        rows |= _open(merged)


def _read(
    chain: Chain, layers: Moves, into: Incoming, cells: Sequence[Cell], h: Sequence[Sequence[int]], p: int
) -> Rows:
    """cell -> {v(i): A_i[cell] h^v(i) mod p}: one formal term for each multi-index with a nonzero coefficient."""
    offsets, behind, rows = starts(chain.parameters), {}, {}
    for cell in cells:
        if cell[1] not in behind:
            behind[cell[1]] = backward(into, cell[1])
        row = {}
        for index, weight in cell_terms(chain, layers, cell, behind[cell[1]]).items():
            row[_key(exponents(index, offsets))] = residue(weight, p) * _monomial(index, h, p) % p
        if row:
            rows[cell] = row
    return rows


def _monomial(index: Index, h: Sequence[Sequence[int]], p: int) -> int:
    value = 1
    for j, vector in zip(index, h, strict=True):
        value = value * vector[j] % p
    return value


def _key(vector: Vector) -> Key:
    return tuple(sorted(vector.items()))


def _merged(rows: Rows, lattice: Lattice, p: int) -> Rows:
    """The rows with their classes modulo the lattice as it is now."""
    names: dict[Key, Key] = {}
    result: Rows = {}
    for cell, row in rows.items():
        into: dict[Key, int] = {}
        for key, value in row.items():
            if key not in names:
                names[key] = _key(lattice.reduce(dict(key)))
            into[names[key]] = (into.get(names[key], 0) + value) % p
        result[cell] = into
    return result


def _open(rows: Rows) -> Rows:
    """The rows that hold an unknown class."""
    return {cell: row for cell, row in rows.items() if row.keys() - {ZERO}}


def _single(rows: Rows, lattice: Lattice) -> list[Cell]:
    """Cells that hold one class alone, beside known ones, as far as these classes enlarge the lattice."""
    found: list[Cell] = []
    for cell, row in rows.items():
        unknown = [key for key in row if key != ZERO]
        if len(unknown) == 1 and row[unknown[0]] and lattice.add(dict(unknown[0])):
            found.append(cell)
    return found


def _determined(rows: Rows, p: int) -> list[Cell]:
    """Cells whose unknown classes are independent at the point, as few as do it; components are solved apart."""
    return [cell for part in _components(rows) for cell in _solvable(part, rows, p)]


def _solvable(part: list[Cell], rows: Rows, p: int) -> list[Cell]:
    """Delete cells that meet an undetermined class until none is left; a basis of the others."""
    cells = part
    while cells:
        keys = list(dict.fromkeys(key for cell in cells for key in rows[cell] if key != ZERO))
        if len(cells) * len(keys) > MATRIX_LIMIT:
            break
        matrix = _matrix(cells, keys, rows, p)
        pivots, free, weights = column_relations(matrix, p)
        if not free:
            return [cells[i] for i in pivot_rows(matrix, p)]
        lost = {keys[i] for i in free}
        lost |= {keys[pivots[j]] for j in range(len(pivots)) if any(int(w) % p for w in weights[:, j])}
        cells = [cell for cell in cells if not lost & rows[cell].keys()]
    return []


def _matrix(cells: list[Cell], keys: list[Key], rows: Rows, p: int) -> Any:
    place = {key: i for i, key in enumerate(keys)}
    matrix = np.zeros((len(cells), len(keys)), dtype=dtype_for(p))
    for i, cell in enumerate(cells):
        for key, value in rows[cell].items():
            if key != ZERO:
                matrix[i, place[key]] = value
    return matrix


def _components(rows: Rows) -> list[list[Cell]]:
    """Cells that share unknown classes, directly or through others."""
    leader: dict[Key, Key] = {}

    def find(key: Key) -> Key:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for row in rows.values():
        unknown = [key for key in row if key != ZERO]
        for key in unknown[1:]:
            leader[find(key)] = find(unknown[0])
    parts: dict[Key, list[Cell]] = {}
    for cell, row in rows.items():
        first = next(key for key in row if key != ZERO)
        parts.setdefault(find(first), []).append(cell)
    return list(parts.values())
