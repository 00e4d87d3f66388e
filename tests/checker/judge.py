"""Is a claim about a tiny spec true? By brute force where it can be, else by a sound test that is a little stricter."""
import json
from fractions import Fraction
from functools import cache, cached_property
from itertools import product
from typing import Any

from tests.checker import fibres, recovery_truth, stability_truth, truth, uniform_truth
from tests.oracles.judge import wrong_in
from tests.oracles.truth import Truth

Json = dict[str, Any]
PROVED = {"uniform", "generic", "generic-finite", "at-point"}
# Statements whose verdicts follow from ranks and pairs; what others license is left to the oracles of fibres.
PLAIN = {"4.1", "4.2", "4.3", "4.4", "4.5", "5.2b", "5.2c", "12.5", "6.1", "6.2", "8.1", "8.2b", "10.1", "10.2", "10.6"}


class Judge:
    """The truth about one spec; every fact is computed once."""

    def __init__(self, spec: Json) -> None:
        self.spec = spec
        self.p = truth.characteristic(spec)
        self.sizes = truth.sizes(spec)
        self.field = f"GF({self.p})" if self.p else "QQ"

    @cache  # noqa: B019 - a judge lives as long as its cache
    def fact(self, name: str) -> Any:
        """A named fact."""
        spec = self.spec
        if name == "rank":
            return truth.lifted_rank(spec)
        if name == "jacobian_rank":
            return truth.generic_jacobian_rank(spec)
        if name == "jacobian_rank_at_point":
            return truth.point_jacobian_rank(spec)
        if name == "sums":
            return truth.path_sums(spec)
        if name == "path_max_entry":
            return max(self.fact("sums").values())
        if name == "spectrum":
            return stability_truth.spectrum(spec)
        assert name in stability_truth.SINGULAR
        group, signal = spec["network"]["group"], spec["network"]["signal"]
        nu = 1
        for i, n in enumerate(group):
            strides = 1
            for layer in spec["network"]["layer"]:
                strides *= layer["stride"]
            nu *= n // strides if n else signal[i]
        return nu * (min if name == "sigma_min_squared" else max)(self.fact("sums").values())

    def columns(self) -> int:
        """prod S_k."""
        result = 1
        for size in self.sizes:
            result *= size
        return result

    def dimension(self) -> int:
        """n."""
        return 1 + sum(self.sizes) - len(self.sizes)

    @cached_property
    def fibres(self) -> Truth:
        """What fibres, orbits and secants say about the spec."""
        return Truth(self.spec)

    def true(self, claim: Json) -> bool:
        """Whether the claim holds; beyond ranks, pairs and lattices, whether nothing contradicts it."""
        if claim["statement"] in ("7.8", "9.1") and claim.get("quantity") != "jacobian_rank":
            return "network" not in self.spec and fibres.true(claim, self.spec, self.fact("rank"))
        if claim.get("property") in recovery_truth.PROPERTIES:
            return recovery_truth.plausible(claim, self.spec)
        if claim.get("property") == "stable":
            return stability_truth.plausible(claim, self.spec, self.fact("rank"))
        if claim.get("quantity") in stability_truth.SINGULAR and "layer" in self.spec:
            return not self.p and stability_truth.true_bound(claim, self.fact("spectrum"))
        plain = claim["quantity"] != "fibre_count" if claim["kind"] == "bound" else claim["statement"] in PLAIN
        if not plain:
            return not wrong_in(self.fibres, claim)
        if claim["kind"] == "bound":
            found, value = self.fact(claim["quantity"]), truth.value(claim["value"])
            return claim["over"] == self.field and (value <= found if claim["side"] == "lower" else value >= found)
        if self.p and claim["property"] not in ("uniform", "at-point"):
            return False
        if claim["property"] == "at-point" and self.spec["point"] is None:
            return False
        if claim["model"] == "spec" and (not self.spec["model"] or claim["property"] not in ("uniform", "at-point")):
            return False
        return self._proved(claim) if claim["status"] == "proved" else self._refuted(claim)

    def _proved(self, claim: Json) -> bool:
        fields = [self.field] if self.p else ["CC", "RR", "QQ"] if self._pointwise(claim) else ["CC"]
        if claim["over"] not in fields:
            return False
        if claim["modulo"] == "path-scaling":
            injective = self.fact("path_max_entry") == 1
            dimension = sum(self.sizes) - truth.hidden_nodes(self.spec)
            finite = claim["property"] == "generic-finite" and self.fact("jacobian_rank") == dimension
            if claim["model"] == "spec":
                return injective and (claim["property"] == "uniform" or self.in_model(self.spec["point"]["h"]))
            return claim["model"] == "full" and (injective or finite)
        injective = self.fact("rank") == self.columns()
        injective = injective or "layer" in self.spec and self.uniform(claim["over"]) is True
        if claim["property"] == "at-point":
            h = self.spec["point"]["h"]
            alone = injective or "layer" in self.spec and self.p > 0 and self._alone(h)
            return alone and all(any(x) for x in h) and (claim["model"] != "spec" or self.in_model(h))
        if claim["model"] == "spec" and "layer" in self.spec:
            return injective or uniform_truth.inside_model(self.spec) is True
        return injective or claim["property"] == "generic-finite" and self.fact("jacobian_rank") == self.dimension()

    @staticmethod
    def _pointwise(claim: Json) -> bool:
        return claim["modulo"] == "scaling" and claim["property"] in ("uniform", "at-point")

    @cache  # noqa: B019 - a judge lives as long as its cache
    def uniform(self, over: str) -> bool | None:
        """Whether a chain is uniformly identifiable; None where this is not known."""
        return uniform_truth.uniform(self.spec, over)

    def _alone(self, h: list[list[Any]]) -> bool:
        """Whether no other class over GF(p) has the image of h."""
        image, tensor = truth.image(self.spec, h), truth.tensor(self.spec, h)
        points = product(*(product(range(self.p), repeat=size) for size in self.sizes))
        rivals = (list(g) for g in points)
        return all(truth.tensor(self.spec, g) == tensor for g in rivals if truth.image(self.spec, g) == image)

    def _refuted(self, claim: Json) -> bool:
        prop, evidence = claim["property"], claim["evidence"]
        if claim["statement"] in ("4.3", "5.2b", "5.2c"):
            good = not self.p and "layer" in self.spec and prop == "uniform" and claim["model"] == "full"
            small = claim["statement"] != "4.3" and uniform_truth.too_small(self.spec, claim["over"])
            return good and claim["modulo"] == "scaling" and (small or self.uniform(claim["over"]) is False)
        if prop in ("generic", "generic-finite"):
            # Every rule that refutes these shows a fibre of positive dimension; over QQ a rational family.
            small = self.fact("jacobian_rank") < self.dimension()
            over = claim["over"] in ("CC", "RR") or claim["over"] == "QQ" and claim["statement"] in ("8.2b", "10.2")
            return small and over and claim["modulo"] == "scaling" and claim["model"] == "full"
        if claim["statement"] == "6.2":
            # Over CC no h with nonzero layers is identifiable; over RR none at which the rank is the generic one.
            largest = prop == "uniform" or self.fact("jacobian_rank_at_point") == self.fact("jacobian_rank")
            good = (claim["over"] == "CC" or claim["over"] == "RR" and largest) and (
                prop == "uniform" or all(any(x) for x in self.spec["point"]["h"]))
            return (not self.p and good and claim["model"] == "full" and claim["modulo"] == "scaling"
                    and self.fact("jacobian_rank") < self.dimension())
        if claim["over"] != self.field:
            return False
        if claim["model"] == "zero-edges-allowed" and "network" not in self.spec:
            return False
        if "h" in evidence:
            return self._witness(claim)
        if claim["modulo"] == "path-scaling":
            return prop == "uniform" and self.fact("path_max_entry") > 1
        return prop == "uniform" and self.fact("rank") < self.columns()

    def _witness(self, claim: Json) -> bool:
        def read(h: Any) -> list[list[Fraction]]:
            return [[truth.value(x) for x in row] for row in h]
        h, g = read(claim["evidence"]["h"]), read(claim["evidence"]["g"])
        if claim["property"] == "at-point" and h != read(self.spec["point"]["h"]):
            return False
        paths = claim["modulo"] == "path-scaling"
        if not paths and not all(any(x) for x in h):
            return False
        if claim["model"] == "spec" and not (self.in_model(h) and self.in_model(g)):
            return False
        same = truth.tensor(self.spec, h, paths) == truth.tensor(self.spec, g, paths)
        return truth.image(self.spec, h) == truth.image(self.spec, g) and not same

    def in_model(self, h: list[list[Any]]) -> bool:
        """Whether h lies in the spec's model."""
        for model in self.spec["model"]:
            if "edge" in model:
                values = [x for row, level in zip(h, truth.taps(self.spec), strict=True)
                          for x, (e, _) in zip(row, level, strict=True) if e["name"] == model["edge"]]
            else:
                parametric = [i for i, x in enumerate(self.spec["layer"]) if x["operator"] != "fixed"]
                values = h[parametric.index(model["layer"])]
            used = {j for j, x in enumerate(values) if x}
            if "sparsity" in model and len(used) > model["sparsity"]:
                return False
            if "supports" in model and not any(used <= set(s) for s in model["supports"]):
                return False
        return True


def key(claim: Json) -> str:
    """What a claim says, without its id and evidence."""
    return json.dumps({k: v for k, v in claim.items() if k not in ("id", "evidence")}, sort_keys=True)
