"""The rank of the lifted map of four Toeplitz factors: listing all columns and calling FLINT, against sampling.

The peer assembles the 8^4 = 4096 columns with numpy (a tree of products, no column computed twice) and hands them to
python-flint: `nmod_mat.rank` modulo a 61-bit prime, which like our sampling gives a lower bound, and `fmpz_mat.rank` of the
same columns after dropping repeated ones, which like our certified run proves the rank over QQ.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import flint
import numpy as np

import exactfact as ef
from exactfact.checker import check_certificate
from exactfact.pipeline import rank

from .timing import Row, medians

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "toeplitz-4.toml"
PRIME = 2**61 - 1


def rows() -> list[Row]:
    """The uncertified and the certified comparison."""
    text = EXAMPLE.read_text(encoding="utf-8")
    layers = tomllib.loads(text)["layer"]
    certificate = json.loads(rank(ef.loads(text), seed=0).certificate.text())
    answers = _answers(text, layers)
    if len(set(answers.values())) > 1:
        raise AssertionError(f"the contestants disagree: {answers}")
    seconds = medians(
        {
            "columns, nmod_mat": lambda: modular_rank(layers),
            "columns, fmpz_mat": lambda: exact_rank(layers),
            "sampling": lambda: sampled(text),
            "certified": lambda: certified(text),
            "checker": lambda: check_certificate(certificate),
        }
    )
    answer = f"rank {answers['sampling']}"
    return [
        Row(
            "Toeplitz m = 16, S = 8, K = 4: lower bound",
            "exactfact rank --method sampling",
            "all columns, nmod_mat.rank",
            seconds["sampling"],
            seconds["columns, nmod_mat"],
            answer + " mod p",
            target=10,
        ),
        Row(
            "Toeplitz m = 16, S = 8, K = 4: proved over QQ",
            "exactfact rank (certificate)",
            "all columns, fmpz_mat.rank",
            seconds["certified"],
            seconds["columns, fmpz_mat"],
            answer + " over QQ",
            notes=(
                f"certified / sampling: {seconds['certified'] / seconds['sampling']:.1f}",
                f"certified / (all columns, nmod_mat): {seconds['certified'] / seconds['columns, nmod_mat']:.2f}",
                f"checker (standard library only): {seconds['checker']:.2f} s",
            ),
        ),
    ]


def _answers(text: str, layers: list) -> dict[str, object]:
    return {
        "nmod_mat": modular_rank(layers),
        "fmpz_mat": exact_rank(layers),
        "sampling": sampled(text),
        "certified": certified(text),
    }


def columns(layers: list) -> np.ndarray:
    """All columns of A, one a row, by a tree of products."""
    products = np.eye(layers[0]["rows"], dtype=np.int64)[None]
    for layer in layers:
        shifts = np.array([np.eye(layer["rows"], layer["cols"], k=-d, dtype=np.int64) for d in layer["diagonals"]])
        products = (products[:, None] @ shifts[None]).reshape(-1, layer["rows"], layer["cols"])
    return products.reshape(len(products), -1)


def modular_rank(layers: list) -> int:
    """Rank of all columns modulo a prime with FLINT."""
    table = columns(layers)
    return flint.nmod_mat(*table.shape, table.ravel().tolist(), PRIME).rank()


def exact_rank(layers: list) -> int:
    """Rank of the distinct columns over the integers with FLINT."""
    table = np.unique(columns(layers), axis=0)
    return flint.fmpz_mat(*table.shape, table.ravel().tolist()).rank()


def sampled(text: str) -> int:
    """Our lower bound, from the spec's text to the number."""
    bounds = rank(ef.loads(text), method="sampling", seed=0).facts["rank"]
    return bounds["lower"]


def certified(text: str) -> int:
    """Our proved rank, from the spec's text to the certificate's bytes."""
    result = rank(ef.loads(text), seed=0)
    result.certificate.text()
    bounds = result.facts["rank"]
    if bounds["lower"] != bounds["upper"]:
        raise AssertionError(f"rank not proved: {bounds}")
    return bounds["lower"]
