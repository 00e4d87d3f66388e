"""Every small case holds on its quick range; every kind of check finds the counterexample to a false variant."""

import itertools
import re
import tomllib
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import factorial, prod
from pathlib import Path

import pytest

from exactfact.proving.small import (
    branch_and_bound,
    convolutions,
    elimination,
    gauge,
    generic,
    identities,
    metric,
    networks,
    quadratic,
    rank,
    recovery,
    segre,
    stability,
    thresholds,
    torus,
    uniform,
)
from exactfact.proving.small.case import RATIONALS, SmallCase
from exactfact.proving.small.finite import kernel, tensor, times
from exactfact.proving.small.operators import clash, fibres, unit
from exactfact.proving.small.polynomials import classes_at, generic_classes, generic_rank
from exactfact.proving.small.runner import run
from exactfact.proving.small.table import ABSENT, ALL, find, statements

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = ("1.1", "1.2", "1.4", "2.1", "2.2", "11.1", "11.2")


def quick(case: SmallCase):
    return run(case, case.sizes(quick=True, only=None, largest=None))


@pytest.mark.parametrize("case", ALL, ids=[f"{case.statement}-{i}" for i, case in enumerate(ALL)])
def test_the_statement_holds_on_its_quick_range(case):
    outcome = quick(case)
    assert outcome.status == "proved", (outcome.counterexample, outcome.reason)
    assert outcome.cases >= outcome.tested > 0


@pytest.mark.parametrize("statement", ["7.1b", "7.3", "7.4"])
def test_the_hypothesis_of_a_rare_certificate_is_met_by_a_hundred_cases_at_least(statement):
    assert quick(find(statement)[0]).tested >= 100


@pytest.mark.slow
@pytest.mark.parametrize("case", ALL, ids=[f"{case.statement}-{i}" for i, case in enumerate(ALL)])
def test_the_statement_holds_on_its_full_range(case):
    outcome = run(case, case.sizes(quick=False, only=None, largest=None))
    assert outcome.status == "proved", (outcome.counterexample, outcome.reason)


def test_every_statement_of_the_registry_is_proved_here_or_says_why_not():
    registered = set(tomllib.loads((ROOT / "proofs" / "registry.toml").read_text())["statement"])
    assert {"0.1", "4.3", "12.7"} <= registered
    assert (registered | set(BLOCKS)) <= set(statements()) | set(ABSENT)
    assert not set(statements()) & set(ABSENT)


def test_quick_ranges_are_parts_of_full_ranges():
    for case in ALL:
        assert set(case.quick) <= set(case.full), case.statement
        assert all(case.quick[p] <= case.full[p] for p in case.quick), case.statement


def test_the_cases_import_nothing_that_certifies():
    for path in (ROOT / "exactfact" / "proving" / "small").glob("*.py"):
        imported = re.findall(r"(?:from|import) (exactfact[\w.]*)", path.read_text())
        assert all(name.startswith("exactfact.proving.small") for name in imported), path.name


def test_the_extra_is_declared():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert any(name.startswith("sympy") for name in extras["prove"])


def only_itself(case):
    others = segre._by_tensor(case.field, tuple(map(len, case.h)))[tensor(case.h, case.field)]
    return None if others == [case.h] else "others"


def flattenings_suffice(case):
    small = all(rank.rank(segre._slices(case.sizes, case.entries, k), case.field) <= 2 for k in range(len(case.sizes)))
    return None if small == (case.entries in segre._rank_two(case.field, case.sizes)) else "flattenings mislead"


def ranks_agree(case):
    return None if rank.rank(case.rows, 2) >= rank.rank(case.rows, rank.LARGE) else "smaller modulo 2"


def narrow_layer_bounds(case):
    return None if rank.matrix_rank(case) <= 2 else "above the width of the hidden layer"


def few_primes(case):
    return None if rank.rank(case.rows, 2) >= rank.rank(case.rows, rank.LARGE) else "one prime is not enough"


def uniform_without_zero_edges(case):
    found = networks.path_identifiable(case, zero_edges=False)
    return None if networks.zero_one(case) == found else "nonzero edges help"


def layers_only(case):
    """False: path equivalence as one scalar a layer."""
    groups = {}
    for h in networks.all_h(case, zero_edges=False):
        groups.setdefault(networks.path_tensors(case, h, case.field), []).append(h)
    layers = max(e[2] for e in case.graph)
    expected = (case.field - 1) ** (layers - 1)
    return None if all(len(g) == expected for g in groups.values()) else "a node is rescaled alone"


def every_line_is_uniform(case):
    rows = kernel((case.entries,), len(case.entries), case.field)
    return clash(uniform.Operator(case.field, case.sizes, rows))


