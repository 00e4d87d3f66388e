"""The operator families: each layer of a spec in canonical form, and the cells of its matrices.

`read_layer` returns the canonical layer (defaults filled in) and an `Operator`, whose sizes are known without
expanding anything; `cells()` yields (row, column, parameter, value), repeated cells adding up (a fixed layer has
parameter 0 throughout). Sizes are checked on the way; nothing is allocated before a rule asks for the cells.
"""
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import gcd, prod
from typing import Any

from .errors import Text, require
from .numbers import Number, encode, is_integer, user_number

Cells = Iterator[tuple[int, int, int, Number]]
MAX_DEPTH = 32


@dataclass(frozen=True)
class Operator:
    """rows x cols matrices M(e_j), j < parameters (0: fixed); `count` bounds the number of cells."""

    rows: int
    cols: int
    parameters: int
    count: int
    cells: Callable[[], Cells]


Read = tuple[dict[str, Any], Operator]


def read_layer(document: Any, where: str, p: int, depth: int = 0) -> Read:
    """A layer as written -> (canonical layer, operator). Numbers over GF(p) when p > 0."""
    require(depth < MAX_DEPTH, f"{where}: layers nested less than {MAX_DEPTH} deep", Text("deeper nesting"))
    require(type(document) is dict and isinstance(document.get("operator"), str), f"{where}: a layer", document)
    operator, name = document["operator"], document.get("name", "")
    require(operator in _READERS, f"{where}: a known operator", operator)
    require(isinstance(name, str), f"{where}: name is a string", name)
    body = {key: value for key, value in document.items() if key not in ("name", "operator")}
    canonical, result = _READERS[operator](body, where, p, depth)
    return {"name": name, "operator": operator, **canonical}, result


def fields(value: Any, where: str, required: str, **defaults: Any) -> dict[str, Any]:
    """The object with its defaults filled in; unknown and missing keys are rejected."""
    require(type(value) is dict, f"{where}: an object", value)
    needed = set(required.split())
    unknown, missing = set(value) - needed - set(defaults), needed - set(value)
    require(not unknown, f"{where}: the keys {ascii(', '.join(sorted(needed | set(defaults))))[1:-1]}", sorted(unknown))
    require(not missing, f"{where}: the keys {', '.join(sorted(needed))}", Text(f"no {', '.join(sorted(missing))}"))
    return {**defaults, **value}


def whole(value: Any, where: str, low: int, high: int = 1 << 53) -> int:
    """A plain JSON integer with low <= value < high, for counts and positions; rejects anything else."""
    require(is_integer(value) and low <= value < high, f"{where}: an integer in [{low}, {high})", value)
    return int(value)


def listing(value: Any, where: str, length: int | None = None) -> list[Any]:
    """A JSON array, of `length` items if given, as a new list; rejects anything else. `where` names it."""
    require(type(value) is list, f"{where}: a list", value)
    require(length is None or len(value) == length, f"{where}: a list of {length}",
            Text(f"{len(value)} items"))
    return list(value)


def large(value: Any, where: str, low: int | None = None) -> int:
    """An integer of any size, as a number of the spec, >= low."""
    result = user_number(value, where)
    require(isinstance(result, int) and (low is None or result >= low), f"{where}: an integer >= {low}", value)
    return int(result)


def vectors(value: Any, where: str, dimension: int, read: Callable[[Any, str], int] = large) -> list[list[int]]:
    """A list of integer vectors; in one dimension plain integers are vectors too."""
    rows = [[x] if not isinstance(x, list) and dimension == 1 else x for x in listing(value, where)]
    return [[read(x, where) for x in listing(row, where, dimension)] for row in rows]


def _axes(value: Any, where: str) -> list[int]:
    values = [value] if is_integer(value) else listing(value, where)
    require(0 < len(values) <= 16, f"{where}: one to 16 axes", values)
    return [whole(x, where, 1) for x in values]


def _flat(index: list[int], sizes: list[int]) -> int:
    result = 0
    for i, n in zip(index, sizes, strict=True):
        result = result * n + i
    return result


def _shape(f: dict[str, Any], where: str) -> tuple[int, int]:
    return whole(f["rows"], f"{where}, rows", 1), whole(f["cols"], f"{where}, cols", 1)


def _entries(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "rows cols parameters entries")
    (rows, cols), parameters = _shape(f, where), whole(f["parameters"], f"{where}, parameters", 1)
    cells: list[tuple[int, int, int, Number]] = []
    for i, entry in enumerate(listing(f["entries"], f"{where}, entries")):
        at = f"{where}, entries[{i}]"
        e = listing(entry, at) + ([1] if len(entry) == 3 else [])
        require(len(e) == 4, f"{at}: row, column, parameter, coefficient", entry)
        cells.append((whole(e[0], at, 0, rows), whole(e[1], at, 0, cols), whole(e[2], at, 0, parameters),
                      user_number(e[3], at, p)))
    canonical = [[r, c, j, encode(v)] for r, c, j, v in cells]
    return {**f, "entries": canonical}, Operator(rows, cols, parameters, len(cells), lambda: iter(cells))


