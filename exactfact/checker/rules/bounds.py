"""The licences for bounds: which statement may bound which quantity, and the rule that checks its evidence."""
from collections.abc import Callable

from ..claims import Claim, Context
from . import (
    chain,
    convolution,
    convolution_count,
    cover,
    dead_direction,
    fibre_length,
    gauge,
    jacobian,
    many_primes,
    mixed_radix,
    monomial,
    path_finite,
    path_uniform,
    pigeonhole,
    point,
    propagation,
    rank_lower,
    rank_trivial,
    singular_values,
    spectrum,
    symmetry,
    too_small,
    torsor,
    triangular,
)

Rule = Callable[[Claim, Context], None]
BOTH, CHAIN, NETWORK = "chain network", "chain", "network"
SIDES = "lower upper"

# (quantity, statement): (sides, kinds of spec, rule).  A bound is over the spec's field, unless FIELDS names others.
BOUNDS: dict[tuple[str, str], tuple[str, str, Rule]] = {
    ("rank", "2.3"): ("lower", BOTH, rank_lower.check),
    ("rank", "2.4"): ("upper", BOTH, rank_trivial.check),
    ("rank", "2.6"): ("upper", CHAIN, many_primes.check),
    ("rank", "2.7a"): ("upper", CHAIN, cover.check),
    ("rank", "2.7b"): ("lower", CHAIN, triangular.check),
    ("rank", "3.1"): ("upper", CHAIN, chain.check),
    ("rank", "10.1"): (SIDES, NETWORK, path_uniform.check_rank),
    ("rank", "10.5"): (SIDES, CHAIN, convolution.check_rank),
    ("jacobian_rank", "6.1"): (SIDES, BOTH, jacobian.check),
    ("jacobian_rank", "6.2"): ("upper", BOTH, too_small.check),
    ("jacobian_rank", "6.3"): ("upper", CHAIN, gauge.check),
    ("jacobian_rank", "7.8"): ("upper", CHAIN, propagation.check),
    ("jacobian_rank", "9.1"): ("upper", CHAIN, monomial.check),
    ("jacobian_rank", "8.2b"): ("upper", BOTH, dead_direction.check_bound),
    ("jacobian_rank", "10.6"): ("upper", NETWORK, path_finite.check_bound),
    ("jacobian_rank_at_point", "6.1b"): (SIDES, BOTH, point.check),
    ("fibre_count", "8.2c"): ("lower", CHAIN, symmetry.check_count),
    ("fibre_count", "8.2f"): ("lower", CHAIN, symmetry.check_count),
    ("fibre_count", "7.1b"): ("lower", CHAIN, symmetry.check_count),
    ("fibre_count", "7.3"): ("upper", CHAIN, fibre_length.check_bound),
    ("fibre_count", "7.4"): (SIDES, CHAIN, fibre_length.check_exact),
    ("fibre_count", "7.8"): (SIDES, CHAIN, torsor.check_count),
    ("fibre_count", "9.1"): (SIDES, CHAIN, torsor.check_count),
    ("fibre_count", "10.5"): (SIDES, BOTH, convolution_count.check),
    ("path_max_entry", "10.1"): (SIDES, NETWORK, path_uniform.check_entry),
    ("path_max_entry", "10.3a"): ("upper", NETWORK, mixed_radix.check),
    ("path_max_entry", "10.3b"): ("lower", NETWORK, pigeonhole.check),
    ("sigma_min_squared", "10.4"): (SIDES, NETWORK, spectrum.check),
    ("sigma_max_squared", "10.4"): (SIDES, NETWORK, spectrum.check),
    ("sigma_min_squared", "12.6"): (SIDES, CHAIN, singular_values.check),
    ("sigma_max_squared", "12.6"): (SIDES, CHAIN, singular_values.check),
}
ONLY_QQ = ("jacobian_rank", "sigma_min_squared", "sigma_max_squared", "fibre_count")
RATIONAL = ("sigma_min_squared", "sigma_max_squared")  # the values of other bounds are integers
# Fields of bounds that differ from field to field: {(quantity, statement): fields}
FIELDS: dict[tuple[str, str], str] = {
    ("fibre_count", "8.2c"): "QQ RR CC",
    ("fibre_count", "8.2f"): "QQ RR CC",
    ("fibre_count", "7.1b"): "CC",
    ("fibre_count", "7.3"): "CC",
    ("fibre_count", "7.4"): "CC",
    ("fibre_count", "7.8"): "QQ RR CC",
    ("fibre_count", "9.1"): "QQ RR CC",
    ("fibre_count", "10.5"): "QQ RR CC",
}
