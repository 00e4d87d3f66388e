"""Random canonical specs of small chains and networks."""
import itertools
import random
from typing import Any

from tests.checker import build as b
from tests.checker import truth


def random_chain(rng: random.Random, field: str = "QQ") -> Any:
    """A chain of two or three small basis layers with entries that often cancel, fixed layers now and then."""
    p = 0 if field == "QQ" else int(field[3:-1])
    dims = [rng.randrange(1, 4) for _ in range(rng.choice([2, 3, 4]))]
    layers, sizes = [], []

    def entry() -> Any:
        if rng.random() < 0.45:
            return 0
        return rng.randrange(p) if p else rng.choice([1, 1, -1, 2, -3, "1/2", "-2/3"])
    for m, n in itertools.pairwise(dims):
        if rng.random() < 0.2 and len(dims) > 2 and (layers or m != dims[0]):
            layers.append(b.fixed([[entry() for _ in range(n)] for _ in range(m)]))
            continue
        sizes.append(rng.randrange(1, 4))
        matrices = [[[entry() for _ in range(n)] for _ in range(m)] for _ in range(sizes[-1])]
        if rng.random() < 0.3 and sizes[-1] > 1:
            matrices[1] = matrices[0]
        layers.append(b.basis(*matrices))
    if not sizes:
        return random_chain(rng, field)
    point = [[rng.randrange(p or 3) for _ in range(s)] for s in sizes]
    return b.chain(*layers, field=field, point=point)


def random_network(rng: random.Random, field: str = "QQ", point: bool = False) -> Any:
    """A small layered network, with parallel edges, strides and dilations now and then."""
    depth, group = rng.choice([1, 2, 2, 3]), rng.choice([[4], [8], [0], [2, 4], [0, 2]])
    strides = [rng.choice([1, 2]) if group == [8] and depth < 3 else 1 for _ in range(depth)]
    nodes = [["out"]] + [[f"n{k}_{i}" for i in range(rng.choice([1, 1, 2]))] for k in range(1, depth + 1)]
    edges: list[Any] = []
    for k in range(depth):
        pairs = [(source, rng.choice(nodes[k])) for source in nodes[k + 1]]
        pairs += [(rng.choice(nodes[k + 1]), target) for target in nodes[k] if target not in {t for _, t in pairs}]
        if rng.random() < 0.2:
            pairs.append(rng.choice(pairs))
        for source, target in pairs:
            taps = [[rng.randrange(2) for _ in group] for _ in range(rng.choice([1, 2, 2]))]
            unique = [list(t) for t in sorted({tuple(t) for t in taps})]
            edges.append(b.edge(f"e{len(edges)}", source, target, unique, rng.choice([1, 1, 3])))
    spec = b.network(group, edges, depth, strides=strides, field=field, signal=[5] * len(group))
    if point:
        spec["point"] = {"h": [[rng.randrange(2) for _ in range(size)] for size in truth.sizes(spec)]}
    return spec
