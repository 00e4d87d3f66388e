"""Rule 7.3 and 7.4: how many points a fibre has, by the dimension of a graded ring mod p.

R_d: forms of multidegree (d, ..., d) in h_1, ..., h_K mod p, d >= 1. For a set of functionals of the product H(d) is
dim R_d less the rank of (functional o phi) times the monomials of multidegree (d-1, ..., d-1).
7.3: the functionals that vanish at y = phi(h), y not zero mod p. H(d) = 1: generic modulo scaling proved over CC, and
at-point with h = h* mod p, h* integral at p with no zero layer. H(d) <= value <= d: fibre_count <= value over CC.
With relations (7.2): their linear forms B(y, .) in one layer belong to the ideal too.
7.4: all functionals. At least two layers with S_k >= 2, an accepted bound rank A <= n over QQ and H(d) = 0: then
phi is finite, and every generic complex fibre has exactly (n-1)! / prod (S_k-1)! classes; at least 2, which refutes
generic over CC. The hypotheses may be those of an accepted fibre_count by 7.4.
Source: theory 7.3, 7.3', 7.3'', 7.4. Cost: all columns of A; one rank mod p with prod binom(S_k+d-1, d) columns.
"""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations_with_replacement, product
from math import comb, factorial, prod
from typing import Any

from ..claims import Claim, Context
from ..errors import Meter, Text, require, shown
from ..families import fields, listing, whole
from .elimination import Row, rank_mod
from .exact_span import Span
from .jacobian import claimed_point, read_point
from .linear_elimination import forms_at
from .linear_forms import cell_forms, vanishing


def check_single(claim: Claim, context: Context) -> None:
    """Accept iff H(d) = 1 at the point, a random one or h*."""
    generic = claim.property == "generic"
    more = {"relations": None} if generic else {}
    f = fields(claim.evidence, "evidence", "prime degree" + " point" * generic, **more)
    require(context.p == 0, "a spec over QQ", Text(claim.over))
    p = context.prime(f["prime"])
    h = claimed_point(claim, f.get("point"), p, context)
    require_length(h, f["degree"], 1, f.get("relations"), p, context)


def check_bound(claim: Claim, context: Context) -> None:
    """Accept iff H(d) <= value <= d at the point."""
    f = fields(claim.evidence, "evidence", "prime degree point", relations=None)
    p = context.prime(f["prime"])
    require(claim.value >= 1, "a value >= 1", claim.value)
    require_length(read_point(f["point"], p, context), f["degree"], int(claim.value), f["relations"], p, context)


def require_length(h: Sequence[Sequence[int]], degree: object, length: int, relations: Any, p: int,
                   context: Context) -> None:
    """Reject unless H(d) <= length <= d for the functionals that vanish at phi(h), and relations by layer."""
    d = whole(degree, "degree", max(1, length), 1000)
    cols, meter, sizes = context.chain.shape[1], context.meter, context.spec.parameters
    forms = vanishing(context.reduced(p), h, cols, p, meter)
    given = {} if relations is None else dict(enumerate(listing(relations, "relations", len(sizes))))
    require_quotient(forms, sizes, d, length, p, meter, forms_at(given, h, p, context))


def require_classes(h: Sequence[Sequence[int]], degree: object, classes: int, p: int, context: Context) -> None:
    """Reject unless H(d) <= classes, and classes <= d or H_0(d+1) = 0: no fibre of a lift of h has more points.

    H never grows from d on: for classes <= d by Macaulay; else as the graded ring S of the functionals that vanish at
    phi(h) is generated in degree 1, and H_0(d+1) = 0 says S_{d+1} = f S_d for one more functional f, so that
    S_{e+1} = f S_e for all e >= d. Ranks over QQ are at least those mod p: the same holds over QQ at every lift.
    """
    d = whole(degree, "degree", 1, 1000)
    if classes <= d:
        require_length(h, d, classes, None, p, context)
        return
    cols, meter, sizes, layers = context.chain.shape[1], context.meter, context.spec.parameters, context.reduced(p)
    require_quotient(vanishing(layers, h, cols, p, meter), sizes, d, classes, p, meter, {})
    require_quotient(cell_forms(layers, cols, p, meter).values(), sizes, d + 1, 0, p, meter, {})


