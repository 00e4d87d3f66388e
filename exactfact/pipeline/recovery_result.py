"""What `exactfact bound` found: the radius, or why there is none, as text and as JSON with outward-rounded decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from exactfact.certificate import Certificate
from exactfact.certificate.constants import PAPER_CONSTANT
from exactfact.certificate.numbers import outward
from exactfact.model import Architecture
from exactfact.stability.perturbation import Side
from exactfact.stability.recovery import Radius


@dataclass(frozen=True)
class PathRow:
    """One path of a network: its leaf, its edges from the root, M_p, and its radius (None: not certified)."""

    leaf: str
    edges: tuple[str, ...]
    largest: Fraction
    radius: Radius | None

    def document(self) -> dict[str, Any]:
        """The row of `paths` in `bound --json`; decimals rounded outward."""
        return {
            "leaf": self.leaf,
            "edges": list(self.edges),
            "status": "certified" if self.radius else "not certified",
            "largest": outward(self.largest, "lower"),
            "radius": decimals(self.radius.norms()) if self.radius else None,
            "side_condition": self.radius.side.hypothesis if self.radius else None,
        }


@dataclass(frozen=True)
class Recovery:
    """The answer; `radius` is None where nothing is certified about the parameters, and `reason` says why.

    `tensor_radius` bounds ||P(h) - P(h*)||_2 (networks: on path tensors).  `noise_limit`: from this noise on nothing
    more is certified.  `model`: the bound holds for all h* ("full") or for those of the spec's sparsity model ("spec",
    where `sigma_squared` bounds kappa^2).  `ball`, `slope`, `centre`, `pivots` belong to the local theorem.  For a
    network without a named path `radius` holds for every path.
    """

    architecture: Architecture
    delta: Fraction
    eta: Fraction
    fitting: bool
    group: str
    statement: str | None = None
    radius: Mapping[str, Fraction] | None = None
    tensor_radius: Fraction | None = None
    side: Side | None = None
    reason: str = ""
    model: str = "full"
    certificate: Certificate | None = None
    noise_limit: Fraction | None = None
    largest: Fraction | None = None
    sigma_squared: Fraction | None = None
    paths: tuple[PathRow, ...] = ()
    path_count: int | None = None
    chosen: bool = False
    ball: Fraction | None = None
    slope: Fraction | None = None
    centre: tuple[tuple[Fraction, ...], ...] | None = None
    pivots: tuple[int, ...] = ()
    global_reason: str = ""
    seconds: float = 0.0
    bound_seconds: float = 0.0

    @property
    def certified(self) -> bool:
        """Whether a radius on parameters is certified; a bound on tensors alone does not count."""
        return self.radius is not None

    @property
    def exit_code(self) -> int:
        """The exit code of `bound`: 0 when a radius is certified, otherwise 3."""
        return 0 if self.certified else 3

    def timed(self, seconds: float, misfit: float) -> Recovery:
        """The same with the time it took, with and without that of reading the data and computing eta."""
        return replace(self, seconds=round(seconds, 3), bound_seconds=round(seconds - misfit, 6))

    def document(self) -> dict[str, Any]:
        """The object that `exactfact bound --json` prints; decimals are rounded outward."""
        local = None
        if self.ball is not None and self.slope is not None:
            local = {
                "ball": outward(self.ball, "lower"),
                "slope": outward(self.slope, "lower"),
                "pivots": list(self.pivots),
                "centre": [[float(x) for x in vector] for vector in self.centre or ()],
            }
        return {
            "exactfact": 1,
            "title": self.architecture.title,
            "digest": self.architecture.digest,
            "status": "certified" if self.certified else "not certified",
            "statement": self.statement,
            "delta": outward(self.delta, "upper"),
            "eta": outward(self.eta, "upper"),
            "radius": decimals(self.radius) if self.radius else {"1": None, "2": None, "inf": None},
            "tensor_radius": None if self.tensor_radius is None else outward(self.tensor_radius, "upper"),
            "group": self.group,
            "model": self.model,
            "side_condition": self.side.hypothesis if self.side else None,
            "reason": self.reason or None,
            "constant": None if self.side is None else outward(self.side.constant, "upper"),
            "sigma_min_squared": None if self.sigma_squared is None else outward(self.sigma_squared, "lower"),
            "largest": None if self.largest is None else outward(self.largest, "lower"),
            "noise_limit": None if (self.noise_limit or 0) <= 0 else outward(self.noise_limit or 0, "upper"),
            "local": local,
            "path_count": self.path_count,
            "paths": [row.document() for row in self.paths],
            "seconds": self.seconds,
            "certificate": None,
        }

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """What `bound` prints: eta and delta, the radius or why there is none, the tensors, the paths."""
        delta, eta = outward(self.delta, "upper"), outward(self.eta, "upper")
        noise = "that fits the data as well as the estimate" if self.fitting else f"with noise at most {delta}"
        lines = [f"eta = ||phi(h) - X|| <= {eta}, delta = {delta}" + (" (= eta)" if self.fitting else "")]
        if self.radius is None:
            lines.append(f"not certified: {self.reason}")
        elif self.ball is not None:
            lines += self._local_lines(noise)
        else:
            lines += self._global_lines(noise)
        if self.tensor_radius is not None:
            what = "path tensors" if self.group == "path-scaling" else "tensors"
            lines.append(f"{what}: ||P(h) - P(h*)|| <= {outward(self.tensor_radius, 'upper')} (Frobenius)")
        if self.noise_limit is not None and self.noise_limit > 0:
            lines.append(f"the bound on parameters ends at delta = {outward(self.noise_limit, 'upper')}")
        lines += self._path_lines()
        return lines

    def _radii(self) -> str:
        values = decimals(self.radius or {})
        return f"{values['inf']} (largest entry), {values['2']} (Euclidean), {values['1']} (sum)"

    def _global_lines(self, noise: str) -> list[str]:
        scope = "" if self.group == "scaling" else (", along the path" if self.chosen else ", along every path")
        side = "" if self.side is None else f"{self.side.hypothesis}, constant {outward(self.side.constant, 'upper')}"
        group = "one scalar a layer" if self.group == "scaling" else "rescaling of hidden nodes"
        return [
            f"certified: every solution {'of the sparsity model ' * (self.model == 'spec')}{noise} lies within",
            f"  {self._radii()}",
            f"of your estimate{scope}, up to {group}; layers scaled to one largest entry (d_p of classes)",
            f"by {self.statement} ({side}; {PAPER_CONSTANT} in the paper)",
        ]

    def _local_lines(self, noise: str) -> list[str]:
        fixed = ", ".join(f"h{k}[{j}]" for k, j in enumerate(self.pivots))
        return [
            f"certified near the estimate: every solution {noise} that agrees with it in {fixed}",
            f"and lies within {outward(self.ball or 0, 'lower')} (Euclidean) lies within",
            f"  {self._radii()}",
            "of your estimate (its layers rescaled by powers of 2)",
            f"by {self.statement}, s = sigma_min of the Jacobian >= {outward(self.slope or 0, 'lower')}",
            f"no bound on all solutions: {self.global_reason}",
        ]

    def _path_lines(self) -> list[str]:
        if self.path_count is None or (self.path_count == 1 and self.certified):
            return []
        some = self.path_count > len(self.paths) and not self.chosen
        lines = [f"paths: {self.path_count}" + (", the best and the worst" if some else "")]
        for row in self.paths:
            shown = f"within {outward(row.radius.infinity, 'upper')}" if row.radius else "not certified"
            where = " -> ".join((row.leaf, *reversed(row.edges)))
            lines.append(f"  {where}: {shown} (M {outward(row.largest, 'lower')})")
        return lines


def decimals(radii: Mapping[str, Fraction]) -> dict[str, str]:
    """Radii by norm as decimal texts, rounded up."""
    return {name: outward(value, "upper") for name, value in radii.items()}
