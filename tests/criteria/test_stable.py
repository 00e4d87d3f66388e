"""`stable`: constants against brute force, refutations against what refutes them, forged evidence rejected."""

from __future__ import annotations

import itertools
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import exactfact as ef
from exactfact.certificate.numbers import decode_number
from exactfact.checker import check_certificate
from exactfact.lifting.tangent_vectors import tangent_vector
from exactfact.model import SparsityModel, SpecError
from tests.stability.exact_counts import roots_above, squared_spectrum

from .checked import checked
from .liftings import GHZ, W, lifting, random_lifting, with_kernel

ROOT = Path(__file__).parents[2]


def stable(architecture: ef.Architecture) -> ef.Result:
    return checked(architecture, properties=["stable"])


def decided(result: ef.Result, **key: Any) -> tuple[str, str | None]:
    row = result.verdict("stable", **key)
    return row.status, row.statement


def forged(result: ef.Result, prop: str = "stable", **changes: Any) -> bool:
    """Whether the checker accepts the certificate with the evidence of its last such verdict changed."""
    document = json.loads(result.certificate.text())
    claim = next(c for c in reversed(document["claims"]) if c.get("property") == prop)
    for key, value in changes.items():
        if key in claim:
            claim[key] = value
        else:
            claim["evidence"][key] = value
    return bool(check_certificate(document).accepted)


def test_nobody_is_asked_unless_asked() -> None:
    result = checked(random_lifting((2, 2), 4, 1))
    assert all(row.property != "stable" for row in result.verdicts)
    assert result.facts["sigma_min_squared"] is None


def test_an_injective_map_has_gamma_one() -> None:
    result = stable(random_lifting((2, 3), 8, 0))
    row = result.verdict("stable")
    assert (row.status, row.statement, row.over, row.also_over) == ("proved", "12.3", "CC", ("RR", "QQ"))
    assert row.constants is not None and row.constants["gamma"] == 1 and row.constants["rho"] == "infinity"
    assert row.constants["sigma_squared"] == row.constants["kappa_squared"] is not None
    assert row.constants["perturbation"] == {"RR": "3/2", "CC": "3.5708"}
    assert not forged(result, over="GF(5)") and not forged(result, status="refuted")
    assert not forged(result, sigma_min_squared="c0")
    assert forged(result, sigma_min_squared=None)


def test_kappa_is_attained_by_no_difference_from_below() -> None:
    """Random differences P(h) - P(g) and ascent never go below the certified constant."""
    rng = np.random.default_rng(0)
    for seed in range(10):
        architecture = random_lifting((2, 2, 2), 9, seed)
        row = stable(architecture).verdict("stable")
        columns = np.array(architecture_columns(architecture), dtype=float)
        kappa = float(decode_number(row.constants["kappa_squared"]))  # type: ignore[index]
        for _ in range(200):
            parts = rng.normal(size=(2, 3, 2))
            one, two = (np.einsum("i,j,k->ijk", *part).ravel() for part in parts)
            difference = one - two
            assert np.sum((difference @ columns) ** 2) >= kappa * np.sum(difference**2) * (1 - 1e-9)


def architecture_columns(architecture: ef.Architecture) -> list[list[int]]:
    from tests.lifting.random_chains import dense_columns

    expanded = ef.Architecture([ef.basis(m) for m in architecture_matrices(architecture)])
    return list(dense_columns(expanded).values())


def architecture_matrices(architecture: ef.Architecture) -> list[Any]:
    return [layer["matrices"] for layer in architecture.document()["layer"]]


def test_minors_prove_some_gamma() -> None:
    result = stable(random_lifting((2, 2, 2, 2), 11, 0))
    row = result.verdict("stable")
    assert (row.status, row.statement) == ("proved", "12.4")
    assert row.constants is not None and row.constants["gamma"] is None and row.constants["kappa_squared"] is None
    assert row.constants["sigma_squared"] is not None
    assert not forged(result, uniform="c0")


def test_minors_are_found_where_uniform_had_another_proof() -> None:
    """A kernel line outside the closure: 4.3 decides uniform, and 4.4 stable."""
    outside = {(0, 0, 0): 1, (1, 1, 1): 1, (2, 2, 2): 1}
    result = stable(with_kernel([outside], (3, 3, 3)))
    assert result.verdict("uniform").statement == "4.3"
    assert decided(result, over="CC") == ("proved", "12.4")
    assert not forged(result, degree=2) and not forged(result, prime=15)


def test_a_tangent_vector_in_the_kernel_is_uniform_and_not_stable() -> None:
    result = stable(with_kernel([W], (2, 2, 2)))
    assert result.verdict("uniform", over="CC").status == "proved"
    row = result.verdict("stable")
    assert (row.status, row.statement, row.over, row.also_over) == ("refuted", "12.4", "QQ", ("RR", "CC"))
    assert row.witness is None and "first order" in row.reason
    h = next(c for c in result.certificate.claims if c.id == row.claim).evidence["h"]
    assert not forged(result, b=h) and not forged(result, h=[[0, 0], *h[1:]]) and not forged(result, model="spec")