def _diagonal(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "size" if "size" in body else "rows cols")
    m, n = _shape({"rows": f.get("rows", f.get("size")), "cols": f.get("cols", f.get("size"))}, where)
    s = min(m, n)
    return {"rows": m, "cols": n}, Operator(m, n, s, s, lambda: ((j, j, j, 1) for j in range(s)))


def _circulant(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "size support")
    size = _axes(f["size"], f"{where}, size")
    support = vectors(f["support"], f"{where}, support", len(size), lambda x, at: whole(x, at, 1 - (1 << 53)))
    reduced = {tuple(s % n for s, n in zip(shift, size, strict=True)) for shift in support}
    require(bool(support) and len(reduced) == len(support), f"{where}: shifts, different modulo the size", support)

    def cells() -> Cells:
        for row, index in enumerate(product(*map(range, size))):
            for j, shift in enumerate(support):
                yield row, _flat([(i - s) % n for i, s, n in zip(index, shift, size, strict=True)], size), j, 1
    total = prod(size)
    return {"size": size, "support": support}, Operator(total, total, len(support), total * len(support), cells)


def _patterned(body: Any, where: str, step: int) -> Read:
    """Every cell one parameter: j = r * cols + c (step 0: full), r - c + cols - 1 (-1: Toeplitz), r + c (1: Hankel)."""
    f = fields(body, where, "rows cols")
    m, n = _shape(f, where)

    def cells() -> Cells:
        for r in range(m):
            for c in range(n):
                yield r, c, r + step * c + (n - 1 if step < 0 else 0) if step else r * n + c, 1
    return f, Operator(m, n, m + n - 1 if step else m * n, m * n, cells)


def _toeplitz(body: Any, where: str, p: int, _: int) -> Read:
    if body.get("diagonals") is None:
        canonical, operator = _patterned({x: y for x, y in body.items() if x != "diagonals"}, where, -1)
        return {**canonical, "diagonals": None}, operator
    f = fields(body, where, "rows cols diagonals")
    m, n = _shape(f, where)
    given = [whole(d, f"{where}, diagonals", 1 - n, m) for d in listing(f["diagonals"], f"{where}, diagonals")]
    require(bool(given) and len(set(given)) == len(given), f"{where}: different diagonals", given)

    def cells() -> Cells:
        for j, d in enumerate(given):
            for row in range(max(d, 0), min(m, n + d)):
                yield row, row - d, j, 1
    return f, Operator(m, n, len(given), len(given) * min(m, n), cells)


def _butterfly(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "size level")
    n = whole(f["size"], f"{where}, size", 2)
    require(n & (n - 1) == 0, f"{where}, size: a power of two", n)
    step = n >> (whole(f["level"], f"{where}, level", 0, n.bit_length() - 1) + 1)

    def cells() -> Cells:
        for r in range(n):
            yield r, min(r, r ^ step), 2 * r, 1
            yield r, max(r, r ^ step), 2 * r + 1, 1
    return f, Operator(n, n, 2 * n, 2 * n, cells)


def _block_diagonal(body: Any, where: str, p: int, depth: int) -> Read:
    f = fields(body, where, "blocks")
    read = [read_layer(b, f"{where}, blocks[{i}]", p, depth + 1)
            for i, b in enumerate(listing(f["blocks"], f"{where}, blocks"))]
    blocks = [operator for _, operator in read]
    require(bool(blocks) and all(b.parameters for b in blocks), f"{where}: parametric blocks", f["blocks"])

    def cells() -> Cells:
        row = col = parameter = 0
        for b in blocks:
            for r, c, j, v in b.cells():
                yield row + r, col + c, parameter + j, v
            row, col, parameter = row + b.rows, col + b.cols, parameter + b.parameters
    totals = (sum(b.rows for b in blocks), sum(b.cols for b in blocks), sum(b.parameters for b in blocks),
              sum(b.count for b in blocks))
    return {"blocks": [canonical for canonical, _ in read]}, Operator(*totals, cells)


def _kronecker(body: Any, where: str, p: int, depth: int) -> Read:
    f = fields(body, where, "left right of")
    left, right = whole(f["left"], f"{where}, left", 1), whole(f["right"], f"{where}, right", 1)
    canonical, inner = read_layer(f["of"], f"{where}, of", p, depth + 1)
    require(inner.parameters > 0, f"{where}: of is a parametric layer", f["of"])

    def cells() -> Cells:
        for r, c, j, v in inner.cells():
            for a, b in product(range(left), range(right)):
                yield (a * inner.rows + r) * right + b, (a * inner.cols + c) * right + b, j, v
    both = left * right
    return {**f, "of": canonical}, Operator(inner.rows * both, inner.cols * both, inner.parameters,
                                            inner.count * both, cells)


