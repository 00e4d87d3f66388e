"""`exactfact explain`: why, in words, and what to change."""

from __future__ import annotations

import json
import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import exactfact as ef
from exactfact.cli import exits, files, values
from exactfact.cli.progress import Progress
from exactfact.cli.specs import load

SUMMARY = "say in words why each property holds or fails, and what to change"
DESCRIPTION = """\
Say in words what a certificate proves: which symmetry makes a property fail,
which two parameter vectors have the same product, how many solutions there
are, what was tried where nothing is decided. Then look for the smallest change
of the spec that restores identifiability, and certify it. The checker runs
first; a certificate that it rejects is refused. A spec is certified first."""
EXAMPLE = """\
examples:
  exactfact explain cert.json
  exactfact explain spec.toml --no-changes
  exactfact explain spec.toml --write-change changed.toml

exit codes: 0 explained; 1 the checker did not accept the certificate; 2 bad
usage or spec; 3 --write-change was given and no change was found; 5 a limit
was reached (what was reached is explained); 130 interrupted."""

SEARCH_SECONDS = 30.0


def configure(parser: ArgumentParser) -> None:
    """Declare the arguments of `explain` that `run` reads; wrong ones end in the usage and exit code 2."""
    parser.add_argument("file", metavar="CERT.json|SPEC", help="a certificate, or a spec (- is standard input)")
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument("--no-changes", action="store_true", help="do not look for changes of the spec")
    changes.add_argument("--write-change", metavar="FILE", help="write the spec of the first change (.toml or .json)")
    parser.add_argument("--seed", type=values.whole, default=0, metavar="N", help="seed of random points (default 0)")
    parser.add_argument("--time-limit", type=values.seconds, metavar="S", help="seconds in all (changes: at most 30)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace) -> int:
    """Check or certify, explain, then search for changes."""
    from exactfact.pipeline.explanation import explanation, text
    from exactfact.reporting.escape import plain

    start = time.monotonic()
    target = None if options.write_change is None else files.target(options.write_change, options.file)
    with Progress(options.file) as progress:
        document, architecture, stopped = _document(options, progress)
    explained = explanation(document, architecture)
    if not options.json:
        print("\n".join(map(plain, text(explained, _columns()).splitlines())), flush=True)
    left = SEARCH_SECONDS
    if options.time_limit is not None:
        left = min(left, options.time_limit - (time.monotonic() - start))
    proposals: list[Any] = []
    if not options.no_changes and stopped is None:
        with Progress(options.file) as progress:
            proposals = _changes(architecture, document, options.seed, left, progress)
    _show(options, document, architecture, explained, proposals)
    if stopped is not None:
        print(f"exactfact: {stopped}; what was reached is explained", file=sys.stderr)
        return exits.INTERRUPTED if stopped == "interrupted" else exits.LIMIT
    return exits.OK if target is None else _write(target, options.write_change, proposals)


def _document(options: Namespace, progress: Progress) -> tuple[dict[str, Any], ef.Architecture, str | None]:
    """An accepted certificate document, the architecture, and which limit cut the run, if any."""
    from exactfact.model import from_document
    from exactfact.reporting.document import accepted

    if _is_certificate(options.file):
        document = accepted(options.file)
        return document, from_document(dict(document["spec"])), None
    result = ef.certify(
        load(options.file), seed=options.seed, time_limit=options.time_limit, progress=progress, isolate=True
    )
    document = json.loads(result.certificate.text())
    return accepted(document) if document["claims"] else document, result.architecture, result.stopped


def _is_certificate(name: str) -> bool:
    """Whether the file is JSON with the key "format": specs have none."""
    if name == "-" or not Path(name).is_file():
        return False
    content = Path(name).read_bytes()
    if not content.lstrip().startswith(b"{"):
        return False
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return b'"exactfact-certificate"' in content
    return isinstance(document, dict) and "format" in document


def _changes(
    architecture: ef.Architecture, document: dict[str, Any], seed: int, seconds: float, progress: Progress
) -> list[Any]:
    """Proposals whose own certificates the checker accepts."""
    from exactfact.checker import check_certificate
    from exactfact.pipeline.changes import find_changes

    found = find_changes(architecture, document, seed=seed, seconds=seconds, progress=progress)
    return [p for p in found if check_certificate(json.loads(p.result.certificate.text())).accepted]


def _show(
    options: Namespace,
    document: dict[str, Any],
    architecture: ef.Architecture,
    explained: Any,
    proposals: list[Any],
) -> None:
    from exactfact.pipeline import changes as found
    from exactfact.reporting.escape import plain

    if options.json:
        changes = None if options.no_changes else [found.document(proposal) for proposal in proposals]
        shown = {"exactfact": 1, "digest": document["digest"], **explained.document(), "changes": changes}
        print(json.dumps(shown, indent=2), flush=True)
    elif not options.no_changes and found.aim(architecture, document) is not None:
        print()
        print("\n".join(map(plain, found.text(proposals, _columns()).splitlines())), flush=True)


def _write(target: Path, name: str, proposals: list[Any]) -> int:
    from exactfact.model import save

    if not proposals:
        print("exactfact: no change was found, nothing is written", file=sys.stderr)
        return exits.UNDECIDED
    save(proposals[0].change.architecture, target)
    print(f"changed spec written to {name}", file=sys.stderr)
    return exits.OK


def _columns() -> int:
    return shutil.get_terminal_size((100, 24)).columns
