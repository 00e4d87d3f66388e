"""Proofs of verdicts on networks: statements 10.1, 10.2 and 10.6 with the numbers of the certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactfact.reporting.escape import code
from exactfact.reporting.numerals import compact, integer
from exactfact.reporting.path_tables import collision, leaf_count, positions, separation_rows
from exactfact.reporting.subject import Claim, Subject, claim_mark
from exactfact.reporting.tables import booktabs, display


def paths(subject: Subject, claim: Claim) -> str:
    """10.1: a table without repetition, a separating order, a collision, a count, or what follows from uniform."""
    evidence = claim["evidence"]
    if "uniform" in evidence:
        return _from_uniform(subject, claim)
    if "paths" in evidence:
        return _collision(subject, evidence)
    if evidence.get("method") == "pigeonhole":
        return _pigeonhole(subject, claim)
    if evidence.get("method") in ("mixed-radix", "superincreasing"):
        return _separated(subject, evidence)
    return (
        rf"The network has ${integer(subject.columns())}$ path multi-indices. Their sums were tabulated leaf by "
        rf"leaf, and no position is "
        rf"reached twice: all $c_\ell(x)\le1$. Apply {subject.statement('10.1')}."
    )


def _from_uniform(subject: Subject, claim: Claim) -> str:
    base = (
        rf"By claim~\efname{{{claim['evidence']['uniform']}}} the network is uniformly identifiable modulo path scaling"
    )
    if claim["modulo"] == "path-scaling":
        scope = "at the given point" if claim["property"] == "at-point" else "for generic parameters"
        return f"{base}, in particular {scope} ({subject.statement('10.1')})."
    return (
        rf"{base} ({subject.statement('10.1')}). Every hidden level has a single node, so rescaling nodes is the "
        rf"same as rescaling layers "
        rf"({subject.statement('10.2')}); where no layer vanishes, $\sim_{{\mathrm{{path}}}}$ and $\sim$ agree."
    )


def _collision(subject: Subject, evidence: Mapping[str, Any]) -> str:
    network = subject.network
    if network is None:
        return "The two paths are in the certificate."
    found = collision(network, evidence["paths"])
    header = [
        "",
        r"\multicolumn{2}{c}{first path}",
        r"\multicolumn{2}{c@{}}{second path} \\ \cmidrule(lr){2-3}\cmidrule(l){4-5} level & edge & tap & edge & tap",
    ]
    where = "" if found.complete else " (levels on which they agree are left out)"
    foot = ["sum", "", f"${found.total}$", "", f"${found.total}$"]
    first, second = (total.replace("=", "&=", 1) for total in found.sums)
    table = booktabs("clrlr", header, found.rows, foot)
    sums = display(rf"\begin{{aligned}} {first},\\ {second}. \end{{aligned}}")
    return (
        f"Two different path multi-indices of leaf {code(evidence['leaf'], 30)} have the same sum{where}: {table}{sums}"
        rf"\noindent So $c_\ell({found.total})\ge2$, and {subject.statement('10.1')} gives the pair: $h$ puts $1$ on "
        r"the taps of the first path and $0$ elsewhere, $g$ the same on the second path."
    )


def _pigeonhole(subject: Subject, claim: Claim) -> str:
    network, leaf = subject.network, claim["evidence"]["leaf"]
    if network is None:
        return "The count is in the certificate."
    end = (
        ""
        if claim["modulo"] == "path-scaling"
        else (f" Every hidden level has a single node, so the two groups agree ({subject.statement('10.2')}).")
    )
    return (
        rf"Leaf {code(leaf, 30)} has ${leaf_count(network, leaf)}$ path multi-indices, but their sums lie in a set of "
        rf"${compact(positions(network, leaf))}$ positions. Two of them coincide ({subject.statement('10.3b')}), and "
        rf"{subject.statement('10.1')} applies. No explicit pair is needed, and none is listed.{end}"
    )


def _separated(subject: Subject, evidence: Mapping[str, Any]) -> str:
    network = subject.network
    if network is None:
        return "The order of the layers is in the certificate."
    radix = evidence["method"] == "mixed-radix"
    header = ["layer", "taps", *(["one class mod", "distinct mod"] if radix else ["least gap", "reach above"])]
    words = (
        "In the following order of the layers the taps of each lie in one class modulo a number and are distinct "
        "modulo the next one"
        if radix
        else "In the following order of the layers any two taps of a layer differ by more than the diameters of the "
        "layers above it together"
    )
    rows = separation_rows(network, evidence)
    return (
        f"{words}:\n{booktabs('clrr', header, rows, halve=True)}\n\\noindent So all "
        rf"${leaf_count(network, network.leaves[0])}$ sums are distinct by {subject.statement('10.3a')}, and "
        rf"{subject.statement('10.1')} applies."
    )


def rescaling(subject: Subject, claim: Claim) -> str:
    """10.2: two hidden nodes in one level."""
    return (
        rf"The hidden node {code(claim['evidence']['node'], 30)} is not the only one of its level. For $t\ne0$ "
        rf"multiply the edges entering it by~$t$ "
        rf"and divide those leaving it by~$t$: the product does not change, but for generic $h$ the layers are not "
        rf"multiplied by one "
        rf"scalar each. Different $t$ give different classes of~$\sim$ ({subject.statement('10.2')})."
    )


def path_jacobian(subject: Subject, claim: Claim) -> str:
    """10.6: full Jacobian rank modulo path scaling."""
    bound, network = claim["evidence"]["jacobian_rank"], subject.network
    hidden = 0 if network is None else len(network.hidden)
    return (
        rf"The network has ${integer(sum(subject.architecture.parameters))}$ taps and ${integer(hidden)}$ hidden "
        rf"nodes, and the Jacobian matrix "
        rf"has rank at least "
        rf"${integer(subject.value(bound))}={integer(sum(subject.architecture.parameters))}-{integer(hidden)}$ at a "
        rf"point "
        rf"{claim_mark(bound)}. Apply {subject.statement('10.6')}."
    )
