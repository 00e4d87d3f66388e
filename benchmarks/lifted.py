"""Rows 5-8: the rank of the lifted map, convolution chains, the Jacobian, and the certificate."""

from __future__ import annotations

from typing import Any

from .race import ours, python, race
from .rows import Row, Setting, ratio_row

DGEMM = "numpy dgemm"
# The seed whose layers reach 930 of the 1024 cells.
SPARSE_SEED = 8
PATH_SUMS_MS = 1.0


def rank_rows(setting: Setting) -> list[Row]:
    """Row 5.  dgemm of the size of the rank is the unit."""
    sparse = [32, 32, 20, 3, SPARSE_SEED]
    return [
        _rank_row(setting, "sparse t=3, m=32, S=32, K=20", "sparse_chain", sparse, 2.0),
        _rank_row(setting, "butterfly n=64", "butterfly_chain", [64], 1.4),
    ]


def _rank_row(setting: Setting, name: str, family: str, arguments: list[Any], target: float) -> Row:
    mine = ours("exactfact", "lifted_rank", family=family, arguments=arguments)
    rank = race([mine], 1)["exactfact"].answer
    timings = race([mine, python(DGEMM, "rivals:dgemm", n=rank or 1)], setting.rounds)
    figure = f"lifted rank / dgemm(r), {name}, r = {rank}"
    return ratio_row(5, figure, ("<=", target), timings, "exactfact", DGEMM, "from the expanded layers to the number")


def path_rows(setting: Setting) -> list[Row]:
    """Row 6, in milliseconds; python-flint multiplies the tap polynomials for the same two answers."""
    chain = {"length": 4096, "taps": 8, "depth": 20}
    timings = race(
        [ours("exactfact", "path_sums", **chain), python("python-flint", "rivals:flint_path_sums", **chain)],
        setting.rounds,
    )
    seconds = timings["exactfact"].seconds
    name = "convolution chain N=4096, S=8, K=20, rank and 0/1 verdict"
    return [
        Row(
            6,
            f"{name}, engine time",
            ("<", PATH_SUMS_MS),
            None if seconds is None else seconds * 1e3,
            "ms",
            (timings["exactfact"],),
            "from the network to both answers",
        ),
        ratio_row(6, f"{name}, python-flint's polynomial product / ours", None, timings, "python-flint", "exactfact"),
    ]


def jacobian_rows(setting: Setting) -> list[Row]:
    """Row 7: the elimination against the time that its multiplications take in dgemm."""
    layers, inner = 5, setting.pick(300, 150)
    chain = {"sizes": [250, *[inner] * (layers - 1), 400], "parameters": setting.pick(1000, 400)}
    size = setting.pick(4000, 2000)
    timings = race(
        [
            ours("building", "jacobian_build", **chain),
            ours("elimination", "jacobian_eliminate", **chain),
            python(DGEMM, "rivals:dgemm", n=size),
        ],
        setting.rounds,
        compare=False,
    )
    total = layers * chain["parameters"]
    rank, shape = timings["elimination"].answer, timings["building"].answer
    figure = f"Jacobian of {total} parameters, 250 x 400 outputs, rank {rank}"
    target, note = setting.pick((("<=", 1.5), ""), (None, "the target is for 5000 parameters, in a full run"))
    if rank is None or shape is None:
        return [Row(7, figure, target, None, "ratio", tuple(timings.values()), note)]
    scale = 2 * size**3 / elimination_operations(*shape, rank)
    return [
        ratio_row(
            7, f"{figure}: elimination / its flops at dgemm rate", target, timings, "elimination", DGEMM, note, scale
        ),
        ratio_row(7, f"{figure}: building / elimination", None, timings, "building", "elimination"),
    ]


def elimination_operations(rows: int, cols: int, rank: int) -> float:
    """Additions and multiplications of a Gaussian elimination: 2 sum over i < rank of (rows - i) (cols - i)."""
    return 2 * (rows * cols * rank - (rows + cols) * rank**2 / 2 + rank**3 / 3)


def certificate_rows(setting: Setting) -> list[Row]:
    """Row 8, as `exactfact rank` certifies it, and with the layered certificate that it takes where bounds differ."""
    rows: list[Row] = []
    chain = {"family": "sparse_chain", "arguments": [32, 32, 10, 3, SPARSE_SEED]}
    for method, name in (("auto", "certificate"), ("span", "chain certificate")):
        timings = race(
            [
                ours("rank", "lifted_rank", **chain),
                ours("build", "certificate", **chain, method=method),
                ours("verify", "verification", **chain, method=method),
            ],
            # The chain certificate takes seconds to build.
            setting.rounds if method == "auto" else setting.pick(5, 1),
        )
        figure = f"{name}, sparse t=3, m=32, S=32, K=10"
        rows.append(ratio_row(8, f"{figure}: build / rank", ("<=", 10.0), timings, "build", "rank"))
        rows.append(ratio_row(8, f"{figure}: verify / rank", ("<=", 30.0), timings, "verify", "rank"))
    return rows
