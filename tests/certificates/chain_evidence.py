"""Evidence of 3.1 by plain elimination over the rational numbers or modulo a prime, without the product's code."""
from fractions import Fraction
from typing import Any

from tests.checker import truth
from tests.checker.build import Json


def canonical(x: Fraction) -> Any:
    """A small rational in canonical form."""
    return int(x) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"


def chain_evidence(spec: Json, annihilate: bool = False, prime: int | None = None) -> Json:
    """Evidence of 3.1 by plain Fraction elimination: greedy bases, and relations or annihilators."""
    p = truth.characteristic(spec)
    layers = truth.chain_layers(spec)
    m = len(layers[0][0])
    before = [[[Fraction(r == c) for c in range(m)] for r in range(m)]]
    levels, relations, annihilators = [], [], []
    for k, layer in enumerate(layers):
        pairs, vectors, rest = [], [], []
        for i, x in enumerate(before):
            for j, matrix in enumerate(layer):
                image = truth.times(x, matrix)
                flat = {c: v for c, v in enumerate(v for row in image for v in row) if v}
                if truth.rank([*[f for f, _ in vectors], flat], p) > len(vectors):
                    pairs.append([i, j])
                    vectors.append((flat, image))
                else:
                    rest.append((i, j, flat))
        levels.append(pairs)
        n = m * len(layer[0][0])
        if annihilate:
            annihilators.append([k, _kernel([f for f, _ in vectors], n)])
        else:
            relations += [[k, i, j, _solve([f for f, _ in vectors], flat, p)] for i, j, flat in rest]
        before = [image for _, image in vectors]
    return {"levels": levels, "relations": relations, "annihilators": annihilators, "prime": prime}


def _solve(basis: list[dict[int, Any]], target: dict[int, Any], p: int) -> list[list[Any]]:
    """target = sum c_b basis[b]: eliminate the augmented system, one equation a cell."""
    def mod(x: Any) -> Any:
        return x if not p else int(x.numerator * pow(x.denominator, -1, p) % p) if isinstance(x, Fraction) else x % p
    cells = sorted({c for v in [*basis, target] for c in v})
    rows = [[mod(Fraction(v.get(c, 0))) for v in [*basis, target]] for c in cells]
    pivots: list[tuple[int, list[Any]]] = []
    for column in range(len(basis)):
        row = next(r for r in rows if r[column])
        rows.remove(row)
        inverse = pow(row[column], -1, p) if p else 1 / row[column]
        row = [mod(x * inverse) for x in row]
        rows = [[mod(x - r[column] * y) for x, y in zip(r, row, strict=True)] for r in rows]
        pivots = [(c, [mod(x - r[column] * y) for x, y in zip(r, row, strict=True)]) for c, r in pivots]
        pivots.append((column, row))
    return [[c, canonical(Fraction(r[-1]))] for c, r in pivots if r[-1]]


def _kernel(basis: list[dict[int, Any]], n: int) -> list[list[list[Any]]]:
    """Rows that kill the basis, over QQ (cells that no vector reaches are left out)."""
    reached = sorted({c for v in basis for c in v})
    pivots: dict[int, dict[int, Fraction]] = {}
    for v in basis:
        v = {c: Fraction(x) for c, x in v.items()}
        for c, row in pivots.items():
            f = v.get(c, Fraction(0))
            v = {i: v.get(i, Fraction(0)) - f * row.get(i, Fraction(0)) for i in {*v, *row}}
        v = {i: x for i, x in v.items() if x}
        lead = min(v)
        v = {i: x / v[lead] for i, x in v.items()}
        for c, row in pivots.items():
            f = row.get(lead, Fraction(0))
            pivots[c] = {i: row.get(i, Fraction(0)) - f * v.get(i, Fraction(0)) for i in {*row, *v}}
        pivots[lead] = v
    rows = []
    for free in reached:
        if free not in pivots:
            terms = {free: Fraction(1), **{c: -row.get(free, Fraction(0)) for c, row in pivots.items()}}
            rows.append([[c, canonical(x)] for c, x in sorted(terms.items()) if x])
    return rows
