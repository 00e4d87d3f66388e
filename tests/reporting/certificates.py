"""Small certificates written by hand, each accepted by the checker, for the tests of the reports."""

import json

from exactfact.model import loads

HOSTILE = (
    "\\input{x}",
    "$(rm -rf)",
    '_&%#<script>^~"{}\\',
    "naïve Zürich Łódź",
    "αβγ Ωmega",
    "日本語",
    "emoji 🎉",
    "-- `` '' <<>>",
)
PRIME = 4194301


def certificate(spec, claims, notes=()):
    architecture = loads('exactfact = 1\nfield = "QQ"\n' + spec if "field =" not in spec else "exactfact = 1\n" + spec)
    return {
        "format": "exactfact-certificate",
        "version": 1,
        "spec": architecture.document(),
        "digest": architecture.digest,
        "seed": 0,
        "software": "0.1.0",
        "claims": [{"id": f"c{place}", **claim} for place, claim in enumerate(claims)],
        "notes": list(notes),
    }


def bound(quantity, side, value, statement, evidence, over="QQ"):
    return {
        "kind": "bound",
        "quantity": quantity,
        "side": side,
        "value": value,
        "over": over,
        "statement": statement,
        "evidence": evidence,
    }


def verdict(prop, modulo, status, statement, evidence, over="CC", model="full"):
    head = {"kind": "verdict", "property": prop, "modulo": modulo, "model": model, "over": over, "status": status}
    return {**head, "statement": statement, "evidence": evidence}


def undecided(prop, over, reason, tried=(), strength=None, probability=None):
    return {
        "property": prop,
        "modulo": "scaling",
        "model": "full",
        "over": over,
        "status": "undecided",
        "strength": strength,
        "error_probability": probability,
        "reason": reason,
        "tried": [{"criterion": criterion, "why": why} for criterion, why in tried],
    }


def kernel_zero():
    spec = """title = "two sparse layers"
[[layer]]
name = "synthesis"
operator = "entries"
rows = 4
cols = 4
parameters = 3
entries = [[0, 0, 0], [1, 1, 1, "-2/3"], [2, 3, 2]]
[[layer]]
operator = "circulant"
size = 4
support = [0, 1]
[[layer]]
operator = "fixed"
matrix = [["1", "0"], ["1/2", "1"], [0, 1], [3, "-7/5"]]
"""
    columns = [[i, j] for i in range(3) for j in range(2)]
    claims = [
        bound("rank", "lower", 6, "2.3", {"prime": PRIME, "columns": columns}),
        bound("rank", "upper", 6, "2.4", {"bound": "lifted"}),
        bound("jacobian_rank", "lower", 4, "6.1", {"prime": PRIME, "point": {"seed": 0, "index": 0}}),
        bound("jacobian_rank", "upper", 4, "6.1", {"bound": "dimension"}),
        verdict("uniform", "scaling", "proved", "4.2", {"rank": "c0"}),
        verdict("generic-finite", "scaling", "proved", "6.1", {"jacobian_rank": "c2"}),
        verdict("generic", "scaling", "proved", "4.2", {"rank": "c0"}),
    ]
    return certificate(spec, claims)


def refuted_chain():
    spec = """title = "Toeplitz times Toeplitz"
[[layer]]
operator = "toeplitz"
rows = 4
cols = 3
diagonals = [0, 1]
[[layer]]
operator = "toeplitz"
rows = 3
cols = 2
diagonals = [0, 1]
"""
    claims = [
        bound("rank", "lower", 3, "2.3", {"prime": PRIME, "columns": [[0, 0], [0, 1], [1, 1]]}),
        verdict("uniform", "scaling", "refuted", "8.1", {"h": [[1, 0], [0, 1]], "g": [[0, 1], [1, 0]]}, over="QQ"),
    ]
    tried = [("kernel_zero", "the kernel has dimension 1")]
    return certificate(
        spec, claims, [undecided("generic", field, "nothing applies", tried) for field in ("QQ", "RR", "CC")]
    )


def edges(rows):
    keys = ("name", "from", "to", "support", "dilation")
    text = ""
    for row in rows:
        text += "[[network.edge]]\n"
        text += "".join(
            f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in zip(keys, row, strict=False)
        )
    return text


def dilated_chain():
    rows = [(f"conv{k}", f"v{k + 1}", "out" if k == 0 else f"v{k}", [0, 1], 2**k) for k in range(10)]
    spec = f'title = "dilated chain"\n[network]\ngroup = [0]\nsignal = [16000]\nroot = "out"\n{edges(rows)}'
    order = {"method": "superincreasing", "order": list(range(10))}
    claims = [
        bound("path_max_entry", "upper", 1, "10.3a", order),
        bound("rank", "lower", 1024, "10.1", {"zero_one": "c0"}),
        bound("sigma_min_squared", "lower", 16000, "10.4", {"nu": 16000, "zero_one": "c0"}),
        verdict("uniform", "path-scaling", "proved", "10.1", order),
        verdict("generic", "path-scaling", "proved", "10.1", {"uniform": "c3"}),
        verdict("uniform", "scaling", "proved", "10.1", {"uniform": "c3"}),
    ]
    return certificate(spec, claims)


def long_chain(order=5**20):
    rows = [(f"e{k}", f"v{k + 1}", "out" if k == 0 else f"v{k}", [0, 1, 2, 3, 4], 5**k) for k in range(20)]
    spec = f'title = "twenty layers"\n[network]\ngroup = [{order}]\nroot = "out"\n{edges(rows)}'
    if order == 5**20:
        radix = {"method": "mixed-radix", "order": list(range(20)), "moduli": [[5**k] for k in range(21)]}
        return certificate(spec, [verdict("uniform", "path-scaling", "proved", "10.1", radix)])
    count = {"method": "pigeonhole", "leaf": "v20"}
    claim = verdict("uniform", "path-scaling", "refuted", "10.1", count, over="QQ", model="zero-edges-allowed")
    return certificate(spec, [claim])


