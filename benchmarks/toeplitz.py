"""Row 10, the rank of the lifted map of four Toeplitz factors: listing all columns and calling FLINT, against sampling.

Two peers list the 8^4 = 4096 columns.  The plain one is what one writes first with python-flint: `fmpz_mat` products
for every multi-index, one big `nmod_mat`, its rank: a lower bound over QQ, like our sampling.  The careful one builds
a tree of products with numpy and asks `fmpz_mat.rank`: the exact rank over QQ, like our certified run, but without
anything that another program could check.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flint
import numpy as np

import exactfact as ef
from exactfact.pipeline import rank

from .race import ours, python, race
from .rows import Row, Setting, ratio_row

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "toeplitz-4.toml"
PRIME = 2**61 - 1
PROMISED = 10.0
PLAIN, CAREFUL = "all columns, nmod_mat.rank", "numpy tree of all columns, fmpz_mat.rank"


def rows(setting: Setting) -> list[Row]:
    """Sampling and the certified run, each against both peers."""
    timings = race(
        [
            python(PLAIN, "toeplitz:plain"),
            python(CAREFUL, "toeplitz:careful"),
            ours("sampling", "sampling", module="toeplitz"),
            ours("certified", "certified", module="toeplitz"),
        ],
        setting.rounds,
    )
    name = f"Toeplitz m=16, S=8, K=4, rank {timings['sampling'].answer}"
    targets = {("sampling", PLAIN): (">=", PROMISED)}
    return [
        ratio_row(10, f"{name}: {peer} / {mine}", targets.get((mine, peer)), timings, peer, mine)
        for mine, peer in itertools.product(("sampling", "certified"), (PLAIN, CAREFUL))
    ]


def plain() -> Callable[[], int]:
    """Every column as a product of matrices, then the rank modulo a prime."""
    layers = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["layer"]
    return lambda: _plain_rank(layers)


def _plain_rank(layers: list[dict[str, Any]]) -> int:
    size = range(layers[0]["rows"])
    factors = [
        [flint.fmpz_mat([[int(row - col == d) for col in size] for row in size]) for d in layer["diagonals"]]
        for layer in layers
    ]
    entries: list[Any] = []
    for a, b, c, d in itertools.product(*factors):
        entries.extend((a * b * c * d).entries())
    return int(flint.nmod_mat(len(entries) // len(size) ** 2, len(size) ** 2, entries, PRIME).rank())


def careful() -> Callable[[], int]:
    """No partial product computed twice, then the exact rank over the integers."""
    layers = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["layer"]
    return lambda: _careful_rank(layers)


def _careful_rank(layers: list[dict[str, Any]]) -> int:
    products = np.eye(layers[0]["rows"], dtype=np.int64)[None]
    for layer in layers:
        shifts = np.array([np.eye(layer["rows"], layer["cols"], k=-d, dtype=np.int64) for d in layer["diagonals"]])
        products = (products[:, None] @ shifts[None]).reshape(-1, layer["rows"], layer["cols"])
    table = products.reshape(len(products), -1)
    return int(flint.fmpz_mat(*table.shape, table.ravel().tolist()).rank())


def sampling() -> Callable[[], int]:
    """Our lower bound, from the spec's text to the number."""
    text = EXAMPLE.read_text(encoding="utf-8")
    return lambda: int(rank(ef.loads(text), method="sampling", seed=0).facts["rank"]["lower"])


def certified() -> Callable[[], int]:
    """Our proved rank, from the spec's text to the certificate's bytes."""
    text = EXAMPLE.read_text(encoding="utf-8")

    def job() -> int:
        result = rank(ef.loads(text), seed=0)
        result.certificate.text()
        bounds = result.facts["rank"]
        if bounds["lower"] != bounds["upper"]:
            raise RuntimeError(f"rank not proved: {bounds}")
        return int(bounds["lower"])

    return job
