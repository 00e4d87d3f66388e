"""Rule 10.2: rescaling one hidden node refutes generic identifiability modulo scaling, over every infinite field.

Hypotheses: the node is hidden and its level has another node. Multiplying the edges into the node by mu and dividing
the edges out of it by mu leaves phi unchanged; the other node's edges stay, so the layers do not stay proportional:
infinitely many classes for generic h. Source: theory 10.2. Cost: none.
"""
from ..claims import Claim, Context
from ..errors import require
from ..families import fields


def check(claim: Claim, context: Context) -> None:
    """Accept iff the node is hidden and not alone on its level."""
    node = fields(claim.evidence, "evidence", "node")["node"]
    network = context.network
    require(node in network.hidden, "a hidden node", node)
    level = network.node_level[node]
    require(sum(x == level for x in network.node_level.values()) > 1, "another node on its level", node)
