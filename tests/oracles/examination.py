"""Everything that a user may do with one architecture, timed, and everything that is wrong about what comes out.

Certify, check, print, explain, report; compare with brute force (the judge) where the architecture is tiny, and with
ranks computed by FLINT from dense expansions where all columns can be listed.
"""

from __future__ import annotations

import itertools
import json
import math
import resource
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flint import nmod_mat

import exactfact
from exactfact.checker import check_certificate
from exactfact.model import Architecture, from_document
from exactfact.pipeline.strategy import CHAIN, NETWORK
from exactfact.reporting.document import report
from exactfact.reporting.text import table

from . import brute, networks
from .expand import Dense
from .judge import disagreements, wrong_in
from .rows import wrong_rows
from .sizes import sizes
from .truth import Truth
from .varied_specs import Varied

PRIME = 2**61 - 1
SLOW_SECONDS = 20
MOST_MEMORY = 2 * 2**30
MOST_COLUMNS, MOST_CELLS = 3000, 2_000_000
STEPS = {step[0].replace("_", " ") for step in (*CHAIN, *NETWORK)}


@dataclass
class Examined:
    """Processor seconds by task ("certify", "check", ...) and by criterion, and what is wrong, in sentences."""

    seconds: dict[str, float] = field(default_factory=dict)
    criteria: dict[str, float] = field(default_factory=dict)
    memory: int = 0
    problems: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, str, str]] = field(default_factory=list)
    parameters: int = 0

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """Time a task; an exception or a warning is a problem, not an end."""
        begun = processor_seconds()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                yield
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            self.problems.append(f"{name}: {traceback.format_exc(limit=-4)}")
        self.seconds[name] = processor_seconds() - begun


def processor_seconds() -> float:
    """Of this process and of those that it waited for: independent of what else the machine does."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usage)


class Clock:
    """Adds up the time between the steps of the strategy, as progress announces them."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds, self.name, self.begun = seconds, "", processor_seconds()

    def __call__(self, text: str) -> None:
        if text in STEPS:
            self.stop(text)

    def stop(self, following: str = "") -> None:
        now = processor_seconds()
        self.seconds[self.name] = self.seconds.get(self.name, 0) + now - self.begun
        self.name, self.begun = following, now


def examine(varied: Varied, again: bool = False) -> Examined:
    """All tasks on one architecture; `again` certifies it twice and compares the bytes."""
    out = Examined()
    reset_peak()
    with out.task("read"):
        architecture = from_document(varied.document)
        out.parameters = sum(architecture.parameters)
    if not out.problems:
        _certify(varied, architecture, out, again)
    out.memory = peak()
    _limits(out)
    return out


def _limits(out: Examined) -> None:
    out.problems += [
        f"{name} took {seconds:.0f} s"
        for name, seconds in out.seconds.items()
        if seconds > SLOW_SECONDS and name in ("certify", "check", "document", "explain", "report")
    ]
    if out.memory > MOST_MEMORY:
        out.problems.append(f"{out.memory / 2**30:.1f} GiB of memory")


def _certify(varied: Varied, architecture: Architecture, out: Examined, again: bool) -> None:
    options = {"properties": varied.properties, "seed": varied.seed}
    result, clock = None, Clock(out.criteria)
    with out.task("certify"):
        result = exactfact.certify(architecture, progress=clock, **options)
        clock.stop()
    if result is None:
        return
    text, document = result.certificate.text(), {}
    certificate = json.loads(text)
    with out.task("document"):
        document = json.loads(json.dumps(result.document()))
        table(document), table(document, 70)
        repr(result), result._repr_html_(), result._repr_latex_()
    with out.task("explain"):
        if not result.explain().strip():
            out.problems.append("explain says nothing")
    with out.task("check"):
        _check(certificate, result.exit_code, out)
    if certificate["claims"]:
        with out.task("report"):
            report(certificate), report(certificate, fragment=True)
    out.verdicts = [(row.property, row.modulo, row.status) for row in result.verdicts]
    with out.task("judge"):
        out.problems += _judge(varied, certificate, document)
    if again:
        with out.task("again"):
            if exactfact.certify(architecture, **options).certificate.text() != text:
                out.problems.append("the same seed gave other bytes")


