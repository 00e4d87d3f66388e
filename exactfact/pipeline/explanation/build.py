"""The blocks of an explanation: rows of the verdict table that rest on the same evidence, with their reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exactfact.certificate.facts import facts, verdict_rows
from exactfact.certificate.reasons import reason
from exactfact.model import Architecture, from_document
from exactfact.pipeline.inverse import explicit_inverse

from . import convolutions, fibres, kernels, lattices, nodes, symmetries
from .case import Case
from .inverses import inverse_lines
from .numbers import rank_alone, solutions
from .open_rows import open_question
from .pairs import pair

Row = Mapping[str, Any]
Writer = Callable[[Case], list[str]]

# Statements whose evidence is told in more words than its reason.
WRITERS: dict[tuple[str, str], Writer] = {
    ("6.4", "refuted"): symmetries.gauge,
    ("8.2b", "refuted"): symmetries.dead,
    ("8.2c", "refuted"): symmetries.swap,
    ("8.2f", "refuted"): symmetries.layers_together,
    ("10.2", "refuted"): symmetries.node,
    ("4.3", "proved"): kernels.line,
    ("4.3", "refuted"): kernels.line,
    ("4.4", "proved"): kernels.minors,
    ("5.2b", "refuted"): kernels.small,
    ("5.2c", "refuted"): kernels.small,
    ("6.1", "proved"): fibres.full_rank,
    ("10.6", "proved"): fibres.full_rank,
    ("7.1b", "refuted"): fibres.regular_pair,
    ("7.2", "proved"): fibres.relations,
    ("7.3", "proved"): fibres.single,
    ("7.4", "refuted"): fibres.many,
    ("7.7", "proved"): fibres.tangents,
    ("7.8", "proved"): lattices.torsor,
    ("7.8", "refuted"): lattices.torsor,
    ("9.1", "proved"): lattices.torsor,
    ("9.1", "refuted"): lattices.torsor,
    ("9.3a", "proved"): nodes.torus,
    ("9.3b", "proved"): nodes.torus,
    ("9.4", "proved"): nodes.torus,
    ("9.5", "proved"): nodes.torus,
    ("10.5", "proved"): convolutions.splittings,
    ("10.5", "refuted"): convolutions.splittings,
    ("10.5a", "proved"): convolutions.finite,
    ("10.5p", "proved"): convolutions.factors,
    ("10.5r", "proved"): convolutions.real_roots,
    ("10.5r", "refuted"): convolutions.real_roots,
}


@dataclass(frozen=True)
class Block:
    """Verdicts with one cause: `properties` modulo `modulo` over the fields `over` are `status`, and `why`.

    `over` lists fields proved or refuted together, `also_over` those that follow.  `claims` are their ids.
    """

    properties: tuple[str, ...]
    modulo: str
    model: str
    over: tuple[str, ...]
    also_over: tuple[str, ...]
    status: str
    statement: str | None
    claims: tuple[str, ...]
    why: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """The block as `explain --json` prints it; every list in the order of its text."""
        lists = {name: list(getattr(self, name)) for name in ("properties", "over", "also_over", "claims", "why")}
        single = {name: getattr(self, name) for name in ("modulo", "model", "status", "statement")}
        return {**lists, **single}


@dataclass(frozen=True)
class Explanation:
    """All blocks, and the numbers in words (`facts`)."""

    title: str
    blocks: tuple[Block, ...]
    facts: tuple[str, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """What `explain --json` prints: title, blocks of verdicts, facts."""
        return {"title": self.title, "verdicts": [block.document() for block in self.blocks], "facts": list(self.facts)}


def explanation(document: Mapping[str, Any], architecture: Architecture | None = None) -> Explanation:
    """The explanation of a certificate document (accepted, or just made; nothing is checked here)."""
    arch = architecture or from_document(dict(document["spec"]))
    groups: dict[str, list[Row]] = {}
    for row in verdict_rows(document, arch):
        groups.setdefault(_cause(document, row), []).append(row)
    blocks = tuple(_block(document, arch, rows) for rows in groups.values())
    numbers = facts(document, arch)
    blocks_of_ratios = numbers["parameter_blocks"]
    lines = solutions(numbers) if blocks else [*rank_alone(numbers)]
    if lines and not any(block.statement == "10.5" for block in blocks):
        lines += convolutions.counted_by(document, arch)
    if blocks_of_ratios is not None:
        lines += symmetries.ratios(blocks_of_ratios, arch)
    lines += inverse_lines(explicit_inverse(document, arch), arch)
    return Explanation(arch.title, blocks, tuple(lines))


def _claim(document: Mapping[str, Any], row: Row) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(c for c in document["claims"] if c["id"] == row["claim"])
    return found


def _cause(document: Mapping[str, Any], row: Row) -> str:
    """Equal for rows that one text explains."""
    common = [row["modulo"], row["model"], row["status"], row["statement"], row["property"] == "at-point"]
    if row["claim"] is None:
        return json.dumps([*common, row["reason"], [dict(attempt) for attempt in row["tried"]]])
    evidence = {key: value for key, value in _claim(document, row)["evidence"].items() if key != "uniform"}
    return json.dumps([*common, row["also_over"], evidence], sort_keys=True)


def _block(document: Mapping[str, Any], arch: Architecture, rows: Sequence[Row]) -> Block:
    first = rows[0]
    claims = tuple(row["claim"] for row in rows if row["claim"] is not None)
    fields = tuple(dict.fromkeys(row["over"] for row in rows))
    if first["claim"] is None:
        why = open_question(first)
    else:
        why = _reasons(Case(document, arch, _claim(document, first), fields))
    return Block(
        tuple(dict.fromkeys(row["property"] for row in rows)),
        first["modulo"],
        first["model"],
        fields,
        tuple(first["also_over"]),
        first["status"],
        first["statement"],
        claims,
        tuple(why),
    )


def _reasons(case: Case) -> list[str]:
    writer = WRITERS.get((case.claim["statement"], case.claim["status"]))
    if writer is not None:
        return writer(case)
    exhibited = pair(case)
    if exhibited:
        return [*exhibited, *_exceptional(case)]
    words = reason(case.document, case.claim)
    return [f"{words[:1].upper()}{words[1:]}."]


def _exceptional(case: Case) -> list[str]:
    """Where almost every h is determined, the pair says nothing about those."""
    key = ("generic", case.claim["modulo"], "CC", "proved")
    proved = any(
        c["kind"] == "verdict" and (c["property"], c["modulo"], c["over"], c["status"]) == key
        for c in case.document["claims"]
    )
    if not proved or case.claim["property"] != "uniform":
        return []
    return ["Such points are exceptional: almost every h is determined by its product (generic is proved)."]
