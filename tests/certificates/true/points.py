"""True certificates about one point by identities and by algebraic competitors (theory 7.5)."""
from tests.checker import build as b
from tests.checker.build import Json, P


def double_root() -> Json:
    """(1 + x)^2: the square of the ratio of the first layer lies in the ideal, then the second is read off."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    spec = b.chain(b.layer("convolution", length=[2], kernel=[2], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[1, 1], [1, 1]])
    # phi = (x_1 x_3, x_0 x_3 + x_1 x_2, x_0 x_2), y = (1, 2, 1):
    # x_0 x_1 (phi_1 - 2 phi_0) - x_1^2 (phi_2 - phi_0) = (x_1 - x_0)^2 phi_0; then -(phi_1 - 2 phi_0) = x_3 - x_2
    square = {"layer": 0, "pivot": 0, "cell": 0, "exponent": 2, "degree": 1,
              "cofactors": [[1, [[1, [0, 1], 1], [2, [1, 1], -1]]]]}
    line = {"layer": 1, "pivot": 0, "cell": 0, "exponent": 1, "degree": 0, "cofactors": [[1, [[1, [], -1]]]]}
    return b.certificate(spec, b.verdict("at-point", "scaling", "proved", "CC", "7.5", {"steps": [square, line]}))


def _quadratic_and_linear(square: int) -> Json:
    """(x^2 - square)(x - 1), written as a quadratic and a linear polynomial, the constants first."""
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    return b.chain(b.layer("convolution", length=[2], kernel=[3], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[-square, 0, 1], [-1, 1]])


def _other_linear_factors(square: int) -> Json:
    """The competitors (x - 1)(x + t), x - t with t^2 = square, times f' = 2t; u = -g_{1,0} / g_{1,1} = t."""
    numerators = [[[-2 * square], [2 * square, -2], [0, 2]], [[-2 * square], [0, 2]]]
    family = {"polynomial": [-square, 0, 1], "numerators": numerators, "scales": [1, 1]}
    return {"prime": P, "pivots": [2, 1], "weights": [[0, 0, 0], [-1, 0]], "families": [family]}


def square_root_of_two() -> Json:
    """Three complex classes, all real, one rational."""
    evidence = _other_linear_factors(2)
    return b.certificate(
        _quadratic_and_linear(2),
        b.verdict("at-point", "scaling", "refuted", "RR", "7.5r", evidence),
        b.verdict("at-point", "scaling", "proved", "QQ", "7.5r", {**evidence, "degree": 3, "rootless": [3]}))


def square_root_of_minus_one() -> Json:
    """Three complex classes, one real."""
    evidence = _other_linear_factors(-1)
    return b.certificate(
        _quadratic_and_linear(-1),
        b.verdict("at-point", "scaling", "refuted", "CC", "7.5r", evidence),
        b.verdict("at-point", "scaling", "proved", "RR", "7.5r", {**evidence, "degree": 3}))


def two_pairs_of_roots() -> Json:
    """(x^2 + 1)(x^2 + 4)(x - 1), a quartic and a linear polynomial: one class is real, two pairs are not.

    (x - 1)(x + t)(x^2 + 4), x - t with t^2 = -1, and the same with 1 and 4 exchanged, times 2 t.
    """
    keys = {"in_channels": 1, "out_channels": 1, "stride": 1, "dilation": 1, "padding": "full"}
    spec = b.chain(b.layer("convolution", length=[2], kernel=[5], **keys),
                   b.layer("convolution", length=[1], kernel=[2], **keys), point=[[4, 0, 5, 0, 1], [-1, 1]])
    one = {"polynomial": [1, 0, 1], "scales": [1, 1],
           "numerators": [[[8], [-8, -8], [2, 8], [-2, -2], [0, 2]], [[2], [0, 2]]]}
    two = {"polynomial": [4, 0, 1], "scales": [1, 1],
           "numerators": [[[8], [-8, -2], [8, 2], [-8, -2], [0, 2]], [[8], [0, 2]]]}
    evidence = {"prime": P, "pivots": [4, 1], "weights": [[0] * 5, [-1, 0]], "families": [one, two]}
    return b.certificate(
        spec, b.verdict("at-point", "scaling", "proved", "RR", "7.5r", {**evidence, "degree": 5}),
        b.verdict("at-point", "scaling", "refuted", "CC", "7.5r", {**evidence, "families": [two]}))


CERTIFICATES = (double_root, square_root_of_two, square_root_of_minus_one, two_pairs_of_roots)
