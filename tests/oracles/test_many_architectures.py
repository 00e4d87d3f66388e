"""Two thousand random architectures: no crash, warning, hang, rejected certificate, or word against brute force."""

from __future__ import annotations

from collections import Counter

import pytest

from .examination import Examined, examine
from .varied_specs import varied

FAST = range(360, 420)
BLOCK = 50
SLOW = range(0, 2000, BLOCK)


def _examined(seeds: range) -> dict[int, Examined]:
    return {seed: examine(varied(seed), again=seed % 10 == 0) for seed in seeds}


def _problems(examined: dict[int, Examined]) -> dict[int, list[str]]:
    return {seed: one.problems for seed, one in examined.items() if one.problems}


def test_some_architectures() -> None:
    examined = _examined(FAST)
    assert _problems(examined) == {}
    statuses = Counter(status for one in examined.values() for _, _, status in one.verdicts)
    assert min(statuses[status] for status in ("proved", "refuted", "undecided")) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("first", SLOW)
def test_many_architectures(first: int) -> None:
    assert _problems(_examined(range(first, first + BLOCK))) == {}


def test_every_family_and_form_is_among_them() -> None:
    documents = [varied(seed).document for seed in range(300)]
    families = {layer["operator"] for document in documents for layer in document.get("layer", [])}
    assert len(families) == 12
    networks = [document["network"] for document in documents if "network" in document]
    assert {len(network["group"]) for network in networks} == {1, 2, 3}
    assert any(0 in network["group"] for network in networks)
    assert any("layer" in network for network in networks)
    pairs = [(edge["from"], edge["to"]) for edge in max(networks, key=_parallel)["edge"]]
    assert len(set(pairs)) < len(pairs)
    assert {document["field"] for document in documents} == {"QQ", "GF(2)", "GF(3)", "GF(5)", "GF(65521)"}
    assert sum("model" in document for document in documents) > 20
    assert sum("point" in document for document in documents) > 40


def _parallel(network: dict) -> int:
    return len(network["edge"]) - len({(edge["from"], edge["to"]) for edge in network["edge"]})
