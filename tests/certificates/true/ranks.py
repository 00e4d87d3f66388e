"""True certificates about the rank of A (theory 2.3 to 2.7), over QQ and finite fields."""
from tests.certificates.chain_evidence import chain_evidence
from tests.checker import build as b
from tests.checker.build import Json, P


def lifting_by_columns() -> Json:
    """Two layers with prod S_k = rank: everything about a zero kernel."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0, 0], [0, 0, 1, 0]], [[0, 1, 0, 0], [0, 0, 0, 1]]),
                   model=[{"layer": 0, "supports": [[0], [0, 1]]}, {"layer": 1, "sparsity": 2}],
                   point=[[1, 2], [3, "1/2"]])
    everything = [[i, j] for i in range(2) for j in range(2)]
    proofs = [b.verdict(prop, "scaling", "proved", "CC", "4.2", {"rank": "c0"}, model)
              for prop, model in (("uniform", "full"), ("generic", "full"), ("generic-finite", "full"),
                                  ("at-point", "full"), ("uniform", "spec"), ("at-point", "spec"))]
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": P, "columns": everything}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "lifted"}), *proofs,
        b.bound("jacobian_rank", "lower", 3, "6.1", {"prime": P, "point": [[1, 5], [7, 9]]}),
        b.bound("jacobian_rank", "upper", 3, "6.1", {"bound": "dimension"}),
        b.verdict("generic-finite", "scaling", "proved", "CC", "6.1", {"jacobian_rank": "c8"}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": P}),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[1, 2], [-3, "-1/2"]]]}),
        notes=[{"property": "stable", "status": "undecided"}])


def diagonal_times_dense() -> Json:
    """diag(2) times a full 2 x 2 layer: rank 4 of 8 columns, every upper bound, not identifiable."""
    spec = b.chain(b.diagonal(2), b.full(2, 2), point=[[1, 1], [1, 1, 1, 1]])
    columns = [[0, 0], [0, 1], [1, 2], [1, 3]]
    witness = {"h": [[1, 1], [1, 1, 1, 1]], "g": [[2, 1], ["1/2", "1/2", 1, 1]]}
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": 2, "columns": columns}),
        b.bound("rank", "lower", 4, "2.7b", {"rows": [0, 1, 2, 3], "columns": columns}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "ambient"}),
        b.bound("rank", "upper", 4, "2.4", {"bound": "support"}),
        b.bound("rank", "upper", 8, "2.4", {"bound": "lifted"}),
        b.bound("rank", "upper", 8, "2.4", {"bound": "cut", "cut": 1}),
        b.bound("rank", "upper", 4, "2.7a", {"cover_rows": [0, 1, 2, 3], "cover_columns": []}),
        b.bound("rank", "upper", 4, "2.7a", {"cover_rows": [2, 3], "cover_columns": [[0, 0], [0, 1]]}),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec)),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec, True, P)),
        b.bound("rank", "upper", 4, "2.6", {"primes": [101]}),
        b.bound("jacobian_rank", "upper", 4, "6.2", {"rank": "c2"}),
        b.verdict("generic", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("generic-finite", "scaling", "refuted", "RR", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("uniform", "scaling", "refuted", "QQ", "8.1", witness),
        b.verdict("at-point", "scaling", "refuted", "QQ", "8.1", witness),
        b.verdict("uniform", "scaling", "refuted", "RR", "6.2", {"jacobian_rank": "c11"}),
        b.verdict("at-point", "scaling", "refuted", "CC", "6.2", {"jacobian_rank": "c11"}))


def cyclic_layers() -> Json:
    """Circulant layers on Z/4 and on Z/2 x Z/2: as many reachable cells in the first row."""
    ring = b.chain(*[b.layer("circulant", size=[4], support=[[0], [1]]) for _ in range(2)])
    return b.certificate(ring, b.bound("rank", "upper", 3, "2.4", {"bound": "cyclic", "group": [4]}),
                         b.bound("rank", "lower", 3, "2.3", {"prime": P, "samples": {"seed": 1, "count": 5}}))


def cyclic_plane() -> Json:
    """The same with two generators."""
    plane = b.chain(b.layer("circulant", size=[2, 2], support=[[0, 0], [1, 1]]),
                    b.layer("circulant", size=[2, 2], support=[[0, 0], [-1, 1]]))
    return b.certificate(plane, b.bound("rank", "upper", 2, "2.4", {"bound": "cyclic", "group": [2, 2]}))


def finite_field() -> Json:
    """A chain over GF(5): uniform and at-point only."""
    spec = b.chain(b.full(1, 2), b.basis([[1, 0, 0, 0], [0, 0, 4, 0]], [[0, 2, 0, 0], [0, 0, 0, 3]]), field="GF(5)",
                   point=[[1, 0], [0, 4]])
    field = "GF(5)"
    return b.certificate(
        spec, b.bound("rank", "lower", 4, "2.3", {"prime": 5, "columns": [[0, 0], [0, 1], [1, 0], [1, 1]]}, field),
        b.bound("rank", "upper", 4, "2.6", {"primes": [5]}, field),
        b.bound("rank", "upper", 4, "3.1", chain_evidence(spec), field),
        b.verdict("uniform", "scaling", "proved", field, "4.2", {"rank": "c0"}),
        b.verdict("at-point", "scaling", "proved", field, "4.2", {"rank": "c0"}),
        b.bound("jacobian_rank_at_point", "lower", 3, "6.1b", {"prime": 5}, field),
        b.bound("jacobian_rank_at_point", "upper", 3, "6.1b", {"kernel": [[[2, 0], [0, 2]]]}, field))


def finite_field_two() -> Json:
    """Over GF(2), where a rank drops: rank 1, refuted there."""
    spec = b.chain(b.basis([[1, 1]], [[1, 0]]), b.basis([[1], [1]], [[0], [1]]), field="GF(2)")
    return b.certificate(
        spec, b.bound("rank", "upper", 1, "2.4", {"bound": "ambient"}, "GF(2)"),
        b.bound("rank", "lower", 1, "2.3", {"prime": 2, "columns": [[0, 0], [0, 1]]}, "GF(2)"),
        b.verdict("uniform", "scaling", "refuted", "GF(2)", "8.1", {"h": [[1, 0], [1, 0]], "g": [[0, 0], [1, 0]]}))


def families() -> Json:
    """One chain through the other families, rank by derived samples, bounds by supports."""
    spec = b.chain(
        b.layer("butterfly", size=4, level=1), b.layer("circulant", size=[2, 2], support=[[0, 0], [1, -1]]),
        b.layer("kronecker", left=2, right=1, of=b.layer("toeplitz", rows=2, cols=2, diagonals=[0, -1])),
        b.layer("block_diagonal", blocks=[b.diagonal(2), b.full(2, 1)]),
        b.layer("convolution", length=[2], kernel=[2], in_channels=1, out_channels=1, stride=1, dilation=1,
                padding="full"), title="families: \\input{x} $ % <script>")
    return b.certificate(spec, b.bound("rank", "upper", 8, "2.4", {"bound": "ambient"}))


CERTIFICATES = (lifting_by_columns, diagonal_times_dense, cyclic_layers, cyclic_plane, finite_field, finite_field_two,
                families)
