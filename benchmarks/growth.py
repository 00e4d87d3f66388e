"""How the time to find the rank grows: fitted exponents beside those that the algorithm predicts.

A prediction is a range: the exponents of the terms of the cost, of which one or another rules at these sizes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .race import Contestant, ours, race
from .rows import Setting

# Nonzeros of a layer of 32 x 32 in the series over S.
PLACED = 96


@dataclass(frozen=True)
class Growth:
    """Against one size: `points` (size, median seconds, answer), the exponents fitted to all and to the two largest."""

    size: str
    case: str
    points: tuple[tuple[int, float, Any], ...]
    exponent: float | None
    last: float | None
    predicted: tuple[float, float]
    why: str
    missing: str = ""


def fitted_exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of the least-squares line through (log x, log y); None for fewer than two different x."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / max(1, len(logs))
    mean_y = sum(y for _, y in logs) / max(1, len(logs))
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread if spread else None


def series(setting: Setting) -> list[Growth]:
    """Depth, parameters and size of sparse chains; length of convolution chains."""
    depths = setting.pick((2, 3, 5, 8, 12, 20), (2, 6, 20))
    counts = setting.pick((2, 4, 8, 16, 32), (2, 8, 32))
    sizes = setting.pick((8, 16, 32, 64), (8, 16, 32))
    lengths = [2**e for e in setting.pick(range(8, 21, 2), range(8, 21, 4))]
    elimination = "the elimination of about r x r numbers does not depend on"
    points = "derived points and half-products grow in proportion"
    return [
        _measure(
            setting,
            ("K", "sparse t=3, m=32, S=32"),
            {K: _lifted(32, 32, K, 3) for K in depths},
            (0.0, 1.0),
            f"{elimination} K once r has reached the cells (0); {points} (1)",
        ),
        _measure(
            setting,
            ("S", f"m=32, K=10, {PLACED} nonzeros a layer"),
            {S: _lifted(32, S, 10, PLACED // S) for S in counts},
            (0.0, 1.0),
            f"{elimination} S once r has reached the cells (0); derived points grow in proportion (1)",
        ),
        _measure(
            setting,
            ("m", "sparse t=3, S=m, K=10"),
            {m: _lifted(m, m, 10, 3) for m in sizes},
            (1.0, 6.0),
            "the calls for about 2m half-products (1), their multiplications (4), elimination of about m^2 rows (6)",
        ),
        _measure(
            setting,
            ("N", "convolution chain, S=8, K=20"),
            {N: ours(f"N={N}", "path_sums", length=N, taps=8, depth=20) for N in lengths},
            (0.0, 1.0),
            "K S operations of Python (0) on tables of N slots (1)",
        ),
    ]


def _lifted(size: int, parameters: int, depth: int, placed: int) -> Contestant:
    arguments = [size, parameters, depth, placed]
    return ours(f"{arguments}", "lifted_rank", family="sparse_chain", arguments=arguments)


def _measure(
    setting: Setting,
    name: tuple[str, str],
    contestants: dict[int, Contestant],
    predicted: tuple[float, float],
    why: str,
) -> Growth:
    timings = race(list(contestants.values()), setting.rounds, compare=False)
    results = {size: timings[contestant.name] for size, contestant in contestants.items()}
    points = tuple((size, t.seconds, t.answer) for size, t in results.items() if t.seconds is not None)
    missing = "; ".join(f"{size}: {timing.missing}" for size, timing in results.items() if timing.seconds is None)
    pairs = [(size, seconds) for size, seconds, _ in points]
    return Growth(*name, points, fitted_exponent(pairs), fitted_exponent(pairs[-2:]), predicted, why, missing)
