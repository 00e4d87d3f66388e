"""The LaTeX report: an accepted certificate in, an article or a fragment out; same certificate, same bytes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exactfact.checker import check_certificate
from exactfact.checker.errors import Rejected, Unreadable
from exactfact.checker.reading import parse_json, read_bytes
from exactfact.model.atomic import write_atomically
from exactfact.reporting import latexmk
from exactfact.reporting.errors import ReportRefused
from exactfact.reporting.rendering import render

Certificate = Mapping[str, Any] | str | os.PathLike[str]


def report(
    certificate: Certificate,
    out_path: str | os.PathLike[str] | None = None,
    *,
    fragment: bool = False,
    pdf: bool = False,
    limit: int | None = None,
) -> str | Path:
    r"""Write the report of a certificate (a document, or the path of its file).

    The checker runs first, with its own limit of work unless `limit` is given.  Returns the LaTeX text, or the path
    written when `out_path` is given: the .tex file, or with `pdf` the .pdf beside it.  `fragment` leaves out the
    preamble, for ``\input`` in a paper.  Raises ReportRefused when some claim is rejected or not checked, LatexError
    when `pdf` is asked for and cannot be made, OSError on reading and writing.
    """
    if pdf and (fragment or out_path is None):
        raise ValueError("pdf: required a stand-alone report with an output path, received a fragment or no path")
    text = render(accepted(certificate, limit), fragment=fragment)
    if out_path is None:
        return text
    path = Path(out_path)
    if pdf:
        path = path.with_suffix(".tex")
    write_atomically(path, text)
    return latexmk.compile_pdf(path) if pdf else path


def accepted(certificate: Certificate, limit: int | None = None) -> dict[str, Any]:
    """The certificate document, once the checker has accepted every claim of it; otherwise ReportRefused.

    A file is read by the checker's own reader, which refuses duplicate keys and floats.
    """
    document = dict(certificate) if isinstance(certificate, Mapping) else _read(Path(certificate))
    outcome = check_certificate(document) if limit is None else check_certificate(document, limit=limit)
    if not outcome.accepted:
        failed = [
            (claim.id, claim.status, f"expected {claim.expected}, found {claim.found}")
            for claim in outcome.claims
            if claim.status != "accepted"
        ]
        raise ReportRefused(_why(outcome.problem, failed), failed)
    return dict(document)


def _read(path: Path) -> Any:
    with path.open("rb"):  # a missing file is an OSError, with its name
        pass
    try:
        return parse_json(read_bytes(str(path)))
    except (Unreadable, Rejected) as error:
        raise ReportRefused(f"the file is not a certificate: {error}") from error


def _why(problem: tuple[str, str, str] | None, failed: list[tuple[str, str, str]]) -> str:
    if problem is not None:
        return f"the certificate is malformed: {problem[0]}: expected {problem[1]}, found {problem[2]}"
    return "the checker does not accept the certificate" if failed else "the certificate has no claim"
