"""What a verdict says, as the body of a theorem: property, ambiguity group, model and field in one or two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.certificate.constants import PAPER_CONSTANT
from exactfact.certificate.numbers import decode_number
from exactfact.reporting.escape import latex
from exactfact.reporting.numerals import decimals, number
from exactfact.reporting.subject import field_list, field_symbol

RELATION = {"scaling": r"\sim", "path-scaling": r"\sim_{\mathrm{path}}", "torus": r"\sim_{\mathrm T}"}
GROUP_WORDS = {
    "scaling": "modulo scaling",
    "path-scaling": "modulo path scaling",
    "gauge": "modulo linear symmetries",
    "torus": "modulo the torus",
}
TORUS = (
    r", where $g\sim_{\mathrm T}h$ means that $g$ arises from $h$ by an element of the connected group of those "
    r"rescalings of single parameters that preserve~$\phi$"
)
PROPERTY_WORDS = {
    "uniform": "uniform identifiability",
    "generic": "generic identifiability",
    "generic-finite": "generic finiteness",
    "hilbert-generic": "identifiability outside a thin set of rational points",
    "at-point": "identifiability at the given point",
    "stable": "stable recovery",
    "recovery": "an error bound for the parameters of an estimate",
    "tensor-recovery": "an error bound for the tensor of an estimate",
    "local-recovery": "an error bound near an estimate",
}

Row = Mapping[str, Any]


def heading(row: Row) -> str:
    """``Uniform identifiability modulo scaling, over C, R and Q``; negative verdicts say that it fails."""
    words = f"{property_words(row)} {group_words(row)}"
    fails = "failure of " if row["status"] == "refuted" else ""
    text = f"{fails}{words}, over {field_list([row['over'], *row['also_over']])}"
    return text[0].upper() + text[1:]


def property_words(row: Row) -> str:
    """The property of a verdict row in words (LaTeX); an unknown one escaped and cut."""
    return PROPERTY_WORDS.get(row["property"]) or latex(str(row["property"]), 40)


def group_words(row: Row) -> str:
    """The ambiguity group of a verdict row in words (LaTeX); an unknown one escaped and cut."""
    return GROUP_WORDS.get(row["modulo"]) or f"modulo {latex(str(row['modulo']), 40)}"


def assertion(row: Row) -> str:
    """The statement itself, for the field of the claim and the fields to which it transfers."""
    writer = _WRITERS.get((row["property"], row["status"]), _plain)
    model = " within the sparsity model of the specification" if row["model"] == "spec" else ""
    model += TORUS if row["modulo"] == "torus" else ""
    return writer(row, RELATION.get(row["modulo"], r"\sim"), field_list([row["over"], *row["also_over"]])) + model + "."


def sentence(row: Row) -> str:
    """One sentence of the summary (LaTeX): property, group, status, fields, model."""
    word = r"\efproved{proved}" if row["status"] == "proved" else r"\efrefuted{refuted}"
    text = f"{property_words(row)} {group_words(row)} is {word} over {field_list([row['over'], *row['also_over']])}"
    if row["model"] == "zero-edges-allowed":
        text += " (zero edges allowed)"
    if row["model"] == "spec":
        text += " for the sparsity model"
    return text[0].upper() + text[1:] + "."


def _uniform(row: Row, relation: str, fields: str) -> str:
    if row["modulo"] == "path-scaling":
        return (
            rf"Over {fields}: for all $h$ and all $g$ \textup(edge vectors may vanish\textup), "
            rf"$\phi(g)=\phi(h)$ implies $g{relation} h$"
        )
    return rf"Over {fields}: for every $h$ without zero layer and every $g$, $\phi(g)=\phi(h)$ implies $g{relation} h$"


def _not_uniform(row: Row, relation: str, fields: str) -> str:
    over = f"${field_symbol(row['over'])}$"
    also = f"; hence uniform identifiability {group_words(row)} fails over {fields}"
    if row["modulo"] == "path-scaling":
        return (
            rf"There are $h$ and $g$ over {over} \textup(zero edges allowed\textup) with $\phi(g)=\phi(h)$ and "
            rf"$g\not{relation} h$" + also
        )
    return (
        rf"There are $h$ without zero layer and $g$ over {over} with $\phi(g)=\phi(h)$ and $g\not{relation} h$" + also
    )


def _generic(_row: Row, relation: str, fields: str) -> str:
    return (
        rf"Over {fields}: for every $h$ outside a proper algebraic subset and every $g$, "
        rf"$\phi(g)=\phi(h)$ implies $g{relation} h$"
    )


def _not_generic(_row: Row, relation: str, fields: str) -> str:
    return rf"Over {fields}: for generic $h$ there is $g\not{relation} h$ with $\phi(g)=\phi(h)$"


def _finite(row: Row, relation: str, fields: str) -> str:
    if row["modulo"] == "gauge":
        return (
            rf"Over {fields}: for every $h$ outside a proper algebraic subset, the kernel of "
            rf"the Jacobian matrix is the "
            r"tangent space of the orbit of~$h$ under the connected group of linear "
            r"symmetries of~$\phi$, and the closure of the "
            r"orbit is a component of the fibre of $\phi$ over~$\mathbb C$"
        )
    return (
        rf"Over {fields}: for every $h$ outside a proper algebraic subset, the points $g$ with $\phi(g)=\phi(h)$ "
        rf"form finitely many "
        rf"classes of ${relation}$"
    )


def _not_finite(_row: Row, relation: str, fields: str) -> str:
    points = r"the points $g$ with $\phi(g)=\phi(h)$"
    return rf"Over {fields}: for generic $h$, {points} form infinitely many classes of ${relation}$"


def _hilbert(_row: Row, relation: str, fields: str) -> str:
    return (
        rf"Over {fields}: for every $h$ outside a thin set and every $g$, $\phi(g)=\phi(h)$ implies $g{relation} h$ "
        r"\textup(a thin set may be dense; this is weaker than a statement on generic points\textup)"
    )


def _at_point(_row: Row, relation: str, fields: str) -> str:
    return rf"Over {fields}: for the given point $h^*$ and every $g$, $\phi(g)=\phi(h^*)$ implies $g{relation} h^*$"


def _not_at_point(_row: Row, relation: str, fields: str) -> str:
    return rf"Over {fields}: for the given point $h^*$ there is $g\not{relation} h^*$ with $\phi(g)=\phi(h^*)$"


def _stable(row: Row, _relation: str, fields: str) -> str:
    known = row.get("constants") or {}
    gamma = r"$\gamma=1$" if known.get("gamma") == 1 else r"some finite $\gamma$"
    tensors = r" on path tensors" if row["modulo"] == "path-scaling" else ""
    text = (
        rf"Over {fields}: with {gamma} and $\rho=\infty$, every difference $D=P(h)-P(g)${tensors} satisfies "
        rf"$\|D\|_2\le\gamma\operatorname{{dist}}(D,\operatorname{{Ker}}A)$"
    )
    kappa = known.get("kappa_squared")
    if kappa is None:
        return text
    least = decimals(decode_number(kappa), "lower")
    return text + (
        rf"; with $\kappa^2={least}$, $\|P(h)-P(h^*)\|_2\le\varepsilon=(\delta+\eta)/\kappa$ "
        r"whenever $\|\phi(h^*)-X\|\le\delta$ "
        r"and $\|\phi(h)-X\|\le\eta$; where moreover "
        r"$\varepsilon\le\frac12M$ for real $h$, $h^*$, with $M=\max(\|P(h)\|_\infty,\|P(h^*)\|_\infty)$, "
        rf"$d_p([h],[h^*])\le{number(decode_number(known['perturbation']['RR']))}\,\bigl(\sum_kS_k\bigr)^{{1/p}}"
        rf"M^{{1/K-1}}\varepsilon$ \textup(${PAPER_CONSTANT}$ in the paper\textup)"
    )


def _not_stable(_row: Row, _relation: str, fields: str) -> str:
    return (
        rf"Over {fields}: there are no finite $\gamma$ and $\rho>0$ with "
        r"$\|D\|_2\le\gamma\operatorname{dist}(D,\operatorname{Ker}A)$ for every difference $D=P(h)-P(g)$ with "
        r"$\|AD\|\le\rho$"
    )


def _plain(row: Row, _relation: str, fields: str) -> str:
    return f"Over {fields}: {property_words(row)} {group_words(row)} is {row['status']}"


_WRITERS = {
    ("uniform", "proved"): _uniform,
    ("uniform", "refuted"): _not_uniform,
    ("generic", "proved"): _generic,
    ("generic", "refuted"): _not_generic,
    ("generic-finite", "proved"): _finite,
    ("hilbert-generic", "proved"): _hilbert,
    ("generic-finite", "refuted"): _not_finite,
    ("at-point", "proved"): _at_point,
    ("at-point", "refuted"): _not_at_point,
    ("stable", "proved"): _stable,
    ("stable", "refuted"): _not_stable,
}
