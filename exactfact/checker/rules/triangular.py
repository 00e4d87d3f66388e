"""Rule 2.7b: rank A >= value, by a triangular minor.

Evidence: rows (cells) a_t and columns (multi-indices) i_t. Verified, by exact evaluation in the spec's field:
A_{i_t}[a_t] != 0 and A_{i_t}[a_s] = 0 for s < t; value <= their number. Source: theory 2.7b. Cost: one exact sparse
product a column, prefixes shared.
"""
from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, listing, whole
from .columns import columns, require_multi_index
from .matrices import flatten


def check(claim: Claim, context: Context) -> None:
    """Accept iff the listed minor is triangular with a nonzero diagonal."""
    f = fields(claim.evidence, "evidence", "rows columns")
    m, n = context.chain.shape
    rows = [whole(cell, "rows", 0, m * n) for cell in listing(f["rows"], "rows")]
    indices = [require_multi_index(i, context.spec.parameters, f"columns[{t}]")
               for t, i in enumerate(listing(f["columns"], "columns"))]
    require(len(rows) == len(indices), "as many rows as columns", Text(f"{len(rows)} rows, {len(indices)} columns"))
    require(claim.value <= len(rows), f"at least {shown(claim.value)} rows and columns", Text(f"{len(rows)}"))
    order = {cell: t for t, cell in enumerate(rows)}
    number = {index: t for t, index in enumerate(indices)}
    require(len(order) == len(number) == len(rows), "different rows and columns", Text("a repeated row or column"))
    layers = [layer.matrices for layer in context.chain.layers]
    for index, matrix in columns(layers, indices, context.p, context.meter):
        t = number[index]
        met = {order[cell] for cell in flatten(matrix, n) if cell in order}
        require(t in met, f"a nonzero entry at row {rows[t]} of column {list(index[:8])}", 0)
        require(min(met) == t, f"zeros above the diagonal in column {list(index[:8])}",
                Text(f"a nonzero entry at row {rows[min(met)]}"))