def turned(tensor: dict[tuple[int, ...], int], rng: random.Random) -> dict[tuple[int, ...], int]:
    """The tensor after random invertible changes of the layers, and in more parameters."""
    size, result = 3, dict(tensor)
    for k in range(3):
        map_k = [[rng.randint(-3, 3) for _ in range(2)] for _ in range(size)]
        moved: dict[tuple[int, ...], int] = {}
        for index, value in result.items():
            for i in range(size):
                at = (*index[:k], i, *index[k + 1 :])
                moved[at] = moved.get(at, 0) + map_k[i][index[k]] * value
        result = moved
    return {index: value for index, value in result.items() if value}


def test_tangent_vectors_are_found_in_any_coordinates() -> None:
    rng = random.Random(1)
    found = 0
    for _ in range(12):
        tensor = turned(W, rng)
        if not tensor:
            continue
        result = stable(with_kernel([tensor], (3, 3, 3)))
        row = result.verdict("stable")
        assert row.status == "refuted"
        found += row.statement == "12.4" and "first order" in row.reason
    assert found >= 8
    assert tangent_vector({(0, 0, 0): 1, (1, 1, 1): 1}, (2, 2, 2)) is None


def test_a_small_rank_decides_over_the_complex_numbers_only() -> None:
    result = stable(random_lifting((2, 2, 2, 2), 8, 3))
    assert result.verdict("stable", over="CC").status == "refuted"
    for row in result.verdicts:
        if row.property == "stable" and row.statement == "5.2d":
            assert row.over == "CC" and not row.also_over
            assert not forged(result, over="RR")


def test_a_rank_at_the_secant_dimension_is_not_too_small() -> None:
    result = stable(random_lifting((2, 2, 2, 2), 9, 0))
    assert decided(result, over="CC")[0] == "refuted"
    document = json.loads(result.certificate.text())
    claim = next(c for c in document["claims"] if c.get("property") == "stable" and c["statement"] == "5.2d")
    upper = next(c for c in document["claims"] if c["id"] == claim["evidence"]["rank"])
    upper["value"] = 10
    assert not check_certificate(document).accepted


def test_rivals_refute_over_their_fields() -> None:
    result = stable(with_kernel([GHZ], (2, 2, 2)))
    row = result.verdict("stable")
    assert (row.status, row.statement, row.over, row.also_over) == ("refuted", "12.4", "QQ", ("RR", "CC"))
    assert not forged(result, uniform="c0") and not forged(result, model="spec") and not forged(result, over="GF(3)")


def test_a_continuum_of_rivals_shows_in_the_jacobian() -> None:
    architecture = ef.Architecture([ef.full(2, 2), ef.full(2, 2)])
    result = stable(architecture)
    assert decided(result)[0] == "refuted"


def test_networks_have_the_norm_of_a_translation() -> None:
    chain = ef.load(ROOT / "examples" / "wavenet.toml")
    result = stable(chain)
    for group in ("path-scaling", "scaling"):
        row = result.verdict("stable", group)
        assert (row.status, row.statement) == ("proved", "10.4")
        assert row.constants is not None and row.constants["sigma_squared"] == 16000
    assert result.facts["sigma_max_squared"]["lower"] == result.facts["sigma_max_squared"]["upper"] == 16000
    assert not forged(result, nu=15999) and not forged(result, status="refuted")


def test_crowded_levels_are_stable_on_path_tensors_alone() -> None:
    result = stable(ef.load(ROOT / "examples" / "haar-packets.toml"))
    assert decided(result, modulo="path-scaling") == ("proved", "10.4")
    assert decided(result, modulo="scaling")[0] == "refuted"
    crowded = {"zero_one": "c1", "nu": 16}
    assert not forged(result, modulo="scaling", status="proved", statement="10.4", evidence=crowded)


def test_colliding_paths_are_not_stable() -> None:
    result = stable(ef.load(ROOT / "examples" / "zoo" / "network-3-3.toml"))
    row = result.verdict("stable", "path-scaling")
    assert (row.status, row.model) == ("refuted", "zero-edges-allowed")


def test_finite_fields_have_no_norm() -> None:
    result = ef.certify(random_lifting((2, 2), 4, 1, "GF(5)"), properties=["stable"])
    assert decided(result)[0] == "undecided" and "norms" in result.verdict("stable").reason


def test_an_unknown_property_names_stable_among_the_known() -> None:
    with pytest.raises(SpecError, match="stable"):
        ef.certify(random_lifting((2, 2), 4, 1), properties=["table"])


