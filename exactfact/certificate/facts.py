"""From claims to what people read: the facts and verdict rows of `certify --json`.

Pure functions of a certificate document, so that every reader (terminal, LaTeX, JSON) says the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from exactfact.model import Architecture, Network, from_document

from .constants import constants
from .numbers import decode_integer, decode_number, encode_integer
from .reasons import reason
from .transfers import FIELDS, also_over
from .witnesses import witness

Document = Mapping[str, Any]


def facts(document: Document, architecture: Architecture | None = None) -> dict[str, Any]:
    """All numbers that the claims establish; every key is present, null where nothing was computed.

    Bounds are {"lower", "upper", "claims"}; `probable` lists
    measured numbers whose bounds do not meet.  Raises SpecError when the embedded spec is not valid.
    """
    arch = architecture or from_document(dict(document["spec"]))
    network = arch.network
    dimension = math.prod(arch.parameters) if network is None else sum(network.path_counts.values())
    rank = _bounds(document, "rank")
    return {
        "lifted_dimension": encode_integer(dimension),
        "rank": rank,
        "kernel_dimension": _kernel(rank, dimension),
        "jacobian_rank": _bounds(document, "jacobian_rank"),
        "fibre_count": {field: _fibre_count(document, field) for field in FIELDS},
        "path_multiindices": None if network is None else encode_integer(dimension),
        "path_max_entry": _bounds(document, "path_max_entry"),
        "sigma_min_squared": _bounds(document, "sigma_min_squared"),
        "sigma_max_squared": _bounds(document, "sigma_max_squared"),
        "point": _point(document, arch),
        "parameter_blocks": _parameter_blocks(document),
        "probable": [dict(note) for note in document["notes"] if "quantity" in note],
    }


def _bounds(document: Document, quantity: str, over: str | None = None) -> dict[str, Any] | None:
    claims = [
        c
        for c in document["claims"]
        if c["kind"] == "bound" and c["quantity"] == quantity and over in (None, c["over"])
    ]
    if not claims:
        return None
    lower = max((c for c in claims if c["side"] == "lower"), key=_size, default=None)
    upper = min((c for c in claims if c["side"] == "upper"), key=_size, default=None)
    return {
        "lower": lower["value"] if lower else 0,
        "upper": upper["value"] if upper else None,
        "claims": [c["id"] for c in (lower, upper) if c],
    }


def _size(claim: Mapping[str, Any]) -> int | Fraction:
    return decode_number(claim["value"])


def _kernel(rank: dict[str, Any] | None, dimension: int) -> dict[str, Any] | None:
    if rank is None:
        return None
    upper = rank["upper"]
    return {
        "lower": 0 if upper is None else encode_integer(max(0, dimension - decode_integer(upper))),
        "upper": encode_integer(dimension - decode_integer(rank["lower"])),
        "claims": [],
    }


def _fibre_count(document: Document, field: str) -> dict[str, Any] | None:
    """Classes in a generic fibre over a field: 1 when generic identifiability modulo the layers' scalars is proved."""
    for claim in document["claims"]:
        fields = (claim["over"], *also_over("generic", "proved", claim["over"]))
        if _identifiable(claim) and field in fields:
            return {"lower": 1, "upper": 1, "claims": [claim["id"]]}
    counted = _bounds(document, "fibre_count", field)
    # The fibre through a point holds at least the class of that point.
    return None if counted is None else {**counted, "lower": counted["lower"] or 1}


def _identifiable(claim: Mapping[str, Any]) -> bool:
    key = ("generic", "scaling", "proved")
    return claim["kind"] == "verdict" and (claim["property"], claim["modulo"], claim["status"]) == key


def _parameter_blocks(document: Document) -> dict[str, Any] | None:
    """For each layer, sets of parameters whose ratios take finitely many values on a generic fibre (theory 6.5)."""
    for claim in document["claims"]:
        if claim["kind"] == "verdict" and claim["property"] == "ratios":
            return {"blocks": claim["evidence"]["blocks"], "claims": [claim["id"]]}
    return None


def _point(document: Document, arch: Architecture) -> dict[str, Any] | None:
    if arch.point is None:
        return None
    inside = all(any(layer) for layer in arch.point)
    rank = _bounds(document, "jacobian_rank_at_point")
    return {"in_h_star": inside, "jacobian_rank": rank, "local": _local(arch, inside, rank)}


def _local(arch: Architecture, inside: bool, rank: dict[str, Any] | None) -> str | None:
    """theory 6.1(b): full Jacobian rank at a point with no zero layer isolates its class."""
    full = 1 + sum(size - 1 for size in arch.parameters)
    return "proved" if inside and rank is not None and decode_integer(rank["lower"]) >= full else None


def verdict_rows(document: Document, architecture: Architecture | None = None) -> list[dict[str, Any]]:
    """One row for every verdict claim and undecided note, keys as in `certify --json`.

    By property; the groups of one property side by side, the coarsest first.  `criterion` is null here: certificates
    name statements.
    """
    arch = architecture or from_document(dict(document["spec"]))
    claims = [c for c in document["claims"] if c["kind"] == "verdict" and c["property"] != "ratios"]
    rows = [_claim_row(document, c, arch.network) for c in claims]
    covered = {
        (row["property"], row["modulo"], row["model"], field)
        for row in rows
        for field in (row["over"], *row["also_over"])
    }
    rows += [
        {**note, "also_over": [], "statement": None, "claim": None, "criterion": None}
        for note in document["notes"]
        if _is_open_question(note) and tuple(note[key] for key in QUESTION) not in covered
    ]
    return sorted(rows, key=_place)


QUESTION = ("property", "modulo", "model", "over")


def _is_open_question(note: Mapping[str, Any]) -> bool:
    """Whether a note can be read as one: the checker does not look at notes, so that they may hold anything."""
    texts = all(isinstance(note.get(key), str) for key in (*QUESTION, "status", "reason"))
    optional = all(isinstance(note.get(key, 0), str | None) for key in ("strength", "error_probability"))
    tried = note.get("tried")
    return (
        texts
        and optional
        and isinstance(tried, list)
        and all(isinstance(attempt, dict) for attempt in tried)
        and all(isinstance(attempt.get(key), str) for attempt in tried for key in ("criterion", "why"))
    )


ORDER = {"uniform": 0, "generic-finite": 1, "generic": 2, "hilbert-generic": 3, "at-point": 4, "stable": 5}
COARSEST_FIRST = {"gauge": 0, "torus": 1, "path-scaling": 2, "scaling": 3}


def _place(row: Mapping[str, Any]) -> tuple[int, int]:
    return ORDER.get(row["property"], len(ORDER)), COARSEST_FIRST.get(row["modulo"], len(COARSEST_FIRST))


def _claim_row(document: Document, claim: Mapping[str, Any], network: Network | None) -> dict[str, Any]:
    row = {
        "property": claim["property"],
        "modulo": claim["modulo"],
        "model": claim["model"],
        "over": claim["over"],
        "also_over": also_over(claim["property"], claim["status"], claim["over"]),
        "status": claim["status"],
        "strength": "certified",
        "statement": claim["statement"],
        "claim": claim["id"],
        "criterion": None,
        "reason": reason(document, claim),
        "tried": [],
    }
    if (claim["property"], claim["status"]) == ("stable", "proved"):
        row["constants"] = constants(document, claim)
    if "dimension" in claim["evidence"]:
        row["group"] = {"dimension": claim["evidence"]["dimension"]}
    pair = witness(claim, network)
    return row if pair is None else {**row, "witness": pair}
