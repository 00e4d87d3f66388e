"""What the network criteria claim is accepted by the independent checker, on random networks and on the examples."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from exactfact.checker import check_certificate
from exactfact.criteria import layerwise, path_finite, path_point, path_uniform
from exactfact.model import GF, QQ, Architecture, load
from tests.architectures import chain
from tests.lifting.brute_networks import random_network

from .helpers import document, run

ALL = (path_uniform.apply, layerwise.apply, path_finite.apply, path_point.apply)
EXAMPLES = Path(__file__).parents[2] / "examples"


def report_on(architecture, seed=0):
    """What the checker says about everything that the network criteria claim; without claims it refuses the file."""
    ledger, _ = run(architecture, ALL, seed)
    return check_certificate(json.loads(json.dumps(document(architecture, ledger.claims, seed))))


@pytest.mark.parametrize("seed", range(80))
@pytest.mark.parametrize("field", [QQ, GF(2), GF(5)], ids=str)
def test_random_networks(seed, field):
    rng = random.Random(seed)
    network = random_network(rng, taps=3, width=3)
    point = None
    if seed % 2:
        values = [0, 1, 2, -3] if field.characteristic == 2 else [0, 1, 2, Fraction(-1, 3)]
        point = [[rng.choice(values[seed % 4 == 1 :]) for _ in range(size)] for size in network.parameters]
    report = report_on(Architecture(network, field=field, point=point), seed)
    assert report.accepted, report.lines()


@pytest.mark.parametrize(
    "name",
    [
        "wavenet",
        "wavenet-3-taps",
        "dilated-3-adic",
        "atrous-spline",
        "haar-packets",
        "fast-transform-2d",
        "strided",
        "radix-5-k20",
        "radix-5-k20-wrapped",
    ],
)
def test_examples(name):
    report = report_on(load(EXAMPLES / f"{name}.toml"))
    assert report.accepted, report.lines()


@pytest.mark.parametrize(
    "network",
    [
        chain([0], [[0, 2**k] for k in range(53)], signal=(1000,)),
        chain([7], [[0, 1, 2, 3]] * 40),
        chain([10**6], [[0, 1]] * 100 + [[0, 500_000]]),
    ],
    ids=["moduli and rank", "counts", "pigeonhole"],
)
def test_numbers_beyond_two_to_the_53(network):
    """They are written in the certificate's hexadecimal form."""
    report = report_on(Architecture(network))
    assert report.accepted, report.lines()