def smallest(columns: list[list[int]], chosen: tuple[int, ...]) -> float:
    return float(np.linalg.svd(np.array([columns[j] for j in chosen], dtype=float), compute_uv=False)[-1])


def test_one_layer_has_the_lower_constant_of_a_restricted_isometry() -> None:
    """kappa over all pairs of supports of size s is the least singular value of 2s columns; positive iff spark > 2s."""
    seen = set()
    for seed in range(25):
        rng = random.Random(seed)
        size, s = rng.choice([(5, 1), (5, 2), (6, 2), (4, 2)])
        rows = rng.randint(2, size - 1)
        columns = [[rng.choice((-2, -1, 0, 1, 2, 3)) for _ in range(rows)] for _ in range(size)]
        sets = list(itertools.combinations(range(size), min(2 * s, size)))
        least = 0.0 if min(2 * s, size) > rows else min(smallest(columns, chosen) for chosen in sets)
        result = stable(lifting(columns, (size,), models=[SparsityModel(0, sparsity=s)]))
        row = result.verdict("stable", model="spec")
        if least < 1e-9:
            assert row.status == "refuted"
        elif row.statement == "12.5":
            kappa = decode_number(row.constants["kappa_squared"])  # type: ignore[index]
            assert abs(float(kappa) ** 0.5 - least) <= 1e-8 * least
            polys = [squared_spectrum([[Fraction(v) for v in columns[j]] for j in chosen]) for chosen in sets]
            assert all(roots_above(poly, Fraction(kappa) * (1 - Fraction(1, 10**20))) == len(sets[0]) for poly in polys)
            more = Fraction(kappa) * Fraction(1001, 1000)
            assert not forged(result, kappa_squared=f"{hex(more.numerator)}/{hex(more.denominator)}")
            assert not forged(result, model="full") and not forged(result, method="coherence")
        seen.add((row.status, row.statement))
    assert {("refuted", "12.4"), ("proved", "12.5")} <= seen


def test_coherence_where_the_pairs_are_too_many() -> None:
    """Forty orthogonal columns and one at an angle to all: 9880 + ... supports of size three, bounded by Gershgorin."""
    size = 40
    apart = [[100 * (i == j) for i in range(size)] for j in range(size)] + [[(-1) ** i * 13 for i in range(size)]]
    result = stable(lifting(apart, (size + 1,), models=[SparsityModel(0, sparsity=3)]))
    row = result.verdict("stable", model="spec")
    assert (row.status, row.statement) == ("proved", "12.5")
    claim = next(c for c in result.certificate.claims if c.id == row.claim)
    assert claim.evidence == {"method": "coherence", "kappa_squared": 40 * 13**2 - 5 * 1300}
    assert not forged(result, kappa_squared=40 * 13**2 - 5 * 1300 + 1)


def test_coherent_columns_prove_nothing() -> None:
    size = 40
    columns = [[100 * (i == j) + 9 for i in range(size)] for j in range(size)] + [[30] * size]
    result = ef.certify(lifting(columns, (size + 1,), models=[SparsityModel(0, sparsity=3)]), properties=["stable"])
    assert result.verdict("stable", model="spec").status == "undecided"


def test_several_layers_with_supports() -> None:
    """kappa of a two-layer model against the least singular value over all unions, in floating point."""
    rng = random.Random(4)
    for _ in range(6):
        columns = [[rng.randint(-3, 3) for _ in range(7)] for _ in range(9)]
        models = [SparsityModel(0, sparsity=1), SparsityModel(1, supports=[[0, 1], [1, 2]])]
        result = stable(lifting(columns, (3, 3), models=models))
        row = result.verdict("stable", model="spec")
        if row.statement != "12.5":
            continue
        blocks = [{i * 3 + j for j in s} for i in range(3) for s in ([0, 1], [1, 2])]
        least = min(smallest(columns, tuple(sorted(a | b))) for a in blocks for b in blocks)
        assert abs(float(decode_number(row.constants["kappa_squared"])) ** 0.5 - least) < 1e-8 * least  # type: ignore[index]


def test_reports_print_the_constants(tmp_path: Path) -> None:
    for number, architecture in enumerate((random_lifting((2, 3), 8, 0), random_lifting((2, 2, 2, 2), 11, 0))):
        target = tmp_path / f"{number}.tex"
        ef.report(json.loads(stable(architecture).certificate.text()), str(target))
        text = target.read_text()
        assert "Stable recovery modulo scaling" in text and r"\gamma" in text and r"\sigma_{\min}(A)^2" in text
    ef.report(json.loads(stable(with_kernel([W], (2, 2, 2))).certificate.text()), str(tmp_path / "w.tex"))
    assert "ailure of stable recovery" in (tmp_path / "w.tex").read_text()
