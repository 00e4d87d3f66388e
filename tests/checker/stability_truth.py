"""What is true about singular values and stability of a tiny spec, by characteristic polynomials and ranks."""
from fractions import Fraction
from typing import Any

from flint import fmpq

from tests.checker import truth, uniform_truth
from tests.stability.exact_counts import roots_above, squared_spectrum

Json = dict[str, Any]
SINGULAR = ("sigma_min_squared", "sigma_max_squared")


def spectrum(spec: Json) -> Any:
    """The polynomial whose roots are the squares of the nonzero singular values; None for A = 0."""
    table = list(truth.columns(spec).values())
    cells = sorted({cell for column in table for cell, x in column.items() if x}, key=str)
    if not cells:
        return None
    return squared_spectrum([[Fraction(column.get(cell, 0)) for cell in cells] for column in table])


def true_bound(claim: Json, poly: Any) -> bool:
    """Whether a bound of a singular value of a chain holds."""
    if poly is None or claim["over"] != "QQ":
        return False
    value = truth.value(claim["value"])
    at = 0
    shifted = poly(type(poly)([fmpq(value.numerator, value.denominator), 1]))
    while at <= poly.degree() and not shifted[at]:
        at += 1
    above = roots_above(poly, value)
    count = {("sigma_min_squared", "lower"): above + at >= poly.degree(),
             ("sigma_min_squared", "upper"): above < poly.degree(),
             ("sigma_max_squared", "lower"): above + at >= 1,
             ("sigma_max_squared", "upper"): above == 0}
    return count[claim["quantity"], claim["side"]]


def plausible(claim: Json, spec: Json, rank: int) -> bool:
    """Whether a verdict `stable` is not contradicted: by a kernel that is zero, or by a pair where one is known."""
    if truth.characteristic(spec) or claim["model"] == "spec" and not spec["model"]:
        return False
    columns = 1
    for size in truth.sizes(spec):
        columns *= size
    if claim["status"] == "refuted":
        if "network" in spec and claim["modulo"] == "path-scaling":
            return max(truth.path_sums(spec).values()) > 1
        return rank < columns
    if claim["over"] != "CC":
        return False
    if claim["statement"] == "10.4":
        distinct = max(truth.path_sums(spec).values()) == 1
        return distinct and (claim["modulo"] == "path-scaling" or rank == columns)
    if claim["statement"] == "12.5":
        return "layer" in spec and (rank == columns or uniform_truth.inside_model(spec) is not False)
    if claim["statement"] == "12.3":
        return rank == columns
    return rank == columns or uniform_truth.uniform(spec, "CC") is not False
