"""The question that criteria share: one architecture, its expanded chain and what is cheap to know about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from exactfact.lifting.chain import ENTRY_LIMIT, Chain, build_chain
from exactfact.lifting.components import components
from exactfact.lifting.cyclic import cyclic_group, first_row
from exactfact.lifting.outer_spaces import OuterSpaces, outer_spaces
from exactfact.lifting.residues import Residues, reduce_chain
from exactfact.lifting.support import Reach, reachable
from exactfact.model import Architecture, Field
from exactfact.model.numbers import Number

from .clear import denominators

# Chains with more entries are not searched for components.
SPLIT_LIMIT = 500_000


@dataclass(frozen=True)
class Problem:
    """An architecture and a seed.  Expensive views are computed once, when a criterion first asks for them.

    `chain`, `reach`, `spaces` exist for architectures of layers only, and raise LimitError when too large.
    """

    architecture: Architecture
    seed: int = 0
    entry_limit: int = ENTRY_LIMIT

    @property
    def field(self) -> Field:
        """The base field of the spec, QQ or GF(p): the parameters of the pairs that refute lie in it."""
        return self.architecture.field

    @property
    def over(self) -> str:
        """The field's name, as bounds and refutations state it."""
        return self.field.name

    @property
    def proved_over(self) -> str:
        """The largest field that a proof covers: CC for specs over QQ, GF(p) itself otherwise (theory 0.3)."""
        return self.field.name if self.field.characteristic else "CC"

    @cached_property
    def chain(self) -> Chain:
        """The parametric layers as sparse exact matrices, fixed ones absorbed.

        LimitError above `entry_limit` entries.
        """
        return build_chain(self.architecture, self.entry_limit)

    @cached_property
    def reach(self) -> Reach:
        """Cells of all prefix products that some path of nonzero entries reaches: a superset of their supports."""
        return reachable(self.chain)

    @cached_property
    def group(self) -> tuple[int, ...] | None:
        """The group under whose shifts all layers are invariant (circulants), or None."""
        return cyclic_group(self.architecture, self.chain)

    @cached_property
    def essential(self) -> Chain:
        """A chain whose lifted map has the same rank: the first row alone where that determines the product."""
        return self.chain if self.group is None else first_row(self.chain)

    @cached_property
    def essential_reach(self) -> Reach:
        """`reach` of the essential chain."""
        return self.reach if self.group is None else reachable(self.essential)

    @cached_property
    def parts(self) -> list[Chain]:
        """The connected components of the layers, along which A is block diagonal; empty where it is not split.

        A cyclic product is one row repeated, and counts as connected.
        """
        entries = sum(len(matrix) for layer in self.chain.layers for matrix in layer)
        found = components(self.chain) if self.group is None and entries <= SPLIT_LIMIT else []
        return found if len(found) > 1 else []

    @cached_property
    def spaces(self) -> OuterSpaces:
        """Row and column spaces around every window of layers, with bases of integers."""
        return outer_spaces(self.chain)

    @cached_property
    def denominator(self) -> int:
        """The product of the layers' common denominators: primes dividing it are avoided."""
        return math.prod(self.chain.denominators)

    def avoided(self, h: Iterable[Sequence[Number]] | None) -> int:
        """`denominator` times the denominators of h: a prime that does not divide it reduces layers and point."""
        return self.denominator * denominators(h or ())

    def residues(self, p: int) -> Residues:
        """The chain mod p, as arrays; p must not divide `denominator`."""
        return reduce_chain(self.chain, p)

    def in_model(self, h: Sequence[tuple[Number, ...]]) -> bool:
        """Whether a point given by parametric layers lies in the sparsity models of the spec (chains)."""
        position = {layer: k for k, layer in enumerate(self.architecture.parametric)}
        return all(model.contains(h[position[model.layer]]) for model in self.architecture.models)
