"""Faults of error bounds of estimates (theory 10.4, 12.1, 12.7)."""
from tests.certificates.changes import change
from tests.certificates.true import estimates
from tests.checker.build import Json


def bounds() -> dict[str, Json]:
    """Estimates far from the truth, each wrong in one number."""
    network, chain, _, model = estimates.CERTIFICATES
    at = "claims/2/evidence"
    return {
        "estimate-misfit-too-small": change(network, (f"{at}/eta", "7/5")),
        "estimate-tensor-too-close": change(network, (f"{at}/epsilon", "7/10")),
        "estimate-other-noise": change(network, (f"{at}/delta", 1)),
        "estimate-noise-negative": change(network, (f"{at}/delta", "-1/2")),
        "estimate-other-data": change(network, (f"{at}/data/leaves/v2/0/1", 7)),
        "estimate-data-not-in-order": change(network, (f"{at}/data/leaves/v2/1/0", 0)),
        "estimate-data-outside-the-group": change(network, (f"{at}/data/leaves/v2/3/0", 8)),
        "estimate-data-of-no-leaf": change(network, (f"{at}/data/leaves/v1", [])),
        "estimate-every-path-too-close": change(network, (f"{at}/every/radius/inf", "13/32")),
        "estimate-root-too-small": change(network, (f"{at}/paths/0/root", "1/3")),
        "estimate-path-from-the-leaf": change(network, (f"{at}/paths/0/edges", ["e1", "e0"])),
        "estimate-no-path": change(network, (f"{at}/every", None), (f"{at}/paths", [])),
        "estimate-side-condition": change(
            network, (f"{at}/delta", 40), (f"{at}/epsilon", 15),
            *((f"{at}/{where}/radius", {"1": 1000, "2": 1000, "inf": 1000}) for where in ("every", "paths/0")),
        ),
        "estimate-by-another-bound": change(network, (f"{at}/sigma_min_squared", "c0")),
        "estimate-over-the-complex-numbers": change(network, ("claims/2/over", "CC")),
        "estimate-radius-euclidean": change(chain, (f"{at}/radius", {"1": "9/2", "2": 2, "inf": "9/8"})),
        "estimate-radius-of-sums": change(chain, (f"{at}/radius", {"1": 4, "2": "9/4", "inf": "9/8"})),
        "estimate-tensors-with-a-radius": change(chain, ("claims/2/property", "tensor-recovery")),
        "estimate-cell-outside": change(chain, (f"{at}/data/entries/3/0", 4)),
        "estimate-outside-the-model": change(model, ("claims/1/evidence/h", [[2, 1, 0]])),
        "estimate-in-a-model-for-every-point": change(model, ("claims/1/model", "full")),
        "estimate-in-a-model-by-another-claim": change(
            model, ("claims/0", model()["claims"][3] | {"id": "c0"})),
        "estimate-in-a-model-too-close": change(model, ("claims/1/evidence/epsilon", "13/8")),
    }


def bounds_nearby() -> dict[str, Json]:
    """Estimates near the truth."""
    local, by = estimates.near_an_estimate, "claims/0/evidence"
    return {
        "near-slope-too-large": change(local, (f"{by}/slope", "9/5")),
        "near-slope-squared-too-large": change(local, (f"{by}/slope_squared", 4)),
        "near-bits-too-few": change(local, (f"{by}/bits", 0)),
        "near-sigma-too-small": change(local, (f"{by}/sigma_max", "19/10")),
        "near-norm-too-small": change(local, (f"{by}/norms/0", 2)),
        "near-ball-too-large": change(local, (f"{by}/ball", "9/10")),
        "near-first-too-small": change(local, (f"{by}/first", "1/5")),
        "near-first-outside-the-ball": change(local, (f"{by}/first", "9/10")),
        "near-radius-too-small": change(local, (f"{by}/radius", {"1": "1/4", "2": "1/8", "inf": "1/7"})),
        "near-radius-of-sums": change(local, (f"{by}/radius", {"1": "6/25", "2": "1/7", "inf": "1/7"})),
        "near-pivot-missing": change(local, (f"{by}/pivots", [])),
        "near-called-recovery": change(local, ("claims/0/property", "recovery")),
    }
