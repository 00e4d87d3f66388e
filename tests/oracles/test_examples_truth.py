"""The numbers promised in examples/expected.toml, recomputed by the oracles from the example files."""

from __future__ import annotations

import math
import random
import tomllib
from pathlib import Path

import pytest

from . import brute
from .exact import rank
from .expand import expand

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EXPECTED = tomllib.loads((EXAMPLES / "expected.toml").read_text(encoding="utf-8"))
PRIME = 2**61 - 1
LISTABLE = 5000


def _document(name: str) -> dict:
    return {**tomllib.loads((EXAMPLES / name).read_text(encoding="utf-8")), "field": f"GF({PRIME})"}


def _is_chain(name: str) -> bool:
    return name.endswith(".toml") and "layer" in tomllib.loads((EXAMPLES / name).read_text(encoding="utf-8"))


CHAINS = sorted(filter(_is_chain, EXPECTED))


@pytest.mark.parametrize("name", CHAINS)
def test_promised_numbers_are_true_modulo_a_large_prime(name: str) -> None:
    """A rank mod p is at most the rank over QQ and equal for all but finitely many p."""
    arch, promised = expand(_document(name)), EXPECTED[name].get("facts", {})
    if "lifted_dimension" in promised:
        assert promised["lifted_dimension"] == math.prod(arch.sizes)
    if "rank" in promised and math.prod(arch.sizes) <= LISTABLE:
        assert promised["rank"] == rank(list(brute.columns(arch).values()), PRIME)
    if "jacobian_rank" in promised:
        rng = random.Random(name)
        point = [[rng.randrange(PRIME) for _ in range(size)] for size in arch.sizes]
        assert promised["jacobian_rank"] == rank(brute.jacobian(arch, point), PRIME)
