"""JSON Schema (draft 2020-12) of a spec.

It describes the shape of a spec for editors; what a schema cannot say (primes, distinct taps, matching shapes) is
checked on reading.
"""

from __future__ import annotations

from typing import Any

from .numbers import PLAIN_LIMIT
from .parsing import FAMILIES, Family

_INTEGER = {"$ref": "#/$defs/integer"}
_NUMBER = {"$ref": "#/$defs/number"}
_SIZE = {"$ref": "#/$defs/size"}
_LAYER = {"$ref": "#/$defs/layer"}
_LONG = {"$ref": "#/$defs/long"}
_MATRIX = {"$ref": "#/$defs/matrix"}
_TAPS = {"$ref": "#/$defs/taps"}
_LONG_TAPS = {"$ref": "#/$defs/long_taps"}
_NAME = {"type": "string", "maxLength": 200}


def _list(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def _or_list(items: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [items, _list(items, minItems=1)]}


def _table(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


_KEYS: dict[str, dict[str, Any]] = {
    "rows": _SIZE,
    "cols": _SIZE,
    "parameters": _SIZE,
    "level": {"type": "integer", "minimum": 0},
    "left": _SIZE,
    "right": _SIZE,
    "of": _LAYER,
    "blocks": _list(_LAYER, minItems=1),
    "matrix": _MATRIX,
    "matrices": _list(_MATRIX, minItems=1),
    "support": _TAPS,
    "diagonals": {"anyOf": [_list(_INTEGER, minItems=1), {"type": "null"}]},
    "length": _or_list(_SIZE),
    "kernel": _or_list(_SIZE),
    "in_channels": {**_SIZE, "default": 1},
    "out_channels": {**_SIZE, "default": 1},
    "stride": {**_SIZE, "default": 1},
    "dilation": {**_SIZE, "default": 1},
    "padding": {"enum": ["valid", "full", "circular"], "default": "valid"},
}
_SPECIAL: dict[tuple[str, str], dict[str, Any]] = {
    ("circulant", "size"): _or_list(_SIZE),
    ("diagonal", "size"): _SIZE,
    ("butterfly", "size"): _SIZE,
    ("entries", "entries"): _list(_list(_NUMBER, minItems=3, maxItems=4)),
    ("fixed", "entries"): _list(_list(_NUMBER, minItems=3, maxItems=3)),
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a spec, as a new document."""
    edge = {"name": _NAME, "from": _NAME, "to": _NAME, "support": _LONG_TAPS, "dilation": {**_LONG, "default": 1}}
    network = {
        "group": _or_list({**_LONG, "description": "0: no wrap-around"}),
        "root": _NAME,
        "signal": {"anyOf": [_or_list(_LONG), {"type": "null"}]},
        "edge": _list(_table(edge, ("from", "to", "support")), minItems=1),
        "layer": _list(_table({"stride": _KEYS["stride"]}, ())),
    }
    properties = {
        "exactfact": {"const": 1, "description": "version of the format"},
        "title": {"type": "string", "maxLength": 2000, "default": ""},
        "field": {"type": "string", "pattern": r"^(QQ|GF\([0-9]+\))$", "default": "QQ"},
        "layer": _list(_LAYER, minItems=1),
        "network": _table(network, ("group", "root", "edge")),
        "model": _list(_model()),
        "point": {"anyOf": [{"type": "null"}, *_points()]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "exactfact spec",
        **_table(properties, ("exactfact",)),
        "oneOf": [{"required": ["layer"]}, {"required": ["network"]}],
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    return {
        "integer": {"type": "integer"},
        "long": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?0x[0-9a-fA-F]+$"}]},
        "size": {"type": "integer", "minimum": 1, "exclusiveMaximum": PLAIN_LIMIT},
        "number": {
            "description": 'an integer, or a string such as "-2/3", "0.05", "1e-3"; never a float',
            "anyOf": [
                {"type": "integer"},
                {
                    "type": "string",
                    "pattern": r"^[+-]?((0x[0-9a-fA-F]+|[0-9]+)(/(0x[0-9a-fA-F]+|[0-9]+))?"
                    r"|[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)$",
                },
            ],
        },
        "matrix": _list(_list(_NUMBER, minItems=1), minItems=1),
        "taps": _list({"anyOf": [_INTEGER, _list(_INTEGER, minItems=1)]}, minItems=1),
        "long_taps": _list({"anyOf": [_LONG, _list(_LONG, minItems=1)]}, minItems=1),
        "layer": {"oneOf": [option for name, family in FAMILIES.items() for option in _family(name, family)]},
    }


def _family(name: str, family: Family) -> list[dict[str, Any]]:
    """One table for each way to write an operator of the family."""
    ways = [family.required] + ([family.alternative] if family.alternative else [])
    tables = []
    for required in ways:
        keys = (*required, *family.optional)
        properties = {key: _SPECIAL.get((name, key)) or _KEYS[key] for key in keys}
        tables.append(_table({"name": _NAME, "operator": {"const": name}, **properties}, ("operator", *required)))
    return tables


def _model() -> dict[str, Any]:
    place = {"layer": {"anyOf": [{"type": "integer", "minimum": 0}, _NAME]}, "edge": _NAME}
    supports = _list(_list({**_INTEGER}, minItems=1), minItems=1)
    return {
        **_table({**place, "supports": supports, "sparsity": _SIZE}, ()),
        "allOf": [
            {"oneOf": [{"required": ["layer"]}, {"required": ["edge"]}]},
            {"oneOf": [{"required": ["supports"]}, {"required": ["sparsity"]}]},
        ],
    }


def _points() -> list[dict[str, Any]]:
    vector = _list(_NUMBER, minItems=1)
    edges = {"type": "object", "additionalProperties": vector}
    return [_table({"h": _list(vector, minItems=1)}, ("h",)), _table({"edges": edges}, ("edges",))]
