"""The table of two points with one product, and their product where it is short."""

from __future__ import annotations

from exactfact.reporting.subject import Claim, Subject, claim_name
from exactfact.reporting.tables import booktabs, display, paragraphs
from exactfact.reporting.vectors import exact, parameter_pair, product_matrix, wide


def pair_table(subject: Subject, claim: Claim) -> str:
    """`Take`, the table of h and g by layers or edges, and that both products are equal."""
    h, g = claim["evidence"]["h"], claim["evidence"]["g"]
    rows, complete = parameter_pair(subject.architecture, h, g)
    first = r"$h^*$" if claim["property"] == "at-point" else "$h$"
    kind = "edge" if subject.network else r"layer $k$"
    origin = not any(exact(value) for layer in g for value in layer)
    shares = (0.1, 0.82) if origin else (0.1, 0.41, 0.41)
    narrow = ("l" if subject.network else "c") + r"@{\qquad}l" * (len(shares) - 1)
    header, cells = [kind, first, "$g$"][: len(shares)], [row[: len(shares)] for row in rows]
    opening = "Take $g=0$ and" if origin else "Take"
    text = [opening, booktabs(paragraphs(*shares) if wide(cells) else narrow, header, cells), r"\noindent "]
    if not complete:
        text.append(f"(the other vectors are in {claim_name(claim['id'])}; on most of them the two points agree). ")
    common = product_matrix(subject.architecture, h)
    text.append(
        "Both products are equal: " + display(rf"\phi(h)=\phi(g)={common}.") + r"\noindent"
        if common
        else r"Then $\phi(h)=\phi(g)$, verified exactly."
    )
    return "".join(text)
