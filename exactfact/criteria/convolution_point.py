"""The given point of a chain of convolutions: other groupings of the roots and factors of its layers.

Claims: `at-point` refuted over QQ by a pair, when the irreducible factors over QQ can be regrouped; proved over QQ
(over RR or CC where the factors are irreducible there) when they cannot; on a line, proved or refuted over CC and RR
from the numbers of real roots.
Hypotheses: after `convolution_generic` recognised the chain; no layer of h* is zero.
Source: theory 10.5 (c), 7.5, 8.1.
Cannot show: anything over RR and CC beyond kernels on a line and factors that are irreducible over CC; over QQ,
uniqueness where some factor is irreducible but has many factors modulo every prime.
Cost: the factors of the layers; the parts of their multiset, capped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from exactfact.algebra.irreducibility import Lines, ModularFactors
from exactfact.certificate.claims import Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import decode_integer, encode_integer, encode_vector
from exactfact.certificate.transfers import FIELDS, also_over
from exactfact.lifting.convolution import Shifts
from exactfact.lifting.convolution_counts import groups
from exactfact.lifting.factor_splittings import (
    Factored,
    Irreducible,
    competitor,
    exchanged,
    factored,
    irreducible,
    own,
    polynomials,
    splittings,
)
from exactfact.lifting.root_splittings import forms, one_splitting
from exactfact.model import LimitError

from .convolution_generic import NOT_ONE, decided
from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point, refutation

ORDER = ("QQ", "RR", "CC")


@dataclass(frozen=True)
class Answers:
    """What was found: verdict drafts without their group, and why a field stays open."""

    drafts: tuple[Verdict, ...]
    why: str = ""


def apply(problem: Problem, context: Context) -> Outcome:
    """Verdicts for every group and field that is open."""
    h = problem.architecture.point
    if h is None:
        return Outcome(why="no point is given")
    if problem.field.characteristic:
        return Outcome(why="factors are looked for over QQ only")
    carrier = _carrier(context.ledger)
    if carrier is None:
        return Outcome(why=NOT_ONE)
    if not all(any(vector) for vector in h):
        return _zero_layer(problem, context.ledger, carrier[0])
    modulos = ("scaling",) if problem.architecture.network is None else ("path-scaling", "scaling")
    asked = [Verdict("at-point", modulo, "full", over, "", "", {}) for modulo in modulos for over in FIELDS]
    if all(decided(context.ledger, draft) for draft in asked):
        return Outcome(why="already decided")
    name, shifts = carrier
    answers = _answers(problem, context, name, shifts, h)
    claims: list[Claim] = []
    for modulo in modulos:
        ledger = Ledger(list(context.ledger.claims))
        for found in answers.drafts:
            draft = replace(found, modulo=modulo)
            if not decided(ledger, draft):
                claims.append(draft)
                ledger.claims.append(draft)
    return Outcome(tuple(claims), answers.why)


def _zero_layer(problem: Problem, ledger: Ledger, name: str) -> Outcome:
    """Modulo path-scaling all points with a zero layer are one class, and no others have the product 0."""
    why = "h* has a zero layer; `at-point` modulo scaling is about points with every layer nonzero"
    draft = Verdict("at-point", "path-scaling", "full", "CC", "proved", "10.5a", {"fibre_count": name})
    new = problem.architecture.network is not None and not decided(ledger, draft)
    return Outcome((draft,) if new else (), why)


def _carrier(ledger: Ledger) -> tuple[str, Shifts] | None:
    """The id of the claim that lists the shifts, and the shifts."""
    for claim in ledger.claims:
        if claim.statement == "10.5" and "shifts" in claim.evidence:
            rows = claim.evidence["shifts"]
            return claim.id, tuple(tuple(tuple(map(decode_integer, s)) for s in row) for row in rows)
    return None


def _answers(problem: Problem, context: Context, name: str, shifts: Shifts, h: Point) -> Answers:
    """A pair over QQ settles everything; otherwise the fields one by one."""
    context.tick("factors of the given point")
    why, proved = "", None
    try:
        layers = polynomials(shifts, h)
        found = factored(layers)
        swap = exchanged(found, layers, shifts)
        ways = splittings(found, layers, shifts) if swap is None else [swap]
    except LimitError as error:
        why = str(error)
    else:
        others = [choice for choice in ways if choice != own(found, layers)]
        if others:
            return Answers((refutation("at-point", h, competitor(found, others[0], shifts, h), "QQ"),))
        context.tick("irreducibility of the factors of the given point")
        proved, why = _irreducible(found, name, problem.seed)
    context.tick("roots of the given point")
    drafts = _by_roots(name, shifts, h)
    return Answers((*drafts, *(() if proved is None else (proved,))), why or _open(drafts, proved))


def _irreducible(found: Factored, name: str, seed: int) -> tuple[Verdict | None, str]:
    """`at-point` proved over the smallest of the fields over which the factors are irreducible."""
    known = [irreducible(factor, seed) for factor in found.factors]
    if any(x is None for x in known):
        return None, "over QQ the factors cannot be regrouped, but no proof of their irreducibility was found"
    proofs = [x for x in known if x is not None]
    over = min((x.field for x in proofs), key=ORDER.index, default="CC")
    evidence = {
        "fibre_count": name,
        "factors": [[[encode_vector(at), encode_integer(c)] for at, c in sorted(f.items())] for f in found.factors],
        "exponents": [list(e) for e in found.exponents],
        "proofs": [_proof(x) for x in proofs],
    }
    return Verdict("at-point", "scaling", "full", over, "proved", "10.5p", evidence), ""


def _proof(found: Irreducible) -> dict[str, Any] | None:
    if isinstance(found.proof, ModularFactors):
        factors = [encode_vector(f) for f in found.proof.factors]
        return {"prime": encode_integer(found.proof.prime), "factors": factors}
    if isinstance(found.proof, Lines):
        point = None if found.proof.point is None else list(found.proof.point)
        return {
            "prime": found.proof.prime,
            "axis": found.proof.axis,
            "values": list(found.proof.values),
            "point": point,
        }
    return None


def _by_roots(name: str, shifts: Shifts, h: Point) -> list[Verdict]:
    """Over CC and RR, for layers on parallel lines; a refutation needs layers without gaps."""
    segments, others = groups(shifts, apart=False)
    if len(segments) != 1 or others:
        return []
    layers, full = forms(segments[0], h), segments[0].full
    evidence = {"fibre_count": name}
    unique = {over: one_splitting(layers, over) for over in ("CC", "RR")}
    wanted = [over for over in ("RR", "CC") if unique[over]][-1:]
    if full:
        wanted += [over for over in ("RR", "CC") if not unique[over]][:1]
    return [
        Verdict("at-point", "scaling", "full", over, "proved" if unique[over] else "refuted", "10.5r", evidence)
        for over in wanted
    ]


def _open(drafts: list[Verdict], proved: Verdict | None) -> str:
    """Why a field stays open."""
    answered = {field for x in (*drafts, proved) if x for field in (x.over, *also_over("at-point", x.status, x.over))}
    missing = [field for field in FIELDS if field not in answered]
    if not missing:
        return ""
    return f"over {' and '.join(missing)} the factors of the layers may split further, into kernels with gaps or not"
