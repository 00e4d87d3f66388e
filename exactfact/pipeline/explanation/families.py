"""One-parameter families with the same product, in words and in the user's layer names (theory 6.3, 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from exactfact.lifting.family import Family, LayerChange
from exactfact.model import Architecture

from .case import interface_name, layer_name, listed

TERMS = 6


def words(found: Family, architecture: Architecture) -> str:
    """One sentence: where the family acts, and what it does to each layer."""
    lead = {
        "rescaling": "for every s other than 0",
        "polynomial": "for every t",
        "flow": "along the flow of the linear field",
    }[found.kind]
    parts = [_change(change, found.kind, layer_name(architecture, change.layer)) for change in found.changes]
    if len(parts) > TERMS:
        parts = [*parts[: TERMS - 1], f"and so on, in {len(found.changes)} layers"]
    return f"{_place(found, architecture)}{lead}, {'; '.join(parts)}; the product stays the same"


def _place(found: Family, architecture: Architecture) -> str:
    if not found.interfaces:
        return ""
    if len(found.interfaces) == len(found.nodes) == 1 and found.kind == "rescaling":
        before, after = interface_name(architecture, found.interfaces[0])
        return f"column {found.nodes[0]} of {before} and row {found.nodes[0]} of {after} are rescaled: "
    places = [" and ".join(interface_name(architecture, i)) for i in found.interfaces]
    return f"the basis changes between {listed(places, 3)}: "


def _change(change: LayerChange, kind: str, name: str) -> str:
    if change.weights is not None:
        return f"multiply {multiplied(change.weights, name, 's')}"
    if kind == "polynomial":
        return f"in {name} {_cut(_polynomials(change))}"
    rows: dict[int, list[tuple[Fraction, str]]] = {}
    for row, col, value in change.matrix:
        rows.setdefault(row, []).append((Fraction(value), f"h_{col}"))
    return f"in {name} {_cut(f'dh_{row}/dt = {combination(terms)}' for row, terms in rows.items())}"


def multiplied(weights: Mapping[int, int], name: str, symbol: str) -> str:
    """`parameters 0 and 8 of layer 0 "a" by s and parameter 3 of layer 0 "a" by s^-1`."""
    by_weight: dict[int, list[int]] = {}
    for j, weight in sorted(weights.items()):
        by_weight.setdefault(weight, []).append(j)
    ordered = sorted(by_weight.items(), reverse=True)
    return " and ".join(f"{parameters(js)} of {name} by {_power(symbol, w)}" for w, js in ordered)


def _polynomials(change: LayerChange) -> list[str]:
    """`h_0 becomes h_0 + t h_1 + 1/2 t^2 h_2` for every parameter that moves."""
    rows: dict[int, list[tuple[Fraction, str]]] = {}
    for m, power in enumerate(change.powers, 1):
        for row, col, value in power:
            rows.setdefault(row, []).append((value, f"{_power('t', m)} h_{col}"))
    return [
        f"h_{row} becomes {combination([(Fraction(1), f'h_{row}'), *terms])}" for row, terms in sorted(rows.items())
    ]


def _cut(items: Iterable[str]) -> str:
    texts = list(items)
    if len(texts) > TERMS:
        texts = [*texts[:TERMS], f"and {len(texts) - TERMS} more"]
    return ", ".join(texts)


def combination(terms: Iterable[tuple[Fraction | int, str]]) -> str:
    """`h_0 - 2 h_1 + 1/2 h_3`; long sums are cut."""
    parts = []
    for place, (value, symbol) in enumerate(terms):
        if place == TERMS:
            parts.append("+ ...")
            break
        size = abs(value)
        factor = "" if size == 1 else f"{size} "
        sign = ("-" if value < 0 else "") if not place else ("- " if value < 0 else "+ ")
        parts.append(f"{sign}{factor}{symbol}")
    return " ".join(parts) or "0"


def parameters(indices: list[int]) -> str:
    """`parameter 3`, `parameters 0, 4 and 7`."""
    return f"parameter {indices[0]}" if len(indices) == 1 else f"parameters {listed(indices, 8)}"


def _power(symbol: str, exponent: int) -> str:
    return symbol if exponent == 1 else f"{symbol}^{exponent}"
