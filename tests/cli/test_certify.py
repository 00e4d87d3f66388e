"""`certify`: tables, JSON, certificates, expectations, several specs, standard input."""

import json

import pytest

from exactfact.cli import exits
from tests.cli.command import NETWORK, PROVED, REFUTED, call, process

DOCUMENT_KEYS = {
    "exactfact", "title", "digest", "field", "shape", "parameters", "seed", "seconds", "stopped", "facts", "verdicts",
    "steps", "certificate",
}  # fmt: skip
FACT_KEYS = {
    "lifted_dimension", "rank", "kernel_dimension", "jacobian_rank", "fibre_count", "path_multiindices",
    "path_max_entry", "sigma_min_squared", "sigma_max_squared", "point", "parameter_blocks",
}  # fmt: skip
VERDICT_KEYS = {
    "property", "modulo", "model", "over", "also_over", "status", "strength", "statement", "claim", "reason", "tried",
}  # fmt: skip


@pytest.mark.parametrize("text", [PROVED, REFUTED, NETWORK], ids=["proved", "refuted", "network"])
def test_json_has_every_key(text, tmp_path, capsys):
    spec = tmp_path / "spec.toml"
    spec.write_text(text)
    certificate = tmp_path / "cert.json"
    assert call("certify", spec, "--json", "-o", certificate) in (exits.OK, exits.UNDECIDED)
    document = json.loads(capsys.readouterr().out)
    assert set(document) == DOCUMENT_KEYS
    assert set(document["facts"]) >= FACT_KEYS
    assert all(set(row) >= VERDICT_KEYS for row in document["verdicts"])
    assert document["certificate"] == str(certificate)
    assert json.loads(certificate.read_text())["digest"] == document["digest"]


def test_the_table_goes_to_stdout_and_the_rest_to_stderr(specs, capsys):
    assert call("certify", "proved.toml", "-o", "cert.json") == exits.OK
    printed = capsys.readouterr()
    assert "uniform" in printed.out
    assert "proved" in printed.out
    assert printed.err == "certificate written to cert.json\n"


def test_quiet_prints_nothing(specs, capsys):
    assert call("certify", "proved.toml", "--quiet", "-o", "cert.json") == exits.OK
    assert capsys.readouterr() == ("", "")
    assert (specs / "cert.json").exists()


def test_no_progress_unless_stderr_is_a_terminal(specs):
    done = process("certify", "proved.toml", cwd=specs)
    assert done.returncode == exits.OK
    assert done.stderr == ""


@pytest.mark.parametrize("spec", [PROVED, REFUTED, NETWORK], ids=["proved", "refuted", "network"])
def test_standard_input_gives_the_same_certificate(spec, specs):
    (specs / "spec.toml").write_text(spec)
    one = process("certify", "spec.toml", "--quiet", "-o", "one.json", cwd=specs)
    two = process("certify", "-", "--quiet", "-o", "two.json", cwd=specs, input=spec)
    assert (one.returncode, one.stderr) == (two.returncode, two.stderr)
    assert (specs / "one.json").read_bytes() == (specs / "two.json").read_bytes()


def test_standard_input_twice(specs, capsys):
    assert call("certify", "-", "-") == exits.USAGE
    assert "only once" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spec", "expected", "code"),
    [
        ("proved", "uniform=proved", exits.OK),
        ("proved", "uniform@QQ=proved", exits.OK),
        ("proved", "uniform/scaling@CC=proved", exits.OK),
        ("proved", "uniform=refuted", exits.REJECTED),
        ("proved", "uniform=undecided", exits.REJECTED),
        ("proved", "uniform@GF(5)=proved", exits.REJECTED),
        ("proved", "at-point=proved", exits.REJECTED),
        ("refuted", "uniform=refuted", exits.OK),
        ("refuted", "uniform@RR=refuted", exits.OK),
        ("refuted", "uniform=proved", exits.REJECTED),
        ("network", "uniform=proved", exits.OK),
        ("network", "uniform/path-scaling=proved", exits.OK),
        ("network", "uniform/path-scaling=refuted", exits.REJECTED),
    ],
)
def test_expectations(spec, expected, code, specs, capsys):
    assert call("certify", f"{spec}.toml", "--property", "uniform", "--expect", expected) == code
    printed = capsys.readouterr()
    assert (f"expected {expected}, found" in printed.err) == (code == exits.REJECTED)
    assert "uniform" in printed.out, "the table is printed all the same"


def test_all_expectations_count(specs):
    met = ["--expect", "uniform=proved"]
    assert call("certify", "proved.toml", *met, "--expect", "generic=proved") == exits.OK
    assert call("certify", "proved.toml", *met, "--expect", "generic=refuted") == exits.REJECTED


def test_several_specs(specs, capsys):
    names = ("proved.toml", "network.toml")
    assert call("certify", *names, "--property", "uniform", "-o", "out") == exits.OK
    printed = capsys.readouterr().out
    assert printed.index("proved.toml:") < printed.index("network.toml:")
    assert sorted(path.name for path in (specs / "out").iterdir()) == ["network.json", "proved.json"]
    for path in (specs / "out").iterdir():
        assert call("check", path) == exits.OK


def test_several_specs_as_json_lines(specs, capsys):
    assert call("certify", "proved.toml", "network.toml", "--json") in (exits.OK, exits.UNDECIDED)
    titles = [json.loads(line)["title"] for line in capsys.readouterr().out.splitlines()]
    assert titles == ["a scalar times a diagonal", "two dilated layers"]


def test_a_bad_spec_does_not_stop_the_others(specs, capsys):
    assert call("certify", "missing.toml", "proved.toml") == exits.USAGE
    printed = capsys.readouterr()
    assert "missing.toml" in printed.err
    assert "proved" in printed.out


def test_several_specs_need_a_folder_and_different_names(specs, capsys):
    (specs / "file").write_text("")
    assert call("certify", "proved.toml", "refuted.toml", "-o", "file") == exits.USAGE
    assert call("certify", "proved.toml", "./proved.toml", "-o", "out") == exits.USAGE
    assert "proved.json" in capsys.readouterr().err


def test_the_same_seed_gives_the_same_bytes(specs):
    for name in ("one.json", "two.json"):
        assert call("certify", "refuted.toml", "--quiet", "--seed", "7", "-o", name) in (exits.OK, exits.UNDECIDED)
    assert (specs / "one.json").read_bytes() == (specs / "two.json").read_bytes()


def test_titles_beyond_ascii_survive_an_ascii_terminal(specs, monkeypatch):
    from tests.cli import command

    (specs / "greek.toml").write_text(PROVED.replace("a scalar", "λ"))
    monkeypatch.setitem(command.ENVIRONMENT, "PYTHONIOENCODING", "ascii")
    done = process("certify", "greek.toml", cwd=specs)
    assert (done.returncode, done.stderr) == (exits.OK, "")
