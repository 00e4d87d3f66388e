"""9.1, 9.3b, 9.4 and 9.5 at points over GF(p), evidence made here, right or nearly right: judged by all points.

Random fixed supports, now and then with two parameters at one entry, one parameter at two, or a coefficient. Nothing
comes from the producer, and the truth is a list of all rivals: modulo the torus they must lie in the orbit of h* under
the rescalings of hidden nodes; modulo scaling their number is that of the trivial rescalings, or it is not.
"""
import random
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import Any

import sympy
from sympy.matrices.normalforms import smith_normal_form

from exactfact.checker import check_certificate
from tests.checker import build as b

Layer = list[list[tuple[int, int, int]]]  # for each parameter its entries (row, column, coefficient)
MOST = {2: 1 << 11, 3: 3 ** 7, 5: 5 ** 5}


def supports(rng: random.Random, p: int) -> tuple[list[int], list[Layer]]:
    """The widths and the layers of a small chain."""
    while True:
        widths = [rng.randrange(1, 4) for _ in range(rng.choice([2, 3, 3, 4, 5]))]
        layers: list[Layer] = []
        for m, n in pairwise(widths):
            cells = rng.sample(list(product(range(m), range(n))), rng.randrange(1, m * n + 1))
            layers.append([[(r, c, rng.randrange(1, p))] for r, c in cells])
            if rng.random() < 0.1:
                rng.choice(layers[-1]).append((rng.randrange(m), rng.randrange(n), 1))
        if p ** sum(map(len, layers)) <= MOST[p]:
            return widths, layers


def spec_of(widths: list[int], layers: list[Layer], p: int, h: list[list[int]]) -> Any:
    """The canonical spec."""
    written = [b.entries(m, n, len(layer), *([r, c, j, v] for j, cells in enumerate(layer) for r, c, v in cells))
               for (m, n), layer in zip(pairwise(widths), layers, strict=True)]
    return b.chain(*written, field=f"GF({p})", point=h)


def live(layers: list[Layer]) -> list[Layer]:
    """The layers without the entries that lie on no complete path."""
    ahead = [{r for cells in layers[0] for r, _, _ in cells}]
    for layer in layers:
        ahead.append({c for cells in layer for r, c, _ in cells if r in ahead[-1]})
    behind = [ahead[-1]]
    for layer in reversed(layers):
        behind.append({r for cells in layer for r, c, _ in cells if c in behind[-1]})
    ends = zip(layers, ahead, behind[-2::-1], strict=False)
    return [[[(r, c, v) for r, c, v in cells if r in into and c in out] for cells in layer]
            for layer, into, out in ends]


def image(layers: list[Layer], h: Iterable[Sequence[int]], p: int) -> dict[tuple[int, int], int]:
    """The nonzero entries of the product."""
    value = {(r, r): 1 for cells in layers[0] for r, _, _ in cells}
    for layer, x in zip(layers, h, strict=True):
        following: dict[tuple[int, int], int] = {}
        for (a, k), u in value.items():
            for cells, y in zip(layer, x, strict=True):
                for r, c, v in cells:
                    if r == k:
                        following[a, c] = (following.get((a, c), 0) + u * v * y) % p
        value = {at: u for at, u in following.items() if u}
    return value


def rivals(layers: list[Layer], h: list[list[int]], p: int) -> list[list[tuple[int, ...]]]:
    """All points with the product of h."""
    target = image(layers, h, p)
    points = product(*(list(product(range(p), repeat=len(layer))) for layer in layers))
    return [list(g) for g in points if image(layers, g, p) == target]


def orbit(layers: list[Layer], h: list[list[int]], p: int) -> set[tuple[tuple[int, ...], ...]]:
    """h with its hidden nodes rescaled in all ways."""
    nodes = sorted({(k, c) for k, layer in enumerate(layers[:-1]) for cells in layer for _, c, _ in cells})
    found = set()
    for factors in product(range(1, p), repeat=len(nodes)):
        t = dict(zip(nodes, factors, strict=True))
        found.add(tuple(tuple(x * t.get((k, cells[0][1]), 1) * pow(t.get((k - 1, cells[0][0]), 1), -1, p) % p
                              for x, cells in zip(row, layer, strict=True))
                        for k, (row, layer) in enumerate(zip(h, layers, strict=True))))
    return found


def joined(layers: list[Layer], node: int, back: bool) -> list[int]:
    """The ends of the paths through the layers that start at the node."""
    here = {node}
    for layer in reversed(layers) if back else layers:
        pairs = [(c, r) if back else (r, c) for cells in layer for r, c, _ in cells]
        here = {y for x, y in pairs if x in here}
    return sorted(here)


