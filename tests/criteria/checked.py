"""Certify and let the independent checker decide: the tests never trust a status alone."""

from __future__ import annotations

import json

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.pipeline import Result, certify


def checked(architecture: ef.Architecture, **options: object) -> Result:
    """The result of `certify`, its certificate accepted by the checker (or empty of claims)."""
    result = certify(architecture, **options)  # type: ignore[arg-type]
    document = json.loads(result.certificate.text())
    if document["claims"]:
        report = check_certificate(document)
        assert report.accepted, "\n".join(report.lines())
    return result
