"""Certificates that are changed by hand, to see that the checker refuses them."""

from __future__ import annotations

import json
from typing import Any

import exactfact as ef
from exactfact.checker import check_certificate

from .checked import checked

Document = dict[str, Any]


def written(result: ef.Result) -> Document:
    """The certificate of a result, as it stands in a file."""
    return dict(json.loads(result.certificate.text()))


def certificate_of(architecture: ef.Architecture) -> Document:
    """A certificate that the checker accepts."""
    return written(checked(architecture))


def rejected(good: Document, claim: Document, **changes: Any) -> bool:
    """Whether the claim is rejected once these of its keys are changed."""
    forged = json.loads(json.dumps(good))
    forged["claims"][int(claim["id"][1:])].update(changes)
    report = check_certificate(forged)
    return bool(next(line for line in report.claims if line.id == claim["id"]).status == "rejected")


def last_status(good: Document, *claims: Document) -> str:
    """The status of the last of the claims that are added, numbered by their place."""
    numbered = [{**claim, "id": f"c{len(good['claims']) + n}"} for n, claim in enumerate(claims)]
    return str(check_certificate({**good, "claims": [*good["claims"], *numbered]}).claims[-1].status)


def changed(evidence: Document, *path: Any, value: Any) -> Document:
    """A copy with the value at a path of keys replaced."""
    copy = json.loads(json.dumps(evidence))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return dict(copy)
