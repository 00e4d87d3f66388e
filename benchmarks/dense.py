"""Rows 1-3, rank mod p of dense matrices, and row 4, rank over QQ with proof."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from . import instances
from .peers import rank_contestant, rational_contestant
from .race import ours, python, race
from .rows import Row, Setting, ratio_row

OURS = "exactfact"
FLINT = "python-flint"
DGEMM = "numpy dgemm"
AGAINST_FFLAS = {1000: 1.4, 2000: 1.1, 4000: 1.0}
AGAINST_FLINT = 6.0
AGAINST_DGEMM = 0.6
# Peers without a target, and the sizes at which they answer within seconds.
REPORTED = {"LinBox": (1000, 2000, 4000), "PARI": (1000, 2000), "sympy": (100,)}
PROVED_TARGET = 100.0
LISTED = "its matrix is built from a list of ints that is there already"


def modular_rows(setting: Setting) -> list[Row]:
    """One race for each size, all peers in it."""
    rows: list[Row] = []
    for n in (100, *AGAINST_FFLAS):
        rows += _modular(setting, n)
    return rows


def _modular(setting: Setting, n: int) -> list[Row]:
    path = instances.written(instances.dense_matrix(n), setting.folder, f"dense-{n}.bin")
    entered = [ours(OURS, "dense_rank", path=path, n=n)]
    if n in AGAINST_FFLAS:
        entered.append(rank_contestant(setting.peers["FFLAS-FFPACK"], path, n, instances.PRIME))
        entered.append(python(DGEMM, "rivals:dgemm", n=n))
        if n < 4000 or not setting.quick:
            entered.append(python(FLINT, "rivals:flint_rank", path=path, n=n))
    reported = [name for name, sizes in REPORTED.items() if n in sizes and (n < 2000 or not setting.quick)]
    entered += [rank_contestant(setting.peers[name], path, n, instances.PRIME) for name in reported]
    timings = race(entered, setting.rounds)
    rows = []
    if "FFLAS-FFPACK" in timings:
        target = ("<=", AGAINST_FFLAS[n])
        rows.append(ratio_row(1, f"our rank / FFLAS-FFPACK's, n = {n}", target, timings, OURS, "FFLAS-FFPACK"))
    if n == max(AGAINST_FFLAS):
        target = ("<=", AGAINST_DGEMM)
        rows.append(ratio_row(2, f"our rank / dgemm of the same n, n = {n}", target, timings, OURS, DGEMM))
    if FLINT in timings:
        figure = f"python-flint's rank with list building / ours, n = {n}"
        rows.append(ratio_row(3, figure, (">=", AGAINST_FLINT), timings, FLINT, OURS, LISTED))
    return rows + [ratio_row(3, f"{name}'s rank / ours, n = {n}", None, timings, name, OURS) for name in reported]


def rational_rows(setting: Setting) -> list[Row]:
    """Deficient integer matrices of two kinds: with no small relation, and with small relations of the rows."""
    n = setting.pick(1000, 200)
    return [
        *_rational(setting, "product of two factors", instances.integer_product(n)),
        *_rational(setting, "rows that are sums of three", instances.integer_sums(n)),
    ]


def _rational(setting: Setting, kind: str, matrix: Any) -> list[Row]:
    """FLINT's exact rank takes minutes at n = 1000, so it has one round there."""
    n = len(matrix)
    path = instances.written(matrix, setting.folder, f"integers-{kind.partition(' ')[0]}-{n}.bin")
    flint = python("fmpz_mat.rank", "rivals:flint_rational", path=path, n=n)
    entered = [
        ours(OURS, "rational", path=path, n=n),
        replace(flint, rounds=setting.pick(1, None)),
        rational_contestant(setting.peers["LinBox"], path, n),
    ]
    timings = race(entered, setting.rounds)
    target, note = setting.pick(((">=", PROVED_TARGET), ""), (None, "the target is for n = 1000, in a full run"))
    figure = f"ours with proof, n = {n} of rank {n // 2} over QQ, {kind}"
    return [
        ratio_row(4, f"fmpz_mat.rank / {figure}", target, timings, "fmpz_mat.rank", OURS, note),
        ratio_row(4, f"LinBox's rank / {figure}", None, timings, "LinBox", OURS, "LinBox's is Monte Carlo"),
    ]