def _dense(value: Any, where: str, p: int) -> tuple[list[list[Number]], int, int]:
    rows = [listing(row, where) for row in listing(value, where)]
    require(bool(rows) and bool(rows[0]) and len({len(row) for row in rows}) == 1,
            f"{where}: a matrix, its rows of one length", value)
    return [[user_number(x, where, p) for x in row] for row in rows], len(rows), len(rows[0])


def _basis(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "matrices")
    read = [_dense(m, f"{where}, matrices[{j}]", p) for j, m in enumerate(listing(f["matrices"], where))]
    require(bool(read) and len({(m, n) for _, m, n in read}) == 1, f"{where}: matrices of one shape", f["matrices"])

    def cells() -> Cells:
        return ((r, c, j, v) for j, (matrix, _, _) in enumerate(read)
                for r, row in enumerate(matrix) for c, v in enumerate(row))
    rows, cols = read[0][1:]
    canonical = [[[encode(v) for v in row] for row in matrix] for matrix, _, _ in read]
    return {"matrices": canonical}, Operator(rows, cols, len(read), len(read) * rows * cols, cells)


def _fixed(body: Any, where: str, p: int, _: int) -> Read:
    if "matrix" in body:
        matrix, m, n = _dense(fields(body, where, "matrix")["matrix"], f"{where}, matrix", p)
        return {"matrix": [[encode(v) for v in row] for row in matrix]}, Operator(
            m, n, 0, m * n, lambda: ((r, c, 0, v) for r, row in enumerate(matrix) for c, v in enumerate(row)))
    f = fields(body, where, "rows cols entries")
    rows, cols = _shape(f, where)
    triples: list[tuple[int, int, int, Number]] = []
    for i, entry in enumerate(listing(f["entries"], f"{where}, entries")):
        at = f"{where}, entries[{i}]"
        e = listing(entry, at, 3)
        triples.append((whole(e[0], at, 0, rows), whole(e[1], at, 0, cols), 0, user_number(e[2], at, p)))
    return {**f, "entries": [[r, c, encode(v)] for r, c, _, v in triples]}, Operator(
        rows, cols, 0, len(triples), lambda: iter(triples))


def _convolution(body: Any, where: str, p: int, _: int) -> Read:
    f = fields(body, where, "length kernel", in_channels=1, out_channels=1, stride=1, dilation=1, padding="valid")
    length, kernel = _axes(f["length"], f"{where}, length"), _axes(f["kernel"], f"{where}, kernel")
    ins, outs, t, a = (whole(f[key], f"{where}, {key}", 1)
                       for key in ("in_channels", "out_channels", "stride", "dilation"))
    padding = f["padding"]
    require(len(length) == len(kernel), f"{where}: as many kernel as length axes", kernel)
    require(padding in ("valid", "full", "circular"), f'{where}, padding: "valid", "full" or "circular"', padding)
    reach = [(k - 1) * a for k in kernel]
    if padding == "valid":
        require(all(n > d for n, d in zip(length, reach, strict=True)), f"{where}: a kernel that fits", kernel)
        out = [(n - d - 1) // t + 1 for n, d in zip(length, reach, strict=True)]
    elif padding == "full":
        out = [(n + d - 1) // t + 1 for n, d in zip(length, reach, strict=True)]
    else:
        out = [-(-n // t) for n in length]
        for n, k in zip(length, kernel, strict=True):
            require(k <= n // gcd(n, a), f"{where}: taps different modulo the length",
                    Text(f"kernel {k}, dilation {a}, length {n}"))

    def cells() -> Cells:
        for (j, (o, i, *tap)), position in product(enumerate(product(range(outs), range(ins), *map(range, kernel))),
                                                   product(*map(range, out))):
            at = [x * t + s * a - (d if padding == "full" else 0)
                  for x, s, d in zip(position, tap, reach, strict=True)]
            if padding == "circular":
                at = [x % n for x, n in zip(at, length, strict=True)]
            if all(0 <= x < n for x, n in zip(at, length, strict=True)):
                yield o * prod(out) + _flat(list(position), out), i * prod(length) + _flat(at, length), j, 1
    parameters = outs * ins * prod(kernel)
    canonical = {**f, "length": length, "kernel": kernel}
    return canonical, Operator(outs * prod(out), ins * prod(length), parameters, parameters * prod(out), cells)


_READERS: dict[str, Callable[[Any, str, int, int], Read]] = {
    "entries": _entries, "full": lambda body, where, p, _: _patterned(body, where, 0),
    "hankel": lambda body, where, p, _: _patterned(body, where, 1), "toeplitz": _toeplitz, "diagonal": _diagonal,
    "circulant": _circulant, "butterfly": _butterfly, "block_diagonal": _block_diagonal, "kronecker": _kronecker,
    "basis": _basis, "convolution": _convolution, "fixed": _fixed}
