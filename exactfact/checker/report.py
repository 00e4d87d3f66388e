"""What a check returns and prints: one line a claim, then the notes, then a summary."""
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ClaimReport:
    """The outcome of one claim: status "accepted", "rejected" or "not-checked"."""

    id: str
    status: str
    statement: str
    summary: str
    rule: str
    expected: str
    found: str

    def line(self) -> str:
        """id, status, summary, [statement], and for a claim not accepted what was expected and found; ASCII only."""
        text = f"{self.id} {self.status}  {ascii(self.summary)[1:-1]}  [{ascii(self.statement)[1:-1]}]"
        if self.status == "rejected":
            text += f": rule {ascii(self.rule)[1:-1]}: expected {self.expected}; found {self.found}"
        return text + (f": {self.found}" if self.status == "not-checked" else "")


@dataclass(frozen=True)
class Report:
    """The outcome of a certificate; `exit_code` is 0 only when every claim is accepted and there is one."""

    digest: str
    limit: int
    claims: tuple[ClaimReport, ...]
    unchecked: tuple[str, ...] = ()
    problem: tuple[str, str, str] | None = None  # (rule, expected, found) of a certificate refused as a whole
    problem_code: int = 1

    @classmethod
    def refused(cls, rule: str, expected: str, found: str, code: int = 1) -> "Report":
        """A certificate that no claim of can be looked at."""
        return cls("", 0, (), (), (rule, expected, found), code)

    @property
    def exit_code(self) -> int:
        """0 accepted, 1 rejected, 2 unreadable, 5 not checked."""
        statuses = {claim.status for claim in self.claims}
        if self.problem:
            return self.problem_code
        if "rejected" in statuses or not statuses:
            return 1
        return 0 if statuses == {"accepted"} else 5

    @property
    def accepted(self) -> bool:
        """True iff every claim is accepted and there is at least one."""
        return self.exit_code == 0

    def lines(self) -> list[str]:
        """What is printed: a line for each claim, one for each note, a summary; one line for a file refused whole."""
        if self.problem:
            verb = "unreadable" if self.exit_code == 2 else "rejected"
            return ["certificate {}: rule {}: expected {}; found {}".format(verb, *self.problem)]
        count = [sum(c.status == s for c in self.claims) for s in ("accepted", "rejected", "not-checked")]
        word = {0: "accepted", 1: "rejected", 5: "not checked"}[self.exit_code]
        return [*(claim.line() for claim in self.claims), *(f"unchecked: {note}" for note in self.unchecked),
                f"certificate {word}: {count[0]} accepted, {count[1]} rejected, {count[2]} not checked; {self.digest}"]

    def document(self) -> dict[str, Any]:
        """What `--json` prints: claims and notes in the certificate's order; `problem` for a file refused whole."""
        keys = ("rule", "expected", "found")
        return {"accepted": self.accepted, "exit_code": self.exit_code, "digest": self.digest, "limit": self.limit,
                "claims": [asdict(claim) for claim in self.claims], "unchecked": list(self.unchecked),
                "problem": dict(zip(keys, self.problem, strict=True)) if self.problem else None}
