"""The main guarantee: no verdict, bound or fact about a random small architecture contradicts brute force."""

from __future__ import annotations

import json

import pytest

import exactfact
from exactfact.checker import check_certificate
from exactfact.model import from_document

from . import random_specs
from .judge import disagreements

FIELDS = (2, 3, 5, 0)
MAKERS = {"chain": random_specs.chain, "network": random_specs.network}
FAST = range(80)
SLOW = range(80, 140)
SMALL = {2: 10, 3: 7, 5: 5, 0: 9}


def certified(document: dict) -> tuple[dict, dict, str]:
    """(result document, certificate document as read back from its file, the file's text)."""
    result = exactfact.certify(from_document(document), seed=0)
    text = result.certificate.text()
    return result.document(), json.loads(text), text


def examine(document: dict, limit: int = 20_000) -> list[str]:
    """Everything that is wrong about the verdicts of one document."""
    result, certificate, text = certified(document)
    found = disagreements(document, certificate, result, limit)
    report = check_certificate(certificate)
    if certificate["claims"] and not (report.accepted and report.exit_code == 0):
        found += ["the checker does not accept: " + "; ".join(report.lines())]
    if not certificate["claims"] and report.exit_code != 1:
        found.append(f"a certificate without claims: exit {report.exit_code}")
    if certified(document)[2] != text:
        found.append("the same seed gave other bytes")
    return found


def _failures(maker: str, p: int, seeds: range, most: int) -> list[tuple[int, list[str]]]:
    examined = ((seed, examine(MAKERS[maker](seed, p, most))) for seed in seeds)
    return [(seed, found) for seed, found in examined if found]


@pytest.mark.parametrize("p", FIELDS)
@pytest.mark.parametrize("maker", MAKERS)
def test_verdicts_agree_with_brute_force(maker: str, p: int) -> None:
    assert _failures(maker, p, FAST, SMALL[p]) == []


@pytest.mark.slow
@pytest.mark.parametrize("p", FIELDS)
@pytest.mark.parametrize("maker", MAKERS)
def test_verdicts_agree_with_brute_force_at_length(maker: str, p: int) -> None:
    assert _failures(maker, p, SLOW, random_specs.MOST_PARAMETERS[p]) == []
