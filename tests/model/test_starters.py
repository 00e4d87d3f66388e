"""Starter specs, the catalogue of families, the JSON Schema, and writing specs to files."""

import json
import os
import re

import pytest

from exactfact import model as m
from exactfact.model import Architecture, SpecError, families, json_schema, load, loads, save, starter, to_toml
from exactfact.model.parsing import FAMILIES


@pytest.mark.parametrize("kind", m.KINDS)
def test_starters_load_and_round_trip(kind):
    arch = loads(starter(kind))
    assert loads(to_toml(arch)).digest == arch.digest == loads(arch.canonical_bytes(), "json").digest
    assert arch.title and arch.parameters
    assert "\n# " in starter(kind)
    assert all(len(line) <= 120 for line in starter(kind).splitlines())


def test_starters_with_options():
    arch = loads(starter("data", title='a "b"\n\\c', field="GF(7)"))
    assert arch.title == 'a "b"\n\\c' and arch.field == m.GF(7)
    with pytest.raises(
        SpecError, match=r'kind: required one of chain, .*, received "chian" \(did you mean "chain"\?\)'
    ):
        starter("chian")


def test_the_commented_parts_of_the_chain_starter_load():
    text = re.sub(r"^# (\[|layer|sparsity|h =)", r"\1", starter("chain"), flags=re.MULTILINE)
    arch = loads(text)
    assert arch.models == (m.SparsityModel(0, sparsity=2),) and arch.point is not None


def test_catalogue():
    found = families()
    assert [name for name, *_ in found] == list(FAMILIES)
    for name, keys, meaning, example in found:
        assert meaning and "\n" not in meaning and keys
        more = '[[layer]]\noperator = "diagonal"\nsize = 2\n' if name == "fixed" else ""
        arch = loads('exactfact = 1\nfield = "QQ"\n' + example + more)
        assert arch.layers[0].operator.family == name
        assert set(re.findall(r"^(\w+) =", example, re.MULTILINE)) <= {"operator", *keys}


def conforms(value, schema, root):
    """A small validator: the keywords that our schema uses."""
    if "$ref" in schema:
        return conforms(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    types = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    checks = [
        "type" not in schema or (isinstance(value, types[schema["type"]]) and not isinstance(value, bool)),
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        "anyOf" not in schema or any(conforms(value, option, root) for option in schema["anyOf"]),
        "oneOf" not in schema or sum(conforms(value, option, root) for option in schema["oneOf"]) == 1,
        all(conforms(value, option, root) for option in schema.get("allOf", ())),
        not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None,
        type(value) is not int or value >= schema.get("minimum", value),
    ]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties", True)
        checks += [key in value for key in schema.get("required", ())]
        checks += [conforms(item, known[key], root) for key, item in value.items() if key in known]
        extra = [item for key, item in value.items() if key not in known]
        checks += [conforms(item, other, root) if isinstance(other, dict) else other for item in extra]
    if isinstance(value, list):
        checks.append(schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)))
        checks += [conforms(item, schema["items"], root) for item in value if "items" in schema]
    return all(checks)


def test_schema_accepts_what_is_read_and_refuses_what_is_not():
    import tomllib

    schema = json_schema()
    json.dumps(schema)
    schema = json.loads(json.dumps(schema))
    for kind in m.KINDS:
        assert conforms(tomllib.loads(starter(kind)), schema, schema)
        assert conforms(loads(starter(kind)).document(), schema, schema)
    for _, _, _, example in families():
        assert conforms(tomllib.loads('exactfact = 1\nfield = "QQ"\n' + example), schema, schema)
    document = loads(starter("chain")).document()
    for wrong in [
        {**document, "exactfact": 2},
        {**document, "extra": 1},
        {**document, "field": "RR"},
        {**document, "network": loads(starter("network")).document()["network"]},
        {**document, "layer": [{"operator": "full", "rows": 0, "cols": 1}]},
        {**document, "layer": [{"operator": "full", "rows": 1}]},
        {**document, "layer": [{"operator": "fixed", "matrix": [[0.5]]}]},
        {**document, "point": {"h": [["1.e5"]]}},
        {**document, "model": [{"layer": 0}]},
    ]:
        assert not conforms(wrong, schema, schema)
    assert json_schema() is not json_schema()


@pytest.mark.parametrize("name", ["a.toml", "a.json", "b"])
def test_save(tmp_path, name):
    for kind in m.KINDS:
        arch = loads(starter(kind, title='quotes " and \\ and\ttabs, \U0001f600 and é'))
        save(arch, tmp_path / name)
        assert load(tmp_path / name).digest == arch.digest
        assert load(str(tmp_path / name)) == arch
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).stat().st_mode & 0o444


def test_save_refuses_what_cannot_be_written_and_leaves_nothing(tmp_path):
    arch = Architecture([m.diagonal(2)])
    (tmp_path / "dir").mkdir()
    for path in (tmp_path / "no" / "a.json", tmp_path / "dir"):
        with pytest.raises(SpecError, match="required a file that can be written"):
            save(arch, path)
    assert os.listdir(tmp_path) == ["dir"] and os.listdir(tmp_path / "dir") == []


def test_every_family_as_toml():
    layers = [m.block_diagonal([m.toeplitz(1, 1), m.kronecker(1, 1, m.full(1, 1, name="x"))]), m.toeplitz(2, 1, [0])]
    arch = Architecture(layers, point=[["1/3", -2], [2**70]])
    assert loads(to_toml(arch)) == arch
