"""Noisy data and fitted estimates, by the solver of examples/bound, and what `bound` says of them."""

from __future__ import annotations

import importlib.util
import json
import sys
from fractions import Fraction
from pathlib import Path

import exactfact as ef
from exactfact.certificate.numbers import encode_number
from exactfact.checker import check_certificate
from exactfact.pipeline.recovery import bound

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BLIND = ef.load(EXAMPLES / "bound" / "deconvolution.toml")
TOEPLITZ = ef.load(EXAMPLES / "toeplitz-toeplitz.toml")
MIXED = [["1/2", 2, 1], [1, 3, -1], [-2, 1, 1]]
SCALED = ef.Architecture([ef.diagonal(3), ef.fixed(MIXED), ef.diagonal(3), ef.fixed(MIXED), ef.diagonal(3)])


def _load():
    spec = importlib.util.spec_from_file_location("bound_solver", EXAMPLES / "bound" / "solver.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bound_solver"] = module
    spec.loader.exec_module(module)
    return module


_solver = _load()
by_leaf, exact, forward, solved = _solver.by_leaf, _solver.exact, _solver.forward, _solver.solved


def run(architecture, found, **options):
    """`bound` for a solved problem."""
    return bound(architecture, found.estimate, by_leaf(architecture, found.data), noise=found.noise, **options)


def accepted(result):
    """The document of the certificate, which the checker accepts."""
    document = json.loads(result.certificate.text())
    report = check_certificate(document)
    assert report.accepted, "\n".join(report.lines())
    return document


def encoded(value):
    """A rational number as certificates write it."""
    return encode_number(Fraction(value))
