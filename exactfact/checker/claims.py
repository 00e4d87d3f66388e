"""The structure of claims, and what a rule may ask about the certificate around it.

A claim has exactly the keys of its kind; references point backwards only, to accepted claims. `Context` holds the
validated spec, the seed, the meter of the claim being checked, and the claims decided so far.
"""
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .chains import Chain, Matrix, expand
from .errors import Meter, NotChecked, Text, require, shown
from .families import fields
from .network import Network
from .numbers import Number, integer, number
from .primality import require_prime
from .spec import Spec, read_vectors

BOUND = "id kind quantity side value over statement evidence"
VERDICT = "id kind property modulo model over status statement evidence"


@dataclass(frozen=True)
class Claim:
    """A claim of either kind; fields of the other kind are empty (value -1)."""

    id: str
    kind: str
    over: str
    statement: str
    evidence: dict[str, Any]
    quantity: str = ""
    side: str = ""
    value: Number = -1
    property: str = ""
    modulo: str = ""
    model: str = ""
    status: str = ""

    @cached_property  # `property` is a field here
    def summary(self) -> str:
        """What is claimed, without the evidence, in one line: `rank >= 7 over QQ`.

        Its strings come from the certificate: a report escapes what is not ASCII.
        """
        if self.kind == "bound":
            sign = ">=" if self.side == "lower" else "<="
            return f"{self.quantity} {sign} {shown(self.value)} over {self.over}"
        return f"{self.property} modulo {self.modulo} {self.status} over {self.over} (model {self.model})"


def read_claim(document: Any, position: int) -> Claim:
    """The claim at a position of the list; only its form is checked here."""
    where = f"claim {position}"
    require(type(document) is dict and document.get("kind") in ("bound", "verdict"),
            f'{where}: an object of kind "bound" or "verdict"', document)
    f = fields(document, where, BOUND if document["kind"] == "bound" else VERDICT)
    require(f["id"] == f"c{position}", f'{where}: the id "c{position}"', f["id"])
    for key, value in f.items():
        if key == "value":
            f[key] = number(value, f"{where}, value")
        else:
            good = type(value) is dict if key == "evidence" else isinstance(value, str) and len(value) <= 100
            require(good, f"{where}, {key}: an object for evidence, else a short string", value)
    return Claim(**f)


@dataclass
class Context:
    """What a rule sees beside its claim: the spec, what earlier claims were found to be, and the meter.

    `seed`: the certificate's; `decided`: id -> (claim, "accepted", "rejected" or "not-checked") of the claims before
    this one, in order, so that no claim can rest on itself or on a later one.
    """

    spec: Spec
    seed: int
    meter: Meter
    decided: dict[str, tuple[Claim, str]] = field(default_factory=dict)

    @property
    def p(self) -> int:
        """The characteristic of the spec's field: 0 for QQ, p for GF(p)."""
        return self.spec.p

    @cached_property
    def chain(self) -> Chain:
        """The parametric layers with their fixed neighbours absorbed, expanded once.

        Rejects for a network; NotChecked when the cells of the operators are too many to store.
        """
        require(self.spec.network is None, "a chain of layers", Text("a network"))
        return expand(self.spec.operators, self.p, self.meter)

    @property
    def network(self) -> Network:
        """The spec's network; rejects for a chain of layers."""
        require(self.spec.network is not None, "a network", Text("a chain of layers"))
        return self.spec.network  # type: ignore[return-value]

    @property
    def dimension(self) -> int:
        """n = 1 + sum (S_k - 1): the parameters less the K - 1 scalings (theory 6.1)."""
        return 1 + sum(size - 1 for size in self.spec.parameters)

    def prime(self, value: Any, where: str = "prime") -> int:
        """A proved prime; the field's own over GF(p); prime to every denominator written in a chain's operators."""
        p = integer(value, where, 2)
        require_prime(p, where)
        require(self.p in (0, p), f"{where}: {self.p}, as the field is GF({self.p})", p)
        if not self.spec.network:
            require(all(d % p for d in self.chain.original), f"operators integral at {where}",
                    Text(f"a denominator divisible by {p}"))
        return p

    def reduced(self, p: int) -> tuple[tuple[Matrix, ...], ...]:
        """M_k(e_j) mod p of a chain, for a prime that `prime` accepted."""
        cells = sum(len(row) for layer in self.chain.layers for m in layer.matrices for row in m.values())
        self.meter.spend(150 * cells, "operators mod p")
        return self.chain.reduced(p)

    def vectors(self, value: Any, where: str) -> list[list[Number]]:
        """One vector of canonical numbers of the spec's field for each parametric layer (networks: level)."""
        return read_vectors(value, where, self.spec.parameters, lambda x, at: number(x, at, self.p))

    def point(self) -> list[list[Number]]:
        """h*: one vector over the spec's field for each parametric layer (level); rejects without one."""
        require(self.spec.point is not None, "a spec with a point", Text("no point"))
        return self.spec.point  # type: ignore[return-value]

    def reference(self, value: Any, where: str) -> Claim:
        """The claim before this one with the id `value`, which must have been accepted.

        Rejects an unknown, later or rejected id; NotChecked when that claim was not checked. `where` names the key.
        """
        claim, status = self.decided.get(value, (None, "")) if isinstance(value, str) else (None, "")
        if status == "not-checked":
            raise NotChecked(f"{where}: claim {value} was not checked", 0, self.meter.limit)
        if claim is None or status != "accepted":
            require(False, f"{where}: the id of an earlier accepted claim", value)
            raise AssertionError
        return claim

    def bound(self, value: Any, quantity: str, side: str) -> int:
        """The value of the earlier accepted bound on `quantity` with this side ("lower" or "upper").

        Rejects as `reference`, and another quantity or side. For quantities that count: the value as an integer.
        """
        claim = self.reference(value, quantity)
        require((claim.quantity, claim.side) == (quantity, side), f"a {side} bound on {quantity}", Text(claim.summary))
        return int(claim.value)