def as_many_as_generically(case):
    """False: every product of forms has the generic number of classes."""
    degrees = [len(layer) - 1 for layer in case.h]
    expected = factorial(sum(degrees)) // prod(map(factorial, degrees))
    found = classes_at(convolutions.multiplication(convolutions.intervals(case.h)), case.h)
    return None if found == expected else "roots coincide"


def factors_once(case):
    """False: multiplicities of the factors may be forgotten."""
    sizes = tuple(map(len, case.h))
    pieces = Counter({v for layer in case.h for v in convolutions.factors(layer, case.field)})
    value = times(convolutions.multiplication(convolutions.intervals(case.h)), tensor(case.h, case.field), case.field)
    expected = convolutions.splittings(pieces, tuple(s - 1 for s in sizes))
    return None if convolutions._fibres(case.field, sizes)[value] == expected else "a factor occurs twice"


def one_more_field(case):
    bound = sum(case.sizes) - gauge.independent(case) - 1
    return None if generic_rank(*case) <= bound else "the bound is sharp"


def always(_):
    return True


FALSE = [
    ("1.1", {"conclusion": only_itself}),
    ("1.4", {"conclusion": flattenings_suffice, "quick": {2: 8}}),
    ("2.3", {"conclusion": ranks_agree}),
    ("2.4", {"conclusion": narrow_layer_bounds, "quick": {RATIONALS: 4}}),
    ("2.6", {"conclusion": few_primes}),
    ("2.7b", {"hypothesis": always}),
    ("4.1'", {"hypothesis": always, "quick": {2: 1}}),
    ("4.2", {"conclusion": uniform.uniform, "hypothesis": always}),
    ("4.3", {"conclusion": every_line_is_uniform}),
    ("5.2a", {"hypothesis": always}),
    ("8.1", {"hypothesis": always}),
    ("8.2a", {"hypothesis": always}),
    ("6.1", {"hypothesis": always}),
    ("6.2", {"hypothesis": always}),
    ("6.4", {"hypothesis": always}),
    ("6.5", {"conclusion": lambda case: None if not gauge.moved(case) else "every ratio is fixed"}),
    ("7.1b", {"hypothesis": always}),
    ("7.3", {"hypothesis": always}),
    ("7.4", {"hypothesis": always}),
    ("7.7", {"hypothesis": always}),
    ("7.7", {"hypothesis": generic.full_jacobian}),
    ("7.8", {"hypothesis": always}),
    ("8.2c", {"hypothesis": always}),
    ("8.2f", {"hypothesis": always}),
    ("12.5", {"hypothesis": always}),
    ("9.1", {"hypothesis": always}),
    ("9.3b", {"hypothesis": always, "quick": {3: 6}}),
    ("9.4", {"hypothesis": lambda case: len(case.layers) == 2, "quick": {3: 6}}),
    ("9.5", {"hypothesis": lambda case: len(case.layers) == 3, "quick": {3: 6}}),
    ("10.1", {"conclusion": uniform_without_zero_edges, "quick": {3: 5}}),
    ("10.2", {"conclusion": layers_only, "quick": {3: 4}}),
    ("6.3", {"conclusion": one_more_field}, 1),
    ("10.3a", {"hypothesis": always}),
    ("10.5p", {"conclusion": factors_once}),
    ("10.5r", {"conclusion": as_many_as_generically}),
    ("10.5b", {"conclusion": lambda case: None if convolutions.coprime(case) else "a common factor"}),
    ("10.3b", {"hypothesis": always}),
    ("11.1", {"conclusion": lambda case: metric.theorem_one(case, constant=Fraction(3, 2)), "quick": {RATIONALS: 1}}),
    ("4.4", {"hypothesis": always}),
    ("4.4", {"hypothesis": lambda case: bool(thresholds._cubics(case.matrix)), "quick": {RATIONALS: 4}}),
    ("5.2b", {"hypothesis": always}),
    ("5.2c", {"hypothesis": always}),
    ("5.2d", {"conclusion": lambda case: None if thresholds.rank_two_over(*case, real=False) else "W-type"}),
    ("7.5", {"conclusion": lambda case: None if classes_at(case.operator.rows, case.h) == 1 else "several"}),
    ("11.1", {"conclusion": lambda case: metric.theorem_one(case, constant=Fraction(1))}),
    ("11.1", {"cases": partial(branch_and_bound.two_layers, constant=Fraction(3, 2) - Fraction(1, 1000))}, 2),
    ("11.1", {"cases": partial(branch_and_bound.two_layers, constant=Fraction(1))}, 2),
    ("11.1", {"cases": partial(branch_and_bound.one_wide_layer, lower_by=Fraction(1, 10))}, 3),
    ("12.6", {"hypothesis": always}),
    ("6.1b", {"hypothesis": always}),
    ("3.3", {"conclusion": partial(rank.two_sided, spanning=False)}),
    ("9.0", {"conclusion": lambda case: None if len(torus.labels_of_product_one(case)) == 1 else "not all are 1"}),
    ("9.3a", {"hypothesis": always}),
    ("10.6", {"hypothesis": always, "quick": {RATIONALS: 4}}),
    ("10.4p", {"hypothesis": recovery.close, "quick": {RATIONALS: 4}}),
    ("12.1", {"conclusion": partial(recovery.recovered, constant=Fraction(1, 2))}),
    ("12.3", {"conclusion": partial(stability.null_space_property, gamma=Fraction(1))}),
    ("12.4", {"hypothesis": always}),
    ("12.4", {"hypothesis": lambda case: not any(quadratic.image(case.rows, stability.derivative(case.h, case.b)))}),
    ("12.7", {"conclusion": partial(recovery.grows, curvature=Fraction(0))}),
]


