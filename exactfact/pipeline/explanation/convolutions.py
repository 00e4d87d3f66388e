"""Chains of convolutions: the polynomials of the layers, and how their factors can be regrouped (10.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.lifting.convolution import Shifts
from exactfact.lifting.convolution_counts import Counts, Group, count, groups
from exactfact.lifting.root_splittings import forms, roots
from exactfact.model import Architecture
from exactfact.model.errors import integer_text

from .case import Case, counted, layer_name, listed

FACTORS = 6
TERMS = 6
VARIABLES = ("x", "y", "z")
RECOGNISED = (
    "The layers are convolutions: the product determines the product of their polynomials (parameter j times x to the "
    "power of its shift, added up), and nothing more."
)


def counted_by(document: Mapping[str, Any], architecture: Architecture) -> list[str]:
    """Where the numbers of solutions come from, when they are those of 10.5; [] otherwise."""
    for claim in document["claims"]:
        if claim["statement"] == "10.5" and "shifts" in claim["evidence"]:
            shifts = _decoded(claim["evidence"]["shifts"])
            return [RECOGNISED, *_structure(architecture, shifts)]
    return []


def splittings(case: Case) -> list[str]:
    """10.5: the groups of layers that share roots, exchanges, and the numbers by field."""
    shifts = _shifts(case)
    counts = count(shifts)
    assert counts is not None
    lines = [RECOGNISED, *_structure(case.architecture, shifts)]
    if case.claim["property"] == "hilbert-generic":
        return [*lines, _rational()]
    if case.claim["status"] == "proved":
        return [*lines, "So no factor can go to another layer: there is one solution."]
    return [*lines, *_numbers(case.fields, counts)]


def finite(case: Case) -> list[str]:
    """10.5a: finitely many factorizations."""
    if case.claim["property"] == "at-point":
        end = "A layer of h* is zero, and so the product is; then some layer of every other solution is zero as well."
        return [RECOGNISED, f"{end} All these are one class modulo path-scaling."]
    return [
        RECOGNISED,
        "A polynomial has finitely many factorizations, up to scalars and powers of x; the kernels bound the powers.",
    ]


def factors(case: Case) -> list[str]:
    """10.5p: the irreducible factors of h*."""
    evidence = case.evidence
    lines = [RECOGNISED, *_factored(case)]
    one = "This factor is" if len(evidence["factors"]) == 1 else "These factors are"
    return [
        *lines,
        f"{one} irreducible over {case.claim['over']}, and fit into the kernels of the layers in no other way.",
    ]


def real_roots(case: Case) -> list[str]:
    """10.5r: the roots of h*, layer by layer."""
    assert case.architecture.point is not None
    group = groups(_shifts(case), apart=False)[0][0]
    names = _names(case.architecture, group.layers)
    lines = [RECOGNISED]
    for name, (real, pairs) in zip(names, roots(forms(group, case.architecture.point)), strict=True):
        lines.append(
            f"At h* the polynomial of {name} has {counted(real, 'real root')} and {counted(pairs, 'pair')} of complex "
            "ones, with multiplicity, roots at 0 and infinity included."
        )
    kept = "" if case.claim["over"] == "CC" else ", complex ones in pairs,"
    if case.claim["status"] == "proved":
        return [*lines, f"These roots{kept} can be shared out among the layers in one way only."]
    return [*lines, f"These roots{kept} can be shared out among the layers in another way."]


def _shifts(case: Case) -> Shifts:
    return _decoded(case.referred("fibre_count")["evidence"]["shifts"])


def _decoded(rows: Sequence[Any]) -> Shifts:
    return tuple(tuple(tuple(map(decode_integer, s)) for s in row) for row in rows)


def _structure(architecture: Architecture, shifts: Shifts) -> Iterator[str]:
    segments, others = groups(shifts)
    for group in segments:
        if len(group.layers) > 1:
            yield _shared(group, _names(architecture, group.layers))
    alone = [k for group in segments if len(group.layers) == 1 for k in group.layers]
    if alone and (len(segments) > 1 or others):
        yield (
            f"The roots of {listed(_names(architecture, alone))} cannot be those of other layers: "
            f"{'its shifts lie' if len(alone) == 1 else 'their shifts lie'} on a line of another direction or step."
        )
    if others:
        one = len(others) == 1
        yield (
            f"The polynomial{'' if one else 's'} of {listed(_names(architecture, others))} {'is' if one else 'are'} "
            f"irreducible for almost every h{'' if one else ': only whole layers of one shape can be exchanged'}."
        )
    yield from _exchanged(architecture, shifts)


def _shared(group: Group, names: Sequence[str]) -> str:
    degrees = group.degrees
    if group.full:
        return (
            f"The polynomials of {listed(names)} have one variable and the degrees {listed(degrees)}: their "
            f"{sum(degrees)} roots can be shared out among the layers."
        )
    return (
        f"The polynomials of {listed(names)} have one variable and the degrees {listed(degrees)}, with gaps: their "
        f"{sum(degrees)} roots can be shared out only where the parts fit the gaps."
    )


def _exchanged(architecture: Architecture, shifts: Shifts) -> Iterator[str]:
    """Layers of one shape."""
    shapes: dict[Any, list[int]] = {}
    for k, row in enumerate(shifts):
        least = min(row)
        if len(row) > 1:
            shape = frozenset(tuple(x - y for x, y in zip(s, least, strict=True)) for s in row)
            shapes.setdefault(shape, []).append(k)
    for alike in (alike for alike in shapes.values() if len(alike) > 1):
        ways = "can be exchanged" if len(alike) == 2 else "can be put in any order"
        yield f"The shifts of {listed(_names(architecture, alike))} have one shape: these layers {ways}."


def _numbers(fields: Sequence[str], counts: Counts) -> Iterator[str]:
    """How many solutions there are, over the fields of the verdict."""
    by_words: dict[str, list[str]] = {}
    for field in fields:
        least, most = counts.lower[field], counts.upper
        words = f"exactly {_text(least)}" if least == most else f"from {_text(least)} to {_text(most)}"
        by_words.setdefault(words, []).append(field)
    for words, alike in by_words.items():
        yield f"So there are {words} solutions over {listed(alike)}."
    if "RR" in fields and counts.lower["RR"] < counts.upper:
        yield "Over RR complex roots stay in pairs, so that the number depends on how many roots are real."
    if "QQ" in fields and counts.lower["QQ"] < counts.upper:
        yield "Over QQ the number depends on how the polynomials factor; only exchanges of whole layers are certain."


def _text(value: int) -> str:
    return integer_text(value)


def _rational() -> str:
    return (
        "For every rational h outside a thin set these polynomials are irreducible over QQ, and no two layers have one "
        "shape: then there is one rational solution. The thin set (some layer factors) may be dense, and nothing is "
        "said about real or complex h."
    )


def _factored(case: Case) -> Iterator[str]:
    """Each layer at h* as a product of the factors."""
    listed_factors, exponents = case.evidence["factors"], case.evidence["exponents"]
    texts = [f"({polynomial(factor)})" for factor in listed_factors]
    if len(texts) > FACTORS or any(len(factor) > TERMS for factor in listed_factors):
        total = sum(map(sum, exponents))
        yield f"At h* the layers have {len(texts)} different factors, {total} with multiplicity, beside powers of x."
        return
    for k, name in enumerate(_names(case.architecture, range(len(case.architecture.parameters)))):
        parts = [
            text if row[k] == 1 else f"{text}^{row[k]}" for text, row in zip(texts, exponents, strict=True) if row[k]
        ]
        yield f"At h* {name} is {' '.join(parts) or 'a monomial'}, up to a scalar and powers of x."


def polynomial(terms: Sequence[Sequence[Any]]) -> str:
    """`1 + 2 x - x^2 y`."""
    parts: list[str] = []
    for exponents, coefficient in terms:
        value = decode_integer(coefficient)
        powers = [_power(i, decode_integer(n), len(exponents)) for i, n in enumerate(exponents) if n]
        size = integer_text(abs(value)) if abs(value) != 1 or not powers else ""
        sign = ("- " if value < 0 else "+ ") if parts else ("-" if value < 0 else "")
        parts.append(sign + " ".join(filter(None, [size, *powers])))
    return " ".join(parts)


def _power(axis: int, exponent: int, axes: int) -> str:
    symbol = VARIABLES[axis] if axes <= len(VARIABLES) else f"x_{axis}"
    return symbol if exponent == 1 else f"{symbol}^{exponent}"


def _names(architecture: Architecture, layers: Sequence[int]) -> list[str]:
    """Layers by name; a chain of edges by its edges."""
    network = architecture.network
    if network is None:
        return [layer_name(architecture, k) for k in layers]
    return [f"edge {network.edges[network.level_edges[k][0]].name!r}" for k in layers]