def tree(depth=3, taps=(0, 1)):
    """A binary tree, the same taps on every edge: two path multi-indices of one leaf collide when depth > 1."""
    rows, nodes = [], ["out"]
    for _ in range(depth):
        children = []
        for node in nodes:
            for letter in "LH":
                child = letter if node == "out" else node + letter
                rows.append((f"to {child}", child, node, list(taps)))
                children.append(child)
        nodes = children
    leaf = "L" * depth
    names = [f"to {'L' * k}" for k in range(1, depth + 1)]
    one, other = ([[name, int(k == place)] for k, name in enumerate(names)] for place in (0, 1))
    spec = f'title = "wavelet packets"\n[network]\ngroup = [64]\nroot = "out"\n{edges(rows)}'
    claims = [
        verdict(
            "uniform",
            "path-scaling",
            "refuted",
            "10.1",
            {"leaf": leaf, "paths": [one, other]},
            "QQ",
            "zero-edges-allowed",
        ),
        *(verdict("generic", "scaling", "refuted", "10.2", {"node": "L"}, over=field) for field in ("QQ", "RR", "CC")),
    ]
    return certificate(spec, claims)


def hostile_network():
    rows = [(f"e {name}", name, "out", [0, k + 1]) for k, name in enumerate(HOSTILE)]
    title = "\\input{/etc/passwd} _&%#<script>^~ naïve"
    spec = f'title = {json.dumps(title, ensure_ascii=False)}\n[network]\ngroup = [32]\nroot = "out"\n{edges(rows)}'
    claims = [verdict("uniform", "path-scaling", "proved", "10.1", {"method": "table"})]
    return certificate(spec, claims, [undecided("generic", "QQ", HOSTILE[0], [(HOSTILE[1], HOSTILE[2])])])


def hostile_chain():
    layers = "".join(
        f'[[layer]]\noperator = "diagonal"\nsize = 3\nname = {json.dumps(name, ensure_ascii=False)}\n'
        for name in HOSTILE
    )
    wide = f'[[layer]]\noperator = "full"\nrows = 3\ncols = 40\nname = "{"w" * 150}"\n'
    return certificate(
        f'title = "{"x" * 400}"\n{layers}{wide}', [bound("rank", "upper", 120, "2.4", {"bound": "ambient"})]
    )


def over_a_finite_field():
    spec = """field = "GF(7)"
[[layer]]
operator = "full"
rows = 1
cols = 2
[[layer]]
operator = "basis"
matrices = [[[1, 0], [0, 1]]]
"""
    claims = [
        bound("rank", "lower", 2, "2.3", {"prime": 7, "columns": [[0, 0], [1, 0]]}, over="GF(7)"),
        verdict("uniform", "scaling", "proved", "4.2", {"rank": "c0"}, over="GF(7)"),
    ]
    return certificate(spec, claims)


def deep_network(depth=60):
    """A chain with taps {0, k + 1}: the paths with taps 1 + 2 and 3 collide; more levels than a page has lines."""
    rows = [(f"e{k}", f"n{k + 1}", f"n{k}", [0, k + 1]) for k in range(depth)]
    taken = ({0, 1}, {2})
    paths = [[[f"e{k}", int(k in some)] for k in range(depth)] for some in taken]
    evidence = {"leaf": f"n{depth}", "paths": paths}
    claim = verdict("uniform", "path-scaling", "refuted", "10.1", evidence, over="QQ", model="zero-edges-allowed")
    return certificate(f'[network]\ngroup = [0]\nroot = "n0"\n{edges(rows)}', [claim])


def every_family():
    """One layer of every operator family, in a product of 4 x 4 matrices."""
    layers = """[[layer]]
operator = "full"
rows = 4
cols = 4
[[layer]]
operator = "hankel"
rows = 4
cols = 4
[[layer]]
operator = "butterfly"
size = 4
level = 1
[[layer]]
operator = "block_diagonal"
blocks = [{operator = "diagonal", size = 2}, {operator = "toeplitz", rows = 2, cols = 2}]
[[layer]]
operator = "kronecker"
left = 2
right = 1
of = {operator = "circulant", size = 2, support = [1]}
[[layer]]
operator = "basis"
matrices = [
    [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, "1/3"]],
]
[[layer]]
operator = "convolution"
length = 4
kernel = 2
padding = "circular"
dilation = 2
[[layer]]
operator = "fixed"
rows = 4
cols = 4
entries = [[0, 0, 1], [3, 2, "-7/5"]]
[[model]]
layer = 0
supports = [[0, 1], [2, 3, 4]]
[[model]]
layer = 2
sparsity = 2
[point]
h = [
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "1/2"],
    [1, 2, 3, 4, 5, 6, 7],
    [1, 1, 1, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
    [3],
    [1, 1],
    [1, -1],
]
"""
    return certificate(layers, [bound("rank", "upper", 16, "2.4", {"bound": "ambient"})])


ALL = {
    "deep network": deep_network,
    "every family": every_family,
    "kernel zero": kernel_zero,
    "refuted chain": refuted_chain,
    "dilated chain": dilated_chain,
    "twenty layers": long_chain,
    "twenty layers, wrapped": lambda: long_chain(5**20 - 1),
    "tree": tree,
    "large tree": lambda: tree(6),
    "hostile network": hostile_network,
    "hostile chain": hostile_chain,
    "finite field": over_a_finite_field,
}
