"""`python -m benchmarks.steps [SPEC...]`: what each step of the strategy said it would take, beside what it took.

Without arguments: the examples, the zoo and some larger architectures.  Printed are the steps for which either figure
is above a tenth of a second, the estimates that are off by most first.  Estimates that are off by more than a factor
of ten are counted at the end: a criterion that ends early (a search that finds at once, a test that fails at once)
takes less than it said, which is no fault.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import exactfact as ef
from exactfact.certificate.ledger import Ledger
from exactfact.criteria.outcome import Context
from exactfact.criteria.problem import Problem
from exactfact.pipeline.strategy import Event, run, steps_for

EXAMPLES = Path(__file__).parent.parent / "examples"
NOT_SPECS = {"expected.toml"}
SEEN = 0.1
FACTOR = 10.0
Named = tuple[str, ef.Architecture]


def main(paths: Sequence[str]) -> int:
    """Run everything and print the table; 0."""
    rows = [(_factor(event), event, name) for name, architecture in _named(paths) for event in _events(architecture)]
    seen = [row for row in rows if max(row[1].estimate, row[1].seconds) >= SEEN]
    print(f"{'step':22}{'estimate':>10}{'seconds':>10}  spec")
    for _, event, name in sorted(seen, key=lambda row: -row[0]):
        print(f"{event.criterion:22}{event.estimate:10.2f}{event.seconds:10.2f}  {name}")
    low = sum(event.seconds > FACTOR * event.estimate for _, event, _ in seen)
    high = sum(event.estimate > FACTOR * event.seconds for _, event, _ in seen)
    print(f"{len(rows)} steps, {len(seen)} above {SEEN} s; took {FACTOR:g} times more than said: {low}, less: {high}")
    return 0


def _factor(event: Event) -> float:
    low, high = sorted((event.estimate + 1e-3, event.seconds + 1e-3))
    return high / low


def _events(architecture: ef.Architecture) -> list[Event]:
    asked = ("uniform", "generic-finite", "generic", *(() if architecture.point is None else ("at-point",)))
    problem, context = Problem(architecture), Context(Ledger(), requested=asked)
    return list(run(problem, context, steps_for(problem, "certify")))


def _named(paths: Sequence[str]) -> Iterator[Named]:
    for path in map(Path, paths) if paths else sorted(EXAMPLES.glob("*.toml")) + sorted(EXAMPLES.glob("zoo/*.toml")):
        if path.name not in NOT_SPECS:
            yield path.name, ef.load(path)
    if not paths:
        yield from _larger()


def _larger() -> Iterator[Named]:
    for n in (40, 80):
        yield f"toeplitz {n} twice", ef.Architecture([ef.toeplitz(n, n)] * 2)
    for n in (5, 12):
        yield f"toeplitz {n} thrice", ef.Architecture([ef.toeplitz(n, n)] * 3)
    for levels in (7, 8):
        n = 2**levels
        yield f"butterfly {n}", ef.Architecture([ef.butterfly(n, level) for level in range(levels)])
    for n in (16, 64):
        yield f"circulant {n} thrice", ef.Architecture([ef.circulant(n, list(range(n)))] * 3)
    for n in (10, 20):
        yield f"full {n} twice", ef.Architecture([ef.full(n, n)] * 2)
    rng = random.Random(1)
    for size, parameters, depth in ((10, 4, 5), (30, 10, 4), (16, 2, 16), (40, 8, 8)):
        layers = [_sparse(size, parameters, rng) for _ in range(depth)]
        yield f"sparse {size}, S = {parameters}, K = {depth}", ef.Architecture(layers)
    for s, t, n in ((30, 30, 40), (100, 100, 250)):
        layers = [_dense(n, s, rng, diagonal=True), _dense(n, t, rng, diagonal=False)]
        yield f"blind deconvolution {s}, {t} in {n}", ef.Architecture(layers)


def _sparse(size: int, parameters: int, rng: random.Random) -> ef.Layer:
    places = [(i, j) for i in range(size) for j in range(size) if rng.random() < 0.3]
    entries = [[i, j, rng.randrange(parameters), rng.randint(1, 5)] for i, j in places]
    return ef.entries(size, size, parameters, entries)


def _dense(n: int, parameters: int, rng: random.Random, *, diagonal: bool) -> ef.Layer:
    entries = [[i, i if diagonal else 0, j, rng.randint(1, 9)] for i in range(n) for j in range(parameters)]
    return ef.entries(n, n if diagonal else 1, parameters, entries)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
