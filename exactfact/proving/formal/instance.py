"""The text of an instance: the architecture, the evidence, one theorem and its one-line proof.

Only integers computed here are printed; no name and no text of the certificate is.
"""

from __future__ import annotations

from collections.abc import Iterable

from .layers import Structure, architecture_term
from .minor import Minor

HEADER = """From Coq Require Import ZArith Uint63.
From mathcomp Require Import all_ssreflect all_algebra.
From Exactfact Require Import Definitions Words Evidence.

"""
WORD = 62
DECIMAL_BITS = 10_000
IDENTIFIABLE = (
    "well_formed architecture = true /\\ forall F : fieldType, characteristic_zero F ->\n"
    "  uniformly_identifiable [seq over F l | l <- architecture]"
)
NOT_IDENTIFIABLE = IDENTIFIABLE.replace("  uniformly", "  ~ uniformly")
_NETWORK = "well_formed_network group levels = true /\\ forall F : fieldType,"
PATH_UNIFORM = f"{_NETWORK} path_uniform F group levels root"
BOTH_UNIFORM = f"{_NETWORK}\n  path_uniform F group levels root /\\ network_identifiable F group levels root"
NEITHER_UNIFORM = f"{_NETWORK}\n  ~ path_uniform F group levels root /\\ ~ network_identifiable F group levels root"
NOT_NETWORK_IDENTIFIABLE = f"{_NETWORK} characteristic_zero F ->\n  ~ network_identifiable F group levels root"
# All that an instance may claim.
STATEMENTS = (
    IDENTIFIABLE,
    NOT_IDENTIFIABLE,
    PATH_UNIFORM,
    BOTH_UNIFORM,
    NEITHER_UNIFORM,
    NOT_NETWORK_IDENTIFIABLE,
)


def by_minor(layers: list[Structure], minor: Minor) -> str:
    """Statement 4.2: Ker A = 0, by a minor."""
    bits = minor.exponent + 1
    per = WORD // bits
    mask, scale = (1 << bits) - 1, 1 << (WORD - minor.exponent)
    groups: dict[int, list[int]] = {}
    for row, col in minor.cells:
        groups.setdefault(row, []).append(col)
    cells = "; ".join(f"({row}, [:: {_list(cols)}])" for row, cols in groups.items())
    rows = ";\n".join(f"[:: {_list(_packed(row.tolist(), bits, per))}]" for row in minor.rows)
    return (
        HEADER
        + _architecture(layers)
        + f"Definition cells : seq (N * seq N) := [:: {cells}]%num.\n"
        + f"Definition inverse : seq (seq word) := [:: {rows}]%uint63.\n\n"
        + theorem(
            IDENTIFIABLE,
            computed(
                "identifiable_by_minor",
                f"check_packed architecture cells {scale}%uint63 {per} {bits}%uint63 {mask}%uint63 inverse",
            ),
        )
    )


def by_pair(layers: list[Structure], h: list[list[int]], g: list[list[int]], index: list[int]) -> str:
    """Statement 8.1: a pair of integer points, and a multi-index at which their tensors differ."""
    return (
        HEADER
        + _architecture(layers)
        + points(h, g)
        + "\n"
        + theorem(
            NOT_IDENTIFIABLE,
            computed("not_identifiable_by_pair", f"Witness.check_witness architecture h g {numbers(index)}"),
        )
    )


def _architecture(layers: list[Structure]) -> str:
    return f"Definition architecture : seq structure :=\n  {architecture_term(layers)}.\n"


def points(h: list[list[int]], g: list[list[int]]) -> str:
    """The definitions of two integer points."""
    return "".join(
        f"Definition {name} : seq (seq Z) := {nested(point)}%coqZ.\n" for name, point in (("h", h), ("g", g))
    )


def theorem(statement: str, proof: str) -> str:
    """The theorem of an instance and its one line."""
    return f"Theorem certified : {statement}.\nProof. exact ({proof}). Qed.\n"


def computed(lemma: str, check: str) -> str:
    """The lemma applied to the value of its check, which Coq computes."""
    return f"{lemma} (erefl true <: {check} = true)"


def numbers(values: Iterable[int]) -> str:
    """A list of integers."""
    return f"[:: {_list(values)}]"


def nested(rows: Iterable[Iterable[int]]) -> str:
    """A list of lists of integers."""
    return f"[:: {'; '.join(numbers(row) for row in rows)}]"


def number(value: int) -> str:
    """An integer, hexadecimal where decimal digits would take long to compute."""
    shown = str(value) if value.bit_length() <= DECIMAL_BITS else hex(value)
    return shown if value >= 0 else f"({shown})"


def _list(values: Iterable[int]) -> str:
    return "; ".join(map(number, values))


def _packed(values: list[int], bits: int, per: int) -> list[int]:
    return [
        sum(value << (bits * place) for place, value in enumerate(values[start : start + per]))
        for start in range(0, len(values), per)
    ]
