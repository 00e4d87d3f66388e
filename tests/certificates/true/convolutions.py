"""True certificates about chains of convolutions and their factors (theory 10.5)."""
from tests.checker import build as b
from tests.checker.build import Json


def line_and_cubic() -> Json:
    """A network whose two edges are a line and a cubic over Z/16, where nothing wraps around."""
    spec = b.line([16], [0, 1], [0, 1, 2, 3], point=[[1, 1], [1, 0, 0, 2]])
    count = {"fibre_count": "c0"}
    factors = {**count, "factors": [[[[0], 1], [[1], 1]], [[[0], 1], [[3], 2]]], "exponents": [[1, 0], [0, 1]],
               "proofs": [None, {"prime": 7, "factors": [[4, 0, 0, 1]]}]}
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 4, "10.5", {"shifts": [[[0], [1]], [[0], [1], [2], [3]]]}, "CC"),
        b.bound("fibre_count", "lower", 4, "10.5", count, "CC"),
        b.bound("fibre_count", "lower", 2, "10.5", count, "RR"),
        b.bound("fibre_count", "upper", 4, "10.5", count, "QQ"),
        b.verdict("generic", "scaling", "refuted", "CC", "10.5", count),
        b.verdict("generic", "path-scaling", "refuted", "RR", "10.5", count),
        b.verdict("hilbert-generic", "scaling", "proved", "QQ", "10.5", count),
        b.verdict("generic-finite", "path-scaling", "proved", "CC", "10.5a", count),
        b.verdict("at-point", "scaling", "proved", "QQ", "10.5p", factors),
        b.verdict("at-point", "path-scaling", "refuted", "RR", "10.5r", count))


def dilated_layers() -> Json:
    """Layers of dilations 1 and 2, identifiable for generic points; at h* both are powers of one linear form."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "padding": "valid"}
    spec = b.chain(b.layer("convolution", length=[5], kernel=[3], dilation=1, **keys),
                   b.layer("convolution", length=[7], kernel=[2], dilation=2, **keys), point=[[0, 0, 3], [0, 2]])
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 1, "10.5", {"shifts": [[[0], [1], [2]], [[0], [2]]]}, "CC"),
        b.verdict("generic", "scaling", "proved", "CC", "10.5", {"fibre_count": "c0"}),
        b.verdict("at-point", "scaling", "proved", "CC", "10.5r", {"fibre_count": "c0"}))


def triangle_and_segment() -> Json:
    """A triangle and a segment in the plane, irreducible over CC at the point."""
    spec = b.line([0, 0], [[0, 0], [1, 0], [0, 1]], [[0, 0], [1, 0]], point=[[1, 1, 1], [1, 2]])
    factors = [[[[0, 0], 1], [[0, 1], 1], [[1, 0], 1]], [[[0, 0], 1], [[1, 0], 2]]]
    shifts = [[[0, 0], [1, 0], [0, 1]], [[0, 0], [1, 0]]]
    proofs = [{"prime": 5, "axis": 0, "values": [1, 1], "point": [1, 3]}, None]
    evidence = {"fibre_count": "c0", "factors": factors, "exponents": [[1, 0], [0, 1]], "proofs": proofs}
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 1, "10.5", {"shifts": shifts}, "CC"),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.5p", evidence))


def line_without_a_layer() -> Json:
    """A point with a zero edge: one class modulo path-scaling."""
    spec = b.line([0], [0, 1], [0, 1, 2], point=[[0, 0], [1, 0, 2]])
    return b.certificate(
        spec, b.bound("fibre_count", "upper", 3, "10.5", {"shifts": [[[7], [8]], [[0], [1], [2]]]}, "CC"),
        b.verdict("at-point", "path-scaling", "proved", "CC", "10.5a", {"fibre_count": "c0"}))


CERTIFICATES = (line_and_cubic, dilated_layers, triangle_and_segment, line_without_a_layer)
