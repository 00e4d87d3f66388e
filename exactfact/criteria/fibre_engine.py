"""What an optional engine says about one fibre: probable, never a claim.

Says: `generic` over CC (and over RR, when it fails) from the fibre of a random point; `at-point` over CC, RR and QQ
from the fibre of h*.
Hypotheses: spec over QQ, the extra `engines` installed, a small system; for `generic` a full Jacobian rank.
Source: theory 7.1, 7.5.
Cannot show: anything certified; the fibre of one random point has the generic number of classes but for an exceptional
set.  Cost: at most SECONDS for each fibre, in a process of its own with a limit of memory.
"""

from __future__ import annotations

from collections.abc import Callable

from exactfact.certificate.claims import Verdict
from exactfact.certificate.transfers import also_over
from exactfact.lifting.engine_answers import EngineError, Solutions
from exactfact.lifting.engine_msolve import count_fibre, find_program
from exactfact.lifting.fibre_system import fibre_system, small_point
from exactfact.model import LimitError

from .outcome import Context, Outcome
from .problem import Problem
from .witness import Point

SECONDS = 10.0
PARAMETER_LIMIT = 24
FIELDS = ("CC", "RR", "QQ")
Suggestions = dict[str, tuple[object, str]]
MISSING = "the optional extra exactfact[engines] would count the classes in the fibre of one point"


def apply(problem: Problem, context: Context) -> Outcome:
    """What is probable about the properties that were asked and are open; never a claim."""
    asked = [(prop, run) for prop, run in _QUESTIONS if prop in context.requested and _open(context, prop)]
    if problem.field.characteristic or not asked:
        return Outcome()
    if sum(problem.chain.parameters) > PARAMETER_LIMIT:
        return Outcome(why=f"systems in {sum(problem.chain.parameters)} unknowns are too large for the engine")
    if find_program() is None:
        return Outcome(why=MISSING)
    probable: Suggestions = {}
    reasons = []
    for _, run in asked:
        try:
            probable.update(run(problem, context))
        except (EngineError, LimitError) as error:
            reasons.append(str(error))
    return Outcome(why="; ".join(dict.fromkeys(reasons)), probable=probable)


def _open(context: Context, prop: str) -> bool:
    """Whether nothing is recorded about the property over CC."""
    return not any(
        isinstance(claim, Verdict)
        and (claim.property, claim.modulo, claim.model) == (prop, "scaling", "full")
        and "CC" in (claim.over, *also_over(claim.property, claim.status, claim.over))
        for claim in context.ledger.claims
    )


def _count(problem: Problem, context: Context, h: Point) -> Solutions:
    context.tick("an engine counts the classes of a fibre")
    seconds = min(SECONDS, context.seconds_left() / 2)
    return count_fibre(fibre_system(problem.chain.integral(), h, problem.seed), seconds)


def _generic(problem: Problem, context: Context) -> Suggestions:
    """The fibre of a random point: one class, or several, over CC; several over RR."""
    lower = context.ledger.bound("jacobian_rank", "lower")
    if lower is None or lower.value < problem.chain.free_dimension:
        raise EngineError("the Jacobian rank is not known to be full, so that fibres may be infinite")
    h = small_point(problem.chain.parameters, problem.seed)
    found = _count(problem, context, h)
    if found.CC is None:
        raise EngineError("msolve says that a fibre is infinite although the Jacobian rank is full")
    place = f"in the fibre of h = {[list(vector) for vector in h]}, as msolve counts"
    answers = {"generic@CC": _sentence(found.CC, "CC", place)}
    if found.RR is not None and found.RR > 1:
        answers["generic@RR"] = _sentence(found.RR, "RR", place)
    return {name: (text, "") for name, text in answers.items()}


def _at_point(problem: Problem, context: Context) -> Suggestions:
    """The fibre of h* itself."""
    h = problem.architecture.point
    if h is None or not all(any(vector) for vector in h):
        return {}
    found = _count(problem, context, h)
    if found.CC is None:
        return {"at-point@CC": ("probably not: the fibre of h* is infinite, as msolve says", "")}
    counts = {"CC": found.CC, "RR": found.RR or 0, "QQ": found.QQ or 0}
    place = "in the fibre of h*, as msolve counts"
    return {f"at-point@{over}": (_sentence(counts[over], over, place), "") for over in FIELDS}


def _sentence(count: int, over: str, place: str) -> str:
    answer = "probably" if count == 1 else "probably not"
    return f"{answer}: {count} {'class' if count == 1 else 'classes'} over {over} {place}"


_QUESTIONS: tuple[tuple[str, Callable[[Problem, Context], Suggestions]], ...] = (
    ("generic", _generic),
    ("at-point", _at_point),
)
