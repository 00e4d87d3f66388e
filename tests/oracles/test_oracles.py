"""The oracles against published statements and against each other, and the judge against planted lies."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter

import numpy as np
import pytest

import exactfact
from exactfact.model import from_document

from . import brute, random_specs
from .exact import rank
from .expand import Dense, expand
from .judge import Truth, disagreements, wrong_in


def segre(sizes: tuple, p: int = 0, kernel: list | None = None) -> Dense:
    """phi(h) = P(h) itself, as a chain of 1 x w times w x w S_k block selectors (theory 2.1')."""
    layers, width = [], 1
    for size in sizes:
        blocks = [[[int(c == r * size + j) for c in range(width * size)] for r in range(width)] for j in range(size)]
        layers.append(blocks)
        width *= size
    if kernel is not None:
        last = [list(row) for row in zip(*kernel, strict=True)]
        layers[-1] = [
            [[sum(x * y for x, y in zip(r, c, strict=True)) for c in zip(*last, strict=True)] for r in m]
            for m in layers[-1]
        ]
    return Dense(p, layers, [], None)


@pytest.mark.parametrize("sizes", [(1,), (4,), (1, 3), (2, 2), (3, 2), (2, 2, 2), (3, 2, 2), (1, 2, 3), (2, 2, 2, 2)])
def test_dimension_of_the_segre_variety(sizes: tuple) -> None:
    """dim of the cone over P^(S_1 - 1) x ... x P^(S_K - 1) is 1 + sum (S_k - 1) (theory 1.2)."""
    arch = segre(sizes)
    assert brute.jacobian_rank(arch) == brute.dimension(arch)
    assert brute.rank_of_lifting(arch) == brute.lifted_dimension(arch)


@pytest.mark.parametrize(("sizes", "dimension"), [((3,), 3), ((2, 3), 6), ((3, 3), 8), ((2, 2, 2), 8), ((3, 3, 2), 12)])
def test_dimension_of_the_secant_variety(sizes: tuple, dimension: int) -> None:
    """dim sigma_2: S for one factor, 2 (S_a + S_b - 2) for two, 2 n for more (theory 1.2), by Terracini's lemma."""
    arch, rng = segre(sizes), random.Random(1)
    points = [[[rng.randint(-99, 99) for _ in range(s)] for s in sizes] for _ in range(2)]
    assert rank(brute.jacobian(arch, points[0]) + brute.jacobian(arch, points[1])) == dimension


@pytest.mark.parametrize("p", [2, 3, 5])
def test_fibres_of_the_segre_map(p: int) -> None:
    """Every nonzero P(h) has exactly (p - 1)^(K - 1) preimages (theory 1.1)."""
    full = brute.exhaust(segre((2, 2), p))
    assert full is not None
    _, counts = np.unique(full.tensors()[full.nonzero], axis=0, return_counts=True)
    assert set(counts.tolist()) == {p - 1}
    assert brute.uniform_scaling(full)


@pytest.mark.parametrize("p", [2, 3, 5])
def test_kernel_spanned_by_the_w_tensor_is_harmless(p: int) -> None:
    """S = (2, 2, 2), Ker A = <W>, W of rank 3 over every field: uniformly identifiable with rank 7 (theory 5.2 (e))."""
    w = [int(sum(i) == 1) for i in itertools.product(range(2), repeat=3)]
    images = [[int(i == j) for i in range(8)] for j in range(8) if not w[j]]
    images += [[1, 1] + [0] * 6, [1, 0, -1] + [0] * 5]
    support = [j for j in range(8) if w[j]]
    for row, (a, b) in zip(images[-2:], [(0, 1), (0, 2)], strict=True):
        row[:] = [int(j == support[a]) - int(j == support[b]) for j in range(8)]
    arch = segre((2, 2, 2), p, images)
    assert brute.rank_of_lifting(arch) == 7
    full = brute.exhaust(arch)
    assert full is not None and brute.uniform_scaling(full)


def test_uniform_needs_nonzero_images_over_gf2() -> None:
    """K = S = 1, A = 0 over GF(2): no competitor is nonzero, but g = 0 is one (theory 4.1)."""
    full = brute.exhaust(expand({"field": "GF(2)", "layer": [{"operator": "basis", "matrices": [[[0]]]}]}))
    assert full is not None and not brute.uniform_scaling(full)


@pytest.mark.parametrize("p", [2, 3])
@pytest.mark.parametrize("seed", range(12))
def test_zero_one_test_is_path_uniqueness(seed: int, p: int) -> None:
    """Theory 10.1: rank A = number of reached (leaf, x); 0/1 iff path-uniform; sigma_min^2 = nu min c (10.4)."""
    arch = expand(random_specs.network(1000 + seed, p, 8))
    counts, full = brute.path_counts(arch), brute.exhaust(arch)
    assert brute.rank_of_lifting(arch) == len(counts)
    assert brute.smallest_singular_value_squared(arch) == arch.net.inputs * min(counts.values())
    assert full is not None and brute.uniform_paths(full) == (max(counts.values()) == 1)


def test_stride_moves_taps_apart() -> None:
    """Subsampling and convolution commute up to spreading the taps: circ(g) D_t = D_t circ(g spread by t)."""
    edges = [{"from": "x", "to": "a", "support": [0, 1]}, {"from": "a", "to": "y", "support": [0, 1]}]
    arch = expand({"network": {"group": [12], "root": "y", "edge": edges, "layer": [{"stride": 2}, {"stride": 3}]}})
    assert sorted(arch.net.sums["x"]) == [(0,), (1,), (3,), (4,)]
    for index, total in zip(arch.net.paths["x"], arch.net.sums["x"], strict=True):
        column = np.array(brute.columns(arch)[index]).reshape(2, 12)
        assert [int(r) for r in np.flatnonzero(column[0])] == [-total[0] % 12]


def _lies(claim: dict) -> list[dict]:
    """False versions of a true claim."""
    if claim["kind"] == "bound":
        shift = 1 if claim["side"] == "lower" else -1
        return [{**claim, "value": claim["value"] + shift * (claim["value"] + 1)}]
    evidence = claim["evidence"]
    if claim["property"] == "ratios":
        blocks = [[j for block in layer for j in block] for layer in evidence["blocks"]]
        return [
            {**claim, "evidence": {"blocks": changed}}
            for changed in ([[b] for b in blocks], [[[j] for j in b] for b in blocks])
            if changed != evidence["blocks"]
        ]
    if "dimension" in evidence:
        return [{**claim, "evidence": {**evidence, "dimension": evidence["dimension"] + shift}} for shift in (1, -1)]
    other = {"proved": "refuted", "refuted": "proved"}[claim["status"]]
    lies = [{**claim, "status": other, "evidence": {}}]
    if not claim["over"].startswith("GF") and other == "proved":
        lies.append({**claim, "status": other, "over": "CC", "evidence": {}})
    if claim["status"] == "refuted" and "h" in evidence:
        lies.append({**claim, "evidence": {**evidence, "g": evidence["h"]}})
    return lies


def _kind(claim: dict) -> tuple:
    keys = ("quantity", "side") if claim["kind"] == "bound" else ("property", "modulo", "model", "status")
    return (*(claim[key] for key in keys), claim["over"])


@pytest.mark.parametrize("p", [2, 3, 0])
@pytest.mark.parametrize("make", [random_specs.chain, random_specs.network])
def test_the_judge_notices_every_lie(make: object, p: int) -> None:
    """Each lie about a finite field; over QQ most lies of each kind (a box of integers may hold no collision)."""
    told, noticed = Counter(), Counter()
    for seed in range(2000, 2012):
        document = make(seed, p, 8)
        certificate = json.loads(exactfact.certify(from_document(document), seed=0).certificate.text())
        assert disagreements(document, certificate) == []
        truth = Truth(document)
        for claim in certificate["claims"]:
            for lie in _lies(claim):
                told[_kind(lie)] += 1
                noticed[_kind(lie)] += bool(wrong_in(truth, lie))
    missed = {kind: told[kind] - noticed[kind] for kind in told if noticed[kind] < told[kind]}
    assert all(not p and missed[kind] < told[kind] / 2 for kind in missed), missed
