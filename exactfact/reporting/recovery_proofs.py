"""Error bounds of an estimate in a report: assertion, proof, picture of radius against noise (12.1, 10.4p, 12.7)."""

from __future__ import annotations

from fractions import Fraction

from exactfact.certificate.constants import PAPER_CONSTANT
from exactfact.certificate.numbers import decode_number
from exactfact.certificate.recovery import PROPERTIES, ErrorBound, error_bound, smallest_squared
from exactfact.reporting.escape import code
from exactfact.reporting.numerals import decimals, integer
from exactfact.reporting.subject import Claim, Subject, claim_mark
from exactfact.stability.noise_curve import Curve, noise_curve

SHOWN_EDGES = 12


def assertion(claim: Claim) -> str:
    """The claim with its numbers, rounded outward."""
    found = error_bound(claim)
    noise = rf"$\|\phi(h^*)-X\|\le\delta={decimals(found.delta, 'upper')}$"
    if found.ball is not None and found.radius is not None:
        return (
            rf"Let $h$ and $X$ be the estimate and the data in the certificate. Every real $h^*$ with {noise} that "
            rf"agrees with~$h$ in the pivots and satisfies $\|h^*-h\|_2\le {decimals(found.ball, 'lower')}$ satisfies "
            rf"$\|h^*-h\|_2\le {decimals(found.radius['2'], 'upper')}$"
        )
    tensors = r"\|P(h)-P(h^*)\|_2" if claim["modulo"] == "scaling" else r"\|P(h)-P(h^*)\|_{2,\mathcal I}"
    text = (
        rf"Let $h$ and $X$ be the estimate and the data in the certificate. Every real $h^*$ with {noise} satisfies "
        rf"${tensors}\le {decimals(found.epsilon or Fraction(0), 'upper')}$"
    )
    if found.radius is None:
        return text
    norms = {"inf": r"\infty", "2": "2", "1": "1"}
    distances = r",\quad ".join(
        rf"d_{{{symbol}}}([h],[h^*])\le {decimals(found.radius[name], 'upper')}" for name, symbol in norms.items()
    )
    return f"{text}, and{_along(claim, found)} ${distances}$"


def _along(claim: Claim, found: ErrorBound) -> str:
    if claim["modulo"] == "scaling":
        return ""
    if not found.path:
        return " along every path"
    names = [code(name, 20) for name in found.path[:SHOWN_EDGES]]
    more = "" if len(found.path) <= SHOWN_EDGES else r", \dots"
    others = f" (claimed for ${integer(found.paths)}$ paths)" if found.paths > 1 else ""
    return f" along the path {', '.join(names)}{more}{others}"


def proof(subject: Subject, claim: Claim) -> str:
    """12.1, 10.4p: the singular value, the misfit, the side condition and the constant."""
    evidence, found = claim["evidence"], error_bound(claim)
    least = r"\kappa" if "stable" in evidence else r"\sigma_{\min}"
    text = (
        rf"{_injective(subject, claim)}. The estimate fits the data with "
        rf"$\|\phi(h)-X\|\le\eta={decimals(found.eta, 'upper')}$, computed exactly. So "
        rf"$\varepsilon=(\delta+\eta)/{least}\le {decimals(found.epsilon or Fraction(0), 'upper')}$"
    )
    if found.radius is None:
        return f"{text}. Apply the first half of {subject.statement(claim['statement'])}."
    return (
        rf"{text}, which satisfies the side condition, and the constant is $2-\frac1K$ where $\varepsilon\le M/2$, "
        rf"$2$ otherwise (${PAPER_CONSTANT}$ in the paper). Apply {subject.statement(claim['statement'])} with "
        rf"{subject.statement('11.1')}."
    )


def _injective(subject: Subject, claim: Claim) -> str:
    """The constant that the misfit is divided by."""
    evidence = claim["evidence"]
    squared = decimals(smallest_squared(subject.document, evidence), "lower")
    if "stable" in evidence:
        return (
            rf"The estimate lies in the model, and $\|AD\|^2\ge\kappa^2\|D\|^2$, $\kappa^2\ge {squared}$, for all "
            rf"differences $D=P(h)-P(h^*)$ within the model {claim_mark(evidence['stable'])}"
        )
    where, injective = ("", evidence["rank"]) if "rank" in evidence else ("on path tensors ", evidence["zero_one"])
    return (
        rf"The kernel of $A$ is zero {where}{claim_mark(injective)}, and $\sigma_{{\min}}(A)^2\ge {squared}$ "
        rf"{claim_mark(evidence['sigma_min_squared'])}"
    )


def local_proof(subject: Subject, claim: Claim) -> str:
    """12.7: the slope and the ball."""
    evidence, found = claim["evidence"], error_bound(claim)
    slope, sigma = (Fraction(decode_number(evidence[key])) for key in ("slope", "sigma_max"))
    pivots = ",\\ ".join(rf"h_{{{k + 1},{j + 1}}}" for k, j in enumerate(evidence["pivots"][:SHOWN_EDGES]))
    return (
        rf"The pivots are ${pivots}$. The Jacobian matrix at~$h$ in the other $n={integer(subject.free_parameters())}$ "
        rf"coordinates has smallest singular value $s\ge {decimals(slope, 'lower')}$, by an exact elimination of its "
        rf"Gram matrix, and $\sigma_{{\max}}(A)\le {decimals(sigma, 'upper')}$. With "
        rf"$R={decimals(found.ball or Fraction(0), 'lower')}$ one has $R\,\beta(R)\le s$, and "
        rf"$\delta+\eta\le {decimals(found.delta + found.eta, 'upper')}$. Apply {subject.statement('12.7')} twice, "
        r"the second time with the first radius in place of~$R$."
    )


def section(subject: Subject) -> str:
    """The picture of radius against noise; empty without a claim about parameters."""
    if not any(row["property"] in PROPERTIES for row in subject.rows):
        return ""
    curve = noise_curve(subject.document, subject.architecture)
    return "" if curve is None else picture(curve)


def picture(curve: Curve) -> str:
    """A pgfplots picture; documents that did not load pgfplots get a sentence instead."""
    norm = r"\infty" if curve.norm == "inf" else curve.norm
    style = ("efproof,thick", "efproof,thick,dashed")
    lines = [
        r"\begin{center}",
        r"\ifdefined\pgfplotsset",
        r"\begin{tikzpicture}\begin{axis}[width=10cm,height=5.5cm,xmin=0,ymin=0,axis lines=left,enlargelimits=upper,",
        rf"  xlabel={{noise level $\delta$}},ylabel={{certified radius, norm ${norm}$}},",
        r"  tick label style={font=\scriptsize}]",
    ]
    for (_, points), look in zip(curve.pieces, style, strict=False):
        lines.append(rf"\addplot[{look}] coordinates {{{' '.join(f'({x:.6g},{y:.6g})' for x, y in points)}}};")
    height = max(y for _, points in curve.pieces for _, y in points)
    end = f"{curve.threshold:.6g}"
    lines += [
        rf"\addplot[efcounter,densely dotted,thick] coordinates {{({end},0) ({end},{height:.6g})}};",
        rf"\addplot[only marks,mark=*,efink] coordinates {{({curve.mark[0]:.6g},{curve.mark[1]:.6g})}};",
        r"\end{axis}\end{tikzpicture}",
        r"\else(The picture of radius against noise needs the package pgfplots.)\fi",
        r"\par\smallskip{\small The certified radius against the noise level; the point is the claim. The dotted line",
        rf"is the noise ${end}$ from which on the side condition fails: no claim about the parameters.\par}}",
        r"\end{center}",
    ]
    return "\n".join(lines)
