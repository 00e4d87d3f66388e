"""Columns of the lifting A by a prefix tree, multi-indices, and derived points."""
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from ..chains import Matrix
from ..errors import Meter, Text, require
from .matrices import multiply


def columns(layers: Sequence[Sequence[Matrix]], indices: Iterable[tuple[int, ...]], p: int,
            meter: Meter) -> Iterator[tuple[tuple[int, ...], Matrix]]:
    """(multi-index, M_1(e_{i_1}) ... M_K(e_{i_K})) in lexicographic order: shared prefixes are multiplied once."""
    stack: list[Matrix] = []
    previous: tuple[int, ...] = ()
    for index in sorted(indices):
        shared = 0
        while shared < len(stack) and index[shared] == previous[shared]:
            shared += 1
        del stack[shared:]
        for k in range(shared, len(index)):
            factor = layers[k][index[k]]
            stack.append(multiply(stack[-1], factor, p, meter) if stack else factor)
            meter.spend(1000, "columns")
        meter.spend(50 * len(index), "columns")
        previous = index
        yield index, stack[-1]


def derived(seed: int, t: int, sizes: Sequence[int], p: int, meter: Meter) -> list[list[int]]:
    """The derived point number t: x(t, k, j) for every layer k and parameter j, modulo p."""
    meter.spend(500 * sum(sizes) + 1500 * len(sizes), "derived points")
    streams = [hashlib.shake_256(b"exactfact:%d:%d:%d" % (seed, t, k)).hexdigest(16 * size)
               for k, size in enumerate(sizes)]
    return [[int(stream[i:i + 32], 16) % p for i in range(0, len(stream), 32)] for stream in streams]


def require_multi_index(value: object, sizes: Sequence[int], where: str) -> tuple[int, ...]:
    """A list of K plain integers, the k-th in [0, S_k)."""
    good = type(value) is list and len(value) == len(sizes) and all(
        type(i) is int and 0 <= i < size for i, size in zip(value, sizes, strict=True))
    require(good, f"{where}: a multi-index below {list(sizes[:8])}",
            value if type(value) is list else Text(type(value).__name__))
    return tuple(value)  # type: ignore[arg-type]
