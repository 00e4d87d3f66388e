"""The independent certificate checker: standard library only, nothing else of exactfact.

`check_certificate(document)` and `check_file(path)` return a `Report`; `python -m exactfact.checker CERT.json` prints
it. The names are loaded on first use.
"""
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .certificate import check_certificate, check_file
    from .report import Report

__all__ = ["Report", "check_certificate", "check_file"]


def __getattr__(name: str) -> Any:
    if name == "Report":
        from .report import Report
        return Report
    if name in ("check_certificate", "check_file"):
        from . import certificate
        return {"check_certificate": certificate.check_certificate, "check_file": certificate.check_file}[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
