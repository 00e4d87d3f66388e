"""`exactfact explain`: certificates and specs, changes, and what is refused."""

from __future__ import annotations

import json

import exactfact as ef
from exactfact.cli import exits
from tests.cli.command import REFUTED, call, process

SPEC = "refuted"


def test_a_certificate_is_explained_with_a_change(certificate, capsys):
    assert call("explain", certificate) == exits.OK
    printed = capsys.readouterr().out
    assert "generic-finite, generic modulo scaling: refuted over QQ, RR and CC" in printed
    assert "What to change, for generic identifiability:" in printed


def test_a_spec_gives_the_same_text_as_its_certificate(certificate, capsys):
    assert call("explain", certificate, "--no-changes") == exits.OK
    first = capsys.readouterr().out
    assert call("explain", "refuted.toml", "--no-changes") == exits.OK
    assert capsys.readouterr().out == first
    assert "What to change" not in first


def test_the_python_text_is_the_same(specs, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    assert call("explain", "refuted.toml", "--no-changes") == exits.OK
    assert capsys.readouterr().out == ef.certify(ef.load("refuted.toml")).explain() + "\n"


def test_the_changed_spec_is_written_and_identifiable(certificate, specs):
    assert call("explain", certificate, "--write-change", "changed.toml") == exits.OK
    assert call("certify", "changed.toml", "--quiet", "--expect", "generic@CC=proved") == exits.OK


def test_nothing_is_written_where_nothing_is_to_change(specs, capsys):
    assert call("explain", "proved.toml", "--write-change", "changed.toml") == exits.UNDECIDED
    assert not (specs / "changed.toml").exists()
    assert "no change was found" in capsys.readouterr().err


def test_json(certificate, capsys):
    assert call("explain", certificate, "--json") == exits.OK
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"exactfact", "digest", "title", "verdicts", "facts", "changes"}
    assert document["changes"][0]["restores"] is True
    assert call("explain", certificate, "--json", "--no-changes") == exits.OK
    assert json.loads(capsys.readouterr().out)["changes"] is None


def test_a_rejected_certificate_is_refused(certificate, capsys):
    document = json.loads(certificate.read_text())
    document["claims"][0]["value"] = 1
    certificate.write_text(json.dumps(document))
    assert call("explain", certificate) == exits.REJECTED
    printed = capsys.readouterr()
    assert printed.out == ""
    certificate.write_text('{"format": "exactfact-certificate", ')
    assert call("explain", certificate) == exits.REJECTED


def test_misuse(specs):
    assert call("explain", "missing.toml") == exits.USAGE
    assert call("explain", "refuted.toml", "--no-changes", "--write-change", "x.toml") == exits.USAGE
    assert call("explain", "refuted.toml", "--write-change", "refuted.toml") == exits.USAGE
    assert call("explain") == exits.USAGE


def test_a_spec_on_standard_input():
    done = process("explain", "-", "--no-changes", input=REFUTED)
    assert done.returncode == exits.OK
    assert "two full matrices" in done.stdout


def test_a_time_limit_explains_what_was_reached(specs, capsys):
    assert call("explain", "refuted.toml", "--time-limit", "0.001") == exits.LIMIT
    printed = capsys.readouterr()
    assert "A longer --time-limit may decide it" in printed.out
    assert "time limit" in printed.err
