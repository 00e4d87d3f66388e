"""`exactfact bound`: how far the true parameters can be from what a solver found."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exactfact.cli import exits, files, values
from exactfact.cli.failures import UsageError
from exactfact.cli.progress import Progress
from exactfact.cli.specs import load

if TYPE_CHECKING:
    from exactfact.certificate.claims import Claim
    from exactfact.model import Architecture
    from exactfact.pipeline.recovery_result import Recovery

SUMMARY = "bound the distance from a solver's output to every solution"
DESCRIPTION = """\
Take the parameters that any solver found and the measured product, and certify
a radius around them that holds every solution with noise at most DELTA, up to
the rescalings that never change the product."""
EXAMPLE = """\
examples:
  exactfact bound spec.toml --estimate h.npz --data X.npy --noise 0.01
  exactfact bound net.toml --estimate h.json --data kernels.npz -o cert.json
  exactfact bound net.toml --estimate h.json --data x.npy --path e1,e2,e3

Files: .npy, .npz, .json, for data also .mtx; floats are taken exactly.
ESTIMATE holds a vector for each layer with parameters (h0, h1, ... or the
layers' names; networks: the edges' names). DATA holds the matrix X; networks:
one kernel for each leaf. Norms are Frobenius norms of the product.
exit codes: 0 certified; 1 a certificate of --certificate is not accepted;
2 bad usage, spec or file; 3 not certified; 5 a limit was reached."""


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `bound` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("spec", metavar="SPEC", help="a TOML or JSON spec; - is standard input")
    parser.add_argument("--estimate", required=True, metavar="FILE", help="what the solver found")
    parser.add_argument("--data", required=True, metavar="FILE", help="the measured product")
    parser.add_argument(
        "--noise", type=_noise, metavar="DELTA", help="bound on the noise, exact decimals (default: the misfit eta)"
    )
    parser.add_argument("--path", metavar="E1,E2,...", help="one path of a network: the names of its edges")
    parser.add_argument("--certificate", metavar="CERT.json", help="use the bounds of this certificate, once accepted")
    parser.add_argument("-o", "--output", metavar="OUT.json", help="the certificate of the error bound")
    parser.add_argument("--plot", metavar="FILE", help="a picture of radius against noise (.pdf, .png, .svg)")
    parser.add_argument("--seed", type=values.whole, default=0, metavar="N", help="seed of random points (default 0)")
    parser.add_argument("--time-limit", type=values.seconds, metavar="S", help="seconds in all")
    printed = parser.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help="print JSON")
    printed.add_argument("--quiet", action="store_true", help="print errors only; the exit code answers")


def _noise(text: str) -> Any:
    from exactfact.model import SpecError
    from exactfact.model.numbers import number

    try:
        value = number(text)
    except SpecError:
        value = -1
    if value < 0:
        raise ArgumentTypeError(f"required a number >= 0 such as 0.01 or 1e-3, received {text!r}")
    return value


def run(options: Namespace) -> int:
    """Bound the distance to every solution, print it, write certificate and picture; returns the exit code.

    0 a radius is certified, 3 none is, 5 a limit was reached.  Raises UsageError, SpecError, LimitError.
    """
    from exactfact.criteria.outcome import OutOfTime
    from exactfact.model.data_files import read_numbers
    from exactfact.pipeline.recovery import bound

    inputs = [name for name in (options.spec, options.estimate, options.data, options.certificate) if name]
    targets = [None if name is None else files.target(name, *inputs) for name in (options.output, options.plot)]
    if options.plot is not None:
        from exactfact.reporting.plot import require_matplotlib

        require_matplotlib(options.plot)
    architecture = load(options.spec)
    claims = None if options.certificate is None else _claims(options.certificate, architecture)
    with Progress(options.spec) as progress:
        try:
            found = bound(
                architecture,
                read_numbers(options.estimate, "an estimate"),
                read_numbers(options.data, "data"),
                noise=options.noise,
                path=None if options.path is None else [name.strip() for name in options.path.split(",")],
                claims=claims,
                seed=options.seed,
                time_limit=options.time_limit,
                progress=progress,
                with_certificate=any(targets),
            )
        except OutOfTime as error:
            print(f"exactfact: {error}", file=sys.stderr)
            return exits.LIMIT
    saved = _save(options, found, targets[0])
    _draw(options, found, targets[1])
    if options.json:
        print(json.dumps({**found.document(), "certificate": options.output if saved else None}, indent=2))
    elif not options.quiet:
        from exactfact.reporting.escape import plain

        print("\n".join(map(plain, found.lines())))
    return found.exit_code


def _claims(name: str, architecture: Architecture) -> list[Claim]:
    """The claims of a certificate about this spec that the checker accepts."""
    from exactfact.pipeline.recovery import read_claims
    from exactfact.reporting.document import accepted

    document = accepted(name)
    if document["digest"] != architecture.digest:
        raise UsageError(f"{name}: required a certificate about the same spec, received one about another")
    return read_claims(document)


def _save(options: Namespace, found: Recovery, target: Path | None) -> bool:
    if target is None:
        return False
    if found.certificate is None:
        print(f"exactfact: nothing is certified, {options.output} is not written", file=sys.stderr)
        return False
    found.certificate.save(target)
    if not options.quiet and not options.json:
        print(f"certificate written to {options.output}", file=sys.stderr)
    return True


def _draw(options: Namespace, found: Recovery, target: Path | None) -> None:
    from exactfact.stability.noise_curve import noise_curve

    if target is None:
        return
    certificate = found.certificate
    curve = None if certificate is None else noise_curve(certificate.document(), found.architecture)
    if curve is None:
        print(f"exactfact: no radius is certified, {options.plot} is not written", file=sys.stderr)
        return
    from exactfact.reporting.plot import draw

    draw(curve, target)
