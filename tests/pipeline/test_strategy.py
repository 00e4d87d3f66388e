"""The order of the strategy, its guards, and what every verdict says about its making."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import exactfact as ef
from exactfact.certificate.claims import Verdict
from exactfact.certificate.ledger import Ledger
from exactfact.criteria.outcome import Context, OutOfTime
from exactfact.criteria.problem import Problem
from exactfact.model import LimitError
from exactfact.pipeline.guards import either, when_asked, while_open
from exactfact.pipeline.strategy import CHAIN, NETWORK, RANK, Step, run, steps_for
from exactfact.pipeline.undecided import RELEVANT

TOEPLITZ = ef.Architecture([ef.toeplitz(4, 4)] * 2)
# A line times a quadric: how many classes a fibre has over RR and QQ depends on the point, so both stay open.
CUBIC = ef.Architecture([ef.convolution(2, 3, padding="full"), ef.convolution(1, 2, padding="full")])
DENSE = ef.Architecture([ef.full(2, 2)] * 2)


@dataclass
class Frozen(Context):
    """A context for which the time left never changes."""

    left: float = 0.0

    def seconds_left(self) -> float:
        return self.left


def ran(architecture: ef.Architecture, *requested: str) -> set[str]:
    """Names of the steps that were not left out."""
    problem, context = Problem(architecture), Context(Ledger(), requested=requested)
    return {event.criterion for event in run(problem, context, steps_for(problem, "certify"))}


def test_uniform_alone_runs_no_generic_criterion() -> None:
    generic = {"jacobian_rank", "gauge", "symmetry", "too_small"}
    assert not generic & ran(CUBIC, "uniform")
    assert generic <= ran(CUBIC, "uniform", "generic-finite", "generic")


def test_generic_alone_looks_for_no_pair() -> None:
    assert "equal_columns" not in ran(TOEPLITZ, "generic")
    assert "equal_columns" in ran(TOEPLITZ, "uniform")


def test_a_symmetry_is_not_looked_for_once_generic_is_decided() -> None:
    assert "symmetry" not in ran(DENSE, "generic")
    assert "gauge" in ran(DENSE, "generic")


def test_point_criteria_run_for_the_point_alone() -> None:
    architecture = ef.Architecture([ef.full(1, 2), ef.full(2, 1)], point=[[1, 1], [1, 1]])
    assert "point_rank" in ran(architecture, "at-point")
    assert not {"point_rank", "point_witness"} & ran(architecture, "uniform")


@pytest.mark.parametrize("asked", ["uniform", "generic", "generic-finite"])
def test_leaving_steps_out_changes_no_verdict_that_was_asked(asked: str) -> None:
    triangular = ef.entries(2, 2, 3, [[0, 0, 0], [1, 0, 1], [1, 1, 2]])
    for architecture in (TOEPLITZ, DENSE, ef.Architecture([triangular, ef.diagonal(2)])):
        few = ef.certify(architecture, properties=[asked])
        all_of_them = ef.certify(architecture)
        for row in few.verdicts:
            if row.property == asked:
                same = all_of_them.verdict(asked, row.modulo, row.over, row.model)
                assert (row.status, row.statement) == (same.status, same.statement)


def test_guards() -> None:
    problem, context = Problem(DENSE), Context(Ledger(), requested=("generic", "generic-finite"))
    assert while_open("generic")(problem, context) and not while_open("uniform")(problem, context)
    assert when_asked("generic")(problem, context) and not when_asked("at-point")(problem, context)
    assert either(while_open("uniform"), while_open("generic"))(problem, context)
    context.ledger.absorb([Verdict("generic", "scaling", "full", "RR", "refuted", "6.4", {})])
    assert while_open("generic")(problem, context), "QQ and CC are open"
    context.ledger.absorb([Verdict("generic", "scaling", "full", f, "refuted", "6.4", {}) for f in ("QQ", "CC")])
    assert not while_open("generic")(problem, context)
    assert while_open("generic-finite/gauge")(problem, context)


def test_every_step_is_a_name_a_criterion_and_perhaps_a_guard() -> None:
    steps: tuple[Step, ...] = (*CHAIN, *NETWORK, *(step for steps in RANK.values() for step in steps))
    assert all(len(step) in (2, 3) and isinstance(step[0], str) and callable(step[1]) for step in steps)
    names = {step[0] for step in (*CHAIN, *NETWORK)}
    assert {name for listed in RELEVANT.values() for name in listed} <= names


def test_every_verdict_names_its_criterion_and_what_was_tried_before() -> None:
    result = ef.certify(CUBIC)
    uniform = result.verdict("uniform")
    assert uniform.criterion == "equal_columns"
    assert [attempt["criterion"] for attempt in uniform.tried] == ["dead_direction"]
    assert result.verdict("generic-finite").criterion == "jacobian_rank"
    assert result.verdict("generic", over="CC").criterion == "convolution_generic"
    open_row = result.verdict("generic", over="RR")
    assert open_row.status == "undecided" and open_row.criterion is None and open_row.tried
    assert "tried" not in result.certificate.text().partition('"notes"')[0]


def test_a_process_of_its_own_tells_the_same() -> None:
    first, second = ef.certify(TOEPLITZ), ef.certify(TOEPLITZ, time_limit=60)
    assert first.verdicts == second.verdicts


def test_groups_stand_side_by_side_the_coarsest_first() -> None:
    rows = [(row.property, row.modulo) for row in ef.certify(DENSE).verdicts]
    places = [rows.index(key) for key in (("generic-finite", "gauge"), ("generic-finite", "scaling"))]
    assert places == sorted(places) and rows == sorted(rows, key=lambda row: [r for r, _ in rows].index(row[0]))


def test_the_json_lists_the_steps_with_their_costs() -> None:
    result = ef.certify(TOEPLITZ, time_limit=300)
    steps = result.document()["steps"]
    assert steps[0]["criterion"] == "rank_trivial"
    assert all(step["estimate"] >= 0 and step["seconds"] >= 0 for step in steps)
    assert any(step["estimate"] for step in steps)
    made = [claim for step in steps for claim in step["claims"]]
    assert sorted(made) == sorted(claim.id for claim in result.certificate.claims)


# Two dense layers whose Jacobian is far too small: all linear symmetries would take seconds to find.
SLOW = ef.Architecture([ef.full(20, 20)] * 2)


def test_what_the_time_left_does_not_allow_is_passed_over_and_said() -> None:
    """The time left stays what it is while the steps run, so that the estimates alone decide."""
    problem, context = Problem(SLOW), Frozen(Ledger(), requested=("generic",), left=0.2)
    steps = run(problem, context, steps_for(problem, "certify"))
    events = []
    with pytest.raises(OutOfTime, match="the time limit leaves too little for: .*changes of basis between layers"):
        events.extend(steps)  # keeps what came before the end
    why = next(event.why for event in events if event.criterion == "gauge")
    assert "changes of basis between layers needs about" in why and "the 0.2 s that are left" in why
    assert events[-1].criterion != "gauge", "the steps behind have their turn"


def test_a_search_gets_a_share_of_the_time_left_or_is_not_begun() -> None:
    context = Frozen(Ledger(), left=8.0)
    assert context.share("a search", 1000, 3.0) == 1000
    assert context.share("a search", 1000, 16.0) == 250
    with pytest.raises(LimitError, match="a search needs about 10 s"):
        context.share("a search", 1000, 100.0)
    assert context.unaffordable == ["a search"]
