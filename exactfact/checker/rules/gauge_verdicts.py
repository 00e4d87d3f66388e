"""Rule 6.3, 6.4 and 6.5: what certified linear fields say about fibres.

6.4: an accepted upper bound on jacobian_rank by 6.3 that is below n: some field leaves the classes modulo scaling, so a
generic h has infinitely many classes in its fibre over every field of characteristic 0; uniform, generic and
generic-finite are refuted over QQ, RR and CC.
6.3, generic-finite modulo gauge over CC: a lower bound meets the bound by 6.3, below n; then the kernel of J_h is the
tangent space of the orbit at a generic h. dimension = n - value, of the orbit on classes modulo scaling.
6.5, ratios over CC: within a block every ratio h_i / h_j takes finitely many values on the generic fibre, between
blocks of a layer it moves. No field: a lower bound >= n and one block a layer. Fields: the bounds meet, and the blocks
are the classes of i ~ j iff rows i and j of every D_k are zero off the diagonal with D_ii = D_jj.
Source: theory 6.3, 6.4, 6.5. Cost: the entries of the fields.
"""
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields, listing, whole
from .gauge import read_field


def check_infinite(claim: Claim, context: Context) -> None:
    """Accept iff the bound referred to rests on fields (6.3) and is below n."""
    value = _fields_bound(fields(claim.evidence, "evidence", "gauge")["gauge"], context)[0]
    require(value < context.dimension, f"an upper bound on jacobian_rank < n = {context.dimension}", value)


def check_finite(claim: Claim, context: Context) -> None:
    """Accept iff the bounds meet below n and the dimension is n less their value."""
    f = fields(claim.evidence, "evidence", "gauge jacobian_rank dimension")
    value = _meeting(f["gauge"], f["jacobian_rank"], context)[0]
    require(value < context.dimension, f"bounds below n = {context.dimension}", value)
    whole(f["dimension"], "dimension", context.dimension - value, context.dimension - value + 1)


def check_ratios(claim: Claim, context: Context) -> None:
    """Accept iff the blocks are those that the fields leave."""
    f = fields(claim.evidence, "evidence", "gauge jacobian_rank blocks")
    sizes = context.spec.parameters
    if f["gauge"] is None:
        rank = context.bound(f["jacobian_rank"], "jacobian_rank", "lower")
        require(rank >= context.dimension, f"a lower bound on jacobian_rank >= n = {context.dimension}", rank)
        keys = [[0] * size for size in sizes]
    else:
        keys = _keys(_meeting(f["gauge"], f["jacobian_rank"], context)[1], context)
    given = [[[whole(j, "blocks", 0, size) for j in listing(block, "blocks")] for block in listing(layer, "blocks")]
             for layer, size in zip(listing(f["blocks"], "blocks", len(sizes)), sizes, strict=True)]
    for k, (layer, names) in enumerate(zip(given, keys, strict=True)):
        everything = sorted(j for block in layer for j in block)
        require(everything == list(range(len(names))), f"every parameter of layer {k} in one block", everything)
        heads = [{names[j] for j in block} for block in layer]
        require(all(len(head) == 1 for head in heads) and len(set.union(*heads)) == len(heads),
                f"the blocks of layer {k} that the fields leave", layer)


def _fields_bound(reference: object, context: Context) -> tuple[int, Claim]:
    value = context.bound(reference, "jacobian_rank", "upper")
    claim = context.reference(reference, "gauge")
    require(claim.statement == "6.3", "a bound by linear fields, 6.3", Text(claim.statement))
    return value, claim


def _meeting(upper: object, lower: object, context: Context) -> tuple[int, Claim]:
    value, claim = _fields_bound(upper, context)
    least = context.bound(lower, "jacobian_rank", "lower")
    require(least >= value, f"a lower bound on jacobian_rank >= {value}", least)
    return value, claim


def _keys(bound: Claim, context: Context) -> list[list[int]]:
    """For each layer and parameter the number of its block."""
    sizes = context.spec.parameters
    marks: list[list[list[object]]] = [[[] for _ in range(size)] for size in sizes]
    for number, document in enumerate(bound.evidence["fields"]):
        for k, matrix in enumerate(read_field(document, f"fields[{number}]", context)[0]):
            context.meter.spend(500 * len(matrix), "blocks")
            for row, entries in matrix.items():
                marks[k][row] += [(number, value) if row == col else ("alone", row)
                                  for col, value in entries.items() if value]
    result = []
    for layer in marks:
        names: dict[tuple[object, ...], int] = {}
        result.append([names.setdefault(tuple(key), len(names)) for key in layer])
    return result
