"""What a claim over one field says about the others (theory 0.3), and nothing more.

Proved over CC holds over RR and QQ (uniform, at-point, generic, generic-finite), over RR also over QQ for uniform and
at-point.  Refuted over QQ by a pair of points is refuted over RR and CC, over RR also over CC (uniform, at-point).
`stable` is about every pair of points, and transfers as `uniform` does.
A generic refutation never transfers, and GF(p) stands alone.
"""

from __future__ import annotations

POINTWISE = ("uniform", "at-point", "stable")
FIELDS = ("QQ", "RR", "CC")  # in the order of inclusion


def also_over(prop: str, status: str, over: str) -> list[str]:
    """The further fields to which a verdict transfers, in the order in which they are printed."""
    if status == "proved" and over == "CC":
        return ["RR", "QQ"]
    if prop not in POINTWISE:
        return []
    if status == "proved" and over == "RR":
        return ["QQ"]
    if status == "refuted" and over in FIELDS:
        return list(FIELDS[FIELDS.index(over) + 1 :])
    return []


def fields_of(field: str) -> tuple[str, ...]:
    """The fields about which a spec over `field` asks: QQ, RR and CC, or GF(p) alone."""
    return FIELDS if field == "QQ" else (field,)
