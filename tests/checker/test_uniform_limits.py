"""Bounded work of the rules for uniform and generic identifiability: long chains, high degrees, many supports."""
import tracemalloc
from typing import Any

import pytest

from exactfact.checker import check_certificate
from exactfact.checker.errors import Meter
from exactfact.checker.rules.exact_span import Span
from exactfact.checker.rules.matrices import price
from tests.checker import build as b

ONE = b.basis([[1]])
BLIND = b.entries(1, 1, 6)  # six parameters that the product never shows
SELECT = b.basis([[1, 0]], [[0, 1]])


def uniform(over: str, statement: str, evidence: Any, model: str = "full") -> Any:
    """A claim that `uniform` modulo scaling is proved."""
    return b.verdict("uniform", "scaling", "proved", over, statement, evidence, model)


def generic(statement: str, evidence: Any) -> Any:
    """A claim that `generic` modulo scaling is proved."""
    return b.verdict("generic", "scaling", "proved", "CC", statement, evidence)


def status(spec: Any, *claims: Any, limit: int = 100_000_000_000) -> tuple[str, str]:
    """The status of the last claim, and what was found."""
    report = check_certificate(b.certificate(spec, *claims), limit)
    assert report.problem is None, report.problem
    return report.claims[-1].status, report.claims[-1].found


def test_all_points_of_a_chain_of_thousands_of_layers() -> None:
    depth = 1500
    spec = b.chain(*[ONE] * depth, field="GF(2)", point=[[1]] * depth)
    assert status(spec, uniform("GF(2)", "4.5", {}))[0] == "accepted"
    at_point = b.verdict("at-point", "scaling", "proved", "GF(2)", "4.5", {})
    assert status(spec, at_point)[0] == "accepted"
    long = b.chain(*[ONE] * depth, b.basis([[1, 0]], [[1, 0]]), field="GF(2)")
    assert status(long, uniform("GF(2)", "4.5", {}))[0] == "rejected"


def test_images_over_a_larger_field_are_counted_number_by_number() -> None:
    spec = b.chain(SELECT, b.basis([[1, 0, 0, 0], [0, 1, 0, 0]], [[0, 0, 1, 0], [0, 0, 0, 1]]), field="GF(4397)")
    found = status(spec, uniform("GF(4397)", "4.5", {}))
    assert found[0] == "not-checked" and "images" in found[1]


def test_the_last_layers_of_an_enumeration_are_paid_for() -> None:
    wide = b.chain(*[SELECT, b.basis([[1], [0]], [[0], [1]])] * 6, *[ONE] * 2000, field="GF(2)")
    assert status(wide, uniform("GF(2)", "4.5", {}), limit=1_000_000_000)[0] == "not-checked"


def test_forms_of_a_high_degree_are_not_listed() -> None:
    tracemalloc.start()
    found = status(b.chain(BLIND, ONE), uniform("CC", "4.4", {"prime": 7, "degree": 63, "minors": []}))
    three = b.chain(b.basis([[1]], [[1]], [[1]]))
    high = status(three, generic("7.3", {"prime": 7, "degree": 999, "point": [[1, 0, 0]]}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[0] == high[0] == "not-checked" and peak < 20_000_000


def test_multi_indices_of_long_chains_are_counted_with_their_length() -> None:
    long = [ONE] * 600 + [SELECT, b.basis([[1], [0]], [[0], [1]])] * 8
    spec = b.chain(*long, model=[{"layer": 0, "supports": [[0]]}])
    point = [[1]] * 600 + [[1, 1]] * 16
    tracemalloc.start()
    for claim in (uniform("CC", "12.5", {"prime": 7}, "spec"), uniform("CC", "4.4", {
            "prime": 7, "degree": 3, "minors": []}), generic("7.3", {"prime": 7, "degree": 1, "point": point})):
        found = status(spec, claim, limit=10_000_000_000)
        assert found[0] == "not-checked" and "stored numbers" in found[1], claim
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


def test_the_number_of_supports_is_bounded_before_it_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: int) -> int:
        raise AssertionError
    monkeypatch.setattr("exactfact.checker.rules.sparse_columns.comb", endless)
    spec = b.chain(b.diagonal(200), model=[{"layer": 0, "sparsity": 100}])
    found = status(spec, uniform("CC", "12.5", {"prime": 7}, "spec"))
    assert found[0] == "not-checked" and "supports" in found[1]


@pytest.mark.parametrize("bits", [1000, 60_000])
def test_large_numbers_are_paid_for(bits: int) -> None:
    meter, common = Meter(1 << 60), (1 << bits) - 1
    span = Span(0, meter)
    span.add({0: common * common, 1: common, 2: 3 * common})
    content = meter.spent
    span.add({0: common + 2, 1: 1, 2: common})
    assert meter.spent - content >= bits * bits // 10_000
    assert content >= bits * bits // 1000 * (bits > 1000)
    assert price(bits, bits) >= bits * bits // 1_000_000
