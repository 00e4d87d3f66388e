"""`exactfact bound` as a user meets it: the shipped examples, the JSON, the files, every misuse one sentence."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from exactfact.cli import exits
from tests.cli.command import ROOT, call, process

FOLDER = ROOT / "examples" / "bound"
EXAMPLES = {
    "branches": ("branches-estimate.npz", "branches-data.npz", "0.0431"),
    "deconvolution": ("deconvolution-estimate.json", "deconvolution-data.mtx", "0.0145"),
    "dilated": ("dilated-estimate.npz", "dilated-data.npy", "0.465"),
}
KEYS = {"status", "statement", "delta", "eta", "radius", "tensor_radius", "group", "side_condition", "reason"}
KERNEL = [3.0, 4.0, 6.0, 8.0, 0.0, 0.0, 0.0, 0.0]


def arguments(name):
    estimate, data, noise = EXAMPLES[name]
    return FOLDER / f"{name}.toml", "--estimate", FOLDER / estimate, "--data", FOLDER / data, "--noise", noise


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_shipped_examples_are_certified_and_checked(name, tmp_path, capsys):
    certificate = tmp_path / "cert.json"
    assert call("bound", *arguments(name), "--json", "-o", certificate) == exits.OK
    document = json.loads(capsys.readouterr().out)
    assert document.keys() >= KEYS
    assert document["status"] == "certified"
    assert set(document["radius"]) == {"1", "2", "inf"}
    assert Fraction(document["radius"]["inf"]) > 0
    assert document["certificate"] == str(certificate)
    assert call("check", certificate, "--spec", FOLDER / f"{name}.toml") == exits.OK
    assert call("explain", certificate, "--no-changes") == exits.OK
    assert "lies within" in capsys.readouterr().out.replace("\n    ", " ")
    assert call("report", certificate, "-o", tmp_path / "report.tex") == exits.OK
    text = (tmp_path / "report.tex").read_text()
    assert r"\begin{axis}" in text
    assert r"\usepackage{pgfplots}" in text


def test_the_printed_decimals_are_rounded_outward(capsys):
    assert call("bound", *arguments("dilated"), "--json") == exits.OK
    document = json.loads(capsys.readouterr().out)
    assert Fraction(document["delta"]) >= Fraction("0.465")
    radius = {name: Fraction(value) for name, value in document["radius"].items()}
    assert radius["inf"] * 16 * (1 - Fraction(1, 10**8)) <= radius["1"]
    assert radius["2"] ** 2 >= 16 * radius["inf"] ** 2 * (1 - Fraction(1, 10**8))
    reach = Fraction(15, 8) * Fraction(document["tensor_radius"])
    assert radius["inf"] <= reach * Fraction(document["largest"])  # M > 1 here, so M^(1/K - 1) < 1 < M


@pytest.fixture
def network(specs):
    (specs / "x.json").write_text(json.dumps(KERNEL))
    (specs / "h.json").write_text("[[3, 4], [1, 2]]")
    (specs / "h2.json").write_text("[[1, 2], [3, 4]]")
    return specs


def test_not_certified_is_3_and_says_why(network, capsys):
    code = call("bound", "network.toml", "--estimate", "h.json", "--data", "x.json", "--noise", "1000", "-o", "c.json")
    printed = capsys.readouterr().out
    assert code == exits.UNDECIDED
    assert "not certified: the side condition epsilon < M fails" in printed
    assert call("check", "c.json") == exits.OK  # the bound on the tensors


def test_paths_and_earlier_certificates(network, capsys):
    call("certify", "network.toml", "--quiet", "-o", "cert.json")
    common = ("network.toml", "--estimate", "h.json", "--data", "x.json", "--noise", "0.01", "--json")
    assert call("bound", *common, "--certificate", "cert.json", "--path", "e1,e0") == exits.OK
    document = json.loads(capsys.readouterr().out)
    assert document["paths"][0]["edges"] == ["e0", "e1"]
    assert document["status"] == "certified"
    call("certify", "proved.toml", "--quiet", "-o", "other.json")
    assert call("bound", *common, "--certificate", "other.json") == exits.USAGE
    assert "about the same spec" in capsys.readouterr().err
    broken = json.loads(Path("cert.json").read_text())
    broken["claims"][0]["value"] = 0
    Path("cert.json").write_text(json.dumps(broken))
    assert call("bound", *common, "--certificate", "cert.json") == exits.REJECTED


def test_what_can_be_mended_is_one_sentence(network, capsys):
    np.save("complex.npy", np.ones(8) * 1j)
    np.save("nan.npy", np.full(8, np.nan))
    np.save("pickled.npy", np.array([None] * 8), allow_pickle=True)
    np.save("short.npy", np.ones(7))
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1250000000,), }".ljust(117) + b"\n"
    Path("huge.npy").write_bytes(b"\x93NUMPY\x01\x00\x76\x00" + header)
    for data, code, message in (
        ("complex.npy", exits.USAGE, "real numbers, received complex"),
        ("nan.npy", exits.USAGE, "nan.npy[0]: required a finite number"),
        ("pickled.npy", exits.USAGE, "pickled data are never read"),
        ("short.npy", exits.USAGE, 'data, leaf "x": required a kernel of 8 entries, received 7'),
        ("huge.npy", exits.LIMIT, "1250000000 entries"),
        ("none.npy", exits.USAGE, "No such file"),
        ("network.toml", exits.USAGE, "ends in .npy, .npz, .mtx, .json"),
    ):
        assert call("bound", "network.toml", "--estimate", "h.json", "--data", data) == code, data
        captured = capsys.readouterr()
        assert message in captured.err, captured.err
        assert "Traceback" not in captured.err
        assert captured.out == ""
    common = ("bound", "network.toml", "--estimate", "h.json", "--data", "x.json")
    for further, message in (
        (("--noise", "-1"), "required a number >= 0"),
        (("--noise", "nan"), "required a number >= 0"),
        (("--path", "e0,e7"), "names of edges"),
        (("-o", "h.json"), "another file than the one that is read"),
        (("--plot", "x.bmp"), "a file that ends in .pdf, .png, .svg"),
    ):
        assert call(*common, *further) == exits.USAGE
        assert message in capsys.readouterr().err


def test_a_plot_needs_its_extra_and_says_so(network, monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert call("bound", "network.toml", "--estimate", "h.json", "--data", "x.json", "--plot", "p.png") == exits.USAGE
    assert "pip install exactfact[plot]" in capsys.readouterr().err
    assert not Path("p.png").exists()


def test_a_plot_is_drawn(network):
    pytest.importorskip("matplotlib")
    for name in ("p.png", "p.pdf", "p.svg"):
        code = call("bound", "network.toml", "--estimate", "h.json", "--data", "x.json", "--plot", name, "--quiet")
        assert code == exits.OK
        assert Path(name).stat().st_size > 1000


@pytest.mark.latex
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_report_with_its_picture_compiles(name, tmp_path):
    certificate = tmp_path / "cert.json"
    assert call("bound", *arguments(name), "--quiet", "-o", certificate) == exits.OK
    done = process("report", certificate, "-o", tmp_path / "report.tex", "--pdf")
    assert done.returncode == exits.OK, done.stderr
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
