"""What `bound` refuses in one sentence, and where it certifies nothing."""

from __future__ import annotations

import numpy as np
import pytest

import exactfact as ef
from exactfact.model import LimitError, SpecError
from exactfact.pipeline.recovery import bound
from tests.architectures import BRANCHES, DILATED
from tests.stability.problems import BLIND

BAD = [
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [[1, 2], [3, 4]], {}, "data: required a matrix of 16 x 1, received 2 x 2"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [float("nan")] * 16, {}, "data[0]: required"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3]], [1] * 16, {}, 'estimate, layer 2 "message": required 4 numbers'),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], np.ones(16) * 1j, {}, "real numbers, received complex"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [1] * 16, {"noise": -1}, "noise: required a number >= 0"),
    (BLIND, [[1, 2, 3, 4], [1, 2, 3, 4]], [1] * 16, {"path": ["a"]}, "path: required a network"),
    (DILATED, [[1, 2]] * 4, [1] * 15, {}, 'data, leaf "x": required a kernel of 16 entries, received 15'),
    (DILATED, [[1, 2]] * 3, [1] * 16, {}, "estimate: required 4 vectors"),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], {"x": [1] * 20}, {}, 'none for "y"'),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], [1] * 20, {}, "one kernel for each leaf"),
    (BRANCHES, [[1, 2], [1] * 4, [1] * 7], {"x": [1] * 20, "z": [1] * 20}, {}, "names of leaves"),
    (ef.Architecture([ef.full(1, 2)], field="GF(5)"), [[1, 2]], [[1, 2]], {}, "field: required QQ"),
]  # fmt: skip


@pytest.mark.parametrize("architecture, estimate, data, options, message", BAD)
def test_what_does_not_fit_is_refused_in_one_sentence(architecture, estimate, data, options, message):
    with pytest.raises(SpecError) as error:
        bound(architecture, estimate, data, **options)
    assert message in str(error.value)


def test_groups_too_large_for_arrays_are_refused():
    network = ef.Network([10**12], "out", [ef.Edge("e", "x", "out", (0, 1))])
    with pytest.raises(LimitError, match="an array over the group"):
        bound(ef.Architecture(network), [[1, 2]], [1, 2])


def test_sums_that_coincide_are_not_certified():
    network = ef.Network([8], "out", [ef.Edge("e", "a", "out", (0, 1)), ef.Edge("f", "x", "a", (0, 1))])
    result = bound(ef.Architecture(network), [[1, 2], [1, 2]], [1, 4, 4, 0, 0, 0, 0, 0])
    assert not result.certified
    assert "coincide" in result.reason


def test_where_the_jacobian_has_no_full_rank_nothing_is_claimed():
    free = ef.Architecture([ef.full(2, 2), ef.full(2, 2)])
    result = bound(free, [[1, 0, 0, 1], [1, 2, 3, 4]], [[1, 2], [3, 4]], noise="0.1")
    assert not result.certified
    assert result.certificate is None
    assert "no certified full rank" in result.reason
    zero = bound(free, [[0, 0, 0, 0], [1, 2, 3, 4]], [[1, 2], [3, 4]])
    assert "a layer of the estimate is zero" in zero.reason
