"""Any linear map A as an architecture: selector layers, and A behind the last one (theory 2.1')."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import exactfact as ef

Index = tuple[int, ...]
Form = Mapping[Index, int]


def lifting(forms: Sequence[Form], sizes: Sequence[int], point: object = None, field: object = None) -> ef.Architecture:
    """The architecture with one row whose entries are the multilinear forms: multi-index -> coefficient."""
    layers, width = [], 1
    for size in sizes[:-1]:
        cells = [[r, r * size + j, j] for r in range(width) for j in range(size)]
        layers.append(ef.entries(width, width * size, size, cells))
        width *= size
    rows = {index: r for r, index in enumerate(itertools.product(*map(range, sizes[:-1])))}
    last = [[rows[i[:-1]], c, i[-1], value] for c, form in enumerate(forms) for i, value in sorted(form.items())]
    layers.append(ef.entries(width, len(forms), sizes[-1], last))
    return ef.Architecture(layers, field=field or ef.QQ, point=point)


def observed(support: Sequence[Index], sizes: Sequence[int], **options: object) -> ef.Architecture:
    """The architecture that shows the listed monomials alone."""
    return lifting([{index: 1} for index in support], sizes, **options)  # type: ignore[arg-type]


def words(*texts: str) -> list[Index]:
    """Multi-indices from digits."""
    return [tuple(map(int, text)) for text in texts]