def cuts(layers: list[Layer], first: int, last: int, rng: random.Random) -> list[Any]:
    """Cuts of the layers with random orders of the nodes, and trees where there are any; else some cells."""
    if first == last:
        return []
    at = rng.randrange(first, last)
    order = sorted({c for cells in layers[at] for _, c, _ in cells})
    rng.shuffle(order)
    ends = {s: (joined(layers[first:at + 1], s, True), joined(layers[at + 1:last + 1], s, False)) for s in order}
    trees = []
    for place, s in enumerate(order):
        allowed = [cell for cell in product(*ends[s])
                   if not any(cell[0] in ends[t][0] and cell[1] in ends[t][1] for t in order[place + 1:])]
        group = {(side, x): (side, x) for side in (0, 1) for x in ends[s][side]}
        tree = []
        for r, c in rng.sample(allowed, len(allowed)):
            one, two = group[0, r], group[1, c]
            if one != two:
                tree.append([r, c])
                group = {x: two if root == one else root for x, root in group.items()}
        wanted, pool = len(group) - 1, [list(cell) for cell in product(*ends[s])]
        trees.append((tree + [rng.choice(pool) for _ in range(wanted) if pool])[:wanted])
    cut = {"layers": [first, last], "cut": at, "order": order, "trees": trees}
    return [cut, *cuts(layers, first, at, rng), *cuts(layers, at + 1, last, rng)]


def group_of(layers: list[Layer]) -> tuple[int, list[int]]:
    """The free rank and the factors of L_0/L, from all complete paths."""
    paths: list[tuple[int | None, tuple[int, ...]]] = [(None, ())]
    for layer in layers:
        paths = [(c, (*way, j)) for node, way in paths for j, cells in enumerate(layer) for r, c, _ in cells
                 if node in (None, r)]
    sizes = [len(layer) for layer in layers]
    rows = {way: [int(way[k] == j) for k, size in enumerate(sizes) for j in range(size)] for _, way in paths}
    form = smith_normal_form(sympy.Matrix(list(rows.values())), domain=sympy.ZZ) if rows else sympy.zeros(1, 1)
    diagonal = [abs(int(form[i, i])) for i in range(min(form.shape))]
    return 1 + sum(sizes) - len(sizes) - sum(map(bool, diagonal)), sorted(d for d in diagonal if d > 1)


def claims(layers: list[Layer], p: int, rng: random.Random) -> list[Any]:
    """Claims at the point by all four statements."""
    over, depth = f"GF({p})", len(layers)
    nodes = sum(len({c for cells in layer for _, c, _ in cells}) for layer in layers[:-1])
    dimension = nodes - (depth - 1)
    result = [b.verdict("at-point", "torus", "proved", over, "9.3b", {"dimension": dimension})]
    for statement in ("9.4", "9.5", "9.5", "9.5"):
        evidence = {"dimension": dimension, "cuts": cuts(layers, 0, depth - 1, rng)}
        result.append(b.verdict("at-point", "torus", "proved", over, statement, evidence))
    free, divisors = group_of(layers)
    for more in (0, 1):
        evidence = {"paths": "unique", "free": free + more, "divisors": divisors}
        result += [b.verdict("at-point", "scaling", status, over, "9.1", evidence) for status in ("proved", "refuted")]
    return result


def test_accepted_claims_at_points_over_finite_fields_are_true() -> None:
    rng = random.Random(17)
    seen: dict[tuple[str, str], int] = {}
    for _ in range(800):
        p = rng.choice([2, 2, 3, 3, 5])
        widths, layers = supports(rng, p)
        h = [[rng.randrange(1, p) if rng.random() < 0.97 else 0 for _ in layer] for layer in layers]
        written = claims(live(layers) if rng.random() < 0.8 else layers, p, rng)
        report = check_certificate(b.certificate(spec_of(widths, layers, p, h), *written))
        assert report.problem is None, report.problem
        accepted = [c for c, line in zip(written, report.claims, strict=True) if line.status == "accepted"]
        found = rivals(layers, h, p) if accepted else []
        for claim in accepted:
            if claim["modulo"] == "torus":
                good = {tuple(map(tuple, g)) for g in found} <= orbit(live(layers), h, p)
            else:
                good = (len(found) == (p - 1) ** (len(layers) - 1)) == (claim["status"] == "proved")
            assert good, (claim, layers, h, p)
        for claim, line in zip(written, report.claims, strict=True):
            key = claim["statement"], line.status
            seen[key] = seen.get(key, 0) + 1
    assert all(seen.get((statement, status), 0) >= 5 for statement in ("9.1", "9.3b", "9.4", "9.5")
               for status in ("accepted", "rejected")), seen
