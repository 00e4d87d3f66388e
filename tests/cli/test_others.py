"""`check`, `report`, `rank`, `validate`, `init`, `schema`, `families`, `cite`."""

import json
import subprocess
import sys

import pytest

import exactfact as ef
from exactfact.cli import exits
from exactfact.model import KINDS
from tests.cli.command import ENVIRONMENT, call, process

SPEC = "proved"


def test_check_accepts_and_is_the_checker_itself(certificate, capsys):
    assert call("check", certificate) == exits.OK
    ours = capsys.readouterr().out
    command = [sys.executable, "-m", "exactfact.checker", certificate]
    theirs = subprocess.run(command, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    assert (theirs.returncode, theirs.stdout) == (exits.OK, ours)
    assert "accepted" in ours


def test_check_json(certificate, capsys):
    assert call("check", certificate, "--json") == exits.OK
    document = json.loads(capsys.readouterr().out)
    assert document["accepted"] is True
    assert all(claim["status"] == "accepted" for claim in document["claims"])


def test_check_against_a_spec(certificate):
    assert call("check", certificate, "--spec", "proved.toml") == exits.OK
    assert call("check", certificate, "--spec", "refuted.toml") == exits.REJECTED
    assert call("check", certificate, "--spec", "missing.toml") == exits.USAGE


def test_check_rejects_a_false_claim(certificate, capsys):
    document = json.loads(certificate.read_text())
    bound = next(claim for claim in document["claims"] if claim["kind"] == "bound")
    bound["value"] += 1 if bound["side"] == "lower" else -1
    certificate.write_text(json.dumps(document))
    assert call("check", certificate) == exits.REJECTED
    assert "rejected" in capsys.readouterr().out
    assert call("report", certificate) == exits.REJECTED
    assert not certificate.with_suffix(".tex").exists()


def test_check_over_the_limit_is_not_checked(certificate):
    assert call("check", certificate, "--limit", "1") == exits.LIMIT


def test_report_writes_beside_the_certificate(certificate, capsys):
    assert call("report", certificate) == exits.OK
    assert capsys.readouterr().err == f"report written to {certificate.with_suffix('.tex')}\n"
    assert r"\documentclass" in certificate.with_suffix(".tex").read_text()


def test_report_fragment(certificate):
    assert call("report", certificate, "--fragment", "-o", "part.tex") == exits.OK
    assert r"\documentclass" not in (certificate.parent / "part.tex").read_text()


@pytest.mark.latex
def test_report_pdf(certificate, capsys):
    assert call("report", certificate, "-o", "proof.tex", "--pdf") == exits.OK
    assert (certificate.parent / "proof.pdf").read_bytes().startswith(b"%PDF")
    assert "compiled to proof.pdf" in capsys.readouterr().err


def test_report_pdf_without_latex(certificate, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(certificate.parent))
    assert call("report", certificate, "--pdf") == exits.USAGE
    assert "latexmk" in capsys.readouterr().err


@pytest.mark.parametrize("method", ["auto", "span", "columns"])
def test_rank(method, specs, capsys):
    assert call("rank", "refuted.toml", "--method", method, "--json", "-o", "rank.json") == exits.OK
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert facts["lifted_dimension"] == 16
    assert (facts["rank"]["lower"], facts["rank"]["upper"]) == (4, 4)
    assert (facts["kernel_dimension"]["lower"], facts["kernel_dimension"]["upper"]) == (12, 12)
    assert call("check", "rank.json") == exits.OK


def test_rank_as_text(specs, capsys):
    assert call("rank", "refuted.toml") == exits.OK
    assert "rank" in capsys.readouterr().out


def test_validate(specs, capsys):
    assert call("validate", "proved.toml", "network.toml") == exits.OK
    printed = capsys.readouterr().out
    assert "proved.toml: valid" in printed
    assert ef.load("network.toml").digest in printed
    assert call("validate", "proved.toml", "missing.toml", "network.toml") == exits.USAGE
    printed = capsys.readouterr()
    assert "network.toml: valid" in printed.out
    assert "missing.toml" in printed.err


@pytest.mark.parametrize("kind", KINDS)
def test_init_writes_a_spec_that_certifies(kind, tmp_path, capsys):
    spec = tmp_path / "spec.toml"
    assert call("init", kind, "-o", spec) == exits.OK
    assert call("init", kind) == exits.OK
    assert capsys.readouterr().out == spec.read_text()
    assert "#" in spec.read_text()
    assert call("certify", spec, "--quiet", "-o", tmp_path / "cert.json") in (exits.OK, exits.UNDECIDED)
    assert call("check", tmp_path / "cert.json") == exits.OK


def test_init_lists_its_kinds(capsys):
    assert call("init") == exits.OK
    assert capsys.readouterr().out.split() == list(KINDS)


def test_schema_is_json(capsys):
    assert call("schema") == exits.OK
    assert "$schema" in json.loads(capsys.readouterr().out)


def test_families_lists_all_and_shows_one(capsys):
    assert call("families") == exits.OK
    everything = capsys.readouterr().out
    assert everything.count("[[layer]]") == len(ef.model.families())
    assert call("families", "circulant") == exits.OK
    assert capsys.readouterr().out in everything


def test_cite_is_bibtex(capsys):
    assert call("cite") == exits.OK
    printed = capsys.readouterr().out
    assert printed.startswith("@software{exactfact,")
    assert ef.__version__ in printed
    assert printed.count("{") == printed.count("}")


def test_a_closed_pipe_is_no_crash():
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m exactfact schema | true; echo ${{PIPESTATUS[0]}}"],
        env=ENVIRONMENT,
        text=True,
        capture_output=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.strip() in (str(exits.OK), str(exits.CLOSED_PIPE))


def test_a_full_disk_is_an_error():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "exactfact", "schema"],
            env=ENVIRONMENT,
            text=True,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode != exits.OK
    assert "Traceback" not in done.stderr


def test_rank_from_standard_input(specs):
    done = process("rank", "-", "--json", input=(specs / "proved.toml").read_text())
    assert done.returncode == exits.OK
    assert json.loads(done.stdout)["facts"]["rank"]["lower"] == 3
