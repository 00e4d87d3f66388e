"""Faults of chains of convolutions (theory 10.5)."""
from tests.certificates.changes import change, spec_change
from tests.certificates.true import convolutions
from tests.checker.build import Json


def kernels_and_factors() -> dict[str, Json]:
    """Shifts, counts, and factors at h*."""
    cubic, dilated, plane, zero = convolutions.CERTIFICATES
    shifts, factors = "claims/0/evidence/shifts", "claims/8/evidence"
    return {
        "convolution-shifts-of-another-kernel": change(cubic, (shifts, [[[0], [2]], [[0], [1], [2], [3]]])),
        "convolution-shifts-twice": change(cubic, (shifts, [[[0], [0]], [[0], [1], [2], [3]]])),
        "convolution-wraps-around": spec_change(cubic, ("spec/network/group", [4])),
        "convolution-layers-of-other-shifts": change(dilated, (shifts, [[[0], [1], [2]], [[0], [1]]])),
        "convolution-count-too-small": change(cubic, ("claims/0/value", 3)),
        "convolution-real-count-too-large": change(cubic, ("claims/2/value", 3)),
        "convolution-generic-over-the-rationals": change(cubic, ("claims/4/over", "QQ")),
        "convolution-generic-proved": change(cubic, ("claims/4/status", "proved")),
        "convolution-hilbert-over-the-reals": change(cubic, ("claims/6/over", "RR")),
        "convolution-hilbert-called-generic": change(cubic, ("claims/6/property", "generic")),
        "convolution-factors-over-the-reals": change(cubic, ("claims/8/over", "RR")),
        "convolution-factor-reducible-mod-p": change(cubic, (f"{factors}/proofs/1", {
            "prime": 5, "factors": [[3, 0, 0, 1]]})),
        "convolution-factor-without-proof": change(cubic, (f"{factors}/proofs/1", None)),
        "convolution-factor-composite-modulus": change(cubic, (f"{factors}/proofs/1/prime", 49)),
        "convolution-factors-of-another-point": change(cubic, (f"{factors}/factors/1/1/1", 3)),
        "convolution-exponents-exchanged": change(cubic, (f"{factors}/exponents", [[0, 1], [1, 0]])),
        "convolution-roots-over-the-rationals": change(cubic, ("claims/9/over", "QQ")),
        "convolution-roots-proved": change(cubic, ("claims/9/status", "proved")),
        "convolution-roots-two": spec_change(dilated, ("spec/point/h", [[0, 1, 3], [0, 2]])),
        "convolution-plane-no-simple-zero": change(plane, ("claims/1/evidence/proofs/0/point", [1, 2])),
        "convolution-plane-coefficient-vanishes": spec_change(
            plane, ("spec/point/h", [[1, 5, 1], [1, 2]]), ("claims/1/evidence/factors/0/2/1", 5)),
        "convolution-no-zero-layer": spec_change(zero, ("spec/point/h", [[0, 1], [1, 0, 2]])),
        "convolution-zero-layer-modulo-scaling": change(zero, ("claims/1/modulo", "scaling")),
    }
