"""An explicit rational inverse: the parameters, up to scaling, as formulas in the entries of the product.

Theory 7.8 and 9.1: entries of phi determine monomials u = h^{v(i)}, block by block, each block by a square linear
system whose coefficients are Laurent monomials in the u found before.  With L_0/Lambda = 0 the parameters of the
representative with h_{k,0} = 1 for all layers but the first are Laurent monomials in the u, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from exactfact.algebra.lattice import Lattice, Vector
from exactfact.algebra.modular import dtype_for, pivot_rows, residue
from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .chain import Chain
from .paths import Cell, Index, backward, cell_terms, incoming, moves, path_counts
from .propagation import exponents, starts

TERM_LIMIT = 20_000
BLOCK_LIMIT = 120

Monomial = tuple[tuple[int, int], ...]  # (number of a quantity, exponent)
Polynomial = tuple[tuple[Number, Monomial], ...]  # (coefficient, Laurent monomial in the quantities)
Terms = dict[Index, Number]
Entries = dict[Any, list[tuple[Number, Vector, int]]]  # class -> (coefficient, exponents, value of h^v(i) mod p)
Tick = Callable[[], None]


@dataclass(frozen=True)
class Block:
    """matrix * (u_j for j in `solves`) + known = (X[cell] for cell in `cells`): square, generically regular."""

    cells: tuple[Cell, ...]
    solves: tuple[int, ...]
    matrix: tuple[tuple[Polynomial, ...], ...]
    known: tuple[Polynomial, ...]

    def uses(self) -> set[int]:
        """The numbers j of the quantities u_j that the block's coefficients contain."""
        polynomials = [*self.known, *(entry for row in self.matrix for entry in row)]
        return {j for polynomial in polynomials for _, monomial in polynomial for j, _ in monomial}


@dataclass(frozen=True)
class Inverse:
    """`quantities[j]` is the multi-index i with u_j = h_{1,i_1} ... h_{K,i_K}; `blocks` find them in this order.

    `parameters[k][j]` is h_{k,j} as a monomial in them, where h_{k,0} = 1 for k > 0.  Cells are original positions.
    """

    quantities: tuple[Index, ...]
    blocks: tuple[Block, ...]
    parameters: tuple[tuple[Monomial, ...], ...]


def derive(
    chain: Chain, steps: Iterable[Sequence[Cell]], h: Sequence[Sequence[int]], p: int, tick: Tick = lambda: None
) -> Inverse | None:
    """The inverse that these steps (compact cells) give; `h` mod p, without zeros, is a point where they are regular.

    None when the steps do not determine the parameters up to scaling.  LimitError beyond TERM_LIMIT terms.
    """
    layers = moves(chain)
    into, counts = incoming(layers), dict(path_counts(layers))
    state, room, behind = _State(chain, h, p), TERM_LIMIT, dict[int, list[set[int]]]()
    for step in steps:
        tick()
        room -= sum(counts.get(cell, 0) for cell in step)
        if room < 0:
            raise LimitError("writing the inverse", f"more than {TERM_LIMIT} terms", f"{TERM_LIMIT}")
        rows = {}
        for cell in step:
            ends = behind.setdefault(cell[1], backward(into, cell[1]))
            rows[cell] = cell_terms(chain, layers, cell, ends)
        for part in state.components(rows):
            if not state.solve({cell: rows[cell] for cell in part}):
                return None
        if state.finished():
            break
    return state.inverse() if state.finished() else None


