"""Files that cannot be specs: each is one clear error."""
# ruff: noqa: E501 - one case to a line

import io
import json
import os
import sys

import pytest

from exactfact.model import SpecError, load, loads, starter
from exactfact.model.reading import SIZE_LIMIT

TEXT = starter("chain")


def refused(path):
    with pytest.raises(SpecError) as caught:
        load(path)
    return str(caught.value)


def test_good_files(tmp_path, monkeypatch):
    arch = loads(TEXT)
    files = {
        "a.toml": TEXT,
        "a.json": json.dumps(arch.document()),
        "a.spec": TEXT,
        "b.spec": json.dumps(arch.document()),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert load(tmp_path / name) == load(str(tmp_path / name)) == arch
    (tmp_path / "bom.toml").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert load(tmp_path / "bom.toml") == arch
    assert loads(TEXT.encode()) == arch
    for text in (TEXT, json.dumps(arch.document())):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        assert load("-") == arch


def test_missing_and_directory(tmp_path):
    assert "required a spec file, received no file of that name" in refused(tmp_path / "no.toml")
    assert "required a spec file, received a directory" in refused(tmp_path)
    (tmp_path / "file").write_text("x")
    assert "required a file that can be read, received Not a directory" in refused(tmp_path / "file" / "x.toml")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "required a file that can be read" in refused(tmp_path / "loop")
    assert "required a file that can be read, received File name too long" in refused("x" * 5000)
    assert "required the name of a file" in refused("a\0b")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(TEXT)
    path.chmod(0)
    assert "required a file that can be read, received Permission denied" in refused(path)


def test_pipes_and_devices(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert "required a regular file" in refused(tmp_path / "pipe.toml")
    assert "required a regular file" in refused("/dev/zero")


@pytest.mark.parametrize("name", ["a.toml", "a.json", "a"])
def test_unusable_contents(tmp_path, name):
    path = tmp_path / name
    for data, message in [
        (b"", "required a spec, received an empty file"),
        (b" \n\t\n", "required a spec, received an empty file"),
        (b"\x7fELF\0\0", "required a text file, received a binary file (a zero byte at offset 4)"),
        (b"title = '\xff'", "required text in UTF-8, received the byte 0xff at offset 9, which is not"),
        (TEXT.encode("utf-16"), "required a text file, received a binary file"),
    ]:
        path.write_bytes(data)
        assert message in refused(path)


def test_huge_files_are_not_read(tmp_path):
    path = tmp_path / "huge.toml"
    with path.open("wb") as stream:
        stream.truncate(2**40)  # sparse: it takes no disk
    assert f"required a file of at most {SIZE_LIMIT} bytes, received 1099511627776 bytes" in refused(path)
    with pytest.raises(SpecError, match="required at most"):
        loads("#" * (SIZE_LIMIT + 1))


def test_closed_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert "stdin: required a spec, received a closed standard input" in refused("-")


def test_endless_standard_input(monkeypatch):
    with open("/dev/zero", "rb") as zero:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(zero))
        assert f"stdin: required at most {SIZE_LIMIT} bytes, received more" in refused("-")


SYNTAX = [
    ("exactfact = 1\nfield = ", "toml", "line 2, the end: required valid TOML, received a syntax error: Invalid value"),
    ("exactfact = 1\na = [1,\n2\n", "toml", "line 3, the end: required valid TOML, received a syntax error: Unclosed array"),
    ("a = 1\na = 2", "toml", "line 2, the end: required valid TOML, received a syntax error: Cannot overwrite a value"),
    ("[a]\n[a]", "toml", "line 2, column 3: required valid TOML, received a syntax error: Cannot declare"),
    ('{"a": 1,\n "b": }', "json", "line 2, column 7: required valid JSON, received a syntax error: Expecting value"),
    ('{"a": 1', "json", "line 1, column 8: required valid JSON, received a syntax error"),
    ('{"a": 1} x', "json", "line 1, column 10: required valid JSON, received a syntax error: Extra data"),
    ('{"a": 1, "b": {"c": 1, "c": 1}}', "json", 'spec: required each key once in a table, received the key "c" twice'),
    ('{"exactfact": 1, "exactfact": 1}', "json", 'received the key "exactfact" twice'),
    ("[1]", "json", "spec: required a table, received [1]"),
    ("null", "json", "spec: required a table, received nothing"),
    ('{"exactfact": NaN}', "json", "exactfact: required 1, the version of the format, received the float NaN"),
    ('{"exactfact": 1e999999999}', "json", "exactfact: required 1, the version of the format, received the float 1e999999999"),
    ('{"exactfact": -Infinity}', "json", "received the float -Infinity"),
    ('{"exactfact": 0.5}', "json", "received the float 0.5"),
    ("[" * 10**6, "json", "required lists and tables of moderate depth, received deeper nesting"),
    ('{"a":' * 10**6, "json", "required lists and tables of moderate depth, received deeper nesting"),
    ("a = " + "[" * 10**6, "toml", "required lists and tables of moderate depth, received deeper nesting"),
    ("a = " + "{a = " * 10**5, "toml", "required lists and tables of moderate depth, received deeper nesting"),
    (".".join("a" * 10**5) + " = 1", "toml", "line 1: required keys of at most 20 dotted parts, received a longer one"),
    ("\nx = {" + "'a' . " * 10**5 + "b = 1}", "toml", "line 2: required keys of at most 20 dotted parts"),
    ("a = " + "7" * 10**5, "toml", "line 1: required integers of at most 20000 digits, received a longer one"),
    ("a = " + "7" * 10**4, "toml", "spec: required a long integer as a string of digits, received one of thousands of digits"),
    ("[" + "7" * 10**5 + "]", "json", "spec: required an integer of at most 20000 digits, received one of 100000 digits"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "message"), SYNTAX, ids=range(len(SYNTAX)))
def test_syntax(tmp_path, text, kind, message):
    with pytest.raises(SpecError) as caught:
        loads(text, kind)
    assert message in str(caught.value)
    path = tmp_path / f"a.{kind}"
    path.write_text(text)
    assert message.removeprefix("spec: ").split(":", 1)[-1].strip() in refused(path)


def test_long_integers_of_json():
    body = '{"exactfact": 1, "field": "QQ", "layer": [{"operator": "basis", "matrices": [[[%s]]]}]}'
    arch = loads(body % ("9" * 20_000), "json")
    assert arch.layers[0].operator.matrices[0][0][0] == 10**20_000 - 1
    assert loads(json.dumps(arch.document()), "json") == arch
    long = body.replace("%s", '"' + "9" * 20_000 + '"')
    assert loads(long, "json") == arch


def test_deep_operators_of_files():
    layer = '{"operator": "full", "rows": 1, "cols": 1}'
    for depth in range(1, 40):
        layer = f'{{"operator": "kronecker", "left": 1, "right": 1, "of": {layer}}}'
        text = f'{{"exactfact": 1, "field": "QQ", "layer": [{layer}]}}'
        if depth < 20:
            assert loads(text, "json").layers[0].operator.nesting == depth + 1
        else:
            with pytest.raises(SpecError, match="required at most 20 operators inside one another"):
                loads(text, "json")
