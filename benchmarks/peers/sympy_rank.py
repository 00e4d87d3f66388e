"""The rank by sympy's DomainMatrix, inside an environment that has it; run by benchmarks.worker."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from sympy import GF
from sympy.polys.matrices import DomainMatrix


def rank(path: str, n: int, p: int) -> Callable[[], int]:
    """The rank over GF(p).  The matrix is there already."""
    entries = array("q")
    with open(path, "rb") as file:
        entries.fromfile(file, n * n)
    field = GF(p)
    rows = [[field(value) for value in entries[start : start + n]] for start in range(0, n * n, n)]
    filled = DomainMatrix(rows, (n, n), field)
    return lambda: int(filled.rank())
