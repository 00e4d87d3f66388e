"""Rule 2.7a: rank A <= value, by a vertex cover of the support graph.

Evidence: covered rows (cells) and covered columns (multi-indices). Verified: no repeats, their number is <= value, and
outside the covered rows every path comes from a covered column: (D_1 ... D_K)[cell] equals the sum of
(D_1(i_1) ... D_K(i_K))[cell] over the covered columns i, D_k(j) being the 0/1 support of M_k(e_j), D_k their sum.
Supports are read over the spec's field. Source: theory 2.7a. Cost: a product of the D_k, one a covered column.
"""
from ..chains import Matrix
from ..claims import Claim, Context
from ..errors import Text, require, shown
from ..families import fields, listing, whole
from .columns import columns, require_multi_index
from .matrices import added, flatten, multiply


def check(claim: Claim, context: Context) -> None:
    """Accept iff the cover is one and is small enough."""
    f = fields(claim.evidence, "evidence", "cover_rows cover_columns")
    layers, meter = context.chain.layers, context.meter
    rows, cols = context.chain.shape
    cells = [whole(cell, "cover_rows", 0, rows * cols) for cell in listing(f["cover_rows"], "cover_rows")]
    indices = [require_multi_index(i, context.spec.parameters, f"cover_columns[{t}]")
               for t, i in enumerate(listing(f["cover_columns"], "cover_columns"))]
    require(len(set(cells)) == len(cells) and len(set(indices)) == len(indices), "a cover without repeats",
            Text("a repeated row or column"))
    require(len(cells) + len(indices) <= claim.value, f"at most {shown(claim.value)} covered rows and columns",
            Text(f"{len(cells) + len(indices)}"))
    supports = [[_support(matrix) for matrix in layer.matrices] for layer in layers]
    total = added(supports[0])
    for matrices in supports[1:]:
        total = multiply(total, added(matrices), 0, meter)
    left = flatten(total, cols)
    meter.hold(len(left), "path counts")
    for _, matrix in columns(supports, indices, 0, meter):
        for cell, paths in flatten(matrix, cols).items():
            left[cell] -= paths
    covered = set(cells)
    open_cells = [cell for cell, paths in left.items() if paths and cell not in covered]
    require(not open_cells, "no path outside the cover", Text(f"an uncovered path to cell {open_cells[:1]}"))


def _support(matrix: Matrix) -> Matrix:
    return {r: dict.fromkeys(row, 1) for r, row in matrix.items()}
