"""Faults of the evidence about spans of partial products (theory 3.1)."""
from tests.certificates.changes import change
from tests.certificates.true import networks, spans
from tests.checker.build import Json


def relations() -> dict[str, Json]:
    """Bases, relations and annihilators, level by level."""
    narrow = spans.narrow_relations
    return {
        "chain-relation-coefficient-wrong": change(narrow, ("claims/0/evidence/relations/0/3", [[0, 3]])),
        "chain-relation-missing": change(narrow, drop="claims/0/evidence/relations/0"),
        "chain-relation-only-mod-p": change(narrow, ("claims/0/evidence/relations/0/3", [[0, 2 + 65521]])),
        "chain-basis-vector-missing": change(narrow, drop="claims/0/evidence/levels/1/1"),
        "chain-value-below-length": change(narrow, ("claims/0/value", 1)),
        "chain-level-missing": change(narrow, drop="claims/0/evidence/levels/1"),
        "chain-parent-out-of-range": change(narrow, ("claims/0/evidence/levels/1/1", [1, 1])),
        "chain-annihilator-wrong": change(narrow, ("claims/1/evidence/annihilators/0/1", [[[0, 1], [1, -1]]])),
        "chain-annihilators-too-few": change(narrow, ("claims/1/evidence/annihilators/0/1", [])),
        "chain-annihilators-without-prime": change(narrow, ("claims/1/evidence/prime", None)),
    }


def full_levels() -> dict[str, Json]:
    """Levels that are said to fill their cells."""
    tied = spans.full_then_tied
    return {
        "full-level-with-annihilators": change(tied, ("claims/0/evidence/annihilators/0/0", 0)),
        "full-level-with-a-relation": change(tied, ("claims/1/evidence/relations/1/0", 0)),
        "full-last-level-above-value": change(tied, ("claims/2/value", 1)),
        "full-level-unit-cell-out-of-range": change(tied, ("claims/0/evidence/levels/1/0/0", 2)),
        "full-level-relation-missing": change(tied, drop="claims/1/evidence/relations/2"),
        "full-level-wrong-relation": change(tied, ("claims/1/evidence/relations/0/3/0/1", 2)),
        "full-level-annihilator-missing": change(tied, ("claims/0/evidence/annihilators/0/1", [])),
    }


def cuts_and_components() -> dict[str, Json]:
    """Chains that meet at a cut, and layers that fall into components."""
    sides, parts = spans.two_sides, spans.two_components
    return {
        "two-sides-cut-out-of-range": change(sides, ("claims/0/evidence/cut", 2)),
        "two-sides-another-cut": change(sides, ("claims/1/evidence/cut", 1)),
        "two-sides-right-relation-missing": change(sides, drop="claims/1/evidence/right/relations/0"),
        "two-sides-right-basis-too-small": change(sides, ("claims/0/evidence/right/levels/0", [[0, 0]])),
        "two-sides-left-relation-wrong": change(sides, ("claims/0/evidence/left/relations/0/3/0/1", 3)),
        "two-sides-nested": change(sides, ("claims/0/evidence/right", spans.two_sides()["claims"][0]["evidence"])),
        "components-one-too-few": change(parts, drop="claims/0/evidence/parts/1"),
        "components-value-too-small": change(parts, ("claims/0/value", 2)),
        "components-of-a-connected-chain": change(sides, ("claims/0/evidence", {
            "parts": [spans.two_sides()["claims"][0]["evidence"]] * 2})),
        "components-split-false": change(parts, ("claims/1/evidence/split", False)),
        "components-not-split": change(parts, drop="claims/1/evidence/split"),
        "components-value-above-rank": change(parts, ("claims/1/value", 4)),
        "components-of-a-network": change(networks.dilated_chain, ("claims/18/evidence/split", True)),
    }
