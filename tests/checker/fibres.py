"""Truth about 7.8 and 9.1: generic fibres of tiny chains by Groebner bases, the group L_0/L by Smith forms of sympy.

A fibre is counted mod 32003 at a random point, where bad luck has a probability of some 1/1000 a case.
"""
import json
import random
from functools import cached_property, lru_cache
from itertools import product
from math import prod
from typing import Any

import sympy
from sympy.matrices.normalforms import smith_normal_form

from tests.checker import truth

P = 32003
Json = dict[str, Any]


class Fibres:
    """phi of a chain over QQ as polynomials; `forms` holds {multi-index: coefficient} for every entry."""

    def __init__(self, forms: list[dict[tuple[int, ...], Any]], sizes: list[int]) -> None:
        self.forms, self.sizes = forms, sizes
        self.support = sorted({i for form in forms for i in form})

    @classmethod
    def of(cls, spec: Json) -> "Fibres":
        """Those of a canonical spec."""
        p, layers = truth.characteristic(spec), truth.chain_layers(spec)
        forms: dict[tuple[int, int], dict[tuple[int, ...], Any]] = {}
        for index in product(*(range(len(layer)) for layer in layers)):
            column = layers[0][index[0]]
            for layer, j in zip(layers[1:], index[1:], strict=True):
                column = truth.times(column, layer[j])
            for r, row in enumerate(column):
                for c, x in enumerate(row):
                    x = x.numerator * pow(x.denominator, -1, p) % p if p else x
                    if x:
                        forms.setdefault((r, c), {})[index] = x
        return cls(list(forms.values()), [len(layer) for layer in layers])

    def vector(self, *places: tuple[int, int, int]) -> list[int]:
        """A vector of Z^(S_1 + ... + S_K) from (layer, parameter, entry)."""
        result = [0] * sum(self.sizes)
        for k, j, x in places:
            result[sum(self.sizes[:k]) + j] += x
        return result

    @cached_property
    def rows(self) -> list[list[int]]:
        """The v(i)."""
        return [self.vector(*((k, j, 1) for k, j in enumerate(i))) for i in self.support]

    @property
    def used(self) -> bool:
        """Whether every parameter occurs."""
        return all(any(row[c] for row in self.rows) for c in range(sum(self.sizes)))

    @cached_property
    def group(self) -> tuple[int, list[int]]:
        """f and the factors d_i > 1."""
        return self._group(self.rows)

    def _group(self, rows: list[list[int]]) -> tuple[int, list[int]]:
        if not rows:
            return sum(self.sizes) - len(self.sizes) + 1, []
        form = smith_normal_form(sympy.Matrix(rows), domain=sympy.ZZ)
        diagonal = [abs(int(form[i, i])) for i in range(min(form.shape))]
        rank = sum(map(bool, diagonal))
        return sum(self.sizes) - rank - len(self.sizes) + 1, sorted(d for d in diagonal if d > 1)

    @cached_property
    def slices(self) -> list[tuple[int, int]]:
        """f parameters (k, j) whose ratios to (k, 0) the torus moves independently."""
        found: list[tuple[int, int]] = []
        rows, free = list(self.rows), self.group[0]
        for k, size in enumerate(self.sizes):
            for j in range(1, size):
                more = self._group([*rows, self.vector((k, j, 1), (k, 0, -1))])[0]
                if more < free:
                    free, rows = more, [*rows, self.vector((k, j, 1), (k, 0, -1))]
                    found.append((k, j))
        return found

    @cached_property
    def sliced(self) -> tuple[int | None, int]:
        """Classes in a random fibre with the sliced ratios fixed (None: infinitely many), and those by rescalings."""
        rng = random.Random(str(self.forms))
        names: list[list[Any]] = [[sympy.Integer(1) if k and not j else sympy.Symbol(f"x{k}_{j}") for j in range(size)]
                                  for k, size in enumerate(self.sizes)]
        h = [[1 if k and not j else rng.randrange(1, P) for j in range(size)] for k, size in enumerate(self.sizes)]

        def at(form: dict[tuple[int, ...], Any], x: list[list[Any]]) -> Any:
            scale = [c.numerator * pow(c.denominator, -1, P) % P for c in form.values()]
            return sum(c * prod(x[k][j] for k, j in enumerate(i)) for i, c in zip(form, scale, strict=True))

        equations = [at(form, names) - int(at(form, h)) % P for form in self.forms]
        equations += [names[k][j] * h[k][0] - h[k][j] * names[k][0] for k, j in self.slices]
        variables = [x for layer in names for x in layer if x != 1]
        fixed = [self.vector((k, j, 1), (k, 0, -1)) for k, j in self.slices]
        expected = prod(self._group([*self.rows, *fixed])[1])
        if not variables:
            return 1, expected
        basis = sympy.groebner([sympy.expand(e) for e in equations], *variables, modulus=P, order="grevlex")
        if not basis.is_zero_dimensional:
            return None, expected
        leads = [poly.monoms(order="grevlex")[0] for poly in basis.polys]
        tops = [min((m[i] for m in leads if m[i] and sum(m) == m[i]), default=0) for i in range(len(variables))]
        return sum(not any(all(a >= b for a, b in zip(x, lead, strict=True)) for lead in leads)
                   for x in product(*map(range, tops))), expected

    @property
    def exact(self) -> bool:
        """Whether the rescalings of single parameters that preserve phi make up a generic fibre."""
        return self.sliced[0] == self.sliced[1]

    def classes(self, over: str) -> int:
        """Homomorphisms of the torsion to the field's nonzero numbers."""
        return prod(self.group[1]) if over == "CC" else 2 ** sum(d % 2 == 0 for d in self.group[1])


