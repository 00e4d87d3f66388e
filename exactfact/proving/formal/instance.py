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
IDENTIFIABLE = (
    "well_formed architecture = true /\\ forall F : fieldType, characteristic_zero F ->\n"
    "  uniformly_identifiable [seq over F l | l <- architecture]"
)
NOT_IDENTIFIABLE = IDENTIFIABLE.replace("  uniformly", "  ~ uniformly")
PATH_UNIFORM = "forall F : fieldType, path_uniform F group levels root"
NOT_PATH_UNIFORM = "forall F : fieldType, ~ path_uniform F group levels root"

Level = list[tuple[int, int, list[list[int]]]]  # the edges of a level: source, target, taps


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
        + _theorem(
            IDENTIFIABLE,
            "identifiable_by_minor",
            f"check_packed architecture cells {scale}%uint63 {per} {bits}%uint63 {mask}%uint63 inverse",
        )
    )


def by_pair(layers: list[Structure], h: list[list[int]], g: list[list[int]], index: list[int]) -> str:
    """Statement 8.1: a pair of integer points, and a multi-index at which their tensors differ."""
    points = "".join(
        f"Definition {name} : seq (seq Z) := [:: {'; '.join(f'[:: {_list(layer)}]' for layer in point)}]%coqZ.\n"
        for name, point in (("h", h), ("g", g))
    )
    return (
        HEADER
        + _architecture(layers)
        + points
        + "\n"
        + _theorem(
            NOT_IDENTIFIABLE,
            "not_identifiable_by_pair",
            f"Witness.check_witness architecture h g [:: {_list(index)}]",
        )
    )


def by_sums(group: list[int], levels: list[Level], base: int) -> str:
    """Statement 10.1: all sums of taps along the paths of a leaf differ. The root is node 0."""
    check = f"Network.zero_one group levels root {base}"
    return _network(group, levels) + _theorem(PATH_UNIFORM, "path_uniform_by_sums", check)


def by_collision(group: list[int], levels: list[Level], paths: list[list[tuple[int, int]]]) -> str:
    """Statement 10.1: two path indices of one leaf have the same sum."""
    shown = " ".join("[:: " + "; ".join(f"({e}, {s})" for e, s in path) + "]" for path in paths)
    check = f"Collision.collide group levels root {shown}"
    return _network(group, levels) + _theorem(NOT_PATH_UNIFORM, "not_path_uniform_by_collision", check)


def _network(group: list[int], levels: list[Level]) -> str:
    shown = ";\n   ".join("[:: " + ";\n       ".join(_edge(*edge) for edge in level) + "]" for level in levels)
    return (
        HEADER
        + f"Definition group : seq Z := [:: {_list(group)}]%coqZ.\n"
        + f"Definition levels : seq (seq edge) :=\n  [:: {shown}].\n"
        + "Definition root : N := 0.\n\n"
    )


def _architecture(layers: list[Structure]) -> str:
    return f"Definition architecture : seq structure :=\n  {architecture_term(layers)}.\n"


def _theorem(statement: str, lemma: str, check: str) -> str:
    return f"Theorem certified : {statement}.\nProof. exact ({lemma} (erefl true <: {check} = true)). Qed.\n"


def _list(values: Iterable[int]) -> str:
    return "; ".join(str(value) if value >= 0 else f"({value})" for value in values)


def _packed(values: list[int], bits: int, per: int) -> list[int]:
    return [
        sum(value << (bits * place) for place, value in enumerate(values[start : start + per]))
        for start in range(0, len(values), per)
    ]


def _edge(source: int, target: int, taps: list[list[int]]) -> str:
    return f"Edge {source} {target} [:: {'; '.join(f'[:: {_list(tap)}]' for tap in taps)}]%coqZ"
