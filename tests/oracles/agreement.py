"""One document certified twice, judged by brute force and by the checker."""

from __future__ import annotations

import json

import exactfact
from exactfact.checker import check_certificate
from exactfact.model import from_document

from .judge import disagreements


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
