"""The main job: run the strategy on an architecture and assemble verdicts and certificate.

With a limit, the work runs in a process of its own, so that a long foreign call can be stopped and the verdicts
reached so far survive; without one it runs here.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from exactfact import __version__
from exactfact.algebra.threads import one_blas_thread
from exactfact.certificate import Bound, Certificate, Ledger, Measurement, Note, Verdict
from exactfact.certificate.claims import PROPERTIES
from exactfact.certificate.compact import compact
from exactfact.criteria.outcome import Context, OutOfTime
from exactfact.criteria.problem import Problem
from exactfact.lifting.chain import ENTRY_BYTES, ENTRY_LIMIT
from exactfact.model import Architecture, SpecError

from .result import Result, StepRow
from .strategy import RANK, Event, run, steps_for
from .undecided import attempts, measurements, undecided_notes
from .worker import LEAST_MEMORY, isolated_events

METHODS = tuple(RANK)
Progress = Callable[[str], None]


def certify(
    architecture: Architecture,
    *,
    properties: Sequence[str] | None = None,
    seed: int = 0,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    progress: Progress | None = None,
    isolate: bool = False,
) -> Result:
    """Decide what the architecture's product determines, with a certificate.

    `properties`: among "uniform", "generic-finite", "generic", "at-point" (default: those that make sense) and
    "stable".
    `time_limit` in seconds, `memory_limit` in bytes; either one, or `isolate`, runs the work in a process of its own.
    The same seed gives the same certificate, byte for byte, when no limit cuts the run.
    Raises SpecError for an unknown property, or `at-point` without a point.
    """
    _check_options(architecture, seed, time_limit, memory_limit)
    requested = _requested(architecture, properties)
    return _execute(architecture, "certify", requested, seed, time_limit, memory_limit, progress, isolate)


def rank(
    architecture: Architecture,
    *,
    method: str = "auto",
    seed: int = 0,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    progress: Progress | None = None,
    isolate: bool = False,
) -> Result:
    """Bounds on the rank of the lifted map, with a certificate.  `method`: "auto", "span", "sampling" or "columns"."""
    _check_options(architecture, seed, time_limit, memory_limit)
    if method not in METHODS:
        raise SpecError("rank", f"a method among {', '.join(METHODS)}", repr(method))
    return _execute(architecture, method, (), seed, time_limit, memory_limit, progress, isolate)


def _requested(architecture: Architecture, properties: Sequence[str] | None) -> tuple[str, ...]:
    if properties is None:
        defaults = PROPERTIES[:1] if architecture.field.characteristic else PROPERTIES[:3]
        return defaults if architecture.point is None else (*defaults, "at-point")
    for prop in properties:
        if prop not in PROPERTIES:
            raise SpecError("properties", f"one of {', '.join(PROPERTIES)}", repr(prop))
        if prop == "at-point" and architecture.point is None:
            raise SpecError("properties", "a [point] in the spec for at-point", "no point")
    return tuple(dict.fromkeys(properties))


def _execute(
    architecture: Architecture,
    job: str,
    requested: tuple[str, ...],
    seed: int,
    time_limit: float | None,
    memory_limit: int | None,
    progress: Progress | None,
    isolate: bool,
) -> Result:
    start = time.monotonic()
    report = progress or (lambda text: None)
    stream: Iterator[Event | str]
    if isolate or time_limit is not None or memory_limit is not None:
        stream = isolated_events(architecture, job, seed, requested, time_limit, memory_limit, report)
    else:
        stream = local_events(architecture, job, seed, requested, report)
    events, stopped = _collect(stream)
    # A rank alone asks for no verdict; bounds refer to bounds only.
    wanted = Verdict | Bound if job == "certify" else Bound
    claims = compact([claim for event in events for claim in event.claims if isinstance(claim, wanted)])
    notes: tuple[Note | Measurement, ...] = (
        *undecided_notes(architecture, requested, events, stopped),
        *measurements(events, claims),
    )
    certificate = Certificate(architecture.document(), architecture.digest, seed, __version__, claims, notes)
    seconds = round(time.monotonic() - start, 3)
    steps = _steps(events, {claim.id for claim in claims})
    return Result(architecture, certificate, requested, seconds, stopped, attempts(events), steps)


def _steps(events: Sequence[Event], kept: AbstractSet[str]) -> tuple[StepRow, ...]:
    """The steps with those of their claims that the certificate holds."""
    return tuple(
        StepRow(
            event.criterion,
            round(event.estimate, 3),
            round(event.seconds, 3),
            tuple(claim.id for claim in event.claims if claim.id in kept),
            event.why,
        )
        for event in events
    )


def _check_options(architecture: object, seed: object, time_limit: object, memory_limit: object) -> None:
    """SpecError for an argument of the wrong type or range: Python does not check annotations."""
    if not isinstance(architecture, Architecture):
        raise SpecError("architecture", "an Architecture, as load returns it", f"a {type(architecture).__name__}")
    if not isinstance(seed, int) or seed < 0:
        raise SpecError("seed", "an integer >= 0", repr(seed))
    if time_limit is not None and not (isinstance(time_limit, int | float) and 0 <= time_limit < math.inf):
        raise SpecError("time_limit", "a number of seconds >= 0", repr(time_limit))
    if memory_limit is None:
        return
    if not isinstance(memory_limit, int):
        raise SpecError("memory_limit", "an integer, in bytes", repr(memory_limit))
    if memory_limit < LEAST_MEMORY:
        least = f"at least {LEAST_MEMORY >> 20} MiB, which an empty run takes"
        raise SpecError("memory_limit", least, str(memory_limit))


def local_events(
    architecture: Architecture,
    job: str,
    seed: int,
    requested: tuple[str, ...],
    progress: Progress,
    seconds: float | None = None,
    memory: int | None = None,
) -> Iterator[Event | str]:
    """Events of a run in this process; a last string says which limit stopped it.

    `seconds`: the time left, which criteria compare with their estimates; a foreign call may still take longer.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    context = Context(Ledger(), seed, deadline, progress, requested, memory)
    problem = Problem(architecture, seed, context.room(ENTRY_BYTES, ENTRY_LIMIT))
    try:
        with one_blas_thread():
            yield from run(problem, context, steps_for(problem, job))
    except OutOfTime as error:
        yield str(error)
    except MemoryError as error:
        yield f"memory limit reached during: {error}" if str(error) else "memory limit reached"


def _collect(stream: Iterable[Event | str]) -> tuple[list[Event], str | None]:
    """All events, and the reason why the stream ended early."""
    events: list[Event] = []
    try:
        for item in stream:
            if isinstance(item, str):
                return events, item
            events.append(item)
    except KeyboardInterrupt:
        return events, "interrupted"
    return events, None
