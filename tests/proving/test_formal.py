"""Certificates exported to Coq. Tests marked `formal` need coqc and MathComp; elsewhere they are skipped by name."""

import fcntl
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from exactfact.model import from_document
from exactfact.proving.formal import NOT_CHECKED, NOT_EXPORTED, OK, REJECTED, UNUSABLE, prove
from exactfact.proving.formal.coq import check, objection
from exactfact.proving.formal.layers import structures
from exactfact.proving.formal.minor import find_minor

ROOT = Path(__file__).parents[2]
EXAMPLES = {
    "blind-deconvolution": "4.2",
    "dictionary-data": "4.2",
    "butterfly-8": "8.1",
    "k20-structured": "8.1",
    "toeplitz-4": "8.1",
    "toeplitz-toeplitz": "8.1",
    "dilated-3-adic": "10.1",
    "fast-transform-2d": "10.1",
    "haar-packets": "10.1",
    "wavenet": "10.1",
    "atrous-spline": "10.1",
    "strided": "10.1",
    "wavenet-3-taps": "10.1",
    "radix-5-k20": "10.1",
    "radix-5-k20-wrapped": "10.1",
}


def has_mathcomp():
    coqc = shutil.which("coqc")
    if coqc is None:
        return False
    where = subprocess.run([coqc, "-where"], capture_output=True, text=True, check=True).stdout.strip()
    return (Path(where) / "user-contrib" / "mathcomp" / "algebra" / "matrix.vo").is_file()


needs_coq = [pytest.mark.formal, pytest.mark.skipif(not has_mathcomp(), reason="no Coq with MathComp on this machine")]
formal = lambda test: needs_coq[0](needs_coq[1](test))  # noqa: E731


