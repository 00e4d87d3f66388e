"""How large a document is, read from its keys alone, and how large a random one may be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .expand import operator


@dataclass(frozen=True)
class Tier:
    """The largest dimension of a random matrix, its number of parameters, and that of all of them."""

    size: int
    layer: int
    total: int


TIERS = (Tier(4, 12, 30), Tier(4, 12, 30), Tier(8, 40, 90), Tier(16, 130, 300))


def sizes(document: dict) -> list[int]:
    """The numbers of parameters by layer; for networks by edge."""
    if "network" in document:
        return [len(edge["support"]) for edge in document["network"]["edge"]]
    return [parameters(layer) for layer in document["layer"] if layer["operator"] != "fixed"]


def parameters(layer: dict) -> int:
    """How many parameters a layer has, from its keys."""
    match layer["operator"]:
        case "full":
            return layer["rows"] * layer["cols"]
        case "convolution":
            kernel = layer["kernel"] if isinstance(layer["kernel"], list) else [layer["kernel"]]
            return layer.get("in_channels", 1) * layer.get("out_channels", 1) * math.prod(kernel)
        case "block_diagonal":
            return sum(map(parameters, layer["blocks"]))
        case "kronecker":
            return parameters(layer["of"])
        case "entries":
            return layer["parameters"]
    return len(operator(layer))


def shape(layer: dict) -> tuple[int, int]:
    """Rows and columns, from the keys."""
    match layer["operator"]:
        case "circulant":
            n = math.prod(layer["size"]) if isinstance(layer["size"], list) else layer["size"]
            return n, n
        case "butterfly":
            return layer["size"], layer["size"]
        case "diagonal" if "size" in layer:
            return layer["size"], layer["size"]
        case "block_diagonal":
            shapes = [shape(block) for block in layer["blocks"]]
            return sum(r for r, _ in shapes), sum(c for _, c in shapes)
        case "kronecker":
            r, c = shape(layer["of"])
            return layer["left"] * r * layer["right"], layer["left"] * c * layer["right"]
        case "basis":
            return len(layer["matrices"][0]), len(layer["matrices"][0][0])
        case "fixed" if "matrix" in layer:
            return len(layer["matrix"]), len(layer["matrix"][0])
        case "convolution":
            return _convolved(layer)
    return layer["rows"], layer["cols"]


def _convolved(layer: dict) -> tuple[int, int]:
    lengths, kernels = (x if isinstance(x, list) else [x] for x in (layer["length"], layer["kernel"]))
    stride, dilation, padding = layer.get("stride", 1), layer.get("dilation", 1), layer.get("padding", "valid")
    outputs = []
    for n, k in zip(lengths, kernels, strict=True):
        reach = (k - 1) * dilation
        last = {"circular": n, "full": n + reach, "valid": n - reach}[padding]
        outputs.append((last - 1) // stride + 1)
    return layer.get("out_channels", 1) * math.prod(outputs), layer.get("in_channels", 1) * math.prod(lengths)
