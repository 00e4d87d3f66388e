"""What an open question tells its reader to try, from the reasons that the criteria themselves give."""

from __future__ import annotations

import pytest

from exactfact.certificate.ledger import Ledger
from exactfact.criteria.outcome import Context, OutOfTime
from exactfact.model import LimitError
from exactfact.pipeline.explanation.open_rows import hints

LONGER = "A longer --time-limit may decide it."


def test_every_reason_of_a_time_limit_asks_for_more_time() -> None:
    context = Context(Ledger(), deadline=0.0)
    with pytest.raises(OutOfTime) as during:
        context.tick("pair search")
    with pytest.raises(OutOfTime) as before:
        context.afford("pair search", 1.0)
    with pytest.raises(LimitError) as passed_over:
        Short(Ledger()).afford("pair search", 20.0)
    for reason in (during, before, passed_over):
        assert list(hints([str(reason.value)])) == [LONGER]


def test_other_reasons_do_not() -> None:
    assert list(hints(["the lifted map is not injective", "listing 5000 columns takes too many entries"])) == []


class Short(Context):
    """A second is left."""

    def seconds_left(self) -> float:
        return 1.0
