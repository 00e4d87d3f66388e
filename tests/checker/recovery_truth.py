"""Are claims about estimates contradicted? Rivals around an estimate, in floats, against the claimed radii."""
import math
from itertools import product
from typing import Any

import numpy as np

from tests.checker import truth

Json = dict[str, Any]
PROPERTIES = ("recovery", "tensor-recovery", "local-recovery")
RIVALS, SLACK = 120, 1 + 1e-7
Points = list[np.ndarray]


def plausible(claim: Json, spec: Json) -> bool:
    """Whether no rival that fits the data lies outside the radii (chains, and networks with one path)."""
    if truth.characteristic(spec) or claim["over"] != "RR" or claim["status"] != "proved":
        return False
    evidence = claim["evidence"]
    if claim["model"] != "full" and (claim["model"] != "spec" or not spec["model"]):
        return False
    h = [np.array([float(truth.value(x)) for x in vector]) for vector in evidence["h"]]
    operator, live = _operator(spec)
    weight, data = _data(spec, evidence["data"])
    cells = sorted({*data, *(cell for column in operator.values() for cell in column)}, key=str)
    matrix = np.array([[float(operator[i].get(cell, 0)) for i in operator] for cell in cells])
    matrix = matrix.reshape(len(cells), len(operator))
    measured = np.array([float(data.get(cell, 0)) for cell in cells])
    tensor = _tensor(operator, h)
    if weight * np.linalg.norm(matrix @ tensor - measured) > float(truth.value(evidence["eta"])) * SLACK + 1e-9:
        return False
    delta = float(truth.value(evidence["delta"]))
    bases = [h] if claim["property"] == "local-recovery" or claim["model"] == "spec" else [
        h, _fitted(operator, h, weight * matrix, weight * measured)]
    for g in (g for base in bases for g in [base, *_rivals(base, claim, spec)]):
        moved = _tensor(operator, g)
        fits = weight * np.linalg.norm(matrix @ moved - measured) <= delta
        if fits and _outside(claim, h, g, (moved - tensor)[live]):
            return False
    return True


def _operator(spec: Json) -> tuple[dict[tuple[int, ...], dict[Any, Any]], list[int]]:
    """The columns of A, and the positions of those that count: networks, path tensors only."""
    found = truth.columns(spec)
    live = [n for n, column in enumerate(found.values()) if "network" not in spec or any(column.values())]
    return found, live


def _data(spec: Json, document: Json) -> tuple[float, dict[Any, float]]:
    """The factor of the norm, and the data by cell."""
    scale = document["denominator"]
    if "network" not in spec:
        cols = len(truth.chain_layers(spec)[-1][0][0])
        return 1.0, {divmod(cell, cols): truth.value(n) / scale for cell, n in document["entries"]}
    net = spec["network"]
    nu = math.prod(n or net["signal"][i] for i, n in enumerate(net["group"]))
    for layer in net["layer"]:
        nu //= math.prod(n and layer["stride"] or 1 for n in net["group"])
    return math.sqrt(nu), {
        (leaf, tuple(entry[:-1])): float(truth.value(entry[-1])) / scale
        for leaf, entries in document["leaves"].items() for entry in entries
    }


def _tensor(operator: dict[tuple[int, ...], Any], h: Points) -> np.ndarray:
    return np.array([math.prod(vector[i] for vector, i in zip(h, index, strict=True)) for index in operator])


def _fitted(operator: dict[tuple[int, ...], Any], h: Points, matrix: np.ndarray, measured: np.ndarray) -> Points:
    """h after some Gauss-Newton steps towards the data."""
    for _ in range(20):
        units = [(k, j) for k, x in enumerate(h) for j in range(len(x))]
        replaced = [[np.eye(len(y))[j] if i == k else y for i, y in enumerate(h)] for k, j in units]
        jacobian = np.array([matrix @ _tensor(operator, g) for g in replaced]).T
        step = np.linalg.lstsq(jacobian, measured - matrix @ _tensor(operator, h), rcond=None)[0]
        if not np.isfinite(step).all() or np.abs(step).max(initial=0) > 1e3:
            break
        ends = np.cumsum([len(x) for x in h])[:-1]
        h = [x + dx for x, dx in zip(h, np.split(step, ends), strict=True)]
    return h


def _rivals(h: Points, claim: Json, spec: Json) -> list[Points]:
    """Points near h, near its multiples, and near 0; within the model or the slice where the claim is about one."""
    rng = np.random.default_rng(0)
    result = []
    for n in range(RIVALS):
        size = 10.0 ** rng.uniform(-4, 1)
        factor = [1.0, 1.0, rng.uniform(-2, 2)][n % 3]
        g = [factor ** (k == 0) * x + size * rng.standard_normal(len(x)) for k, x in enumerate(h)]
        if claim["property"] == "local-recovery":
            for k, j in enumerate(claim["evidence"]["pivots"]):
                g[k][j] = h[k][j]
        elif claim["model"] == "spec":
            for k, x in enumerate(g):
                x[[j for j in range(len(x)) if j not in _support(spec, k, len(x), rng)]] = 0
        result.append(g)
    return result


def _support(spec: Json, k: int, size: int, rng: np.random.Generator) -> set[int]:
    allowed = set(range(size))
    for model in spec["model"]:
        if model["layer"] == k:
            listed = model.get("supports")
            chosen = listed[rng.integers(len(listed))] if listed else rng.permutation(size)[:model["sparsity"]]
            allowed &= {int(j) for j in chosen}
    return allowed


def _outside(claim: Json, h: Points, g: Points, moved: np.ndarray) -> bool:
    evidence = claim["evidence"]
    if claim["property"] == "local-recovery":
        gap = np.concatenate(g) - np.concatenate(h)
        norms = {"1": np.abs(gap).sum(), "2": np.linalg.norm(gap), "inf": np.abs(gap).max()}
        near = norms["2"] <= float(truth.value(evidence["ball"]))
        return near and any(norms[p] > float(truth.value(evidence["radius"][p])) * SLACK for p in norms)
    if np.linalg.norm(moved) > float(truth.value(evidence["epsilon"])) * SLACK:
        return True
    if claim["property"] == "tensor-recovery" or "zero_one" in evidence and evidence["every"] is None:
        return False
    radius = (evidence["every"] if "zero_one" in evidence else evidence)["radius"]
    one_path = "zero_one" not in evidence or len(moved) == math.prod(map(len, h))
    return one_path and _distance(h, g) > float(truth.value(radius["inf"])) * SLACK


def _distance(h: Points, g: Points) -> float:
    """d_inf of the classes, over all signs."""
    if not all(np.abs(x).max() for x in g):
        return math.inf
    scales = [math.prod(np.abs(x).max() for x in point) ** (1 / len(h)) for point in (h, g)]
    pairs = [(scales[0] * x / np.abs(x).max(), scales[1] * y / np.abs(y).max()) for x, y in zip(h, g, strict=True)]
    signs = [s for s in product((1, -1), repeat=len(h)) if math.prod(s) == 1]
    return min(max(np.abs(x - s * y).max() for (x, y), s in zip(pairs, sign, strict=True)) for sign in signs)