def check_exact(claim: Claim, context: Context) -> None:
    """Accept iff phi is finite between spaces of one dimension, and the value fits the degree of the Segre variety."""
    sizes, n = context.spec.parameters, context.dimension
    require(sum(size >= 2 for size in sizes) >= 2, "two layers with at least two parameters", list(sizes))
    context.meter.spend(n * n, "factorials")
    count = factorial(n - 1) // prod(factorial(size - 1) for size in sizes)
    good = claim.value <= count if claim.side == "lower" else claim.value >= count
    require(good, f"a bound that {shown(count)} satisfies", claim.value)
    if "fibre_count" in claim.evidence:
        _require_exact(fields(claim.evidence, "evidence", "fibre_count")["fibre_count"], context)
        return
    f = fields(claim.evidence, "evidence", "rank prime degree")
    rank = context.bound(f["rank"], "rank", "upper")
    require(rank <= n, f"an upper bound on rank <= n = {n}", rank)
    p = context.prime(f["prime"])
    d = whole(f["degree"], "degree", 1, 1000)
    forms = cell_forms(context.reduced(p), context.chain.shape[1], p, context.meter).values()
    require_quotient(forms, sizes, d, 0, p, context.meter, {})


def check_many(claim: Claim, context: Context) -> None:
    """Accept iff an exact count over CC is accepted: it is at least 2."""
    _require_exact(fields(claim.evidence, "evidence", "fibre_count")["fibre_count"], context)


def _require_exact(reference: object, context: Context) -> None:
    """An accepted count by 7.4: its hypotheses hold, whatever its value."""
    other = context.reference(reference, "fibre_count")
    require((other.quantity, other.statement) == ("fibre_count", "7.4"), "a count by 7.4", Text(other.summary))


def require_quotient(forms: Iterable[Row], sizes: Sequence[int], d: int, most: int, p: int, meter: Meter,
                     single: Mapping[int, Sequence[Row]]) -> None:
    """Reject unless the forms, and the linear forms `single` in one layer, leave at most `most` dimensions of R_d."""
    columns = prod(comb(size + d - 1, d) for size in sizes)
    meter.hold(columns * (1 + len(sizes) // 8), "forms of degree d")
    span = Span(p, meter)
    independent = [dict(form) for form in forms if span.add(form)]
    rows = []
    held = 0
    ideal = _multiples(independent, list(product(*map(range, sizes))), sizes, d, [d - 1] * len(sizes), meter)
    parts = [_multiples(rows_k, [(0,) * k + (j,) + (0,) * (len(sizes) - k - 1) for j in range(sizes[k])], sizes, d,
                        [d - (i == k) for i in range(len(sizes))], meter) for k, rows_k in single.items()]
    for row in chain(ideal, *parts):
        held += len(row) + 8
        meter.hold(held, "multiples of the forms")
        rows.append(row)
    rank = rank_mod(rows, p, meter, max(columns - most, 0))
    require(rank >= columns - most, f"at most {most} dimensions of {columns} left mod {p}", Text(f"{columns - rank}"))


def _multiples(forms: Sequence[Row], indices: Sequence[tuple[int, ...]], sizes: Sequence[int], d: int,
               lower: Sequence[int], meter: Meter) -> Iterator[Row]:
    """Forms in the products of variables `indices` times all monomials of multidegree `lower`, over those of R_d.

    A layer of lower degree d has no variable in the forms: its index is not used.
    """
    tables, widths = [], []
    for size, e in zip(sizes, lower, strict=True):
        count = comb(size + d - 1, d)
        meter.spend(500 * count * size * (1 + d // 8), "monomials")
        meter.hold(count * (1 + d // 8), "monomials")
        number = {m: i for i, m in enumerate(combinations_with_replacement(range(size), d))}
        tables.append([[number[tuple(sorted((*m, j) if e < d else m))] for j in range(size)]
                       for m in combinations_with_replacement(range(size), e)])
        widths.append(len(number))
    for monomial in product(*tables):
        meter.spend(300 * len(indices) * len(sizes) + 100 * sum(map(len, forms)), "multiples of the forms")
        place = []
        for index in indices:
            at = 0
            for table, j, width in zip(monomial, index, widths, strict=True):
                at = at * width + table[j]
            place.append(at)
        for form in forms:
            yield {place[i]: v for i, v in form.items()}
