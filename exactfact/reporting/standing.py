"""What stands behind a verdict: the statements it rests on, each with the kinds of proof that the registry knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exactfact.proving.registry import FORMAL, PAPER, PROVED, SMALL_CASES, statement, statement_order
from exactfact.reporting.escape import latex
from exactfact.reporting.subject import Claim, Subject

MEANING = {
    PAPER: "the statement, or the one that it is compared with, is in the cited work",
    PROVED: (
        r"the proof is in the file \efname{proofs/ID.md} of the software, where \efname{ID} is the number, complete up "
        "to theorems of textbooks that it names"
    ),
    SMALL_CASES: r"small sizes are proved by exhaustive computation; \efname{exactfact prove ID} does it again",
    FORMAL: "a proof assistant has verified the statement in the form that the software exports",
}
# Evidence under these keys is a name of the user's, never the id of a claim.
NAMES = ("leaf",)


def words(name: str) -> str:
    """``proved here, small cases``."""
    return ", ".join(statement(name).standing) or "not in the registry of this version"


def legend(names: Iterable[str]) -> str:
    """One sentence on the words that occur, in LaTeX."""
    held = {status for name in names for status in statement(name).standing}
    parts = [rf"\emph{{{status}}}: {meaning}" for status, meaning in MEANING.items() if status in held]
    return f"What stands behind a statement: {'; '.join(parts)}." if parts else ""


def behind(subject: Subject, claims: Sequence[Claim], cited: Iterable[str]) -> str:
    """LaTeX: the statements that the claims, and all claims they refer to, rest on; those cited in the proof too.

    The report will list them all.
    """
    names = {*cited}
    for claim in claims:
        names.update(_statements(subject, claim))
    subject.cited.update(dict.fromkeys(names))
    together: dict[str, list[str]] = {}
    for name in sorted(names, key=statement_order):
        together.setdefault(words(name), []).append(latex(name, breakable=False))
    return "; ".join(f"{', '.join(held)} ({how})" for how, held in together.items())


def _statements(subject: Subject, claim: Claim) -> Iterator[str]:
    """The statement of a claim and, through its evidence, those of earlier claims; references point backwards only."""
    seen, waiting = {claim["id"]}, [claim]
    while waiting:
        current = waiting.pop()
        yield current["statement"]
        for key, value in current["evidence"].items():
            if key not in NAMES and isinstance(value, str) and value in subject.claims and value not in seen:
                seen.add(value)
                waiting.append(subject.claims[value])
