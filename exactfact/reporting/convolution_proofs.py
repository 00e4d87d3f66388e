"""Proofs about chains of convolutions: statements 10.5, 10.5a, 10.5p and 10.5r with the numbers of the certificate."""

from __future__ import annotations

from typing import Any

from exactfact.certificate.numbers import decode_integer
from exactfact.lifting.convolution_counts import groups
from exactfact.reporting.notation import integer_words
from exactfact.reporting.numerals import compact, integer
from exactfact.reporting.subject import Claim, Subject, claim_mark, claim_name, field_symbol

FACTORS = 6
TERMS = 6
VARIABLES = ("x", "y", "z")


def _recognised(subject: Subject, claim: Claim) -> str:
    bound = claim["evidence"]["fibre_count"]
    return (
        rf"With the shifts of {claim_name(bound)}, $\phi(h)$ determines the product of the Laurent polynomials "
        rf"$h_k(x)=\sum_jh_{{k,j}}x^{{s_{{k,j}}}}$, and depends on it alone."
    )


def splittings(subject: Subject, claim: Claim) -> str:
    """10.5: what the groups of layers are, and the number of classes."""
    bound = claim["evidence"]["fibre_count"]
    rows = subject.claims[bound]["evidence"]["shifts"]
    segments, others = groups(tuple(tuple(tuple(map(decode_integer, s)) for s in row) for row in rows))
    words = []
    for group in segments:
        degrees = ",".join(integer(d) for d in group.degrees)
        gaps = "" if group.full else ", with gaps"
        words.append(rf"layers on lines of one direction, with one step, of degrees $({degrees})${gaps}")
    if others:
        words.append(rf"{integer_words(len(others), 'layers')} that span more than a line")
    return (
        rf"{_recognised(subject, claim)} There are {'; '.join(words)}. So a generic fibre has at most "
        rf"${compact(subject.value(bound))}$ classes {claim_mark(bound)}; {_end(claim)} by {subject.statement('10.5')}."
    )


def _end(claim: Claim) -> str:
    if claim["property"] == "hilbert-generic":
        return "no two layers have translated shifts, so rational points outside a thin set have one"
    return "one" if claim["status"] == "proved" else "it has at least two over this field"


def finite(subject: Subject, claim: Claim) -> str:
    """10.5a: generic points, or a point with a zero layer."""
    end = " A layer of $h^*$ is zero, so one of every competitor is." if claim["property"] == "at-point" else ""
    return f"{_recognised(subject, claim)}{end} Apply {subject.statement('10.5a')}."


def factors(subject: Subject, claim: Claim) -> str:
    """10.5p: the number of irreducible factors, with multiplicity."""
    exponents = claim["evidence"]["exponents"]
    number, total = len(exponents), sum(map(sum, exponents))
    one = number == 1
    return (
        rf"{_recognised(subject, claim)} At $h^*$ the layers have {integer_words(number, 'different factors')} beside "
        rf"monomials, {integer(total)} with multiplicity{_listed(claim)} "
        rf"{'It' if one else 'Each'} is irreducible over ${field_symbol(claim['over'])}$, by a prime "
        rf"{claim_mark(claim['id'])}, by degree one, or by degree two without real roots. All ways to give "
        rf"{'its powers' if one else 'them'} and monomials to the layers were counted: there is one. Apply "
        rf"{subject.statement('10.5p')}."
    )


def _listed(claim: Claim) -> str:
    """The factors and the layers as products of them, where that is short."""
    rows, exponents = claim["evidence"]["factors"], claim["evidence"]["exponents"]
    if len(rows) > FACTORS or any(len(row) > TERMS for row in rows):
        return "."
    named = [rf"f_{{{i}}}={polynomial(row)}" for i, row in enumerate(rows, 1)]
    layers = []
    for k in range(len(exponents[0])):
        used = [(i, row[k]) for i, row in enumerate(exponents, 1) if row[k]]
        powers = [rf"f_{{{i}}}" + (f"^{{{n}}}" if n > 1 else "") for i, n in used]
        layers.append(rf"h^*_{{{k + 1}}}\doteq {' '.join(powers) or '1'}")
    products = r",\ ".join(layers)
    return rf": ${r',$ $'.join(named)}$, and ${products}$ up to monomials."


def polynomial(row: list[list[Any]]) -> str:
    """A Laurent polynomial over ZZ, given as [exponents, coefficient] pairs, as a formula."""
    text = ""
    for exponents, coefficient in row:
        value = decode_integer(coefficient)
        powers = "".join(
            rf"{VARIABLES[i] if len(exponents) <= len(VARIABLES) else f'x_{{{i}}}'}" + (f"^{{{n}}}" if n > 1 else "")
            for i, n in enumerate(map(decode_integer, exponents))
            if n
        )
        size = integer(abs(value)) if abs(value) != 1 or not powers else ""
        text += ("-" if value < 0 else "+" if text else "") + size + powers
    return text


def roots(subject: Subject, claim: Claim) -> str:
    """10.5r: the roots were counted by sequences of Sturm."""
    end = "there is one splitting" if claim["status"] == "proved" else "there is another splitting"
    return (
        rf"{_recognised(subject, claim)} The layers lie on lines of one direction. Their roots at $h^*$ were counted, "
        rf"with multiplicity \textup(squarefree parts, Sturm's sequences, roots at zero and infinity\textup): "
        rf"{end}. Apply {subject.statement('10.5r')}."
    )