@pytest.mark.parametrize("number", range(len(FALSE)), ids=[f"{row[0]}-{i}" for i, row in enumerate(FALSE)])
def test_a_false_variant_has_a_counterexample(number):
    statement, changes, *position = FALSE[number]
    outcome = quick(replace(find(statement)[position[0] if position else 0], **changes))
    assert outcome.status == "false"
    assert outcome.counterexample is not None and outcome.reason


def test_the_counterexample_is_a_smallest_one():
    case = replace(find("4.1'")[0], hypothesis=None)
    outcome = run(case, {2: 4})
    assert outcome.counterexample == uniform.Operator(2, (1,), ())


def test_a_wrong_secant_dimension_is_noticed(monkeypatch):
    monkeypatch.setattr(segre, "secant_dimension", lambda sizes: 2 + 2 * sum(s - 1 for s in sizes))
    outcome = quick(find("1.2")[0])
    assert outcome.status == "false"


def test_relations_that_vanish_in_characteristic_two_certify_wrong_fibres(monkeypatch):
    """Theory 7.2: A_a x e_b + A_b x e_a with a = b is 0 modulo 2; without A_a x e_a there are too many relations."""

    def too_many(operator, k):
        p, sizes, rows = operator
        others = [[unit(s, i) for i in range(s)] for j, s in enumerate(sizes) if j != k]
        spanning = []
        for rest in itertools.product(*others):
            at = [times(rows, tensor((*rest[:k], unit(sizes[k], a), *rest[k:]), p), p) for a in range(sizes[k])]
            for a, b in itertools.combinations_with_replacement(range(sizes[k]), 2):
                pairs = zip(at[a], at[b], strict=True)
                spanning.append([y * (j == b) + z * (j == a) for y, z in pairs for j in range(sizes[k])])
        found = kernel(spanning, len(rows) * sizes[k], p)
        return tuple(tuple(row[i * sizes[k] : (i + 1) * sizes[k]] for i in range(len(rows))) for row in found)

    elimination.certified_fibres.cache_clear()
    fibres.cache_clear()
    monkeypatch.setattr(elimination, "relations", too_many)
    outcome = run(find("7.2")[0], {2: 6})
    elimination.certified_fibres.cache_clear()
    assert outcome.status == "false"


def test_a_nonzero_end_breaks_telescoping():
    broken = replace(find("6.3")[0], conclusion=_open_end)
    assert quick(broken).status == "false"


def _open_end(case):
    from exactfact.proving.small.polynomials import multiply, symbols

    names = iter(symbols(case.widths[0] * case.widths[1] + case.widths[1] ** 2))
    layer = [[next(names) for _ in range(case.widths[1])] for _ in range(case.widths[0])]
    z = [[next(names) for _ in range(case.widths[1])] for _ in range(case.widths[1])]
    return identities._zero(multiply(layer, z))


def test_numbers_of_classes_that_are_known():
    squares = ((1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 0, 1))
    assert generic_classes((2, 2), squares) == 2
    assert classes_at(squares, ((1, 1), (1, 1))) == 1
    assert classes_at(squares, ((1, 1), (1, 2))) == 2
    assert generic_classes((2, 2), squares[:2]) == -1


def test_peeling_needs_connected_terms():
    full = ((1, 1), (1, 1))
    assert not torus.peels(full, full)
    assert torus.peels(((1, 0), (0, 1)), ((1, 0), (0, 1)))


def test_a_run_ends_at_its_limits():
    case = find("1.1")[0]
    assert run(case, {2: 64}, time_limit=0.2).status == "unfinished"
    greedy = replace(case, cases=lambda p, size: iter([bytearray(10**9)]))
    assert run(greedy, {2: 1}, memory_limit=10**8).status == "unfinished"