def _check(certificate: dict, exit_code: int, out: Examined) -> None:
    outcome = check_certificate(certificate)
    if certificate["claims"] and not outcome.accepted:
        out.problems.append("the checker does not accept: " + "; ".join(outcome.lines()))
    if not certificate["claims"] and outcome.exit_code != 1:
        out.problems.append(f"a certificate without claims: exit {outcome.exit_code}")
    if exit_code not in (0, 3):
        out.problems.append(f"exit code {exit_code}")


# ------------------------------------------------------------------------------------------- truth


def _judge(varied: Varied, certificate: dict, result: dict) -> list[str]:
    """Brute force for tiny architectures; for larger ones witnesses, rows, and ranks where they can be computed."""
    if not _expandable(varied.document):
        return []
    if varied.tiny:
        return disagreements(varied.document, certificate, result)
    truth = Truth(varied.document)
    found = [x for claim in certificate["claims"] if "h" in claim.get("evidence", {}) for x in _witness(truth, claim)]
    return [*found, *wrong_rows(truth, result, certificate), *_ranks(truth.arch, result["facts"])]


def _expandable(document: dict) -> bool:
    """Whether the dense matrices of all parameters, and all paths of a network, are few enough to write down."""
    if "network" not in document:
        return sum(sizes(document)) <= 400
    written = document["network"]
    found = sizes(document)
    edges = networks._edges(written, written["group"])
    levels = networks._levels(edges, written["root"])
    depth = max(levels.values())
    strides = [layer["stride"] for layer in written.get("layer") or []] or [1] * depth
    edges = [(*edge, levels[edge[2]]) for edge in edges]
    boxes = networks._boxes(edges, written["group"], strides, written.get("signal"), depth)
    places = [math.prod(map(len, box)) * list(levels.values()).count(k) for k, box in enumerate(boxes)]
    by_level = [sum(n for n, edge in zip(found, edges, strict=True) if edge[4] == k) for k in range(depth)]
    cells = sum(n * a * b for n, (a, b) in zip(by_level, itertools.pairwise(places), strict=True))
    last = places[0] * places[-1]
    return math.prod(by_level) * (1 + last // 50) <= 5 * MOST_COLUMNS and cells <= MOST_CELLS


def _witness(truth: Truth, claim: dict) -> list[str]:
    """What is wrong about a pair: the judge without the question whether the status is the true one."""
    truth.allowed = lambda _: frozenset({"proved", "refuted"})
    return wrong_in(truth, claim)


def _ranks(arch: Dense, facts: dict) -> Iterator[str]:
    """The rank of A and of the generic Jacobian modulo a large prime, by FLINT: inside the certified bounds."""
    p = arch.p or PRIME
    cells = len(arch.layers[0][0]) * len(arch.layers[-1][0][0])
    if math.prod(arch.sizes) <= MOST_COLUMNS and math.prod(arch.sizes) * cells <= MOST_CELLS:
        yield from _outside("rank", facts["rank"], rank(list(brute.columns(arch).values()), p))
    if not arch.p and sum(arch.sizes) * cells <= MOST_CELLS // 10:
        yield from _outside("jacobian_rank", facts["jacobian_rank"], brute.jacobian_rank(arch))


def rank(rows: list, p: int) -> int:
    """The rank modulo p of rows of rationals, by FLINT."""
    entries = [value.numerator * pow(value.denominator, -1, p) % p for row in rows for value in row]
    return int(nmod_mat(len(rows), len(rows[0]), entries, p).rank())


def _outside(name: str, bounds: dict | None, real: int) -> Iterator[str]:
    if bounds and not bounds["lower"] <= real <= (real if bounds["upper"] is None else bounds["upper"]):
        yield f"{name} {bounds}, the truth is {real}"


# ------------------------------------------------------------------------------------------- memory


def reset_peak() -> None:
    """Let the system forget the peak of this process (Linux)."""
    path = Path("/proc/self/clear_refs")
    if path.exists():
        path.write_text("5", encoding="ascii")


def peak() -> int:
    """Bytes that were in memory at most since then; 0 where the system does not tell."""
    path = Path("/proc/self/status")
    if not path.exists():
        return 0
    line = next(line for line in path.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
