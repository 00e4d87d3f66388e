"""A chain of convolutions: phi(h) is a product of Laurent polynomials, and their factorizations are counted.

Claims: fibre_count from both sides over QQ, RR and CC; the rank of A, for layers; `generic` refuted where there are two
classes or more, proved where there is one; `generic-finite` proved over CC; `hilbert-generic` proved over QQ (outside a
thin set of rational h) where no two layers are translates of each other.
Hypotheses: spec over QQ; a network with one path, or layers that convolve, without wrap-around.
Source: theory 10.5 (a), (c), (d).
Cannot show: exact numbers for kernels with gaps; over RR and QQ anything where the number depends on the roots.
Cost: the products of the layers, one for each sum of shifts and parameter.
"""

from __future__ import annotations

from exactfact.certificate.claims import Bound, Claim, Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.certificate.numbers import encode_integer
from exactfact.certificate.transfers import FIELDS, also_over
from exactfact.lifting.convolution import Shifts, layer_shifts, network_shifts, products, sums, verified
from exactfact.lifting.convolution_counts import Counts, count

from . import prices
from .outcome import Context, Outcome
from .problem import Problem
from .rank_gap import rank_upper

NOT_ONE = "not a chain of convolutions without wrap-around"


def apply(problem: Problem, context: Context) -> Outcome:
    """All claims about generic points; the first one carries the shifts that the others, and those at h*, refer to."""
    if problem.field.characteristic:
        return Outcome(why="generic statements are meaningless over a finite field")
    uniform = [context.ledger.verdict("uniform", modulo) for modulo in _groups(problem)]
    if all(verdict is not None and verdict.status == "proved" for verdict in uniform):
        return Outcome(why="uniformly identifiable")
    shifts = _shifts(problem, context)
    if shifts is None:
        return Outcome(why=NOT_ONE)
    counts = count(shifts)
    if counts is None:
        return Outcome(why="the numbers of splittings are too long to write out")
    listed = [[[encode_integer(x) for x in s] for s in row] for row in shifts]
    claims: list[Claim] = [Bound("fibre_count", "upper", counts.upper, "CC", "10.5", {"shifts": listed})]
    claims += _bounds(counts)
    if problem.architecture.network is None:
        columns = sums(shifts)
        claims += [Bound("rank", side, columns, "QQ", "10.5", {"fibre_count": "@0"}) for side in ("lower", "upper")]
    for modulo in _groups(problem):
        claims += _verdicts(counts, modulo, context.ledger)
    return Outcome(tuple(claims), _why(counts))


def _shifts(problem: Problem, context: Context) -> Shifts | None:
    context.tick("convolutions")
    network = problem.architecture.network
    if network is not None:
        return network_shifts(network)
    upper, chain = rank_upper(context.ledger), problem.chain
    rank = problem.reach.counts[-1] if upper is None else upper
    for shifts in layer_shifts(problem.architecture, chain):
        if sums(shifts, rank) <= rank:  # the products are independent, so that rank A is the number of sums
            context.afford("products of convolutions", prices.products(chain, products(shifts)))
            if verified(chain, shifts, lambda: context.tick("convolutions")):
                return shifts
    return None


def _groups(problem: Problem) -> tuple[str, ...]:
    return ("scaling",) if problem.architecture.network is None else ("path-scaling", "scaling")


def _bounds(counts: Counts) -> list[Claim]:
    """The other bounds on the number of classes, by reference to the first claim."""
    evidence = {"fibre_count": "@0"}
    uppers = [Bound("fibre_count", "upper", counts.upper, over, "10.5", evidence) for over in ("QQ", "RR")]
    return [*uppers, *(Bound("fibre_count", "lower", counts.lower[over], over, "10.5", evidence) for over in FIELDS)]


def _verdicts(counts: Counts, modulo: str, ledger: Ledger) -> list[Claim]:
    """The verdicts that are not recorded yet."""
    evidence = {"fibre_count": "@0"}
    drafts = [Verdict("generic-finite", modulo, "full", "CC", "proved", "10.5a", evidence)]
    if counts.upper == 1:
        drafts.append(Verdict("generic", modulo, "full", "CC", "proved", "10.5", evidence))
    drafts += [
        Verdict("generic", modulo, "full", over, "refuted", "10.5", evidence)
        for over in FIELDS
        if counts.lower[over] > 1
    ]
    if counts.exchanges == 1 < counts.upper:
        drafts.append(Verdict("hilbert-generic", modulo, "full", "QQ", "proved", "10.5", evidence))
    return [draft for draft in drafts if not decided(ledger, draft)]


def decided(ledger: Ledger, draft: Verdict) -> bool:
    """Whether a recorded verdict answers the same question over the same field."""
    question = (draft.property, draft.modulo, draft.model)
    return any(
        isinstance(claim, Verdict)
        and (claim.property, claim.modulo, claim.model) == question
        and draft.over in (claim.over, *also_over(claim.property, claim.status, claim.over))
        for claim in ledger.claims
    )


def _why(counts: Counts) -> str:
    """Why `generic` stays open over a field, when it does."""
    open_fields = [over for over in FIELDS if counts.lower[over] == 1 < counts.upper]
    if not open_fields:
        return ""
    listed = " and ".join(open_fields)
    reason = "how many classes a fibre has depends on the roots of the layers"
    return f"over {listed} a generic fibre has between 1 and {counts.upper} classes: {reason}"
