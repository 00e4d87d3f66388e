"""Faults of the file: its text, its header and its spec."""
import json

from tests.certificates.changes import change, spec_change
from tests.certificates.true import jacobians, networks, ranks, spans
from tests.checker.build import Json


def headers() -> dict[str, Json]:
    """Faults of the header and of what goes with it."""
    base = ranks.lifting_by_columns
    return {
        "digest-wrong": change(base, ("digest", "sha256:" + "0" * 64)),
        "digest-missing": change(base, drop="digest"),
        "version-unknown": change(base, ("version", 2)),
        "version-true": change(base, ("version", True)),
        "format-unknown": change(base, ("format", "exactfact-report")),
        "key-unknown": change(base, ("signature", "x")),
        "seed-negative": change(base, ("seed", -1)),
        "claims-empty": change(base, ("claims", [])),
        "notes-not-objects": change(base, ("notes", ["c0"])),
        "spec-changed-digest-kept": change(base, ("spec/title", "other")),
    }


def specs() -> dict[str, Json]:
    """Faults of the spec, whose digest fits."""
    base = ranks.lifting_by_columns
    return {
        "spec-not-canonical-support": spec_change(networks.dilated_chain, ("spec/network/edge/0/support", [0, 1])),
        "spec-default-missing": spec_change(base, drop="spec/title"),
        "spec-unknown-key": spec_change(base, ("spec/layer/0/depth", 1)),
        "spec-unknown-operator": spec_change(base, ("spec/layer/0/operator", "dense")),
        "spec-shapes-do-not-match": spec_change(base, ("spec/layer/0/cols", 3)),
        "spec-index-out-of-range": spec_change(jacobians.dead_by_support, ("spec/layer/0/entries/0/0", 2)),
        "spec-index-negative": spec_change(jacobians.dead_by_support, ("spec/layer/0/entries/0/0", -1)),
        "spec-index-true": spec_change(jacobians.dead_by_support, ("spec/layer/0/entries/1/0", True)),
        "spec-fraction-not-reduced": spec_change(spans.toeplitz_relations, ("spec/layer/0/matrix/0/0", "2/4")),
        "spec-integer-in-hex-below-2-53": spec_change(base, ("spec/point/h/0/0", "0x1")),
        "spec-residue-out-of-range": spec_change(ranks.finite_field, ("spec/layer/1/matrices/0/1/2", 9)),
        "spec-field-not-prime": spec_change(ranks.finite_field, ("spec/field", "GF(15)")),
        "spec-network-cycle": spec_change(networks.dilated_chain, ("spec/network/edge/2/from", "v1")),
        "spec-network-unequal-lengths": spec_change(networks.haar_tree, ("spec/network/edge/4/to", "out")),
        "spec-network-taps-equal-modulo-n": spec_change(
            networks.dilated_chain, ("spec/network/edge/0/support", [[0], [16]])),
        "spec-network-stride-does-not-divide": spec_change(networks.haar_tree, ("spec/network/layer/0/stride", 3)),
        "spec-model-outside-layer": spec_change(base, ("spec/model/0/supports", [[0, 2]])),
        "spec-point-too-short": spec_change(base, ("spec/point/h/0", [1])),
    }


def texts() -> dict[str, bytes]:
    """Faults of the text itself."""
    text = json.dumps(ranks.lifting_by_columns(), indent=1)
    return {
        "text-duplicate-key": text.replace('"version": 1,', '"version": 1, "version": 1,', 1).encode(),
        "text-float": text.replace('"version": 1,', '"version": 1.0,', 1).encode(),
        "text-exponent": text.replace('"seed": 0', '"seed": 1e1', 1).encode(),
        "text-nan": text.replace('"seed": 0', '"seed": NaN', 1).encode(),
        "text-large-integer-in-decimal": text.replace('"seed": 0', f'"seed": {1 << 53}', 1).encode(),
        "text-huge-integer": text.replace('"seed": 0', '"seed": ' + "9" * 100_000, 1).encode(),
        "text-truncated": text[:len(text) // 2].encode(),
        "text-not-utf-8": text.encode().replace(b"hand-made", b"hand-\xff"),
        "text-nested-too-deeply": b"[" * 100_000 + b"]" * 100_000,
        "text-list": b"[]",
    }
