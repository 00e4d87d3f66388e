"""The criteria by names that a reader knows: what a row calls tried."""

from __future__ import annotations

WORDS = {
    "kernel_zero": "injectivity of the lifted map",
    "equal_columns": "proportional columns",
    "dead_direction": "dead directions",
    "kernel_line": "one-dimensional kernel",
    "flattening_minors": "minors of the kernel",
    "small_rank": "small rank",
    "two_terms": "rank below twice a layer",
    "pair_search": "search for a pair",
    "exhaustion": "all points of the field",
    "sparse_columns": "columns of the sparsity model",
    "jacobian_rank": "rank of the Jacobian",
    "gauge": "linear symmetries",
    "symmetry": "exchanges of layers",
    "too_small": "rank too small",
    "tangent_test": "tangent test",
    "linear_elimination": "linear relations",
    "monomial": "lattice of monomials",
    "propagation": "monomials step by step",
    "convolution_generic": "chain of convolutions",
    "convolution_point": "factors of the given point",
    "fibre_length": "one fibre modulo a prime",
    "algebraic_fibre": "algebraic points in the fibre of the given point",
    "second_point": "two regular points",
    "fibre_engine": "engine for polynomial systems",
    "point_witness": "rival of the given point by symmetry",
    "point_search": "search for a rival of the given point",
    "path_uniform": "sums of taps along paths",
    "path_finite": "rank of the Jacobian up to path scalings",
    "path_point": "paths at the given point",
    "layerwise": "layers of one hidden node",
}


def words(criterion: str) -> str:
    """The criterion in words; its own name, spaced, where it is not known."""
    return WORDS.get(criterion, criterion.replace("_", " "))
