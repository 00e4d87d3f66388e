"""Mixed radix and counting: every proof is checked by its definition, and the search against exhaustive search."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from exactfact.lifting.mixed_radix import Digits, distinct_digits, mixed_radix, superincreasing
from exactfact.lifting.path_counts import element_counts
from exactfact.lifting.pigeonhole import pigeonhole
from tests.architectures import chain

from .brute_networks import path_indices, random_network


def sums_are_distinct(supports, group):
    sums = [
        tuple(sum(tap[i] for tap in taps) % n if n else sum(tap[i] for tap in taps) for i, n in enumerate(group))
        for taps in itertools.product(*supports)
    ]
    return len(set(sums)) == len(sums)


def holds(digits: Digits, supports, group) -> bool:
    """The conditions of docs/certificate.md, section 5, word by word."""
    assert sorted(digits.order) == list(range(len(supports)))
    if digits.moduli is None:
        before = 0
        for k in digits.order:
            values = sorted(tap[0] for tap in supports[k])
            if any(b - a <= before for a, b in itertools.combinations(values, 2)):
                return False
            before += values[-1] - values[0]
        return len(group) == 1 and (not group[0] or before < group[0])
    moduli = digits.moduli
    assert len(moduli) == len(supports) + 1
    assert set(moduli[0]) == {1}
    for axis, n in enumerate(group):
        assert all(b[axis] % a[axis] == 0 for a, b in itertools.pairwise(moduli))
        assert not n or n % moduli[-1][axis] == 0
    for k, coarse, fine in zip(digits.order, moduli, moduli[1:], strict=False):
        for s, t in itertools.combinations(supports[k], 2):
            if any((a - b) % n for a, b, n in zip(s, t, coarse, strict=True)):
                return False
            if not any((a - b) % n for a, b, n in zip(s, t, fine, strict=True)):
                return False
    return True


def exists(supports, n) -> bool:
    """Whether some order and some chain of divisors works for Z/n (exhaustive)."""
    divisors = [d for d in range(1, n + 1) if n % d == 0]
    for order in itertools.permutations(range(len(supports))):
        for chosen in itertools.product(divisors, repeat=len(supports)):
            moduli = (1, *chosen)
            if all(b % a == 0 for a, b in itertools.pairwise(moduli)) and holds(
                Digits(order, tuple((m,) for m in moduli)), supports, (n,)
            ):
                return True
    return False


@pytest.mark.parametrize("seed", range(150))
def test_the_greedy_search_is_complete_on_cyclic_groups(seed):
    rng = random.Random(seed)
    n = rng.choice([4, 6, 8, 12])
    steps = [d for d in range(1, n) if n % d == 0]
    supports = [
        tuple((rng.randrange(n // step) * step % n,) for _ in range(2))
        for step in (rng.choice(steps) for _ in range(rng.randint(1, 3)))
    ]
    supports = [tuple(dict.fromkeys(support)) for support in supports]
    found = mixed_radix(supports, (n,))
    assert (found is not None) == exists(supports, n)
    if found is not None:
        assert holds(found, supports, (n,))
        assert sums_are_distinct(supports, (n,))


@pytest.mark.parametrize("seed", range(200))
def test_every_proof_is_sound_in_several_dimensions(seed):
    rng = random.Random(seed)
    group = rng.choice([(0,), (16,), (8, 0), (9, 6), (0, 0)])
    supports = []
    for _ in range(rng.randint(1, 4)):
        scale = [rng.choice([1, 2, 3, 4, 6]) for _ in group]
        taps = {
            tuple(rng.randint(0, 2) * s % n if n else rng.randint(-1, 2) * s for s, n in zip(scale, group, strict=True))
            for _ in range(3)
        }
        supports.append(tuple(taps))
    for found in (mixed_radix(supports, group), superincreasing(supports, group)):
        if found is not None:
            assert holds(found, supports, group)
            assert sums_are_distinct(supports, group)


@pytest.mark.parametrize("seed", range(100))
def test_superincreasing_is_complete(seed):
    rng = random.Random(seed)
    n = rng.choice([0, 30])
    supports = [tuple((v,) for v in rng.sample(range(12), rng.randint(1, 2))) for _ in range(rng.randint(1, 4))]
    orders = (Digits(order, None) for order in itertools.permutations(range(len(supports))))
    assert (superincreasing(supports, (n,)) is not None) == any(holds(d, supports, (n,)) for d in orders)


def test_twenty_layers_of_five_taps():
    """5^20 path indices over Z/5^20, in any order of the layers; over Z/(5^20 - 1) there are too many of them."""
    n = 5**20
    supports = [[i * 5**k for i in range(5)] for k in range(20)]
    random.Random(3).shuffle(supports)
    network = chain([n], supports)
    started = time.process_time()
    found = distinct_digits(network)
    assert time.process_time() - started < 0.2
    assert found is not None
    assert holds(found, [network.effective_support(e) for e in range(20)], (n,))
    assert pigeonhole(network) is None
    wrapped = chain([n - 1], supports)
    assert distinct_digits(wrapped) is None
    crowded = pigeonhole(wrapped)
    assert (crowded.leaf, crowded.count, crowded.size, crowded.least_maximum) == ("in", n, n - 1, 2)


def test_a_coordinate_without_wrap_gets_moduli_that_are_not_zero():
    digits = distinct_digits(chain([0], [[0, 1], [0, 2], [7], [0, 4, 8]]))
    assert digits.moduli is not None
    assert all(n > 0 for modulus in digits.moduli for n in modulus)


def test_networks_with_branches_are_left_to_the_tables():
    rng = random.Random(5)
    branching = (random_network(rng) for _ in range(50))
    assert all(distinct_digits(n) is None for n in branching if any(len(edges) > 1 for edges in n.level_edges))


@pytest.mark.parametrize("seed", range(80))
def test_pigeonhole_never_lies(seed):
    network = random_network(random.Random(seed), taps=3)
    found = pigeonhole(network)
    tables = element_counts(network)
    counts = {leaf: sum(table.values()) for leaf, table in tables.items()}
    listed: dict[str, int] = {}
    for leaf, _, _ in path_indices(network):
        listed[leaf] = listed.get(leaf, 0) + 1
    assert network.path_counts == counts == listed
    if found is None:
        return
    assert found.count == counts[found.leaf]
    assert len(tables[found.leaf]) <= found.size < found.count
    assert max(tables[found.leaf].values()) >= found.least_maximum >= 2
