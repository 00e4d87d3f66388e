"""True certificates about symmetries: gauges, swaps and permutations (theory 6.3 to 6.5, 8.2)."""
from tests.checker import build as b
from tests.checker.build import Json, P


def dense_gauge() -> Json:
    """Two full 2 x 2 layers: any invertible matrix and its inverse fit between them."""
    shapes = [[[0, 1], [0, 0]], [[0, 0], [1, 0]], [[1, 0], [0, -1]]]
    gauge = []
    for z in shapes:
        d = [[0, 2 * r + e, 2 * r + c, z[c][e]] for r in range(2) for c in range(2) for e in range(2) if z[c][e]]
        d += [[1, 2 * e + c, 2 * r + c, -z[e][r]] for r in range(2) for c in range(2) for e in range(2) if z[e][r]]
        gauge.append({"D": d, "Z": [[1, r, c, z[r][c]] for r in range(2) for c in range(2) if z[r][c]]})
    point = [[1, 2, 3, 5], [7, 1, 4, 9]]
    both = {"gauge": "c0", "jacobian_rank": "c1"}
    return b.certificate(
        b.chain(b.full(2, 2), b.full(2, 2)),
        b.bound("jacobian_rank", "upper", 4, "6.3", {"fields": gauge, "prime": P, "point": point}),
        b.bound("jacobian_rank", "lower", 4, "6.1", {"prime": P, "point": point}),
        *(b.verdict(prop, "scaling", "refuted", over, "6.4", {"gauge": "c0"})
          for prop in ("uniform", "generic", "generic-finite") for over in ("QQ", "RR", "CC")),
        b.verdict("generic-finite", "gauge", "proved", "CC", "6.3", {**both, "dimension": 3}),
        b.verdict("ratios", "scaling", "proved", "CC", "6.5", {**both, "blocks": [[[j] for j in range(4)]] * 2}))


def commuting_layers() -> Json:
    """Two circulants of size 3 with two taps: they can be exchanged."""
    one = [[i, i, 1] for i in range(2)]
    circulant = b.layer("circulant", size=[3], support=[[0], [1]])
    return b.certificate(
        b.chain(circulant, circulant),
        *(b.verdict("generic", "scaling", "refuted", over, "8.2c", {"layers": [0, 1], "C": one, "D": one})
          for over in ("QQ", "RR", "CC")),
        *({**b.bound("fibre_count", "lower", 2, "8.2c", {"generic": f"c{i}"}), "over": over}
          for i, over in enumerate(("QQ", "RR", "CC"))))


def turned_layers() -> Json:
    """A row times a column: both are permuted together."""
    turn = [[0, 1, 1], [1, 2, 1], [2, 0, 1]]
    back = [[c, r, v] for r, c, v in turn]
    evidence = {"C": [[0, back], [1, back]], "Z": [[1, turn]]}
    return b.certificate(
        b.chain(b.full(1, 3), b.full(3, 1)), b.verdict("generic", "scaling", "refuted", "QQ", "8.2f", evidence),
        {**b.bound("fibre_count", "lower", 3, "8.2f", {"generic": "c0"}), "over": "QQ"})


CERTIFICATES = (dense_gauge, commuting_layers, turned_layers)
