"""`uniform` and what follows from it: which fields are open, and the claims that a proof licenses.

Claims: `uniform` proved, hence for the model of the spec, `at-point` where h* has no zero layer, and over CC `generic`
and `generic-finite`.  Source: theory 4.1 (i), 0.4.  Cost: none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.certificate.claims import Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.transfers import also_over, fields_of

from .problem import Problem

TOO_LARGE = "the kernel of the lifted map is not listed"


def open_fields(problem: Problem, ledger: Ledger, prop: str = "uniform", model: str = "full") -> set[str]:
    """The fields over which `prop` modulo scaling is undecided so far."""
    fields = set(fields_of(problem.field.name))
    for claim in ledger.claims:
        if isinstance(claim, Verdict) and (claim.property, claim.modulo, claim.model) == (prop, "scaling", model):
            fields -= {claim.over, *also_over(prop, claim.status, claim.over)}
    return fields


def uniform_proved(problem: Problem, over: str, statement: str, evidence: Mapping[str, Any]) -> list[Verdict]:
    """`uniform` proved, to stand first in an outcome, and its consequences, which refer to it as "@0"."""
    claims = [Verdict("uniform", "scaling", "full", over, "proved", statement, evidence)]
    further = [("uniform", "spec")] if problem.architecture.models else []
    if over == "CC":
        further += [("generic-finite", "full"), ("generic", "full")]
    point = problem.architecture.point
    if point is not None and all(any(vector) for vector in point):
        further.append(("at-point", "full"))
    claims += [Verdict(prop, "scaling", model, over, "proved", "4.1", {"uniform": "@0"}) for prop, model in further]
    return claims
