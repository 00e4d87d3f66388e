"""The explicit inverse of a chain whose `generic` is proved over CC: derived by the reader, no claim of its own.

The steps are those in the evidence of 7.8 or 9.1; where another statement decided first, they are looked for here.  The
derivation rests on no claim: its systems are regular at a point mod p, and its monomials generate L_0 (theory 7.8).
Cost: the terms of the entries used; nothing is derived beyond the limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exactfact.algebra.lattice import Lattice
from exactfact.algebra.primes import random_primes
from exactfact.certificate.numbers import decode_integer, encode_number
from exactfact.lifting.chain import Chain, build_chain, column, evaluate
from exactfact.lifting.inverse import Block, Inverse, Polynomial, derive
from exactfact.lifting.inversion import Point, inverted
from exactfact.lifting.paths import Cell, moves, path_counts, path_generators
from exactfact.lifting.points import point
from exactfact.lifting.propagation import exponents, propagate, starts
from exactfact.model import Architecture, LimitError, SpecError, from_document
from exactfact.model.errors import at
from exactfact.model.numbers import Number
from exactfact.stability.observation import matrix_data

ENTRY_LIMIT = 200_000
PARAMETER_LIMIT = 400
FOUND_LIMIT = 60  # where the steps are looked for
POINTS = 100

Document = Mapping[str, Any]


def explicit_inverse(document: Document, architecture: Architecture | None = None) -> Inverse | None:
    """The inverse; None when `generic` is not proved over CC, no steps of 7.8 are found, or they are too large."""
    evidence = _evidence(document)
    arch = architecture or from_document(dict(document["spec"]))
    most = FOUND_LIMIT if evidence == {} else PARAMETER_LIMIT
    if evidence is None or arch.network is not None or sum(arch.parameters) > most:
        return None
    try:
        chain = build_chain(arch, ENTRY_LIMIT)
        p, h = _point(evidence, chain, int(document["seed"]))
        steps = _steps(evidence, chain) if evidence else propagate(chain, h, p, lambda: None).steps
        return derive(chain, steps, h, p)
    except LimitError:
        return None


def recover(document: Document, product: Mapping[Cell, Number] | Any) -> Point | None:
    """The parameters, h_{k,0} = 1 for k > 0, whose product this matrix is, by the certificate's explicit inverse.

    `product`: a matrix (rows of numbers, or of strings such as "1/2"; floats are taken exactly), or exact numbers as
    {(row, column): entry}.  None when the formulas divide by zero there, or what they give has another product.
    Raises SpecError when the certificate gives no explicit inverse, or the matrix has another shape.
    """
    arch = from_document(dict(document["spec"]))
    inverse = explicit_inverse(document, arch)
    if inverse is None:
        raise SpecError("certificate", "generic proved over CC by steps that can be written", "no inverse")
    cells = product if isinstance(product, Mapping) else _cells(arch, product)
    h = inverted(inverse, cells)
    if h is None:
        return None
    chain = build_chain(arch, ENTRY_LIMIT)
    rows, columns = chain.labels[0], chain.labels[-1]
    image = {(rows[row], columns[col]): value for (row, col), value in evaluate(chain, h).items()}
    return h if image == {cell: value for cell, value in cells.items() if value} else None


def inverse_document(document: Document, architecture: Architecture | None = None) -> dict[str, Any] | None:
    """The inverse as the JSON object `facts.inverse`, null where there is none."""
    inverse = explicit_inverse(document, architecture)
    if inverse is None:
        return None
    return {
        "quantities": [list(index) for index in inverse.quantities],
        "blocks": [_block(block) for block in inverse.blocks],
        "parameters": [[[list(power) for power in monomial] for monomial in layer] for layer in inverse.parameters],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "cells": [list(cell) for cell in block.cells],
        "solves": list(block.solves),
        "matrix": [[_terms(entry) for entry in row] for row in block.matrix],
        "known": [_terms(entry) for entry in block.known],
    }


def _terms(polynomial: Polynomial) -> list[Any]:
    return [[encode_number(weight), [list(power) for power in monomial]] for weight, monomial in polynomial]


def _evidence(document: Document) -> Mapping[str, Any] | None:
    """What a proof of `generic` over CC by 7.8 or 9.1 rests on; {} for another proof, None where there is none."""
    claims = {claim["id"]: claim for claim in document["claims"]}
    found: Mapping[str, Any] | None = None
    for claim in claims.values():
        key = tuple(claim.get(name) for name in ("property", "modulo", "over", "status"))
        if key == ("generic", "scaling", "CC", "proved"):
            found = found or {}
            if claim["statement"] in ("7.8", "9.1"):
                found = claims[claim["evidence"]["jacobian_rank"]]["evidence"]
    return found


def _point(evidence: Mapping[str, Any], chain: Chain, seed: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """A prime, and the point mod it where the systems are regular: the evidence's for 7.8, any for 9.1."""
    if "point" in evidence:
        p = decode_integer(evidence["prime"])
        return p, point(evidence["point"]["seed"], evidence["point"]["index"], chain.parameters, p)
    scale = 1
    for denominator in chain.denominators:
        scale *= denominator
    p = next(random_primes(seed, "inverse", scale))
    points = (point(seed, t, chain.parameters, p) for t in range(POINTS))
    return p, next(h for h in points if all(all(layer) for layer in h))


def _steps(evidence: Mapping[str, Any], chain: Chain) -> Iterator[Sequence[Cell]]:
    """Cells that determine new monomials, step by step: those of 7.8, single entries or all of them for 9.1."""
    if "steps" in evidence:
        rows = {label: place for place, label in enumerate(chain.labels[0])}
        columns = {label: place for place, label in enumerate(chain.labels[-1])}
        for step in evidence["steps"]:
            yield [(rows[cell // chain.widths[-1]], columns[cell % chain.widths[-1]]) for cell in step]
        return
    if "rank" in evidence:
        yield [cell for cell, _ in path_counts(moves(chain))]
        return
    offsets, lattice = starts(chain.parameters), Lattice(sum(chain.parameters))
    for index in path_generators(moves(chain)):
        if lattice.add(exponents(index, offsets)):
            yield [min(column(chain, index))]


def _cells(architecture: Architecture, rows: Any) -> dict[Cell, Number]:
    assert architecture.shape is not None
    with at("product"):
        values = matrix_data(architecture.shape, rows).array.values
    return {divmod(place, architecture.shape[1]): value for place, value in enumerate(values)}
