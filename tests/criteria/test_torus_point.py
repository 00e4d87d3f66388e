"""A given point modulo rescalings of hidden nodes (9.3b, 9.4, 9.5): all points over GF(3), and what is refused."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.criteria import torus_paths, torus_peeling
from exactfact.model import Architecture

from .checked import checked
from .helpers import document, run
from .supports import Cells, fibres, orbit, random_cells, supports, tower

CRITERIA = [torus_paths.at_point, torus_peeling.at_point]


def at_point(architecture: Architecture) -> tuple[str | None, dict[str, Any]]:
    """The statement that proves the point, accepted by the checker, and the certificate."""
    ledger, _ = run(architecture, CRITERIA)
    made = json.loads(json.dumps(document(architecture, ledger.claims)))
    if not ledger.claims:
        return None, made
    report = check_certificate(made)
    assert report.accepted, "\n".join(report.lines())
    (claim,) = made["claims"]
    assert (claim["property"], claim["modulo"], claim["status"]) == ("at-point", "torus", "proved")
    return str(claim["statement"]), made


def placed(layers: Cells, field: str, h: Any) -> Architecture:
    """The architecture of these cells, at h."""
    widths = [1 + max(r for r, _ in layers[0])] + [1 + max(c for _, c in layer) for layer in layers]
    shapes = zip(widths, widths[1:], layers, strict=False)
    return Architecture(supports(*((a, b, cells) for a, b, cells in shapes)), field=field, point=h)


def split(h: tuple[int, ...], layers: Cells) -> list[list[int]]:
    ends = [0, *itertools.accumulate(map(len, layers))]
    return [list(h[a:b]) for a, b in itertools.pairwise(ends)]


def test_proved_points_have_one_orbit_in_their_fibre_over_gf3() -> None:
    """Every rival over GF(3), zero entries allowed, is a rescaling; several orbits do occur where nothing is proved."""
    rng = random.Random(21)
    proved: dict[str | None, int] = {}
    several = 0
    for _ in range(70):
        layers = random_cells(rng)
        of_point = {h: fibre for fibre in fibres(layers, 3).values() for h in fibre}
        full = [h for h in of_point if all(h)]
        for h in rng.sample(full, min(4, len(full))):
            single = set(of_point[h]) <= orbit(layers, h, 3)
            statement, _ = at_point(placed(layers, "GF(3)", split(h, layers)))
            proved[statement] = proved.get(statement, 0) + 1
            assert single or statement is None, (layers, h)
            several += not single
    assert several > 5 and all(proved.get(s, 0) > 3 for s in ("9.3b", "9.4", None)), (several, proved)


def test_another_cut_is_taken_where_one_side_of_the_first_has_a_zero() -> None:
    """D L U with (L U)_{1,1} = 0 at the point: not D | L U, but D L | U; the checker refuses the first cut there."""
    lower, upper = [(0, 0), (1, 0), (1, 1)], [(0, 0), (0, 1), (1, 1)]
    layers = supports((2, 2, [(0, 0), (1, 1)]), (2, 2, lower), (2, 2, upper))
    found = []
    for last in (1, -1):
        statement, made = at_point(Architecture(layers, point=[[1, 2], [1, 1, 1], [1, 1, last]]))
        assert statement == "9.5"
        found.append(made)
    assert [made["claims"][0]["evidence"]["cuts"][0]["cut"] for made in found] == [0, 1]
    found[1]["claims"] = found[0]["claims"]
    (line,) = check_certificate(found[1]).claims
    assert line.status == "rejected" and "nonzero entries" in line.expected


def test_the_row_of_certify() -> None:
    result = checked(Architecture(tower(2), point=[[1, 1, 1], [1, 2], [1, 3, 1]]), properties=("at-point",))
    row = result.verdict("at-point", "torus")
    assert (row.status, row.over, list(row.also_over), row.group) == ("proved", "CC", ["RR", "QQ"], {"dimension": 2})
    assert result.verdict("at-point", over="QQ").status == "refuted"


@pytest.mark.parametrize("zero", range(3))
def test_a_zero_entry_is_refused(zero: int) -> None:
    point = [[1, 1, 1], [1, 2], [1, 3, 1]]
    point[zero][0] = 0
    architecture = Architecture(tower(2), point=point)
    ledger, outcomes = run(architecture, CRITERIA)
    assert not ledger.claims
    assert "zero entry" in outcomes[0].why


def test_forged_points_are_rejected() -> None:
    """The evidence is about supports; the spec's point decides whether it may be used."""
    _, made = at_point(Architecture(tower(2), point=[[1, 1, 1], [1, 2], [1, 3, 1]]))
    claim = made["claims"][0]
    for key, value in (("over", "GF(3)"), ("modulo", "scaling"), ("status", "refuted"), ("model", "spec")):
        forged = json.loads(json.dumps(made))
        forged["claims"][0][key] = value
        assert not check_certificate(forged).accepted, key
    for cut in range(len(claim["evidence"]["cuts"])):
        forged = json.loads(json.dumps(made))
        del forged["claims"][0]["evidence"]["cuts"][cut]
        assert not check_certificate(forged).accepted


def test_large_butterflies_at_a_point() -> None:
    layers = [ef.butterfly(32, level) for level in range(5)]
    statement, _ = at_point(Architecture(layers, point=[[1 + j % 7 for j in range(64)] for _ in range(5)]))
    assert statement == "9.3b"
