"""The licences: which statement may prove which claim, and the rule that checks its evidence.

A rule is a function (claim, context) -> None that raises `Rejected` or `NotChecked`. What is not in these tables is
rejected: a statement never licenses another quantity, property, ambiguity group, model, field or status.
"""
from collections.abc import Callable
from dataclasses import dataclass

from ..claims import Claim, Context
from ..errors import Text, require
from . import (
    chain,
    cover,
    dead_direction,
    fibre_length,
    gauge,
    gauge_verdicts,
    jacobian,
    kernel_zero,
    linear_elimination,
    many_primes,
    mixed_radix,
    node_rescaling,
    path_finite,
    path_uniform,
    pigeonhole,
    point,
    rank_lower,
    rank_trivial,
    spectrum,
    symmetry,
    tangent,
    too_small,
    triangular,
    two_branches,
    witness,
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
    ("jacobian_rank", "6.1"): (SIDES, BOTH, jacobian.check),
    ("jacobian_rank", "6.2"): ("upper", BOTH, too_small.check),
    ("jacobian_rank", "6.3"): ("upper", CHAIN, gauge.check),
    ("jacobian_rank", "8.2b"): ("upper", BOTH, dead_direction.check_bound),
    ("jacobian_rank", "10.6"): ("upper", NETWORK, path_finite.check_bound),
    ("jacobian_rank_at_point", "6.1b"): (SIDES, BOTH, point.check),
    ("fibre_count", "7.1b"): ("lower", CHAIN, symmetry.check_count),
    ("fibre_count", "7.3"): ("upper", CHAIN, fibre_length.check_bound),
    ("fibre_count", "7.4"): (SIDES, CHAIN, fibre_length.check_exact),
    ("fibre_count", "8.2c"): ("lower", CHAIN, symmetry.check_count),
    ("fibre_count", "8.2f"): ("lower", CHAIN, symmetry.check_count),
    ("path_max_entry", "10.1"): (SIDES, NETWORK, path_uniform.check_entry),
    ("path_max_entry", "10.3a"): ("upper", NETWORK, mixed_radix.check),
    ("path_max_entry", "10.3b"): ("lower", NETWORK, pigeonhole.check),
    ("sigma_min_squared", "10.4"): (SIDES, NETWORK, spectrum.check),
}
ONLY_QQ = ("jacobian_rank", "sigma_min_squared", "fibre_count")
# Fields of bounds that differ from field to field: {(quantity, statement): fields}
FIELDS: dict[tuple[str, str], str] = {
    ("fibre_count", "7.1b"): "CC",
    ("fibre_count", "7.3"): "CC",
    ("fibre_count", "7.4"): "CC",
    ("fibre_count", "8.2c"): "QQ RR CC",
    ("fibre_count", "8.2f"): "QQ RR CC",
}


@dataclass(frozen=True)
class Licence:
    """One row of the table of verdicts; `over` and `models` are for specs over QQ, words separated by blanks."""

    statement: str
    properties: str
    modulo: str
    status: str
    over: str
    models: str
    kinds: str
    rule: Rule


