"""What a user can get wrong in a spec or a file name: a sentence with the place, exit 2, no traceback."""

import os

import pytest

import exactfact as ef
from exactfact.cli import exits
from exactfact.model import save
from tests.cli.command import NETWORK, PROVED, call

NONSENSE = {
    "empty": (b"", "empty file"),
    "blank": (b" \n", "empty file"),
    "binary": (b"\x00\x01\x02", "binary file"),
    "not utf-8": (b'title = "\xff"', "UTF-8"),
    "bad toml": (b"exactfact = = 1", "syntax error"),
    "no version": (b'field = "QQ"\n', "exactfact"),
    "unknown key": (PROVED.replace("title", "titel").encode(), 'did you mean "title"'),
    "unknown operator": (PROVED.replace('"full"', '"ful"', 1).encode(), 'did you mean "full"'),
    "float": (PROVED.replace("cols = 3", "cols = 3.0").encode(), "3.0"),
    "no layers": (b'exactfact = 1\nfield = "QQ"\n', "layer"),
    "shapes": (PROVED.replace("cols = 1", "cols = 2").encode(), 'layer 0 "scalar"'),
    "composite field": (PROVED.replace("QQ", "GF(91)").encode(), "prime"),
    "cycle": (NETWORK.replace('from = "x"', 'from = "out"').encode(), "out"),
}


@pytest.mark.parametrize("command", ["certify", "rank", "validate"])
@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_in_a_spec(command, kind, tmp_path, capsys):
    content, expected = NONSENSE[kind]
    spec = tmp_path / "spec.toml"
    spec.write_bytes(content)
    assert call(command, spec) == exits.USAGE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert str(spec) in printed.err
    assert expected in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("command", ["certify", "rank", "validate", "check", "report"])
def test_a_file_that_is_missing_or_a_folder(command, tmp_path, capsys):
    for path in (tmp_path / "missing.json", tmp_path):
        assert call(command, path, *(["-o", tmp_path / "out.tex"] if command == "report" else [])) != exits.OK
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert "internal error" not in printed.err
    assert not (tmp_path / "out.tex").exists()


@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize("content", [b"", b"\x00", b"{", b"[]", b"{}", b"null", b'{"a": 1, "a": 2}', b"\xff" * 10])
def test_nonsense_in_a_certificate(command, content, tmp_path, capsys):
    certificate = tmp_path / "cert.json"
    certificate.write_bytes(content)
    assert call(command, certificate) in (exits.REJECTED, exits.USAGE)
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert printed.out + printed.err
    assert not (tmp_path / "cert.tex").exists()


def test_unwritable_and_impossible_outputs(specs, capsys):
    for output in ("missing/cert.json", ".", "/dev/null", "/dev/stdout", "/dev/fd/1", "", "proved.toml/cert.json"):
        assert call("certify", "proved.toml", "-o", output) == exits.USAGE, output
        printed = capsys.readouterr()
        assert printed.out == "", "the work begins only when its result has a place"
        assert "Traceback" not in printed.err


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is writable for root")
def test_a_folder_without_write_permission(specs, capsys):
    (specs / "locked").mkdir(mode=0o500)
    assert call("certify", "proved.toml", "-o", "locked/cert.json") == exits.USAGE
    assert "not writable" in capsys.readouterr().err


def test_at_point_without_a_point(specs, capsys):
    assert call("certify", "proved.toml", "--property", "at-point") == exits.USAGE
    assert "point" in capsys.readouterr().err


def test_a_fault_of_our_own_exits_70_with_its_trace(specs, capsys, monkeypatch):
    import exactfact as ef

    def broken(*_arguments, **_options):
        raise ZeroDivisionError("by our own fault")

    monkeypatch.setattr(ef, "certify", broken, raising=False)
    assert call("certify", "proved.toml") == exits.INTERNAL
    printed = capsys.readouterr().err
    assert "ZeroDivisionError: by our own fault" in printed
    assert "internal error" in printed
    assert call("certify", "proved.toml", "refuted.toml") == exits.INTERNAL


def test_memory_and_limits_exit_5(specs, capsys, monkeypatch):
    import exactfact as ef

    for error in (MemoryError(), ef.LimitError("the matrix", 10**12, 10**7)):

        def failing(*_arguments, error=error, **_options):
            raise error

        monkeypatch.setattr(ef, "certify", failing, raising=False)
        assert call("certify", "proved.toml") == exits.LIMIT
        assert "Traceback" not in capsys.readouterr().err


def test_a_certificate_where_a_spec_is_read(specs, capsys):
    assert call("certify", "proved.toml", "--quiet", "-o", "cert.json") == exits.OK
    for command in ("certify", "rank", "validate"):
        assert call(command, "cert.json") == exits.USAGE
        assert "cert.json: spec: required a spec, received a certificate" in capsys.readouterr().err


def test_a_spec_where_a_certificate_is_read(specs, capsys):
    save(ef.load("proved.toml"), "spec.json")
    for command, name in (("check", "proved.toml"), ("report", "proved.toml"), ("check", "spec.json")):
        assert call(command, name) == exits.USAGE
        printed = capsys.readouterr()
        assert printed.out == ""
        assert f"{name}: required a certificate, received a spec; `exactfact certify {name}" in printed.err


MISTAKES = {
    "--property": {
        "unifrom": "did you mean 'uniform'?",
        "hilbert-generic": "listed beside generic",
    },
    "--expect": {
        "generic/gague=proved": "GROUP one of scaling, path-scaling, torus, gauge, received 'gague' (did you mean",
        "generic@R=proved": "FIELD one of QQ, RR, CC, GF(p), received 'R'",
        "generic=prooved": "STATUS one of proved, refuted, undecided, received 'prooved'",
        "generic": "required PROPERTY[/GROUP][@FIELD]=STATUS, received 'generic'",
    },
}


@pytest.mark.parametrize(("option", "value"), [(option, value) for option in MISTAKES for value in MISTAKES[option]])
def test_misspelled_properties_and_expectations(option, value, specs, capsys):
    assert call("certify", "proved.toml", option, value) == exits.USAGE
    assert MISTAKES[option][value] in capsys.readouterr().err


def test_an_expectation_about_nothing_names_what_there_is(specs, capsys):
    assert call("certify", "proved.toml", "--expect", "generic/torus@CC=proved") == exits.REJECTED
    assert "found no such verdict; there is generic/scaling@CC=proved" in capsys.readouterr().err


def test_a_starter_is_toml(tmp_path, capsys):
    assert call("init", "chain", "-o", tmp_path / "spec.json") == exits.USAGE
    assert "required a name for a TOML file" in capsys.readouterr().err
    assert not (tmp_path / "spec.json").exists()
