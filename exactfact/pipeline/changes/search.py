"""The search for small changes: cheap candidates first, a quick necessary condition, then the criteria themselves."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.algebra.primes import WORD_RANGE, random_primes
from exactfact.certificate.facts import facts, verdict_rows
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import decode_integer, decode_number
from exactfact.criteria import path_uniform
from exactfact.criteria.outcome import Context, OutOfTime
from exactfact.criteria.problem import Problem
from exactfact.lifting.jacobian import jacobian_rank
from exactfact.model import Architecture, LimitError
from exactfact.pipeline.job import certify
from exactfact.pipeline.result import Result

from .change import Change
from .edits import layer_changes, network_changes
from .slices import normal_forms

CANDIDATES = 48
CERTIFIED = 8
PROPOSALS = 3
EACH = 10.0  # seconds for one candidate
PARAMETER_LIMIT = 1500
CELL_LIMIT = 2_000_000

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """A change with the result of certifying the changed spec.

    `restores`: the property aimed at is proved for it.  `statement`: "9.0" when that follows from the original's
    verdict modulo torus and not from a claim about the changed spec.  `reaches`: almost every product of the original
    is still a product of the changed family, over CC.
    """

    change: Change
    target: str
    result: Result
    restores: bool
    statement: str | None
    reaches: bool


def find_changes(
    architecture: Architecture,
    document: Document,
    *,
    seed: int = 0,
    seconds: float = 30.0,
    progress: Callable[[str], None] = lambda text: None,
) -> list[Proposal]:
    """At most PROPOSALS changes that restore the first property not proved (`generic`, then `uniform`).

    Failing that, changes that leave finitely many solutions where there were infinitely many.  The search is bounded by
    `seconds` and by CANDIDATES; [] when nothing was found, or everything is proved, or the field is finite.
    """
    target = aim(architecture, document)
    if target is None:
        return []
    deadline = time.monotonic() + seconds
    context = Context(Ledger(), seed, deadline, progress)
    found: list[Proposal] = []
    kinds: set[str] = set()
    certified = 0
    try:
        for change in itertools.islice(_candidates(architecture, document, context), CANDIDATES):
            if change.kind in kinds or not _possible(change, target, context):
                continue
            certified += 1
            proposal = _certified(change, target, architecture, document, context)
            if proposal is not None:
                found.append(proposal)
                kinds |= {change.kind} if proposal.restores else set()
            if certified >= CERTIFIED or sum(p.restores for p in found) >= PROPOSALS:
                break
    except OutOfTime:
        pass
    restoring = [proposal for proposal in found if proposal.restores]
    return sorted(restoring or found[:1], key=lambda proposal: proposal.change.size)


def _group(architecture: Architecture) -> str:
    return "scaling" if architecture.network is None else "path-scaling"


def aim(architecture: Architecture, document: Document) -> str | None:
    """The first of generic, uniform that was asked and is not proved over CC; None over a finite field."""
    if architecture.field.characteristic:
        return None
    rows = [row for row in verdict_rows(document, architecture) if row["modulo"] == _group(architecture)]
    for prop in ("generic", "uniform"):
        asked = [row for row in rows if row["property"] == prop]
        if asked and not any(row["status"] == "proved" and row["over"] == "CC" for row in asked):
            return prop
    return None


def _candidates(architecture: Architecture, document: Document, context: Context) -> Iterator[Change]:
    if architecture.network is not None:
        yield from network_changes(architecture, _colliding(document))
        return
    problem = Problem(architecture, context.seed)
    if _infinite(architecture, document):
        yield from _shielded(lambda: normal_forms(problem, context, _fields(document)))
    yield from layer_changes(architecture, _dead(document), _rival(document))


def _shielded(make: Callable[[], Iterator[Change]]) -> Iterator[Change]:
    try:
        yield from make()
    except LimitError:
        return


def _infinite(architecture: Architecture, document: Document) -> bool:
    return any(
        (row["property"], row["modulo"], row["status"]) == ("generic-finite", "scaling", "refuted")
        or (row["property"] == "generic" and row["statement"] in ("6.4", "8.2b", "6.2"))
        for row in verdict_rows(document, architecture)
    )


def _fields(document: Document) -> Sequence[Mapping[str, Any]]:
    for claim in document["claims"]:
        if claim["statement"] == "6.3" and claim["kind"] == "bound":
            fields: Sequence[Mapping[str, Any]] = claim["evidence"]["fields"]
            return fields
    return ()


def _dead(document: Document) -> dict[int, list[int]]:
    """A parameter for each dead direction: dropping it loses no product."""
    listed: dict[int, list[list[Any]]] = {}
    for claim in document["claims"]:
        if claim["statement"] == "8.2b" and claim["kind"] == "bound":
            for k, x in claim["evidence"]["dead"]:
                listed.setdefault(k, []).append(x)
    chosen: dict[int, list[int]] = {}
    for k, vectors in listed.items():
        if len(vectors) == len(vectors[0]):
            return {}
        taken: list[int] = []
        for x in vectors:
            j = next((j for j, value in enumerate(x) if value and j not in taken), None)
            if j is not None:
                taken.append(j)
        chosen[k] = sorted(taken)
    return chosen


def _rival(document: Document) -> dict[int, list[int]]:
    """By layer, the parameters that one point of the recorded pair uses and the other does not (theory 8.1)."""
    for claim in document["claims"]:
        if (claim.get("property"), claim["statement"]) == ("uniform", "8.1") and claim.get("modulo") == "scaling":
            points = zip(claim["evidence"]["h"], claim["evidence"]["g"], strict=True)
            used = [[{j for j, value in enumerate(x) if decode_number(value)} for x in pair] for pair in points]
            return {k: sorted(h ^ g) for k, (h, g) in enumerate(used) if h ^ g}
    return {}


def _colliding(document: Document) -> list[str]:
    """Names of the edges on which the two colliding paths use different taps, or that only one of them uses."""
    for claim in document["claims"]:
        if claim["statement"] == "10.1" and "paths" in claim["evidence"]:
            one, other = claim["evidence"]["paths"]
            pairs = itertools.chain.from_iterable((a, b) for a, b in zip(one, other, strict=True) if a != b)
            return list(dict.fromkeys(name for name, _ in pairs))
    return []


def _possible(change: Change, target: str, context: Context) -> bool:
    """A quick necessary condition: full Jacobian rank, room for an injective map, or distinct path sums."""
    context.tick(f"trying: {change.words}")
    problem = Problem(change.architecture, context.seed)
    try:
        if change.architecture.network is not None:
            claims = path_uniform.apply(problem, context).claims
            return any(getattr(claim, "status", None) == "proved" for claim in claims)
        chain = problem.chain
        if sum(chain.parameters) > PARAMETER_LIMIT or max(chain.sizes) ** 2 > CELL_LIMIT:
            return False
        if target == "uniform" and chain.lifted_dimension > chain.widths[0] * chain.widths[-1]:
            return False
        p = next(random_primes(context.seed, "change", problem.denominator, WORD_RANGE))
        residues = problem.residues(p)
        return jacobian_rank(residues, residues.point(context.seed, 0), context.seed) == chain.free_dimension
    except LimitError:
        return False


def _certified(
    change: Change, target: str, original: Architecture, document: Document, context: Context
) -> Proposal | None:
    """What the criteria say about the changed spec; None when they decide nothing that was open before."""
    group = _group(original)
    wanted = ("generic-finite", "generic") if target == "generic" else (target,)
    limit = max(0.1, min(EACH, context.seconds_left()))
    result = certify(change.architecture, properties=wanted, seed=context.seed, time_limit=limit)
    proved = {row.property for row in result.verdicts if (row.modulo, row.status) == (group, "proved")}
    if target in proved and not _more(result, original, document, target):
        proved.remove(target)
    statement = None
    if target not in proved and change.torus and _generic_modulo_torus(document):
        statement = "9.0"
    restores = target in proved or statement is not None
    finite = "generic-finite" in proved and _infinite(original, document)
    if not (restores or finite):
        return None
    return Proposal(change, target, result, restores, statement, change.within and _reaches(result, original, document))


def _more(result: Result, original: Architecture, document: Document, target: str) -> bool:
    """Whether the target is proved over a field where it was not, and over all where it was."""
    group = _group(original)
    after = [
        (row.status, row.over, *row.also_over)
        for row in result.verdicts
        if (row.property, row.modulo) == (target, group)
    ]
    before = [
        (row["status"], row["over"], *row["also_over"])
        for row in verdict_rows(document, original)
        if (row["property"], row["modulo"], row["model"]) == (target, group, "full")
    ]
    new, old = ({field for status, *over in rows if status == "proved" for field in over} for rows in (after, before))
    return new > old


def _generic_modulo_torus(document: Document) -> bool:
    key = ("verdict", "generic", "torus", "full", "CC", "proved")
    names = ("kind", "property", "modulo", "model", "over", "status")
    return any(tuple(claim.get(name) for name in names) == key for claim in document["claims"])


def _reaches(result: Result, original: Architecture, document: Document) -> bool:
    """Equal dimensions of nested irreducible images: the smaller one is dense in the larger."""
    ours, theirs = result.facts["jacobian_rank"], facts(document, original)["jacobian_rank"]
    if ours is None or theirs is None or theirs["upper"] is None:
        return False
    return decode_integer(ours["lower"]) >= decode_integer(theirs["upper"])