ALL = "uniform generic generic-finite at-point"
GENERIC = "generic generic-finite"
VERDICTS = (
    Licence("4.2", ALL, "scaling", "proved", "CC", "full spec", CHAIN, kernel_zero.check),
    Licence("6.1", "generic-finite", "scaling", "proved", "CC", "full", BOTH, jacobian.check_finite),
    Licence("6.2", f"uniform {GENERIC}", "scaling", "refuted", "CC RR", "full", BOTH, too_small.check_verdict),
    Licence("6.2", "at-point", "scaling", "refuted", "CC", "full", BOTH, too_small.check_verdict),
    Licence("6.3", "generic-finite", "gauge", "proved", "CC", "full", CHAIN, gauge_verdicts.check_finite),
    Licence("6.4", f"uniform {GENERIC}", "scaling", "refuted", "QQ RR CC", "full", CHAIN,
            gauge_verdicts.check_infinite),
    Licence("6.5", "ratios", "scaling", "proved", "CC", "full", CHAIN, gauge_verdicts.check_ratios),
    Licence("7.1b", "generic", "scaling", "refuted", "CC", "full", CHAIN, two_branches.check),
    Licence("7.2", "generic at-point", "scaling", "proved", "CC", "full spec", CHAIN, linear_elimination.check),
    Licence("7.3", "generic at-point", "scaling", "proved", "CC", "full spec", CHAIN, fibre_length.check_single),
    Licence("7.4", "generic", "scaling", "refuted", "CC", "full", CHAIN, fibre_length.check_many),
    Licence("7.7", "generic", "scaling", "proved", "CC", "full", CHAIN, tangent.check),
    Licence("8.1", "uniform at-point", "scaling", "refuted", "QQ", "full spec zero-edges-allowed", BOTH, witness.check),
    Licence("8.1", "at-point", "path-scaling", "refuted", "QQ", "full zero-edges-allowed", NETWORK,
            witness.check_paths),
    Licence("8.2b", GENERIC, "scaling", "refuted", "QQ RR CC", "full", BOTH, dead_direction.check),
    Licence("8.2c", "generic", "scaling", "refuted", "QQ RR CC", "full", CHAIN, symmetry.check_swap),
    Licence("8.2f", "generic", "scaling", "refuted", "QQ RR CC", "full", CHAIN, symmetry.check_layers),
    Licence("10.1", ALL, "path-scaling", "proved", "CC", "full spec", NETWORK, path_uniform.check_proved),
    Licence("10.1", ALL, "scaling", "proved", "CC", "full spec", NETWORK, path_uniform.check_scaling),
    Licence("10.1", "uniform", "path-scaling", "refuted", "QQ", "zero-edges-allowed", NETWORK,
            path_uniform.check_refuted),
    Licence("10.1", "uniform", "scaling", "refuted", "QQ", "full zero-edges-allowed", NETWORK,
            pigeonhole.check_scaling),
    Licence("10.2", GENERIC, "scaling", "refuted", "QQ RR CC", "full", NETWORK, node_rescaling.check),
    Licence("10.6", "generic-finite", "path-scaling", "proved", "CC", "full", NETWORK, path_finite.check),
)


def find_rule(claim: Claim, context: Context) -> Rule:
    """The rule that licenses exactly this claim, or `Rejected`."""
    field = f"GF({context.p})" if context.p else "QQ"
    kind = "network" if context.spec.network else "chain"
    if claim.kind == "bound":
        return _bound_rule(claim, kind, field)
    matching = [x for x in VERDICTS if (x.statement, x.modulo, x.status) == (
        claim.statement, claim.modulo, claim.status) and claim.property in x.properties.split()]
    require(bool(matching), "a statement that licenses this property, group and status", Text(
        f"{claim.statement!a} for {claim.summary!a}"))
    row = matching[0]
    over = [field] if context.p else row.over.split()
    require(claim.over in over, f"over {' or '.join(over)}", claim.over)
    if context.p:
        require(claim.property in ("uniform", "at-point"), f"uniform or at-point over {field}", claim.property)
    require(kind in row.kinds.split(), f"a {row.kinds} spec", Text(f"a {kind}"))
    _require_model(claim, row, context)
    if claim.property == "at-point":
        context.point()
    return row.rule


def _bound_rule(claim: Claim, kind: str, field: str) -> Rule:
    found = BOUNDS.get((claim.quantity, claim.statement))
    if found is None:
        require(False, "a statement that licenses a bound on this quantity", Text(
            f"{claim.statement!a} for {claim.quantity!a}"))
        raise AssertionError
    sides, kinds, rule = found
    require(claim.side in sides.split(), f"side {sides}", claim.side)
    over = FIELDS.get((claim.quantity, claim.statement), field).split()
    require(claim.over in over, f"over {' or '.join(over)}", claim.over)
    require(field == "QQ" or claim.quantity not in ONLY_QQ, f"{claim.quantity} in a spec over QQ", field)
    require(kind in kinds.split(), f"a {kinds} spec", Text(f"a {kind}"))
    return rule


def _require_model(claim: Claim, row: Licence, context: Context) -> None:
    require(claim.model in row.models.split(), f"model {row.models}", claim.model)
    if claim.model == "spec":
        require(bool(context.spec.models), "a spec with a model", Text("no model"))
        require(claim.property in ("uniform", "at-point"), "uniform or at-point for model spec", claim.property)
        if claim.property == "at-point":
            h = context.point()
            require(all(model.allows(h) for model in context.spec.models), "h* in the model", Text("h* outside it"))
    require(claim.model != "zero-edges-allowed" or context.spec.network is not None,
            "zero-edges-allowed for networks only", claim.model)