@pytest.fixture(scope="session")
def theory():
    """The compiled theory; workers that run tests side by side wait for each other."""
    with (Path(tempfile.gettempdir()) / "exactfact-formal-theory.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _make()


def _make():
    subprocess.run(["make", "-C", str(ROOT / "proofs" / "formal")], check=True, capture_output=True)


def certified(name, folder):
    path = folder / "cert.json"
    command = [sys.executable, "-m", "exactfact", "certify", str(ROOT / "examples" / f"{name}.toml"), "-o", str(path)]
    subprocess.run([*command, "--property", "uniform", "--quiet"], check=False, cwd=ROOT)
    return path


def certificate(layers, folder, statement="4.2", status="proved", over="CC", evidence=None):
    spec = from_document({"exactfact": 1, "layer": layers}).document()
    claim = {
        "kind": "verdict", "property": "uniform", "modulo": "scaling", "model": "full", "over": over,
        "status": status, "statement": statement, "evidence": evidence or {},
    }  # fmt: skip
    path = folder / "cert.json"
    path.write_text(json.dumps({"claims": [claim], "spec": spec}))
    return path


def circulants(size):
    shifts = [1 << k for k in range(size.bit_length() - 1)]
    return [{"operator": "circulant", "size": size, "support": [0, shift]} for shift in shifts]


def diagonal_then_full():
    return [{"operator": "diagonal", "size": 3}, {"operator": "full", "rows": 3, "cols": 1}]


def test_every_example_is_listed():
    names = {path.stem for path in (ROOT / "examples").glob("*.toml")} - {"expected"}
    assert names == set(EXAMPLES)


@formal
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(name, theory, tmp_path, capsys):
    output = tmp_path / "out.v"
    assert prove(certified(name, tmp_path), output, run=True) == OK
    said = capsys.readouterr().out
    assert f"by {EXAMPLES[name]}" in said and "checked: accepted by Coq" in said


@formal
def test_nine_layers_of_512_columns(theory, tmp_path):
    assert prove(certificate(circulants(512), tmp_path), tmp_path / "out.v", run=True) == OK


@formal
def test_rational_layers_and_fixed_ones_on_both_sides(theory, tmp_path):
    layers = [
        {"operator": "fixed", "matrix": [["1/2", 1], [0, "1/3"]]},
        {"operator": "entries", "rows": 2, "cols": 2, "parameters": 2, "entries": [[0, 0, 0, "2/3"], [1, 1, 1, -5]]},
        {"operator": "fixed", "matrix": [[1, 1, 2], [3, 1, "7/2"]]},
        {"operator": "diagonal", "size": 3},
    ]
    assert prove(certificate(layers, tmp_path), tmp_path / "out.v", run=True) == OK


@pytest.fixture
def instance(tmp_path):
    output = tmp_path / "out.v"
    assert prove(certificate(circulants(4), tmp_path), output, run=False) == OK
    return output


@formal
@pytest.mark.parametrize("old, new", [
    ("inverse : seq (seq word) := [:: [:: ", "inverse : seq (seq word) := [:: [:: 2"),  # a wrong inverse
    ("Circulant 4 [:: 0; 2]", "Circulant 4 [:: 0; 1]"),                                # a map with a kernel
    ("Circulant 4 [:: 0; 2]", "Circulant 5 [:: 0; 2]"),                                # widths that differ
    ("  uniformly_identifiable", "  ~ uniformly_identifiable"),                        # the opposite statement
])  # fmt: skip
def test_tampered_instances_do_not_compile(old, new, theory, instance):
    text = instance.read_text()
    assert text.count(old) == 1
    instance.write_text(text.replace(old, new))
    verdict = check(instance)
    assert verdict.checked and not verdict.accepted and verdict.reason.startswith("Coq refuses"), verdict


@formal
def test_a_pair_that_is_none_does_not_compile(theory, tmp_path):
    evidence = {"h": [[1, 1, 1], [1, 2, 3]], "g": [[1, 1, 2], [1, 2, 3]]}
    path = certificate(diagonal_then_full(), tmp_path, "8.1", "refuted", "QQ", evidence)
    assert prove(path, tmp_path / "out.v", run=True) == REJECTED
    evidence["g"] = [[1, 1, 3], [1, 2, 1]]
    path = certificate(diagonal_then_full(), tmp_path, "8.1", "refuted", "QQ", evidence)
    assert prove(path, tmp_path / "out.v", run=True) == OK


def network(supports, folder, evidence, group=0, status="proved", scaling=False):
    """A chain of kernels, the first at the root, with one claim of 10.1; kernels on one level stand in one list."""
    edges = [
        {"name": f"{k}.{e}", "from": f"n{k + 1}", "to": f"n{k}", "support": taps}
        for k, level in enumerate(supports)
        for e, taps in enumerate(level if isinstance(level[0], list) else [level])
    ]
    spec = from_document({"exactfact": 1, "network": {"group": [group], "root": "n0", "edge": edges}}).document()
    claim = {
        "kind": "verdict", "property": "uniform", "modulo": "scaling" if scaling else "path-scaling", "status": status,
        "model": "full" if scaling or status == "proved" else "zero-edges-allowed", "id": "c0",
        "over": "CC" if status == "proved" else "QQ", "statement": "8.1" if scaling else "10.1", "evidence": evidence,
    }  # fmt: skip
    path = folder / "cert.json"
    path.write_text(json.dumps({"claims": [claim], "spec": spec}))
    return path


COUNTED = {"method": "pigeonhole", "leaf": "n2"}
# (supports, group, evidence, status): what is true of them, and what is changed until it is false.
VERDICTS = {
    "table": ([[[0, 1], [5]], [0, 2]], 0, {"method": "table"}, "proved", "[:: 5]", "[:: 3]"),
    "superincreasing": ([[0, 2, 5], [0, 1]], 0, {"method": "superincreasing", "order": [1, 0]},
                        "proved", "[:: 2]", "[:: 1]"),
    "superincreasing without wrap-around": ([[0, 2, 5], [0, 1]], 7, {"method": "superincreasing", "order": [1, 0]},
                                            "proved", "superincreasing 7", "superincreasing 6"),
    "counting on integers": ([[0, 1, 2], [0, 1, 2]], 0, COUNTED, "refuted", "[:: (0, 4)]", "[:: (0, 8)]"),
    "counting in the group": ([[0, 1, 2], [0, 1, 2]], 8, COUNTED, "refuted", "[:: 8]", "[:: 9]"),
    "paths": ([[0, 1], [0, 1]], 0, {"leaf": "n2", "paths": [[["0.0", 0], ["1.0", 1]], [["0.0", 1], ["1.0", 0]]]},
              "refuted", "root [:: 0; 1]", "root [:: 1; 1]"),
}  # fmt: skip


@formal
@pytest.mark.parametrize("name", VERDICTS)
def test_networks_and_what_is_changed_in_them(name, theory, tmp_path):
    supports, group, evidence, status, old, new = VERDICTS[name]
    output = tmp_path / "out.v"
    assert prove(network(supports, tmp_path, evidence, group, status), output, run=True) == OK
    text = output.read_text()
    assert text.count(old) == 1
    output.write_text(text.replace(old, new))
    verdict = check(output)
    assert verdict.checked and not verdict.accepted and verdict.reason.startswith("Coq refuses"), verdict


@pytest.fixture(scope="module")
def mixed_radix(tmp_path_factory):
    folder = tmp_path_factory.mktemp("radix")
    assert prove(certified("radix-5-k20", folder), folder / "out.v", run=False) == OK
    return (folder / "out.v").read_text()


@formal
@pytest.mark.parametrize("old, new", [
    ("order : seq nat := [:: 19; 18", "order : seq nat := [:: 18; 19"),  # another order
    ("[:: [:: 5]; [:: 25]", "[:: [:: 5]; [:: 50]"),                      # moduli that do not divide
    ("Tap 20 19 [:: 3]", "Tap 20 19 [:: 5]"),                            # sums that are not all different
    ("Tap 20 19 [:: 3]", "Tap 20 18 [:: 3]"),                            # two nodes on a level
    ("Tap 20 19 [:: 3]", "Tap 20 19 [:: 3; 0]"),                         # a position with two coordinates
])  # fmt: skip
def test_a_tampered_mixed_radix_does_not_compile(old, new, theory, mixed_radix, tmp_path):
    output = tmp_path / "out.v"
    assert mixed_radix.count(old) == 1
    output.write_text(mixed_radix.replace(old, new))
    verdict = check(output)
    assert verdict.checked and not verdict.accepted and verdict.reason.startswith("Coq refuses"), verdict


@formal
def test_a_pair_on_a_network(theory, tmp_path):
    evidence = {"h": [[1, 1], [1, 2]], "g": [["1/2", 1], [2, 2]]}
    swapped = network([[0, 1], [0, 1]], tmp_path, evidence, status="refuted", scaling=True)
    assert prove(swapped, tmp_path / "out.v", run=True) == OK
    evidence["g"] = [["1/2", 1], [2, 3]]
    other = network([[0, 1], [0, 1]], tmp_path, evidence, status="refuted", scaling=True)
    assert prove(other, tmp_path / "out.v", run=True) == REJECTED


@formal
def test_every_uniform_verdict_of_a_network_with_two_nodes_a_level(theory, tmp_path, capsys):
    path = certified("haar-packets", tmp_path)
    claims = [c for c in json.loads(path.read_text())["claims"] if c.get("property") == "uniform"]
    assert [(c["statement"], c["modulo"]) for c in claims] == [("10.1", "path-scaling"), ("8.1", "scaling")]
    for claim in claims:
        coq = claim["statement"] == "8.1"  # the other is checked with the examples
        assert prove(path, tmp_path / "out.v", run=coq, claim=claim["id"]) == OK
        text = (tmp_path / "out.v").read_text()
        assert ("~ network_identifiable F" in text) == (claim["modulo"] == "scaling")
        assert ("path_uniform F" in text) == (claim["modulo"] == "path-scaling")
    assert prove(path, tmp_path / "out.v", run=True, claim="none") == NOT_EXPORTED
    assert "no verdict with this id" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["Admitted", "Axiom x : False", "Parameter x : False", "#[bypass_check(guard)]"])
