"""What is true about one small architecture, by exhaustion, elimination and ranks; never from a certificate.

`allowed` gives the statuses that a verdict may have: {"proved"} or {"refuted"} where the truth is known, both where
nothing here decides it, none where neither is right (some generic fibres over a field have one class, others more).
"""

from __future__ import annotations

import math
from functools import cached_property

from . import brute, fibres, secants, torus
from .dense import evaluate
from .exact import rank
from .expand import Dense, expand
from .symmetries import Symmetries

PROVED, REFUTED = frozenset({"proved"}), frozenset({"refuted"})
OPEN, NEITHER = PROVED | REFUTED, frozenset()
FIELDS = ("CC", "RR", "QQ")
MOST_UNKNOWNS, MOST_COLUMNS = 8, 200


class Truth:
    """Everything brute force can say about one document, computed when first asked for."""

    def __init__(self, document: dict, limit: int = brute.LIMIT) -> None:
        self.arch: Dense = expand(document)
        self.limit = limit

    # ------------------------------------------------------------------------------------------- numbers

    @cached_property
    def exhausted(self) -> brute.Exhausted | None:
        return brute.exhaust(self.arch, self.limit)

    @cached_property
    def rank(self) -> int:
        return brute.rank_of_lifting(self.arch)

    @cached_property
    def lifted(self) -> int:
        return brute.lifted_dimension(self.arch)

    @cached_property
    def jacobian_rank(self) -> int:
        return brute.jacobian_rank(self.arch)

    @cached_property
    def jacobian_rank_at_point(self) -> int:
        return rank(brute.jacobian(self.arch, self.arch.point), self.arch.p)

    @cached_property
    def path_max_entry(self) -> int:
        return max(brute.path_counts(self.arch).values())

    @cached_property
    def sigma_min_squared(self) -> int:
        return brute.smallest_singular_value_squared(self.arch)

    @cached_property
    def finite(self) -> bool:
        """The Jacobian has full rank modulo scaling."""
        return self.jacobian_rank == brute.dimension(self.arch)

    @cached_property
    def narrow(self) -> bool:
        """A chain, or a network whose hidden levels have one node each."""
        if not self.arch.net:
            return True
        levels = [level for node, level in self.arch.net.levels.items() if node in set(self.arch.net.hidden)]
        return len(levels) == len(set(levels))

    @cached_property
    def point_inside(self) -> bool:
        """Every layer of h* is nonzero."""
        return all(any(h) for h in self.arch.point)

    @cached_property
    def small(self) -> bool:
        """Whether systems of equations in the parameters are worth writing down."""
        return brute.dimension(self.arch) <= MOST_UNKNOWNS and math.prod(self.arch.sizes) <= MOST_COLUMNS

    @cached_property
    def generic_counts(self) -> list[dict[str, int]] | None:
        """Classes over each field in the fibres of some random rational points; None: infinitely many, or too large."""
        return fibres.generic_counts(self.arch) if self.small and self.finite else None

    @cached_property
    def point_counts(self) -> dict[str, int] | None:
        """Classes over each field in the fibre of h*."""
        return fibres.counts_at(self.arch, self.arch.point) if self.small else None

    @cached_property
    def symmetries(self) -> Symmetries:
        return Symmetries(self.arch)

    @cached_property
    def moving(self) -> bool:
        """Linear symmetries move generic points: infinitely many classes over every field of characteristic 0."""
        return self.symmetries.known and self.symmetries.freedom() > 0

    @cached_property
    def point_moves(self) -> bool:
        """The same for h*."""
        return self.symmetries.known and self.symmetries.freedom(self.arch.point) > 0

    @cached_property
    def point_vanishes(self) -> bool:
        """phi(h*) = 0: then g = 0 is a competitor."""
        return not any(map(any, evaluate(self.arch.layers, self.arch.point, self.arch.p)))

    @cached_property
    def torus(self) -> int:
        """Dimension of the rescalings of single parameters that never change phi, modulo those of layers."""
        return torus.dimension(self.arch)

    @cached_property
    def orbits(self) -> int | None:
        """Orbits of all these rescalings in a generic complex fibre."""
        unknowns = brute.dimension(self.arch) - self.torus
        return torus.orbits(self.arch) if unknowns <= MOST_UNKNOWNS + 1 else None

    @cached_property
    def blocks(self) -> list:
        """For each layer, sets of parameters whose ratios take finitely many values on a generic complex fibre."""
        return fibres.ratio_blocks(self.arch)

    @cached_property
    def secants(self) -> dict[str, bool]:
        return secants.uniform(self.arch) if self.small else {}

    def injective(self, modulo: str) -> bool:
        """The lifted map is injective (on the path multi-indices for path-scaling)."""
        total = self.lifted if modulo == "path-scaling" or not self.arch.net else math.prod(self.arch.sizes)
        return self.rank == total

    def counts(self, field: str) -> list[int]:
        """Sizes of some generic fibres over a field, as far as they are known."""
        return [c[field] for c in self.generic_counts or () if field in c]

    # ------------------------------------------------------------------------------------------- verdicts

    def allowed(self, claim: dict) -> frozenset:
        """The statuses that (property, modulo, model, over) may have."""
        prop, modulo = claim["property"], claim["modulo"]
        if prop == "ratios":
            return PROVED if claim["over"] == "CC" and not self.arch.p else NEITHER
        if modulo in ("torus", "gauge"):
            return self._modulo_group(claim)
        if prop == "generic-finite":
            return self._generic_finite(modulo, claim["over"])
        if prop == "generic":
            return self._generic(modulo, claim["over"])
        if prop == "hilbert-generic":
            return self._hilbert(claim)
        return self._pointwise(claim)

    def _modulo_group(self, claim: dict) -> frozenset:
        """Modulo gauge: some connected group moves generic points along whole components."""
        over = claim["over"]
        if claim["property"] == "at-point":
            return self._point_modulo_torus if claim["modulo"] == "torus" else NEITHER
        if self.arch.p or claim["property"] not in ("generic-finite", "generic"):
            return NEITHER
        missing = brute.dimension(self.arch) - self.jacobian_rank
        if claim["modulo"] == "gauge":
            return PROVED if claim["property"] == "generic-finite" and over == "CC" else NEITHER
        if missing != self.torus:
            return REFUTED if over in ("CC", "RR") else OPEN
        if claim["property"] == "generic-finite":
            return PROVED
        # The orbits are those of the connected group; over CC each component of the whole group makes one.
        if torus.components(self.arch, over) > 1:
            return REFUTED
        return OPEN if self.orbits is None else PROVED if self.orbits == 1 else REFUTED if over == "CC" else OPEN

    @cached_property
    def _point_modulo_torus(self) -> frozenset:
        """At h*: nothing is said where an entry vanishes, or where the group has several components."""
        arch = self.arch
        if not all(v for h in arch.point for v in h) or not arch.p and torus.components(arch, "CC") > 1:
            return NEITHER
        one = torus.at_point(arch)
        return OPEN if one is None else _status(one)

    def _generic_finite(self, modulo: str, over: str) -> frozenset:
        if modulo == "path-scaling":
            return _status(self.jacobian_rank == brute.path_dimension(self.arch))
        if self.finite:
            return PROVED
        # Over QQ fibres of positive dimension may have finitely many points, but not along linear symmetries.
        return REFUTED if over in ("CC", "RR") or self.moving else OPEN

    def _generic(self, modulo: str, over: str) -> frozenset:
        if self.injective(modulo):
            return PROVED
        if modulo == "path-scaling":
            if self.jacobian_rank < brute.path_dimension(self.arch):
                return REFUTED
            if not self.narrow:
                return OPEN
        if not self.finite:
            return REFUTED if over in ("CC", "RR") or self.moving else OPEN
        sizes = self.counts(over)
        if not sizes:
            return OPEN
        return PROVED if max(sizes) == 1 else REFUTED if min(sizes) > 1 else NEITHER

    def _hilbert(self, claim: dict) -> frozenset:
        """Rational points outside a thin set, where random ones are."""
        if claim["over"] != "QQ" or self.arch.p or claim["status"] != "proved":
            return NEITHER
        if self.narrow and min(self.counts("QQ"), default=1) > 1:
            return REFUTED
        return PROVED

    def _pointwise(self, claim: dict) -> frozenset:
        """Uniform and at-point: what the whole space says, and for models what restricts to them."""
        arch, prop, modulo = self.arch, claim["property"], claim["modulo"]
        paths, in_model = modulo == "path-scaling", claim["model"] == "spec"
        if self.injective(modulo):
            return PROVED
        if prop == "at-point" and not paths and self.point_vanishes:
            return REFUTED
        exact = OPEN
        if self.exhausted is not None and self._enumerated(prop):
            answer = self._exhaustive(prop, paths, in_model)
            exact = _status(answer) if arch.p else OPEN if answer else REFUTED
        if arch.p or exact != OPEN:
            return exact
        known = self._uniform(paths, claim["over"]) if prop == "uniform" else self._at_point(paths, claim["over"])
        # What is unique among all competitors is unique in a model; nothing else restricts.
        return OPEN if in_model and known != PROVED else known

    def _uniform(self, paths: bool, over: str) -> frozenset:
        if paths:
            return _status(self.path_max_entry == 1)
        if self.moving or self.arch.net and self.path_max_entry > 1:
            return REFUTED
        if max(self.counts(over), default=1) > 1 or over in secants.too_small(self.arch, self.rank):
            return REFUTED
        if not self.finite and over in ("CC", "RR"):
            return REFUTED
        return _status(self.secants[over]) if over in self.secants else OPEN

    def _at_point(self, paths: bool, over: str) -> frozenset:
        if paths and not self.narrow or not self.point_inside or self.point_vanishes:
            return OPEN
        if self.point_moves or not self.finite and over == "CC":
            return REFUTED
        counts = self.point_counts
        if counts is None:
            return OPEN
        return _status(counts[over] == 1)

    def _enumerated(self, prop: str) -> bool:
        """Whether the point, if the claim is about it, is among the enumerated ones."""
        if prop == "uniform" or self.arch.p:
            return True
        values = {v for h in self.exhausted.h for v in h.ravel().tolist()}
        return all(v in values for h in self.arch.point for v in h)

    def _exhaustive(self, prop: str, paths: bool, in_model: bool) -> bool:
        if prop == "at-point":
            return brute.at_point(self.exhausted, paths, in_model)
        decide = brute.uniform_paths if paths else brute.uniform_scaling
        return decide(self.exhausted, in_model)


def _status(holds: bool) -> frozenset:
    return PROVED if holds else REFUTED
