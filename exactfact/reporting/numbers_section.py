"""The table of the numbers, the reason of every bound, and the constants of a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.certificate.transfers import FIELDS
from exactfact.reporting.bounds import inequality, sentence
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import compact, decimals, integer, number, product
from exactfact.reporting.subject import Claim, Subject, claim_mark, field_symbol
from exactfact.reporting.tables import booktabs

MOST_SIZES = 12
MOST_SINGULAR = 12
Row = tuple[str, str, str, str]


def table(subject: Subject) -> str:
    """The numbers as one table: name, symbol, value or bounds, claims."""
    rows = [*(_network_sizes(subject) if subject.network else _chain_sizes(subject)), *_bounds(subject)]
    cells = [(name, f"${symbol}$" if symbol else "", f"${value}$", claims) for name, symbol, value, claims in rows]
    return booktabs("llll", ["number", "symbol", "value", "claims"], cells)


def _chain_sizes(subject: Subject) -> list[Row]:
    sizes = subject.architecture.parameters
    rows: list[Row] = [("factors with parameters", "K", integer(len(sizes)), "")]
    rows.append(("parameters of each", r"S_1,\dots,S_K" if len(sizes) > 1 else "S_1", _sizes(sizes), ""))
    rows.append(("free parameters", "n", integer(subject.free_parameters()), ""))
    if subject.architecture.shape is not None:
        m, n = subject.architecture.shape
        rows.append(("size of the product", r"m_1\times m_{K+1}", rf"{integer(m)}\times {integer(n)}", ""))
    rows.append(("columns of the lifted map", "N", product(sizes), ""))
    return rows


def _sizes(sizes: Sequence[int]) -> str:
    if len(sizes) > 4 and len(set(sizes)) == 1:
        return rf"{integer(sizes[0])}\text{{ each}}"
    shown = [integer(size) for size in sizes]
    if len(shown) > MOST_SIZES:
        shown = [*shown[:8], r"\dots", *shown[-2:]]
    return ",\\,".join(shown)


def _network_sizes(subject: Subject) -> list[Row]:
    network = subject.network
    if network is None:
        return []
    count = subject.columns()
    chain = all(len(level) == 1 for level in network.level_edges)
    factored = product(network.parameters) if chain else compact(count) if count >= 10**6 else integer(count)
    rows: list[Row] = [
        ("levels", "K", integer(network.depth), ""),
        ("taps of each level", r"S_1,\dots,S_K" if network.depth > 1 else "S_1", _sizes(network.parameters), ""),
        ("taps less hidden nodes", r"\sum_e|S_e|-H", integer(subject.path_dimension()), ""),
        ("path multi-indices", "N", factored, ""),
    ]
    if network.group_order is not None:
        rows.append(("elements of the group", "|G|", compact(network.group_order), ""))
    return rows


def _bounds(subject: Subject) -> list[Row]:
    facts = subject.facts
    point = facts.get("point") or {}
    listed = [
        ("rank of the lifted map", r"\operatorname{rank}A", facts["rank"]),
        ("kernel of the lifted map", r"\dim\ker A", facts["kernel_dimension"]),
        ("rank of the Jacobian matrix", r"\rho", facts["jacobian_rank"]),
        ("the same at the given point", r"\operatorname{rank}J_{h^*}", point.get("jacobian_rank")),
        *(
            (f"classes in a generic fibre over~${field_symbol(field)}$", "", facts["fibre_count"][field])
            for field in reversed(FIELDS)
        ),
        ("largest path count", r"\max c_\ell(x)", facts["path_max_entry"]),
        ("smallest singular value, squared", r"\sigma_{\min}(A)^2", facts["sigma_min_squared"]),
        ("largest singular value, squared", r"\sigma_{\max}(A)^2", facts.get("sigma_max_squared")),
    ]
    return [
        (name, symbol, between(bounds), ", ".join(rf"\efname{{{claim}}}" for claim in _named(bounds)))
        for name, symbol, bounds in listed
        if bounds is not None
    ]


def _named(bounds: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(str(claim) for claim in bounds["claims"]))


def between(bounds: Mapping[str, Any]) -> str:
    """A bound pair as a number, an interval or one inequality (mathematics)."""
    lower = decode_number(bounds["lower"])
    low = _rounded(lower, "lower")
    if bounds["upper"] is None:
        return rf"\ge {low}"
    upper = decode_number(bounds["upper"])
    if lower == upper:
        return low if lower.denominator == 1 else number(lower)
    high = _rounded(upper, "upper")
    return rf"{low}\text{{ to }}{high}" if lower else rf"\le {high}"


def _rounded(value: int | Fraction, side: str) -> str:
    """An integer as it is, a fraction in decimals, rounded outward."""
    return compact(int(value)) if value.denominator == 1 else decimals(value, side)


def reasons(subject: Subject) -> list[str]:
    """One line for every bound claim, with its reason; a lower and an upper bound with one reason are an equation."""
    gathered: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in subject.document["claims"]:
        if claim["kind"] == "bound":
            key = (claim["quantity"], str(claim["value"]), claim["over"], sentence(subject, claim))
            gathered.setdefault(key, []).append(claim)
    return [
        rf"${inequality(*claims)}$ {claim_mark(*(claim['id'] for claim in claims))}: {why}"
        for (*_, why), claims in gathered.items()
    ]


def constants(subject: Subject) -> str:
    """The singular values of a network's lifted map, when a claim establishes them; otherwise empty."""
    claims = [c for c in subject.document["claims"] if c["statement"] == "10.4" and c["kind"] == "bound"]
    if not claims:
        return ""
    claim = next((c for c in claims if "multiplicities" in c["evidence"]), claims[0])
    nu = int(decode_number(claim["evidence"]["nu"]))
    listed = claim["evidence"].get("multiplicities")
    counts = [[1, subject.columns()]] if listed is None else listed
    values = [[int(decode_number(x)) for x in pair] for pair in counts]
    opening = (
        rf"On path tensors the lifted map has the exact singular values $\sqrt{{\nu c}}$ with $\nu={compact(nu)}$ "
        rf"{claim_mark(claim['id'])}, by {subject.statement('10.4')}: "
    )
    if len(values) == 1 and values[0][0] == 1:
        return opening + (
            rf"all {integer_words(values[0][1], 'of them')} equal $\sigma_{{\min}}=\sqrt{{\nu}}={root(nu)}$. So "
            rf"$\|AD\|=\sqrt{{\nu}}\,\|D\|$ for every "
            r"tensor~$D$ of this kind: errors of the product are errors of the path tensors, divided by $\sqrt{\nu}$."
        )
    return opening + singular_values(nu, values)


def singular_values(nu: int, values: Sequence[Sequence[int]]) -> str:
    """The table of nonzero singular values with their multiplicities; the largest ones when there are many."""
    rows = [[f"${integer(c)}$", f"${root(nu * c)}$", f"${integer(count)}$"] for c, count in values]
    if len(rows) > MOST_SINGULAR:
        rows = [*rows[: MOST_SINGULAR - 2], [r"$\vdots$"] * 3, rows[-1]]
    smallest = root(nu * values[0][0])
    header = [r"path count $c$", r"singular value $\sqrt{\nu c}$", "how often"]
    return rf"$\sigma_{{\min}}={smallest}$." + "\n" + booktabs("rrr", header, rows)


def root(value: int) -> str:
    r"""The square root of an integer, exactly: an integer, or ``a\sqrt{b}`` with small square factors taken out."""
    outside, inside = 1, value
    for factor in range(2, 1000):
        while inside % (factor * factor) == 0:
            inside, outside = inside // (factor * factor), outside * factor
        if factor * factor > inside:
            break
    if inside == 1:
        return compact(outside)
    return (integer(outside) if outside > 1 else "") + rf"\sqrt{{{integer(inside)}}}"
