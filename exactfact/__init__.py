"""Certified identifiability of multilinear architectures.

An architecture X = M_1(h_1) ... M_K(h_K) multiplies layers that are linear in their parameters.  exactfact decides
whether X determines the parameters, up to the rescalings that never change X, and proves its answer:

    >>> import exactfact as ef
    >>> result = ef.certify(ef.Architecture([ef.diagonal(2), ef.full(2, 2)]))
    >>> result.verdict("uniform").status
    'refuted'

The public names below are loaded when first used, so that `python -m exactfact.checker` pulls in nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exactfact.certificate import Certificate
    from exactfact.checker import check_file as check
    from exactfact.model import (
        GF,
        QQ,
        Architecture,
        Edge,
        Layer,
        LimitError,
        Network,
        SpecError,
        basis,
        block_diagonal,
        butterfly,
        circulant,
        convolution,
        diagonal,
        entries,
        fixed,
        full,
        hankel,
        kronecker,
        load,
        loads,
        toeplitz,
    )
    from exactfact.pipeline import Result, bound, certify
    from exactfact.pipeline.inverse import recover
    from exactfact.reporting import report

__version__ = "0.1.0"

__all__ = [
    "GF",
    "QQ",
    "Architecture",
    "Certificate",
    "Edge",
    "Layer",
    "LimitError",
    "Network",
    "Result",
    "SpecError",
    "__version__",
    "basis",
    "block_diagonal",
    "bound",
    "butterfly",
    "certify",
    "check",
    "circulant",
    "convolution",
    "diagonal",
    "entries",
    "fixed",
    "full",
    "hankel",
    "kronecker",
    "load",
    "loads",
    "recover",
    "report",
    "toeplitz",
]

# Where a name lives, when not in exactfact.model: (module, its name there).
_ELSEWHERE = {
    "Certificate": ("exactfact.certificate", "Certificate"),
    "Result": ("exactfact.pipeline", "Result"),
    "bound": ("exactfact.pipeline", "bound"),
    "certify": ("exactfact.pipeline", "certify"),
    "check": ("exactfact.checker", "check_file"),
    "recover": ("exactfact.pipeline.inverse", "recover"),
    "report": ("exactfact.reporting", "report"),
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562) and keep it."""
    if name not in __all__:
        raise AttributeError(f"module 'exactfact' has no attribute {name!r}")
    module, attribute = _ELSEWHERE.get(name, ("exactfact.model", name))
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
