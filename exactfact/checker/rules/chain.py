"""Rule 3.1 and 3.3: rank A <= value, by chains of spans (evidence: the certificate's section on chains).

One chain from the left; or two that meet at a cut, the second from the right: im A is spanned by the products of the
two last levels, so the right one stands as a layer of its own behind the left layers (theory 3.3); or one of these for
each connected component, whose ranks add up. Source: theory 3.1, 3.3, 2.7c. Cost: that of the chains.
"""
from typing import Any

from ..chains import Layer
from ..claims import Claim, Context
from ..errors import require
from ..families import fields, listing, whole
from .chain_span import spanned
from .components import components, reached
from .matrices import transpose


def check(claim: Claim, context: Context) -> None:
    """Accept iff the spaces found have at most `value` dimensions in all."""
    layers = context.chain.layers
    if "parts" in claim.evidence or "cut" in claim.evidence:
        layers = reached(layers, context)
    if "parts" in claim.evidence:
        parts = components(layers, context)
        given = listing(fields(claim.evidence, "evidence", "parts")["parts"], "parts", len(parts))
        size = sum(_dimension(evidence, part, context) for evidence, part in zip(given, parts, strict=True))
    else:
        size = _dimension(claim.evidence, layers, context)
    require(size <= claim.value, f"a value >= {size}, the dimension of the spans", claim.value)


def _dimension(evidence: Any, layers: tuple[Layer, ...], context: Context) -> int:
    if type(evidence) is not dict or "cut" not in evidence:
        return spanned(evidence, layers, context).size
    f = fields(evidence, "evidence", "cut left right")
    cut = whole(f["cut"], "cut", 0, len(layers))
    turned = tuple(Layer(x.cols, x.rows, 1, tuple(map(transpose, x.matrices))) for x in reversed(layers[cut:]))
    right = spanned(f["right"], turned, context, vectors=True).matrices
    behind = Layer(layers[cut].rows, layers[-1].cols, 1, tuple(map(transpose, right)))
    return spanned(f["left"], (*layers[:cut], behind), context).size
