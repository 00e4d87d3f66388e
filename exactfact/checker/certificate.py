"""The check of a whole certificate: header, digest, spec, then each claim by the rule that its statement names."""
from typing import Any

from .claims import Claim, Context, read_claim
from .errors import DEFAULT_LIMIT, Meter, NotChecked, Rejected, Text, Unreadable, require, shown
from .families import fields, listing
from .numbers import integer, is_integer
from .reading import canonical_bytes, parse_json, parse_spec, read_bytes
from .report import ClaimReport, Report
from .rules import find_rule
from .spec import digest, read_embedded, read_spec

HEADER = "format version spec digest seed software claims notes"


def check_file(path: str, spec: str | None = None, limit: int = DEFAULT_LIMIT) -> Report:
    """Check a certificate file, and that it is about the spec in the file `spec` if given."""
    try:
        document = parse_json(read_bytes(path))
        given = None if spec is None else parse_spec(spec)
        return check_certificate(document, limit, given)
    except Unreadable as error:
        return Report.refused("readable", "a readable JSON file", str(error), 2)
    except Rejected as error:
        return Report.refused(error.rule or "format", error.expected, error.found)


def check_certificate(document: Any, limit: int = DEFAULT_LIMIT, spec: Any = None) -> Report:
    """Check a certificate given as a JSON value; `limit` bounds the steps of each claim."""
    try:
        context, claims, notes = _header(document, limit)
    except Rejected as error:
        return Report.refused(error.rule or "format", error.expected, error.found)
    if spec is not None:
        try:
            expected = digest(read_spec(spec).document)
            require(expected == document["digest"], f"the digest of the given spec, {expected}", document["digest"])
        except Rejected as error:
            return Report.refused("spec", error.expected, error.found)
    reports = [_check(claim, position, context, limit) for position, claim in enumerate(claims)]
    return Report(document["digest"], limit, tuple(reports), tuple(notes))


def _header(document: Any, limit: int) -> tuple[Context, list[Any], list[str]]:
    f = fields(document, "certificate", HEADER)
    require(f["format"] == "exactfact-certificate", 'format "exactfact-certificate"', f["format"])
    require(is_integer(f["version"]) and f["version"] == 1, "version 1", f["version"])
    require(isinstance(f["software"], str), "software: a string", f["software"])
    seed = integer(f["seed"], "seed", 0, 1 << 128)
    expected = digest(f["spec"])
    if f["digest"] != expected:
        raise Rejected(f"the digest of the embedded spec, {expected}", shown(f["digest"]), "digest")
    try:
        spec = read_embedded(f["spec"])
    except Rejected as error:
        raise Rejected(error.expected, error.found, "spec") from error
    notes = listing(f["notes"], "notes")
    require(all(type(note) is dict for note in notes), "notes: objects", notes)
    claims = listing(f["claims"], "claims")
    require(bool(claims), "at least one claim", Text("none"))
    return Context(spec, seed, Meter(limit)), claims, [canonical_bytes(note).decode()[:400] for note in notes]


def _check(document: Any, position: int, context: Context, limit: int) -> ClaimReport:
    name, statement, claim = f"c{position}", "", None
    try:
        claim = read_claim(document, position)
        statement = claim.statement
        context.meter = Meter(limit)
        find_rule(claim, context)(claim, context)
    except Rejected as error:
        return ClaimReport(name, "rejected", statement, _summary(claim), error.rule or statement or "format",
                           error.expected, error.found)
    except NotChecked as error:
        context.decided[name] = claim, "not-checked"  # type: ignore[assignment]
        return ClaimReport(name, "not-checked", statement, _summary(claim), statement, "", str(error))
    context.decided[name] = claim, "accepted"
    return ClaimReport(name, "accepted", statement, claim.summary, statement, "", "")


def _summary(claim: Claim | None) -> str:
    return claim.summary if claim else ""
