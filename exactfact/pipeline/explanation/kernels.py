"""What the kernel and the rank of the lifted map say about all h at once (4.3, 4.4, 5.2)."""

from __future__ import annotations

from fractions import Fraction

from exactfact.certificate.numbers import decode_integer, decode_number
from exactfact.lifting.rank_two import rank_two
from exactfact.model.errors import integer_text

from .case import Case, listed

DIGITS = 40


def line(case: Case) -> list[str]:
    """4.3: the kernel is one line, and the field decides."""
    tensor = {tuple(index): Fraction(decode_number(value)) for index, value in case.evidence["kernel"]}
    start = (
        f"The kernel of the lifted map is one line, spanned by a tensor T with {len(tensor)} nonzero entries. Two h "
        "have the same product exactly when their tensor products differ by a multiple of T."
    )
    p = case.architecture.field.characteristic
    found = None if p else rank_two(tensor, case.architecture.parameters, 0)
    if found is None or found.kind != "irrational":
        return [start, "No such difference is a multiple of T: over no field is T a sum of two decomposable tensors."]
    text = str(found.discriminant)
    root = "a square root" if len(text) > DIGITS else f"the square root of {text}"
    sign = "negative" if found.discriminant < 0 else "positive, and no square in QQ"
    over = {("proved", "QQ"): "not QQ", ("proved", "RR"): "not RR", ("refuted", "RR"): "RR is one of them"}
    which = over.get((case.claim["status"], case.claim["over"]), "CC is one of them")
    return [
        start,
        (
            f"T is a sum of two decomposable tensors over the fields that contain {root}, and over no others: {which}, "
            f"as {'it' if len(text) > DIGITS else text} is {sign}."
        ),
        *(["No pair is exhibited: its entries are not rational."] if case.claim["status"] == "refuted" else []),
    ]


def minors(case: Case) -> list[str]:
    """4.4: minors of the kernel."""
    prime = integer_text(decode_integer(case.evidence["prime"]))
    return [
        (
            f"Modulo the prime {prime}, the minors of order 3 on the kernel of the lifted map generate all "
            f"forms of degree {case.evidence['degree']}: they vanish together at 0 only. So the kernel contains no "
            "difference of two decomposable tensors but 0, and no limit of such."
        )
    ]


def small(case: Case) -> list[str]:
    """5.2b, 5.2c: the rank is too small."""
    rank = integer_text(decode_integer(case.referred("rank")["value"]))
    sizes = case.architecture.parameters
    n = 1 + sum(size - 1 for size in sizes)
    if case.claim["statement"] == "5.2c":
        return [
            (
                f"The rank of the lifted map is at most {rank}, and there are {n} free parameters: for topological "
                "reasons some two real h, not equal up to scalars, have one product. No pair is exhibited."
            )
        ]
    wide = sorted(size for size in sizes)[-2:]
    least = n + sum(wide) - 3
    return [
        (
            f"The rank of the lifted map is at most {rank}, below {least}: its kernel, over CC, meets the differences "
            f"of two decomposable tensors that agree in all but two layers (those with {listed(wide)} parameters). No "
            "pair is exhibited."
        )
    ]
