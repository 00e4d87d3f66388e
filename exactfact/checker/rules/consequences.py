"""Rule 4.1: what uniform identifiability modulo scaling implies, by its definition.

Hypothesis: an accepted proof of `uniform` modulo scaling, model full, over the same field. Then `uniform` holds for
the spec's model, `at-point` when every layer of h* is nonzero (model spec: and h* lies in it), and over CC `generic`
and `generic-finite`. Source: theory 4.1 (i), 0.4. Cost: none.
"""
from ..claims import Claim, Context
from ..errors import Text, require
from ..families import fields
from .kernel_zero import require_nonzero


def check(claim: Claim, context: Context) -> None:
    """Accept iff `uniform` is proved over the same field and implies the claim; at-point: no zero layer."""
    other = context.reference(fields(claim.evidence, "evidence", "uniform")["uniform"], "uniform")
    require_verdict(other, ("uniform", "scaling", "full", "proved", claim.over),
                    f"uniform modulo scaling proved over {claim.over}")
    require((claim.property, claim.model) != ("uniform", "full"), "another claim than uniform for the model full",
            Text(other.summary))
    if claim.property == "at-point":
        require_nonzero(context.point(), "h*")


def require_verdict(other: Claim, wanted: tuple[str, str, str, str, str], expected: str) -> None:
    """Reject unless a claim referred to has the property, group, model, status and field that are wanted."""
    found = (other.property, other.modulo, other.model, other.status, other.over)
    require(found == wanted, expected, Text(other.summary))
