"""The licences: which statement may prove which claim, and the rule that checks its evidence.

A rule is a function (claim, context) -> None that raises `Rejected` or `NotChecked`. What is not in these tables is
rejected: a statement never licenses another quantity, property, ambiguity group, model, field or status.
"""
from ..claims import Claim, Context
from ..errors import Text, require
from .bounds import BOUNDS, FIELDS, ONLY_QQ, RATIONAL, Rule
from .verdicts import VERDICTS, Licence

__all__ = ["BOUNDS", "VERDICTS", "Licence", "find_rule"]


def find_rule(claim: Claim, context: Context) -> Rule:
    """The rule that licenses exactly this claim, or `Rejected`."""
    field = f"GF({context.p})" if context.p else "QQ"
    kind = "network" if context.spec.network else "chain"
    if claim.kind == "bound":
        return _bound_rule(claim, kind, field)
    matching = [x for x in VERDICTS if (x.statement, x.modulo, x.status) == (
        claim.statement, claim.modulo, claim.status) and claim.property in x.properties.split()]
    require(bool(matching), "a statement that licenses this property, group and status", Text(
        f"{claim.statement!a} for {claim.summary!a}"))
    row = matching[0]
    over = [field] if context.p else row.over.split()
    require(claim.over in over, f"over {' or '.join(over)}", claim.over)
    if context.p:
        require(claim.property in ("uniform", "at-point"), f"uniform or at-point over {field}", claim.property)
    require(kind in row.kinds.split(), f"a {row.kinds} spec", Text(f"a {kind}"))
    _require_model(claim, row, context)
    if claim.property == "at-point":
        context.point()
    return row.rule


def _bound_rule(claim: Claim, kind: str, field: str) -> Rule:
    found = BOUNDS.get((claim.quantity, claim.statement))
    if found is None:
        require(False, "a statement that licenses a bound on this quantity", Text(
            f"{claim.statement!a} for {claim.quantity!a}"))
        raise AssertionError
    sides, kinds, rule = found
    whole = "an integer" if claim.quantity not in RATIONAL else "a number"
    require(claim.value >= 0 and (type(claim.value) is int or claim.quantity in RATIONAL), f"value: {whole} >= 0",
            claim.value)
    require(claim.side in sides.split(), f"side {sides}", claim.side)
    over = FIELDS.get((claim.quantity, claim.statement), field).split()
    require(claim.over in over, f"over {' or '.join(over)}", claim.over)
    require(field == "QQ" or claim.quantity not in ONLY_QQ, f"{claim.quantity} in a spec over QQ", field)
    require(kind in kinds.split(), f"a {kinds} spec", Text(f"a {kind}"))
    return rule


MODEL_PROPERTIES = ("uniform", "at-point", "stable", "recovery", "tensor-recovery")


def _require_model(claim: Claim, row: Licence, context: Context) -> None:
    require(claim.model in row.models.split(), f"model {row.models}", claim.model)
    if claim.model == "spec":
        require(bool(context.spec.models), "a spec with a model", Text("no model"))
        require(claim.property in MODEL_PROPERTIES, "no generic property for model spec", claim.property)
        if claim.property == "at-point":
            h = context.point()
            require(all(model.allows(h) for model in context.spec.models), "h* in the model", Text("h* outside it"))
    require(claim.model != "zero-edges-allowed" or context.spec.network is not None,
            "zero-edges-allowed for networks only", claim.model)
