"""What a report is about: the certificate, its architecture, its facts, and a record of the statements cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

from exactfact.certificate.facts import facts, verdict_rows
from exactfact.certificate.numbers import decode_number
from exactfact.model import Architecture, Network, from_document
from exactfact.proving.registry import statement
from exactfact.reporting.escape import latex
from exactfact.reporting.notes import sound

Claim = Mapping[str, Any]

FIELD_SYMBOLS = {"QQ": r"\mathbb Q", "RR": r"\mathbb R", "CC": r"\mathbb C"}


@dataclass(frozen=True)
class Subject:
    """An accepted certificate, read once.  `cited` collects statement numbers as the text mentions them."""

    document: Mapping[str, Any]
    architecture: Architecture
    facts: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    claims: Mapping[str, Claim]
    cited: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Subject:
        """Read a certificate document that the checker accepted; notes that are not understood are left out."""
        document = {**document, "notes": sound(document["notes"])}
        architecture = from_document(dict(document["spec"]))
        claims = {claim["id"]: claim for claim in document["claims"]}
        rows = tuple(verdict_rows(document, architecture))
        return cls(document, architecture, facts(document, architecture), rows, claims)

    @property
    def network(self) -> Network | None:
        """The network, or None for a chain of layers."""
        return self.architecture.network

    def statement(self, name: str) -> str:
        """A reference to a statement and its sources; the statement will be listed in the report."""
        self.cited.setdefault(name, None)
        works = ",".join(statement(name).sources)
        return rf"\efstatement{{{latex(name, breakable=False)}}}" + (rf"~\efcite{{{works}}}" if works else "")

    def value(self, claim_id: str) -> int:
        """The value of the bound claim with this id, for quantities that count."""
        return int(decode_number(self.claims[claim_id]["value"]))

    def free_parameters(self) -> int:
        """The number n = 1 + sum (S_k - 1): the dimension of the set of classes modulo scaling."""
        return 1 + sum(size - 1 for size in self.architecture.parameters)

    def columns(self) -> int:
        """The number of columns of the lifted map: prod S_k, for networks the number of path multi-indices."""
        if self.network is not None:
            return sum(self.network.path_counts.values())
        return prod(self.architecture.parameters)

    def path_dimension(self) -> int:
        """The number sum |S_e| minus the number of hidden nodes (networks only)."""
        if self.network is None:
            raise ValueError("path_dimension: required a network, received a chain of layers")
        return sum(self.network.parameters) - len(self.network.hidden)


def claim_mark(*claim_ids: str) -> str:
    """A reference to one or several claims of the certificate, in parentheses."""
    names = ", ".join(rf"\efname{{{latex(claim_id)}}}" for claim_id in claim_ids)
    return rf"\efclaim{{{'claim' if len(claim_ids) == 1 else 'claims'}~{names}}}"


def claim_name(claim_id: str) -> str:
    """A claim as a noun in running text."""
    return rf"claim~\efname{{{latex(claim_id)}}}"


def field_symbol(name: str) -> str:
    r"""``\mathbb C`` for "CC", ``\mathbb F_{7}`` for "GF(7)" (mathematics)."""
    if name in FIELD_SYMBOLS:
        return FIELD_SYMBOLS[name]
    return rf"\mathbb F_{{{latex(name.removeprefix('GF(').removesuffix(')'))}}}"


def field_list(names: list[str]) -> str:
    r"""``$\mathbb C$, $\mathbb R$ and $\mathbb Q$``."""
    symbols = [f"${field_symbol(name)}$" for name in names]
    return symbols[0] if len(symbols) == 1 else ", ".join(symbols[:-1]) + " and " + symbols[-1]
