"""The explicit inverse as lines of text: products of parameters from the entries, and the parameters from these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exactfact.lifting.inverse import Block, Inverse, Monomial, Polynomial
from exactfact.model import Architecture
from exactfact.model.numbers import Number

from .case import layer_name

SHOWN = 40  # quantities and parameters written out, each

OPENING = (
    "The inverse as formulas (exact where no denominator is 0). X is the product, rows and columns from 0; each u is a "
    "product of parameters, one of each layer."
)


def inverse_lines(inverse: Inverse | None, architecture: Architecture) -> list[str]:
    """The lines; none without an inverse, and a short one where it has too many quantities to read."""
    if inverse is None:
        return []
    most = max(len(inverse.quantities), sum(map(len, inverse.parameters)))
    if most > SHOWN:
        return [f"The inverse as formulas has {most} of them: `exactfact certify --json` writes it as facts.inverse."]
    lines = [OPENING, *(line for block in inverse.blocks for line in _block(block, inverse))]
    lines.append(
        "With the scalars fixed so that parameter 0 of every layer but the first is 1, the parameters are:"
        if len(inverse.parameters) > 1
        else "The parameters are:"
    )
    for k, layer in enumerate(inverse.parameters):
        values = ", ".join(_monomial(monomial) for monomial in layer)
        lines.append(f"{layer_name(architecture, k)}: {values}")
    return lines


def _block(block: Block, inverse: Inverse) -> Iterator[str]:
    meanings = ", ".join(f"u{j} = {_meaning(inverse.quantities[j])}" for j in block.solves)
    if len(block.cells) == 1:
        (j,), (cell,), ((factor,),), (known,) = block.solves, block.cells, block.matrix, block.known
        yield f"u{j} = {_quotient(cell, known, factor)}, which is {_meaning(inverse.quantities[j])}"
        return
    yield f"{meanings} solve the linear system"
    for cell, row, known in zip(block.cells, block.matrix, block.known, strict=True):
        terms = [f"{_factor(entry)}u{j}" for j, entry in zip(block.solves, row, strict=True) if entry]
        yield f"  {_plus([*terms, *([_polynomial(known)] if known else [])])} = X[{cell[0]}, {cell[1]}]"


def _quotient(cell: Sequence[int], known: Polynomial, factor: Polynomial) -> str:
    entry = f"X[{cell[0]}, {cell[1]}]"
    top = f"{entry} - {_enclosed(known)}" if known else entry
    if factor == ((1, ()),):
        return top
    return f"{f'({top})' if known else top} / {_enclosed(factor)}"


def _meaning(index: Sequence[int]) -> str:
    return " ".join(f"h[{k}][{j}]" for k, j in enumerate(index))


def _factor(polynomial: Polynomial) -> str:
    return "" if polynomial == ((1, ()),) else f"{_enclosed(polynomial)} "


def _enclosed(polynomial: Polynomial) -> str:
    text = _polynomial(polynomial)
    return f"({text})" if " " in text or "/" in text or text.startswith("-") else text


def _polynomial(polynomial: Polynomial) -> str:
    return _plus([_term(weight, monomial) for weight, monomial in polynomial])


def _plus(terms: Sequence[str]) -> str:
    return " + ".join(terms).replace("+ -", "- ")


def _term(weight: Number, monomial: Monomial) -> str:
    if not monomial:
        return str(weight)
    sign = "" if weight == 1 else "-" if weight == -1 else f"{weight} "
    return f"{sign}{_monomial(monomial)}"


def _monomial(monomial: Monomial) -> str:
    powers = [f"u{j}" if exponent == 1 else f"u{j}^{exponent}" for j, exponent in monomial]
    return " ".join(powers) or "1"
