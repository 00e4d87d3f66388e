"""One chain of spans (rule 3.1): a basis of a space that holds all products of the layers.

Verified: each product X_b M_k(e_j) lies in the span of the listed basis of its level, because the pair is in the
basis, or by an exact relation, or because exact annihilators of all products leave a space of the dimension of the
basis. Hypotheses are exact identities over the spec's field; a prime is used for two ranks only, both lower bounds
(of the annihilators and of the basis). Then V_k is in the span of level k by induction. Source: theory 3.1.
Cost: one product a basis vector, one combination a relation, and (annihilators x parameters) sums of packed columns.
"""
from dataclasses import dataclass
from typing import Any

from ..chains import Layer, Matrix
from ..claims import Context
from ..errors import Text, require
from ..families import fields, listing, whole
from ..numbers import number
from .chain_level import Level, Pair, Relation, check_annihilators, check_relations
from .matrices import flatten, identity, multiply, rows_of
from .supports import Reach, count, reachable


@dataclass(frozen=True)
class Spanned:
    """The last level: its dimension and, when asked for, its vectors."""

    size: int
    matrices: list[Matrix]


def spanned(evidence: Any, layers: tuple[Layer, ...], context: Context, *, vectors: bool = False) -> Spanned:
    """The last level of an accepted chain of spans for these layers; `Rejected` unless every level is closed."""
    f = fields(evidence, "evidence", "levels relations annihilators prime")
    prime = 0 if f["prime"] is None else context.prime(f["prime"])
    levels = listing(f["levels"], "levels", len(layers))
    relations = _read_relations(f["relations"], layers, context)
    annihilators = _read_annihilators(f["annihilators"], len(layers))
    require(not annihilators or prime > 0, "a prime for the annihilators", f["prime"])
    reach = reachable(layers, context.meter) if annihilators or None in levels else []
    before, cols, size = [identity(rows_of(layers[0].matrices))], layers[0].rows, 1
    for k, layer in enumerate(layers):
        if levels[k] is None:  # the span lies in that of all reachable cells
            require(k not in relations and k not in annihilators, f"nothing to show at level {k}, which is null",
                    Text("relations or annihilators"))
            size = count(reach[k])
            wanted = levels[k + 1] is not None if k + 1 < len(layers) else vectors
            before = _units(reach[k], context) if wanted else []
            cols = layer.cols
            continue
        pairs = [_pair(x, len(before), len(layer.matrices), f"levels[{k}]") for x in listing(levels[k], "levels")]
        require(len(set(pairs)) == len(pairs), f"levels[{k}] without repeats", Text("a repeated pair"))
        products, held = [], 0
        for b, j in pairs:
            products.append(multiply(before[b], layer.matrices[j], context.p, context.meter))
            held += 1 + sum(map(len, products[-1].values()))
            context.meter.hold(held, "basis vectors")
        level = Level(k, layer, before, cols, pairs, [flatten(x, layer.cols) for x in products])
        related = relations.get(k, {})
        check_relations(level, related, context)
        if k in annihilators:
            check_annihilators(level, annihilators[k], reach[k], prime, context)
        else:
            covered = len(related.keys() | set(pairs))
            require(covered == len(before) * len(layer.matrices), f"every pair of level {k} in its span",
                    Text(f"{covered} of {len(before) * len(layer.matrices)} pairs covered"))
        before, cols, size = products, layer.cols, len(products)
    return Spanned(size, before)


def _units(reach: Reach, context: Context) -> list[Matrix]:
    """The reachable cells of a level as matrices, in row-major order."""
    context.meter.spend(300 * count(reach), "unit cells")
    context.meter.hold(8 * count(reach), "unit cells")
    return [{r: {c: 1}} for r in sorted(reach) for c in sorted(reach[r])]


def _pair(value: Any, vectors: int, parameters: int, where: str) -> Pair:
    b, j = listing(value, where, 2)
    return whole(b, f"{where}, vector", 0, vectors), whole(j, f"{where}, parameter", 0, parameters)


def _read_relations(value: Any, layers: tuple[Layer, ...], context: Context) -> dict[int, dict[Pair, Relation]]:
    result: dict[int, dict[Pair, Relation]] = {}
    for i, entry in enumerate(listing(value, "relations")):
        at = f"relations[{i}]"
        k, b, j, terms = listing(entry, at, 4)
        whole(k, f"{at}, level", 0, len(layers))
        pair = _pair([b, j], 1 << 53, len(layers[k].matrices), at)
        require(pair not in result.setdefault(k, {}), f"{at}: one relation a pair", entry)
        result[k][pair] = [(whole(x[0], at, 0), number(x[1], at, context.p))
                           for x in (listing(term, at, 2) for term in listing(terms, at))]
    return result


def _read_annihilators(value: Any, depth: int) -> dict[int, list[Any]]:
    result: dict[int, list[Any]] = {}
    for i, entry in enumerate(listing(value, "annihilators")):
        k, rows = listing(entry, f"annihilators[{i}]", 2)
        whole(k, f"annihilators[{i}], level", 0, depth)
        require(k not in result, f"annihilators[{i}]: one entry a level", k)
        result[k] = listing(rows, f"annihilators[{i}]")
    return result
