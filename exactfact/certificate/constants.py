"""The constants of a proof of `stable`, from its claim and those it refers to (docs/certificate.md, section 16)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .numbers import encode_number

SIDE_CONDITION = "epsilon <= M/2"
PAPER_CONSTANT = 7  # of Malgouyres and Landsberg, in place of 2 - 1/K
COMPLEX_CONSTANT = "3.5708"  # at least 2 + pi/2


def constants(document: Mapping[str, Any], claim: Mapping[str, Any]) -> dict[str, Any]:
    """gamma and rho of the deep null space property, lower bounds of sigma_min^2 and kappa^2; null where unknown."""
    evidence = claim["evidence"]
    sigma = kappa = None
    gamma = 1 if claim["statement"] in ("10.4", "12.3") else None
    if claim["statement"] == "10.4":
        sigma = kappa = evidence["nu"]
    elif claim["statement"] == "12.5":
        kappa = evidence["kappa_squared"]
    elif evidence.get("sigma_min_squared") is not None:
        name = evidence["sigma_min_squared"]
        sigma = next(c["value"] for c in document["claims"] if c["id"] == name)
        kappa = sigma if gamma == 1 else None
    return {
        "gamma": gamma,
        "rho": "infinity",
        "sigma_squared": sigma,
        "kappa_squared": kappa,
        "perturbation": {"RR": encode_number(2 - Fraction(1, _depth(document))), "CC": COMPLEX_CONSTANT},
        "norm": "2",
        "model": claim["model"],
        "side_condition": SIDE_CONDITION,
    }


def _depth(document: Mapping[str, Any]) -> int:
    """K."""
    spec = document["spec"]
    return len(spec["network"]["layer"]) if "network" in spec else sum(x["operator"] != "fixed" for x in spec["layer"])
