"""The theory's counterexamples, verified: each shows that a tempting stronger statement is false."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import LARGE, Rows, Vector, kernel, tensor
from exactfact.proving.small.generic import SumsModulo, full_jacobian, multinomial, tangent_test
from exactfact.proving.small.lattice import quotient
from exactfact.proving.small.monomial import Observed, exponents
from exactfact.proving.small.networks import Network, path_identifiable, path_tensors, value, zero_one
from exactfact.proving.small.operators import Operator, clash, jacobian_rank, unit
from exactfact.proving.small.polynomials import classes_at, fibre_length, generic_classes, in_ideal, unknowns
from exactfact.proving.small.sums import Sums
from exactfact.proving.small.uniform import by_definition

CUBE = (2, 2, 2)


def entry_rows(sizes: Vector, outputs: list[dict[str, int]]) -> Rows:
    """Rows from {multi-index: coefficient}; multi-indices are written "000", "101", .."""
    indices = ["".join(map(str, i)) for i in product(*map(range, sizes))]
    return tuple(tuple(output.get(i, 0) for i in indices) for output in outputs)


def _first(*checks: tuple[bool, str]) -> str | None:
    """The first check that fails."""
    return next((text for held, text in checks if not held), None)


def fields_differ() -> str | None:
    """0.3: five entries of 2 x 2 x 2 x 2."""
    sizes = (2, 2, 2, 2)
    seen = ("0001", "0010", "0100", "1000", "1111")
    rows = entry_rows(sizes, [{i: 1} for i in seen])
    ones = ((1, 1),) * 4
    mask = tuple(int(any(row[i] for row in rows)) for i in range(16))
    return _first(
        (classes_at(rows, ones) == 3, "there are not 3 complex classes"),
        (quotient(sizes, exponents(Observed(5, sizes, mask))) == (0, [3]), "the group is not Z/3"),
    )


def models_differ() -> str | None:
    """0.4: generically identifiable, but nowhere on the model h_1 = 0."""
    sizes = (2, 2)
    rows = entry_rows(sizes, [{"00": 1}, {"01": 1}, {"10": 1}])
    h, g = ((0, 1), (1, 0)), ((0, 1), (1, 1))
    values = [[sum(a * t for a, t in zip(row, tensor(x, LARGE), strict=True)) for row in rows] for x in (h, g)]
    return _first(
        (generic_classes(sizes, rows) == 1, "not generically identifiable"),
        (values[0] == values[1] and tensor(h, LARGE) != tensor(g, LARGE), "the two points are no witness"),
    )


def two_elements() -> str | None:
    """4.1: over GF(2) competitors with zero layers matter."""
    operator = Operator(2, (1,), ())
    return _first(
        (by_definition(operator, zero_layers=False), "(i') fails"), (not by_definition(operator), "(i) holds")
    )


def field_in_discriminant() -> str | None:
    """4.3: Ker A = <e_000 - e_011 - e_101 - e_110>: uniform where -1 is no square, GF(3) and GF(7), not over GF(5)."""
    row = entry_rows(CUBE, [{"000": 1, "011": -1, "101": -1, "110": -1}])
    clashes = {p: clash(Operator(p, CUBE, kernel(row, 8, p))) for p in (3, 5, 7)}
    return _first(
        *((clashes[p] is None, f"not uniform over GF({p})") for p in (3, 7)),
        (clashes[5] is not None, "uniform over GF(5)"),
    )


def real_point() -> str | None:
    """5.2c: r = 4 < n = 5, but h = g = e_1 is identifiable over R."""
    sizes = (3, 3)
    rows = entry_rows(sizes, [{"00": 1}, {"10": 1, "01": -1}, {"20": 1, "02": -1}, {"11": 1, "22": 1}])
    ring, (h2, h3, g1, g2, g3) = unknowns(5)  # h_1 = 1 is no loss: h_1 g_1 = 1
    h, g = [ring.one, h2, h3], [g1, g2, g3]
    entries = [a * b for a in h for b in g]
    equations = [sum((c * t for c, t in zip(row, entries, strict=True)), ring.zero) for row in rows]
    equations[0] -= 1
    return _first(
        (len(rows) < 5, "r is not below n"),
        (in_ideal(h2**2 + h3**2, equations, ring), "h_2^2 + h_3^2 = 0 does not follow"),
        (all(in_ideal(f, [*equations, h2, h3], ring) for f in (g1 - 1, g2, g3)), "h = e_1 does not give g = e_1"),
        (classes_at(rows, (unit(3, 0), unit(3, 0))) != 1, "it is identifiable over CC too"),
    )


def w_kernel() -> str | None:
    """5.2e: Ker A = <W>, r = 7 < s_2 = 8, uniform over GF(2), GF(3), GF(5)."""
    row = entry_rows(CUBE, [{"001": 1, "010": 1, "100": 1}])
    found = {p: clash(Operator(p, CUBE, kernel(row, 8, p))) for p in (2, 3, 5)}
    return next((f"over GF({p}): {text}" for p, text in found.items() if text), None)


def w_pencil() -> str | None:
    """5.2e: Ker A = {W_v}, r = 6, uniform over GF(3), GF(5), GF(7), not over GF(2)."""
    basis = entry_rows(CUBE, [{"001": 2, "010": -1, "100": -1}, {"110": 2, "101": -1, "011": -1}])
    found = {p: clash(Operator(p, CUBE, kernel(basis, 8, p))) for p in (2, 3, 5, 7)}
    return _first(
        *((found[p] is None, f"not uniform over GF({p})") for p in (3, 5, 7)),
        (found[2] is not None, "uniform over GF(2)"),
    )


def escaping_point() -> str | None:
    """7.1a: a fibre of one reduced point, two classes generically."""
    rows = entry_rows(CUBE, [{"000": 1}, {"100": 1, "010": 1}, {"110": 1}, {"101": 1}])
    h = ((1, 1), (1, 0), (1, 1))
    return _first(
        (generic_classes(CUBE, rows) == 2, "not 2 classes generically"),
        (classes_at(rows, h) == 1, "the fibre has another class"),
        (jacobian_rank(Operator(LARGE, CUBE, rows), h) == 4, "the point is not reduced"),
    )


def crossing_branches() -> str | None:
    """7.1b: two reduced points in one fibre, r > n, one class generically."""
    rows = entry_rows(CUBE, [{"000": 1, "111": 1}, *({i: 1} for i in ("001", "010", "011", "100", "101", "110"))])
    h, g = ((1, 0),) * 3, ((0, 1),) * 3
    regular = all(jacobian_rank(Operator(LARGE, CUBE, rows), x) == 4 for x in (h, g))
    return _first(
        (regular, "a point is not regular"),
        (classes_at(rows, h) == 2, "the fibre of h has not 2 classes"),
        (generic_classes(CUBE, rows) == 1, "not generically identifiable"),
    )


def zero_value() -> str | None:
    """7.3: with phi(h0) = 0 the test measures the base locus: H = 4, 1, 1, 1."""
    columns = (
        (0, 0, 0, 0), (-2, 1, 0, -1), (3, 0, -2, -2), (2, 2, -1, -3),
        (2, 3, 2, 0), (-1, -3, 3, -3), (-2, 2, 2, 1), (0, -1, -1, 3),
    )  # fmt: skip
    rows = tuple(zip(*columns, strict=True))
    found = [fibre_length(rows, CUBE, d, 32003, (0, 0, 0, 0)) for d in (1, 2, 3, 4)]
    at = classes_at(rows, ((1, 2), (1, 3), (1, 5)))
    return _first((found == [4, 1, 1, 1], f"H = {found}"), (at == 5, f"the fibre of a general point has {at} classes"))


def merged_layers() -> str | None:
    """7.7: (x y) tensor z has two classes; the test refuses it, and accepts it when x and z are merged."""
    product_of_lines = (("00",), ("01", "10"), ("11",))
    outputs = [{f"{i}{z}": 1 for i in group} for group in product_of_lines for z in "01"]
    rows = entry_rows(CUBE, outputs)
    merged = entry_rows((4, 2), [{f"{2 * int(i[0]) + int(i[2])}{i[1]}": 1 for i in output} for output in outputs])
    split, joined = Sums(CUBE, rows), Sums((4, 2), merged)
    return _first(
        (generic_classes(CUBE, rows) == 2, "not 2 classes"),
        (full_jacobian(split) and not tangent_test(split), "the test accepts the three layers"),
        (tangent_test(joined), "the test refuses the merged layers"),
    )


def supports_modulo_p() -> str | None:
    """7.8 (1): (T_11 + p T_22, T_12, T_21) has two classes; modulo p the term T_22 is gone and Lambda would be L_0."""
    rows = entry_rows((2, 2), [{"00": 1, "11": 5}, {"01": 1}, {"10": 1}])
    reduced = exponents(Observed(5, (2, 2), (1, 1, 1, 0)))
    return _first(
        (generic_classes((2, 2), rows) == 2, "not 2 classes"),
        (quotient((2, 2), reduced) == (0, []), "Lambda is not L_0"),
    )


def vanishing_coefficient() -> str | None:
    """7.8 (2): at ((1,1,1),(1,1)) a coefficient vanishes; there are two classes."""
    rows = entry_rows((3, 2), [{"00": 1}, {"11": 1}, {"21": 1}, {"01": 1, "10": 1, "20": -1}])
    found = generic_classes((3, 2), rows)
    return _first((found == 2, f"{found} classes"))


def nonzero_edges() -> str | None:
    """10.2: not 0/1, but identifiable where all edges are nonzero: over GF(3) with N = 5 and GF(5) with N = 4."""
    graph = (("r", "a", 1), ("a", "x", 2), ("a", "y", 2))
    for p, order in ((3, 5), (5, 4)):
        case = Network(p, order, graph, ((0, 1), (0, 1), (0,)))
        if zero_one(case) or path_identifiable(case) or not path_identifiable(case, zero_edges=False):
            return f"fails over GF({p}) with N = {order}"
    return None


def shifted_gcd() -> str | None:
    """10.5e: supports {0,1,2} on three edges; shifting the common factor by one gives a second class."""
    graph = (("r", "a", 1), ("a", "x", 2), ("a", "y", 2))
    case = Network(0, 7, graph, ((0, 1, 2),) * 3)
    h, g = ((1, 1, 0), (0, 1, 2), (0, 1, 3)), ((0, 1, 1), (1, 2, 0), (1, 3, 0))
    same = value(case, h, LARGE) == value(case, g, LARGE)
    differ = path_tensors(case, h, LARGE) != path_tensors(case, g, LARGE)
    return _first((same, "the values differ"), (differ, "one class"))


def one_segre_degree() -> str | None:
    """7.4: three polynomials of degree 1: 6 classes, where 0/1 rows might suggest uniqueness."""
    rows = entry_rows(CUBE, [{"000": 1}, {"001": 1, "010": 1, "100": 1}, {"011": 1, "101": 1, "110": 1}, {"111": 1}])
    return multinomial(SumsModulo(Sums(CUBE, rows), 3, ()))


def _one(statement: str, claim: str, verify: Callable[[], str | None]) -> SmallCase:
    def only(_: int, __: int) -> Iterator[str]:
        yield claim

    return SmallCase(
        f"{statement}-counterexample",
        claim,
        "this one example, over the fields named",
        "",
        only,
        lambda _: verify(),
        full={RATIONALS: 1},
        quick={RATIONALS: 1},
        sympy=True,
    )


CASES = [
    _one(
        "0.3",
        "entries 0001, 0010, 0100, 1000, 1111 of 2x2x2x2: 3 classes over CC, group Z/3, so one over R and Q",
        fields_differ,
    ),
    _one(
        "0.4",
        "(h_1 g_1, h_1 g_2, h_2 g_1) is generically identifiable, not at points of the model h_1 = 0",
        models_differ,
    ),
    _one("4.1", "K = S = 1, A = 0 over GF(2): competitors with a zero layer cannot be left out", two_elements),
    _one(
        "4.3",
        "Ker A = <e_000 - e_011 - e_101 - e_110>: uniform over GF(3) and GF(7), not over GF(5)",
        field_in_discriminant,
    ),
    _one("5.2c", "r = 4 < n = 5, yet h = g = e_1 is identifiable over R (not over CC)", real_point),
    _one("5.2e", "Ker A = <W>, r = 7 < s_2 = 8: uniformly identifiable over GF(2), GF(3), GF(5)", w_kernel),
    _one("5.2e'", "Ker A = {W_v}, r = 6: uniformly identifiable over GF(3), GF(5), GF(7), not over GF(2)", w_pencil),
    _one("7.1a", "a fibre that is one reduced point, but two classes generically", escaping_point),
    _one("7.1b", "a fibre with two reduced points and r > n, but one class generically", crossing_branches),
    _one("7.3", "phi(h0) = 0 gives H = 4, 1, 1, 1, but the fibre of a general point has 5 classes", zero_value),
    _one("7.4", "the product of three polynomials of degree 1 has 6 classes", one_segre_degree),
    _one(
        "7.7",
        "(x y) tensor z has two classes: refused, but accepted when x and z are merged into one layer",
        merged_layers,
    ),
    _one("7.8", "(T_11 + 5 T_22, T_12, T_21) has two classes; supports read modulo 5 would say one", supports_modulo_p),
    _one(
        "7.8'",
        "(T_11, T_22, T_32, T_12 + T_21 - T_31) has two classes; a coefficient vanishes at the point of ones",
        vanishing_coefficient,
    ),
    _one(
        "10.2",
        "a count of 2, but path-identifiable where all edges are nonzero (GF(3), N = 5; GF(5), N = 4)",
        nonzero_edges,
    ),
    _one("10.5e", "the common factor of two leaves is not unique: a shift by one gives a second class", shifted_gcd),
]
