r"""A chain in mathematical notation: the product formula, the table of its layers, the entry formula of each family.

Factors are numbered as in the theory: M_1, ..., M_K for the layers with parameters, B_0, B_1, ... for the fixed ones
(by their place in the layer list).  Everything returned is LaTeX; user strings are escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exactfact.model import Architecture
from exactfact.reporting.escape import code
from exactfact.reporting.numerals import integer, number, set_of

FORMULAS = {
    "entries": r"$M(h)=\sum_{(r,c,j,a)}a\,h_j\,E_{r,c}$, the sum over the listed entries: row~$r$, column~$c$, "
    "parameter~$j$, "
    r"coefficient~$a$",
    "full": r"$M(h)[r,c]=h_{rn+c}$ for a matrix with $n$ columns: every entry is a parameter",
    "diagonal": r"$M(h)[j,j]=h_j$, zero elsewhere",
    "circulant": r"$M(h)[i,l]=h_j$ where $i-l\equiv s_j$ modulo the size, for the shifts $s_0,s_1,\dots$; zero "
    "elsewhere",
    "toeplitz": r"$M(h)[i,l]=h_{i-l+n-1}$ for a matrix with $n$ columns; with listed diagonals, $h_j$ where $i-l=d_j$, "
    r"zero elsewhere",
    "hankel": r"$M(h)[i,l]=h_{i+l}$",
    "butterfly": r"$M(h)[r,c]$ is a parameter where $c=r$ and where $c=r\oplus n/2^{l+1}$ (bitwise), numbered by "
    "rows, then columns; "
    r"zero elsewhere",
    "block_diagonal": r"$M(h)=\operatorname{diag}(M'(h'),M''(h''),\dots)$, where $h$ consists of $h',h'',\dots$ in "
    "turn",
    "kronecker": r"$M(h)=I_p\otimes M'(h)\otimes I_q$",
    "basis": r"$M(h)=\sum_jh_jB_j$ with the matrices $B_j$ of the file",
    "convolution": r"$(M(h)x)[c',i]=\sum_{c,t}h[c',c,t]\,x[c,\,i\sigma+t\alpha]$ with stride~$\sigma$ and "
    r"dilation~$\alpha$ for the padding \emph{valid}; with \emph{full} the index is less by $(k-1)\alpha$ and $x$ "
    r"is zero outside, with \emph{circular} it is taken modulo the length; "
    r"parameters in the order of $(c',c,t)$",
    "fixed": r"a known matrix without parameters",
}


@dataclass(frozen=True)
class LayerRow:
    """One line of the table of layers; every field is LaTeX."""

    symbol: str
    index: str
    name: str
    operator: str
    size: str
    parameters: str


def symbols(architecture: Architecture) -> list[str]:
    r"""``M_1``, ``B_1``, ``M_2`` ...: the letter of every layer, fixed ones by their place in the layer list."""
    names, count = [], 0
    for index, layer in enumerate(architecture.layers):
        count += 0 if layer.fixed else 1
        names.append(f"B_{{{index}}}" if layer.fixed else f"M_{{{count}}}")
    return names


def product_formula(architecture: Architecture) -> str:
    r"""``X=\phi(h)=M_1(h_1)\,B_{1}\,M_2(h_2)``; long chains keep their two ends."""
    factors, count = [], 0
    for symbol, layer in zip(symbols(architecture), architecture.layers, strict=True):
        count += 0 if layer.fixed else 1
        factors.append(symbol if layer.fixed else f"{symbol}(h_{{{count}}})")
    if len(factors) > 9:
        factors = [*factors[:4], r"\cdots", *factors[-3:]]
    return r"X=\phi(h)=" + r"\,".join(factors)


def layer_rows(architecture: Architecture) -> list[LayerRow]:
    """The rows of the table of layers, fixed ones included, cells in LaTeX."""
    rows = []
    for index, (symbol, layer) in enumerate(zip(symbols(architecture), architecture.layers, strict=True)):
        rows.append(
            LayerRow(
                symbol=f"${symbol}$",
                index=f"${index}$",
                name=code(layer.name, 34) if layer.name else "",
                operator=describe(layer.operator.document()),
                size=rf"${integer(layer.rows)}\times {integer(layer.cols)}$",
                parameters="---" if layer.fixed else f"${integer(layer.parameters)}$",
            )
        )
    return rows


def families(architecture: Architecture) -> list[tuple[str, str]]:
    """(family in words, entry formula) of every family that occurs, nested ones included, in order of appearance."""
    seen: dict[str, None] = {}
    pending = [layer.operator.document() for layer in architecture.layers]
    while pending:
        document = pending.pop(0)
        seen.setdefault(document["operator"], None)
        pending.extend(document.get("blocks", []))
        pending.extend([document["of"]] if "of" in document else [])
    return [(word(family), FORMULAS[family]) for family in seen if family in FORMULAS]


def word(family: str) -> str:
    """The family's name as running text writes it: `block diagonal`, `Toeplitz`."""
    names = {"block_diagonal": "block diagonal", "kronecker": "Kronecker", "toeplitz": "Toeplitz", "hankel": "Hankel"}
    return names.get(family, family)


