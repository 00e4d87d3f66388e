"""The section on the explicit inverse: formulas for the parameters, in the order in which the entries give them."""

from __future__ import annotations

from collections.abc import Sequence

from exactfact.lifting.inverse import Block, Inverse, Monomial, Polynomial
from exactfact.model.numbers import Number
from exactfact.pipeline.inverse import explicit_inverse
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import magnitude, number
from exactfact.reporting.subject import Subject
from exactfact.reporting.tables import display

SHOWN = 30  # quantities, and parameters, written out
WIDEST = 6  # unknowns of one system


def section(subject: Subject) -> str:
    """The formulas; empty where the certificate gives no inverse, or they would fill pages."""
    inverse = explicit_inverse(subject.document, subject.architecture)
    if inverse is None or max(len(inverse.quantities), sum(map(len, inverse.parameters))) > SHOWN:
        return ""
    if max(len(block.cells) for block in inverse.blocks) > WIDEST:
        return ""
    rests = rf"as in the proof of {subject.statement('7.8')}: each divides by what is nonzero at generic~$h$"
    opening = (
        rf"\noindent The entries $X_{{r,c}}$ of the product, rows and columns counted from~$0$, give "
        rf"{integer_words(len(inverse.quantities), 'products')} $u_j$ of parameters, one parameter of each factor. "
        rf"In this order the formulas find them, {rests}."
    )
    formulas = [text for block in inverse.blocks for text in _block(block, inverse)]
    return "\n".join([opening, display(*formulas), _closing(inverse), display(*_parameters(inverse))])


def _closing(inverse: Inverse) -> str:
    if len(inverse.parameters) == 1:
        return r"\noindent The parameters are"
    return (
        r"\noindent The scalars of the factors are free; with $h_{k,0}=1$ for every factor but the first, the "
        r"parameters are"
    )


def _parameters(inverse: Inverse) -> list[str]:
    lists = [r",\ ".join(_monomial(monomial) for monomial in layer) for layer in inverse.parameters]
    return [rf"h_{{{k}}}=\left({values}\right)" for k, values in enumerate(lists, 1)]


def _block(block: Block, inverse: Inverse) -> list[str]:
    """One formula for a single quantity; for more the system, to be solved by Cramer's rule."""
    meanings = [f"u_{{{j}}}={_meaning(inverse.quantities[j])}" for j in block.solves]
    if len(block.cells) == 1:
        (cell,), ((factor,),), (known,) = block.cells, block.matrix, block.known
        return [rf"{meanings[0]}={_quotient(cell, known, factor)}"]
    rows = r" \\ ".join(" & ".join(_polynomial(entry) for entry in row) for row in block.matrix)
    unknown = r" \\ ".join(f"u_{{{j}}}" for j in block.solves)
    right = r" \\ ".join(_difference(cell, known) for cell, known in zip(block.cells, block.known, strict=True))
    system = (
        rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}\begin{{pmatrix}} {unknown} \end{{pmatrix}}="
        rf"\begin{{pmatrix}} {right} \end{{pmatrix}}"
    )
    return [*meanings, system]


def _quotient(cell: Sequence[int], known: Polynomial, factor: Polynomial) -> str:
    top = _difference(cell, known)
    return top if factor == ((1, ()),) else rf"\frac{{{top}}}{{{_polynomial(factor)}}}"


def _difference(cell: Sequence[int], known: Polynomial) -> str:
    entry = f"X_{{{cell[0]},{cell[1]}}}"
    if not known:
        return entry
    minus = tuple((-weight, monomial) for weight, monomial in known)
    text = _polynomial(minus)
    return f"{entry}{text}" if text.startswith("-") else f"{entry}+{text}"


def _meaning(index: Sequence[int]) -> str:
    return "".join(f"h_{{{k},{j}}}" for k, j in enumerate(index, 1))


def _polynomial(polynomial: Polynomial) -> str:
    text = ""
    for weight, monomial in polynomial:
        sign = "-" if weight < 0 else "+" if text else ""
        text += f"{sign}{_term(magnitude(weight), monomial)}"
    return text or "0"


def _term(weight: Number, monomial: Monomial) -> str:
    if not monomial:
        return number(weight)
    return f"{'' if weight == 1 else number(weight)}{_monomial(monomial)}"


def _monomial(monomial: Monomial) -> str:
    above = "".join(_power(j, exponent) for j, exponent in monomial if exponent > 0) or "1"
    below = "".join(_power(j, -exponent) for j, exponent in monomial if exponent < 0)
    return rf"\frac{{{above}}}{{{below}}}" if below else above


def _power(j: int, exponent: int) -> str:
    return f"u_{{{j}}}" if exponent == 1 else f"u_{{{j}}}^{{{exponent}}}"
