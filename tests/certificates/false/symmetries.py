"""Faults of gauges, swaps and permutations (theory 6.3 to 6.5, 8.2)."""
from tests.certificates.changes import change
from tests.certificates.true import symmetries
from tests.checker.build import Json


def maps() -> dict[str, Json]:
    """Symmetries that are none, or not as many."""
    dense, swap, turn = symmetries.dense_gauge, symmetries.commuting_layers, symmetries.turned_layers
    return {
        "gauge-value-too-small": change(dense, ("claims/0/value", 3)),
        "gauge-field-wrong": change(dense, ("claims/0/evidence/fields/0/D/0/3", 2)),
        "gauge-dimension-wrong": change(dense, ("claims/11/evidence/dimension", 2)),
        "ratios-blocks-too-coarse": change(dense, ("claims/12/evidence/blocks/0", [[0, 1], [2], [3]])),
        "swap-of-other-vectors": change(swap, ("claims/0/evidence/C", [[0, 0, 1], [1, 1, 2]])),
        "swap-count-too-large": change(swap, ("claims/3/value", 3)),
        "layer-maps-identity": change(turn, ("claims/0/evidence", {"C": [], "Z": []})),
        "layer-maps-count-too-large": change(turn, ("claims/1/value", 4)),
    }