def describe(document: dict[str, Any], depth: int = 0) -> str:
    """The family and its data, short enough for a table cell."""
    family = document["operator"]
    details = _DETAILS.get(family, lambda _document, _depth: "")(document, depth)
    return word(family) + (f", {details}" if details else "")


def taps(values: Sequence[Any], limit: int = 5) -> str:
    r"""A set of shifts or taps (integers or tuples of one or several), in mathematics: ``$\{0, 1, 2\}$``."""
    entries = [_tap(value) for value in values]
    if len(entries) > limit:
        entries = [*entries[: limit - 2], r"\dots", entries[-1]]
    return f"${set_of(entries)}$"


def _tap(value: Any) -> str:
    if isinstance(value, list | tuple):
        inner = ",".join(number(entry) for entry in value)
        return inner if len(value) == 1 else f"({inner})"
    return number(value)


def _sizes(values: Sequence[Any]) -> str:
    return r"\times ".join(number(value) for value in values)


def _circulant(document: dict[str, Any], _depth: int) -> str:
    return f"size ${_sizes(document['size'])}$, shifts {taps(document['support'])}"


def _toeplitz(document: dict[str, Any], _depth: int) -> str:
    return "" if document["diagonals"] is None else f"diagonals {taps(document['diagonals'])}"


def _butterfly(document: dict[str, Any], _depth: int) -> str:
    return f"$n={number(document['size'])}$, level $l={number(document['level'])}$"


def _blocks(document: dict[str, Any], depth: int) -> str:
    blocks = [describe(block, depth + 1) for block in document["blocks"]]
    if depth or len(blocks) > 3:
        return f"{len(blocks)} blocks"
    return "blocks: " + "; ".join(blocks)


def _kronecker(document: dict[str, Any], depth: int) -> str:
    inner = word(document["of"]["operator"]) if depth else describe(document["of"], depth + 1)
    return f"$p={number(document['left'])}$, $q={number(document['right'])}$, of: {inner}"


def _convolution(document: dict[str, Any], _depth: int) -> str:
    parts = [
        f"length ${_sizes(document['length'])}$",
        f"kernel ${_sizes(document['kernel'])}$",
        str(document["padding"]),
    ]
    if (document["in_channels"], document["out_channels"]) != (1, 1):
        parts.append(rf"channels ${number(document['in_channels'])}\to {number(document['out_channels'])}$")
    if document["stride"] != 1:
        parts.append(rf"$\sigma={number(document['stride'])}$")
    if document["dilation"] != 1:
        parts.append(rf"$\alpha={number(document['dilation'])}$")
    return ", ".join(parts)


def _listed(document: dict[str, Any], _depth: int) -> str:
    count = len(document["entries"]) if "entries" in document else None
    return "" if count is None else f"${integer(count)}$ listed"


NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def integer_words(count: int, noun: str = "entries", spelled: bool = False) -> str:
    """``3 entries``, ``1 entry``; with `spelled` ``three entries``, and numerals up to twelve in letters."""
    singular = {"entries": "entry", "matrices": "matrix", "leaves": "leaf"}.get(noun, noun.removesuffix("s"))
    digits = NUMERALS[count] if spelled and count < len(NUMERALS) else f"${integer(count)}$"
    return f"{digits} {singular if count == 1 else noun}"


_DETAILS = {
    "circulant": _circulant,
    "toeplitz": _toeplitz,
    "butterfly": _butterfly,
    "block_diagonal": _blocks,
    "kronecker": _kronecker,
    "convolution": _convolution,
    "entries": _listed,
    "fixed": _listed,
}
