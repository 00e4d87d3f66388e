"""Convolutional networks over Z/N by enumeration (theory 10.1 to 10.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, pairwise, permutations, product
from typing import NamedTuple

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import Vector, rank, tensor, vectors

Graph = tuple[tuple[str, str, int], ...]  # edges (upper node, lower node, layer); signals flow from leaves to "r"

GRAPHS: tuple[Graph, ...] = (
    (("r", "x", 1),),
    (("r", "x", 1), ("r", "y", 1)),
    (("r", "a", 1), ("a", "x", 2)),
    (("r", "a", 1), ("a", "x", 2), ("a", "y", 2)),
    (("r", "a", 1), ("r", "b", 1), ("a", "x", 2), ("b", "x", 2)),
    (("r", "a", 1), ("r", "b", 1), ("a", "x", 2), ("b", "y", 2)),
    (("r", "a", 1), ("a", "b", 2), ("b", "x", 3)),
)


class Network(NamedTuple):
    """A layered graph with taps in Z/N on every edge."""

    field: int
    order: int
    graph: Graph
    taps: tuple[Vector, ...]


@cache
def subsets(order: int, largest: int) -> tuple[Vector, ...]:
    """All nonempty sets of at most `largest` elements of Z/N."""
    return tuple(s for n in range(1, largest + 1) for s in combinations(range(order), n))


def networks(p: int, size: int) -> Iterator[Network]:
    """All taps on all graphs of the list for N <= 4, at most 2 taps an edge, at most `size` parameters in all."""
    for order in range(1, 5):
        for graph in GRAPHS:
            for taps in product(subsets(order, min(2, order)), repeat=len(graph)):
                if sum(map(len, taps)) <= size:
                    yield Network(p, order, graph, taps)


@cache
def paths(graph: Graph) -> tuple[Vector, ...]:
    """The complete paths, as tuples of edge numbers from the root."""
    found: list[tuple[str, Vector]] = [("r", ())]
    complete = []
    while found:
        node, edges = found.pop()
        below = [(i, e) for i, e in enumerate(graph) if e[0] == node]
        if not below:
            complete.append(edges)
        found += [(e[1], (*edges, i)) for i, e in below]
    return tuple(sorted(complete))


@lru_cache(maxsize=2)
def counts(case: Network) -> Counter[tuple[str, int]]:
    """c_leaf(x): how many path indices have that leaf and that sum."""
    found: Counter[tuple[str, int]] = Counter()
    for path in paths(case.graph):
        leaf = case.graph[path[-1]][1]
        for chosen in product(*(case.taps[e] for e in path)):
            found[leaf, sum(chosen) % case.order] += 1
    return found


def zero_one(case: Network) -> bool:
    """10.1(i)."""
    return max(counts(case).values()) <= 1


def value(case: Network, h: tuple[Vector, ...], p: int) -> tuple[int, ...]:
    """phi(h): the convolution kernels of all leaves, by convolving along all paths."""
    leaves = sorted({case.graph[path[-1]][1] for path in paths(case.graph)})
    result = {(leaf, x): 0 for leaf in leaves for x in range(case.order)}
    for path in paths(case.graph):
        kernel = {0: 1}
        for e in path:
            moved: dict[int, int] = defaultdict(int)
            for (x, a), (tap, b) in product(kernel.items(), zip(case.taps[e], h[e], strict=True)):
                moved[(x + tap) % case.order] += a * b
            kernel = moved
        for x, a in kernel.items():
            result[case.graph[path[-1]][1], x] += a
    return tuple(a % p for a in result.values())


def path_tensors(case: Network, h: tuple[Vector, ...], p: int) -> tuple[Vector, ...]:
    """The products of h along all paths: equal iff path-equivalent."""
    return tuple(tensor([h[e] for e in path], p) for path in paths(case.graph))


def all_h(case: Network, *, zero_edges: bool) -> Iterator[tuple[Vector, ...]]:
    """All points over GF(p)."""
    start = 0 if zero_edges else 1
    return product(*(vectors(case.field, len(taps))[start:] for taps in case.taps))


def path_identifiable(case: Network, *, zero_edges: bool = True) -> bool:
    """10.1(iii): phi(h) = phi(g) makes h and g path-equivalent."""
    seen: dict[Vector, tuple[Vector, ...]] = {}
    for h in all_h(case, zero_edges=zero_edges):
        t = path_tensors(case, h, case.field)
        if seen.setdefault(value(case, h, case.field), t) != t:
            return False
    return True


def path_uniform(case: Network) -> str | None:
    """10.1: (i) iff (iii), and the rank of A is the number of (leaf, sum) that occur."""
    if zero_one(case) != path_identifiable(case):
        return f"all counts are 0 or 1: {zero_one(case)}; path-identifiable: {path_identifiable(case)}"
    basis = [value(case, h, case.field) for h in _single_paths(case)]
    found = rank(basis, case.field)
    return None if found == len(counts(case)) else f"rank {found}, but {len(counts(case))} pairs (leaf, sum)"


def _single_paths(case: Network) -> Iterator[tuple[Vector, ...]]:
    """One tap on every edge of one path, zero elsewhere: phi there is a column of A."""
    for path in paths(case.graph):
        for chosen in product(*(range(len(case.taps[e])) for e in path)):
            at = dict(zip(path, chosen, strict=True))
            yield tuple(tuple(int(at.get(e) == j) for j in range(len(taps))) for e, taps in enumerate(case.taps))


def rescalings(case: Network) -> str | None:
    """10.2: without zero edges, path equivalence is rescaling of the hidden nodes."""
    p = case.field
    inner = sorted({e[0] for e in case.graph if e[0] != "r"})
    groups: dict[tuple[Vector, ...], set[tuple[Vector, ...]]] = defaultdict(set)
    for h in all_h(case, zero_edges=False):
        groups[path_tensors(case, h, p)].add(h)
    for members in groups.values():
        h = min(members)
        orbit = set()
        for scalars in product(range(1, p), repeat=len(inner)):
            at = dict(zip(inner, scalars, strict=True))
            factors = [at.get(u, 1) * pow(at.get(v, 1), -1, p) for u, v, _ in case.graph]
            orbit.add(tuple(tuple(f * a % p for a in layer) for f, layer in zip(factors, h, strict=True)))
        if orbit != members:
            return f"{len(members)} points are path-equivalent to {h}, {len(orbit)} are rescalings"
    return None


def gram(case: Network) -> str | None:
    """10.4: columns of A over all path indices are equal or orthogonal, of squared norm N, by leaf and sum."""
    columns = []
    for path in paths(case.graph):
        leaf = case.graph[path[-1]][1]
        for chosen in product(*(case.taps[e] for e in path)):
            matrix = _identity(case.order)
            for tap in chosen:  # circulant matrices, multiplied one by one
                matrix = [[row[(b - tap) % case.order] for b in range(case.order)] for row in matrix]
            columns.append(((leaf, sum(chosen) % case.order), leaf, [a for row in matrix for a in row]))
    for (x, leaf, v), (y, other, w) in product(columns, repeat=2):
        inner = sum(a * b for a, b in zip(v, w, strict=True)) if leaf == other else 0
        if inner != (case.order if x == y else 0):
            return f"columns at {x} and {y} have the inner product {inner}"
    return None


def _identity(n: int) -> list[list[int]]:
    return [[int(a == b) for b in range(n)] for a in range(n)]


class ChainOfSets(NamedTuple):
    """Taps of the layers of one chain over Z/N."""

    order: int
    sets: tuple[Vector, ...]


def chains(_: int, size: int) -> Iterator[ChainOfSets]:
    """All K = 2 over Z/N with N <= size, and all K = 3 with at most 3 taps a layer for N <= 6."""
    for order in range(1, size + 1):
        yield from (ChainOfSets(order, sets) for sets in product(subsets(order, order), repeat=2))
        if order <= 6:
            yield from (ChainOfSets(order, sets) for sets in product(subsets(order, min(3, order)), repeat=3))


def mixed_radix(case: ChainOfSets) -> bool:
    """10.3a: an order of the layers and moduli 1 | n_1 | .. | n_K | N with taps equal mod n_{k-1}, distinct mod n_k."""
    moduli = [m for m in range(1, case.order + 1) if case.order % m == 0]

    def fits(left: tuple[Vector, ...], reached: int) -> bool:
        if not left:
            return True
        for i, taps in enumerate(left):
            if len({t % reached for t in taps}) == 1:
                finer = [m for m in moduli if m % reached == 0 and len({t % m for t in taps}) == len(taps)]
                if any(fits(left[:i] + left[i + 1 :], m) for m in finer):
                    return True
        return False

    return fits(case.sets, 1)


def superincreasing(case: ChainOfSets) -> bool:
    """10.3a on integers without wrap-around: two taps of a layer differ by more than all earlier diameters together."""
    if sum(max(s) - min(s) for s in case.sets) >= case.order:
        return False
    for order in permutations(case.sets):
        reached = 0
        for taps in order:
            if any(b - a <= reached for a, b in pairwise(taps)):
                break
            reached += max(taps) - min(taps)
        else:
            return True
    return False


def sums(case: ChainOfSets) -> Counter[int]:
    """How often every sum occurs."""
    return Counter(sum(chosen) % case.order for chosen in product(*case.sets))


def distinct_sums(case: ChainOfSets) -> str | None:
    """10.1(i)."""
    x, count = sums(case).most_common(1)[0]
    return None if count == 1 else f"the sum {x} occurs {count} times"


def colliding_sums(case: ChainOfSets) -> str | None:
    """Not 10.1(i)."""
    return None if max(sums(case).values()) > 1 else "all sums are distinct"


def more_indices_than_sums(case: ChainOfSets) -> bool:
    """10.3b."""
    return sums(case).total() > case.order


NETWORKS = (
    "every choice of taps on 7 layered graphs (chains with K <= 3, two leaves, two paths), "
    "Z/N with N <= 4, at most 2 taps an edge"
)
CHAINS = "every chain over Z/N: K = 2 with any taps, K = 3 with at most 3 taps a layer for N <= 6"
CASES = [
    SmallCase(
        "10.1",
        "phi determines h up to path equivalence (zero edges allowed) iff all path counts are 0 or 1; "
        "they give the rank of A",
        f"{NETWORKS}; all h, g",
        "parameters",
        networks,
        path_uniform,
        full={2: 5, 3: 4},
        quick={2: 4},
    ),
    SmallCase(
        "10.2",
        "without zero edges, path equivalence is rescaling of the hidden nodes",
        f"{NETWORKS}; all h, g",
        "parameters",
        networks,
        rescalings,
        full={2: 5, 3: 5, 5: 3},
        quick={2: 4, 3: 4},
    ),
    SmallCase(
        "10.3a",
        "mixed radix, or a superincreasing order without wrap-around, makes all sums of taps distinct",
        CHAINS,
        "N",
        chains,
        distinct_sums,
        full={RATIONALS: 8},
        quick={RATIONALS: 5},
        hypothesis=lambda case: mixed_radix(case) or superincreasing(case),
    ),
    SmallCase(
        "10.3b",
        "more path indices than group elements make two sums equal",
        CHAINS,
        "N",
        chains,
        colliding_sums,
        full={RATIONALS: 8},
        quick={RATIONALS: 5},
        hypothesis=more_indices_than_sums,
    ),
    SmallCase(
        "10.4",
        "columns of A at path indices are equal or orthogonal, of squared norm N, according to leaf and sum",
        NETWORKS,
        "parameters",
        networks,
        gram,
        full={RATIONALS: 8},
        quick={RATIONALS: 5},
    ),
]