def test_words_that_assume_are_refused(word, instance):
    text = instance.read_text()
    assert objection(text) is None
    assert "the file holds the word" in objection(text.replace("Theorem", f"{word}.\nTheorem"))


def test_more_than_data_is_refused(instance):
    text = instance.read_text()
    assert "more than data" in objection(text.replace("Theorem", "Definition well_formed := 0.\nTheorem"))
    assert "none of those" in objection(text.replace("uniformly_identifiable", "fits"))


def test_without_coq_nothing_is_checked(instance, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert prove(tmp_path / "cert.json", instance, run=True) == NOT_CHECKED
    assert "not checked: no coqc" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[", "NaN"])
def test_unusable_files(text, tmp_path):
    (tmp_path / "cert.json").write_text(text)
    assert prove(tmp_path / "cert.json", tmp_path / "out.v", run=False) in {UNUSABLE, NOT_EXPORTED}
    assert prove(tmp_path / "none.json", tmp_path / "out.v", run=False) == UNUSABLE


def test_nothing_of_the_file_is_printed(tmp_path, capsys):
    layers = [{"operator": "full", "rows": 2, "cols": 2, "name": "). Axiom x : False. (*"}]
    assert prove(certificate(layers, tmp_path), tmp_path / "out.v", run=False) == OK
    assert "Axiom" not in (tmp_path / "out.v").read_text()


def test_a_kernel_has_no_minor(tmp_path, capsys):
    layers = [{"operator": "full", "rows": 2, "cols": 2}, {"operator": "full", "rows": 2, "cols": 2}]
    assert prove(certificate(layers, tmp_path), tmp_path / "out.v", run=False) == NOT_EXPORTED
    assert "fewer different rows" in capsys.readouterr().out


def test_the_inverse_is_one_over_the_integers(tmp_path):
    """Against exact arithmetic of Python integers: B X = 2^e I modulo 2^(e+1), B from products of matrices."""
    spec = from_document({"exactfact": 1, "layer": [
        {"operator": "diagonal", "size": 4},
        {"operator": "fixed", "matrix": [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]},
        {"operator": "diagonal", "size": 4}]})  # fmt: skip
    minor = find_minor(structures(spec))
    hadamard = [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
    columns = [(i, j) for i in range(4) for j in range(4)]
    B = [[hadamard[r][c] * ((r, c) == column) for column in columns] for r, c in minor.cells]
    X = minor.rows.tolist()
    e = minor.exponent
    product = [[sum(a * X[k][s] for k, a in enumerate(row)) % 2 ** (e + 1) for s in range(16)] for row in B]
    assert product == [[2**e * (s == t) for s in range(16)] for t in range(16)]
