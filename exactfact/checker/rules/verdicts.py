"""The licences for verdicts: which statement may decide which property, and the rule that checks its evidence."""
from dataclasses import dataclass

from . import (
    algebraic_fibre,
    consequences,
    convolution,
    convolution_count,
    dead_direction,
    exhaustion,
    factor_splittings,
    fibre_length,
    flattening_minors,
    gauge_verdicts,
    jacobian,
    kernel_line,
    kernel_zero,
    linear_elimination,
    local_recovery,
    monomial,
    node_rescaling,
    path_finite,
    path_uniform,
    pigeonhole,
    point_ideal,
    recovery,
    restricted,
    root_splittings,
    small_rank,
    sparse_columns,
    stable,
    symmetry,
    tangent,
    too_small,
    torsor,
    torus_finite,
    torus_paths,
    torus_peeling,
    two_branches,
    witness,
)
from .bounds import BOTH, CHAIN, NETWORK, Rule


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
RECOVERY = "recovery tensor-recovery"
VERDICTS = (
    Licence("4.2", ALL, "scaling", "proved", "CC", "full spec", CHAIN, kernel_zero.check),
    Licence("4.1", "uniform at-point", "scaling", "proved", "CC RR QQ", "full spec", CHAIN, consequences.check),
    Licence("4.1", GENERIC, "scaling", "proved", "CC", "full", CHAIN, consequences.check),
    Licence("4.3", "uniform", "scaling", "proved", "CC RR QQ", "full", CHAIN, kernel_line.check),
    Licence("4.3", "uniform", "scaling", "refuted", "RR CC", "full", CHAIN, kernel_line.check),
    Licence("4.4", "uniform", "scaling", "proved", "CC", "full", CHAIN, flattening_minors.check),
    Licence("4.5", "uniform at-point", "scaling", "proved", "CC", "full spec", CHAIN, exhaustion.check),
    Licence("5.2b", "uniform", "scaling", "refuted", "CC", "full", CHAIN, small_rank.check),
    Licence("5.2c", "uniform", "scaling", "refuted", "RR", "full", CHAIN, small_rank.check),
    Licence("12.5", "uniform", "scaling", "proved", "CC", "spec", CHAIN, sparse_columns.check),
    Licence("6.1", "generic-finite", "scaling", "proved", "CC", "full", BOTH, jacobian.check_finite),
    Licence("6.2", f"uniform {GENERIC}", "scaling", "refuted", "CC RR", "full", BOTH, too_small.check_verdict),
    Licence("6.2", "at-point", "scaling", "refuted", "CC RR", "full", BOTH, too_small.check_verdict),
    Licence("6.3", "generic-finite", "gauge", "proved", "CC", "full", CHAIN, gauge_verdicts.check_finite),
    Licence("6.4", f"uniform {GENERIC}", "scaling", "refuted", "QQ RR CC", "full", CHAIN,
            gauge_verdicts.check_infinite),
    Licence("6.5", "ratios", "scaling", "proved", "CC", "full", CHAIN, gauge_verdicts.check_ratios),
    Licence("7.1b", "generic", "scaling", "refuted", "CC", "full", CHAIN, two_branches.check),
    Licence("7.2", "generic", "scaling", "proved", "CC", "full", CHAIN, linear_elimination.check),
    Licence("7.2", "at-point", "scaling", "proved", "CC", "full spec", CHAIN, linear_elimination.check),
    Licence("7.3", "generic", "scaling", "proved", "CC", "full", CHAIN, fibre_length.check_single),
    Licence("7.3", "at-point", "scaling", "proved", "CC", "full spec", CHAIN, fibre_length.check_single),
    Licence("7.4", "generic", "scaling", "refuted", "CC", "full", CHAIN, fibre_length.check_many),
    Licence("7.5", "at-point", "scaling", "proved", "CC", "full spec", CHAIN, point_ideal.check),
    Licence("7.5r", "at-point", "scaling", "proved", "RR QQ", "full spec", CHAIN, algebraic_fibre.check_proved),
    Licence("7.5r", "at-point", "scaling", "refuted", "RR CC", "full", CHAIN, algebraic_fibre.check_refuted),
    Licence("7.7", "generic", "scaling", "proved", "CC", "full", CHAIN, tangent.check),
    Licence("8.1", "uniform at-point", "scaling", "refuted", "QQ", "full spec zero-edges-allowed", BOTH, witness.check),
    Licence("8.1", "at-point", "path-scaling", "refuted", "QQ", "full zero-edges-allowed", NETWORK,
            witness.check_paths),
    Licence("8.2b", GENERIC, "scaling", "refuted", "QQ RR CC", "full", BOTH, dead_direction.check),
    Licence("8.2c", "generic", "scaling", "refuted", "QQ RR CC", "full", CHAIN, symmetry.check_swap),
    Licence("8.2f", "generic", "scaling", "refuted", "QQ RR CC", "full", CHAIN, symmetry.check_layers),
    *(Licence(statement, *row[:4], "full", CHAIN, row[4]) for statement in ("7.8", "9.1") for row in torsor.LICENCES),
    *(Licence("9.1", "at-point", "scaling", status, "QQ RR CC", "full", CHAIN, monomial.check_point)
      for status in ("proved", "refuted")),
    Licence("9.3a", "generic-finite", "torus", "proved", "CC", "full", CHAIN, torus_finite.check),
    Licence("9.3b", f"{GENERIC} at-point", "torus", "proved", "CC", "full", CHAIN, torus_paths.check),
    Licence("9.4", f"{GENERIC} at-point", "torus", "proved", "CC", "full", CHAIN, torus_peeling.check),
    Licence("9.5", f"{GENERIC} at-point", "torus", "proved", "CC", "full", CHAIN, torus_peeling.check),
    Licence("10.1", ALL, "path-scaling", "proved", "CC", "full spec", NETWORK, path_uniform.check_proved),
    Licence("10.1", ALL, "scaling", "proved", "CC", "full spec", NETWORK, path_uniform.check_scaling),
    Licence("10.1", "uniform", "path-scaling", "refuted", "QQ", "zero-edges-allowed", NETWORK,
            path_uniform.check_refuted),
    Licence("10.1", "uniform", "scaling", "refuted", "QQ", "full zero-edges-allowed", NETWORK,
            pigeonhole.check_scaling),
    Licence("10.2", GENERIC, "scaling", "refuted", "QQ RR CC", "full", NETWORK, node_rescaling.check),
    *(row for group, kinds in (("scaling", BOTH), ("path-scaling", NETWORK)) for row in (
        Licence("10.5", "generic", group, "proved", "CC", "full", kinds, convolution_count.check_generic),
        Licence("10.5", "generic", group, "refuted", "QQ RR CC", "full", kinds, convolution_count.check_generic),
        Licence("10.5", "hilbert-generic", group, "proved", "QQ", "full", kinds, convolution_count.check_hilbert),
        Licence("10.5a", "generic-finite at-point", group, "proved", "CC", "full", kinds, convolution.check_finite),
        Licence("10.5p", "at-point", group, "proved", "CC RR QQ", "full", kinds, factor_splittings.check),
        Licence("10.5r", "at-point", group, "proved", "CC RR", "full", kinds, root_splittings.check),
        Licence("10.5r", "at-point", group, "refuted", "CC RR", "full", kinds, root_splittings.check),
    )),
    Licence("10.6", "generic-finite", "path-scaling", "proved", "CC", "full", NETWORK, path_finite.check),
    Licence("12.3", "stable", "scaling", "proved", "CC", "full spec", CHAIN, stable.check_injective),
    Licence("12.4", "stable", "scaling", "proved", "CC", "full spec", CHAIN, stable.check_finite),
    Licence("12.5", "stable", "scaling", "proved", "CC", "spec", CHAIN, restricted.check),
    *(Licence("10.4", "stable", group, "proved", "CC", "full spec", NETWORK, stable.check_network)
      for group in ("path-scaling", "scaling")),
    *(Licence("12.4", "stable", group, "refuted", "QQ RR CC", "full spec zero-edges-allowed", kinds,
              stable.check_refuted) for group, kinds in (("scaling", BOTH), ("path-scaling", NETWORK))),
    Licence("5.2d", "stable", "scaling", "refuted", "CC", "full", CHAIN, stable.check_small),
    Licence("12.1", RECOVERY, "scaling", "proved", "RR", "full spec", CHAIN, recovery.check),
    Licence("10.4p", RECOVERY, "path-scaling", "proved", "RR", "full", NETWORK, recovery.check),
    Licence("12.7", "local-recovery", "scaling", "proved", "RR", "full", CHAIN, local_recovery.check),
)