class _State:
    """The lattice of the quantities found.  Vectors carry, behind their D coordinates, how they are made of these."""

    def __init__(self, chain: Chain, h: Sequence[Sequence[int]], p: int) -> None:
        self.chain, self.h, self.p = chain, h, p
        self.offsets = starts(chain.parameters)
        self.dimension = sum(chain.parameters)
        self.lattice = Lattice(self.dimension)
        self.quantities: list[Index] = []
        self.blocks: list[Block] = []

    def _reduced(self, vector: Vector) -> tuple[tuple[tuple[int, int], ...], Vector]:
        """(class modulo the lattice, exponents of the quantities): h^vector = h^class times that monomial."""
        rest = self.lattice.reduce(vector)
        name = tuple(sorted((j, v) for j, v in rest.items() if j < self.dimension))
        return name, {j - self.dimension: -v for j, v in rest.items() if j >= self.dimension}

    def components(self, rows: dict[Cell, Terms]) -> list[list[Cell]]:
        """Cells that share unknown classes, directly or through others."""
        parts: list[tuple[set[Any], list[Cell]]] = []
        for cell, terms in rows.items():
            names = {name for index in terms if (name := self._reduced(exponents(index, self.offsets))[0])}
            joined = [part for part in parts if part[0] & names]
            parts = [part for part in parts if not part[0] & names]
            parts.append((names.union(*(part[0] for part in joined)), [c for part in joined for c in part[1]] + [cell]))
        return [cells for _, cells in parts]

    def solve(self, rows: dict[Cell, Terms]) -> bool:
        """Add the block of these cells; False when they do not determine their unknown classes."""
        entries: dict[Cell, Entries] = {}
        first: dict[Any, tuple[Index, Vector]] = {}
        for cell, terms in rows.items():
            entries[cell] = {}
            for index, weight in terms.items():
                name, powers = self._reduced(exponents(index, self.offsets))
                if name:
                    first.setdefault(name, (index, powers))
                entries[cell].setdefault(name, []).append((weight, powers, self._value(index)))
        unknown = list(first)
        if not unknown:
            return True
        chosen = self._regular(entries, unknown)
        if len(chosen) < len(unknown):
            return False
        numbers = range(len(self.quantities), len(self.quantities) + len(unknown))
        matrix = tuple(
            tuple(_polynomial(entries[cell].get(name, ()), first[name][1]) for name in unknown) for cell in chosen
        )
        known = tuple(_polynomial(entries[cell].get((), ()), {}) for cell in chosen)
        labels = self.chain.labels
        cells = tuple((labels[0][row], labels[-1][col]) for row, col in chosen)
        self.blocks.append(Block(cells, tuple(numbers), matrix, known))
        for number, name in zip(numbers, unknown, strict=True):
            self.quantities.append(first[name][0])
            self.lattice.add({**exponents(first[name][0], self.offsets), self.dimension + number: 1})
        return True

    def _value(self, index: Index) -> int:
        value = 1
        for j, vector in zip(index, self.h, strict=True):
            value = value * vector[j] % self.p
        return value

    def _regular(self, entries: dict[Cell, Entries], unknown: list[Any]) -> list[Cell]:
        """Cells whose square system is regular at the point."""
        cells = list(entries)
        if len(unknown) > BLOCK_LIMIT:
            raise LimitError("one system of the inverse", f"{len(unknown)} unknowns", f"{BLOCK_LIMIT}")
        matrix = np.zeros((len(cells), len(unknown)), dtype=dtype_for(self.p))
        for i, cell in enumerate(cells):
            for j, name in enumerate(unknown):
                values = (residue(w, self.p) * value for w, _, value in entries[cell].get(name, ()))
                matrix[i, j] = sum(values) % self.p
        return [cells[i] for i in pivot_rows(matrix, self.p)]

    def finished(self) -> bool:
        """Whether the quantities generate L_0."""
        rows = {pivot: row for pivot, row in self.lattice.rows.items() if pivot < self.dimension}
        units = all(row[pivot] == 1 for pivot, row in rows.items())
        return units and len(rows) == self.chain.free_dimension

    def inverse(self) -> Inverse:
        """The blocks that the parameters need, their quantities renumbered."""
        sizes = self.chain.parameters
        wanted = [
            [self._parameter(k, j) if k == 0 or j else {} for j in range(size)] for k, size in enumerate(sizes)
        ]
        needed = {number for layer in wanted for powers in layer for number in powers}
        kept: list[Block] = []
        for block in reversed(self.blocks):
            if needed & set(block.solves):
                kept.append(block)
                needed |= block.uses()
        kept.reverse()
        places = {number: place for place, number in enumerate(n for block in kept for n in block.solves)}
        parameters = tuple(
            tuple(_monomial({places[j]: v for j, v in powers.items()}) for powers in layer) for layer in wanted
        )
        quantities = tuple(self.quantities[number] for number in places)
        return Inverse(quantities, tuple(_moved(block, places) for block in kept), parameters)

    def _parameter(self, k: int, j: int) -> Vector:
        """Exponents for h_{k,j} of the normalised representative: h_{k,j}/h_{k,0}, or times all h_{l,0} for k = 0."""
        vector: Vector = {self.offsets[k] + j: 1}
        if k:
            vector[self.offsets[k]] = -1
        else:
            vector |= dict.fromkeys(self.offsets[1:], 1)
        return self._reduced(vector)[1]


def _polynomial(terms: Iterable[tuple[Number, Vector, int]], unit: Vector) -> Polynomial:
    """The sum of the terms, divided by the monomial `unit`; equal monomials together."""
    total: dict[Monomial, Number] = {}
    for weight, powers, _ in terms:
        exponent = {j: powers.get(j, 0) - unit.get(j, 0) for j in {*powers, *unit}}
        name = _monomial(exponent)
        total[name] = total.get(name, 0) + weight
    return tuple((weight, monomial) for monomial, weight in total.items() if weight)


def _monomial(powers: Vector) -> Monomial:
    return tuple(sorted((j, v) for j, v in powers.items() if v))


def _moved(block: Block, places: dict[int, int]) -> Block:
    """The block with its quantities renumbered."""

    def moved(polynomial: Polynomial) -> Polynomial:
        return tuple((weight, tuple((places[j], v) for j, v in monomial)) for weight, monomial in polynomial)

    matrix = tuple(tuple(moved(entry) for entry in row) for row in block.matrix)
    solves = tuple(places[j] for j in block.solves)
    return Block(block.cells, solves, matrix, tuple(moved(entry) for entry in block.known))
