"""Forged error bounds are rejected: radii, data, noise, side conditions, local claims."""

from __future__ import annotations

import copy
import random
from fractions import Fraction

import pytest

from exactfact.certificate.numbers import decode_number
from exactfact.checker import check_certificate
from tests.architectures import BRANCHES, DILATED
from tests.stability.problems import BLIND, accepted, encoded, run, solved

CHANGES = {
    "smaller-radius": ("radius", "inf", lambda x: x * Fraction(999, 1000)),
    "smaller-euclidean": ("radius", "2", lambda x: x * Fraction(999, 1000)),
    "smaller-sum": ("radius", "1", lambda x: x * Fraction(999, 1000)),
    "smaller-root": ("root", None, lambda x: x * Fraction(999, 1000)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_forged_radii_are_rejected(name):
    where, key, change = CHANGES[name]
    document = accepted(run(DILATED, solved(DILATED, 0)))
    for place in ("every", 0):
        forged = copy.deepcopy(document)
        evidence = forged["claims"][-1]["evidence"]
        target = evidence["every"] if place == "every" else evidence["paths"][0]
        if key is None:
            target[where] = encoded(change(decode_number(target[where])))
        else:
            target[where][key] = encoded(change(decode_number(target[where][key])))
        assert not check_certificate(forged).accepted


def test_forged_evidence_is_rejected():
    document = accepted(run(BRANCHES, solved(BRANCHES, 0)))
    rng = random.Random(0)

    def forged(change):
        changed = copy.deepcopy(document)
        change(changed["claims"][-1]["evidence"])
        report = check_certificate(changed)
        assert report.exit_code == 1, report.lines()

    forged(lambda e: e.update(eta=encoded(decode_number(e["eta"]) * Fraction(99, 100))))
    forged(lambda e: e.update(epsilon=encoded(decode_number(e["epsilon"]) * Fraction(99, 100))))
    forged(lambda e: e.update(delta=encoded(decode_number(e["delta"]) * 2)))
    forged(lambda e: e.update(delta=-1))
    forged(lambda e: e.update(zero_one="c1"))
    forged(lambda e: e.update(sigma_min_squared="c0"))
    forged(lambda e: e["paths"][0]["edges"].reverse())
    forged(lambda e: e["paths"].clear() or e.update(every=None))
    forged(lambda e: e["data"]["leaves"].pop("y"))
    forged(lambda e: e["data"].update(denominator=0))
    forged(lambda e: e["data"]["leaves"]["x"].reverse())
    forged(lambda e: e["data"]["leaves"]["x"].append(e["data"]["leaves"]["x"][-1]))
    forged(lambda e: e.update(extra=1))
    for _ in range(10):  # other data: the misfit grows
        forged(lambda e: rng.choice(e["data"]["leaves"]["x"]).__setitem__(1, 10**15))
    forged(lambda e: e["h"][0].__setitem__(0, 17))
    swapped = copy.deepcopy(document)
    swapped["claims"][-1]["property"] = "local-recovery"
    assert not check_certificate(swapped).accepted


def test_a_side_condition_that_fails_is_rejected():
    found = solved(DILATED, 0)
    document = accepted(run(DILATED, found))
    evidence = document["claims"][-1]["evidence"]
    huge = 10**9  # every number fits, but epsilon is above M
    evidence["delta"], evidence["epsilon"] = huge, huge
    for place in (evidence["every"], evidence["paths"][0]):
        place["radius"] = {"1": 10**12, "2": 10**12, "inf": 10**12}
    report = check_certificate(document)
    assert "side condition" in "\n".join(report.lines())
    assert not report.accepted


def test_forged_local_claims_are_rejected():
    result = run(BLIND, solved(BLIND, 0, 1e-5), claims=[])
    document = accepted(result)

    def forged(change):
        changed = copy.deepcopy(document)
        change(changed["claims"][-1]["evidence"])
        assert check_certificate(changed).exit_code == 1

    def scaled(key, factor):
        forged(lambda e: e.update({key: encoded(decode_number(e[key]) * Fraction(factor))}))

    for key, factor in (
        ("slope_squared", "101/100"), ("slope", "101/100"), ("sigma_max", "99/100"), ("ball", "101/100"),
        ("first", "99/100"), ("eta", "99/100"), ("delta", "2"),
    ):  # fmt: skip
        scaled(key, factor)
    for name in ("1", "2", "inf"):
        smaller = encoded(decode_number(document["claims"][-1]["evidence"]["radius"][name]) * Fraction(99, 100))
        forged(lambda e, name=name, smaller=smaller: e["radius"].update({name: smaller}))
    forged(lambda e: e.update(norms=[encoded(decode_number(x) * Fraction(99, 100)) for x in e["norms"]]))
    forged(lambda e: e.update(pivots=[4]))
    forged(lambda e: e.update(bits=0))
    forged(lambda e: e.update(sigma_max_squared="c7"))
    forged(lambda e: e["h"].__setitem__(0, [0, 0, 0, 0]))
