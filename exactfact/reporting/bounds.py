"""One sentence for every bound claim: the number, and why it holds, with the numbers of its evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exactfact.certificate.numbers import decode_number
from exactfact.reporting import lattice_proofs, stability_proofs
from exactfact.reporting.escape import code
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import compact, decimals, integer, number
from exactfact.reporting.path_tables import positions
from exactfact.reporting.subject import Claim, Subject, claim_mark, field_symbol

QUANTITIES = {
    "rank": r"\operatorname{rank}A",
    "jacobian_rank": r"\rho",
    "jacobian_rank_at_point": r"\operatorname{rank}J_{h^*}",
    "fibre_count": r"\#\phi^{-1}(\phi(h))/{\sim}",
    "path_max_entry": r"\max c_\ell(x)",
    "sigma_min_squared": r"\sigma_{\min}(A)^2",
    "sigma_max_squared": r"\sigma_{\max}(A)^2",
}
CUTS = {"ambient": "the product has that many entries", "lifted": "$A$ has that many columns"}


def inequality(claim: Claim, *others: Claim) -> str:
    r"""``\operatorname{rank}A\ge 6``, or an equation when `others` bound the same value from the other side."""
    sides = {claim["side"], *(other["side"] for other in others)}
    sign = "=" if len(sides) == 2 else r"\ge" if claim["side"] == "lower" else r"\le"
    name = QUANTITIES.get(claim["quantity"], rf"\text{{{code(claim['quantity'])}}}")
    over = rf"\text{{ over }}{field_symbol(claim['over'])}" if claim["quantity"] == "fibre_count" else ""
    value = decode_number(claim["value"])
    if value.denominator > 1 and sign != "=":
        return f"{name}{sign} {decimals(value, claim['side'])}{over}"
    return f"{name}{sign} {compact(int(value)) if value.denominator == 1 else number(value)}{over}"


def sentence(subject: Subject, claim: Claim) -> str:
    """Why the bound holds; statements newer than this text are named without further words."""
    writer = _WRITERS.get((claim["statement"], claim["side"])) or _WRITERS.get((claim["statement"], ""))
    if claim["quantity"] == "fibre_count" and "jacobian_rank" in claim["evidence"]:
        writer = lattice_proofs.classes
    why = writer(subject, claim["evidence"]) if writer else "the evidence is in the certificate"
    if claim["statement"] == "10.1" and claim["quantity"] == "path_max_entry":
        why = "the largest entry of the table of path sums"
    return f"{why} ({subject.statement(claim['statement'])})."


def _independent(_subject: Subject, evidence: dict[str, Any]) -> str:
    modulo = f"modulo the prime ${number(evidence['prime'])}$"
    if "split" in evidence:
        modulo += ", component by component"
    if "columns" in evidence:
        columns = evidence["columns"]
        return f"{integer_words(len(columns), 'columns')} of $A$ {_are(columns)} independent {modulo}"
    if "points" in evidence:
        return f"the values of $\\phi$ at {integer_words(len(evidence['points']), 'points')} are independent {modulo}"
    if "samples" in evidence:
        samples = evidence["samples"]
        return (
            f"the values of $\\phi$ at {integer_words(samples['count'], 'points')} derived from seed "
            f"${samples['seed']}$ span a "
            f"space of that dimension {modulo}"
        )
    grid = evidence["grid"]
    return (
        f"the values of $\\phi$ on a grid of ${integer(grid['left'])}\\times{integer(grid['right'])}$ points derived "
        f"from seed "
        f"${grid['seed']}$ (layers cut after ${grid['cut']}$) span a space of that dimension {modulo}"
    )


def _are(items: list[Any]) -> str:
    return "is" if len(items) == 1 else "are"


def _elementary(_subject: Subject, evidence: dict[str, Any]) -> str:
    if evidence["bound"] == "support":
        return "all other entries of the product vanish by the supports of the layers"
    if evidence["bound"] == "cut":
        return f"the product is cut after layer ${evidence['cut']}$ and both sides are bounded"
    if evidence["bound"] == "cyclic":
        return "the layers are invariant under cyclic shifts, and row $0$ of the product has so many nonzero entries"
    return CUTS.get(evidence["bound"], "an elementary count")


def _primes(_subject: Subject, evidence: dict[str, Any]) -> str:
    primes = [int(decode_number(p)) for p in evidence["primes"]]
    if len(primes) == 1:
        return f"the rank modulo ${integer(primes[0])}$, by chains of spans"
    return (
        f"so is the rank modulo each of {integer_words(len(primes), 'primes')} between ${integer(min(primes))}$ and "
        f"${integer(max(primes))}$, whose product is large enough"
    )


def _cover(_subject: Subject, evidence: dict[str, Any]) -> str:
    rows, columns = len(evidence["cover_rows"]), len(evidence["cover_columns"])
    return f"{integer_words(rows, 'rows')} and {integer_words(columns, 'columns')} cover all nonzero entries of $A$"


def _triangular(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"a triangular minor of order ${integer(len(evidence['rows']))}$ with nonzero diagonal"


def _chain(_subject: Subject, evidence: dict[str, Any]) -> str:
    if "parts" in evidence:
        parts = integer_words(len(evidence["parts"]), "connected components")
        return f"the ranks of {parts} of the layers add up, each with chains of spans verified exactly"
    if "cut" in evidence:
        return (
            f"the products of the spaces on both sides of a cut after layer ${evidence['cut']}$ span the image of $A$: "
            f"{_one_chain(evidence['right'])} from the right, {_one_chain(evidence['left'])} through the left layers"
        )
    return _one_chain(evidence)


def _one_chain(evidence: dict[str, Any]) -> str:
    dimensions = [r"\ast" if level is None else integer(len(level)) for level in evidence["levels"]]
    if len(dimensions) > 8:
        dimensions = [*dimensions[:4], r"\dots", *dimensions[-2:]]
    listed = ",\\allowbreak ".join(dimensions)
    proof = (
        "annihilators verified exactly"
        if evidence.get("annihilators")
        else f"{integer_words(len(evidence['relations']), 'relations')} verified exactly"
    )
    many = "dimension" if len(dimensions) == 1 else "dimensions"
    cells = r" ($\ast$: all reachable cells)" if None in evidence["levels"] else ""
    return f"chain of spans of {many} at most ${listed}${cells}, with {proof}"


def _table(_subject: Subject, evidence: dict[str, Any]) -> str:
    if "zero_one" in evidence:
        licence = claim_mark(evidence["zero_one"])
        return f"no two path multi-indices of a leaf have the same sum {licence}, so each counts once"
    return "the number of pairs $(\\ell,x)$ in the table of path sums"


def _jacobian_point(_subject: Subject, evidence: dict[str, Any]) -> str:
    place = "a point"
    if isinstance(evidence.get("point"), dict):
        place = f"point ${evidence['point']['index']}$ derived from seed ${evidence['point']['seed']}$"
    return f"the rank of the Jacobian matrix at {place}, modulo the prime ${number(evidence['prime'])}$"


def _jacobian_dimension(subject: Subject, _evidence: dict[str, Any]) -> str:
    return f"the number of free parameters, $n=1+\\sum_k(S_k-1)={integer(subject.free_parameters())}$"


def _jacobian_bound(_subject: Subject, evidence: dict[str, Any]) -> str:
    if "rank" in evidence:
        return f"it is at most the rank of $A$ {claim_mark(evidence['rank'])}"
    return f"layer ${evidence['layer']}$ ends in the narrow inner dimension"


def _fields(subject: Subject, evidence: dict[str, Any]) -> str:
    scalings = integer_words(len(subject.architecture.parameters) - 1, "scalings")
    return (
        f"{integer_words(len(evidence['fields']), 'linear fields')} along which $\\phi$ "
        f"does not change are independent "
        f"of the {scalings} at a point modulo the prime ${number(evidence['prime'])}$"
    )


def _branches(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"two regular points have one product {claim_mark(evidence['generic'])}"


def _fibre_length(_subject: Subject, evidence: dict[str, Any]) -> str:
    return (
        f"the fibre of a point modulo the prime ${number(evidence['prime'])}$, by forms of degree "
        f"${evidence['degree']}$ in each layer"
    )


def _degree(_subject: Subject, evidence: dict[str, Any]) -> str:
    if "fibre_count" in evidence:
        return f"the number is exact {claim_mark(evidence['fibre_count'])}"
    return (
        f"the rank of $A$ {claim_mark(evidence['rank'])} and forms of degree ${evidence['degree']}$ in each layer "
        f"modulo the prime ${number(evidence['prime'])}$: the degree of the Segre variety"
    )


def _rivals(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"a symmetry of $\\phi$ moves the class of generic points {claim_mark(evidence['generic'])}"


def _splittings(_subject: Subject, evidence: dict[str, Any]) -> str:
    if "shifts" in evidence:
        return "the layers are Laurent polynomials, whose factors are counted"
    return f"counted from the shifts of the Laurent polynomials {claim_mark(evidence['fibre_count'])}"


def _live(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"{integer_words(len(evidence['dead']), 'directions')} of parameter space never reach the product"


def _path_dimension(subject: Subject, _evidence: dict[str, Any]) -> str:
    return f"the number of taps less the number of hidden nodes, ${integer(subject.path_dimension())}$"


def _kernel_at_point(_subject: Subject, evidence: dict[str, Any]) -> str:
    vectors = integer_words(len(evidence["kernel"]), "vectors")
    return f"{vectors} of the kernel of the Jacobian matrix at $h^*$, verified exactly"


def _rank_at_point(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"the rank at $h^*$ modulo the prime ${number(evidence['prime'])}$"


def _radix(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"the taps are in {'mixed-radix' if evidence['method'] == 'mixed-radix' else 'superincreasing'} position"


def _pigeonhole(subject: Subject, evidence: dict[str, Any]) -> str:
    network, leaf = subject.network, evidence["leaf"]
    if network is None:
        return "the count of path multi-indices"
    counts = (
        f"${compact(network.path_counts[leaf])}$ path multi-indices on ${compact(positions(network, leaf))}$ positions"
    )
    return f"leaf {code(leaf, 24)} has {counts}"


def _singular(_subject: Subject, evidence: dict[str, Any]) -> str:
    return f"translations act on $\\nu={number(evidence['nu'])}$ samples"


_WRITERS: dict[tuple[str, str], Callable[[Subject, dict[str, Any]], str]] = {
    ("2.3", ""): _independent,
    ("2.4", ""): _elementary,
    ("2.6", ""): _primes,
    ("2.7a", ""): _cover,
    ("2.7b", ""): _triangular,
    ("3.1", ""): _chain,
    ("10.1", ""): _table,
    ("6.1", "lower"): _jacobian_point,
    ("6.1", "upper"): _jacobian_dimension,
    ("6.2", ""): _jacobian_bound,
    ("6.3", ""): _fields,
    ("7.8", ""): lattice_proofs.lattice,
    ("9.1", ""): lattice_proofs.lattice,
    ("7.1b", ""): _branches,
    ("7.3", ""): _fibre_length,
    ("7.4", ""): _degree,
    ("8.2b", ""): _live,
    ("8.2c", ""): _rivals,
    ("8.2f", ""): _rivals,
    ("10.5", ""): _splittings,
    ("10.6", ""): _path_dimension,
    ("6.1b", "lower"): _rank_at_point,
    ("6.1b", "upper"): _kernel_at_point,
    ("10.3a", ""): _radix,
    ("10.3b", ""): _pigeonhole,
    ("10.4", ""): _singular,
    ("12.6", ""): stability_proofs.counted,
}
