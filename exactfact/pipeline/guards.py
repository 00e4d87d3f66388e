"""Whether a step of the strategy can still decide anything that was asked.

A guard is the optional third field of a step; without one the step always runs, because its numbers are printed (ranks,
path counts) or because every property can rest on them.  Criteria have further guards of their own, by estimated cost.
"""

from __future__ import annotations

from collections.abc import Callable

from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem

from .questions import covered, is_covered, questions

Guard = Callable[[Problem, Context], bool]


def while_open(*wanted: str) -> Guard:
    """True while one of the properties was asked and is open modulo a usual group, for a model, over a field.

    `PROPERTY/GROUP` stands for a question that a criterion answers unasked: open while the property was asked and the
    group has no verdict.  Who asks for `stable` asks for `uniform` too: a rival refutes both.
    """

    def guard(problem: Problem, context: Context) -> bool:
        decided = covered(context.ledger.claims)
        for name in wanted:
            prop, _, group = name.partition("/")
            if group:
                if prop in context.requested and context.ledger.verdict(prop, group) is None:
                    return True
            elif prop in context.requested or (prop == "uniform" and "stable" in context.requested):
                asked = questions(problem.architecture, (prop,))
                if not all(is_covered(question, decided) for question in asked):
                    return True
        return False

    return guard


def when_asked(*properties: str) -> Guard:
    """True when one of the properties was asked, decided or not: the step's numbers belong to the answer."""
    return lambda _, context: any(prop in context.requested for prop in properties)


def either(*guards: Guard) -> Guard:
    """True when one of the guards is."""
    return lambda problem, context: any(guard(problem, context) for guard in guards)
