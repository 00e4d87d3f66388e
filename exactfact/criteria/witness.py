"""Pairs (h, g) of parameters with phi(h) = phi(g), written as evidence of theory 8.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from exactfact.certificate.claims import Verdict
from exactfact.certificate.numbers import encode_vector
from exactfact.lifting.at_point import equivalent
from exactfact.lifting.chain import evaluate
from exactfact.model import LimitError
from exactfact.model.numbers import Number

from .problem import Problem

Found = TypeVar("Found")
Point = tuple[tuple[Number, ...], ...]


def unit_point(sizes: Sequence[int], index: Sequence[int], factor: Number = 1) -> Point:
    """(factor e_{i_1}, e_{i_2}, ..., e_{i_K}): phi is factor times column i of the lifted map there."""
    point: list[list[Number]] = [[0] * size for size in sizes]
    for vector, j in zip(point, index, strict=True):
        vector[j] = 1
    point[0][index[0]] = factor
    return tuple(tuple(vector) for vector in point)


def zero_point(sizes: Sequence[int]) -> Point:
    """All parameters zero, layers of these sizes; phi vanishes there."""
    return tuple((0,) * size for size in sizes)


def replaced(point: Point, layer: int, vector: Sequence[Number]) -> Point:
    """A copy of the point whose layer `layer` is this vector."""
    return (*point[:layer], tuple(vector), *point[layer + 1 :])


def scaled(vector: Sequence[Number], factor: Number, p: int) -> tuple[Number, ...]:
    """The vector times a number, over QQ (p = 0) or GF(p)."""
    return tuple(v * factor % p if p else v * factor for v in vector)


def within_limits(candidates: Iterable[Found]) -> Iterator[Found]:
    """The candidates until something is too large to compute."""
    try:
        yield from candidates
    except LimitError:
        return


def refutation(prop: str, h: Point, g: Point, over: str, model: str = "full", modulo: str = "scaling") -> Verdict:
    """The claim that `prop` fails because phi(h) = phi(g) and h is not equivalent to g (theory 8.1)."""
    evidence = {"h": [encode_vector(vector) for vector in h], "g": [encode_vector(vector) for vector in g]}
    return Verdict(prop, modulo, model, over, "refuted", "8.1", evidence)


def first_rival(problem: Problem, h: Point, candidates: Iterable[Point]) -> tuple[Verdict, ...]:
    """`at-point` refuted by the first candidate g with phi(g) = phi(h), not equivalent to h; () when there is none.

    Candidates need not fit: every one is verified exactly.  Chains only.  Cost: phi at each of them.
    """
    target = evaluate(problem.chain, h)
    for g in candidates:
        if evaluate(problem.chain, g) == target and not equivalent(h, g, problem.field):
            return (refutation("at-point", h, g, problem.over),)
    return ()


def refutations(h: Point, g: Point, over: str, models: Sequence[str]) -> tuple[Verdict, ...]:
    """The refutation of `uniform` for each of the models that contain the pair."""
    return tuple(refutation("uniform", h, g, over, model) for model in models)