@lru_cache(maxsize=256)
def _fibres(text: str) -> Fibres:
    return Fibres.of(json.loads(text))


def true(claim: Json, spec: Json, rank: int) -> bool:
    """Whether a claim by 7.8 or 9.1, other than on the Jacobian rank, holds; `rank` is that of the lifted map."""
    fibres, over, proved = _fibres(json.dumps(spec)), claim["over"], claim.get("status") == "proved"
    p = truth.characteristic(spec)
    if over not in ([f"GF({p})"] if p else ["CC", "RR", "QQ"]) or claim.get("model", "full") != "full":
        return False
    if claim.get("property") == "at-point":
        h = [[truth.value(x) for x in row] for row in spec["point"]["h"]]
        if claim["modulo"] != "scaling" or not all(x for row in h for x in row) or not fibres.used:
            return False
        if p:
            return proved == (rivals(spec, fibres, h, p) == 1)
        one = not fibres.group[0] and fibres.classes(over) == 1
        return rank == len(fibres.support) and proved == one
    if p or not fibres.forms:
        return False
    free, one, total = fibres.group[0], fibres.classes(over) == 1, fibres.sliced[0]
    if claim["kind"] == "bound":
        count = fibres.classes(over) if fibres.exact else total
        known = fibres.exact or claim["side"] == "upper" or total == 1
        value = truth.value(claim["value"])
        return free == 0 and known and count is not None and (
            value <= count if claim["side"] == "lower" else value >= count)
    if claim["modulo"] == "torus":
        right = fibres.exact and free > 0 and claim["evidence"]["dimension"] == free
        return right and proved == (claim["property"] == "generic-finite" or one)
    if claim["property"] == "generic-finite":
        return total is not None and free == 0 if proved else free > 0
    if proved:
        return free == 0 and (total == 1 or fibres.exact and one)
    return free > 0 or fibres.exact and not one


def rivals(spec: Json, fibres: Fibres, h: list[list[Any]], p: int) -> int:
    """Classes in the fibre of h over GF(p), by all points."""
    def image(x: list[list[Any]]) -> list[Any]:
        return [sum(c * prod(x[k][j] for k, j in enumerate(i)) for i, c in form.items()) % p for form in fibres.forms]
    sizes, wanted = fibres.sizes, image(h)
    starts = [sum(sizes[:k]) for k in range(len(sizes))]
    same = sum(image([list(x[s:s + size]) for s, size in zip(starts, sizes, strict=True)]) == wanted
               for x in product(range(p), repeat=sum(sizes)))
    return same // (p - 1) ** (len(sizes) - 1)
