"""An estimate beside measured data: ||phi(h) - X||^2 exactly, X being a matrix, or a kernel for each leaf of a network.

Shared by the rules about recovery. For networks the norm is that of the operators on signals, sqrt(nu) times that of
the kernels (theory 10.4). Cost: one exact evaluation of phi, and one pass over the data.
"""
from collections.abc import Iterable
from fractions import Fraction
from math import prod
from typing import Any

from ..claims import Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import Number, integer, number
from .witness import image, integers

Point = list[list[Number]]


def misfit(f: dict[str, Any], context: Context) -> tuple[Point, Fraction]:
    """(h, ||phi(h) - X||_F^2) for evidence with "h" and "data"."""
    h = context.vectors(f["h"], "h")
    scale, vectors = integers(h, context)
    values = image(vectors, context)
    if context.spec.network:
        denominator, data = _kernels(f["data"], context)
        nu = context.network.nu
        require(nu is not None, "signal in the network, where the group has a 0", Text("none"))
    else:
        scale *= prod(layer.denominator for layer in context.chain.layers)
        denominator, data = _matrix(f["data"], context)
        nu = 1
    bits = scale.bit_length() + denominator.bit_length()
    context.meter.spend((1000 + bits * (1 + bits // 4096)) * (len(values) + len(data)), "the misfit of the estimate")
    context.meter.spend(bits * bits // 100, "the misfit of the estimate")  # a quotient in lowest terms
    gaps = (values.get(at, 0) * denominator - data.get(at, 0) * scale for at in values.keys() | data.keys())
    return h, Fraction((nu or 0) * sum(gap * gap for gap in gaps), (scale * denominator) ** 2)


def _matrix(document: Any, context: Context) -> tuple[int, dict[Any, int]]:
    f = fields(document, "data", "denominator entries")
    rows, cols = context.chain.shape
    found, before = {}, -1
    for entry in listing(f["entries"], "data, entries"):
        cell, value = listing(entry, "data, an entry", 2)
        before = whole(cell, "data, a cell, in increasing order", before + 1, rows * cols)
        found[before] = integer(value, "data, a value")
    return integer(f["denominator"], "data, denominator", 1), found


def _kernels(document: Any, context: Context) -> tuple[int, dict[Any, int]]:
    f = fields(document, "data", "denominator leaves")
    network = context.network
    require(type(f["leaves"]) is dict and set(f["leaves"]) == set(network.leaves), "data, leaves: every leaf once",
            f["leaves"])
    found = {}
    for number_, leaf in enumerate(network.leaves):
        before: tuple[int, ...] = ()
        for entry in listing(f["leaves"][leaf], f"data, leaf {leaf!a}"):
            *place, value = listing(entry, "data, an entry", len(network.moduli) + 1)
            x = tuple(integer(c, "data, a position", 0 if n else None, n or None)
                      for c, n in zip(place, network.moduli, strict=True))
            require(not before or x > before, "data: positions in increasing order", list(x))
            before = x
            found[number_, x] = integer(value, "data, a value")
    return integer(f["denominator"], "data, denominator", 1), found


def at_least_zero(value: Any, where: str) -> Fraction:
    """A canonical rational that is >= 0; rejects another, naming `where`."""
    result = Fraction(number(value, where))
    require(result >= 0, f"{where} >= 0", result)
    return result


def require_errors(f: dict[str, Any], exact: Fraction, context: Context) -> Fraction:
    """delta + eta, for evidence with delta >= 0 and eta >= the exact misfit."""
    delta, eta = at_least_zero(f["delta"], "delta"), at_least_zero(f["eta"], "eta")
    spend(context, exact, eta)
    require(eta * eta >= exact, "eta >= ||phi(h) - X||", Text("a smaller number"))
    return delta + eta


def spend(context: Context, *values: Fraction) -> None:
    """The work of a few products of these numbers."""
    bits = sum(value.numerator.bit_length() + value.denominator.bit_length() for value in values)
    context.meter.spend(1000 + bits * (8 + bits // 64), "products of rational numbers")


def largest(vector: Iterable[Number]) -> Fraction:
    """||x||_inf, exactly; 0 for no entry."""
    return max((abs(Fraction(x)) for x in vector), default=Fraction(0))
