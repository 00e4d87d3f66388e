"""Equal, proportional or zero columns of A, found in short windows of layers (theory 8.2a).

If two multi-indices of a window of consecutive layers give proportional matrices W Z R (seen through the other
layers), every extension of them gives proportional columns of A, so the S^K columns are never listed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactfact.model import Field
from exactfact.model.numbers import Number

from .chain import Chain, SparseMatrix, multiply_sparse
from .outer_spaces import OuterSpaces

Index = tuple[int, ...]


@dataclass(frozen=True)
class Collision:
    """In the window starting at layer `start`: column `first` = factor * column `second`, or zero (`second` None)."""

    start: int
    first: Index
    second: Index | None
    factor: Number


def find_collision(
    chain: Chain,
    spaces: OuterSpaces,
    allowed: Sequence[Sequence[int]],
    limit: int,
    check: Callable[[str], None] = lambda text: None,
) -> Collision | None:
    """The first collision in windows of growing length, using only the parameters `allowed[k]` of each layer.

    `limit` bounds the number of products formed in all; windows of one length share half of what is left of it, and a
    window with more products is searched in part.  None: there is no collision among the products formed.
    """
    left = limit
    for length in range(1, chain.depth + 1):
        check(f"comparing columns in windows of {length} layers")
        windows = chain.depth - length + 1
        available = left if windows == 1 else left // 2
        left -= available
        for start in range(windows):
            share = available // (windows - start)
            if share < 2:
                return None
            found, formed = _in_window(chain, spaces, allowed, start, start + length, share)
            if found is not None:
                return found
            available -= formed
        left += available
    return None


def _in_window(
    chain: Chain, spaces: OuterSpaces, allowed: Sequence[Sequence[int]], start: int, stop: int, share: int
) -> tuple[Collision | None, int]:
    """The first collision among at most `share` products of one window, and how many products were formed."""
    seen: dict[Any, tuple[Index, Number]] = {}
    for index, window in itertools.islice(_windows(chain, allowed, start, stop), share):
        shown = spaces.compress(window, start, stop, chain)
        if not shown:
            return Collision(start, index, None, 0), len(seen) + 1
        lead = shown[min(shown)]
        key = _normal_form(shown, lead, chain.field)
        if key in seen:
            second, other = seen[key]
            return Collision(start, index, second, _quotient(lead, other, chain.field)), len(seen) + 1
        seen[key] = (index, lead)
    return None, len(seen)


def _windows(
    chain: Chain, allowed: Sequence[Sequence[int]], start: int, stop: int
) -> Iterator[tuple[Index, SparseMatrix]]:
    """All products of a window, depth first, sharing prefixes between neighbours."""
    prefixes: list[SparseMatrix] = []
    previous: Index = ()
    for index in itertools.product(*allowed[start:stop]):
        shared = next((t for t, (a, b) in enumerate(zip(index, previous, strict=False)) if a != b), 0)
        del prefixes[shared:]
        for offset in range(shared, len(index)):
            matrix = chain.layers[start + offset][index[offset]]
            prefixes.append(multiply_sparse(prefixes[-1], matrix, chain.field) if prefixes else matrix)
        previous = index
        yield index, prefixes[-1]


def _normal_form(matrix: SparseMatrix, lead: Number, field: Field) -> tuple[Any, ...]:
    """The matrix up to a scalar: divided by its first entry, or the primitive integer multiple with that positive."""
    whole = [value for value in matrix.values() if isinstance(value, int)]
    if not field.characteristic and len(whole) == len(matrix):
        content = math.gcd(*whole) * (1 if lead > 0 else -1)
        return tuple((cell, value // content) for cell, value in sorted(matrix.items()))
    return tuple((cell, _quotient(value, lead, field)) for cell, value in sorted(matrix.items()))


def _quotient(value: Number, divisor: Number, field: Field) -> Number:
    p = field.characteristic
    if p:
        return int(value) * pow(int(divisor), -1, p) % p
    quotient = Fraction(value) / divisor
    return int(quotient) if quotient.denominator == 1 else quotient
