"""The rank of the lifted map of four Toeplitz factors: listing all columns and calling FLINT, against sampling.

Two peers list the 8^4 = 4096 columns.  The plain one is what one writes first with python-flint: `fmpz_mat` products
for every multi-index, one big `nmod_mat`, its rank: a lower bound over QQ, like our sampling.  The careful one builds
a tree of products with numpy and asks `fmpz_mat.rank`: the exact rank over QQ, like our certified run, but without
anything that another program could check.
"""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import flint
import numpy as np

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.pipeline import rank

from .timing import Row, medians

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "toeplitz-4.toml"
PRIME = 2**61 - 1
CASE = "Toeplitz m = 16, S = 8, K = 4"


def rows() -> list[Row]:
    """Sampling and the certified run, each against both peers."""
    text = EXAMPLE.read_text(encoding="utf-8")
    layers = tomllib.loads(text)["layer"]
    contestants: dict[str, Callable[[], int]] = {
        "plain": lambda: plain_rank(layers),
        "careful": lambda: careful_rank(layers),
        "sampling": lambda: sampled_rank(text),
        "certified": lambda: certified_rank(text),
    }
    answers = {name: run() for name, run in contestants.items()}
    if len(set(answers.values())) > 1:
        raise AssertionError(f"the contestants disagree: {answers}")
    certificate = json.loads(rank(ef.loads(text), seed=0).certificate.text())
    seconds = medians({**contestants, "checker": lambda: check_certificate(certificate)})
    ours = {"sampling": "exactfact rank --method sampling", "certified": "exactfact rank, with its certificate"}
    peers = {"plain": "python-flint: all columns, nmod_mat.rank", "careful": "numpy tree of all columns, fmpz_mat.rank"}
    promised = {("sampling", "plain"): 10.0}
    notes = (f"the checker (standard library only) takes {seconds['checker'] * 1e3:.0f} ms",)
    return [
        Row(
            f"{CASE}, {mine} against {peer}",
            ours[mine],
            peers[peer],
            seconds[mine],
            seconds[peer],
            f"rank {answers[mine]}",
            promised.get((mine, peer)),
            notes if mine == "certified" else (),
        )
        for mine, peer in itertools.product(ours, peers)
    ]


def plain_rank(layers: list) -> int:
    """Every column as a product of matrices, then the rank modulo a prime."""
    size = range(layers[0]["rows"])
    factors = [
        [flint.fmpz_mat([[int(row - col == d) for col in size] for row in size]) for d in layer["diagonals"]]
        for layer in layers
    ]
    entries: list = []
    for a, b, c, d in itertools.product(*factors):
        entries.extend((a * b * c * d).entries())
    return flint.nmod_mat(len(entries) // len(size) ** 2, len(size) ** 2, entries, PRIME).rank()


def careful_rank(layers: list) -> int:
    """No partial product computed twice, then the exact rank over the integers."""
    products = np.eye(layers[0]["rows"], dtype=np.int64)[None]
    for layer in layers:
        shifts = np.array([np.eye(layer["rows"], layer["cols"], k=-d, dtype=np.int64) for d in layer["diagonals"]])
        products = (products[:, None] @ shifts[None]).reshape(-1, layer["rows"], layer["cols"])
    table = products.reshape(len(products), -1)
    return flint.fmpz_mat(*table.shape, table.ravel().tolist()).rank()


def sampled_rank(text: str) -> int:
    """Our lower bound, from the spec's text to the number."""
    return rank(ef.loads(text), method="sampling", seed=0).facts["rank"]["lower"]


def certified_rank(text: str) -> int:
    """Our proved rank, from the spec's text to the certificate's bytes."""
    result = rank(ef.loads(text), seed=0)
    result.certificate.text()
    bounds = result.facts["rank"]
    if bounds["lower"] != bounds["upper"]:
        raise AssertionError(f"rank not proved: {bounds}")
    return bounds["lower"]
